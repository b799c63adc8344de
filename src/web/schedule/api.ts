/** The schedule as the daemon answers it, and as operators change it. */
import type { Instant } from "../../message/types.ts";
import type { Schedule } from "../../notices/types.ts";
import type {
  BoardScheduleJson,
  DayJson,
  ScheduledNoticeJson,
  ScheduleViewJson,
  StartsJson,
} from "../../api/schedule-schemas.ts";
import type { Sentence } from "../../fault.ts";
import { ask, pathOf } from "../ask.ts";
import type { WhatIfJson } from "../outlook-api.ts";

export type { BoardScheduleJson, DayJson, Schedule, ScheduledNoticeJson, ScheduleViewJson, StartsJson, WhatIfJson };

/** Boards of a page; the daemon tells no more at once. */
export const boardsAtOnce = 12;

const iso = (at: Instant) => encodeURIComponent(new Date(at).toISOString());

export const scheduleApi = {
  view: (boards: readonly string[], from: Instant, until: Instant) =>
    ask<ScheduleViewJson>(
      "GET",
      `/api/v1/schedule?from=${iso(from)}&until=${iso(until)}&boards=${encodeURIComponent(boards.join(","))}`,
    ),
  starts: (schedule: Schedule, after: Instant) =>
    ask<StartsJson>("POST", "/api/v1/next-starts", { schedule, after, count: 10 }),
  whatIf: (notice: string, schedule: Schedule) => ask<WhatIfJson>("POST", "/api/v1/what-if", { notice, schedule }),
  why: (board: string, notice: string, at: Instant) =>
    ask<{ readonly sentence: Sentence }>(
      "GET",
      `${pathOf`/api/v1/boards/${board}/notices/${notice}/why`}?at=${iso(at)}`,
    ),
  /** `was`: as it was read. Refused with 409 if it is another by now. */
  keep: (notice: string, schedule: Schedule, reason: string, was: Schedule) =>
    ask<Schedule>("PUT", pathOf`/api/v1/notices/${notice}/schedule`, { schedule, reason, was }),
};

/** The daemon's JSON has no key where there is nothing; exactly so it is sent back. */
export const scheduleOf = (notice: ScheduledNoticeJson): Schedule => notice.schedule as Schedule;
