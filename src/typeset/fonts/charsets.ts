/** Character lists that cards' fonts and laws are known by; `data/make-charsets.ts` says where they are from. */
import { readData } from "./data.ts";

const names = ["gb2312-symbols", "gb2312-level1", "gb2312-level2", "gbk-symbols", "tongyong-8105"] as const;
export type Charset = (typeof names)[number];

const loaded = new Map<Charset, ReadonlySet<number>>();

/** The list's code points, in its order. */
export function charset(name: Charset): ReadonlySet<number> {
  let known = loaded.get(name);
  if (known === undefined) {
    const text = readData(`charsets/${name}.txt`)
      .toString("utf8")
      .replaceAll(/[\r\n]/g, "");
    known = new Set([...text].map((character) => character.codePointAt(0) ?? 0));
    loaded.set(name, known);
  }
  return known;
}

/** What a card's own font is said to hold. */
export type CardProfile = "GB2312" | "GBK" | "GB18030";

/** Whether a card of this profile can show a code point by itself. ASCII: all of them can. */
export function inProfile(codePoint: number, profile: CardProfile): boolean {
  if (codePoint <= 0x7e) return codePoint >= 0x20;
  const gb2312 =
    charset("gb2312-level1").has(codePoint) ||
    charset("gb2312-level2").has(codePoint) ||
    charset("gb2312-symbols").has(codePoint);
  if (gb2312 || profile === "GB2312") return gb2312;
  if ((codePoint >= 0x4e00 && codePoint <= 0x9fa5) || charset("gbk-symbols").has(codePoint)) return true;
  // GB18030-2000, which cards' fonts go by: the ideographs of Extension A too. Names from later extensions are not in them.
  return profile === "GB18030" && codePoint >= 0x3400 && codePoint <= 0x4db5;
}
