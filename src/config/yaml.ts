/**
 * YAML text → plain values, and where each of them stands. Bounded before anything recurses: the size by the
 * caller, the depth on the token tree, aliases while expanding.
 */
import {
  type CST,
  Composer,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
} from "yaml";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";

/** From 1, as editors count. */
export interface Place {
  readonly line: number;
  readonly column: number;
}
export type Path = readonly (string | number)[];
export interface YamlProblem extends Place {
  readonly what: Sentence;
  readonly remedy: Sentence;
}
export interface YamlFile {
  readonly value: unknown;
  readonly problems: readonly YamlProblem[];
  /** Where the value at `path` stands, or the nearest thing around it; `key`: where its name stands. */
  place(path: Path, what?: "value" | "key"): Place;
}

const indentRemedy: Sentence = {
  zh: "看这一行和上一行：缩进用空格、每层两格，冒号后面空一格，引号和括号要成对。",
  en: "Look at this line and the one above: indent with two spaces a level, a space after each colon, quotes and brackets in pairs.",
};

export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const failed = (offset: number, what: Sentence, remedy: Sentence): YamlFile => {
    const at = place(offset);
    return { value: undefined, problems: [{ ...at, what, remedy }], place: () => at };
  };

  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const excess = firstExcess(tokens);
  if (excess !== null) {
    return failed(
      excess,
      {
        zh: `嵌套超过 ${limits.configDepth} 层，或一组超过 ${limits.configEntries} 项`,
        en: `nested more than ${limits.configDepth} levels deep, or more than ${limits.configEntries} entries together`,
      },
      { zh: "请对照样例 fixtures/boardcast.example.yaml。", en: "Compare with fixtures/boardcast.example.yaml." },
    );
  }
  const documents = [...new Composer({ lineCounter: lines, uniqueKeys: true }).compose(tokens, true, text.length)];
  const [document, second] = documents;
  if (document === undefined) throw new Error("a forced composer gives at least one document");
  if (second !== undefined) {
    return failed(
      second.range[0],
      { zh: "文件里有不止一份文档(---)", en: "the file holds more than one document (---)" },
      { zh: "一个安装文件只写一份，请删去 ---。", en: "Write one document; remove the ---." },
    );
  }
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    ...place(error.pos[0]),
    ...explainYaml(error.code, error.message),
  }));
  const find = (path: Path, what: "value" | "key" = "value"): Place => place(offsetOf(document, path, what));
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return;
      problems.push({ ...place(startOf(alias) ?? 0), ...explainYaml("BAD_ALIAS", `*${alias.source}`) });
    },
  });
  if (problems.length > 0) return { value: undefined, problems, place: find };
  try {
    return { value: document.toJS({ maxAliasCount: limits.configAliases }), problems, place: find };
  } catch (error) {
    // The only thing that toJS throws on a document without errors: aliases that grow without bound.
    const detail = error instanceof Error ? error.message : String(error);
    return failed(
      0,
      { zh: `别名（& 和 *）用得太多：${detail}`, en: `too many aliases (& and *): ${detail}` },
      { zh: "请把内容直接写出来。", en: "Write the content out." },
    );
  }
}

/** Offset of something that would cost too much to compose (recursion by depth, key comparison by the square of entries). */
function firstExcess(tokens: readonly CST.Token[]): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token.type === "document" && token.value !== undefined) open.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    if (depth >= limits.configDepth || token.items.length > limits.configEntries) return token.offset;
    for (const item of token.items) {
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
    }
  }
  return null;
}

function offsetOf(document: Document.Parsed, path: Path, what: "value" | "key"): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (pair === undefined) return offset;
      const last = index === path.length - 1;
      node = pair.value;
      const keyOffset = startOf(pair.key) ?? offset;
      offset = last && what === "key" ? keyOffset : (startOf(node) ?? keyOffset);
      // An empty value ("name:") has no place of its own: its name is where to look.
      if (isScalar(node) && node.source === "") offset = keyOffset;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

function explainYaml(code: string, message: string): { what: Sentence; remedy: Sentence } {
  // The parser's sentence goes on with an excerpt; the first line says it.
  const detail = message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? message;
  switch (code) {
    case "DUPLICATE_KEY":
      return {
        what: { zh: "同一层里这个名字写了两次", en: "this key stands here twice" },
        remedy: { zh: "请删去或改名其中一个。", en: "Remove or rename one of them." },
      };
    case "TAB_AS_INDENT":
      return {
        what: { zh: "缩进用了制表符(Tab)", en: "a tab is used to indent" },
        remedy: { zh: "请换成空格。", en: "Use spaces instead." },
      };
    case "BAD_ALIAS":
      return {
        what: { zh: `别名没有出处：${detail}`, en: `an alias of nothing: ${detail}` },
        remedy: { zh: "以 * 或 & 开头的文字要加引号。", en: "Quote text that begins with * or &." },
      };
    case "TAG_RESOLVE_FAILED":
      return {
        what: { zh: `不认识这个标记：${detail}`, en: `unknown tag: ${detail}` },
        remedy: { zh: "请删去标记；以 ! 开头的文字要加引号。", en: "Remove the tag; quote text that begins with !." },
      };
    case "BAD_SCALAR_START":
      return {
        what: { zh: `这个字符不能打头：${detail}`, en: `text cannot begin like this: ${detail}` },
        remedy: { zh: "请给这段文字加引号。", en: "Put the text in quotes." },
      };
    default:
      return { what: { zh: `YAML 写法有误：${detail}`, en: `not YAML: ${detail}` }, remedy: indentRemedy };
  }
}
