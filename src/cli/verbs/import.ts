/** 导入. Where notices are reviewed it is by somebody, who signs in, and whose drafts they are. */
import { open } from "node:fs/promises";
import { limits } from "../../limits.ts";
import type { ImportSummary } from "../../notices/importer.ts";
import type { ReadBeside } from "../../notices/pictures.ts";
import { readerBeside } from "../beside.ts";
import { runningDaemon, UsageError } from "../client.ts";
import { findPlace, type Place, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal, sayRefusal } from "../say.ts";
import { passwordOf, type SignInOptions, withSignedIn } from "../sign-in.ts";

export interface ImportOptions extends PlaceOptions, SignInOptions {
  readonly signedBy?: string;
  readonly json?: boolean;
}

/** Every record that can go in goes in; those that cannot are named with place and reason, and the exit code is 1. */
export async function importNotices(file: string, options: ImportOptions, output: Output): Promise<ExitCode> {
  const place = await findPlace(options);
  const text = await readLimited(file);
  const readBeside = readerBeside(file, limits.pictureUploadBytes);
  const reviewed = !place.site.practice && place.site.review !== "none";
  if (reviewed && options.signedBy !== undefined) throw nobodySigns();
  const summary = reviewed
    ? await importReviewed(place, text, readBeside, options)
    : await importHere(place, text, readBeside, options.signedBy ?? null);
  output.out(options.json ? `${JSON.stringify(summary, null, 2)}\n` : describe(summary));
  if (!options.json) for (const refusal of summary.refused) sayRecord(output, refusal);
  return summary.refused.length === 0 ? 0 : 1;
}

/** In practice, and where one person acts alone: into the data folder, whether a daemon runs on it or not. */
async function importHere(place: Place, text: string, readBeside: ReadBeside, signedBy: string | null) {
  const { openDesk } = await import("../../daemon/index.ts");
  const desk = await openDesk({ ...place, startAt: null });
  try {
    return await desk.importText(text, signedBy, readBeside);
  } finally {
    await desk.close();
  }
}

/** Drafts of whoever imports: asked of the daemon where one runs, so that nobody brings in what they sign themselves. */
async function importReviewed(
  place: Place,
  text: string,
  readBeside: ReadBeside,
  options: ImportOptions,
): Promise<ImportSummary> {
  if ((await runningDaemon(place.folder)) !== null)
    return withSignedIn(options, async (api) => {
      const bytes = Buffer.from(await withPictures(text, readBeside));
      const { importSummarySchema } = await import("../../api/import-routes.ts");
      return importSummarySchema.parse(await (await api.sendBytes("POST", "/api/v1/import", bytes)).json());
    });
  const { as: login } = options;
  if (login === undefined) throw whoImports();
  const { importAs } = await import("../../daemon/index.ts");
  return importAs(place, { login, password: await passwordOf(login) }, text, readBeside);
}

/** The files that a record only names, put into it: the daemon reads nothing of whoever asks. What cannot be read stays named. */
export async function withPictures(text: string, readBeside: ReadBeside): Promise<string> {
  const file = parsed(text);
  const notices = (file as { readonly notices?: unknown } | null)?.notices;
  if (!Array.isArray(notices)) return text;
  let some = false;
  let left = limits.importFileBytes - Buffer.byteLength(text);
  for (const notice of notices as readonly unknown[]) {
    const pictures = (notice as { readonly pictures?: unknown } | null)?.pictures;
    for (const picture of Array.isArray(pictures) ? (pictures as unknown[]) : []) {
      const named = picture as { file?: unknown; data?: unknown } | null;
      if (typeof named?.file !== "string" || named.data !== undefined) continue;
      const bytes = await readBeside(named.file);
      if (bytes === null) continue;
      named.data = Buffer.from(bytes).toString("base64");
      delete named.file;
      some = true;
      left -= String(named.data).length;
      if (left < 0) throw tooLarge("图片连同文件 the file with its pictures");
    }
  }
  return some ? JSON.stringify(file) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    // The daemon says where it is no JSON.
    return null;
  }
}

const nobodySigns = () =>
  new Refusal(
    {
      zh: "这里要审核签发\uff0c不能在导入时以谁的名义签发",
      en: "notices are reviewed and signed here: an import cannot sign in anybody's name",
    },
    { zh: "去掉 --signed-by\uff0c导入后送审。", en: "Leave --signed-by out, and submit what comes in." },
  );

const whoImports = () =>
  new UsageError(
    { zh: "要写明谁来导入", en: "say who imports" },
    {
      zh: "加上 --as 登录名（经办人）\uff1b还没有账号的\uff0c先运行 boardcast start 设好账号。",
      en: "Add --as LOGIN, a maker's; where there are no accounts yet, run boardcast start and set them up first.",
    },
  );

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
    { zh: `拒收 ${where}：${why.zh}`, en: `refused ${where}: ${why.en}` },
    {
      zh: "改正这一条后再导入一次；已收的不会重复。",
      en: "Correct this record and import again; what is in already stays as it is.",
    },
  );
}

async function readLimited(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size <= limits.importFileBytes) return await handle.readFile("utf8");
    throw tooLarge(file);
  } finally {
    await handle.close();
  }
}

function tooLarge(what: string): Refusal {
  const most = limits.importFileBytes / 1024 / 1024;
  return new Refusal(
    { zh: `${what} 超过 ${most} MiB`, en: `${what} is larger than ${most} MiB` },
    { zh: "请分成几个文件导入。", en: "Import it in several files." },
  );
}
