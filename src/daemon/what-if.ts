/** What a case, a notice, a draft, or a schedule alone would do to each of its boards. Nothing is stored, nothing shown. */
import type { WhatIfAsked, WhatIfView } from "../api/outlook.ts";
import type { BoardConfig } from "../config/types.ts";
import { type Fault, FaultError, sentence } from "../fault.ts";
import { wordsFor } from "../notices/import-words.ts";
import { everyDay } from "../notices/schedule-format.ts";
import { submittedSchedule } from "../notices/submitted-schedule.ts";
import { allowsOn } from "../notices/categories.ts";
import type { Content, NoticeRecord, Schedule } from "../notices/types.ts";
import {
  type Candidate,
  defaultPriority,
  type Effect,
  effectDays,
  effectSentence,
  parseCron,
} from "../playlist/index.ts";
import { Pieces } from "../time/pieces.ts";
import type { Desk } from "./desk.ts";
import type { Durations } from "./durations.ts";

export interface WhatIfParts extends Pick<Desk, "site" | "store" | "clock" | "calendar" | "book" | "fits"> {
  readonly durations: Durations;
}

/** How far ahead an effect is looked for, days. */
const effectDaysAhead = 30;
const dayMs = 86_400_000;

/** What is asked about: how long a showing of it lasts on a board, or why it cannot be set there. */
interface About {
  readonly notice: string;
  readonly title: string;
  readonly schedule: Schedule;
  /** What a board may be limited by; of a schedule alone nothing is known. */
  readonly content: Partial<Pick<Content, "track" | "category" | "displayKind">>;
  lasts(board: BoardConfig): Promise<number | readonly Fault[]>;
}

export async function whatIf(parts: WhatIfParts, asked: WhatIfAsked): Promise<WhatIfView> {
  const { site, clock } = parts;
  const about = await aboutOf(parts, asked);
  const { schedule, notice } = about;
  const from = Math.max(clock.now(), schedule.from);
  const span = { from, until: from + effectDaysAhead * dayMs };
  const boards: WhatIfView["boards"][number][] = [];
  for (const id of schedule.boards) {
    const cabinet = site.cabinets?.find((one) => one.id === id);
    if (cabinet) {
      boards.push({ board: id, name: cabinet.name, effect: null, faults: [], sentence: onPaper(cabinet.name) });
      continue;
    }
    const board = site.boards.find((one) => one.id === id);
    if (board === undefined) throw new FaultError({ code: "review/unknown", what: "board", id });
    const shows = allowed(board, about);
    // What is never on need not be set, and takes no time.
    const lasts = !shows ? 0 : asked.seconds === undefined ? await about.lasts(board) : asked.seconds * 1000;
    const common = { board: id, name: board.name };
    if (typeof lasts !== "number") {
      const [first] = lasts;
      const why = first ? sentence(first) : { zh: "排不进这块屏", en: "it cannot be set on this board" };
      boards.push({ ...common, effect: null, faults: lasts, sentence: why });
      continue;
    }
    const effect = await effectHere(parts, board, about, { lasts, shows }, span);
    const nameOf = (other: string) => parts.book.record(other)?.content.title ?? other;
    boards.push({ ...common, effect, faults: [], sentence: effectSentence(effect, board.name, nameOf, site.zone) });
  }
  return { notice, ...span, boards };
}

async function effectHere(
  { site, calendar, book, durations }: WhatIfParts,
  board: BoardConfig,
  { notice, title, schedule }: About,
  { lasts, shows }: { readonly lasts: number; readonly shows: boolean },
  span: { readonly from: number; readonly until: number },
): Promise<Effect> {
  const candidates = await durations.timed(book.alive(board.id, wholeDays(span)));
  const draft: Candidate = {
    ...{ notice, title, signedAt: null, withdrawnAt: null, supersededAt: null, message: null },
    blocked: shows ? null : "category",
    window: { from: schedule.from, until: schedule.until },
    rule: schedule,
    priority: Math.min(schedule.priority, defaultPriority),
    ...(schedule.pinned && { pinned: true as const }),
    weight: schedule.weight,
    durationMs: lasts,
  };
  const context = { hours: board.hours, quiet: board.quiet, candidates, calendar, zone: site.zone };
  const days = effectDays(context, draft, span, (one) => one.durationMs);
  const pieces = new Pieces();
  for (;;) {
    const step = days.next();
    if (step.done) return step.value;
    await pieces.rest();
  }
}

/** Drafts have their track and category last of all: until then no board refuses them. */
function allowed({ allows }: BoardConfig, { content: { track, category, displayKind } }: About): boolean {
  if (track === undefined || category === undefined) return true;
  return allowsOn(allows, { track, category, ...(displayKind && { displayKind }) });
}

