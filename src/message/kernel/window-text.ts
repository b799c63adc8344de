/**
 * A window of a strip that was shifted beforehand: rows of a frame from rows of the strip, sixteen bytes at a time. The last
 * sixteen of a row reach into the next one, which is written after it; after the last row there is room.
 *
 * Why it is not JavaScript: an engine looks up a view's address and length again for each word that it moves, which costs as
 * much as the words themselves. Why no vector instructions: they saved a tenth, and not every machine has them.
 */
import { kernelMemory } from "./memory.ts";

const get = (name: string) => `(local.get $${name})`;
const add = (name: string, by: string) => `(local.set $${name} (i32.add ${get(name)} ${by}))`;
const move = (offset: number) =>
  `(i64.store offset=${offset} align=1 (local.get $to) (i64.load offset=${offset} align=1 (local.get $from)))`;

/** What is left of the row's last byte: padding is black. Then the next row. */
const rowsEnd = `
    (if (i32.ne ${get("mask")} (i32.const 255)) (then
      (i32.store8 (i32.sub ${get("row-end")} (i32.const 1))
        (i32.and (i32.load8_u (i32.sub ${get("row-end")} (i32.const 1))) ${get("mask")}))))
    ${add("row", get("row-bytes"))}
    ${add("row-end", get("row-bytes"))}
    ${add("left", get("stride"))}
    (br_if $rows (i32.lt_u ${get("row")} ${get("end")}))`;

const copy = (label: string, until: string) => `
    (loop $${label}
      ${move(0)} ${move(8)}
      ${add("from", "(i32.const 16)")} ${add("to", "(i32.const 16)")}
      (br_if $${label} (i32.lt_u ${get("to")} ${until})))`;

const locals = "(local $row i32) (local $row-end i32) (local $end i32) (local $from i32) (local $to i32)";
const rowsBegin = `
  (local.set $end (i32.mul ${get("rows")} ${get("row-bytes")}))
  (local.set $row-end ${get("row-bytes")})`;

export const windowText = `(module
(memory (export "memory") ${kernelMemory.end >> 16} ${kernelMemory.end >> 16})

;; The window that the strip holds from byte \`left\` on, \`stride\` bytes a row, as a frame at address 0: \`rows\` rows of
;; \`row-bytes\` bytes, the last byte of each cut by \`mask\`.
(func (export "window") (param $rows i32) (param $row-bytes i32) (param $mask i32) (param $stride i32) (param $left i32)
  ${locals}
  ${rowsBegin}
  (loop $rows
    (local.set $from ${get("left")}) (local.set $to ${get("row")})
    ${copy("words", get("row-end"))}
    ${rowsEnd}))

;; The same where the strip ends within the frame. Byte \`seam\` of a row has the strip's last \`begun\` dots (0 to 7), then
;; its first ones, from byte \`start\`; behind it is what \`right\` has.
(func (export "seam") (param $rows i32) (param $row-bytes i32) (param $mask i32) (param $stride i32) (param $left i32)
  (param $seam i32) (param $begun i32) (param $start i32) (param $right i32)
  ${locals} (local $at i32)
  ${rowsBegin}
  (loop $rows
    (local.set $from ${get("left")}) (local.set $to ${get("row")})
    (local.set $at (i32.add ${get("row")} ${get("seam")}))
    ${copy("before", `(i32.add ${get("at")} (i32.const 1))`)}
    (if ${get("begun")} (then
      (i32.store8 ${get("at")} (i32.or (i32.load8_u ${get("at")}) (i32.shr_u (i32.load8_u ${get("start")}) ${get("begun")})))
      ${add("at", "(i32.const 1)")}))
    (if (i32.lt_u ${get("at")} ${get("row-end")}) (then
      (local.set $from ${get("right")}) (local.set $to ${get("at")})
      ${copy("behind", get("row-end"))}))
    ${add("start", get("stride"))}
    ${add("right", get("stride"))}
    ${rowsEnd}))
)`;
