/** What a notice asks for beyond its template: done wherever it can be, and told wherever it cannot. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ColourKind,
  emptyFrame,
  type Message,
  messageFrame,
  messageProblem,
  pageMs,
  type Shape,
} from "../../src/message/index.ts";
import type { Content, ContentMotion, DisplayKind } from "../../src/notices/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import { saidOf } from "../../src/typeset/report-words.ts";
import { boards, request, sampleContent, sampleRequest } from "./samples.ts";

const mono = (width: number, height: number): Shape => ({ width, height, colour: "mono" });

function set(shape: Shape, change: Partial<Content>) {
  const asked = request(shape, { displayKind: "slogan", body: "政务公开", ...change });
  const result = typeset(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return { ...result, asked };
}

const lit = (message: Message, elapsedMs: number) => messageFrame(message, elapsedMs, 0, 480).pixels.slice();

describe("entries and exits", () => {
  test.each([
    [16, 16, "right", 50],
    [128, 32, "right", 6],
    [384, 192, "right", 2],
    [384, 192, "down", 4],
    [1920, 1080, "right", 1],
  ] as const)("%d x %d, %s: %d ms a dot", (width, height, direction, msPerPx) => {
    const { message } = set(mono(width, height), { body: "政", motion: { entry: { name: "wipe", direction } } });
    expect(message.pages[0]?.entry).toEqual({ name: "wipe", direction, msPerPx });
    expect(message.pages[0]?.exit ?? null).toBeNull();
  });

  test("each has its usual direction", () => {
    const entries = (["wipe", "push", "reveal"] as const).map(
      (name) => set(mono(64, 32), { motion: { entry: { name } } }).message.pages[0]?.entry?.direction,
    );
    expect(entries).toEqual(["right", "left", "horizontal"]);
  });

  test("every page of a long notice has them, and stands as long as without", () => {
    const long = { displayKind: "notice", title: "通知", body: "因管道检修明天上午停水。".repeat(12) } as const;
    const plain = set(mono(128, 32), long);
    const { message, facts } = set(mono(128, 32), {
      ...long,
      motion: { entry: { name: "push" }, exit: { name: "wipe", direction: "up" } },
    });
    expect(message.pages.length).toBeGreaterThan(3);
    for (const [index, page] of message.pages.entries()) {
      expect([page.entry?.name, page.exit?.name]).toEqual(["push", "wipe"]);
      expect(page.holdMs).toBe(plain.message.pages[index]?.holdMs);
      expect(pageMs(page)).toBe(page.holdMs + 128 * 6 + 32 * 25);
    }
    expect(facts).toEqual(plain.facts);
  });

  test("a page comes out of black and is whole when it stands", () => {
    const { message } = set(mono(64, 16), { motion: { entry: { name: "push" }, exit: { name: "push" } } });
    const whole = lit(set(mono(64, 16), {}).message, 0);
    const travelMs = 64 * 13;
    expect(lit(message, 0).some((byte) => byte !== 0)).toBe(false);
    expect(lit(message, travelMs / 2)).not.toEqual(whole);
    expect(lit(message, travelMs)).toEqual(whole);
    expect(lit(message, message.durationMs - 1).some((byte) => byte !== 0)).toBe(false);
  });

  test("alternatives of one step stay equally long, and a clock's page has them too", () => {
    for (const id of ["N17", "N18"]) {
      const content = { ...sampleContent(id), motion: { entry: { name: "reveal" } } } as const;
      const result = typeset({ ...sampleRequest(id, mono(160, 48)), content });
      if (!result.ok) throw new Error("not set");
      expect(result.message.pages.every(({ entry }) => entry?.name === "reveal")).toBe(true);
      const times = new Map<number, Set<number>>();
      for (const page of result.message.pages) {
        const ofStep = times.get(page.step) ?? new Set();
        times.set(page.step, ofStep.add(pageMs(page)));
      }
      expect([...times.values()].every(({ size }) => size === 1)).toBe(true);
    }
  });

  test("of a line that moves they are not dropped in silence", () => {
    const { message, warnings } = set(mono(64, 16), {
      body: "森林防火人人有责",
      motion: { entry: { name: "wipe" } },
    });
    expect(message.pages[0]?.motion).toBe("scroll-left");
    expect(warnings).toEqual([
      { zh: "有 1 页在移动\uff0c没有进入、退出", en: "a page moves and has no entry or exit" },
    ]);
  });
});

const ways = ["scroll-left", "scroll-right", "scroll-up", "scroll-down"] as const;
const colours: readonly ColourKind[] = ["mono", "dual", "rgb"];

describe("moving", () => {
  test("property: at rest the page itself; in a loop every dot as often as any other; never two of them at once", () => {
    const cases = fc.record({
      width: fc.integer({ min: 16, max: 150 }),
      height: fc.integer({ min: 16, max: 90 }),
      colour: fc.constantFrom(...colours),
      moving: fc.constantFrom(...ways),
      displayKind: fc.constantFrom<DisplayKind>("slogan", "welcome", "default"),
      body: fc.constantFrom("政", "政务公开", "热烈欢迎\n检查组", "OK"),
    });
    let moves = 0;
    fc.assert(
      fc.property(cases, ({ moving, displayKind, body, ...shape }) => {
        const still = typeset(request(shape, { displayKind, body }));
        const result = typeset(request(shape, { displayKind, body, motion: { moving } }));
        if (!still.ok || !result.ok) throw new Error("not set");
        const [page] = result.message.pages;
        const stands = still.message.pages.length === 1 && still.message.pages[0]?.motion === "hold";
        if (!page || !stands) {
          expect(result.message.pages).toEqual(still.message.pages);
          return;
        }
        moves++;
        expect(result.warnings).toEqual(still.warnings);
        expect([page.motion, result.scrolls, page.holdMs]).toEqual([moving, true, 1500]);
        expect(messageProblem(shape, result.message.pages)).toBeNull();
        const sideways = moving === "scroll-left" || moving === "scroll-right";
        const side = sideways ? page.bitmap.width : page.bitmap.height;
        expect(result.facts).toEqual([{ ...still.facts[0], motion: moving, travelPx: side }]);
        expect(side).toBeGreaterThanOrEqual(2 * (sideways ? shape.width : shape.height));
        const whole = lit(still.message, 0);
        expect(lit(result.message, 0)).toEqual(whole);
        // One loop: what a dot of the panel shows is what the whole page has in its row or column, and no more.
        const count = litDots(shape, whole);
        let most = 0;
        let sum = 0;
        for (let dot = 0; dot < side; dot++) {
          const now = litDots(shape, lit(result.message, 1500 + dot * page.msPerPx));
          most = Math.max(most, now);
          sum += now;
        }
        expect(most).toBe(count);
        expect(sum).toBe(count * (sideways ? shape.width : shape.height));
      }),
      { numRuns: 60 },
    );
    expect(moves).toBeGreaterThan(20);
  });

  function litDots({ width, height, colour }: Shape, pixels: Uint8Array): number {
    let dots = 0;
    if (colour === "rgb") {
      for (let at = 0; at < width * height * 3; at++) dots += pixels[at] ?? 0;
      return dots;
    }
    for (const byte of pixels) for (let bits = byte; bits !== 0; bits &= bits - 1) dots++;
    return dots;
  }

  test.each(ways)("%s: two colours stay what they are", (moving) => {
    const shape = { width: 96, height: 64, colour: "dual" } as const;
    const change = { displayKind: "default", body: "公开栏\n电话 0715-1234567" } as const;
    const whole = lit(set(shape, change).message, 0);
    const [red, green] = [whole.subarray(0, whole.length / 2), whole.subarray(whole.length / 2)];
    expect(green.some((byte) => byte !== 0)).toBe(true);
    expect(green).not.toEqual(red);
    expect(lit(set(shape, { ...change, motion: { moving } }).message, 0)).toEqual(whole);
  });

  test("as fast as any line of that size", () => {
    const page = set(mono(128, 16), { motion: { moving: "scroll-left" } }).message.pages[0];
    const line = set(mono(64, 16), { body: "森林防火人人有责" }).message.pages[0];
    expect(page?.msPerPx).toBe(line?.msPerPx);
  });

  test("too long to stand, it moves as it was asked to, or says that it moves otherwise", () => {
    const body = "森林防火人人有责";
    expect(set(mono(64, 16), { body, motion: { moving: "scroll-left" } }).warnings).toEqual([]);
    const { message, warnings } = set(mono(64, 16), { body, motion: { moving: "scroll-down" } });
    expect(message.pages[0]?.motion).toBe("scroll-left");
    expect(warnings).toEqual([
      {
        zh: "放不下\uff0c已经向左滚动\uff0c没有向下滚动",
        en: "too long to stand, it moves already (scroll-left): no scroll-down",
      },
    ]);
  });

  test.each<[string, Partial<Content>, RegExp]>([
    ["pages", { body: "森林防火人人有责".repeat(6) }, /pages that stand in turn/],
    ["a clock", { displayKind: "clock", body: "{{time:HH:mm}}" }, /clock/],
    [
      "a notice",
      { displayKind: "notice", title: "", body: "停水", signature: { org: "", date: null } },
      /only slogans/,
    ],
  ])("%s: it stands as before, and says why", (_what, change, why) => {
    const plain = set(mono(96, 64), change);
    const { message, warnings } = set(mono(96, 64), { ...change, motion: { moving: "scroll-left" } });
    expect(message.hash).toBe(plain.message.hash);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.en).toMatch(why);
    expect(warnings[0]?.en).toMatch(/^[\x20-\x7e]+: no scroll-left$/);
    expect(warnings[0]?.zh).toMatch(/^\p{Script=Han}.*没有向左滚动$/u);
  });

  test("the report says that it moves, not that it does not fit", () => {
    const { asked, ...result } = set(mono(128, 32), { motion: { moving: "scroll-up" } });
    const said = saidOf(asked, result, { charactersPerSecond: 5, hasMs: null, pitchMm: null }, typeset);
    expect(said.scroll?.motion).toBe("scroll-up");
    expect(said.words.remarks.map(({ code }) => code)).toEqual([]);
    expect(said.shorter).toBeNull();
  });
});

describe("blinking", () => {
  const blink: ContentMotion = { moving: "blink" };

  test("a warning blinks once a second, for whole blinks, and at least as long as it would stand", () => {
    const change = { displayKind: "emergency", title: "暴雨红色预警", body: "远离河道" } as const;
    const still = set(mono(384, 192), change);
    const { message, facts, warnings, scrolls } = set(mono(384, 192), { ...change, motion: blink });
    const [page] = message.pages;
    expect(page).toMatchObject({ motion: "blink", msPerPx: 500 });
    expect((page?.holdMs ?? 1) % 1000).toBe(0);
    expect(page?.holdMs).toBeGreaterThanOrEqual(still.message.durationMs);
    expect([facts[0]?.motion, facts[0]?.travelPx, scrolls, warnings]).toEqual(["blink", 0, false, []]);
    expect(lit(message, 0)).toEqual(lit(still.message, 0));
    expect(lit(message, 500)).toEqual(emptyFrame(message.shape).pixels);
  });

  test("anything else may, and is told what blinking is for", () => {
    const { message, warnings } = set(mono(128, 32), { motion: blink });
    expect(message.pages[0]?.motion).toBe("blink");
    expect(warnings).toEqual([
      { zh: "闪烁是留给预警的\uff0c这不是预警", en: "blinking is kept for warnings, and this is none" },
    ]);
  });
});

test("property: whatever is asked, on any sample board the message is right or a warning says what was left out", () => {
  const motions: fc.Arbitrary<ContentMotion> = fc.oneof(
    fc.constantFrom(...ways, "blink" as const).map((moving) => ({ moving })),
    fc
      .tuple(fc.constantFrom("wipe" as const, "push" as const, "reveal" as const), fc.boolean())
      .map(([name, leaves]) => (leaves ? { entry: { name }, exit: { name } } : { entry: { name } })),
  );
  const ids = fc.constantFrom("N01", "N02", "N05", "N09", "N17", "N18", "N21", "N33");
  const small = boards.filter(({ shape }) => shape.width <= 384);
  fc.assert(
    fc.property(ids, fc.constantFrom(...small), motions, (id, { shape }, motion) => {
      const asked = sampleRequest(id, shape);
      const result = typeset({ ...asked, content: { ...asked.content, motion } });
      const plain = typeset(asked);
      if (!result.ok || !plain.ok) throw new Error("not set");
      expect(messageProblem(shape, result.message.pages)).toBeNull();
      const done = result.message.pages.every(
        ({ entry, motion: moves }) => (motion.entry && entry?.name === motion.entry.name) || moves === motion.moving,
      );
      if (!done) expect(result.warnings.length).toBeGreaterThan(plain.warnings.length);
    }),
    { numRuns: 60 },
  );
});
