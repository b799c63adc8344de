/** The wall in a real browser, against an office whose every dot is known. */
import { describe, expect, test } from "vitest";
import { frameAt } from "../../src/message/index.ts";
import { practiceStart, welcomeAt } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";
import {
  becomesTrue,
  boards,
  canvasOf,
  drawn,
  instantField,
  lamps,
  shown,
  shownAt,
  tile,
  withFakeOffice,
  words,
} from "./browser.ts";

const program = needTool("chromium");

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
    for (const width of [320, 390, 720, 1024, 1120, 1200, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await drawn(page, "B8");
      expect(await page.evaluate("document.documentElement.scrollWidth"), `${width}`).toBeLessThanOrEqual(width);
      for (const { config } of office().boards()) {
        const box = await tile(page, config.id).locator("canvas").boundingBox();
        expect(box && box.width > 120 && box.x >= 0 && box.x + box.width <= width, `${width} ${config.id}`).toBe(true);
      }
      await tile(page, "B8").getByRole("button").click();
      await dialog.locator("tr.current").waitFor();
      const [whole = 0, seen = 0] = await dialog.evaluate((one) => [one.scrollWidth, one.clientWidth]);
      expect(whole, `${width}`).toBeLessThanOrEqual(seen);
      await page.keyboard.press("Escape");
      await expect.poll(() => page.locator("dialog").count()).toBe(0);
    }
  });
});
