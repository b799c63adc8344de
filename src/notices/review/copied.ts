/** 照以前的写: a notice's words on a new one, whose dates are those of the day on which it is begun. */
import { dateOf } from "../../time/days.ts";
import { dayNumberAt, instantOf, minuteOfDayAt } from "../../time/zone.ts";
import type { Instant } from "../../message/types.ts";
import type { Schedule } from "../types.ts";
import type { DraftDocument } from "./types.ts";

/**
 * What was formed, signed off and up on other days is so from today on: it begins today and lasts as many days, at the same
 * times of the day. Days on which the old one was otherwise are the old one's. `zone`: the office's.
 */
export function copied(document: DraftDocument, zone: string, now: Instant): DraftDocument {
  const today = dayNumberAt(zone, now);
  const date = dateOf(today);
  const { changedOn: _, formedOn, signature, ...words } = document.content;
  const { exceptions: __, from, until, ...rule } = document.schedule;
  const days = from === undefined ? 0 : today - dayNumberAt(zone, from);
  const moved = (at: Instant) => instantOf(zone, dayNumberAt(zone, at) + days, minuteOfDayAt(zone, at));
  const schedule: Partial<Schedule> = {
    ...rule,
    ...(from !== undefined && { from: moved(from) }),
    ...(until !== undefined && { until: moved(until) }),
  };
  return {
    ...document,
    content: {
      ...words,
      ...(formedOn !== undefined && { formedOn: formedOn === null ? null : date }),
      ...(signature && { signature: { ...signature, date: signature.date === null ? null : date } }),
    },
    schedule,
    envelope: null,
    changedOn: null,
    ofSubstance: null,
  };
}
