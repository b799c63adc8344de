import { open } from "node:fs/promises";
import { limits } from "../../limits.ts";
import type { ImportSummary } from "../../notices/importer.ts";
import { readerBeside } from "../beside.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal, sayRefusal } from "../say.ts";

/** Every record that can go in goes in; those that cannot are named with place and reason, and the exit code is 1. */
export async function importNotices(
  file: string,
  options: PlaceOptions & { signedBy?: string; json?: boolean },
  output: Output,
): Promise<ExitCode> {
  const place = await findPlace(options);
  const text = await readLimited(file);
  const { openDesk } = await import("../../daemon/index.ts");
  const desk = await openDesk({ ...place, startAt: null });
  try {
    const summary = await desk.importText(
      text,
      options.signedBy ?? null,
      readerBeside(file, limits.pictureUploadBytes),
    );
    output.out(options.json ? `${JSON.stringify(summary, null, 2)}\n` : describe(summary));
    if (!options.json) for (const refusal of summary.refused) sayRecord(output, refusal);
    return summary.refused.length === 0 ? 0 : 1;
  } finally {
    await desk.close();
  }
}

function describe({ added, revised, unchanged, sealed, refused, notes }: ImportSummary): string {
  const lines = [
    `新增 ${added},更新 ${revised},未变 ${unchanged},签发 ${sealed},拒收 ${refused.length}`,
    `${added} added, ${revised} revised, ${unchanged} unchanged, ${sealed} signed, ${refused.length} refused`,
    ...notes.flatMap(({ id, why }) => [`${id}  ${why.zh}`, `     ${why.en}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function sayRecord(output: Output, { place, id, why }: ImportSummary["refused"][number]): void {
  const where = id === null ? place : `${id} ${place}`;
  sayRefusal(
    output,
    { zh: `拒收 ${where}:${why.zh}`, en: `refused ${where}: ${why.en}` },
    {
      zh: "改正这一条后再导入一次;已收的不会重复。",
      en: "Correct this record and import again; what is in already stays as it is.",
    },
  );
}

async function readLimited(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size <= limits.importFileBytes) return await handle.readFile("utf8");
    const most = limits.importFileBytes / 1024 / 1024;
    throw new Refusal(
      { zh: `${file} 超过 ${most} MiB`, en: `${file} is larger than ${most} MiB` },
      { zh: "请分成几个文件导入。", en: "Import it in several files." },
    );
  } finally {
    await handle.close();
  }
}
