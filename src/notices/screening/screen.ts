/** All rules over all that a reader would see of a notice, but for what stands in pictures: that is for people's eyes. */
import { createHash } from "node:crypto";
import type { Content } from "../types.ts";
import { screenAddresses } from "./addresses.ts";
import { droppedColumns } from "./columns.ts";
import { screenForm } from "./form.ts";
import { screenNames } from "./names.ts";
import { screenNumbers } from "./numbers.ts";
import { isBenefitList, namePolicy } from "./policy.ts";
import type { Hit, Part, ScreeningContext } from "./types.ts";
import { screenTerms } from "./watch.ts";
import { whyColumn, whyTerm, whyText } from "./words.ts";

type Screened = Pick<Content, "title" | "body" | "signature" | "pictures" | "publicity">;

export interface LitText {
  readonly part: Part;
  readonly picture?: number;
  readonly text: string;
}

export function litTexts({ title, body, signature, pictures = [], publicity }: Screened): LitText[] {
  const texts: LitText[] = [
    { part: "title", text: title },
    { part: "body", text: body },
    { part: "signature", text: signature.org },
    ...pictures.map(({ caption = "" }, picture): LitText => ({ part: "caption", picture, text: caption })),
    { part: "contact", text: publicity?.contact ?? "" },
    { part: "phone", text: publicity?.phone ?? "" },
  ];
  return texts.filter(({ text }) => text !== "");
}

/**
 * Numbers that are personal beyond doubt: with one of these nothing is sealed or sent, and no explanation helps. A 监督电话 is
 * an office's: a land line or a hotline; somebody's mobile is no more to be shown there than elsewhere.
 */
export function screenContent(content: Screened): Hit[] {
  return numbersOf(content).filter(({ severity }) => severity === "must-fix");
}

function numbersOf(content: Screened): Hit[] {
  return litTexts(content).flatMap(({ text, ...where }) => screenNumbers(text).map((hit) => ({ ...hit, ...where })));
}

/** Everything to be mended or explained before it is handed in (R14, R15), in the order in which a reader meets it. */
export function screenNotice(content: Content, context: ScreeningContext): Hit[] {
  const numbers = numbersOf(content);
  const addresses = litTexts(content).flatMap(({ text, ...where }) =>
    screenAddresses(text).map(
      (hit): Hit => ({ rule: "address", severity: "explain", ...where, ...hit, why: whyText.address }),
    ),
  );
  const terms = litTexts(content).flatMap(({ text, ...where }) =>
    screenTerms(text, context.rules).map(
      ({ entry: { right, note }, ...span }): Hit => ({
        rule: "term",
        severity: "explain",
        ...where,
        ...span,
        proposal: right,
        why: whyTerm(right, note),
      }),
    ),
  );
  const columns = isBenefitList(content) ? columnsOf(content.body) : [];
  const names = namePolicy(content, context.rules) === "masked" ? namesOf(content.body) : [];
  const glyphs = context.glyphsMissing?.(content) ?? [];
  // Where two rules want the same letters, the graver one has them.
  const isFree = claims();
  const hits = [...columns, ...numbers, ...terms, ...addresses, ...names, ...glyphs].filter(isFree);
  return [...hits.sort(inOrder), ...screenForm(content, context)];
}

function columnsOf(body: string): Hit[] {
  return droppedColumns(body).map(({ heading }) => ({
    rule: "column",
    severity: "must-fix",
    part: "body",
    index: heading.from,
    found: heading.text,
    proposal: "",
    why: whyColumn(heading.text),
  }));
}

function namesOf(body: string): Hit[] {
  return screenNames(body).map((hit) => ({
    rule: "name",
    severity: "explain",
    part: "body",
    ...hit,
    why: whyText.name,
  }));
}

/** Says whether nobody before has had any of a hit's letters, and keeps them for it. */
function claims(): (hit: Hit) => boolean {
  const taken = new Map<string, boolean[]>();
  return ({ part, picture, index, found }) => {
    const where = `${part}${picture ?? ""}`;
    const units = taken.get(where) ?? [];
    taken.set(where, units);
    const end = index + found.length;
    for (let at = index; at < end; at++) if (units[at]) return false;
    for (let at = index; at < end; at++) units[at] = true;
    return true;
  };
}

const order: readonly Part[] = ["title", "body", "signature", "caption", "contact", "phone", "record"];

function inOrder(left: Hit, right: Hit): number {
  const parts = order.indexOf(left.part) - order.indexOf(right.part);
  return parts || (left.picture ?? 0) - (right.picture ?? 0) || left.index - right.index;
}

/**
 * What an explanation is kept under: the rule, the part and what was found, not where. It stays while the text around it is
 * edited, holds for the same words elsewhere in that part, and is gone when what was explained is changed. 16 hex digits of
 * SHA-256 stand for what was found, so that keys may be listed and logged.
 */
export function hitKey({ rule, part, picture, found }: Hit): string {
  const digest = createHash("sha256").update(`${rule}\n${found}`).digest("hex").slice(0, 16);
  return `${rule}:${part}${picture === undefined ? "" : picture}:${digest}`;
}

/** Those that keep it from being handed in: to be mended, or neither mended nor explained. `explained`: keys of hits. */
export function unanswered(hits: readonly Hit[], explained: ReadonlySet<string>): Hit[] {
  return hits.filter((hit) => hit.severity === "must-fix" || !explained.has(hitKey(hit)));
}