/** A cabinet has no turns that anything could take. */
const onPaper = (name: string) => ({
  zh: `${name}\uff1a签发后打印张贴\uff0c到期取下\uff1b不占别的信息的时间`,
  en: `${name}: printed and posted once signed, taken down at its end; nothing else gives way`,
});

/** Playlists are made of whole days: whoever lives on one of them belongs to it. */
const wholeDays = ({ from, until }: { readonly from: number; readonly until: number }) => ({
  from: from - 2 * dayMs,
  until: until + 2 * dayMs,
});

const unknown = (what: "case" | "notice", id: string) => new FaultError({ code: "review/unknown", what, id });

async function aboutOf(parts: WhatIfParts, { case: id, notice, schedule }: WhatIfAsked): Promise<About> {
  const { store, durations, book } = parts;
  if (id !== undefined) {
    const review = await store.cases.get(id);
    const record = review && (await store.notices.revision(review.notice, review.number));
    if (!review || !record) throw unknown("case", id);
    return {
      ...{ notice: record.id, title: review.title, schedule: scheduleFrom(record.schedule, schedule, record.id) },
      content: record.content,
      async lasts(board) {
        const set = review.pixels.find((one) => one.board === board.id);
        return (set && (await durations.of(set.message))) || fitted(parts, record, board);
      },
    };
  }
  if (notice === undefined)
    return {
      ...{ notice: "what-if", title: "", schedule: scheduleFrom({}, schedule, "what-if") },
      content: {},
      lasts: async () => [{ code: "review/field", notice: "what-if", field: "seconds", what: needsSeconds }],
    };
  const known = await book.of([notice]);
  const record = known.record(notice);
  const judged = known.verdict(notice);
  if (record && judged.ok)
    return {
      ...{ notice, title: record.content.title, schedule: scheduleFrom(record.schedule, schedule, notice) },
      content: record.content,
      async lasts(board) {
        const message = judged.pixels.get(board.id);
        return (message !== undefined && (await durations.of(message))) || fitted(parts, record, board);
      },
    };
  const draft = await store.drafts.get(notice);
  if (draft === null) {
    if (record === undefined) throw unknown("notice", notice);
    return {
      ...{ notice, title: record.content.title, schedule: scheduleFrom(record.schedule, schedule, notice) },
      content: record.content,
      lasts: (board) => fitted(parts, record, board),
    };
  }
  const { content, schedule: has } = draft.document;
  return {
    ...{ notice, title: content.title ?? "", schedule: scheduleFrom(has, schedule, notice) },
    content,
    async lasts(on) {
      const asked = { content, on: [on], hasMs: null, packed: false };
      const fits = await parts.fits.draft(asked, parts.clock.now());
      if ("refused" in fits)
        return fits.refused.map(({ place, why }) => ({
          code: "review/field",
          notice,
          field: `content.${place}`,
          what: why,
        }));
      const [fit] = fits;
      return fit?.ok ? fit.message.durationMs : (fit?.faults ?? []);
    },
  };
}

const needsSeconds = { zh: "只有播放安排时要写明每次播几秒", en: "of a schedule alone, say how long a showing lasts" };

async function fitted(
  { fits }: WhatIfParts,
  record: NoticeRecord,
  board: BoardConfig,
): Promise<number | readonly Fault[]> {
  const fit = await fits.notice(record, board);
  return fit.ok ? fit.message.durationMs : fit.faults;
}

/** What it has, with what is asked of it instead; FaultError `review/field` for what is missing or wrong. */
export function scheduleFrom(has: Partial<Schedule>, asked: unknown, notice: string): Schedule {
  const parsed = submittedSchedule.safeParse({ ...everyDay, slotMinutes: 1, ...has, ...(asked ?? {}) });
  const refuse = (name: string, zh: string, en: string) =>
    new FaultError({ code: "review/field", notice, field: `schedule.${name}`, what: { zh, en } });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { zh, en } = issue ? wordsFor(issue) : { zh: "写错了", en: "is not right" };
    throw refuse(issue?.path.join(".") ?? "", zh, en);
  }
  const { boards, from, until, cron } = parsed.data;
  if (boards.length === 0) throw refuse("boards", "至少一块", "at least one");
  if (from >= until) throw refuse("until", "结束必须晚于开始", "it must end after it begins");
  const read = cron === null ? null : parseCron(cron);
  if (read && !read.ok) throw refuse("cron", read.zh, read.en);
  return { ...parsed.data, boards: [...new Set(boards)] };
}
