/** Why a notice is shown or hidden on a board at an instant, as data and as a sentence. */
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import { UnknownYear } from "../time/calendar.ts";
import { dayNumberAt, formatCivil } from "../time/zone.ts";
import { parseCron } from "./cron.ts";
import { type BoardContext, eligibleWindows, knownWindows, lifeOf, playlistFor } from "./playlist.ts";
import { dayAllowed, openWindows, slotWindows } from "./slots.ts";
import type { BlockReason, Candidate, PlaylistInterval, Reason, Rule } from "./types.ts";

/** How far ahead "next at" is looked for, days. */
const lookAheadDays = 400;
/** How many civil days further the end of what is on is looked for; what lasts longer is said to last until then. */
const runDays = 2;

/** What the board shows from `at` on: the interval that holds it, and those after it up to two midnights further. */
export function intervalsAhead(board: BoardContext, at: Instant): readonly PlaylistInterval[] {
  const day = dayNumberAt(board.zone, at);
  const days = playlistFor({ ...board, firstDay: day, lastDay: day + runDays });
  return days.flatMap(({ intervals }) => intervals).filter(({ end }) => at < end);
}

/** `ahead` saves working it out again when asked for many notices at one instant. */
export function reasonFor(
  board: BoardContext,
  candidate: Candidate,
  at: Instant,
  ahead: readonly PlaylistInterval[] = intervalsAhead(board, at),
): Reason {
  if (candidate.blocked) return { code: "blocked", why: candidate.blocked };
  const life = lifeOf(candidate);
  if (at < candidate.window.from) return { code: "before", from: candidate.window.from };
  if (at >= candidate.window.until) return { code: "after", until: candidate.window.until };
  if (candidate.signedAt !== null && at < candidate.signedAt) return { code: "not-signed-yet", at: candidate.signedAt };
  if (at >= life.until)
    return candidate.withdrawnAt !== null && at >= candidate.withdrawnAt
      ? { code: "withdrawn", at: candidate.withdrawnAt, ...(candidate.takenOff && { here: true }) }
      : { code: "superseded", at: candidate.supersededAt ?? life.until };
  try {
    return reasonWithin(board, candidate, at, ahead);
  } catch (error) {
    if (error instanceof UnknownYear) return { code: "calendar-unknown", year: error.year };
    throw error;
  }
}

function reasonWithin(
  board: BoardContext,
  candidate: Candidate,
  at: Instant,
  ahead: readonly PlaylistInterval[],
): Reason {
  const day = dayNumberAt(board.zone, at);
  const holds = (window: { from: Instant; until: Instant }) => window.from <= at && at < window.until;
  const [now] = ahead;
  const shows = (interval: PlaylistInterval) => interval.notices.includes(candidate.notice);
  if (now && shows(now)) {
    const until = Math.min(endOfRun(ahead, shows), lifeOf(candidate).until);
    return { code: "shown", until, with: now.notices.length };
  }
  if (now && eligibleWindows(candidate, day, board).some(holds)) {
    const outranks = ({ priority }: PlaylistInterval) => priority !== null && priority < candidate.priority;
    const until = Math.min(endOfRun(ahead, outranks), eligibleUntil(board, candidate, at));
    return { code: "outranked", by: now.notices[0] ?? "", priority: now.priority ?? 0, until };
  }
  if (slotWindows(candidate.rule, day, board.zone, board.calendar).some(holds))
    return { code: "closed", opens: nextOpening(board, at) };
  const next = nextEligible(board, candidate, at);
  const { calendar } = candidate.rule;
  if (calendar !== "everyday" && !dayAllowed(calendar, day, board.calendar))
    return { code: "wrong-day", needs: calendar, next };
  return { code: "between-slots", next };
}

