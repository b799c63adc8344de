/** Pieces of an installation file, and how they are put into its text. */
import { Document, isMap, isNode, isSeq } from "yaml";

export interface Splice {
  readonly from: number;
  readonly until: number;
  readonly text: string;
}

/** The splices do not overlap; those at the same place come in their order. Line breaks are those of the text. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const isCrlf = text.includes("\r\n");
  let made = "";
  let at = 0;
  for (const { from, until, text: piece } of [...splices].sort((one, other) => one.from - other.from)) {
    // Before a carriage return, not between it and its line feed.
    const place = piece.startsWith("\n") && text[from - 1] === "\r" ? from - 1 : from;
    made += text.slice(at, Math.max(at, place)) + (isCrlf ? piece.replace(/\n/g, "\r\n") : piece);
    at = Math.max(at, place, until === from ? place : until);
  }
  return made + text.slice(at);
}

/** A value in one line. */
export function flowText(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  const { contents } = document;
  if (isMap(contents) || isSeq(contents)) contents.flow = true;
  return document.toString({ lineWidth: 0 }).trimEnd();
}

/** An item of a list, a line a key, groups in one line; without a line break at its end. */
export function listText(item: object, indent: string): string {
  const document = new Document([item], { aliasDuplicateObjects: false });
  const [map] = isSeq(document.contents) ? document.contents.items : [];
  if (isMap(map))
    for (const { value } of map.items) if (isNode(value) && (isMap(value) || isSeq(value))) value.flow = true;
  const lines = document.toString({ lineWidth: 0 }).trimEnd().split("\n");
  return lines.map((line) => indent + line).join("\n");
}
