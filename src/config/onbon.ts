/** 仰邦: the driver of Onbon BX-5 and BX-6 cards as it is written in the installation file. */
import { z } from "zod";
import type { OnbonConfig } from "./types.ts";

const level = z.int().min(0).max(15);

export const onbonSchema = z.strictObject({
  kind: z.literal("onbon"),
  family: z
    .enum(["5A", "5M", "5C", "5U", "5E", "5Q", "5QS", "6M", "6U", "6W", "6E", "6Q"])
    .optional()
    .meta({
      title: "型号系列 / family",
      description: "As printed on the card, BX-6E2 is 6E; left out: the card is asked",
      examples: ["6E"],
    }),
  planes: z
    .enum(["RG", "GR"])
    .optional()
    .meta({
      title: "双色顺序 / planes",
      description: "Which of two colours comes first; RG when left out; GR if red and green are exchanged",
      examples: ["GR"],
    }),
  rgb: z
    .enum(["888", "565"])
    .optional()
    .meta({ title: "全彩位数 / rgb", description: "What a BX-6Q is set to; 888 when left out", examples: ["565"] }),
  tails: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .meta({ title: "帧尾个数 / tails", description: "Of the byte that ends a frame; 2 when left out", examples: [1] }),
  brightness: z
    .union([level, z.array(level).length(48)])
    .optional()
    .meta({
      title: "亮度 / brightness",
      description: "0-15, or 48 of them, one for each half hour from midnight; left out: as it is set on the card",
      examples: [7],
    }),
  speedMs: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({
      title: "滚动速度 / speed",
      description: "Milliseconds that the card takes for one dot at its first step of speed; 16 when left out",
      examples: [16],
    }),
  keepsDefault: z
    .boolean()
    .optional()
    .meta({
      title: "闪存待机画面 / keeps the default picture",
      description:
        "The default picture is also written to the card's flash, anew each day, and shown there for up to two days when nobody reaches the card; false when left out",
      examples: [true],
    }),
  others: z
    .enum(["told", "deleted"])
    .optional()
    .meta({
      title: "卡内其他节目 / others' programmes",
      description: "Programmes of others in its flash are told of, or deleted once, for good; told when left out",
      examples: ["deleted"],
    }),
});

export function toOnbon(driver: z.infer<typeof onbonSchema>): OnbonConfig {
  return {
    kind: "onbon",
    family: driver.family ?? null,
    planes: driver.planes ?? "RG",
    rgb: driver.rgb ?? "888",
    tails: driver.tails ?? 2,
    brightness: driver.brightness ?? null,
    speedMs: driver.speedMs ?? 16,
    keepsDefault: driver.keepsDefault ?? false,
    others: driver.others ?? "told",
  };
}
