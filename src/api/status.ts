/** Which status a fault is answered with; 422 for those that are not here. */
import { type Fault, remedy, sentence } from "../fault.ts";
import type { Mistake } from "./problem.ts";

const statuses: Partial<Record<Fault["code"], number>> = {
  "board/unknown": 404,
  "index/unknown": 404,
  "index/voided": 409,
  "issue/unknown": 404,
  "issue/not-on": 409,
  "issue/empty": 409,
  "board/others": 403,
  "board/text-signed": 409,
  "board/dark": 409,
  "board/not-dark": 409,
  "board/dark-unkept": 503,
  "board/warning": 409,
  "board/not-maintained": 409,
  "board/reports-full": 409,
  "board/report-unknown": 404,
  "notice/picture-missing": 404,
  "installation/sample": 409,
  "installation/none": 409,
  "installation/unwritable": 503,
  "installation/lit": 409,
  "installation/hanging": 409,
  "installation/loaded": 409,
  "installation/starting": 503,
  "installation/stands": 409,
  "installation/chosen": 409,
  "installation/from-afar": 403,
  "installation/alone": 409,
  "input/busy": 503,
  "takedown/unknown": 404,
  "card/unknown": 404,
  "card/no-load": 404,
  "card/dark": 409,
  "card/said": 409,
  "card/over": 409,
  "paper/unknown": 404,
  "paper/gone": 404,
  "paper/state": 409,
  "takedown/not-waiting": 409,
  "warning/unknown": 404,
  "warning/decided": 409,
  "warning/board": 409,
  "review/conflict": 409,
  "review/state": 409,
  "review/open-case": 409,
  "review/schedule-changed": 409,
  "review/unknown": 404,
  "review/role": 403,
  "review/personal-past": 403,
  "review/not-yours": 403,
  "review/others-boards": 403,
  "review/password": 403,
  "publicity/unknown": 404,
  "publicity/running": 409,
  "people/sign-in": 401,
  "people/wait": 429,
  "people/busy": 503,
  "people/must-change": 403,
  "people/altered": 403,
  "people/link": 410,
  "people/unknown": 404,
  "people/practice-only": 404,
  "people/login-taken": 409,
  "people/last-administrator": 409,
  "people/full": 409,
  "people/alone": 409,
  "people/not-alone": 409,
};

export const statusOf = ({ code }: Fault): number => statuses[code] ?? 422;

/** A fault as what is wrong with a request; of a draft that is not ready, everything at once. */
export function mistakesOf(fault: Fault, where: string): [Mistake, ...Mistake[]] {
  const said = { where, what: sentence(fault), remedy: remedy(fault), code: fault.code };
  if (fault.code === "review/not-ready")
    return [said, ...fault.faults.flatMap((one) => mistakesOf(one, one.code === "review/field" ? one.field : where))];
  if (fault.code === "review/conflict") return [{ ...said, versions: { yours: fault.yours, current: fault.current } }];
  return [said];
}

/** Seconds, for `Retry-After`; null: whenever you like. */
export function retryAfter(fault: Fault): number | null {
  if (fault.code === "people/wait") return fault.seconds;
  return statusOf(fault) === 503 ? 1 : null;
}
