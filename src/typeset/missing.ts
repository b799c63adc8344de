/** Characters that a face or a card's own font lacks: where they stand, and what may stand there instead (R14). */
import { graphemesOf } from "../graphemes.ts";
import { type CardProfile, inProfile } from "./fonts/charsets.ts";
import { isText } from "./fonts/characters.ts";
import type { Face } from "./fonts/face.ts";

export interface MissingGlyph {
  /** As a reader sees it, or its number where nothing can be seen. */
  readonly character: string;
  /** In graphemes, from 0. */
  readonly position: number;
  readonly proposal: Proposal;
}

export interface Proposal {
  /** Null: nothing says the same; the sentence says what else can be done. */
  readonly replacement: string | null;
  readonly sentence: { readonly zh: string; readonly en: string };
}

export type { CardProfile } from "./fonts/charsets.ts";

/** Everything that a card's font of this profile lacks, each time that it stands there. */
export function missingFromProfile(text: string, profile: CardProfile): MissingGlyph[] {
  return missingFrom(text, (codePoint) => inProfile(codePoint, profile));
}

/** The same of a face with its fallbacks. */
export function missingFromFace(text: string, face: Face): MissingGlyph[] {
  return missingFrom(text, (codePoint) => face.glyph(codePoint) !== null);
}

/**
 * Noughts that were typed as something else within Chinese figures (二0一七): "0", "O", "o", "○" or "◯" where 〇 belongs.
 * They are shown, but not as the date should be written.
 */
export function mistypedZeros(text: string): MissingGlyph[] {
  const found: MissingGlyph[] = [];
  let lineAt = 0;
  for (const line of text.split(/\r?\n/)) {
    const graphemes = graphemesOf(line);
    for (let at = mistyped.test(line) ? 0 : graphemes.length; at < graphemes.length; ) {
      // Over the whole run of noughts: 二00九.
      let end = at;
      while (nought.test(graphemes[end] ?? "")) end++;
      if (figure.test(graphemes[at - 1] ?? "") && figure.test(graphemes[end] ?? ""))
        for (let position = at; position < end; position++)
          found.push({
            character: graphemes[position] as string,
            position: lineAt + position,
            proposal: replacedBy("\u3007"),
          });
      at = end + 1;
    }
    lineAt += graphemes.length + 1;
  }
  return found;
}

const figure = /^[一二三四五六七八九\u3007]$/;
const nought = /^[0Oo\uff10\u25cb\u25ef]$/;
/** Most lines have none, and need not be taken apart. */
const mistyped = /[一二三四五六七八九\u3007][0Oo\uff10\u25cb\u25ef]/;

/** Ends of lines, spaces, joiners and selectors have no dots to be missing. */
const withoutDots = /\s|\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff|[\ufe00-\ufe0f]/g;

function missingFrom(text: string, has: (codePoint: number) => boolean): MissingGlyph[] {
  return graphemesOf(text).flatMap((segment, position) => {
    const lacks = [...segment.replace(withoutDots, "").normalize("NFC")].filter(
      (character) => !has(character.codePointAt(0) ?? 0),
    );
    if (lacks.length === 0) return [];
    return [{ character: visible(segment), position, proposal: proposalFor(segment, has) }];
  });
}

