/** 控制卡: cards and signs of other makers that are asked and answer, as they are written in the installation file. */
import { z } from "zod";
import type { DriverProblem } from "./driver.ts";
import type { BoardDocument } from "./schema.ts";
import type { AlphaConfig, HuiduConfig } from "./types.ts";

/** Of a picture in an Alpha sign, dots. */
const dotsMax = { width: 255, height: 31 };

const alphaSchema = z.strictObject({
  kind: z.literal("alpha"),
  answers: z
    .boolean()
    .optional()
    .meta({
      title: "有回答 / answers",
      description:
        "屏的回传线已接、读得到回答才勾；不勾则只发不收 / The sign's return line is wired and it answers reads; false when left out: it is only spoken to",
      examples: [true],
    }),
  type: z
    .string()
    .regex(/^[!-~]$/)
    .optional()
    .meta({
      title: "屏型号字符 / sign type",
      description:
        "一个字符：BetaBrite 是 ^，215C 是 f 等；不写是 Z，即所有屏 / One character: ^ BetaBrite, f 215C ...; Z, all signs, when left out",
      examples: ["Z"],
    }),
  sign: z
    .int()
    .min(0)
    .max(255)
    .optional()
    .meta({
      title: "屏地址 / sign address",
      description: "不写是 0，即这条线上的每一块屏 / 0, every sign on the line, when left out",
      examples: [0],
    }),
  baud: z
    .int()
    .min(1200)
    .max(115_200)
    .optional()
    .meta({
      title: "串口服务器波特率 / serial server's baud rate",
      description:
        "改写在 link 的 baud 里，两处都写时以 link 为准；都不写是 9600 / Written as the link's baud now, which counts where both are written; 9600 when neither is",
      examples: [9600],
      deprecated: true,
    }),
});

const huiduSchema = z.strictObject({
  kind: z.literal("huidu"),
  expires: z
    .boolean()
    .optional()
    .meta({
      title: "到时自灭 / expires",
      description:
        "每幅画面按卡自己的时钟（playControl）到时熄灭；先在这块卡上试过再依靠它；不勾则不设 / Each picture is given its end by the card's own clock (playControl): try it on the card before relying on it; false when left out",
      examples: [true],
    }),
  picturesPerDay: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({
      title: "每日新图上限 / pictures a day",
      description:
        "一天最多往卡的闪存里存多少幅新画面；不写是 500 / New pictures that are stored in the card's flash in a day at most; 500 when left out",
      examples: [500],
    }),
  brightness: z
    .int()
    .min(1)
    .max(100)
    .optional()
    .meta({
      title: "亮度 / brightness",
      description:
        "百分数，卡连上时设一次；不写则不动卡上的设置 / Percent, set when the card connects; left as it is when left out",
      examples: [80],
    }),
});

export const cardSchemas = [alphaSchema, huiduSchema] as const;
export type CardDocument = z.infer<(typeof cardSchemas)[number]>;

export const cardLinks = {
  alpha: { links: ["serial", "tcp-out", "tcp-in"], port: 10_001 },
  huidu: { links: ["tcp-out", "tcp-in"], port: 10_001 },
} as const;

/** What serial lines have unless something is written, where that is not our own. */
export const cardSerial = { alpha: { baud: 9600, bits: "7E1" } } as const;

export function toCard(written: CardDocument): AlphaConfig | HuiduConfig {
  switch (written.kind) {
    case "alpha": {
      const { kind, answers = false, type = "Z", sign = 0, baud = 9600 } = written;
      return { kind, answers, type, sign, baud };
    }
    case "huidu": {
      const { kind, expires = false, picturesPerDay = 500, brightness = null } = written;
      return { kind, expires, picturesPerDay, brightness };
    }
  }
}

export function cardProblems(
  { kind }: CardDocument,
  { width, height, colour }: NonNullable<BoardDocument["panel"]>,
): readonly DriverProblem[] {
  if (kind !== "alpha") return [];
  const found: DriverProblem[] = [];
  if (width > dotsMax.width || height > dotsMax.height)
    found.push({
      at: ["panel"],
      what: [
        `Alpha 屏的图片最大 ${dotsMax.width}x${dotsMax.height} 点\uff0c这块是 ${width}x${height}`,
        `an Alpha sign's picture is at most ${dotsMax.width}x${dotsMax.height} dots, this one is ${width}x${height}`,
      ],
      remedy: [
        "汉字只能作为图片显示\u3002请写屏的实际点数\uff0c更大的屏请换别的控制卡。",
        "Chinese is shown as pictures only. Write the sign's own dots; a larger board needs another card.",
      ],
    });
  if (colour === "rgb")
    found.push({
      at: ["panel", "colour"],
      what: ["Alpha 屏没有全彩图片", "an Alpha sign has no full-colour pictures"],
      remedy: ["请写 colour: mono 或 dual。", "Write colour: mono, or dual."],
    });
  return found;
}