/** The end of the intervals, from the first on, of which `goesOn` is true. */
function endOfRun(ahead: readonly PlaylistInterval[], goesOn: (interval: PlaylistInterval) => boolean): Instant {
  const stop = ahead.findIndex((interval) => !goesOn(interval));
  return (stop < 0 ? ahead[ahead.length - 1] : ahead[stop - 1])?.end ?? 0;
}

/** It is eligible at `at`: until when, looking at most two midnights further. */
function eligibleUntil(board: BoardContext, candidate: Candidate, at: Instant): Instant {
  const today = dayNumberAt(board.zone, at);
  let until = at;
  for (let day = today; day <= today + runDays; day++) {
    const window = knownWindows(candidate, day, board).find(({ from, until: end }) => from <= until && until < end);
    if (!window) break;
    until = window.until;
  }
  return until;
}

function nextEligible(board: BoardContext, candidate: Candidate, at: Instant): Instant | null {
  const today = dayNumberAt(board.zone, at);
  const lastDay = Math.min(today + lookAheadDays, dayNumberAt(board.zone, lifeOf(candidate).until));
  for (let day = today; day <= lastDay; day++) {
    const next = eligibleWindows(candidate, day, board).find((window) => window.from > at);
    if (next) return next.from;
  }
  return null;
}

function nextOpening(board: BoardContext, at: Instant): Instant | null {
  const today = dayNumberAt(board.zone, at);
  for (let day = today; day <= today + lookAheadDays; day++) {
    const next = openWindows(board.hours, day, board.zone, board.calendar).find((window) => window.from > at);
    if (next) return next.from;
  }
  return null;
}

const blocks: Readonly<Record<BlockReason, Sentence>> = {
  draft: { zh: "未经审核签字(草稿)", en: "not signed: a draft" },
  "seal-broken": {
    zh: "签发核验不通过,数据可能被改动",
    en: "its seal does not verify; the data may have been altered",
  },
  "revision-altered": { zh: "内容与签发时不同", en: "its content differs from what was signed" },
  "not-public": {
    zh: "不是主动公开的信息,不得上任何公开屏",
    en: "not for proactive disclosure: it may be on no public board",
  },
  screening: {
    zh: "含未隐去的身份证号、手机号或银行卡号",
    en: "contains an unmasked ID, mobile or bank card number",
  },
  "unknown-notice": { zh: "没有这条信息", en: "no such notice" },
  "other-board": { zh: "签发时不含这块公开栏", en: "not signed for this board" },
  "no-pixels": { zh: "没有为这块屏签发的版面", en: "no signed message for this panel" },
};

export function blockSentence(why: BlockReason): Sentence {
  return blocks[why];
}

