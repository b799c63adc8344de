/**
 * Remakes `words.txt.gz` from the dictionary of jieba (`dict.txt` in the npm package @node-rs/jieba 2.0.3):
 *
 *     npx tsx src/typeset/data/pack-words.ts PATH/TO/dict.txt src/typeset/data/words.txt.gz
 *
 * The commoner words of one to four ideographs, as gzip over lines "COST LENGTH WORDS": words of that length, in code
 * order, without anything between them; the cost is round(-log2 of the word's share of all text), so less is commoner.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const [source = "", target = ""] = process.argv.slice(2);
/** Occurrences in the dictionary's corpus from which a word is kept, by length. */
const least = [Number.POSITIVE_INFINITY, 500, 100, 60, 60];

const entries = readFileSync(source, "utf8")
  .split("\n")
  .map((line) => line.split(" "))
  .map(([word = "", count = "0"]) => ({ word, count: Number(count) }));
const total = entries.reduce((sum, { count }) => sum + count, 0);
const lines = new Map<string, string[]>();
let kept = 0;
for (const { word, count } of entries) {
  if (!/^[\u4e00-\u9fa5]{1,4}$/.test(word) || count < (least[word.length] as number)) continue;
  const key = `${Math.round(-Math.log2(count / total))} ${word.length}`;
  lines.set(key, [...(lines.get(key) ?? []), word]);
  kept++;
}
const text = [...lines].map(([key, words]) => `${key} ${words.sort().join("")}\n`).sort();
writeFileSync(target, gzipSync(text.join(""), { level: 9 }));
console.log(`${kept} words`);
