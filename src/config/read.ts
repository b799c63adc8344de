/**
 * `boardcast.yaml` → Site. The file is checked whole: either every mistake in it, each with its line and a remedy,
 * or a site. Nothing starts on a file with a mistake.
 */
import { open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { limits } from "../limits.ts";
import { checkTogether } from "./check.ts";
import { explain } from "./explain.ts";
import { siteSchema } from "./schema.ts";
import { toSite } from "./site.ts";
import { type SiteFault, SiteFileError } from "./site-file-error.ts";
import type { Site } from "./types.ts";
import { type Place, readYaml } from "./yaml.ts";

export type SiteResult =
  | { readonly ok: true; readonly site: Site }
  | { readonly ok: false; readonly faults: readonly SiteFault[] };

/** Throws a `SiteFileError` with every mistake; a file that cannot be read is one at 1:1. */
export async function loadSite(file: string): Promise<Site> {
  const result = readSite(await readText(file), file);
  if (!result.ok) throw new SiteFileError(result.faults);
  const { listen, backup } = result.site;
  const beside = (path: string) => resolve(dirname(file), path);
  const sealing = backup?.passphraseFile;
  const site: Site = {
    ...result.site,
    ...(sealing !== undefined && { backup: { ...backup, passphraseFile: beside(sealing) } }),
  };
  if (typeof listen.tls !== "object") return site;
  const tls = { cert: beside(listen.tls.cert), key: beside(listen.tls.key) };
  return { ...site, listen: { ...listen, tls } };
}

/** `file` is only a name for the messages. `isPart`: of boards beside others, which need not be an office. */
export function readSite(text: string, file: string, isPart = false): SiteResult {
  const yaml = readYaml(text);
  const fault = (place: Place, said: Pick<SiteFault, "what" | "remedy">): SiteFault => ({
    code: "config/invalid",
    file,
    line: place.line,
    column: place.column,
    what: said.what,
    remedy: said.remedy,
  });
  if (yaml.problems.length > 0) {
    const faults = yaml.problems.slice(0, limits.configProblems).map((problem) => fault(problem, problem));
    return { ok: false, faults };
  }
  const parsed = siteSchema.safeParse(yaml.value);
  const issues = parsed.success ? [] : parsed.error.issues;
  const mistakes = [
    ...issues.flatMap((issue) => explain(siteSchema, yaml.value, issue)),
    ...checkTogether(yaml.value, isPart),
  ];
  if (parsed.success && mistakes.length === 0) return { ok: true, site: toSite(parsed.data) };
  const faults = mistakes
    .map((mistake) => fault(yaml.place(mistake.path, mistake.at), mistake))
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, limits.configProblems);
  return { ok: false, faults };
}

async function readText(file: string): Promise<string> {
  const refuse = (zh: string, en: string, remedyZh: string, remedyEn: string) =>
    new SiteFileError([
      { code: "config/invalid", file, line: 1, column: 1, what: { zh, en }, remedy: { zh: remedyZh, en: remedyEn } },
    ]);
  let bytes: Uint8Array;
  try {
    const handle = await open(file);
    try {
      // One byte more than allowed tells a file that is too large without reading all of it.
      const buffer = new Uint8Array(limits.configFileBytes + 1);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
      bytes = buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw refuse(
      `读不了(${code})`,
      `cannot be read (${code})`,
      "请看文件名和权限。",
      "Check its name and permissions.",
    );
  }
  if (bytes.length > limits.configFileBytes) {
    const kib = limits.configFileBytes / 1024;
    throw refuse(`超过 ${kib} KiB`, `is larger than ${kib} KiB`, "请确认是安装文件。", "Is it an installation file?");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refuse("不是 UTF-8 编码", "is not UTF-8", "请在编辑器里另存为 UTF-8。", "Save it as UTF-8 in the editor.");
  }
}
