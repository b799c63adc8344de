/**
 * Remakes the character lists in `charsets/`, which say what a card's font or an office's text may be expected to have:
 *
 *     npx tsx src/typeset/data/make-charsets.ts PATH/TO/Unihan_OtherMappings.txt
 *
 * GB2312 and the symbols of GBK are what the Encoding Standard's decoder of Node's own ICU says of their code positions;
 * the 8,105 characters of the State Council's list (通用规范汉字表, 2013: what names may be registered in) are Unihan's kTGH.
 * Lists are committed, so that no run depends on an ICU.
 */
import { readFileSync, writeFileSync } from "node:fs";

const [unihan = ""] = process.argv.slice(2);
const decoder = new TextDecoder("gbk");

/** The characters of code positions `lead` `from`..`to`, without those for private use and the unassigned. */
function row(lead: number, from: number, to: number): string {
  let text = "";
  for (let trail = from; trail <= to; trail++) {
    if (trail === 0x7f) continue;
    const character = decoder.decode(Uint8Array.of(lead, trail));
    if ([...character].length === 1 && !/[\ufffd\p{Co}]/u.test(character)) text += character;
  }
  return text;
}

/** GB2312-80 itself: GBK later put more characters into its empty places. Lead byte → first and last trail bytes. */
const symbolRows: readonly (readonly [number, ...(readonly [number, number])[]])[] = [
  [0xa1, [0xa1, 0xfe]],
  [0xa2, [0xb1, 0xe2], [0xe5, 0xee], [0xf1, 0xfc]],
  [0xa3, [0xa1, 0xfe]],
  [0xa4, [0xa1, 0xf3]],
  [0xa5, [0xa1, 0xf6]],
  [0xa6, [0xa1, 0xb8], [0xc1, 0xd8]],
  [0xa7, [0xa1, 0xc1], [0xd1, 0xf1]],
  [0xa8, [0xa1, 0xba], [0xc5, 0xe9]],
  [0xa9, [0xa4, 0xef]],
];
const rowsOf = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => row(first + index, 0xa1, 0xfe));

function write(name: string, lines: readonly string[]): void {
  writeFileSync(new URL(`./charsets/${name}.txt`, import.meta.url), `${lines.join("\n")}\n`);
  console.log(name, [...lines.join("")].length);
}

const symbols = symbolRows.map(([lead, ...parts]) => parts.map(([from, to]) => row(lead, from, to)).join(""));
write("gb2312-symbols", symbols);
write("gb2312-level1", rowsOf(0xb0, 0xd7));
write("gb2312-level2", rowsOf(0xd8, 0xf7));

const inGb2312 = new Set([...symbols.join("")]);
const gbkRows = [];
for (const [first, last, from, to] of [
  [0xa1, 0xa9, 0xa1, 0xfe],
  [0xa8, 0xa9, 0x40, 0xa0],
] as const)
  for (let lead = first; lead <= last; lead++)
    gbkRows.push([...row(lead, from, to)].filter((character) => !inGb2312.has(character)).join(""));
// The last places of the ideographs: a zero, and doubles for compatibility.
gbkRows.push([...row(0xfd, 0x9c, 0xa0), ...row(0xfe, 0x40, 0x4f)].join(""));
write(
  "gbk-symbols",
  gbkRows.filter((text) => text !== ""),
);

const general = [...readFileSync(unihan, "utf8").matchAll(/^U\+(\w+)\tkTGH\t2013:(\d+)/gm)]
  .map(([, code = "", rank]) => [String.fromCodePoint(Number.parseInt(code, 16)), Number(rank)] as const)
  .sort(([, left], [, right]) => left - right)
  .map(([character]) => character);
const across = 100;
write(
  "tongyong-8105",
  Array.from({ length: Math.ceil(general.length / across) }, (_, line) =>
    general.slice(line * across, (line + 1) * across).join(""),
  ),
);
