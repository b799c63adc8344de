/**
 * What a writer should know of single characters before a notice is submitted: those that the font of a card that draws by
 * itself lacks (R14), and noughts typed as something else within Chinese figures. Neither keeps a bitmap from being lit.
 */
import type { Sentence } from "../fault.ts";
import type { Content } from "../notices/types.ts";
import { type CardProfile, type MissingGlyph, missingFromProfile, mistypedZeros } from "./missing.ts";
import { graphemesOf } from "../graphemes.ts";

export type TextPart = "title" | "body" | "signature" | "contact" | "caption";

interface Place {
  readonly part: TextPart;
  readonly character: string;
  /** Within the part, in what a reader sees as characters, from 0; captions of several pictures are one part. */
  readonly position: number;
  readonly proposal: Sentence;
}
export type GlyphWarning =
  | ({ readonly code: "card-lacks"; readonly profile: CardProfile } & Place)
  | ({ readonly code: "mistyped-zero" } & Place)
  /** More of the same than are told one by one. */
  | { readonly code: "more-glyphs"; readonly of: "card-lacks" | "mistyped-zero"; readonly count: number };

/** Told one by one; nobody mends more than these without looking again. */
const toldMost = 20;

/** In the order of the text. `profile` null: no card draws it by itself. */
export function glyphWarnings(content: Content, profile: CardProfile | null): GlyphWarning[] {
  const places = (find: (text: string) => readonly MissingGlyph[]): Place[] =>
    partsOf(content).flatMap(([part, text]) =>
      find(text).map(({ character, position, proposal }) => ({
        part,
        character,
        position,
        proposal: proposal.sentence,
      })),
    );
  const lacks = profile === null ? [] : places((text) => missingFromProfile(text, profile));
  return [
    ...bounded(
      lacks.map((place) => ({ code: "card-lacks", profile: profile ?? "GB18030", ...place }) as const),
      "card-lacks",
    ),
    ...bounded(
      places(mistypedZeros).map((place) => ({ code: "mistyped-zero", ...place }) as const),
      "mistyped-zero",
    ),
  ];
}

function bounded(all: readonly GlyphWarning[], of: "card-lacks" | "mistyped-zero"): readonly GlyphWarning[] {
  const more = all.length - toldMost;
  return more > 0 ? [...all.slice(0, toldMost), { code: "more-glyphs", of, count: more }] : all;
}

/** What can be lit: a picture's body only says what it shows, and what a code holds is no text on the panel. */
function partsOf({ title, body, signature, publicity, pictures, displayKind }: Content): readonly [TextPart, string][] {
  const caption = (pictures ?? []).map((picture) => picture.caption ?? "").join("");
  const lit =
    displayKind === "picture" ? "" : body.replace(/\{\{qr:[^}]*\}\}/g, (code) => " ".repeat(graphemesOf(code).length));
  return [
    ["title", title],
    ["body", lit],
    ["signature", signature.org],
    ["contact", publicity?.contact ?? ""],
    ["caption", caption],
  ];
}

const partNames: Readonly<Record<TextPart, string>> = {
  title: "标题",
  body: "正文",
  signature: "落款",
  contact: "意见反映单位",
  caption: "图片说明",
};

/** What is so, and what to do about it. */
export function glyphSentence(warning: GlyphWarning): { readonly what: Sentence; readonly todo: Sentence | null } {
  if (warning.code === "more-glyphs") {
    const { of, count } = warning;
    return {
      what:
        of === "card-lacks"
          ? { zh: `还有 ${count} 处字库里没有的字。`, en: `${count} more characters are not in the card's font.` }
          : { zh: `还有 ${count} 处“〇”打错了。`, en: `${count} more noughts are mistyped.` },
      todo: { zh: "改好上面这些再看。", en: "Mend these first." },
    };
  }
  const { part, character, position, proposal } = warning;
  const zh = `${partNames[part]}第 ${position + 1} 个字“${character}”`;
  const en = `${part[0]?.toUpperCase()}${part.slice(1)}, character ${position + 1}: "${character}"`;
  if (warning.code === "mistyped-zero")
    return {
      what: { zh: `${zh}夹在中文数字里，不是“〇”。`, en: `${en} stands among Chinese figures, where a nought is 〇.` },
      todo: proposal,
    };
  const { profile } = warning;
  return {
    what: { zh: `${zh}不在控制卡的 ${profile} 字库里。`, en: `${en} is not in the card's ${profile} font.` },
    todo: proposal,
  };
}

interface Board {
  readonly id: string;
  readonly glyphs?: CardProfile | undefined;
}

/** Of a notice for these boards, told once for all that have a card of the same font. */
export function glyphNotes(content: Content, boards: readonly Board[]): Sentence[] {
  const said = (warning: GlyphWarning, where: Sentence): Sentence => {
    const { what, todo } = glyphSentence(warning);
    return { zh: `${where.zh}${what.zh}${todo?.zh ?? ""}`, en: [`${where.en}${what.en}`, todo?.en].join(" ").trim() };
  };
  const profiles = new Set(boards.flatMap(({ glyphs }) => glyphs ?? []));
  const lacks = [...profiles].flatMap((profile) => {
    const ids = boards.filter(({ glyphs }) => glyphs === profile).map(({ id }) => id);
    const where = { zh: `${ids.join("、")}:`, en: `${ids.join(", ")}: ` };
    return glyphWarnings(content, profile)
      .filter((one) => (one.code === "more-glyphs" ? one.of : one.code) === "card-lacks")
      .map((one) => said(one, where));
  });
  return [...lacks, ...glyphWarnings(content, null).map((one) => said(one, { zh: "", en: "" }))];
}
