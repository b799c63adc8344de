import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf, textOf } from "../../api/picture.ts";
import { defaults } from "../../config/site.ts";
import type { Page, Shape } from "../../message/types.ts";
import type { Content } from "../../notices/types.ts";
import { plainText } from "../../typeset/plain-text.ts";
import { typeset } from "../../typeset/index.ts";
import { withDesk } from "../office.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";

/** Typesets without signing or storing anything: what a notice would look like on a panel of this shape. */
export async function render(
  notice: string,
  options: PlaceOptions & { panel: Shape; png?: string },
  output: Output,
): Promise<ExitCode> {
  const { site } = await findPlace(options);
  const text = existsSync(notice);
  const content = text ? plainText(await readFile(notice, "utf8")) : await contentOf(notice, options);
  const message = await typeset({ notice, content, shape: options.panel, zone: site.zone });
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

async function contentOf(id: string, options: PlaceOptions): Promise<Content> {
  return withDesk(await findPlace(options), async (desk) => {
    const record = desk.book.all().find((one) => one.id === id);
    if (record !== undefined) return record.content;
    throw new Refusal(
      { zh: `没有信息 ${id},也没有这个文件`, en: `there is no notice ${id}, nor a file of that name` },
      { zh: "给一个信息编号(如 N01)或一个 .txt 文件。", en: "Name a notice such as N01, or a .txt file." },
    );
  });
}
