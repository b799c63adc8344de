/** What-if and outlook in sentences, zh and en. */
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import { dateOf } from "../time/days.ts";
import { sayCivil } from "../time/zone.ts";
import type { Finding } from "./outlook.ts";
import { blockSentence } from "./reasons.ts";
import type { Effect, Round } from "./what-if.ts";

/** How people call a board's or a notice's id; an id that they do not know stays as it is. */
export type NameOf = (id: string) => string;

const minute = 60_000;
const hour = 60 * minute;

/** "12 秒", "4 分钟", "1 分 30 秒", "2 小时 5 分": what matters of a length, rounded to it. */
export function lengthWords(ms: number): Sentence {
  const seconds = Math.round(ms / 1000);
  if (ms < 10_000 && ms % 1000 !== 0) {
    const tenths = (Math.round(ms / 100) / 10).toString();
    return { zh: `${tenths} 秒`, en: `${tenths} s` };
  }
  if (seconds < 60) return { zh: `${seconds} 秒`, en: `${seconds} s` };
  if (ms < hour) {
    const [min, rest] = [Math.floor(seconds / 60), seconds % 60];
    return rest === 0
      ? { zh: `${min} 分钟`, en: `${min} min` }
      : { zh: `${min} 分 ${rest} 秒`, en: `${min} min ${rest} s` };
  }
  const minutes = Math.round(ms / minute);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0
    ? { zh: `${hours} 小时`, en: `${hours} h` }
    : { zh: `${hours} 小时 ${rest} 分`, en: `${hours} h ${rest} min` };
}

function roundWords({ turns, cycleMs, shortestMs, longestMs }: Round): Sentence {
  if (turns === 1) {
    const length = lengthWords(cycleMs);
    return { zh: `独自播出，一遍 ${length.zh}`, en: `it is on alone, ${length.en} a showing` };
  }
  const [short, long, every] = [lengthWords(shortestMs), lengthWords(longestMs), lengthWords(cycleMs)];
  const each = short.zh === long.zh ? short : { zh: `${short.zh}至 ${long.zh}`, en: `${short.en} to ${long.en}` };
  return {
    zh: `每条 ${each.zh}，每 ${every.zh}轮一次`,
    en: `leaves each notice ${each.en} every ${every.en}`,
  };
}

/** "大门屏:每条 12 秒,每 4 分钟轮一次;…": `board` as people call it. */
export function effectSentence(effect: Effect, board: string, nameOf: NameOf, zone: string): Sentence {
  const time = timeIn(zone);
  if (effect.usual === null || effect.first === null || effect.last === null)
    return neverSentence(effect, board, nameOf);
  const round = roundWords(effect.usual);
  const perDay = lengthWords(effect.onMs / Math.max(1, effect.days));
  const zh = [
    `${board}：${round.zh}`,
    `首次 ${time(effect.first)}，最后到 ${time(effect.last)}，有 ${effect.days} 天播出，每天约 ${perDay.zh}`,
  ];
  const en = [
    `${board}: ${round.en}`,
    `first ${time(effect.first)}, last until ${time(effect.last)}, on ${plural(effect.days, "day")}, some ${perDay.en} a day`,
  ];
  if (effect.longest !== null) {
    const most = lengthWords(effect.longest.cycleMs);
    zh.push(`最挤时每 ${most.zh}轮一次`);
    en.push(`every ${most.en} when it is fullest`);
  }
  const [loser] = effect.interrupts;
  if (loser !== undefined) {
    const lost = lengthWords(loser.ms);
    const others = effect.interrupts.length - 1;
    zh.push(
      `打断 ${nameOf(loser.notice)} ${loser.times} 次，共 ${lost.zh}${others > 0 ? `，另有 ${others} 条被打断` : ""}`,
    );
    en.push(
      `interrupts ${nameOf(loser.notice)} ${plural(loser.times, "time")}, ${lost.en} in all${others > 0 ? `, and ${others} more` : ""}`,
    );
  }
  const waitedMs = effect.eligibleMs - effect.onMs;
  const [winner] = effect.waitsFor;
  if (winner !== undefined && waitedMs > 0) {
    const wait = lengthWords(waitedMs);
    zh.push(`自己让位 ${wait.zh}，主要给 ${nameOf(winner.notice)}`);
    en.push(`gives way for ${wait.en} itself, mostly to ${nameOf(winner.notice)}`);
  }
  return { zh: zh.join("；"), en: en.join("; ") };
}

