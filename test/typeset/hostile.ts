/** Texts that nobody writes and somebody pastes: what takes a careless pattern or loop for ever. */
import { contentSchema } from "../../src/notices/import-format.ts";
import type { Content } from "../../src/notices/types.ts";
import { limits } from "../../src/limits.ts";

const chars = limits.bodyChars;

function repeated(unit: string, count: number): string {
  return unit.repeat(Math.floor(count / unit.length));
}

const bodies: Readonly<Record<string, string>> = {
  spaces: `甲${" ".repeat(chars - 2)}乙`,
  "spaces before an issue's number": `x${" ".repeat(chars - 2)}第`,
  "wide spaces": `甲${"\u3000".repeat(chars - 2)}乙`,
  "tabs and line ends": `甲${repeated("\t\n", chars - 2)}乙`,
  "spaces in a table's cell": `名称|数\n甲${" ".repeat(chars - 20)}乙|1\n丙|2`,
  "spaces in a roster's date": `日期|值班\n12月5日${" ".repeat(chars - 40)}x|甲\n12月6日|乙`,
  "a mark on a mark": `甲${"\u0301".repeat(chars - 1)}`,
  "joined pictures": repeated("\u{1f468}\u200d", chars),
  "closing marks": repeated("\uff0c\u3002\uff09\u300b", chars),
  "opening marks": repeated("\uff08\u300a\u201c", chars),
  "braces of fields": repeated("{{", chars),
  "fields without end": repeated("{{date:", chars),
  figures: "1".repeat(chars),
  "Chinese figures": "一".repeat(chars),
  "figures and spaces": repeated("1 ", chars),
  "one word": "a".repeat(chars),
  bars: "|".repeat(chars),
  "lines of bars": repeated("|a|\n", chars),
  "private characters": Array.from({ length: chars }, (_, at) => String.fromCharCode(0xe000 + (at % 6400))).join(""),
  "lines of a character": repeated("字\n", chars),
  "five thousand lines": repeated("一二三\n", chars),
  "names and commas": repeated("张三\u3001", chars),
  welcomes: repeated("欢迎莅临", chars),
  "telephone figures and dashes": repeated("0715-", chars),
  ideographs: Array.from({ length: chars }, (_, at) => String.fromCharCode(0x4e00 + ((at * 7919) % 20000))).join(""),
};

/** All but those that are nothing without their files. */
export const displayKinds = contentSchema.shape.displayKind.options.filter((kind) => kind !== "picture");

/** What a kind is refused without. */
const needed: Partial<Record<Content["displayKind"], string>> = {
  clock: "{{time:HH:mm}}",
  countdown: "{{daysTo:2017-03-20}}",
  qrcode: "{{qr:http://a.cn}}",
};

/** Of as many characters as a body may have, and with what the kind needs. */
export const hostileBodies = Object.fromEntries(
  Object.entries(bodies).map(([name, body]) => [
    name,
    (kind: Content["displayKind"]) => `${needed[kind] ?? ""}${body}`.slice(0, chars),
  ]),
);
