/**
 * Pictures into bits. Ordered: sixteen dots at once, each sample against its place's threshold. Diffusion: dot by dot, as
 * each waits for the one before, but red, green and blue at once. `../plain-dither.ts` says the same in plain words.
 */
import { ditherMemory as at, planeOrder } from "../memory.ts";
import { add, each, get, i32, locals, set, shuffle, zero } from "./text.ts";

/**
 * Samples of one channel of the sixteen dots in $a $b $c, in the order of the table `gather`: which byte of each vector
 * goes where. A swizzle by a table in memory, as the engine takes longer for a shuffle's constants than for shuffling.
 */
const channel = (c: number, gather: number) => {
  const part = (n: number) =>
    `(i8x16.swizzle ${get("abc"[n] as string)} (v128.load offset=${gather + (c * 3 + n) * 16} ${i32(0)}))`;
  return `(v128.or (v128.or ${part(0)} ${part(1)}) ${part(2)})`;
};

const loadSixteen = each(3, (n) => set("abc"[n] as string, `(v128.load offset=${n * 16} align=1 ${get("from")})`));

/** A loop over rows, and in each over steps of so many dots; leaves the row's padding bits 0. */
const rowsOf = (dots: number, begin: string, step: string) => `
(loop $rows
  ${set("left", get("width"))}
  ${set("in", get("from"))}
  ${set("place", `(i32.and ${get("y")} ${i32(7)})`)}
  ${begin}
  ${set("at", get("to"))}
  (loop $dots
    ${step}
    (br_if $dots (i32.gt_s (local.tee $left (i32.sub ${get("left")} ${i32(dots)})) ${i32(0)})))
  ${set("from", add(get("in"), `(i32.mul ${get("width")} ${i32(3)})`))}
  ${set("to", add(get("to"), get("stride")))}
  ${set("y", add(get("y"), i32(1)))}
  (br_if $rows (local.tee $rows (i32.sub ${get("rows")} ${i32(1)}))))`;

const header = `(param $from i32) (param $to i32) (param $width i32) (param $stride i32) (param $rows i32) (param $y i32)
  (param $keep i32)
  ${locals("i32", "left", "in", "place", "at", "byte")} ${locals("v128", "a", "b", "c", "t", "m")}`;

/** What is beyond the row's last dot is dark. `keep`: the bits of the last byte that are dots. */
const trim = (plane: number) => {
  const last = `(i32.sub ${add(get("to"), get("stride"))} ${i32(1)})`;
  const offset = `offset=${plane * at.outPlaneBytes}`;
  return `(i32.store8 ${offset} ${last} (i32.and (i32.load8_u ${offset} ${last}) ${get("keep")}))`;
};

const advance = (dots: number, bytes: number) =>
  `${set("from", add(get("from"), i32(dots * 3)))} ${set("at", add(get("at"), i32(bytes)))}`;

const rowThresholds = (table: number) => set("t", `(v128.load offset=${table} (i32.shl ${get("place")} ${i32(4)}))`);

const plane = (c: number) =>
  `(i32.store16 offset=${c * at.outPlaneBytes} align=1 ${get("at")}
    (i8x16.bitmask (i8x16.ge_u ${channel(c, at.gatherPlane)} ${get("t")})))`;

/** Bit 2 - c of each byte: the dot's index. */
const indexBit = (c: number) =>
  `(v128.and (i8x16.ge_u ${channel(c, at.gatherDots)} ${get("t")}) (i8x16.splat ${i32(4 >> c)}))`;

/** Sixteen bytes of $m, 0 to 7, as eight, the left dot in the upper half. */
const storeIndices = `
  ${set("m", `(v128.and (v128.or (i16x8.shl ${get("m")} ${i32(4)}) (i16x8.shr_u ${get("m")} ${i32(8)})) (i16x8.splat ${i32(255)}))`)}
  (v128.store64_lane align=1 0 ${get("at")} (i8x16.narrow_i16x8_u ${get("m")} ${get("m")}))`;

const entry = (table: number, c: number) =>
  `(i32.load offset=${table + c * 1024} (i32.shl (i32.load8_u offset=${c} ${get("from")}) ${i32(2)}))`;
const luminance = (table: number) => add(add(entry(table, 0), entry(table, 1)), entry(table, 2));

/** One dot's bit joins $byte. */
const monoDot = (n: number) => {
  const threshold = `(i32.load offset=${at.lightThresholds + n * 4} (i32.shl ${get("place")} ${i32(5)}))`;
  const lit = `(i32.ge_s ${luminance(at.luminance)} ${threshold})`;
  return `${set("byte", `(i32.or (i32.shl ${get("byte")} ${i32(1)}) ${lit})`)} ${set("from", add(get("from"), i32(3)))}`;
};

/**
 * A row of diffusion into \`marks\`. \`from\`: its first dot in \`step\`'s direction (3 or -3 bytes a dot); \`wanted\`: the
 * light wanted of the dot at \`from\`, in sixteenths and half of one. What a dot owes the one after it stays in $owed, and
 * what it owes the row below is stored once all three that add to a place are known.
 */
