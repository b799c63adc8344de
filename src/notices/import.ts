/** An import file read into records: each accepted or refused on its own, with its place and the reason. */
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { parseCivil } from "../time/zone.ts";
import { expectedAlert, type NoticeRecordInput, recordSchema } from "./import-format.ts";
import { instant } from "./schedule-format.ts";
import { wordsFor } from "./import-words.ts";
import type { Content, ContentPicture, NoticeId, Schedule } from "./types.ts";

export interface ImportRecord {
  readonly id: NoticeId;
  /** Without pictures: `uploads` become those. */
  readonly content: Content;
  readonly uploads?: readonly PictureUpload[];
  readonly schedule: Schedule;
  /** What the file says of approval; believed only where the importer is told to. */
  readonly claimed: {
    readonly approved: boolean;
    readonly signedAt: Instant | null;
    readonly signerId: string | null;
    readonly makerId: string | null;
    readonly form: string | null;
  };
}

/** A picture as the file has it: still to be decoded, and one or, of a document, more. */
export interface PictureUpload extends Omit<ContentPicture, "sha256"> {
  /** `notices[3].pictures[0]` */
  readonly place: string;
  /** For sentences: the file's name, or the place. */
  readonly name: string;
  /** `file`: its name beside the import file. */
  readonly from: { readonly file: string } | { readonly data: Uint8Array };
}

export interface Refusal {
  /** `notices[3].rotation.cron`, or `line 7, column 12`. */
  readonly place: string;
  readonly id: string | null;
  readonly why: Sentence;
}

export interface ParsedImport {
  readonly accepted: readonly ImportRecord[];
  readonly refused: readonly Refusal[];
}

export interface ImportContext {
  readonly zone: string;
  readonly boards: ReadonlySet<string>;
  /** Null if the expression is good (`playlist/` owns cron). */
  checkCron(expression: string): Sentence | null;
}

/** A record that is wrong all over is told in a few sentences. */
const issuesPerRecordMax = 10;

/** Never throws on the text. */
export function parseImport(text: string, context: ImportContext): ParsedImport {
  const whole = (place: string, zh: string, en: string): ParsedImport => ({
    accepted: [],
    refused: [{ place, id: null, why: { zh, en } }],
  });
  if (Buffer.byteLength(text) > limits.importFileBytes)
    return whole("file", `文件超过 ${limits.importFileBytes} 字节`, `more than ${limits.importFileBytes} bytes`);
  const plain = text.replace(/^\uFEFF/, "");
  let file: unknown;
  try {
    file = JSON.parse(plain);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return whole(placeIn(plain), "从这里起不是 JSON", `from here on it is not JSON: ${what}`);
  }
  const notices = (file as { notices?: unknown } | null)?.notices;
  if (!Array.isArray(notices)) return whole("notices", "缺少 notices 数组", "there is no array `notices`");
  if (notices.length > limits.noticesPerImport)
    return whole("notices", `超过 ${limits.noticesPerImport} 条`, `more than ${limits.noticesPerImport} records`);

  const accepted: ImportRecord[] = [];
  const refused: Refusal[] = [];
  const seen = new Set<string>();
  for (const [index, item] of notices.entries()) {
    const before = refused.length;
    const record = readRecord(item, `notices[${index}]`, context, refused);
    if (record && seen.has(record.id))
      refused.push({
        place: `notices[${index}].id`,
        id: record.id,
        why: { zh: "编号在文件里重复", en: "the id is already in this file" },
      });
    if (!record || refused.length > before) continue;
    seen.add(record.id);
    accepted.push(record);
  }
  return { accepted, refused };
}

