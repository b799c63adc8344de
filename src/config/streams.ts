/** 像素流: the drivers that send lamps their colours over and over, as they are written in the installation file. */
import { z } from "zod";
import type { DriverProblem } from "./driver.ts";
import type { DriverConfig, StreamConfig } from "./types.ts";
import { toWiring, wiringFits, wiringSchema } from "./wiring.ts";

const common = {
  wiring: wiringSchema.optional(),
  keeps: z
    .boolean()
    .optional()
    .meta({
      title: "断流保持 / keeps",
      description:
        "数据断了，卡仍停在最后一幅才勾；不勾表示断了就黑 / The card keeps its last picture when nothing comes any more; false when left out: it goes dark",
      examples: [true],
    }),
};
const lampsPerUniverse = z
  .int()
  .min(1)
  .max(170)
  .optional()
  .meta({
    title: "每域灯珠数 / lamps per universe",
    description: "不写是 170；四色灯珠是 128 / 170 when left out, 128 where lamps have four colours",
    examples: [170],
  });
const universe131 = z
  .int()
  .min(1)
  .max(63_999)
  .optional()
  .meta({ title: "起始域 / first universe", description: "不写是 1 / 1 when left out", examples: [1] });

/** Of Art-Net's three-part address. */
const part = (title: string, max: number) =>
  z
    .int()
    .min(0)
    .max(max)
    .optional()
    .meta({ title, description: `0–${max}；不写是 0 / 0-${max}; 0 when left out`, examples: [0] });

export const streamSchemas = [
  z.strictObject({ kind: z.literal("ddp"), ...common }),
  z.strictObject({
    kind: z.literal("e131"),
    universe: universe131,
    lampsPerUniverse,
    priority: z
      .int()
      .min(0)
      .max(200)
      .optional()
      .meta({
        title: "优先级 / priority",
        description:
          "几家同时发，卡听最高的；不写是 100 / Of several senders the card obeys the highest; 100 when left out",
        examples: [100],
      }),
    sync: universe131.meta({
      title: "同步域 / sync universe",
      description:
        "各域一起换画面，在这个域上通知；不写则各自随到随换。不是每种卡都会 / All universes change together, told on this one; at once when left out. Not all cards can",
      examples: [7000],
    }),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("artnet"),
    net: part("网 / net", 127),
    subnet: part("子网 / sub-net", 15),
    universe: part("起始域 / first universe", 15),
    lampsPerUniverse,
    sync: z
      .boolean()
      .optional()
      .meta({
        title: "同步 / sync",
        description:
          "各域用 ArtSync 一起换画面；不勾则各自随到随换。不是每种卡都会 / All universes change together, by ArtSync; false when left out. Not all cards can",
        examples: [true],
      }),
    ...common,
  }),
  z.strictObject({ kind: z.literal("adalight"), ...common }),
  z.strictObject({ kind: z.literal("tpm2"), ...common }),
  z.strictObject({ kind: z.literal("tpm2net"), ...common }),
] as const;

type StreamDocument = z.infer<(typeof streamSchemas)[number]>;

export const streamLinks = {
  ddp: { links: ["udp"], port: 4048 },
  e131: { links: ["udp"], port: 5568 },
  artnet: { links: ["udp"], port: 6454 },
  adalight: { links: ["serial"], port: null },
  tpm2: { links: ["serial"], port: null },
  tpm2net: { links: ["udp"], port: 65_506 },
} as const;

/** Of all drivers as they are written, one of these. */
export function isStream(driver: { readonly kind: string }): driver is StreamDocument {
  return driver.kind in streamLinks;
}

/** What is left out has its usual value. */
export function toStream(driver: StreamDocument): StreamConfig {
  const wiring = toWiring(driver.wiring);
  const stream = { wiring, keeps: driver.keeps ?? false };
  const usual = Math.floor(512 / wiring.order.length);
  switch (driver.kind) {
    case "e131": {
      const { kind, universe = 1, lampsPerUniverse = usual, priority = 100, sync = null } = driver;
      return { kind, universe, lampsPerUniverse, priority, sync, ...stream };
    }
    case "artnet": {
      const { kind, net = 0, subnet = 0, universe = 0, lampsPerUniverse = usual, sync = false } = driver;
      return { kind, universe: net * 256 + subnet * 16 + universe, lampsPerUniverse, sync, ...stream };
    }
    case "ddp":
    case "adalight":
    case "tpm2":
    case "tpm2net":
      return { kind: driver.kind, ...stream };
  }
}

