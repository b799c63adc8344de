import type { ColourKind } from "../message/types.ts";

/** What a piece of text is for; its colour follows from that and from what the panel can do. */
export type Ink = "title" | "body" | "sign" | "header" | "warning" | "slogan" | "clock";

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
};

export function colourOf(ink: Ink, kind: ColourKind): Rgb {
  return kind === "mono" ? [255, 0, 0] : kind === "dual" ? dual[ink] : rgb[ink];
}