function readRecord(item: unknown, place: string, context: ImportContext, refused: Refusal[]): ImportRecord | null {
  const parsed = recordSchema.safeParse(item);
  const id = (item as { id?: unknown } | null)?.id;
  const refuse = (path: string, zh: string, en: string) =>
    void refused.push({
      place: `${place}${path}`,
      id: typeof id === "string" ? id.slice(0, 64) : null,
      why: { zh, en },
    });
  if (!parsed.success) {
    for (const issue of parsed.error.issues.slice(0, issuesPerRecordMax)) {
      const { zh, en } = wordsFor(issue);
      refuse(issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join(""), zh, en);
    }
    return null;
  }
  const input = parsed.data;
  const time = (path: string, text: string): Instant | null => {
    const at = parseCivil(context.zone, text);
    if (at === null) refuse(path, `没有这个时间：${text}`, `no such time: ${text}`);
    else if (!instant.safeParse(at).success)
      refuse(path, "须在 1970 年至 9999 年之间", "must lie between 1970 and 9999");
    return at;
  };
  const from = time(".from", input.from);
  const until = time(".until", input.until);
  const signedAt = input.review?.signedAt === undefined ? null : time(".review.signedAt", input.review.signedAt);
  if (from !== null && until !== null && from >= until)
    refuse(".until", "结束必须晚于开始", "it must end after it begins");
  if (input.rotation.tz !== context.zone)
    refuse(".rotation.tz", `应为本处时区 ${context.zone}`, `must be this office's zone, ${context.zone}`);
  const { cron } = input.rotation;
  const badCron = cron === null ? null : context.checkCron(cron);
  if (badCron) refuse(".rotation.cron", badCron.zh, badCron.en);
  for (const [index, board] of input.boards.entries())
    if (!context.boards.has(board)) refuse(`.boards[${index}]`, `没有公开栏 ${board}`, `there is no board ${board}`);
  const uploads = input.pictures?.map((one, index) => uploadOf(one, `${place}.pictures[${index}]`));
  return { ...toRecord(input, from ?? 0, until ?? 0, signedAt), ...(uploads && { uploads }) };
}

function toRecord(input: NoticeRecordInput, from: Instant, until: Instant, signedAt: Instant | null): ImportRecord {
  const { review, rotation, publicity } = input;
  const alert = input.alert ?? expectedAlert.safeParse(input.expect).data?.alert;
  const content: Content = {
    title: input.title,
    body: input.body,
    category: input.category,
    track: input.track,
    openness: input.openness,
    opennessReason: input.opennessReason ?? null,
    fiveOpen: input.fiveOpen,
    displayKind: input.displayKind,
    formedOn: input.formedOn,
    signature: input.signature,
    // What was not given is absent, not undefined: the revision's hash is over the fields that there are.
    publicity: publicity ? promisedOf(publicity) : null,
    alert: alert ? { ...alert, references: alert.references ?? null } : null,
    ...(input.motion && { motion: input.motion }),
    ...(input.personal && { personal: input.personal }),
  };
  const { cron, slotMinutes, calendar, tz: _, ...optional } = rotation;
  const schedule: Schedule = {
    boards: [...new Set(input.boards)],
    from,
    until,
    ...{ cron, slotMinutes, calendar },
    priority: input.priority,
    weight: input.weight ?? 1,
    // In the order in which the store reads them: the same file once more is then seen to be the same.
    ...optional,
  };
  const claimed = {
    approved: review?.state === "approved",
    signedAt,
    signerId: review?.signerId ?? null,
    makerId: review?.makerId ?? null,
    form: review?.secrecyFormNo ?? null,
  };
  return { id: input.id, content, schedule, claimed };
}

/** `actual` is counted, not read. */
function promisedOf({ actual: _, ...promised }: NonNullable<NoticeRecordInput["publicity"]>): Content["publicity"] {
  return promised;
}

function uploadOf(
  { file, data, ...shown }: NonNullable<NoticeRecordInput["pictures"]>[number],
  place: string,
): PictureUpload {
  if (file !== undefined) return { ...shown, place, name: file, from: { file } };
  const bytes = Buffer.from((data ?? "").replace(/^data:[^,]*,/, ""), "base64");
  return { ...shown, place, name: place, from: { data: bytes } };
}

/** Where JSON ends: after the longest beginning that might still become JSON. V8 does not always say. */
function placeIn(text: string): string {
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (mayGoOn(text.slice(0, middle))) low = middle;
    else high = middle - 1;
  }
  const before = text.slice(0, low).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function mayGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const what = error instanceof Error ? error.message : "";
    const position = /position (\d+)/.exec(what)?.[1];
    return /Unexpected end|Unterminated/.test(what) || (position !== undefined && Number(position) >= beginning.length);
  }
}
