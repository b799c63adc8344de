/** 灯珠接线: in which order the lamps of a matrix hang on their wire, as it is written in the installation file. */
import { z } from "zod";
import type { WiredGrid, Wiring } from "./types.ts";

const corners = ["top-left", "top-right", "bottom-left", "bottom-right"] as const;

/** How lamps follow each other on their wire, or modules of them. */
const gridOf = (one: { readonly zh: string; readonly en: string; readonly ens: string }) => ({
  start: z
    .enum(corners)
    .optional()
    .meta({
      title: "起点 / start",
      description: `第一${one.zh}在哪个角，从正面看；不写是左上 top-left / The first ${one.en}'s corner, seen from the front; top-left when left out`,
      examples: ["top-left"],
    }),
  along: z
    .enum(["rows", "columns"])
    .optional()
    .meta({
      title: "走向 / along",
      description: `一${one.zh}挨一${one.zh}往哪边走：按行 rows，按列 columns；不写是按行 / Which way ${one.ens} follow each other; rows when left out`,
      examples: ["rows"],
    }),
  serpentine: z
    .boolean()
    .optional()
    .meta({
      title: "蛇形 / serpentine",
      description: "隔一行（列）往回走；不勾则每行同向 / Every second row or column runs back; false when left out",
      examples: [true],
    }),
});
const side = (title: string) =>
  z
    .int()
    .min(1)
    .max(4096)
    .meta({ title, description: "点数 / dots", examples: [8] });

export const wiringSchema = z
  .strictObject({
    ...gridOf({ zh: "颗灯珠", en: "lamp", ens: "lamps" }),
    order: z
      .enum(["RGB", "RBG", "GRB", "GBR", "BRG", "BGR", "RGBW", "GRBW"])
      .optional()
      .meta({
        title: "颜色顺序 / order",
        description:
          "灯珠先收哪种颜色；不写是 RGB。带 W 的是四色灯珠，白色不点亮 / What a lamp takes first; RGB when left out. W: lamps of four, whose white stays dark",
        examples: ["GRB"],
      }),
    skip: z
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .meta({
        title: "跳过 / skip",
        description:
          "这块屏的第一颗之前，线上还有几颗灯珠；不写是 0 / Lamps on the wire before the panel's first; 0 when left out",
        examples: [0],
      }),
    turned: z
      .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
      .optional()
      .meta({
        title: "旋转 / turned",
        description:
          "屏挂着时顺时针转了多少度；不写是 0 / How far the panel is turned clockwise as it hangs, degrees; 0 when left out",
        examples: [90],
      }),
    modules: z
      .strictObject({
        width: side("宽 / width"),
        height: side("高 / height"),
        ...gridOf({ zh: "块模组", en: "module", ens: "modules" }),
      })
      .optional()
      .meta({
        title: "模组 / modules",
        description:
          "由多少点一块的模组串成；这里的起点、走向、蛇形说的是模组之间 / Modules of this many dots, one after the other on the wire; start, along and serpentine are of the modules",
        examples: ["{ width: 8, height: 8 }"],
      }),
  })
  .meta({
    title: "接线 / wiring",
    description: "In which order the lamps hang on their wire",
    examples: ["{ serpentine: true, order: GRB }"],
  });

export type WiringDocument = z.infer<typeof wiringSchema>;
type GridDocument = Pick<WiringDocument, "start" | "along" | "serpentine">;

/** What is left out has its usual value. */
export function toWiring(written: WiringDocument = {}): Wiring {
  const { order = "RGB", skip = 0, turned = 0, modules } = written;
  const plain = { ...toGrid(written), order, skip, turned };
  return modules ? { ...plain, modules: { ...toGrid(modules), width: modules.width, height: modules.height } } : plain;
}

function toGrid({ start = "top-left", along = "rows", serpentine = false }: GridDocument): WiredGrid {
  return { start, along, serpentine };
}

/** Whether modules fill a panel of this shape. */
export function wiringFits(
  { modules, turned = 0 }: WiringDocument,
  panel: { readonly width: number; readonly height: number },
): boolean {
  if (!modules) return true;
  const [across, down] = turned % 180 === 0 ? [panel.width, panel.height] : [panel.height, panel.width];
  return across % modules.width === 0 && down % modules.height === 0;
}
