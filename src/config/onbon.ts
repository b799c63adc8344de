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
      description:
        "照卡上所印，BX-6E2 写 6E；不写则问卡 / As printed on the card, BX-6E2 is 6E; left out: the card is asked",
      examples: ["6E"],
    }),
  planes: z
    .enum(["RG", "GR"])
    .optional()
    .meta({
      title: "双色顺序 / planes",
      description:
        "双色里先红还是先绿；不写是 RG，红绿反了改 GR / Which of two colours comes first; RG when left out; GR if red and green are exchanged",
      examples: ["GR"],
    }),
  rgb: z
    .enum(["888", "565"])
    .optional()
    .meta({
      title: "全彩位数 / rgb",
      description: "BX-6Q 设的是几位色；不写是 888 / What a BX-6Q is set to; 888 when left out",
      examples: ["565"],
    }),
  tails: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .meta({
      title: "帧尾个数 / tails",
      description: "结束一帧的字节发几个；不写是 2 / Of the byte that ends a frame; 2 when left out",
      examples: [1],
    }),
  brightness: z
    .union([level, z.array(level).length(48)])
    .optional()
    .meta({
      title: "亮度 / brightness",
      description:
        "0–15，全天一样，或从零点起每半小时一个，共 48 个；不写则不动卡上的设置 / 0-15, or 48 of them, one for each half hour from midnight; left out: as it is set on the card",
      examples: [7],
    }),
  speedMs: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({
      title: "滚动速度 / speed",
      description:
        "卡在最快一档移动一点要几毫秒；不写是 16 / Milliseconds that the card takes for one dot at its first step of speed; 16 when left out",
      examples: [16],
    }),
  keepsDefault: z
    .boolean()
    .optional()
    .meta({
      title: "闪存待机画面 / keeps the default picture",
      description:
        "待机画面也写进卡的闪存，每天重写一次，连不上卡时最多再显示两天；不勾则不写 / The default picture is also written to the card's flash, anew each day, and shown there for up to two days when nobody reaches the card; false when left out",
      examples: [true],
    }),
  others: z
    .enum(["told", "deleted"])
    .optional()
    .meta({
      title: "卡内其他节目 / others' programmes",
      description:
        "卡里别人写的节目：只告诉你 told，或一次删掉、不能恢复 deleted；不写是只告诉 / Programmes of others in its flash are told of, or deleted once, for good; told when left out",
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
