/** Why, what-if, outlook and timeline in JSON. Lengths are whole milliseconds, instants ISO 8601. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Effect, Finding, Round } from "../playlist/index.ts";
import { faultWords } from "./redact.ts";
import type { OutlookView, WhatIfView, WhyView } from "./outlook.ts";
import { caseId, noticeId } from "./review-schemas.ts";
import { cardPieces, intervalSchema, suspensionSchema } from "./schemas.ts";
import { isoOf, suspensionJson } from "./views.ts";

const iso = z.iso.datetime();
const sentence = z.object({ zh: z.string(), en: z.string() });
const window = z.object({ from: iso, until: iso });

export const whySchema = z
  .object({
    board: z.string(),
    notice: z.string(),
    title: z.string(),
    at: iso,
    tense: z.enum(["past", "future"]).meta({ description: "past: from the play log; future: by the rules" }),
    shown: z.boolean().nullable().meta({ description: "null: nobody can say any more" }),
    code: z.string(),
    told: iso.nullable(),
    confirmed: z
      .object({ state: z.enum(["yes", "no", "unknown"]), from: iso.nullable(), to: iso.nullable() })
      .nullable(),
    turn: window.nullable().meta({ description: "Its own turn at the instant, else its next one in that programme" }),
    sentence,
  })
  .meta({ id: "Why" });

const cycle = z.object({
  cycleMs: z.int().meta({ description: "One round, in which each has its turns" }),
  shortestMs: z.int(),
  longestMs: z.int(),
  turns: z.int(),
});
const round = cycle.extend({
  ownMs: z.int().meta({ description: "On the air in each round" }),
  onMs: z.int().meta({ description: "All rounds of these notices" }),
  notices: z.array(z.string()),
});

export const effectSchema = z
  .object({
    blocked: z.string().nullable().meta({ description: "Why it is never on, as a reason's `why`: category" }),
    eligibleMs: z.int(),
    onMs: z.int(),
    first: iso.nullable(),
    last: iso.nullable(),
    days: z.int(),
    usual: round.nullable(),
    longest: round.nullable(),
    before: cycle.nullable().meta({ description: "The usual round's others without it" }),
    interrupts: z.array(z.object({ notice: z.string(), ms: z.int(), times: z.int(), first: window })),
    waitsFor: z.array(z.object({ notice: z.string(), ms: z.int() })),
  })
  .meta({ id: "Effect" });

const fault = z.object({ code: z.string(), zh: z.string(), en: z.string(), remedy: sentence });

export const whatIfBody = z.strictObject({
  case: caseId.optional(),
  notice: noticeId.optional(),
  schedule: z
    .looseObject({})
    .optional()
    .meta({
      title: "播放安排 / schedule",
      description: "What differs from the one that it has; whole where neither case nor notice is named",
      examples: [{ boards: ["B1"], cron: "0 9 * * *", slotMinutes: 10 }],
    }),
  seconds: z.number().min(1).max(86_400).optional().meta({
    title: "每次播几秒 / seconds of a showing",
    description: "As its message lasts, when left out",
  }),
});

export const whatIfSchema = z
  .object({
    notice: z.string(),
    from: iso,
    until: iso,
    boards: z.array(
      z.object({
        board: z.string(),
        name: z.string(),
        effect: effectSchema.nullable(),
        faults: z.array(fault),
        sentence,
      }),
    ),
  })
  .meta({ id: "WhatIf" });

export const outlookSchema = z
  .object({
    from: iso,
    until: iso,
    boards: z.array(
      z.object({
        board: z.string(),
        name: z.string(),
        suspensions: z.array(suspensionSchema),
        findings: z.array(
          z
            .looseObject({
              kind: z.enum(["covered", "starved", "empty", "unfilled", "overfull", "limit", "ending"]),
              sentence,
            })
            .meta({
              description: "What else it has depends on its kind: notice, by, first, day, days, cycleMs, hasMs …",
            }),
        ),
      }),
    ),
  })
  .meta({ id: "Outlook" });

export const timelineSchema = z
  .array(
    z.object({
      board: z.string(),
      suspensions: z.array(suspensionSchema),
      intervals: z.array(intervalSchema),
      card: cardPieces,
    }),
  )
  .meta({ id: "Timeline", description: `At most ${limits.timelineDays} days` });

export type WhyJson = z.infer<typeof whySchema>;
export type WhatIfJson = z.infer<typeof whatIfSchema>;
export type OutlookJson = z.infer<typeof outlookSchema>;
export type TimelineJson = z.infer<typeof timelineSchema>;

const maybe = (at: number | null) => (at === null ? null : isoOf(at));
const windowJson = ({ from, until }: { from: number; until: number }) => ({ from: isoOf(from), until: isoOf(until) });

export function whyJson({ at, told, confirmed, turn, ...rest }: WhyView): WhyJson {
  return {
    ...rest,
    at: isoOf(at),
    told: maybe(told),
    confirmed: confirmed && { ...confirmed, from: maybe(confirmed.from), to: maybe(confirmed.to) },
    turn: turn && windowJson(turn),
  };
}

const roundJson = (one: Round | null) => one && { ...one, notices: [...one.notices] };

export function effectJson({ span: _, first, last, usual, longest, interrupts, waitsFor, ...rest }: Effect) {
  return {
    ...rest,
    first: maybe(first),
    last: maybe(last),
    usual: roundJson(usual),
    longest: roundJson(longest),
    interrupts: interrupts.map((one) => ({ ...one, first: windowJson(one.first) })),
    waitsFor: [...waitsFor],
  };
}

export function whatIfJson({ notice, from, until, boards }: WhatIfView): WhatIfJson {
  return {
    notice,
    ...windowJson({ from, until }),
    boards: boards.map(({ effect, faults, ...rest }) => ({
      ...rest,
      effect: effect && effectJson(effect),
      faults: faults.slice(0, limits.faultsPerNotice).map(faultWords),
    })),
  };
}

export function outlookJson({ from, until, boards }: OutlookView): OutlookJson {
  return {
    ...windowJson({ from, until }),
    boards: boards.map(({ findings, suspensions, ...rest }) => ({
      ...rest,
      suspensions: suspensions.map(suspensionJson),
      findings: findings.map(({ finding, sentence: said }) => ({ ...findingJson(finding), sentence: said })),
    })),
  };
}

function findingJson(finding: Finding) {
  if (finding.kind === "ending") return { ...finding, until: isoOf(finding.until) };
  return "first" in finding ? { ...finding, first: windowJson(finding.first) } : finding;
}
