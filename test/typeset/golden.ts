/**
 * Frames kept as text in `frames/`, a dot a character, so that a review sees what changes.
 *
 *     BOARDCAST_REDRAW_FRAMES=1 npx vitest run --config test/vitest.config.ts test/typeset/frames.test.ts
 *
 * draws them anew; a run that does so fails wherever something changed, so it never passes for a check.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect } from "vitest";
import { frameBitmap, textOf } from "../../src/api/picture.ts";
import { type Instant, type Message, messageFrame } from "../../src/message/index.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";

const folder = new URL("./frames/", import.meta.url);
const redraw = process.env.BOARDCAST_REDRAW_FRAMES === "1";

/** UTC+8, as the samples'. */
export const utcOffsetMin = 480;

/** What is lit `elapsedMs` after the message began, at the instant `at` (of clocks and countdowns). */
export async function expectFrame(
  file: string,
  request: TypesetRequest,
  elapsedMs: number,
  at: Instant,
): Promise<void> {
  const set = typeset(request);
  if (!set.ok) throw new Error(JSON.stringify(set.faults));
  expectKept(file, await drawn(set.message, elapsedMs, at));
}

/** Frames one under another, each after the time at which it is lit. */
export async function expectFilm(file: string, message: Message, instants: readonly number[]): Promise<void> {
  const frames: string[] = [];
  for (const elapsedMs of instants) frames.push(`${elapsedMs} ms\n${await drawn(message, elapsedMs, 0)}`);
  expectKept(file, frames.join("\n"));
}

function drawn(message: Message, elapsedMs: number, at: Instant): Promise<string> {
  return textOf(frameBitmap(messageFrame(message, elapsedMs, at, utcOffsetMin)));
}

function expectKept(file: string, text: string): void {
  const kept = readdirSync(folder).includes(file) ? readFileSync(new URL(file, folder), "utf8") : "no such file";
  if (redraw && text !== kept) writeFileSync(new URL(file, folder), text);
  expect(text, redraw ? `${file} was drawn anew: look at the difference` : file).toBe(kept);
}

export function frameFiles(): readonly string[] {
  return readdirSync(folder).sort();
}
