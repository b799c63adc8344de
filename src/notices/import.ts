/** An import file read into records: each accepted or refused on its own, with its place and the reason. */
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import { parseCivil } from "../time/zone.ts";
import { type NoticeRecordInput, recordSchema } from "./import-format.ts";
import type { Content, NoticeId, Schedule } from "./types.ts";

export interface ImportRecord {
  readonly id: NoticeId;
  readonly content: Content;
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

/** Never throws on the text. */
export function parseImport(text: string, context: ImportContext): ParsedImport {
  const whole = (place: string, zh: string, en: string): ParsedImport => ({
    accepted: [],
    refused: [{ place, id: null, why: { zh, en } }],
  });
  if (Buffer.byteLength(text) > limits.importFileBytes)
    return whole("file", `文件超过 ${limits.importFileBytes} 字节`, `more than ${limits.importFileBytes} bytes`);
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return whole(placeIn(text, what), `不是 JSON:${what}`, `not JSON: ${what}`);
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
      place: path ? `${place}.${path}` : place,
      id: typeof id === "string" ? id : null,
      why: { zh, en },
    });
  if (!parsed.success) {
    for (const issue of parsed.error.issues.slice(0, 10)) refuse(issue.path.join("."), issue.message, issue.message);
    return null;
  }
  const input = parsed.data;
  const from = parseCivil(context.zone, input.from);
  const until = parseCivil(context.zone, input.until);
  if (from === null) refuse("from", `没有这个时间:${input.from}`, `no such time: ${input.from}`);
  if (until === null) refuse("until", `没有这个时间:${input.until}`, `no such time: ${input.until}`);
  if (from !== null && until !== null && from >= until)
    refuse("until", "结束必须晚于开始", "it must end after it begins");
  if (input.rotation.tz !== context.zone)
    refuse("rotation.tz", `应为本处时区 ${context.zone}`, `must be this office's zone, ${context.zone}`);
  const badCron = context.checkCron(input.rotation.cron);
  if (badCron) refuse("rotation.cron", badCron.zh, badCron.en);
  for (const [index, board] of input.boards.entries())
    if (!context.boards.has(board)) refuse(`boards.${index}`, `没有公开栏 ${board}`, `there is no board ${board}`);
  return toRecord(input, from ?? 0, until ?? 0, context.zone);
}

function toRecord(input: NoticeRecordInput, from: Instant, until: Instant, zone: string): ImportRecord {
  const { review, rotation, publicity, alert } = input;
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
    publicity: publicity ? { required: publicity.required, unit: publicity.unit } : null,
    alert: alert
      ? { msgType: alert.msgType, identifier: alert.identifier, references: alert.references ?? null }
      : null,
  };
  const schedule: Schedule = {
    boards: [...new Set(input.boards)],
    from,
    until,
    cron: rotation.cron,
    slotMinutes: rotation.slotMinutes,
    calendar: rotation.calendar,
    priority: input.priority,
    weight: input.weight ?? 1,
  };
  const claimed = {
    approved: review?.state === "approved",
    signedAt: review?.signedAt ? parseCivil(zone, review.signedAt) : null,
    signerId: review?.signerId ?? null,
    makerId: review?.makerId ?? null,
    form: review?.secrecyFormNo ?? null,
  };
  return { id: input.id, content, schedule, claimed };
}

/** V8 says "… at position 123": people count lines. */
function placeIn(text: string, message: string): string {
  const position = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  if (Number.isNaN(position)) return "file";
  const before = text.slice(0, position).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
