/** Warnings: their colour in light where the panel has it and in words everywhere; time to read; nothing that blinks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameBitmap } from "../../src/api/picture.ts";
import { messageFrame, pageMs, type Shape } from "../../src/message/index.ts";
import type { AlertColour, Content } from "../../src/notices/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import { readingCharactersPerSecond } from "../../src/typeset/page.ts";
import { plain, Reader, type SetOk } from "./reader.ts";
import { request, sampleRequest, sampleShapes } from "./samples.ts";

function set(shape: Shape, differences: Partial<Content>): SetOk {
  const result = typeset(request(shape, { displayKind: "emergency", ...differences }));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

const colours: readonly AlertColour[] = ["蓝", "黄", "橙", "红"];
const signal = (colour: AlertColour) => ({
  title: `暴雨${colour}色预警信号`,
  body: `青石市气象台2017年8月12日16时30分发布暴雨${colour}色预警信号。`,
});
const panels: readonly Shape[] = [
  ...sampleShapes.filter(({ width }) => width < 1000),
  { width: 64, height: 32, colour: "rgb" },
  { width: 80, height: 16, colour: "dual" },
  { width: 16, height: 16, colour: "mono" },
];

/** What the colour of the first page's first lit dot, and of its most frequent one, is. */
function mainColour({ message }: SetOk): readonly number[] {
  const frame = frameBitmap(messageFrame(message, 0, 0, 0));
  const found = new Map<string, number>();
  const { width, height, format, pixels } = frame;
  const stride = Math.ceil(width / 8);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const lit = (plane: number) =>
        (pixels[plane * stride * height + y * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7)) ? 255 : 0;
      const dot =
        format === "rgb24" ? [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)] : [lit(0), lit(1)];
      if (dot.some((value) => value > 0)) found.set(dot.join(), (found.get(dot.join()) ?? 0) + 1);
    }
  return ([...found].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "").split(",").map(Number);
}

describe("the four colours", () => {
  it.each(panels)("are each in the words of the first page, or strip, on $width x $height $colour", (shape) => {
    for (const colour of colours) {
      const made = set(shape, signal(colour));
      const reader = new Reader(`${Object.values(signal(colour)).join("")}青石港办事处2017年3月6日`);
      expect(plain(reader.pages(made)[0] ?? "")).toContain(`${colour}色预警`);
    }
  });

  it.each(panels)("are still words where only `colour` gives them, on $width x $height $colour", (shape) => {
    for (const colour of colours) {
      const alert = { msgType: "Alert", identifier: "A", references: null, colour } as const;
      const made = set(shape, { title: "暴雨预警", body: "远离河道。", alert });
      expect(plain(new Reader(`暴雨预警${colour}色远离河道。青石港办事处`).all(made))).toContain(`${colour}色预警`);
    }
  });

  it("are four colours on a full-colour bar, three on one of two: orange there is yellow with red edges", () => {
    const bars = (shape: Shape) => colours.map((colour) => mainColour(set(shape, signal(colour))).join());
    expect(new Set(bars({ width: 384, height: 192, colour: "rgb" })).size).toBe(4);
    expect(bars({ width: 160, height: 80, colour: "dual" })).toEqual(["0,255", "255,255", "255,255", "255,0"]);
    const edge = (colour: AlertColour) => {
      const { pixels } = frameBitmap(
        messageFrame(set({ width: 160, height: 80, colour: "dual" }, signal(colour)).message, 0, 0, 0),
      );
      return [pixels[0], pixels[20 * 80]];
    };
    expect([edge("黄"), edge("橙")]).toEqual([
      [255, 255],
      [255, 0],
    ]);
  });

  it("have bars that are legible: at least 4.5:1 against black (WCAG 1.4.3)", () => {
    for (const colour of colours) {
      const [r = 0, g = 0, b = 0] = mainColour(set({ width: 384, height: 192, colour: "rgb" }, signal(colour))).map(
        (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4),
      );
      expect((0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05) / 0.05).toBeGreaterThan(4.5);
    }
  });
});

describe("an end", () => {
  const over = { title: "解除暴雨橙色预警", body: "现予解除。" };

  it.each(panels)("has no bar, is said to be one, and keeps its words, on $width x $height $colour", (shape) => {
    const first = (made: SetOk) => {
      const { pixels } = messageFrame(made.message, 0, 0, 0);
      return pixels.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0) / pixels.length;
    };
    const made = set(shape, over);
    expect(plain(new Reader(`${over.title}${over.body}青石港办事处2017年3月6日`).pages(made)[0] ?? "")).toContain(
      "解除",
    );
    if (shape.height >= 32 && shape.width >= 128) expect(first(made)).toBeLessThan(first(set(shape, signal("橙"))));
  });

  it("that only the message type tells is told in words", () => {
    const alert = { msgType: "Cancel", identifier: "B", references: "A" } as const;
    const made = set({ width: 160, height: 80, colour: "dual" }, { title: "暴雨橙色预警", body: "雨已停。", alert });
    expect(made.facts[0]?.lines.join("")).toContain("预警解除");
  });
});

