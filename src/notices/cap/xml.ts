/**
 * XML from strangers, read into a small tree or refused with its place. There is no DTD in CAP (CAP 1.2, 3.4 "XML Schema"),
 * so a document type is refused before anything is parsed: no entity of its own, no file, no address is ever looked up, and
 * nothing can grow.
 */
import { type Document, DOMParser, type Element } from "@xmldom/xmldom/lib/index.js";
import { FaultError, type Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";

export interface XmlElement {
  /** Without a prefix. */
  readonly name: string;
  /** "" if none. */
  readonly namespace: string;
  /** From 1. */
  readonly line: number;
  readonly children: readonly XmlElement[];
  /** Its own text, outer blanks taken off. */
  readonly text: string;
}

/** FaultError `warning/refused`. */
export function refused(where: string, zh: string, en: string, remedy: Sentence = askSender): never {
  throw new FaultError({ code: "warning/refused", where, what: { zh, en }, remedy });
}

const askSender: Sentence = {
  zh: "没有播出。请向发布单位要正确的文件\uff1b紧急时用预警模板人工发布。",
  en: "Nothing is shown. Ask the sender for a correct file; if it is urgent, send a warning from a template by hand.",
};

/** UTF-8 only, with or without a byte order mark. `name`: for errors. */
export function textOf(bytes: Uint8Array, name: string): string {
  if (bytes.length > limits.capBytes)
    refused(
      name,
      `文件太大\uff1a${bytes.length} 字节\uff0c最多 ${limits.capBytes}`,
      `${bytes.length} bytes, at most ${limits.capBytes}`,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refused(name, "不是 UTF-8 文字", "it is not UTF-8");
  }
}

/** The document element. FaultError `warning/refused` with line and column. */
export function parseXml(text: string): XmlElement {
  const declared = /^\uFEFF?<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/.exec(text)?.[1];
  if (declared !== undefined && !/^utf-8$/i.test(declared))
    refused("line 1", `编码应为 UTF-8,写的是 ${declared}`, `the encoding must be UTF-8, not ${declared}`);
  const forbidden = /<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.exec(text);
  if (forbidden)
    refused(placeOf(text, forbidden.index), `不接受 ${forbidden[0]}(可能是攻击)`, `${forbidden[0]} is not accepted`);
  const tags = text.split("<").length - 1;
  if (tags > limits.capElements * 2) refused("line 1", `标签太多\uff1a${tags} 个`, `${tags} tags are too many`);
  return treeOf(parse(text.replace(/^\uFEFF/, "")));
}

function parse(text: string): Document {
  // What the parser is told to stop at it reports once more, in its own words: the first complaint is the one that helps.
  let first: string | null = null;
  const complain = (message: string) => {
    first ??= message;
    throw new Error(message);
  };
  try {
    const errorHandler = { warning: complain, error: complain, fatalError: complain };
    return new DOMParser({ locator: {}, errorHandler }).parseFromString(text, "text/xml");
  } catch (error) {
    const told = (first ?? String(error)).replace(/^\[xmldom \w+\]\s*/, "");
    const place = /@#\[line:(\d+),col:(\d+)\]/.exec(told);
    const what = (told.split("\n")[0] ?? "").slice(0, 100);
    const where = place ? `line ${place[1]}, column ${place[2]}` : "line 1";
    return refused(where, `不是完好的 XML(${what})`, `it is not well-formed XML (${what})`);
  }
}

/** Level by level: a document that is too deep must not be what overflows the stack. */
function treeOf(document: Document): XmlElement {
  const root = document.documentElement;
  if (!root) return refused("line 1", "没有内容", "it is empty");
  interface Growing {
    readonly element: Element;
    readonly made: { name: string; namespace: string; line: number; children: XmlElement[]; text: string };
    readonly depth: number;
  }
  const grow = (element: Element, depth: number): Growing => ({
    element,
    depth,
    made: {
      name: element.localName ?? element.nodeName,
      namespace: element.namespaceURI ?? "",
      line: element.lineNumber ?? 1,
      children: [],
      text: "",
    },
  });
  const top = grow(root, 1);
  const waiting = [top];
  let count = 1;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { element, made, depth } = next;
    const children: XmlElement[] = made.children;
    for (let node = element.firstChild; node; node = node.nextSibling) {
      // Text and CDATA; comments and instructions say nothing.
      if (node.nodeType === 3 || node.nodeType === 4) made.text += node.nodeValue ?? "";
      if (node.nodeType !== 1) continue;
      if (++count > limits.capElements) refused(`line ${made.line}`, "内容太多", "too many elements");
      if (depth >= limits.capDepth) refused(`line ${made.line}`, "嵌套太深", "nested too deeply");
      const child = grow(node as Element, depth + 1);
      children.push(child.made);
      waiting.push(child);
    }
    made.text = made.text.trim();
  }
  return top.made;
}

function placeOf(text: string, index: number): string {
  const before = text.slice(0, index).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
