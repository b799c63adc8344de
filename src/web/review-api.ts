/** Drafts and cases, as the daemon answers them. */
import type { Sentence } from "../fault.ts";
import type { Answers, CaseState, DraftDocument, Draft, ReviewCase, Step } from "../notices/review/types.ts";
import type { Content, Schedule } from "../notices/types.ts";
import { ask, pathOf } from "./ask.ts";

export type StepJson = Omit<Step, "at" | "reset"> & {
  readonly at: string;
  readonly reset?: { readonly by: string; readonly at: string };
};
export type CaseJson = Omit<ReviewCase, "since" | "steps" | "remindedAt"> & {
  /** Of one that waits: boards whose pages the reader of this has looked at, as they are now. */
  readonly looked?: readonly string[];
  /** ISO 8601, by the board clock. */
  readonly since: string;
  readonly steps: readonly StepJson[];
};
export type CaseWithText = CaseJson & {
  readonly content: Content | null;
  readonly schedule: Schedule | null;
  /** Board: since when, ISO 8601. */
  readonly takenOff?: Readonly<Record<string, string>>;
  /** As the notice was signed before; null: it was not. */
  readonly before: { readonly content: Content | null; readonly schedule: Schedule | null } | null;
};
export type DraftJson = Omit<Draft, "since" | "changedAt"> & { readonly since: string; readonly changedAt: string };
export interface FaultJson {
  readonly code: string;
  readonly what: Sentence;
  readonly remedy: Sentence;
  readonly [name: string]: unknown;
}

const cases = "/api/v1/review/cases";
const of = (id: string) => pathOf`/api/v1/review/cases/${id}`;

export const reviewApi = {
  cases: (before?: string) =>
    ask<readonly CaseJson[]>("GET", before === undefined ? cases : `${cases}?before=${encodeURIComponent(before)}`),
  case: (id: string) => ask<CaseWithText>("GET", of(id)),
  reminders: () => ask<readonly FaultJson[]>("GET", "/api/v1/review/reminders"),
  /** Tells that a board's pages were looked at, all `count` of them: it takes every one, in as many answers as they need. */
  async looked(id: string, board: string, count: number): Promise<void> {
    for (let page = 1; page <= count; ) {
      const path = `${of(id)}/pages?board=${encodeURIComponent(board)}&page=${page}`;
      const { pages } = await ask<{ pages: readonly { png: string | null }[] }>("GET", path);
      const next = pages.findIndex(({ png }, index) => index >= page && png === null);
      page = next === -1 ? count + 1 : next + 1;
    }
  },
  review: (id: string, opinion: string, answers: Answers) =>
    ask<CaseJson>("POST", `${of(id)}/review`, { opinion, answers }),
  sendBack: (id: string, reason: string) => ask<CaseJson>("POST", `${of(id)}/return`, { reason }),
  withdraw: (id: string, reason: string) => ask<CaseJson>("POST", `${of(id)}/withdraw`, { reason }),
  sign: (
    ids: readonly string[],
    given: { readonly password?: string; readonly opinion?: string; readonly answers?: Answers },
  ) => ask<readonly CaseJson[]>("POST", "/api/v1/review/sign", { cases: ids, ...given }),
};

export const wasSigned = (steps: readonly Pick<StepJson, "step">[]) =>
  steps.some(({ step }) => step === "signed" || step === "attested");
export const isOpen = ({ state }: { readonly state: CaseState }) => state === "office-review" || state === "signature";
export type { Answers, CaseState, Content, DraftDocument, Schedule };