const diffuse = (name: string, wanted: string) => `
(func (export "${name}") (param $from i32) (param $mark i32) (param $step i32) (param $width i32)
  (param $here i32) (param $below i32)
  ${locals("i32", "dot", "bytes")} ${locals("v128", "want", "lit", "error", "before", "pending", "owed", "full", "half")}
  ${set("full", `(i32x4.splat ${i32(0xffff)})`)}
  ${set("half", `(i32x4.splat ${i32(0x8000 * 16 - 1)})`)}
  ${set("dot", `(i32.div_s ${get("step")} ${i32(3)})`)}
  ${set("bytes", `(i32.shl ${get("dot")} ${i32(4)})`)}
  (loop $dots
    ${set("want", `(i32x4.add (i32x4.add ${wanted} (v128.load ${get("here")})) ${get("owed")})`)}
    ${set("lit", `(i32x4.gt_s ${get("want")} ${get("half")})`)}
    ${set("error", `(i32x4.sub (i32x4.shr_s ${get("want")} ${i32(4)}) (v128.and ${get("lit")} ${get("full")}))`)}
    ${set("owed", `(i32x4.sub (i32x4.shl ${get("error")} ${i32(3)}) ${get("error")})`)}
    (v128.store (i32.sub ${get("below")} ${get("bytes")})
      (i32x4.add ${get("pending")} (i32x4.add ${get("error")} (i32x4.shl ${get("error")} ${i32(1)}))))
    ${set("pending", `(i32x4.add ${get("before")} (i32x4.add ${get("error")} (i32x4.shl ${get("error")} ${i32(2)})))`)}
    ${set("before", get("error"))}
    (i32.store8 ${get("mark")} (i32x4.bitmask ${get("lit")}))
    ${set("mark", add(get("mark"), get("dot")))}
    ${set("from", add(get("from"), get("step")))}
    ${set("here", add(get("here"), get("bytes")))}
    ${set("below", add(get("below"), get("bytes")))}
    (br_if $dots (local.tee $width (i32.sub ${get("width")} ${i32(1)}))))
  (v128.store (i32.sub ${get("below")} ${get("bytes")}) ${get("pending")}))`;

/** Lane 0 blue, 1 green, 2 red: the order of an index's bits. */
const lane = (c: number, vector: string) =>
  `(v128.load32_lane offset=${at.light16} ${2 - c} (i32.shl (i32.load8_u offset=${c} ${get("from")}) ${i32(2)}) ${vector})`;

/** Bit \`bit\` of sixteen marks as a plane's two bytes. */
const markPlane = (c: number, bit: number) => {
  const bits = `(i8x16.shl ${shuffle(planeOrder, get("a"), get("a"))} ${i32(7 - bit)})`;
  return `(i32.store16 offset=${c * at.outPlaneBytes} align=1 ${get("at")} (i8x16.bitmask ${bits}))`;
};

const pack = (name: string, step: string, planes: number, bytes: number) => `
(func (export "${name}") (param $from i32) (param $to i32) (param $width i32) (param $stride i32) (param $keep i32)
  ${locals("i32", "at")} ${locals("v128", "a", "m")}
  ${set("at", get("to"))}
  (loop $dots
    ${set("a", `(v128.load align=1 ${get("from")})`)}
    ${step}
    ${set("from", add(get("from"), i32(16)))} ${set("at", add(get("at"), i32(bytes)))}
    (br_if $dots (i32.gt_s (local.tee $width (i32.sub ${get("width")} ${i32(16)})) ${i32(0)})))
  ${each(planes, trim)})`;

export const ditherText = `(module
(memory (export "memory") ${at.end >> 16} ${at.end >> 16})

(func (export "orderedMono") ${header}
  ${rowsOf(
    8,
    "",
    `${set("byte", i32(0))} ${each(8, monoDot)} (i32.store8 ${get("at")} ${get("byte")})
    ${set("at", add(get("at"), i32(1)))} (if (i32.le_s ${get("left")} ${i32(8)}) (then ${trim(0)}))`,
  )})

(func (export "orderedDual") ${header}
  ${rowsOf(
    16,
    rowThresholds(at.planeThresholds),
    `${loadSixteen} ${each(2, plane)} ${advance(16, 2)}
    (if (i32.le_s ${get("left")} ${i32(16)}) (then ${each(2, trim)}))`,
  )})

(func (export "orderedRgb") ${header}
  ${rowsOf(
    16,
    rowThresholds(at.dotThresholds),
    `${loadSixteen}
    ${set("m", `(v128.or (v128.or ${indexBit(0)} ${indexBit(1)}) ${indexBit(2)})`)} ${storeIndices} ${advance(16, 8)}
    (if (i32.le_s ${get("left")} ${i32(16)}) (then ${trim(0)}))`,
  )})

${diffuse("diffuseMono", `(i32x4.splat ${luminance(at.luminance16)})`)}
${diffuse("diffuseColour", lane(0, lane(1, lane(2, zero))))}

${pack("packMono", markPlane(0, 2), 1, 2)}
${pack("packDual", `${markPlane(0, 2)} ${markPlane(1, 1)}`, 2, 2)}
${pack("packRgb", `${set("m", get("a"))} ${storeIndices}`, 1, 8)}
)`;
