/** Days otherwise than by the rule, as they are typed and as a schedule keeps them. */
import { dayNumberOf } from "../../time/days.ts";

export interface DayOff {
  name: string;
  /** YYYY-MM-DD; empty while nothing is chosen. */
  from: string;
  until: string;
  plays: boolean;
}

/** What is missing or backwards, null where nothing is. */
export function exceptionMistake({ name, from, until }: DayOff): "days" | "backwards" | "name" | null {
  const [first, last] = [dayNumberOf(from), dayNumberOf(until)];
  if (first === null || last === null) return "days";
  if (first > last) return "backwards";
  return name.trim() === "" ? "name" : null;
}

/** undefined: none, as a schedule without any has no such key. */
export function exceptionsOf(typed: readonly DayOff[]): readonly DayOff[] | undefined {
  if (typed.length === 0) return undefined;
  return typed.map(({ name, from, until, plays }) => ({ name: name.trim(), from, until, plays }));
}
