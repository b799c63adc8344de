/** The colour that each dot of a frame is drawn in, for every kind of panel. */
import { rowStride } from "../../message/index.ts";
import type { Frame } from "../../message/types.ts";

/** 0xRRGGBB */
export type Rgb = number;

export interface PanelLook {
  /** `led`: round lamps on black; `pixels`: a screen's own pixels, unmarked. */
  readonly kind: "led" | "pixels";
  /** A lit mono dot; null on other panels. `#rrggbb` */
  readonly ledColour: string | null;
  /** Ink on paper: a set dot is dark, the others are white. Absent: lights. */
  readonly ink?: "paper";
  /** Lamps keep whole pixels, however much of the room that leaves empty. */
  readonly whole?: boolean;
}

/** What the eye sees of the red and green lamps of usual signs, and of both at once. Judged by eye against photographs. */
const red: Rgb = 0xff2d14;
const green: Rgb = 0x35e83c;
const amber: Rgb = 0xffb21a;

const paper: Rgb = 0xf7f6f1;
const ink: Rgb = 0x14161a;

/** An unlit dot is `unlit`; rgb black too. */
export const unlit = 0;

/** Writes one colour a dot, row by row, into `into` (width × height). */
export function dotColours(frame: Frame, look: PanelLook, into: Uint32Array): void {
  const { shape, pixels } = frame;
  const dots = shape.width * shape.height;
  if (shape.colour === "rgb") {
    for (let dot = 0, at = 0; dot < dots; dot++, at += 3)
      into[dot] = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    return;
  }
  const mono = look.ink === "paper" ? [paper, ink] : [unlit, parseColour(look.ledColour) ?? red];
  const lamps = shape.colour === "mono" ? mono : [unlit, red, green, amber];
  const stride = rowStride(shape.width, "mono1");
  const plane = stride * shape.height;
  for (let y = 0, dot = 0; y < shape.height; y++) {
    for (let x = 0; x < shape.width; x++, dot++) {
      const at = y * stride + (x >> 3);
      const bit = 7 - (x & 7);
      let lamp = ((pixels[at] ?? 0) >> bit) & 1;
      if (shape.colour === "dual") lamp |= (((pixels[plane + at] ?? 0) >> bit) & 1) << 1;
      into[dot] = lamps[lamp] ?? unlit;
    }
  }
}

/** `#rrggbb`, or null for anything else. */
export function parseColour(text: string | null): Rgb | null {
  return text !== null && /^#[0-9a-f]{6}$/i.test(text) ? Number.parseInt(text.slice(1), 16) : null;
}
