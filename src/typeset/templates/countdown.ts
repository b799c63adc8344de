/** 倒计时: a page for each day of the window, so that what is signed is every number that it will ever show. */
import { dayNumberOf } from "../../time/days.ts";
import { dayNumberAt, instantOf } from "../../time/zone.ts";
import { limits } from "../../limits.ts";
import { centredRows, type Fitted, fewOrManyLines } from "../fit.ts";
import { type SetPage, standing } from "../page.ts";
import { bitmapBytesMost } from "../scroll.ts";
import { wantedOf } from "./slogan.ts";
import { doesNotFit, type Job, type Template } from "./template.ts";

const standMs = 10_000;
const token = /\{\{daysTo:(\d{4}-\d{2}-\d{2})\}\}/;

export const countdown: Template = (job) => {
  const target = dayNumberOf(token.exec(job.content.body)?.[1] ?? "");
  if (target === null)
    return doesNotFit(job, "倒计时要写 {{daysTo:YYYY-MM-DD}} / a countdown needs {{daysTo:YYYY-MM-DD}}");
  const first = dayNumberAt(job.zone, job.window.from);
  const last = Math.min(target, dayNumberAt(job.zone, job.window.until - 1));
  if (last - first >= limits.pagesPerMessage)
    return doesNotFit(
      job,
      `倒计时最多 ${limits.pagesPerMessage} 天 / a countdown has at most ${limits.pagesPerMessage} days`,
    );
  const pages: SetPage[] = [];
  // A year of days on a large screen is kept to dots that are on or off.
  const soft =
    (last - first + 1) * bitmapBytesMost(job.shape, job.shape.width, job.shape.height) <= limits.messageBytes;
  for (let day = first; day <= last; day++) {
    const window = { from: instantOf(job.zone, day, 0), until: instantOf(job.zone, day + 1, 0) };
    const fitted = fitDay(job, target - day);
    if (!fitted) return doesNotFit(job, "倒计时一页放不下 / the countdown does not fit on one page");
    pages.push(standing(centredRows(fitted, "slogan"), fitted.grid, { centre: true, holdMs: standMs, window, soft }));
  }
  return pages.length > 0 ? { pages } : doesNotFit(job, "倒计时的日子已过 / the day counted to is past");
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

function fitDay(job: Job, left: number): Fitted | null {
  const text = left > 0 ? job.content.body.replace(token, String(left)) : onTheDay(job);
  const wanted = wantedOf(job, [text.replace(/\s+/g, " ").trim()]);
  return lastResorts.reduce<Fitted | null>((found, demands) => found ?? fewOrManyLines(wanted, demands), null);
}

/**
 * What stands there on the day itself: "今日" and the event. The event is what is between 距 and 还有, without the
 * notice's own category before it: "距年度危房改造竣工验收还有N天" of category 危房改造 gives "今日竣工验收".
 */
function onTheDay(job: Job): string {
  const { body, category } = job.content;
  const event = /距离?(.*?)还有/.exec(body)?.[1] ?? job.content.title.replace(/倒计时$/, "");
  const after = event.indexOf(category);
  const short = after >= 0 ? event.slice(after + category.length) : event;
  return `今日${short === "" ? event : short}`;
}
