/** What each face has of the usual character lists: counted from the data, kept in `data/coverage.json` and held to it by a test. */
import { isText } from "./characters.ts";
import { charset } from "./charsets.ts";
import { pixel12Drawing, unifontDrawing, unifontUpperDrawing } from "./dots.ts";
import { lowGlyph } from "./low.ts";
import { hasOutline } from "./outlines.ts";

export interface Coverage {
  /** A data file, or a face. */
  readonly of: string;
  /** Characters had of each list, as "had/all". */
  readonly has: Readonly<Record<string, string>>;
  /** Of GB2312, the first `listedMax` missing ones. */
  readonly missingOfGb2312: string;
  /** Those of `rareNames` that it has. */
  readonly rareNames: string;
}

/** Characters of names, and the zero of dates, that fonts are known to lack. */
const rareNames = [0x5586, 0x5803, 0x73a5, 0x4dae, 0x2cb4a, 0x7fc0, 0x3007];
const listedMax = 40;

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);

const lists: Readonly<Record<string, () => Iterable<number>>> = {
  ascii: () => range(0x20, 0x7e),
  latin1: () => range(0xa1, 0xff),
  "gb2312-level1": () => charset("gb2312-level1"),
  "gb2312-level2": () => charset("gb2312-level2"),
  "gb2312-symbols": () => charset("gb2312-symbols"),
  "tongyong-8105": () => charset("tongyong-8105"),
  "gbk-ideographs": () => range(0x4e00, 0x9fa5),
  "gbk-symbols": () => charset("gbk-symbols"),
  "extension-a": () => range(0x3400, 0x4dbf),
  "extension-b-and-on": () => range(0x20000, 0x323af),
};

type Has = (codePoint: number) => boolean;

function coverageOfFace(of: string, has: Has): Coverage {
  const counts = Object.entries(lists).map(([name, list]) => {
    const all = [...list()];
    return [name, `${all.filter(has).length}/${all.length}`] as const;
  });
  const gb2312 = ["gb2312-level1", "gb2312-level2", "gb2312-symbols"] as const;
  const missing = gb2312.flatMap((name) => [...charset(name)]).filter((codePoint) => !has(codePoint));
  return {
    of,
    has: Object.fromEntries(counts),
    missingOfGb2312:
      String.fromCodePoint(...missing.slice(0, listedMax)) + (missing.length > listedMax ? "\u2026" : ""),
    rareNames: String.fromCodePoint(...rareNames.filter(has)),
  };
}

const unifontHas: Has = (codePoint) => unifontDrawing(codePoint) !== null;
const upperHas: Has = (codePoint) => unifontUpperDrawing(codePoint) !== null;
const pixel12Has: Has = (codePoint) => pixel12Drawing(codePoint) !== null;
const regularHas: Has = (codePoint) => hasOutline(codePoint, false);
const boldHas: Has = (codePoint) => hasOutline(codePoint, true);
const lowHas: Has = (codePoint) => lowGlyph(codePoint, 7) !== null;

const anyOf =
  (...sources: readonly Has[]): Has =>
  (codePoint) =>
    isText(codePoint) && sources.some((has) => has(codePoint));

/** Each face with its fallbacks, by its size (24: and all above), without drawing; a test draws samples of each. */
export const faceHas: Readonly<Record<7 | 8 | 12 | 16 | 24, Has>> = {
  7: anyOf(lowHas),
  8: anyOf(lowHas),
  12: anyOf(pixel12Has, regularHas),
  16: anyOf(unifontHas, upperHas, regularHas),
  24: anyOf(regularHas, unifontHas, upperHas),
};

/** Every source by itself, then every face with its fallbacks. */
export function coverageTable(): Coverage[] {
  const sources: readonly (readonly [string, Has])[] = [
    ["latin-7.txt", lowHas],
    ["pixel-12.bin.gz", pixel12Has],
    ["unifont-15.0.01.bin.gz", unifontHas],
    ["unifont-upper-15.0.01.bin.gz", upperHas],
    ["noto-sans-sc.bin, regular", regularHas],
    ["noto-sans-sc.bin, bold", boldHas],
    ["7 dots, with fallbacks", faceHas[7]],
    ["8 dots, with fallbacks", faceHas[8]],
    ["12 dots, with fallbacks", faceHas[12]],
    ["16 dots, with fallbacks", faceHas[16]],
    ["24 dots and more, with fallbacks", faceHas[24]],
  ];
  return sources.map(([name, has]) => coverageOfFace(name, has));
}
