/** The sheets that README.md shows; `fixtures/pictures/` has them as drawn. */
import type { ColourKind, Shape } from "../../src/message/index.ts";
import { motionExhibits, sampleExhibit, templateExhibits } from "./exhibits.ts";
import { hang, hangTogether, type Wall } from "./hang.ts";
import type { Look } from "./lights.ts";
import type { Sheet } from "./sheet.ts";

export interface Showcase {
  readonly file: string;
  readonly draw: () => Sheet;
}

const shape = (width: number, height: number, colour: ColourKind): Shape => ({ width, height, colour });
const lights = (lightPx: number): Look => ({ lightPx });
const screen = (dotsPerPx: number): Look => ({ dotsPerPx });

/** The sample boards' panels, row by row. */
const ninePanels: readonly (readonly (readonly [Shape, Look])[])[] = [
  [[shape(384, 32, "mono"), lights(3)]],
  [
    [shape(256, 32, "dual"), lights(3)],
    [shape(128, 32, "mono"), lights(3)],
  ],
  [
    [shape(192, 32, "mono"), lights(3)],
    [shape(160, 80, "dual"), lights(3)],
  ],
  [[shape(384, 192, "rgb"), lights(3)]],
  [
    [shape(1920, 1080, "rgb"), screen(4)],
    [shape(128, 64, "dual"), lights(3)],
    [shape(1080, 1920, "rgb"), screen(5)],
  ],
];

const templates: Wall = {
  title: "版式",
  about: "Templates, a page of each. 160 × 80, 双基色 two colours",
  shape: shape(160, 80, "dual"),
  look: lights(3),
  exhibits: templateExhibits,
  framesMost: 1,
  across: 4,
};

const motions: Wall = {
  title: "动作",
  about: "Motions as strips of film. 128 × 32, 单色 one colour",
  shape: shape(128, 32, "mono"),
  look: lights(3),
  exhibits: motionExhibits,
  framesMost: 4,
  across: 4,
};

export const showcases: readonly Showcase[] = [
  {
    file: "gallery-panels.png",
    draw: () =>
      hangTogether({
        title: "同一条信息\uff0c九块屏",
        about: "One notice, its first page, on the panels of the nine sample boards",
        rows: ninePanels,
        exhibit: sampleExhibit("N21"),
      }),
  },
  { file: "gallery-templates.png", draw: () => hang(templates) },
  { file: "gallery-motions.png", draw: () => hang(motions) },
];
