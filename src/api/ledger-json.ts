/** What the ledger knows, as its routes answer it. */
import type { LinkHealth } from "../ledger/health.ts";
import type { Window } from "../message/types.ts";
import type { LinkHealthJson } from "./health-schemas.ts";
import type { CaseFormData, MonthData, SearchView, WasView } from "./ledger.ts";
import type { FormJson, FoundJson, MonthJson, WasJson } from "./ledger-schemas.ts";
import { isoOf } from "./views.ts";

export const searchJson = ({ rows, before }: SearchView): FoundJson => ({
  rows: rows.map((row) => ({ ...row, boardAt: isoOf(row.boardAt), wallAt: isoOf(row.wallAt) })),
  before,
});

export function wasJson({ at, logFrom, told, confirmed, notices, picture, ...rest }: WasView): WasJson {
  const time = (instant: number | null) => (instant === null ? null : isoOf(instant));
  return {
    ...rest,
    at: isoOf(at),
    logFrom: time(logFrom),
    told: told && { ...told, from: isoOf(told.from), until: isoOf(told.until) },
    confirmed: { ...confirmed, from: time(confirmed.from), to: time(confirmed.to) },
    notices: [...notices],
    picture: picture && { refused: "why" in picture ? picture.why : null },
  };
}

export function monthJson({ totals, ...rest }: MonthData): MonthJson {
  return { ...totals, ...rest } as MonthJson;
}

export function formJson({ form, boards, foot }: CaseFormData): FormJson {
  const { from, until, steps } = form;
  const said = {
    ...form,
    from: isoOf(from),
    until: isoOf(until),
    steps: steps.map(({ reset, ...step }) => ({
      ...{ ...step, at: isoOf(step.at) },
      ...(reset && { reset: { ...reset, at: isoOf(reset.at) } }),
    })),
  };
  return { form: said, boards, foot } as FormJson;
}

export const linkHealthJson = (board: string, { from, until }: Window, health: LinkHealth): LinkHealthJson => ({
  ...{ board, from: isoOf(from), until: isoOf(until) },
  ...{ ...health, cells: [...health.cells] },
  last: health.last.map((one) => ({ ...one, from: isoOf(one.from), until: isoOf(one.until) })),
});
