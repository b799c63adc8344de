/** The little XML that the SDK needs: built safely, read within bounds. No DTD, no entities but the five of XML itself. */
import { limits } from "../../limits.ts";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

export const prolog = '<?xml version="1.0" encoding="utf-8"?>';

/** Attributes in the order given. Characters that XML cannot hold are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean>> = {},
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  const inside = children.join("");
  return inside === "" ? `<${name}${written.join("")}/>` : `<${name}${written.join("")}>${inside}</${name}>`;
}

const names: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

export function escaped(words: string): string {
  return words
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"']/g, (character) => names[character] ?? "");
}

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** The root element; null where it is not well-formed, or more than a card has to say. */
export function parseXml(words: string): Element | null {
  const open: Open[] = [{ name: "", attributes: {}, children: [], text: "" }];
  let count = 0;
  for (let at = 0; at < words.length; ) {
    const top = open.at(-1);
    if (!top) return null;
    const tag = words.indexOf("<", at);
    const end = tag < 0 ? words.length : tag;
    top.text += unescaped(words.slice(at, end));
    if (tag < 0) break;
    if (words.startsWith("<!--", tag) || words.startsWith("<?", tag)) {
      const [mark, from] = words.startsWith("<?", tag) ? ["?>", tag + 2] : ["-->", tag + 4];
      const over = words.indexOf(mark, from);
      if (over < 0) return null;
      at = over + mark.length;
      continue;
    }
    tagPattern.lastIndex = tag;
    const [whole, closes, name = "", written = "", empty] = tagPattern.exec(words) ?? [];
    if (whole === undefined || ++count > limits.huiduXmlElements) return null;
    at = tag + whole.length;
    if (closes) {
      const done = open.pop();
      const parent = open.at(-1);
      if (!done || !parent || done.name !== name) return null;
      parent.children.push(done);
    } else {
      const one: Open = { name, attributes: attributesOf(written), children: [], text: "" };
      if (empty) top.children.push(one);
      else if (open.push(one) > limits.huiduXmlDepth) return null;
    }
  }
  const [root] = open;
  return open.length === 1 && root?.children.length === 1 && root.text.trim() === ""
    ? (root.children[0] ?? null)
    : null;
}

const tagPattern =
  /<(\/?)([A-Za-z_][\w.:-]{0,63})((?:\s+[A-Za-z_][\w.:-]{0,63}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;

function attributesOf(written: string): Readonly<Record<string, string>> {
  const found = written.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...found].map(([, name, double, single]) => [name, unescaped(double ?? single ?? "")]));
}

const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(words: string): string {
  return words.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));/g, (_all, name, decimal, hex) => {
    if (name !== undefined) return characters[name] ?? "";
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : "";
  });
}

/** Every element of that name below `root`, in order. */
export function allNamed(root: Element, name: string): readonly Element[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allNamed(child, name)]);
}
