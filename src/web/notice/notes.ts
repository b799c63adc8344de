/** Which of a draft's faults belong to a field of its form, and where in its text they are. */
import type { Sentence } from "../../fault.ts";
import type { FaultJson } from "../review-api.ts";

export interface Place {
  readonly from: number;
  readonly to: number;
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

export interface Note {
  readonly what: Sentence;
  /** null: not a hit of screening. */
  readonly hit: {
    readonly key: string;
    readonly rule: string;
    readonly proposal: string | null;
    readonly why: Sentence;
  } | null;
  /** null: nothing stands there, or the text was changed since. */
  readonly place: Place | null;
}

const parts: Readonly<Record<string, string>> = {
  title: "content.title",
  body: "content.body",
  signature: "content.signature.org",
};
/** Of hits that are about the record, or about what is missing: the field that mends it. */
const rules: Readonly<Record<string, string>> = {
  "five-open": "content.fiveOpen",
  "formed-on": "content.formedOn",
  "openness-reason": "content.opennessReason",
  "publicity-period": "content.publicity",
  "publicity-short": "content.publicity",
  "consultation-short": "content.publicity",
  "objection-phone": "content.body",
  "sign-off": "content.signature.org",
  "sign-off-date": "content.signature.date",
};
const around = 8;

export function fieldOf(fault: FaultJson): string {
  if (fault.code !== "review/hit") return String(fault.field ?? "");
  const rule = ruleOf(fault);
  return rules[rule] ?? parts[String(fault.part)] ?? "";
}

const ruleOf = (fault: FaultJson) => String(fault.key ?? "").split(":", 1)[0] ?? "";

/** `kept`: the text in which they were found; `text`: as it stands now. */
export function notesOf(
  field: string,
  faults: readonly FaultJson[],
  tried: boolean,
  kept: string,
  text: string,
): readonly Note[] {
  return faults.flatMap((fault): Note[] => {
    const own = fieldOf(fault);
    if (own !== field && !own.startsWith(`${field}.`)) return [];
    if (fault.code !== "review/hit") return tried ? [{ what: fault.what, hit: null, place: null }] : [];
    const { index, length } = fault;
    const isThere = typeof index === "number" && typeof length === "number";
    // Nothing that is merely missing is called wrong before it could be there.
    if (!isThere && !tried && typeof fault.proposal !== "string") return [];
    const proposal = typeof fault.proposal === "string" ? fault.proposal : null;
    const hit = { key: String(fault.key), rule: ruleOf(fault), proposal, why: fault.why as Sentence };
    return [{ what: fault.what, hit, place: isThere ? placeOf(kept, text, index, length) : null }];
  });
}

/** The same words in a text that has been written on since: where they still stand, the nearest. */
function placeOf(kept: string, text: string, index: number, length: number): Place | null {
  const found = kept.slice(index, index + length);
  if (found === "") return null;
  const [ahead, behind] = [text.indexOf(found, index), text.lastIndexOf(found, index)];
  if (ahead < 0 && behind < 0) return null;
  const from = ahead < 0 || (behind >= 0 && index - behind < ahead - index) ? behind : ahead;
  const to = from + length;
  const line = (part: string) => part.replace(/\s+/g, " ");
  const before = line(text.slice(Math.max(0, from - around), from));
  return { from, to, before, found, after: line(text.slice(to, to + around)) };
}
