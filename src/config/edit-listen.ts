/** Where the page is answered, changed in an installation file: for the office's network, or for this computer alone. */
import { isDeepStrictEqual } from "node:util";
import { isMap, parseDocument } from "yaml";
import type { SiteEdit } from "./edit.ts";
import { spliced } from "./edit-text.ts";
import { readSite } from "./read.ts";
import type { Site } from "./types.ts";

/** `file` is only a name for the messages. What else stands there stays as it is, to the byte where it is written in lines. */
export function editListen(text: string, file: string, host: string): SiteEdit {
  const before = readSite(text, file);
  if (!before.ok) return { ...before, of: "before" };
  const { site } = before;
  const wanted: Site = { ...site, listen: { ...site.listen, host } };
  for (const write of [putInto, writtenAnew]) {
    const made = write(text, host);
    const after = made === null ? null : readSite(made, file);
    if (made !== null && after?.ok === true && isDeepStrictEqual(after.site, wanted))
      return { ok: true, text: made, site: after.site };
  }
  throw new Error("an installation file that cannot be written");
}

/** null: it is not written so that a line of it can be changed. */
function putInto(text: string, host: string): string | null {
  const { contents } = parseDocument(text);
  if (!isMap(contents) || contents.flow === true) return null;
  const pair = contents.items.find(({ key }) => String(key) === "listen");
  if (!pair) {
    const office = contents.items.find(({ key }) => String(key) === "office");
    const [, until] = rangeOf(office?.value);
    const at = text.indexOf("\n", until);
    return at < 0 ? null : spliced(text, [{ from: at, until: at, text: `\nlisten: { host: ${host} }` }]);
  }
  if (!isMap(pair.value)) return null;
  const its = pair.value.items.find(({ key }) => String(key) === "host");
  if (its) {
    const [from, until] = rangeOf(its.value);
    return spliced(text, [{ from, until, text: host }]);
  }
  const [first] = pair.value.items;
  const [from] = rangeOf(first?.key);
  if (!first || from === 0) return null;
  if (pair.value.flow === true) return spliced(text, [{ from, until: from, text: `host: ${host}, ` }]);
  const indent = " ".repeat(from - (text.lastIndexOf("\n", from - 1) + 1));
  return spliced(text, [{ from, until: from, text: `host: ${host}\n${indent}` }]);
}

function rangeOf(node: unknown): readonly [from: number, until: number] {
  const [from = 0, until = 0] = (node as { range?: readonly number[] | null } | null | undefined)?.range ?? [];
  return [from, until];
}

function writtenAnew(text: string, host: string): string {
  const document = parseDocument(text);
  document.setIn(["listen", "host"], host);
  return document.toString({ lineWidth: 0 });
}