export type Universes = readonly [first: number, last: number];

/** Of a driver that has some: as many as its lamps take. */
export function universesOf(
  driver: DriverConfig,
  panel: { readonly width: number; readonly height: number },
): Universes | null {
  if (driver.kind !== "e131" && driver.kind !== "artnet") return null;
  const lamps = driver.wiring.skip + panel.width * panel.height;
  return [driver.universe, driver.universe + Math.ceil(lamps / driver.lampsPerUniverse) - 1];
}

/** What each can address: lamps of one sender, and the last universe. */
const most = {
  lamps: { adalight: 65_536, tpm2: 21_845, tpm2net: 255 * 480 },
  universe: { e131: 63_999, artnet: 32_767 },
} as const;

/** What of a stream does not go with its panel. */
export function streamProblems(
  document: StreamDocument,
  panel: { readonly width: number; readonly height: number },
): readonly DriverProblem[] {
  const found: DriverProblem[] = [];
  const { wiring = {} } = document;
  if (wiring.modules && !wiringFits(wiring, panel)) {
    const { width, height } = wiring.modules;
    const [what, of] = [`${width}x${height}`, `${panel.width}x${panel.height}`];
    found.push({
      at: ["driver", "wiring", "modules"],
      what: [`${what} 的模组拼不满 ${of} 的屏`, `modules of ${what} do not fill a panel of ${of}`],
      remedy: [
        "屏的宽和高应是模组的整数倍\uff1b turned 90 或 270 时宽高对调。",
        "The panel's sides are whole multiples of the module's; with turned 90 or 270 they change places.",
      ],
    });
  }
  const driver = toStream(document);
  const { order, skip } = driver.wiring;
  const lamps = skip + panel.width * panel.height;
  if (driver.kind === "e131" || driver.kind === "artnet") {
    if (driver.lampsPerUniverse * order.length > 512)
      found.push({
        at: ["driver", "lampsPerUniverse"],
        what: [
          `一个域 512 个通道\uff0c放不下 ${driver.lampsPerUniverse} 个 ${order} 灯珠`,
          `a universe has 512 channels, too few for ${driver.lampsPerUniverse} lamps of ${order}`,
        ],
        remedy: [`请写不超过 ${Math.floor(512 / order.length)}。`, `Write ${Math.floor(512 / order.length)} or less.`],
      });
    const last = universesOf(driver, panel)?.[1] ?? 0;
    if (last > most.universe[driver.kind])
      found.push({
        at: ["driver", "universe"],
        what: [`最后一个域是 ${last}\uff0c超出协议`, `the last universe would be ${last}, which the protocol has not`],
        remedy: [
          `最后一个域不超过 ${most.universe[driver.kind]}\uff1a请改小起始域。`,
          `The last one is at most ${most.universe[driver.kind]}: begin with a lower one.`,
        ],
      });
  }
  if (driver.kind === "adalight" || driver.kind === "tpm2" || driver.kind === "tpm2net") {
    if (order.length !== 3)
      found.push({
        at: ["driver", "wiring", "order"],
        what: [`${driver.kind} 只有三色灯珠`, `${driver.kind} has lamps of three colours only`],
        remedy: ["请写 RGB 或其他三色顺序。", "Write RGB or another order of three."],
      });
    if (lamps > most.lamps[driver.kind])
      found.push({
        at: ["driver", "kind"],
        what: [
          `${driver.kind} 最多 ${most.lamps[driver.kind]} 个灯珠\uff0c此屏 ${lamps} 个`,
          `${driver.kind} has at most ${most.lamps[driver.kind]} lamps, and this panel ${lamps}`,
        ],
        remedy: ["请改用 ddp、e131 或 artnet。", "Use ddp, e131 or artnet."],
      });
  }
  return found;
}