export function reasonSentence(reason: Reason, zone: string): Sentence {
  const time = (at: Instant) => formatCivil(zone, at).slice(0, 16).replace("T", " ");
  const next = (at: Instant | null): Sentence =>
    at === null
      ? { zh: ",近期不再播出", en: "; not again soon" }
      : { zh: `,下次 ${time(at)}`, en: `; next ${time(at)}` };
  switch (reason.code) {
    case "shown":
      return reason.with === 1
        ? { zh: `正在播出,到 ${time(reason.until)}`, en: `on air until ${time(reason.until)}` }
        : {
            zh: `正在播出,与另外 ${reason.with - 1} 条轮换,到 ${time(reason.until)}`,
            en: `on air in turn with ${reason.with - 1} more until ${time(reason.until)}`,
          };
    case "blocked":
      return blockSentence(reason.why);
    case "before":
      return { zh: `${time(reason.from)} 开始`, en: `begins ${time(reason.from)}` };
    case "after":
      return { zh: `已于 ${time(reason.until)} 到期`, en: `ended ${time(reason.until)}` };
    case "withdrawn":
      return reason.here
        ? { zh: `已于 ${time(reason.at)} 从这块屏撤下`, en: `taken off this board ${time(reason.at)}` }
        : { zh: `已于 ${time(reason.at)} 撤下`, en: `withdrawn ${time(reason.at)}` };
    case "superseded":
      return { zh: `已于 ${time(reason.at)} 被替换`, en: `superseded ${time(reason.at)}` };
    case "not-signed-yet":
      return { zh: `当时尚未签发(${time(reason.at)} 签发)`, en: `not signed until ${time(reason.at)}` };
    case "closed":
      return reason.opens === null
        ? { zh: "这块屏已关屏", en: "the board is closed" }
        : { zh: `已关屏,${time(reason.opens)} 开屏`, en: `the board is closed until ${time(reason.opens)}` };
    case "between-slots": {
      const then = next(reason.next);
      return { zh: `不在播放时段${then.zh}`, en: `between slots${then.en}` };
    }
    case "wrong-day": {
      const then = next(reason.next);
      const [zh, en] = reason.needs === "workday" ? ["工作日", "working days"] : ["休息日", "rest days"];
      return { zh: `只在${zh}播出${then.zh}`, en: `only on ${en}${then.en}` };
    }
    case "outranked":
      return {
        zh: `让位给优先级 ${reason.priority} 的 ${reason.by},到 ${time(reason.until)}`,
        en: `gives way to ${reason.by} of priority ${reason.priority} until ${time(reason.until)}`,
      };
    case "calendar-unknown":
      return { zh: `没有 ${reason.year} 年的放假安排,不能判断`, en: `no holiday calendar for ${reason.year}` };
  }
}

/** The rule in words: "工作日 8–17 时每小时第 0、30 分起播 5 分钟 · 优先级 5". */
export function ruleSentence(rule: Rule, priority: number): Sentence {
  if (rule.cron === null) return { zh: "待机画面:节目之间显示", en: "default picture, shown between slots" };
  const days = {
    everyday: { zh: "每天", en: "every day" },
    workday: { zh: "工作日", en: "working days" },
    restday: { zh: "休息日", en: "rest days" },
  }[rule.calendar];
  const when = cronWords(rule.cron);
  return {
    zh: `${days.zh}${when.zh},播 ${rule.slotMinutes} 分钟 · 优先级 ${priority}`,
    en: `${days.en}, ${when.en}, for ${rule.slotMinutes} min · priority ${priority}`,
  };
}

function cronWords(cron: string): Sentence {
  const parsed = parseCron(cron);
  const quoted = { zh: `(${cron})`, en: `cron ${cron}` };
  if (!parsed.ok) return quoted;
  const { minutes, hours, days, months, weekdays } = parsed.fields;
  if (days.size < 31 || months.size < 12 || weekdays.size < 7) return quoted;
  if (minutes.length === 60 && hours.length === 24) return { zh: "全天", en: "all day" };
  const range = runs(hours);
  const at = minutes.length === 1 ? `${minutes[0]}` : (evenly(minutes) ?? minutes.join("、"));
  const step = evenly(minutes);
  const zh = step ? `${range} 时每 ${step} 分钟` : `${range} 时第 ${at} 分`;
  const en = step ? `hours ${range}, every ${step} min` : `hours ${range} at minute ${minutes.join(", ")}`;
  return { zh: ` ${zh}`, en };
}

/** The step, if the minutes are every so many from 0. */
function evenly(minutes: readonly number[]): string | null {
  const step = minutes[1];
  if (minutes[0] !== 0 || step === undefined || 60 % step !== 0 || minutes.length !== 60 / step) return null;
  return minutes.every((minute, index) => minute === index * step) ? String(step) : null;
}

/** 8,9,10,14 → "8–10、14". */
function runs(values: readonly number[]): string {
  const out: string[] = [];
  for (let index = 0; index < values.length; ) {
    let end = index;
    while (values[end + 1] === (values[end] ?? 0) + 1) end++;
    out.push(end > index ? `${values[index]}–${values[end]}` : `${values[index]}`);
    index = end + 1;
  }
  return out.join("、");
}
