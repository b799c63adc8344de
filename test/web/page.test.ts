/** The wall in a real browser, against an office whose every dot is known. */
import type { Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { frameAt } from "../../src/message/index.ts";
import { practiceStart, welcomeAt } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { someOf } from "../some.ts";
import {
  becomesTrue,
  boards,
  canvasOf,
  drawn,
  drawnAt,
  instantField,
  lamps,
  type Shown,
  shown,
  shownAt,
  tile,
  withFakeOffice,
  words,
} from "./browser.ts";

const program = needTool("chromium");

/** As a browser tells a page that it is covered or seen again; what B1 shows when all who were told have done what they do. */
const hide = (page: Page, hidden: boolean): Promise<Shown> =>
  page.evaluate(`(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, value: "${hidden ? "hidden" : "visible"}" });
    document.dispatchEvent(new Event("visibilitychange"));
    return boardcast.frameOf("B1");
  })()`);

describe.skipIf(program === null)("the page", () => {
  const { office, open, lit, tester } = withFakeOffice(program);

  test("shows nine boards, each with its panel in true proportion, its words and its three facts", async () => {
    const page = await open();
    expect(await page.locator("[data-board]").count()).toBe(9);
    for (const { config } of office().boards()) {
      const box = await tile(page, config.id).locator("canvas").boundingBox();
      const ratio = config.shape.width / config.shape.height;
      expect(box && Math.abs(box.width / box.height / ratio - 1), config.id).toBeLessThan(0.02);
      const said = await words(tile(page, config.id));
      for (const expected of [config.name, config.place, config.model, "应显示", "已下发", "已核对"])
        expect(said).toContain(expected);
    }
    expect(await words(page.locator(".practice"))).toBe("演练");
    expect(await page.title()).toContain("青石港办事处");
  });

  test("each tile draws, dot for dot, what frameAt says of its instant", async () => {
    const page = await open();
    for (const board of boards) {
      await drawn(page, board);
      const now = await shown(page, board);
      expect(now?.pixels, `${board} at ${now?.at}`).toBe(await lit(board, now?.at ?? 0));
    }
  });

  test("the canvas has a bright lamp where the frame has a lit dot, and a faint one elsewhere", async () => {
    const page = await open();
    await instantField(page).fill("2017-12-05 09:00:05");
    await becomesTrue(page, `boardcast.frameOf("B1")?.at === ${welcomeAt + 5000}`);
    await drawn(page, "B1");
    const [width, height] = [384, 32];
    const reds = lamps(await canvasOf(page, "B1"), width, height).map(([red = 0]) => red);
    const frame = await office().frame("B1", welcomeAt + 5000);
    const expected = Array.from({ length: width * height }, (_, dot) => {
      const [x, y] = [dot % width, Math.floor(dot / width)];
      return (((frame?.pixels[y * (width / 8) + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
    });
    expect(expected.some((on) => on)).toBe(true);
    expect(reds.map((red) => red > 200)).toEqual(expected);
    expect(reds.every((red) => red > 10)).toBe(true);
  });

  test("Chinese can be read on computers without Chinese fonts: the page brings its own, in slices", async () => {
    const page = await open();
    const loaded = () =>
      page.evaluate<string[]>(
        `[...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family.replaceAll('"', ""))`,
      );
    const wanted = await page.evaluate<string>("getComputedStyle(document.body).fontFamily");
    expect(wanted).toContain("Noto Sans SC Variable");
    expect(wanted.indexOf("Microsoft YaHei")).toBeLessThan(wanted.indexOf("Noto Sans SC Variable"));
    await page.evaluate(`document.fonts.load('16px "Noto Sans SC Variable"', "公开栏")`);
    expect(await loaded()).toContain("Noto Sans SC Variable");
  });

  test("tiles move", async () => {
    const page = await open();
    await instantField(page).fill("2017-12-05 09:00:00");
    await drawn(page, "B1");
    await page.locator(".page > .time .wide").first().click();
    const first = await shown(page, "B1");
    await becomesTrue(page, `boardcast.frameOf("B1")?.pixels !== "${first?.pixels}"`);
    const second = await shown(page, "B1");
    expect(second?.at).toBeGreaterThan(first?.at ?? 0);
    expect(second?.pixels).toBe(await lit("B1", second?.at ?? 0));
  });

  test("what stands still is not drawn again, nothing is while nobody looks, and the right frame at once when somebody does", async () => {
    const page = await open();
    const counts = () =>
      page.evaluate<string>(`JSON.stringify(${JSON.stringify(boards)}.map((id) => boardcast.drawn(id)))`);
    const frames = () => page.evaluate<number>("window.framesAsked ?? 0");
    await page.evaluate(`(() => {
      const ask = window.requestAnimationFrame;
      window.requestAnimationFrame = (turn) => {
        window.framesAsked = (window.framesAsked ?? 0) + 1;
        return ask.call(window, turn);
      };
    })()`);
    const pass = (ms: number) => page.evaluate(`new Promise((done) => setTimeout(done, ${ms}))`);
    // Default pictures, one page and another: for 4 seconds each stands.
    await instantField(page).fill("2017-12-05 09:10:00");
    await drawnAt(page, "B5", welcomeAt + 600_000);
    await drawnAt(page, "B1", welcomeAt + 600_000);
    await becomesTrue(page, `document.querySelectorAll(".waiting").length === 0`);
    await pass(800);
    const [still, asked] = [await counts(), await frames()];
    await pass(1000);
    expect(await counts()).toBe(still);
    expect((await frames()) - asked).toBeLessThanOrEqual(8);
    // A line that scrolls, a dot each 25 ms.
    await instantField(page).fill("2017-12-05 09:00:00");
    await page.getByRole("button", { name: "从这里播放" }).click();
    const moving = await counts();
    await expect.poll(counts).not.toBe(moving);
    await hide(page, true);
    const hidden = await counts();
    const before = await shown(page, "B1");
    const [quiet, clock] = [await frames(), await words(page.locator(".clock-time"))];
    await pass(1000);
    expect(await counts()).toBe(hidden);
    expect(await frames()).toBe(quiet);
    expect(await words(page.locator(".clock-time"))).toBe(clock);
    expect(await shown(page, "B1")).toEqual(before);
    // In the very turn of the event.
    const after = await hide(page, false);
    expect(after.at - (before?.at ?? 0)).toBeGreaterThanOrEqual(900);
    expect(after.pixels).toBe(await lit("B1", after.at));
  });

  test("on dense and odd screens the canvas is shown pixel for pixel, and each lamp is as large as its neighbour", async () => {
    const whole = someOf("dense screens", [[1, 1440] as const, [2, 720] as const, [3, 900] as const], 1);
    const odd = someOf("odd screens", [[1.1, 1300] as const, [1.25, 1152] as const], 1);
    for (const [deviceScaleFactor, width] of [...whole, ...odd]) {
      const page = await open("", { deviceScaleFactor, viewport: { width, height: 900 } });
      await instantField(page).fill("2017-12-05 09:00:05");
      await drawnAt(page, "B7", welcomeAt + 5000);
      const canvas = await canvasOf(page, "B7");
      const state = `${deviceScaleFactor}, ${width} wide`;
      expect(canvas.width % 192, state).toBe(0);
      expect(canvas.height / 32, state).toBe(canvas.width / 192);
      const box = await tile(page, "B7").locator("canvas").boundingBox();
      const photo = await sharp(await page.screenshot())
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      // On the pixel beside, perhaps, but on whole ones; the outermost may lie half under the frame.
      const [left, top] = [
        Math.round((box?.x ?? 0) * deviceScaleFactor),
        Math.round((box?.y ?? 0) * deviceScaleFactor),
      ];
      const near = [0, -1, 1].flatMap((y) => [0, -1, 1].map((x) => [left + x, top + y] as const));
      const isThere = near.some(([x, y]) =>
        Array.from({ length: canvas.height - 2 }, (_, row) => row + 1).every((row) => {
          const start = ((y + row) * photo.info.width + x + 1) * 4;
          const drawn = canvas.data.subarray((row * canvas.width + 1) * 4, ((row + 1) * canvas.width - 1) * 4);
          return photo.data.subarray(start, start + drawn.length).equals(drawn);
        }),
      );
      expect(isThere, state).toBe(true);
      await page.context().close();
    }
  });

  test("on the whole screen: the boards and nothing else, dot for dot; the dark switch two clicks away; Escape leaves", async () => {
    const page = await open("", { viewport: { width: 1920, height: 1080 } });
    await page.keyboard.press("Control+Alt+KeyF");
    await page.locator(".room .room-tile").nth(8).waitFor();
    await expect.poll(() => page.evaluate("document.fullscreenElement !== null")).toBe(true);
    expect(await page.locator("a:visible, .time:visible, .places:visible").count()).toBe(0);
    for (const { config } of office().boards()) {
      const { id, shape, device } = config;
      await becomesTrue(page, `boardcast.frameOf("${id}")?.message`);
      const box = await tile(page, id).locator("canvas").boundingBox();
      expect(box && box.x >= 0 && box.y >= 0 && box.x + box.width <= 1920 && box.y + box.height <= 1080, id).toBe(true);
      expect(Math.abs((box?.width ?? 0) / (box?.height ?? 1) / (shape.width / shape.height) - 1), id).toBeLessThan(
        0.02,
      );
      if (device === "led") expect((await canvasOf(page, id)).width % shape.width, id).toBe(0);
      const now = await shown(page, id);
      expect(now?.pixels, id).toBe(await lit(id, now?.at ?? 0));
      expect(await words(tile(page, id).locator(".room-caption"))).toContain(config.name);
    }
    expect(await words(page.locator(".room-bar"))).toMatch(/演练.*青石港办事处.*2017-11-06.*已连接.*紧急关屏/);
    await accessible(page, "on the whole screen");
    await page.route("**/api/v1/dark", (route) => route.fulfill({ json: { boards: [] } }));
    await page.getByRole("button", { name: "紧急关屏" }).click();
    await page.locator("dialog.dark-dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog.dark-dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "退出全屏" }).click();
    await page.locator(".room").waitFor({ state: "detached" });
    expect(await page.evaluate("document.fullscreenElement")).toBeNull();
    expect(await page.evaluate("location.hash")).toBe("");
    // Where the browser gives no screen, by its address: the window is filled.
    await page.evaluate(`location.hash = "#/wall/room"`);
    await page.locator(".room .room-tile").nth(8).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".page > .time").waitFor();
  });

  test("an instant that is not known yet is black, never another instant's picture", async () => {
    const page = await open();
    await drawn(page, "B1");
    await page.route("**/programme*", (route) => route.abort());
    await instantField(page).fill("2017-11-20 10:00:00");
    await becomesTrue(page, `boardcast.frameOf("B1") === null`);
    const brightest = lamps(await canvasOf(page, "B1"), 384, 32).reduce((most, [red = 0]) => Math.max(most, red), 0);
    expect(brightest).toBeLessThan(80);
    // The page asks again for as long as it is open, and complains each time.
    await page.context().close();
    expect(tester.complaints.splice(0).every((text) => text.includes("ERR_FAILED"))).toBe(true);
  });

  test("frames in the browser are those of the very same module here", async () => {
    const page = await open();
    const found = await office().programme("B5", practiceStart);
    if (!found) throw new Error("no B5");
    const at = practiceStart + 1_234_567;
    const here = frameAt(found.programme, (hash) => office().messages.get(hash), at);
    const there = await shownAt(page, "B5", at);
    expect(there.pixels).toBe(Buffer.from(here.pixels).toString("base64"));
  });

  test("at no width anything is cut off, on the wall or of a board large", async () => {
    // English words are the longer ones.
    const page = await open("", { viewport: { width: 320, height: 800 }, locale: "en-GB" });
    const dialog = page.getByRole("dialog");
    // A picture that moves at the largest of them is not what is tried. So narrow, the time is a line that unfolds.
    await page.locator(".page > .time > .time-fold").click();
    await instantField(page).fill("2017-12-05 09:10:00");
    for (const width of [320, ...someOf("widths", [390, 720, 1024, 1120, 1200, 1920], 2)]) {
      await page.setViewportSize({ width, height: 800 });
      await drawn(page, "B8");
      expect(await page.evaluate("document.documentElement.scrollWidth"), `${width}`).toBeLessThanOrEqual(width);
      const boxes = await page.evaluate<[id: string, left: number, right: number][]>(
        `[...document.querySelectorAll("[data-board]")].map((one) => {
          const { left, right } = one.querySelector("canvas").getBoundingClientRect();
          return [one.dataset.board, left, right];
        })`,
      );
      expect(boxes.map(([id]) => id).sort()).toEqual(boards);
      for (const [id, left, right] of boxes)
        expect(right - left > 120 && left >= 0 && right <= width, `${width} ${id}`).toBe(true);
      await tile(page, "B8").getByRole("button").click();
      await dialog.locator("tr.current").waitFor();
      const [whole = 0, seen = 0] = await dialog.evaluate((one) => [one.scrollWidth, one.clientWidth]);
      expect(whole, `${width}`).toBeLessThanOrEqual(seen);
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator("dialog").count()).toBe(0);
    }
  });
});
