/** The page's words, from its own files: what a heading is called in English, and what a forgotten one looks like. */
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../../src/web/locales/", import.meta.url);
const read = (end: string) =>
  Object.assign(
    {},
    ...readdirSync(folder)
      .filter((name) => name.endsWith(end))
      .map((name) => flat(JSON.parse(readFileSync(new URL(name, folder), "utf8")))),
  ) as Readonly<Record<string, string>>;

function flat(tree: object, before = ""): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(tree).map(([name, value]) =>
      typeof value === "string" ? { [before + name]: value } : flat(value, `${before}${name}.`),
    ),
  );
}

const chinese = read("zh-CN.json");
const english = read("en.json");
const tops = new Set(Object.keys(chinese).map((key) => key.split(".")[0]));

/** The name of a word that nobody has written stands in its place. */
export const keyNames = new RegExp(`(?<![\\w./-])(?:${[...tops].join("|")})\\.[a-z]\\w*(?:\\.\\w+)*`, "g");

/** All that stands for it somewhere. */
export const englishOf = (words: string): readonly string[] =>
  Object.entries(chinese).flatMap(([key, value]) => (value === words ? [english[key] ?? ""] : []));
