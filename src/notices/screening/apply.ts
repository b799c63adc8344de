/** The proposals of hits, put into the text: what 一键隐去 does. */
import type { Content } from "../types.ts";
import { droppedColumns } from "./columns.ts";
import { hitKey, screenNotice } from "./screen.ts";
import { tablesIn } from "./tables.ts";
import type { Hit, Part, ScreeningContext } from "./types.ts";

/** Terms put right may make others wrong beside them (a repeated order): looked at again so many times. */
const roundsMost = 8;

/** Of the hits with these keys, those that have a proposal; the others stay. Screened again, none of those put in is a hit. */
export function applyProposals(content: Content, keys: Iterable<string>, context: ScreeningContext): Content {
  const wanted = new Set(keys);
  let mended = content;
  for (let round = 0; round < roundsMost; round++) {
    const before = mended;
    mended = mendedOnce(before, wanted, context);
    if (mended === before) break;
  }
  return mended;
}

function mendedOnce(content: Content, wanted: ReadonlySet<string>, context: ScreeningContext): Content {
  const hits = screenNotice(content, context).filter((hit) => hit.proposal !== null && wanted.has(hitKey(hit)));
  if (hits.length === 0) return content;
  const mended = (part: Part, text: string, picture?: number) =>
    edited(
      text,
      hits.filter((hit) => hit.part === part && hit.picture === picture && hit.rule !== "column"),
    );
  const columns = hits.filter(({ rule }) => rule === "column").map(({ index }) => index);
  const { pictures, publicity, signature } = content;
  const inBody = hits.filter(({ part, rule }) => part === "body" && rule !== "column");
  return {
    ...content,
    title: mended("title", content.title),
    body: columns.length === 0 ? edited(content.body, inBody) : withoutColumns(content.body, columns, inBody),
    signature: { ...signature, org: mended("signature", signature.org) },
    ...(pictures && {
      pictures: pictures.map((one, index) =>
        one.caption === undefined ? one : { ...one, caption: mended("caption", one.caption, index) },
      ),
    }),
    publicity: publicity && {
      ...publicity,
      ...(publicity.contact !== undefined && { contact: mended("contact", publicity.contact) }),
      ...(publicity.phone !== undefined && { phone: mended("phone", publicity.phone) }),
    },
  };
}

/** `from`, `to`: a piece of the text; hits that are not within it are left out. */
function edited(text: string, hits: readonly Hit[], from = 0, to = text.length): string {
  let out = "";
  let at = from;
  for (const { index, found, proposal } of hits) {
    if (index < at || index + found.length > to) continue;
    out += text.slice(at, index) + (proposal ?? found);
    at = index + found.length;
  }
  return out + text.slice(at, to);
}

/** `headings`: where the headings of the columns begin that go. */
function withoutColumns(body: string, headings: readonly number[], hits: readonly Hit[]): string {
  const going = droppedColumns(body).filter(({ heading }) => headings.includes(heading.from));
  let out = "";
  let at = 0;
  for (const { heading, rows } of tablesIn(body)) {
    const columns = going.filter(({ table }) => table.heading.from === heading.from).map(({ column }) => column);
    for (const row of [heading, ...rows]) {
      const kept = row.cells.filter((_, column) => !columns.includes(column));
      if (kept.length === row.cells.length) continue;
      out += edited(body, hits, at, row.from);
      out += kept.map((cell) => edited(body, hits, cell.from, cell.to)).join("|");
      at = row.to;
    }
  }
  return out + edited(body, hits, at);
}
