/** 仰邦字库卡: the driver of Onbon BX-K cards, which are sent characters, as it is written in the installation file. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { DriverProblem } from "./driver.ts";
import type { BoardDocument } from "./schema.ts";
import type { CardCells, OnbonKConfig } from "./types.ts";

export const onbonKSchema = z.strictObject({
  kind: z.literal("onbon-k"),
  family: z
    .enum(["5K", "6K"])
    .optional()
    .meta({
      title: "型号系列 / family",
      description:
        "照卡上所印：BX-5K1、5K2、5MK 写 5K，BX-6K1、6K2、6K3 写 6K；不写是 6K / As printed on the card: BX-5K1, 5K2, 5MK are 5K, BX-6K1, 6K2, 6K3 are 6K; 6K when left out",
      examples: ["5K"],
    }),
  glyphs: z
    .enum(["GB2312", "GBK"])
    .optional()
    .meta({
      title: "卡内字库 / card's font",
      description:
        "卡里 16 点字库是哪种字符集，别的字显示不了；不写是 GB2312 / The character set of the card's 16-dot font: nothing else can be shown; GB2312 when left out",
      examples: ["GBK"],
    }),
  font: z
    .int()
    .min(0)
    .max(999)
    .optional()
    .meta({
      title: "字库编号 / font",
      description:
        "卡里 16 点字库的编号，第一个是 0；不写则用卡开机时的那一个 / Number of the card's 16-dot font, 0 for the first; the one that the card begins with when left out",
      examples: [0],
    }),
  brightness: z
    .int()
    .min(1)
    .max(16)
    .optional()
    .meta({
      title: "亮度 / brightness",
      description:
        "1–16，卡连上时设一次；不写则不动卡上的设置 / 1-16, set when the card connects; left as it is when left out",
      examples: [8],
    }),
});

type OnbonKDocument = z.infer<typeof onbonKSchema>;

export function toOnbonK({ kind, family, glyphs, font, brightness }: OnbonKDocument): OnbonKConfig {
  return {
    kind,
    family: family ?? "6K",
    glyphs: glyphs ?? "GB2312",
    font: font ?? null,
    brightness: brightness ?? null,
  };
}

/** A character and a half of one are so wide; what a panel has beside whole ones stays dark. */
export const cellsOf = ({ glyphs }: Pick<OnbonKConfig, "glyphs">): CardCells => ({ glyphs, sizePx: 16 });
const halfPx = 8;
const cellPx = 16;
/** At the end of each line but the last. */
const lineEndBytes = 2;

export function onbonKProblems({
  width,
  height,
  colour,
}: NonNullable<BoardDocument["panel"]>): readonly DriverProblem[] {
  const found: DriverProblem[] = [];
  if (colour === "rgb")
    found.push({
      at: ["panel", "colour"],
      what: ["字库卡没有全彩", "a font card has no full colour"],
      remedy: ["请写 colour: mono 或 dual。", "Write colour: mono, or dual."],
    });
  const rows = Math.floor(height / cellPx);
  const bytes = rows * (width / halfPx + lineEndBytes);
  if (width % halfPx !== 0 || width < cellPx || rows < 1)
    found.push({
      at: ["panel"],
      what: [
        `字库卡按 16 点的格子显示文字\uff0c这块是 ${width}x${height}`,
        `a font card shows text in cells of 16 dots, this panel is ${width}x${height}`,
      ],
      remedy: [
        "宽要是 8 的倍数\uff0c至少 16\uff1b高至少 16。",
        "Its width has to be a multiple of 8 and at least 16, its height at least 16.",
      ],
    });
  else if (bytes > limits.onbonTextBytes)
    found.push({
      at: ["panel"],
      what: [
        `一屏文字要 ${bytes} 字节\uff0c字库卡一次最多 ${limits.onbonTextBytes} 字节`,
        `a page of text needs ${bytes} bytes, and a font card takes ${limits.onbonTextBytes} at once`,
      ],
      remedy: ["更大的屏请用图文卡\uff08BX-6E\uff09。", "A larger screen needs a graphic card, such as BX-6E."],
    });
  return found;
}
