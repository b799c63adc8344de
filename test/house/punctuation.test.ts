/** Chinese sentences have Chinese punctuation (GB/T 15834-2011): a half-width mark between two characters is a slip of the keyboard. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../../src", import.meta.url));

/** What is no sentence: patterns that read people's text, and how things are written. */
const notSentences = [
  /\?[:!=]|[\u3400-\u9fff]\?[\u3400-\u9fff)|]/,
  /\u5bbd x?\u9ad8:|x\u9ad8:\u989c\u8272|\u4e3b\u673a:\u7aef\u53e3|\u5c4f\u53f7:\u5927\u5c0f|\u540d\u5b57: \u503c/,
  /\[\u653f\u5e9c\u4fe1\u606f, \u515a\u52a1\]|\[\u529e\u4e8b\u5904\u5927\u95e8/,
];

const slip = /[\u3400-\u9fff\u300a-\u301f\uff08\uff09][,:;!?] ?[\u3400-\u9fff\u300a-\u301f\u201c\uff08]/;
const isComment = (line: string) => /^\s*(\*|\/\/|\/\*)/.test(line);

const slipsOf = (text: string): string[] =>
  text.split("\n").filter((line) => !isComment(line) && slip.test(line) && !notSentences.some((one) => one.test(line)));

test("a half-width comma between Chinese characters is found, in a sentence and not in a pattern", () => {
  expect(slipsOf('zh: "\u8bf7\u7b49,\u518d\u8bd5",')).toHaveLength(1);
  expect(slipsOf('zh: "\u8bf7\u7b49\uff0c\u518d\u8bd5",')).toEqual([]);
  expect(slipsOf("const room = /\u53f7?\u5ba4(?:\u53f7|\u5ba4)/;")).toEqual([]);
});

test("no sentence of ours has one", () => {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(ts|vue|json)$/.test(name) && !name.endsWith(".schema.json"),
  );
  const found = files.flatMap((name) =>
    slipsOf(readFileSync(join(source, name), "utf8")).map((line) => `${name}: ${line.trim().slice(0, 90)}`),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
});

test("nor has what is read about it, outside of code; and a link is written as one", () => {
  const root = join(source, "..");
  const readmes = readdirSync(join(source, "panels"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("README.md"))
    .map((name) => join("src/panels", name));
  const found = ["README.zh-CN.md", ...readmes].flatMap((name) => {
    const prose = readFileSync(join(root, name), "utf8")
      .replace(/^```[\s\S]*?^```/gm, "")
      .replace(/`[^`]*`/g, "");
    const broken = prose.split("\n").filter((line) => /\]\uff08#/.test(line));
    return [...slipsOf(prose), ...broken].map((line) => `${name}: ${line.trim().slice(0, 90)}`);
  });
  expect(readmes.length).toBeGreaterThan(7);
  expect(found).toEqual([]);
});
