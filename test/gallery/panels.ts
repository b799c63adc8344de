/** The panels of the gallery: those of the sample boards, and makers' signs; and how large each is drawn. */
import type { ColourKind, Shape } from "../../src/message/index.ts";
import type { Look } from "./lights.ts";

export interface Panel {
  readonly name: string;
  readonly shape: Shape;
  readonly look: Look;
  /** Of one exhibit. */
  readonly framesMost: number;
  /** Of the sheet: so many frames stand side by side. */
  readonly across: number;
}

const lights = (lightPx: number): Look => ({ lightPx });
const screen = (dotsPerPx: number): Look => ({ dotsPerPx });

function panel(
  width: number,
  height: number,
  colour: ColourKind,
  look: Look,
  across: number,
  framesMost = across,
): Panel {
  return { name: `${width}x${height}-${colour}`, shape: { width, height, colour }, look, framesMost, across };
}

export const panels: readonly Panel[] = [
  panel(384, 32, "mono", lights(3), 2, 4),
  panel(256, 32, "dual", lights(3), 2, 4),
  panel(192, 32, "mono", lights(3), 3, 6),
  panel(128, 32, "mono", lights(3), 4, 8),
  panel(128, 64, "dual", lights(3), 4),
  panel(160, 80, "dual", lights(3), 4),
  panel(384, 192, "rgb", lights(3), 2, 2),
  panel(1920, 1080, "rgb", screen(3), 3, 2),
  panel(1080, 1920, "rgb", screen(3), 4, 2),
  panel(80, 7, "mono", lights(5), 4),
  panel(16, 16, "mono", lights(7), 12),
  panel(32, 8, "rgb", lights(6), 8),
  panel(64, 32, "rgb", lights(5), 5),
];

const kinds: Readonly<Record<ColourKind, string>> = {
  mono: "单色 one colour",
  dual: "双基色 two colours",
  rgb: "全彩 full colour",
};

export function panelTitle({ width, height, colour }: Shape): { readonly title: string; readonly about: string } {
  return { title: `${width} × ${height}`, about: kinds[colour] };
}
