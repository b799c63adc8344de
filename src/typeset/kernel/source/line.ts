/**
 * A run of full-width glyphs into packed bits, eight glyphs at a time.
 *
 * A glyph is 16 rows of 16 bits (u16, the leftmost dot bit 15): two vectors of eight rows. Eight glyphs' vectors, turned
 * (transposed), are eight rows of eight glyphs each: what one vector store of a row wants. Where the run does not begin
 * with a byte, each word takes its upper bits from the glyph before it.
 *
 * Memory: the glyphs' slots (i32, filled up to eights with the blank slot 0), the font's rows, the masks; see `lineMemory`.
 */
import { lineMemory } from "../memory.ts";
import { add, each, eight, get, i32, locals, set, shuffle, zero, zip } from "./text.ts";

/** Glyph k's rows, of this half, into a_k. */
const load = (k: number) => {
  const slot = `(i32.load offset=${lineMemory.slots + k * 4} ${get("from")})`;
  return set(`a${k}`, `(v128.load offset=${lineMemory.font} ${add(`(i32.shl ${slot} ${i32(5)})`, get("half"))})`);
};

/** a0 to a7, a glyph each, become r0 to r7, a row each: words, pairs of words, and fours change places. */
const turn = [
  ...[0, 2, 4, 6].flatMap((k) => [
    set(`r${k}`, zip(2, 0, get(`a${k}`), get(`a${k + 1}`))),
    set(`r${k + 1}`, zip(2, 8, get(`a${k}`), get(`a${k + 1}`))),
  ]),
  ...[0, 1, 4, 5].flatMap((k) => [
    set(`a${k}`, zip(4, 0, get(`r${k}`), get(`r${k + 2}`))),
    set(`a${k + 2}`, zip(4, 8, get(`r${k}`), get(`r${k + 2}`))),
  ]),
  ...[0, 2, 1, 3].flatMap((k, n) => [
    set(`r${n * 2}`, zip(8, 0, get(`a${k}`), get(`a${k + 4}`))),
    set(`r${n * 2 + 1}`, zip(8, 8, get(`a${k}`), get(`a${k + 4}`))),
  ]),
].join("\n");

/** Joins a row's words to the mask's, the left byte of each first. */
const join = (words: string) => {
  const bytes = shuffle((n) => n ^ 1, `(local.tee $words ${words})`, get("words"));
  return `(v128.store align=1 ${get("row")} (v128.or (v128.load align=1 ${get("row")}) ${bytes}))`;
};

const nextRow = set("row", add(get("row"), get("stride")));

/** The end of each glyph and the beginning of the next one, in one word; the row is kept for the next eight. */
const shifted = (k: number) => {
  const before = shuffle((n) => 14 + n, get(`p${k}`), get(`r${k}`));
  const word = `(v128.or (i16x8.shr_u ${get(`r${k}`)} ${get("shift")}) (i16x8.shl ${before} ${get("back")}))`;
  return `${join(word)} ${set(`p${k}`, get(`r${k}`))} ${nextRow}`;
};

/** What of the last glyph lies beyond its last whole byte. */
const tail = (k: number) => {
  const last = `(i32.shl (i16x8.extract_lane_u 7 ${get(`p${k}`)}) (i32.sub ${i32(8)} ${get("shift")}))`;
  return `(i32.store8 ${get("row")} (i32.or (i32.load8_u ${get("row")}) ${last})) ${nextRow}`;
};

export const lineText = `(module
(memory (export "memory") ${lineMemory.end >> 16} ${lineMemory.end >> 16})

;; Draws \`count\` glyphs, each row of the mask \`stride\` bytes after the one above, the first glyph's first dot \`shift\`
;; (0 to 7) dots into byte \`to\`. Dots join those that are there.
(func (export "line") (param $count i32) (param $to i32) (param $stride i32) (param $shift i32)
${locals("i32", "half", "from", "end", "at", "row", "back")}
${locals("v128", ...eight("a"), ...eight("r"), ...eight("p"), "words")}
${set("end", `(i32.shl ${get("count")} ${i32(2)})`)}
${set("back", `(i32.sub ${i32(16)} ${get("shift")})`)}
;; The upper eight rows, then the lower.
(loop $half
  ${set("from", i32(0))}
  ${set("at", get("to"))}
  ${each(8, (k) => set(`p${k}`, zero))}
  (loop $glyphs
    ${each(8, load)}
    ${turn}
    ${set("row", get("at"))}
    (if ${get("shift")}
      (then ${each(8, shifted)})
      (else ${each(8, (k) => `${join(get(`r${k}`))} ${nextRow}`)}))
    ${set("at", add(get("at"), i32(16)))}
    ${set("from", add(get("from"), i32(32)))}
    (br_if $glyphs (i32.lt_u ${get("from")} ${get("end")})))
  ;; A run filled up with blanks has nothing beyond.
  (if (i32.and (i32.ne ${get("shift")} ${i32(0)}) (i32.eqz (i32.and ${get("count")} ${i32(7)})))
    (then ${set("row", get("at"))} ${each(8, tail)}))
  ${set("to", add(get("to"), `(i32.shl ${get("stride")} ${i32(3)})`))}
  ${set("half", `(i32.xor ${get("half")} ${i32(16)})`)}
  (br_if $half ${get("half")})))
)`;
