/**
 * Writing that would come out wrong: these panels set one character after another, from left to right. They neither
 * reorder, nor join letters, nor stack them, and a font that has each letter does not change that.
 */
import type { Fault, NoticePart, Sentence } from "../fault.ts";
import type { Content } from "../notices/types.ts";
import { graphemesOf } from "../graphemes.ts";

interface Script {
  readonly letters: RegExp;
  readonly name: Sentence;
}

const scripts: readonly Script[] = [
  {
    letters: /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u,
    name: {
      zh: "从右往左书写的文字，如维吾尔文、阿拉伯文、希伯来文",
      en: "writing from right to left, such as Uyghur, Arabic or Hebrew",
    },
  },
  { letters: /[\u1800-\u18af\u{11660}-\u{1167f}]/u, name: { zh: "传统蒙古文", en: "traditional Mongolian" } },
  { letters: /[\u0f00-\u0fff]/u, name: { zh: "藏文", en: "Tibetan" } },
  {
    letters: /[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aad\u1b00-\u1bff\ua9e0-\ua9ff\uaa60-\uaa7f]/u,
    name: {
      zh: "字母要变形、换位的文字，如印地文、缅甸文、高棉文",
      en: "writing whose letters change shape and place, such as Hindi, Burmese or Khmer",
    },
  },
];

/** Everything of a notice that may be set in type, part by part. */
export function litParts(content: Content): readonly { readonly part: NoticePart; readonly text: string }[] {
  const { title, body, signature, pictures = [], publicity } = content;
  const caption = pictures.map((picture) => picture.caption ?? "").join("");
  const { contact = "", phone = "" } = publicity ?? {};
  const parts: Readonly<Record<NoticePart, string>> = {
    title,
    body,
    signature: signature.org,
    caption,
    contact,
    phone,
  };
  return (Object.keys(parts) as NoticePart[]).map((part) => ({ part, text: parts[part] }));
}

/** One fault for each such script in each part of a notice, at its first character. */
export function unsettableScripts(notice: string, content: Content): Fault[] {
  return litParts(content).flatMap(({ part, text }) =>
    scripts.flatMap(({ letters, name }): Fault[] => {
      if (!letters.test(text)) return [];
      const graphemes = graphemesOf(text);
      const position = graphemes.findIndex((grapheme) => letters.test(grapheme));
      return [{ code: "notice/script", notice, part, character: graphemes[position] ?? "", position, script: name }];
    }),
  );
}
