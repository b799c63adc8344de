/// <reference types="vite/client" />
/**
 * What each protocol's folder says of its cards (`src/panels/<folder>/README.md`), as the page shows it: built into it, so
 * that it is there without a network, and fetched when somebody opens it. Chinese first, English behind a line of its own.
 */
import MarkdownIt from "markdown-it";

const files = import.meta.glob<string>("../../panels/*/README.md", { query: "?raw", import: "default" });

/** Drivers that share a folder; the others are called as theirs. */
const folders: Readonly<Record<string, string>> = {
  adalight: "adalight-tpm2",
  tpm2: "adalight-tpm2",
  tpm2net: "adalight-tpm2",
};

const fileOf = (driver: string) => `../../panels/${folders[driver] ?? driver}/README.md`;

export const hasHelp = (driver: string): boolean => fileOf(driver) in files;

/** Safe to be put into the page: no HTML of the text's own comes through. "" where there is no such file. */
export async function helpOf(driver: string, language: "zh-CN" | "en"): Promise<string> {
  const text = await files[fileOf(driver)]?.();
  return text === undefined ? "" : rendered(inLanguage(text, language));
}

/** English points to the blocks above, which are the Chinese part's: they are put before the paragraph that does. */
export function inLanguage(text: string, language: "zh-CN" | "en"): string {
  const [chinese = "", english = chinese] = text.split(/^---$/m);
  if (language === "zh-CN") return chinese;
  const blocks = chinese.match(/^```\w*\n[\s\S]*?^```$/gm) ?? [];
  if (english.includes("```") || blocks.length === 0) return english;
  const parts = english.split("\n\n");
  const place = parts.findIndex((part) => part.includes(" above"));
  return place < 0 ? english : [...parts.slice(0, place), ...blocks, ...parts.slice(place)].join("\n\n");
}

/** The board's own headings stand above: a file's begin below them. Links lead into the repository, which is not here. */
export function rendered(text: string): string {
  const reader = new MarkdownIt({ html: false });
  reader.validateLink = () => false;
  const tokens = reader.parse(text, {});
  for (const token of tokens) {
    // What a table's columns ask for would be style, which the page's policy refuses.
    token.attrs = token.attrs?.filter(([name]) => name !== "style") ?? null;
    if (token.type.startsWith("heading_")) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 3)}`;
  }
  return reader.renderer.render(tokens, reader.options, {});
}
