import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf, textOf } from "../../api/picture.ts";
import { assetUrl } from "../../config/assets.ts";
import { defaults } from "../../config/site.ts";
import type { Page, Shape, Window } from "../../message/types.ts";
import { parseImport } from "../../notices/import.ts";
import type { Content } from "../../notices/types.ts";
import { wallClock } from "../../time/clock.ts";
import { plainText } from "../../typeset/plain-text.ts";
import { typeset } from "../../typeset/typeset.ts";
import { withDesk } from "../office.ts";
import { findPlace, type Place, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal, sayFault } from "../say.ts";

/** Typesets without signing or storing anything: what a notice would look like on a panel of this shape. */
export async function render(
  notice: string,
  options: PlaceOptions & { panel: Shape; png?: string },
  output: Output,
): Promise<ExitCode> {
  const place = await findPlace(options);
  const source = await sourceOf(notice, place);
  const result = typeset({ notice, ...source, shape: options.panel, zone: place.site.zone });
  if (!result.ok) {
    for (const fault of result.faults) sayFault(output, fault);
    return 1;
  }
  const { message } = result;
  if (options.png !== undefined) await mkdir(options.png, { recursive: true });
  for (const [index, page] of message.pages.entries()) {
    output.out(`${describe(page, index, message.pages.length)}\n`);
    if (options.png === undefined) output.out(await textOf(page.bitmap));
    else {
      const file = join(options.png, `page-${String(index + 1).padStart(3, "0")}.png`);
      await writeFile(file, await pngOf(page.bitmap, defaults.monoLedColour, 1));
      output.out(`  ${file}\n`);
    }
  }
  output.out(`${message.hash}  ${message.durationMs / 1000} s\n`);
  return 0;
}

function describe({ bitmap, motion, holdMs, msPerPx, fields }: Page, index: number, count: number): string {
  const how = motion === "hold" ? `${holdMs} ms` : `${msPerPx} ms/px`;
  const clock = fields.length === 0 ? "" : `  时钟字段 fields: ${fields.length}`;
  return `第 ${index + 1}/${count} 页 page  ${bitmap.width}x${bitmap.height}  ${motion} ${how}${clock}`;
}

interface Source {
  readonly content: Content;
  /** Countdowns have a page for each of its days. */
  readonly window: Window;
}

/** A text file, a notice of the office's data, or without such data one of the samples. */
async function sourceOf(notice: string, place: Place): Promise<Source> {
  const now = wallClock.now();
  if (existsSync(notice)) {
    return { content: plainText(await readFile(notice, "utf8")), window: { from: now, until: now + 86_400_000 } };
  }
  const found =
    existsSync(join(place.folder, "boardcast.db")) || !place.site.practice
      ? await withDesk(place, async (desk) => desk.book.all().find(({ id }) => id === notice))
      : await sampleNotice(notice, place);
  if (found !== undefined) return { content: found.content, window: found.schedule };
  throw new Refusal(
    { zh: `没有信息 ${notice},也没有这个文件`, en: `there is no notice ${notice}, nor a file of that name` },
    { zh: "给一个信息编号(如 N01)或一个 .txt 文件。", en: "Name a notice such as N01, or a .txt file." },
  );
}

/** Only to be looked at, so neither stored nor signed. */
async function sampleNotice(notice: string, { site }: Place) {
  const text = await readFile(assetUrl("sample-notices.json"), "utf8");
  const boards = new Set(site.boards.map(({ id }) => id));
  const { accepted } = parseImport(text, { zone: site.zone, boards, checkCron: () => null });
  return accepted.find(({ id }) => id === notice);
}
