/** How `render` shows what it set: pages as rows of dots or as pictures, then the report, or all of it as JSON. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pngOf, textBlocks } from "../../api/picture.ts";
import { defaults } from "../../config/site.ts";
import { type Fault, remedy, sentence } from "../../fault.ts";
import type { Message, Page } from "../../message/types.ts";
import type { FitReport } from "../../typeset/report.ts";
import type { FitWords } from "../../typeset/report-words.ts";
import type { TypesetResult } from "../../typeset/typeset.ts";
import { type Output, sayFault, sayRefusal } from "../say.ts";
import type { Panel } from "./render.ts";
import type { Source } from "./render-parts.ts";

export interface PrintOptions {
  readonly png?: string;
  readonly report?: boolean;
  readonly json?: boolean;
}

/** One notice on one panel. */
export interface Printed {
  readonly panel: Panel;
  readonly source: Source;
  readonly result: TypesetResult;
  readonly report: (FitReport & { readonly words: FitWords }) | null;
}

/** Of a text in which nothing can be set, the first faults say enough. */
const faultsTold = 10;

/** `many`: every notice and panel under its heading, and in its pictures' names. */
export function printer(options: PrintOptions, output: Output, many: boolean) {
  const listed: object[] = [];
  return {
    async one(printed: Printed): Promise<void> {
      const files = options.png === undefined || !printed.result.ok ? [] : await writePages(printed, options.png, many);
      if (options.json) listed.push(jsonOf(printed, files));
      else await printOne(printed, files, options, output, many);
    },
    end(): void {
      if (options.json) output.out(`${JSON.stringify(listed, null, 2)}\n`);
    },
  };
}

async function printOne(
  { panel, source, result, report }: Printed,
  files: readonly string[],
  options: PrintOptions,
  output: Output,
  many: boolean,
): Promise<void> {
  const { width, height, colour } = panel.shape;
  if (many) output.out(`== ${source.name} · ${panel.name} ${width}x${height}:${colour}\n`);
  for (const note of source.notes) output.err(`${note.zh}\n${note.en}\n`);
  if (!result.ok) {
    sayFaults(output, result.faults);
    return;
  }
  const { message } = result;
  if (!options.report) await printPages(message, files, output);
  output.out(`${message.hash}  ${message.durationMs / 1000} s\n`);
  if (report) output.out(`\n${reportText(report.words)}`);
  if (many) output.out("\n");
}

async function printPages({ pages }: Message, files: readonly string[], output: Output): Promise<void> {
  for (const [index, page] of pages.entries()) {
    output.out(`${describe(page, index, pages.length)}\n`);
    if (files[index] !== undefined) output.out(`  ${files[index]}\n`);
    else for (const block of textBlocks(page.bitmap)) await output.bytes(block);
  }
}

function describe(
  { bitmap, motion, holdMs, msPerPx, fields, entry, exit }: Page,
  index: number,
  count: number,
): string {
  const how = motion === "hold" ? `${holdMs} ms` : `${msPerPx} ms/px`;
  const passages = [
    ...(entry ? [`  进入 entry ${entry.name} ${entry.direction}`] : []),
    ...(exit ? [`  退出 exit ${exit.name} ${exit.direction}`] : []),
  ].join("");
  const clock = fields.length === 0 ? "" : `  时钟字段 fields: ${fields.length}`;
  return `第 ${index + 1}/${count} 页 page  ${bitmap.width}x${bitmap.height}  ${motion} ${how}${passages}${clock}`;
}

function sayFaults(output: Output, faults: readonly Fault[]): void {
  for (const fault of faults.slice(0, faultsTold)) sayFault(output, fault);
  // The last may stand for many that were not listed.
  const more = faults.slice(faultsTold).reduce((sum, fault) => sum + countOf(fault), 0);
  if (more > 0)
    sayRefusal(
      output,
      { zh: `还有 ${more} 处同样的问题`, en: `${more} more of the same` },
      { zh: "改好上面这些再看。", en: "Correct these first." },
    );
}

function countOf(fault: Fault): number {
  return fault.code === "notice/more-missing-glyphs" ? fault.count : 1;
}

/** 中文, then English. */
function reportText({ summary, facts, remarks }: FitWords): string {
  const lines = (["zh", "en"] as const).flatMap((language) => [
    `${language === "zh" ? "适屏报告" : "Fit report"}  ${summary[language]}`,
    ...facts.map((fact) => `  ${fact[language]}`),
    ...remarks.map(
      ({ what, todo }) =>
        `  ! ${[what, todo].flatMap((one) => one?.[language] ?? []).join(language === "zh" ? "" : " ")}`,
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

async function writePages({ panel, source, result }: Printed, folder: string, many: boolean): Promise<string[]> {
  if (!result.ok) return [];
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for (const [index, { bitmap }] of result.message.pages.entries()) {
    const number = String(index + 1).padStart(3, "0");
    const name = many ? `${source.name.replace(/[^\p{L}\p{N}._-]/gu, "_")}-${panel.name}-${number}` : `page-${number}`;
    const file = join(folder, `${name}.png`);
    await writeFile(file, await pngOf(bitmap, panel.ledColour ?? defaults.monoLedColour, 1));
    files.push(file);
  }
  return files;
}

function jsonOf({ panel, source, result, report }: Printed, files: readonly string[]): object {
  const { width, height, colour } = panel.shape;
  const about = { notice: source.name, panel: panel.name, width, height, colour, notes: source.notes };
  if (!result.ok)
    return {
      ...about,
      ok: false,
      faults: result.faults.map((fault) => ({ ...fault, sentence: sentence(fault), remedy: remedy(fault) })),
    };
  const { message, facts } = result;
  const pages = message.pages.map(({ motion, holdMs, msPerPx, step, entry = null, exit = null }, index) => ({
    motion,
    holdMs,
    msPerPx,
    step,
    entry,
    exit,
    lines: facts[index]?.lines ?? [],
    ...(files[index] !== undefined && { file: files[index] }),
  }));
  return { ...about, ok: true, message: message.hash, durationMs: message.durationMs, pages, report };
}
