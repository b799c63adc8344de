/** Dots that differ for every text and every picture, in no time: what real type looks like is test/typeset's matter. */
import type { Typesetter } from "../../src/typeset/index.ts";
import { pixelsOf } from "../store/small-office.ts";
import { textOf } from "./model.ts";
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

type Asked = Parameters<Typesetter["ask"]>[0];

/** Of the pictures that there are, not of those that the text names. */
function messageFor({ content, shape, pictures = [] }: Pick<Asked, "content" | "shape" | "pictures">) {
  const there = pictures.map(({ bytes }) => ({ sha256: createHash("sha256").update(bytes).digest("hex") }));
  const document = { content: { title: content.title, body: content.body, pictures: there } };
  return pixelsOf(textOf({ ...document, schedule: {}, envelope: null }), shape);
}

const nothing = { zh: "排好了", en: "it is set" };
const report = {
  ...{ faces: [], usualPx: 8, pages: 1, characters: 1, needsMs: 1, hasMs: null, scroll: null, strokePx: 1 },
  ...{ reading: { ms: 1, charactersPerSecond: 5 }, distance: null, shorter: null },
  words: { summary: nothing, facts: [], remarks: [] },
} as const;

export const typesetting: Typesetter = {
  ask: async (request) => ({ ok: true, message: messageFor(request), facts: [], traces: [] }) as never,
  fit: async (text, on, packed = false) =>
    on.map(({ shape }) => {
      const message = messageFor({ ...text, shape });
      return { result: { ok: true, message, facts: [] }, report, packed: packed ? deflateSync(message.bytes) : null };
    }) as never,
};
