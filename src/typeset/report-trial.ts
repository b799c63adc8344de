/** How much shorter a text would do better on its panel: found by typesetting shorter ones, not by reckoning. */
import type { Content } from "../notices/types.ts";
import { graphemesOf } from "../graphemes.ts";
import type { TypesetRequest, TypesetResult } from "./typeset.ts";

export interface Shorter {
  /** What the shorter text does: one page fewer, stands instead of moving, is shown whole in its slot. */
  readonly goal: "fewer-pages" | "stands" | "slot";
  /** Taken from the end of the body: characters, or whole rows of a table. */
  readonly unit: "characters" | "rows";
  readonly count: number;
  /** Of how many the body has. */
  readonly of: number;
  /** What it comes to. */
  readonly pages: number;
  readonly ms: number;
}

type Good = Extract<TypesetResult, { readonly ok: true }>;

/** Longer texts are not a few words away from anything. Characters. */
const trialChars = 3000;
/** Dots that trials may draw together, large screens being slow. */
const trialDots = 64 * 1024 * 1024;
/** Nobody takes more than this part of a text away for so little; for a slot it is a matter of being read at all. */
const worthCutting = { "fewer-pages": 0.35, stands: 0.5, slot: 1 } as const;
/** A last page with more than this part of a usual one is not worth a warning, and no advice unless there are just two. */
const nearlyEmpty = 0.2;

/**
 * The least to be taken from the end of the body so that a page less is needed (of two pages, or where the last is nearly
 * empty), or that it stands instead of moving, or that a slot of `hasMs` holds it. Null: nothing to gain, or not this way.
 * Texts do not grow steadily with their length: the result is a length that was tried and does, not proved the greatest.
 */
export function shorterThatFits(
  request: TypesetRequest,
  result: Good,
  hasMs: number | null,
  set: (request: TypesetRequest) => TypesetResult,
): Shorter | null {
  const { content } = request;
  const goal = goalOf(result, hasMs);
  // What moves because it was asked to would not stand however short it were.
  if (goal === "stands" && content.motion?.moving !== undefined) return null;
  if (goal === null || content.pictures?.length || content.body.length > trialChars) return null;
  const units = unitsOf(content);
  const dots = result.message.pages.reduce((sum, { bitmap }) => sum + bitmap.width * bitmap.height, 0);
  const trials = Math.ceil(Math.log2(units.parts.length + 1));
  if (units.parts.length < 2 || dots * trials > trialDots) return null;

  const steps = stepsIn(result);
  const reached = (tried: TypesetResult): tried is Good =>
    tried.ok &&
    (goal === "slot"
      ? tried.message.durationMs <= (hasMs ?? 0)
      : goal === "stands"
        ? !moves(tried)
        : stepsIn(tried) < steps && !moves(tried));
  let best: { readonly cut: number; readonly tried: Good } | null = null;
  for (let least = 1, most = units.parts.length - units.kept; least <= most; ) {
    const cut = (least + most) >> 1;
    const body = units.join(units.parts.slice(0, units.parts.length - cut));
    const tried = set({ ...request, content: { ...content, body } });
    if (reached(tried)) {
      best = { cut, tried };
      most = cut - 1;
    } else least = cut + 1;
  }
  if (best === null || best.cut > units.parts.length * worthCutting[goal]) return null;
  const removed = units.parts.slice(units.parts.length - best.cut);
  const count = (parts: readonly string[]) =>
    units.unit === "rows" ? parts.length : parts.filter((part) => part.trim() !== "").length;
  return {
    goal,
    unit: units.unit,
    count: count(removed),
    of: count(units.parts),
    pages: stepsIn(best.tried),
    ms: best.tried.message.durationMs,
  };
}

function goalOf(result: Good, hasMs: number | null): Shorter["goal"] | null {
  if (hasMs !== null && result.message.durationMs > hasMs) return "slot";
  if (moves(result)) return "stands";
  const counts = result.facts.map(({ characters }) => characters);
  const last = counts.at(-1) ?? 0;
  const usual = counts.slice(0, -1).reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length - 1);
  const steps = stepsIn(result);
  return steps === 2 || (steps > 2 && last < usual * nearlyEmpty) ? "fewer-pages" : null;
}

function moves({ message }: Good): boolean {
  return message.pages.some(({ motion }) => motion.startsWith("scroll-"));
}

function stepsIn({ message }: Good): number {
  return (message.pages.at(-1)?.step ?? -1) + 1;
}

interface Units {
  readonly unit: Shorter["unit"];
  readonly parts: readonly string[];
  /** So many at least stay: a table its heading and a row, a text a character. */
  readonly kept: number;
  readonly join: (parts: readonly string[]) => string;
}

function unitsOf({ body, displayKind }: Content): Units {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const rows = lines.filter((line) => line.includes("|"));
  if ((displayKind === "table" || displayKind === "duty") && rows.length > 2) {
    const [before, after] = [lines.indexOf(rows[0] ?? ""), lines.lastIndexOf(rows.at(-1) ?? "") + 1];
    const around = { head: lines.slice(0, before), foot: lines.slice(after) };
    return {
      unit: "rows",
      parts: lines.slice(before, after),
      kept: 2,
      join: (parts) => [...around.head, ...parts, ...around.foot].join("\n"),
    };
  }
  return { unit: "characters", parts: graphemesOf(body), kept: 1, join: (parts) => parts.join("") };
}
