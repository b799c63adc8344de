import type { ColourKind } from "../message/types.ts";

/** What a piece of text is for; its colour follows from that and from what the panel can do. */
export type Ink = "title" | "body" | "sign" | "header" | "warning" | "slogan" | "clock" | "code" | AlertInk;

/** Of warning signals (GB/T 27962), and of their end. */
export type AlertInk = "alert-blue" | "alert-yellow" | "alert-orange" | "alert-red" | "alert-over";

export type Rgb = readonly [red: number, green: number, blue: number];

const yellow: Rgb = [255, 255, 0];
const red: Rgb = [255, 0, 0];
const green: Rgb = [0, 255, 0];

/** Two-colour panels have three lights to choose from. */
const dual: Readonly<Record<Ink, Rgb>> = {
  title: red,
  body: yellow,
  sign: green,
  header: green,
  warning: red,
  slogan: red,
  clock: green,
  code: yellow,
  // There is no blue light, and no orange one: an orange bar has red edges (`templates/warning.ts`).
  "alert-blue": green,
  "alert-yellow": yellow,
  "alert-orange": yellow,
  "alert-red": red,
  "alert-over": green,
};

/** All of them at least 7:1 on black (WCAG AAA). */
const rgb: Readonly<Record<Ink, Rgb>> = {
  title: [255, 200, 64],
  body: [242, 242, 236],
  sign: [150, 205, 255],
  header: [120, 220, 255],
  warning: [255, 120, 100],
  slogan: [255, 200, 64],
  clock: [130, 235, 160],
  code: [255, 255, 255],
  // The signals' own blue and red are too dark for LEDs; red, on bars and in large letters, has 6:1.
  "alert-blue": [96, 176, 255],
  "alert-yellow": [255, 230, 0],
  "alert-orange": [255, 152, 32],
  "alert-red": [255, 72, 56],
  "alert-over": [130, 235, 160],
};

export function colourOf(ink: Ink, kind: ColourKind): Rgb {
  return kind === "mono" ? [255, 0, 0] : kind === "dual" ? dual[ink] : rgb[ink];
}
