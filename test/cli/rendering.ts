/** `render` in this process: files in a folder of their own, and what it says of them. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { run } from "../../src/cli/program.ts";
import { hearing } from "./hearing.ts";

export let folder: string;
export async function openFolder(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "boardcast-render-"));
}
export const closeFolder = () => rm(folder, { recursive: true });

export const render = (...words: string[]) => command("render", ...words, "--practice", "--data", join(folder, "none"));

export async function command(...words: string[]) {
  const { output, said } = hearing();
  return { code: await run(words, output), ...said };
}

export async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

/** As JSON, one entry a notice and panel. */
export async function listed(...words: string[]) {
  const { out, err } = await render(...words, "--json");
  expect(err).toBe("");
  return JSON.parse(out) as {
    notice: string;
    panel: string;
    ok: boolean;
    message?: string;
    notes: { en: string }[];
    faults?: { code: string }[];
    pages?: { lines: string[]; file?: string }[];
    report?: { needsMs: number; hasMs: number | null; distance: { pitchMm: number } | null };
  }[];
}

/** Text of the first page. */
export async function firstLines(...words: string[]): Promise<string[]> {
  const [one] = await listed(...words);
  return one?.pages?.[0]?.lines ?? [];
}

export const dual = ["--panel", "128x64:dual"] as const;
