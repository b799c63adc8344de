/** A schedule that somebody wrote into a JSON file: read, checked as far as this computer can, and told what is wrong with it. */
import { readFile } from "node:fs/promises";
import { parseInstant } from "../../api/instants.ts";
import type { Sentence } from "../../fault.ts";
import { nearest } from "../../config/suggest.ts";
import { wordsFor } from "../../notices/import-words.ts";
import { rotationSchema, scheduleSchema } from "../../notices/schedule-format.ts";
import { parseCron } from "../../playlist/index.ts";
import { UsageError } from "../client.ts";
import { scheduleExample, scheduleFields } from "../commands/schedule-words.ts";
import type { Detail } from "../say.ts";

type Written = Readonly<Record<string, unknown>>;

/** Not read yet: its zone is known only to whoever answers. */
export interface ScheduleFile {
  readonly file: string;
  readonly written: Written;
}

/** Throws a `UsageError` with the place, for what is no JSON object. */
export async function readScheduleFile(file: string): Promise<ScheduleFile> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(
      { zh: `读不了 ${file}：${error.message}`, en: `cannot read ${file}: ${error.message}` },
      { zh: "请查文件名。", en: "Check the file's name." },
    );
  });
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch (error) {
    throw noObject(`${file}${placeIn(text, error)}`, error instanceof Error ? error.message : String(error));
  }
  if (typeof written === "object" && written !== null && !Array.isArray(written))
    return { file, written: written as Written };
  throw noObject(file, "");
}

function noObject(where: string, why: string): UsageError {
  return new UsageError(
    { zh: `${where} 不是 JSON 对象${why && `:${why}`}`, en: `${where} is no JSON object${why && `: ${why}`}` },
    { zh: `例如 ${scheduleExample}`, en: `For example ${scheduleExample}` },
  );
}

/** ":2:5", from the position that the parser names; nothing where it names none. */
function placeIn(text: string, error: unknown): string {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/**
 * As the API takes it: civil times become instants of `zone`, hours minutes. `whole`: nothing else says when and where.
 * Throws a `UsageError` that names every field that is wrong.
 */
export function scheduleIn({ file, written }: ScheduleFile, zone: string, whole: boolean): Written {
  const found: Detail[] = [];
  const wrong = (field: string, { zh, en }: Sentence) => {
    const name = field.split(".")[0] ?? "";
    found.push({
      what: { zh: `${file} 的 ${field}：${zh}`, en: `${file}, ${field}: ${en}` },
      remedy: remedyOf(name),
    });
  };
  const made: Record<string, unknown> = { ...written };
  for (const name of ["from", "until"] as const) {
    const value = written[name];
    const at = typeof value === "string" ? parseInstant(value, zone) : value;
    if (at === null) wrong(name, { zh: `看不懂时刻“${value}”`, en: `"${value}" is not an instant` });
    else made[name] = at;
    if (at === null) delete made[name];
  }
  if (typeof written.hours === "string") {
    const hours = rotationSchema.shape.hours.safeParse(written.hours);
    if (hours.success) made.hours = hours.data;
    else {
      for (const issue of hours.error.issues) wrong("hours", wordsFor(issue));
      delete made.hours;
    }
  }
  for (const name of Object.keys(made)) if (made[name] === undefined) delete made[name];
  const parsed = scheduleSchema.partial().safeParse(made);
  for (const issue of parsed.error?.issues ?? [])
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys) wrong(key, { zh: "没有这样的字段", en: "there is no such field" });
    else wrong(issue.path.join("."), wordsFor(issue));
  const cron = typeof made.cron === "string" ? parseCron(made.cron) : null;
  if (cron && !cron.ok) wrong("cron", cron);
  for (const name of whole ? (["boards", "from", "until"] as const) : [])
    if (written[name] === undefined) wrong(name, { zh: "没有写", en: "is missing" });
  const { from, until } = parsed.data ?? {};
  if (from !== undefined && until !== undefined && from >= until)
    wrong("until", { zh: "结束必须晚于开始", en: "it must end after it begins" });
  const [first, ...others] = found;
  if (first === undefined) return made;
  throw new UsageError(first.what, first.remedy, others);
}

/** How the field is written, or which one was meant. */
function remedyOf(name: string): Sentence {
  const names = scheduleFields.map((field) => field.name);
  const field = scheduleFields.find((one) => one.name === name);
  if (field) return { zh: `例如 "${name}": ${field.example}`, en: `For example "${name}": ${field.example}` };
  const meant = nearest(name, names);
  return meant === null
    ? { zh: `可以写：${names.join("、")}。`, en: `One of: ${names.join(", ")}.` }
    : { zh: `是不是“${meant}”？`, en: `Did you mean "${meant}"?` };
}