function visible(segment: string): string {
  const codePoint = segment.codePointAt(0) ?? 0;
  return isText(codePoint) ? segment : `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * What may be proposed for a character that a font lacks. Replacements are offered only where they say the same:
 * compatibility forms, figures, units, punctuation. A name's character is never exchanged for one that looks like it.
 */
export function proposalFor(grapheme: string, has: (codePoint: number) => boolean): Proposal {
  const shows = (text: string) => [...text].every((character) => has(character.codePointAt(0) ?? 0));
  const known = sameMeaning.get(grapheme);
  const plain = grapheme.normalize("NFKC");
  const numbered = enclosedNumber(grapheme);
  const replacement = [known, numbered, plain].find((text) => text !== undefined && text !== grapheme && shows(text));
  if (replacement !== undefined) return replacedBy(replacement);
  if (grapheme === "\u3007") return zero;
  if (/^\p{Script=Han}/u.test(grapheme)) return ideograph(grapheme);
  if (/^\p{Extended_Pictographic}/u.test(grapheme)) return pictograph;
  if (!isText(grapheme.codePointAt(0) ?? 0)) return invisible;
  return other;
}

function replacedBy(replacement: string): Proposal {
  return {
    replacement,
    sentence: {
      zh: `可改为“${replacement}”，意思不变。`,
      en: `It may be written "${replacement}", which means the same.`,
    },
  };
}

const sameMeaning: ReadonlyMap<string, string> = new Map([
  ["\u33a1", "平方米"],
  ["\u33a5", "立方米"],
  ["\u339e", "公里"],
  ["\u338f", "公斤"],
  ["\u338e", "毫克"],
  ["\u339c", "毫米"],
  ["\u339d", "厘米"],
  ["\u2109", "华氏度"],
  ["\u2122", "(TM)"],
  ["\u00a9", "(C)"],
  ["\u00ae", "(R)"],
  ["\u2022", "\u00b7"],
  ["\u30fb", "\u00b7"],
  ["\uff65", "\u00b7"],
  ["\u2027", "\u00b7"],
  ["\u2013", "-"],
  ["\u2010", "-"],
  ["\u2011", "-"],
  ["\u2212", "-"],
  ["\u2015", "\u2014"],
  ["\u00a5", "\uffe5"],
  ["\u00a3", "\uffe1"],
  ["\u00a2", "\uffe0"],
  ["\u20ac", "欧元"],
  ["\u00b2", "平方"],
  ["\u00b3", "立方"],
  ["\u00bd", "1/2"],
  ["\u00bc", "1/4"],
  ["\u00be", "3/4"],
  ["\u301d", "\u201c"],
  ["\u301e", "\u201d"],
  ["\ufe4f", "_"],
  ["\u2713", "\u221a"],
  ["\u2714", "\u221a"],
]);

/** ⑪ to ⑳ and the like, in brackets; ① itself stays what NFKC would make a bare 1. */
function enclosedNumber(grapheme: string): string | undefined {
  const plain = grapheme.normalize("NFKC");
  const enclosed = /^[\u2460-\u2473\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]$/.test(grapheme);
  if (!enclosed) return undefined;
  const number = /^\d+$/.test(plain) ? plain : /^[\u2776-\u2793]$/.test(grapheme) ? dingbatNumber(grapheme) : null;
  return number === null ? undefined : `(${number})`;
}

function dingbatNumber(grapheme: string): string {
  return `${((grapheme.charCodeAt(0) - 0x2776) % 10) + 1}`;
}

const zero: Proposal = {
  replacement: null,
  sentence: {
    zh: "年份的“〇”不可改成数字 0 混用；可把整个日期改写为阿拉伯数字（如 2017年12月），或由本系统按图片下发。",
    en: "The zero of a date in Chinese figures must not become a digit 0; write the whole date in digits (2017年12月), or let this system send the notice as a picture.",
  },
};

function ideograph(character: string): Proposal {
  return {
    replacement: null,
    sentence: {
      zh: `人名、地名用字不能换成相近的字；请为控制卡加装“${character}”的字模，或由本系统按图片下发。`,
      en: `A character of a name must not be exchanged for one like it; add "${character}" to the card's font, or let this system send the notice as a picture.`,
    },
  };
}

const pictograph: Proposal = {
  replacement: null,
  sentence: { zh: "公告中不用表情符号，请删去。", en: "Notices have no use for pictographs: leave it out." },
};
const invisible: Proposal = {
  replacement: null,
  sentence: {
    zh: "这是看不见的控制字符，多半是粘贴时带进来的，请删去。",
    en: "This is an invisible control character, probably pasted in by accident: leave it out.",
  },
};
const other: Proposal = {
  replacement: null,
  sentence: {
    zh: "请换一种写法，或由本系统按图片下发。",
    en: "Write it in another way, or let this system send the notice as a picture.",
  },
};