describe("what a title says of the signal", () => {
  const board: Shape = { width: 160, height: 80, colour: "dual" };
  const alert = { msgType: "Alert", identifier: "A", references: null } as const;
  /** An end has a frame and no bar: its first dot row is lit, its third dark at the left edge. */
  const isDrawnAsEnd = (differences: Partial<Content>) => {
    const { pixels } = frameBitmap(messageFrame(set(board, { body: "远离河道。", ...differences }).message, 0, 0, 0));
    const lit = (y: number) => (((pixels[y * 20] ?? 0) | (pixels[20 * 80 + y * 20] ?? 0)) & 0x80) !== 0;
    return lit(0) && !lit(4);
  };

  it.each([
    ["暴雨红色预警\uff1a取消一切户外活动", false],
    ["暴雨红色预警取消户外活动", false],
    ["关于取消暴雨红色预警期间集会的通知", false],
    ["暴雨红色预警信号解除前请勿外出", false],
    ["暴雨红色预警尚未解除", false],
    ["解除暴雨黄色预警\uff0c发布暴雨橙色预警", false],
    ["取消集市活动 发布高温预警", false],
    ["解除暴雨橙色预警", true],
    ["撤销地质灾害气象风险黄色预警", true],
    ["取消\u201c暴雨\u201d蓝色预警信号", true],
    ["暴雨橙色预警信号解除", true],
    ["暴雨橙色预警已解除\uff0c请注意次生灾害", true],
    ["关于暴雨预警解除的通知", true],
  ])("%s is drawn as an end: %s", (title, over) => {
    expect(isDrawnAsEnd({ title })).toBe(over);
  });

  it("does not overrule the message type, but a contradiction is told", () => {
    expect(isDrawnAsEnd({ title: "暴雨红色预警\uff1a取消一切户外活动", alert })).toBe(false);
    expect(isDrawnAsEnd({ title: "解除暴雨红色预警", alert })).toBe(false);
    expect(isDrawnAsEnd({ title: "暴雨红色预警", alert: { ...alert, msgType: "Cancel" } })).toBe(true);
    expect(set(board, { title: "解除暴雨红色预警", alert }).warnings).toEqual([
      expect.objectContaining({ en: expect.stringMatching(/make the two agree/) }),
    ]);
  });

  it.each<readonly [string, AlertColour]>([
    ["暴雨黄色预警升级为红色预警", "红"],
    ["暴雨黄色预警信号升级为暴雨橙色预警信号", "橙"],
    ["高温橙色预警变更为黄色", "黄"],
    ["由红色更新为蓝色预警", "蓝"],
    ["蓝色升级为黄色\uff0c再升级为橙色预警", "橙"],
    ["暴雨红色预警", "红"],
  ])("%s is %s", (title, colour) => {
    const rgb: Shape = { width: 384, height: 192, colour: "rgb" };
    expect(mainColour(set(rgb, { title, body: "远离河道。" }))).toEqual(mainColour(set(rgb, signal(colour))));
  });

  it("gives way to the colour that was chosen, which the signer is told", () => {
    const rgb: Shape = { width: 384, height: 192, colour: "rgb" };
    const made = set(rgb, { title: "暴雨黄色预警", body: "远离河道。", alert: { ...alert, colour: "红" } });
    expect(mainColour(made)).toEqual(mainColour(set(rgb, signal("红"))));
    expect(made.warnings).toEqual([
      expect.objectContaining({
        zh: expect.stringMatching(/标题写的是黄色.*红色/),
        en: expect.stringMatching(/yellow.*red/),
      }),
    ]);
    const agreed = set(rgb, { title: "黄色预警升级为红色预警", alert: { ...alert, colour: "红" } });
    expect(agreed.warnings).toEqual([]);
  });
});

describe("a warning", () => {
  const leds = panels.filter(({ width }) => width < 1000);

  it.each(leds)(
    "of the samples stands long enough to be read, and comes round within a minute, on $width x $height $colour",
    (shape) => {
      for (const id of ["N19", "N20"]) {
        const made = typeset(sampleRequest(id, shape));
        if (!made.ok) throw new Error(JSON.stringify(made.faults));
        for (const [index, page] of made.message.pages.entries()) {
          if (page.motion !== "hold") continue;
          expect(pageMs(page)).toBeGreaterThanOrEqual(
            ((made.facts[index]?.characters ?? 0) * 1000) / readingCharactersPerSecond,
          );
        }
        expect(made.message.durationMs).toBeLessThanOrEqual(60_000);
      }
    },
  );

  it("never blinks: pages stand, or a line moves", () => {
    fc.assert(
      fc.property(fc.constantFrom(...panels), fc.constantFrom(...colours), (shape, colour) => {
        for (const { motion, entry, exit } of set(shape, signal(colour)).message.pages)
          expect([["hold", "scroll-left"].includes(motion), entry ?? null, exit ?? null]).toEqual([true, null, null]);
      }),
      { numRuns: 30 },
    );
  });
});
