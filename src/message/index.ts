/** Stage 4, pixels in time. No I/O, no fonts, no clock; runs in the daemon, in the simulated panel and in browsers. */
export * from "./types.ts";
export { bitmapBytes, bitsPerDot, copyBits, emptyBitmap, emptyFrame, frameFormat, rowStride } from "./bitmap.ts";
export { blankMessage, blankOwner } from "./blank.ts";
export { changesAt } from "./changes-at.ts";
export { civil } from "./civil.ts";
export { fieldUnits, messageProblem, shapeProblem } from "./check.ts";
export { crc32, hashToBytes, type Sha256, sha256Hex } from "./digest.ts";
export { type Decoded, decodeMessage, makeMessage } from "./encode.ts";
export { frameAt, messageFrame, pageAt } from "./frame-at.ts";
export { motions, transitions } from "./motions/list.ts";
export { patternMessage, type PatternName, patternOf, patternOwner, patternsOf } from "./patterns.ts";
export { pageMs, phaseAt } from "./page-time.ts";
export {
  type DecodedProgramme,
  decodeProgramme,
  encodeProgramme,
  lookup,
  programmeId,
  programmeProblem,
} from "./programme.ts";