function neverSentence({ blocked, eligibleMs, waitsFor }: Effect, board: string, nameOf: NameOf): Sentence {
  if (blocked !== null) {
    const why = blockSentence(blocked);
    return { zh: `${board}\uff1a一次也播不出来\uff0c${why.zh}`, en: `${board}: never on: ${why.en}` };
  }
  const [winner] = waitsFor;
  if (eligibleMs > 0 && winner !== undefined)
    return {
      zh: `${board}：一次也播不出来，总让位给 ${nameOf(winner.notice)}`,
      en: `${board}: never on: it always gives way to ${nameOf(winner.notice)}`,
    };
  return {
    zh: `${board}：一次也播不出来，这段日期里没有一个播放时段落在这块屏的开放时段、又不静屏的时候`,
    en: `${board}: never on: in these days none of its slots lies in the board's hours outside of quiet ones`,
  };
}

const starvedWhy = {
  closed: { zh: "它的时段都在这块屏的非开放时段", en: "all of its slots lie outside the board's hours" },
  quiet: { zh: "它的时段都在静屏时段或非开放时段", en: "all of its slots lie in quiet hours, or outside the board's" },
  none: { zh: "没有一个播放时段", en: "it has no slot at all" },
} as const;

/** `board` as people call it. */
export function findingSentence(finding: Finding, board: string, nameOf: NameOf, zone: string): Sentence {
  const time = timeIn(zone);
  switch (finding.kind) {
    case "covered": {
      const { notice, by, slots, of, first } = finding;
      return {
        zh: `${board}：${nameOf(notice)} 的 ${of} 个时段有 ${slots} 个整段播不出来，让位给 ${nameOf(by)}，第一个在 ${time(first.from)}`,
        en: `${board}: ${slots} of ${of} slots of ${nameOf(notice)} are covered whole by ${nameOf(by)}, the first at ${time(first.from)}`,
      };
    }
    case "starved": {
      const notice = nameOf(finding.notice);
      if (finding.by === null) {
        const why = starvedWhy[finding.why];
        return {
          zh: `${board}：${notice} 这段日期里一次也不播，${why.zh}`,
          en: `${board}: ${notice} is never on in these days: ${why.en}`,
        };
      }
      const by = nameOf(finding.by);
      return {
        zh: `${board}：${notice} 一次也播不出来，总让位给 ${by}`,
        en: `${board}: ${notice} is never on: it always gives way to ${by}`,
      };
    }
    case "empty": {
      const from = dateOf(finding.day);
      const until = dateOf(finding.day + finding.days - 1);
      return finding.days === 1
        ? {
            zh: `${board}：${from} 整天只有待机画面`,
            en: `${board}: nothing but the default picture all day on ${from}`,
          }
        : {
            zh: `${board}：${from} 至 ${until} 共 ${finding.days} 天只有待机画面`,
            en: `${board}: nothing but the default picture from ${from} to ${until}, ${finding.days} days`,
          };
    }
    case "unfilled": {
      const why = blockSentence(finding.why);
      const notice = nameOf(finding.notice);
      const from = time(finding.first.from);
      return {
        zh: `${board}：${from} 的时段留给 ${notice}，它还不能播：${why.zh}`,
        en: `${board}: the slot at ${from} is kept for ${notice}, which may not be shown: ${why.en}`,
      };
    }
    case "overfull": {
      const [cycle, has] = [lengthWords(finding.cycleMs), lengthWords(finding.hasMs)];
      const from = time(finding.first.from);
      return finding.level === "day"
        ? {
            zh: `${board}：${finding.notices} 条轮一遍要 ${cycle.zh}，一天只有 ${has.zh}，当天有的轮不到（${from} 起，${finding.days} 天）`,
            en: `${board}: a round of ${finding.notices} takes ${cycle.en} and has ${has.en} a day: some are not on that day (from ${from}, ${plural(finding.days, "day")})`,
          }
        : {
            zh: `${board}：${finding.notices} 条轮一遍要 ${cycle.zh}，时段只有 ${has.zh}，不是每个时段都轮得到（${from} 起，${finding.days} 天）`,
            en: `${board}: a round of ${finding.notices} takes ${cycle.en}, longer than its slot of ${has.en}: not each is on in every slot (from ${from}, ${plural(finding.days, "day")})`,
          };
    }
    case "limit": {
      const { count, max, what } = finding;
      const day = dateOf(finding.day);
      return what === "turns"
        ? {
            zh: `${board}：${day} 一轮有 ${count} 条，最多 ${max} 条`,
            en: `${board}: a round of ${day} has ${count} turns, at most ${max} can be`,
          }
        : {
            zh: `${board}：${day} 节目单有 ${count} 段，最多 ${max} 段`,
            en: `${board}: the programme of ${day} has ${count} spans, at most ${max} can be`,
          };
    }
    case "ending":
      return {
        zh: `${board}：${nameOf(finding.notice)} 到 ${time(finding.until)} 为止，之后一周它的时段没有接替的信息`,
        en: `${board}: ${nameOf(finding.notice)} ends ${time(finding.until)}, and nothing follows in its slots in the week after`,
      };
  }
}

const plural = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
const timeIn = (zone: string) => (at: Instant) => sayCivil(zone, at, "minutes");
