import { open } from "node:fs/promises";
import { openDesk } from "../../daemon/index.ts";
import { limits } from "../../limits.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";

/** Every record that can go in goes in; those that cannot are named with place and reason, and the exit code is 1. */
export async function importNotices(
  file: string,
  options: PlaceOptions & { signedBy?: string; json?: boolean },
  output: Output,
): Promise<ExitCode> {
  const place = await findPlace(options);
  const text = await readLimited(file);
  const desk = await openDesk({ ...place, startAt: null });
  try {
    const summary = await desk.importText(text, options.signedBy ?? null);
    if (options.json) output.out(`${JSON.stringify(summary, null, 2)}\n`);
    return 0;
  } finally {
    await desk.close();
  }
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
