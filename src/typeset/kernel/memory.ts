/** Where in the kernels' memories what stands: offsets in bytes. Their bytes are made with these numbers. */
import { limits } from "../../limits.ts";

export const lineMemory = {
  /** Slots of the glyphs to draw, i32. */
  slots: 0,
  /** The font's rows, 32 bytes a slot: room for every slot that 16 bits can name. */
  font: 0x4000,
  /** Masks. */
  masks: 0x20_4000,
  end: limits.glyphKernelBytes,
} as const;

/** The dot whose bit is the n-th that `bitmask` gathers: the left byte's eight from right to left, then the right byte's. */
export const planeOrder = (n: number) => (n & 8) | (7 - (n & 7));

/** Dots of a row that the dithering kernel takes, at most. */
export const ditherWidthMax = 4096;

export const ditherMemory = {
  /** Sample thresholds, 8 rows of 16, their columns in the order in which a plane's bits are gathered. */
  planeThresholds: 0,
  /** The same in the order of the dots. */
  dotThresholds: 0x80,
  /** Light thresholds, 8 rows of 8, i32. */
  lightThresholds: 0x100,
  /** Light of a sample, and luminance of a red, green and blue one: 256 of i32 each, in sixteenths for diffusion. */
  luminance: 0x200,
  light16: 0xe00,
  luminance16: 0x1200,
  /** Which byte of three vectors of sixteen dots goes where: three channels' three tables, in the one and the other order. */
  gatherPlane: 0x1e00,
  gatherDots: 0x1f00,
  /** Errors for the row and for the next: four of i32 a dot, one dot more on either side. */
  errors: 0x2000,
  errorRowBytes: 0x1_0100,
  /** A row of dots, a byte each: bit 2 red (or all there is), 1 green, 0 blue. */
  marks: 0x2_3000,
  /** What comes out: one plane after the other, or packed indices. */
  out: 0x2_5000,
  outPlaneBytes: 0x4100,
  /** Rows of a picture: red, green, blue bytes. */
  picture: 0x3_0000,
  pictureBytes: 0x1_8000,
  end: 0x5_0000,
} as const;
