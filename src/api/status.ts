/** Which status a fault is answered with; 422 for those that are not here. */
import type { Fault } from "../fault.ts";

const statuses: Partial<Record<Fault["code"], number>> = {
  "input/busy": 503,
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

/** Seconds, for `Retry-After`; null: whenever you like. */
export function retryAfter(fault: Fault): number | null {
  if (fault.code === "people/wait") return fault.seconds;
  return statusOf(fault) === 503 ? 1 : null;
}
