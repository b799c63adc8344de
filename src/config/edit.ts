/**
 * One board of the installation file added, changed or taken out. Whatever else somebody wrote there stays as it is, to the
 * byte: the new text is put into the old one. Where a file is written so that this does not give what was asked (boards in
 * brackets, aliases), it is written anew as a whole, with its comments.
 */
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from "yaml";
import { limits } from "../limits.ts";
import { flowText, listText, spliced, type Splice } from "./edit-text.ts";
import { readSite } from "./read.ts";
import type { BoardDocument } from "./schema.ts";
import type { SiteFault } from "./site-file-error.ts";
import type { Site } from "./types.ts";
import { readYaml } from "./yaml.ts";

/** What of a board may be said anew; null: it is left out from now on. Its id stays: notices and the register name it so. */
export type BoardChange = {
  readonly [Key in Exclude<keyof BoardDocument, "id">]?: BoardDocument[Key] | null | undefined;
};

export type BoardEdit =
  | { readonly kind: "add"; readonly board: BoardDocument }
  | { readonly kind: "change"; readonly id: string; readonly set: BoardChange }
  | { readonly kind: "retire"; readonly id: string };

export type SiteEdit =
  | { readonly ok: true; readonly text: string; readonly site: Site }
  /** Of the file as it is, or as it would be: then nothing is to be written. */
  | { readonly ok: false; readonly of: "before" | "after"; readonly faults: readonly SiteFault[] };

/** `file` is only a name for the messages; `isPart` as of `readSite`. A board that is not there is changed and retired to no effect. */
export function editSite(text: string, file: string, edit: BoardEdit, isPart = false): SiteEdit {
  const before = readSite(text, file, isPart);
  if (!before.ok) return { ...before, of: "before" };
  const wanted = edited(documentOf(text).boards, edit);
  const made = [putInto, writtenAnew].map((write) => write(text, edit)).find((one) => says(one, wanted));
  if (made == null) throw new Error("an installation file that cannot be written");
  const after = readSite(made, file, isPart);
  if (!after.ok) return { ...after, of: "after" };
  return { ok: true, text: made, site: after.site };
}

/** The boards as they are written, defaults left out; of a faultless file. */
export const writtenBoards = (text: string): readonly BoardDocument[] => documentOf(text).boards as BoardDocument[];

type Written = Readonly<Record<string, unknown>>;

const documentOf = (text: string) => readYaml(text).value as { readonly boards: readonly Written[] };

function edited(boards: readonly Written[], edit: BoardEdit): readonly Written[] {
  if (edit.kind === "add") return [...boards, { ...edit.board }];
  if (edit.kind === "retire") return boards.filter(({ id }) => id !== edit.id);
  const changed = (board: Written) =>
    Object.fromEntries(Object.entries({ ...board, ...edit.set }).filter(([, value]) => value != null));
  return boards.map((board) => (board.id === edit.id ? changed(board) : board));
}

function says(text: string | null, boards: readonly Written[]): text is string {
  if (text === null || text.length > limits.configFileBytes) return false;
  const value = readYaml(text).value as { readonly boards?: unknown } | undefined;
  return isDeepStrictEqual(value?.boards, boards);
}

/** null: it is not written in lines. */
function putInto(text: string, edit: BoardEdit): string | null {
  const boards = parseDocument(text).get("boards", true);
  if (!isSeq(boards)) return null;
  const [from = 0, until = 0] = rangeOf(boards);
  // `[]` of an office that has only begun: from here on the list is written in lines.
  if (boards.items.length === 0 && edit.kind === "add")
    return spliced(text, [
      { from: text.slice(0, from).trimEnd().length, until, text: `\n${listText(edit.board, "  ")}` },
    ]);
  if (boards.flow === true) return null;
  const items = boards.items.filter((item): item is YAMLMap => isMap(item) && item.flow !== true);
  const last = items.at(-1);
  if (items.length !== boards.items.length || !last?.range) return null;
  if (edit.kind === "add") return spliced(text, [addition(text, last, edit.board)]);
  const item = items.find((one) => one.get("id") === edit.id);
  if (!item) return text;
  const splices = edit.kind === "retire" ? [removal(text, item)] : changes(text, item, edit.set);
  return splices && spliced(text, splices);
}

const startOf = (text: string, at: number) => text.lastIndexOf("\n", at - 1) + 1;
const endOf = (text: string, at: number) => {
  const found = text.indexOf("\n", at);
  return found < 0 ? text.length : found;
};
/** The end of a node's last line that says something, without its line break. */
const lastLine = (text: string, [from, until]: readonly number[]) =>
  endOf(text, (from ?? 0) + Math.max(0, text.slice(from, until).trimEnd().length - 1));
const rangeOf = (node: unknown): readonly number[] =>
  (node as { range?: readonly number[] | null } | null)?.range ?? [0, 0];

function addition(text: string, last: YAMLMap, board: BoardDocument): Splice {
  const range = rangeOf(last);
  const dash = text.lastIndexOf("-", range[0]);
  const indent = " ".repeat(dash - startOf(text, dash));
  const at = lastLine(text, range);
  return { from: at, until: at, text: `\n\n${listText(board, indent)}` };
}

/** With the comment that stands right above it, and one empty line. */
function removal(text: string, item: YAMLMap): Splice {
  const range = rangeOf(item);
  let from = startOf(text, text.lastIndexOf("-", range[0]));
  while (from > 0) {
    const above = startOf(text, from - 1);
    if (!/^\s+#/.test(text.slice(above, from))) break;
    from = above;
  }
  let until = Math.min(text.length, lastLine(text, range) + 1);
  if (/^\r?\n/.test(text.slice(until))) until = endOf(text, until) + 1;
  return { from, until, text: "" };
}

function changes(text: string, item: YAMLMap, set: BoardChange): readonly Splice[] | null {
  const start = rangeOf(item)[0] ?? 0;
  const indent = " ".repeat(start - startOf(text, start));
  const end = lastLine(text, rangeOf(item));
  const splices: Splice[] = [];
  for (const [key, value] of Object.entries(set)) {
    if (value === undefined) continue;
    const pair = item.items.find((one) => String(one.key) === key);
    if (pair && value === null) {
      const from = startOf(text, rangeOf(pair.key)[0] ?? 0);
      // Beside the dash: without it the list would lose its place.
      if (from === startOf(text, start)) return null;
      splices.push({ from, until: Math.min(text.length, lastLine(text, rangeOf(pair.value)) + 1), text: "" });
    } else if (pair) {
      const [from = 0, until = 0] = rangeOf(pair.value);
      splices.push({ from, until: from + text.slice(from, until).trimEnd().length, text: flowText(value) });
    } else if (value !== null) splices.push({ from: end, until: end, text: `\n${indent}${key}: ${flowText(value)}` });
  }
  return splices;
}

function writtenAnew(text: string, edit: BoardEdit): string | null {
  const document: Document = parseDocument(text);
  const boards = document.get("boards", true);
  if (!isSeq(boards)) return null;
  const at = boards.items.findIndex((item) => isMap(item) && "id" in edit && item.get("id") === edit.id);
  const item = boards.items[at];
  if (edit.kind === "add") boards.items.push(document.createNode(edit.board));
  else if (edit.kind === "retire" && at >= 0) boards.items.splice(at, 1);
  else if (edit.kind === "change" && isMap(item))
    for (const [key, value] of Object.entries(edit.set))
      if (value === null) item.delete(key);
      else if (value !== undefined) item.set(key, document.createNode(value));
  return document.toString({ lineWidth: 0 });
}
