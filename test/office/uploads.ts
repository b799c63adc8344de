/** Files as this office takes them: what the decoder makes of real ones is its own tests' matter (test/typeset, test/api). */
import { createHash } from "node:crypto";
import type { KeptBytes, PictureTaking } from "../../src/notices/pictures.ts";

const isPages = /^pages(?: \w+)+$/;

/** "pages one two": a file of two pages. Anything else cannot be read. */
export function pagesOf(raw: string | Uint8Array): readonly KeptBytes[] {
  const text = Buffer.from(raw as Uint8Array).toString("utf8");
  if (!isPages.test(text)) return [];
  const pages = text.split(" ").slice(1);
  return pages.map((page) => {
    const bytes = new TextEncoder().encode(`page ${page}`);
    return { sha256: createHash("sha256").update(bytes).digest("hex"), bytes };
  });
}

export const taking: PictureTaking = {
  async take(bytes, name) {
    const pictures = pagesOf(bytes);
    if (pictures.length > 0) return { ok: true, pictures, warnings: [] };
    return { ok: false, faults: [{ code: "notice/picture-broken", name, detail: "not a file of pages" }] };
  },
};
