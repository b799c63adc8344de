import type { Sentence } from "../../fault.ts";

/** One line of `doctor`. `remedy` is null exactly where nothing is wrong. */
export interface Check {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly what: Sentence;
  readonly remedy: Sentence | null;
}

export const ok = (name: string, zh: string, en: string): Check => ({
  name,
  status: "ok",
  what: { zh, en },
  remedy: null,
});

export const warn = (name: string, what: Sentence, remedy: Sentence): Check => ({ name, status: "warn", what, remedy });
export const fail = (name: string, what: Sentence, remedy: Sentence): Check => ({ name, status: "fail", what, remedy });
