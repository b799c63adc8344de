/** The sentences about reasons, in both languages. */
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import { sayCivil } from "../time/zone.ts";
import type { BlockReason, Ends, Next, Reason } from "./types.ts";
import { hoursWords, weekWords } from "./words.ts";

const blocks: Readonly<Record<BlockReason, Sentence>> = {
  draft: { zh: "未经审核签字（草稿）", en: "not signed: a draft" },
  "seal-broken": {
    zh: "签发核验不通过，数据可能被改动",
    en: "its seal does not verify; the data may have been altered",
  },
  "revision-altered": { zh: "内容与签发时不同", en: "its content differs from what was signed" },
  "not-public": {
    zh: "不是主动公开的信息，不得上任何公开屏",
    en: "not for proactive disclosure: it may be on no public board",
  },
  screening: {
    zh: "含未隐去的身份证号、手机号或银行卡号",
    en: "contains an unmasked ID, mobile or bank card number",
  },
  "unknown-notice": { zh: "没有这条信息", en: "no such notice" },
  "other-board": { zh: "签发时不含这块公开栏", en: "not signed for this board" },
  "no-pixels": { zh: "没有为这块屏签发的版面", en: "no signed message for this panel" },
  category: { zh: "这块屏不播这一类信息", en: "this board does not show its track or category" },
};

export function blockSentence(why: BlockReason): Sentence {
  return blocks[why];
}

export function reasonSentence(reason: Reason, zone: string): Sentence {
  const time = (at: Instant) => sayCivil(zone, at, "minutes");
  switch (reason.code) {
    case "shown": {
      const end = untilWords(reason, time);
      return reason.with === 1
        ? { zh: `正在播出，${end.zh}`, en: `on air ${end.en}` }
        : {
            zh: `正在播出，与另外 ${reason.with - 1} 条轮换，${end.zh}`,
            en: `on air in turn with ${reason.with - 1} more ${end.en}`,
          };
    }
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
      return { zh: `当时尚未签发（${time(reason.at)} 签发）`, en: `not signed until ${time(reason.at)}` };
    case "closed":
      return reason.opens === null
        ? { zh: "非开放时段 · 屏灭", en: "closed hours" }
        : {
            zh: `非开放时段 · 屏灭，${time(reason.opens)} 开放`,
            en: `closed hours, the board opens ${time(reason.opens)}`,
          };
    case "quiet": {
      const end = untilWords(reason, time);
      const shows =
        reason.shows === "default"
          ? { zh: "只放待机画面", en: "the default picture alone" }
          : { zh: "黑屏", en: "a black board" };
      return { zh: `静屏时段，${shows.zh}，${end.zh}`, en: `quiet hours, ${shows.en}, ${end.en}` };
    }
    case "between-slots":
      return then({ zh: "不在播放时段", en: "between slots" }, reason, time);
    case "outside-hours": {
      const hours = hoursWords(reason);
      return then({ zh: `只在 ${hours.zh} 播出`, en: `only from ${hours.en}` }, reason, time);
    }
    case "wrong-weekday": {
      const days = weekWords(reason.weekdays);
      return then({ zh: `只在${days.zh}播出`, en: `only on ${days.en}` }, reason, time);
    }
    case "wrong-day": {
      const [zh, en] = reason.needs === "workday" ? ["工作日", "working days"] : ["休息日", "rest days"];
      return then({ zh: `只在${zh}播出`, en: `only on ${en}` }, reason, time);
    }
    case "exception":
      return then({ zh: `${reason.name}：不播`, en: `not on "${reason.name}"` }, reason, time);
    case "outranked": {
      const end = untilWords(reason, time);
      return reason.pinned
        ? {
            zh: `让位给置顶的 ${reason.by}（同为优先级 ${reason.priority}），${end.zh}`,
            en: `gives way to ${reason.by}, pinned at the same priority ${reason.priority}, ${end.en}`,
          }
        : {
            zh: `让位给优先级 ${reason.priority} 的 ${reason.by}，${end.zh}`,
            en: `gives way to ${reason.by} of priority ${reason.priority} ${end.en}`,
          };
    }
    case "calendar-unknown":
      return { zh: `没有 ${reason.year} 年的放假安排，不能判断`, en: `no holiday calendar for ${reason.year}` };
  }
}

function untilWords({ until, atLeast }: Ends, time: (at: Instant) => string): Sentence {
  return atLeast
    ? { zh: `${time(until)} 之前不会变`, en: `with no change before ${time(until)}` }
    : { zh: `到 ${time(until)}`, en: `until ${time(until)}` };
}

function then(what: Sentence, { next, unknownYear }: Next, time: (at: Instant) => string): Sentence {
  if (next !== null) return { zh: `${what.zh}，下次 ${time(next)}`, en: `${what.en}; next ${time(next)}` };
  return unknownYear === undefined
    ? { zh: `${what.zh}，近期不再播出`, en: `${what.en}; not again soon` }
    : {
        zh: `${what.zh}，没有 ${unknownYear} 年的放假安排，不知道下次`,
        en: `${what.en}; without a holiday calendar for ${unknownYear} nobody knows when next`,
      };
}
