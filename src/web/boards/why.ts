/** Why a board was not reached, as the play log names it, in words: those that people can do something about. */
import type { Fault } from "../../fault.ts";

const known = [
  "link/refused",
  "link/lost",
  "link/no-answer",
  "wire/noise",
  "wire/refused",
  "panel/clock",
  "panel/shape",
  "panel/version",
  "panel/frame",
  "panel/full",
  "panel/card",
  "panel/unseen",
  "panel/no-page",
  "panel/hidden",
  "panel/key-ends",
  "no-read-back",
] as const satisfies readonly (Fault["code"] | "no-read-back")[];

/** The words' key: a slash is none of a key's letters. */
export function reasonOf(code: string): string {
  return known.some((one) => one === code) ? code.replace("/", "-") : "other";
}
