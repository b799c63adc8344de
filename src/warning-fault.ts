/** Why a warning that was received is not shown: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type WarningFault = {
  readonly code: "warning/refused";
  /** "line 3, column 9", "info.expires", a file's name. */
  readonly where: string;
  readonly what: Sentence;
  readonly remedy: Sentence;
};

export const isWarningFault = (fault: { readonly code: string }): fault is WarningFault =>
  fault.code.startsWith("warning/");

/** What happened. */
export function warningSentence({ where, what }: WarningFault): Sentence {
  return { zh: `${where}:${what.zh}`, en: `${where}: ${what.en}` };
}

/** What you can do. */
export function warningRemedy({ remedy }: WarningFault): Sentence {
  return remedy;
}
