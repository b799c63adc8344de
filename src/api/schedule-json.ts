/** The schedule, as its schemas have it. */
import type { Window } from "../message/types.ts";
import type { ScheduleView, StartsView } from "./schedule.ts";
import { cardJsonOf, isoOf, suspensionJson } from "./views.ts";

const windowJson = ({ from, until }: Window) => ({ from: isoOf(from), until: isoOf(until) });

export function scheduleJson({ days, boards, notices, ...span }: ScheduleView) {
  return {
    ...windowJson(span),
    days,
    boards: boards.map(({ open, quiet, suspensions, intervals, card, ...rest }) => ({
      ...rest,
      ...cardJsonOf({ ...(card && { card }) }),
      open: open.map(windowJson),
      quiet: quiet.map(windowJson),
      suspensions: suspensions.map(suspensionJson),
      intervals: intervals.map(({ start, end, priority, notices: ids, suspended }) => ({
        ...{ start: isoOf(start), end: isoOf(end), priority, notices: ids, suspended },
      })),
    })),
    notices,
  };
}

export const startsJson = ({ starts, ...rest }: StartsView) => ({ ...rest, starts: starts.map(isoOf) });
