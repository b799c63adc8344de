/**
 * 倒计时: `{{daysTo:2017-11-30}}` in days, `{{workdaysTo:2017-11-30}}` in working days of the State Council's calendar.
 * A page for each day of the window, so that what is signed is every number that it will ever show.
 */
import { UnknownYear } from "../../time/calendar.ts";
import { dayNumberOf } from "../../time/days.ts";
import { workingDaysAfter } from "../../time/working-days.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import { limits } from "../../limits.ts";
import { centredRows, type Fitted, fewOrManyLines, fittedAlike } from "../fit.ts";
import { type SetPage, standing } from "../page.ts";
import { bitmapBytesMost } from "../scroll.ts";
import { wantedOf } from "./slogan.ts";
import { daysProblem, doesNotFit, type Job, pagesProblem, type Template } from "./template.ts";

const standMs = 10_000;
const token = /\{\{\s*(daysTo|workdaysTo)\s*:\s*(\d{4}-\d{2}-\d{2})\s*\}\}/g;
const needed = "{{daysTo:YYYY-MM-DD}}";
const neededToo = "{{workdaysTo:YYYY-MM-DD}}";

export const countdown: Template = (job) => {
  const targets = new Set(Array.from(job.content.body.matchAll(token), ([, , date = ""]) => dayNumberOf(date)));
  const [target = null] = targets;
  if (target === null)
    return doesNotFit(job, {
      zh: `倒计时要写 ${needed}（天）或 ${neededToo}（工作日）`,
      en: `a countdown needs ${needed} for days or ${neededToo} for working days`,
    });
  if (targets.size > 1) return doesNotFit(job, { zh: "倒计时只数到一个日子", en: "a countdown counts to one day" });
  const first = dayNumberAt(job.zone, job.window.from);
  const last = Math.min(target, dayNumberAt(job.zone, job.window.until - 1));
  if (last - first >= limits.pagesPerMessage)
    return doesNotFit(job, {
      zh: `倒计时最多 ${limits.pagesPerMessage} 天`,
      en: `a countdown has at most ${limits.pagesPerMessage} days`,
    });
  const many = pagesProblem(job.shape, last - first + 1) ?? daysProblem(job.content.body, last - first + 1);
  if (many !== null) return doesNotFit(job, many);
  const fitText = fitting(job);
  const pages: SetPage[] = [];
  // A year of days on a large screen is kept to dots that are on or off.
  const soft =
    (last - first + 1) * bitmapBytesMost(job.shape, job.shape.width, job.shape.height) <= limits.messageBytes;
  for (let day = first; day <= last; day++) {
    const window = { from: instantOf(job.zone, day, 0), until: instantOf(job.zone, day + 1, 0) };
    const text = textOn(job, day, target);
    if (text === null) return { pages: [] };
    const fitted = fitText(text);
    if (!fitted) return doesNotFit(job, { zh: "倒计时一页放不下", en: "the countdown does not fit on one page" });
    pages.push(standing(centredRows(fitted, "slogan"), fitted.grid, { centre: true, holdMs: standMs, window, soft }));
  }
  return pages.length > 0 ? { pages } : doesNotFit(job, { zh: "倒计时的日子已过", en: "the day counted to is past" });
};

/** The number is worth more than a margin, and more than an unbroken word. */
const lastResorts = [
  { strict: true },
  { strict: true, marginPx: 0 },
  { strict: true, manyLines: true },
  { strict: true, manyLines: true, marginPx: 0, small: true },
  { strict: false, manyLines: true, marginPx: 0 },
  { strict: false, manyLines: true, marginPx: 0, small: true },
] as const;

/** Days whose counts have as many figures are set alike; a size is sought for the first of them. */
function fitting(job: Job): (text: string) => Fitted | null {
  const known = new Map<string, Fitted>();
  return (text) => {
    const wanted = wantedOf(job, [text.replace(/\s+/g, " ").trim()]);
    const kind = text.replace(/\d/g, "0");
    const alike = known.get(kind);
    let fitted = alike ? fittedAlike(wanted, alike) : null;
    for (const demands of lastResorts) fitted ??= fewOrManyLines(wanted, demands);
    if (fitted) known.set(kind, fitted);
    return fitted;
  };
}

/** Null: the calendar does not reach so far, which is noted. */
function textOn(job: Job, day: number, target: number): string | null {
  if (day === target) return onTheDay(job);
  try {
    return job.content.body.replace(token, (_, kind) =>
      String(kind === "daysTo" ? target - day : workingDaysAfter(day, target, job.calendar)),
    );
  } catch (error) {
    if (!(error instanceof UnknownYear)) throw error;
    job.faults.push({ code: "calendar/unknown", year: error.year });
    return null;
  }
}

/** 还有, in whichever words, and the words that only a count needs. */
const sinceWords = /(?:距离?|(?<![远撤])离)(.*?)(?:还有|还剩|仅剩|只剩|尚有)/;
/** What is said of the event stands so near before the count. UTF-16 units. */
const clauseMost = 200;
const unit = /^\s*(?:个?(?:工作日|自然日)|天|日|(?:working )?days?)/i;
const countWords = /(?:倒计时|还有|还剩|仅剩|只剩|尚有|离|距离?)?[\s:\uff1a]*$/;

/**
 * What stands there on the day itself: "今日" and the event, in the place of the count; what stands before and after stays.
 * The event is what is between 距 and 还有, without the notice's own category before it: "距年度危房改造竣工验收还有N天" of
 * category 危房改造 gives "今日竣工验收". Else it is what follows the count (还有N天开工), or the title's.
 */
function onTheDay({ content }: Job): string {
  const { body, category, title } = content;
  const counts = [...body.matchAll(token)];
  const [first] = counts;
  const last = counts[counts.length - 1];
  if (!first || !last) return body;
  const head = body.slice(0, first.index);
  const rest = body.slice(last.index + last[0].length).replace(unit, "");
  const clause = head.slice(Math.max(0, head.length - clauseMost)).replace(/^.*[\u3002\n]/s, "");
  const between = sinceWords.exec(clause);
  if (between) {
    const event = (between[1] ?? "").trim();
    const after = event.indexOf(category);
    const short = after >= 0 ? event.slice(after + category.length) : event;
    return `${head.slice(0, head.length - clause.length + between.index)}今日${short === "" ? event : short}${rest}`;
  }
  const before = head.replace(countWords, "").trim();
  if (/^[\p{L}\p{N}]/u.test(rest)) return `${before} 今日${rest.replace(/^就?(?:要|将)?/, "")}`;
  const event = title.replace(/倒计时$/, "").trim();
  if (event === "") return before === "" ? `就在今日${rest}` : `今日${before}${rest}`;
  return event.includes(before) ? `今日${event}${rest}` : `${before} 今日${event}${rest}`;
}
