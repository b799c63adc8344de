/**
 * The page in Chromium 86, the oldest browser that is promised: over plain HTTP the wall draws every dot, a person goes
 * in, finds what to do, writes and sees it on a panel, and an LCD plays its board. What it does not know it complains of.
 */
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { builtProgram } from "../built.ts";
import { type FakeOffice, fakeOffice, serveOffice } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";
import {
  becomesTrue,
  boards,
  desktop,
  drawn,
  lamps,
  canvasOf,
  PageTester,
  phone,
  shown,
  tile,
  words,
} from "./browser.ts";
import { launchOldChromium } from "./chromium.ts";
import { enterAs, fitsWidth, goTo } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";

const program = needTool("chromium86");

describe.skipIf(program === null)("Chromium 86", () => {
  const tester = new PageTester(program, launchOldChromium);
  const practice = practiceOffice("old", tester);
  let office: FakeOffice;
  let served: Awaited<ReturnType<typeof serveOffice>>;
  let url: string;
  beforeAll(async () => {
    const webFolder = join(dirname(await builtProgram()), "web");
    office = await fakeOffice();
    served = await serveOffice(office, webFolder);
    ({ url } = await practice.start("2017-11-06T08:40"));
  }, 120_000);
  afterAll(async () => {
    await practice.stop();
    await served?.close();
  });
  afterEach(() => tester.settle());

  test("is the browser that is tried", async () => {
    const page = await tester.open(served.url);
    expect(await page.evaluate("navigator.userAgent")).toContain("Chrome/86.0.4240");
  });

  test("draws the wall dot for dot; a board large beside it; nothing runs out of a phone", async () => {
    const page = await tester.open(served.url);
    for (const board of boards) {
      await drawn(page, board);
      const now = await shown(page, board);
      const frame = await office.frame(board, now?.at ?? 0);
      expect(now?.pixels, board).toBe(Buffer.from(frame?.pixels ?? []).toString("base64"));
    }
    for (const { config } of office.boards()) {
      const box = await tile(page, config.id).locator("canvas").boundingBox();
      const ratio = config.shape.width / config.shape.height;
      expect(box && Math.abs(box.width / box.height / ratio - 1), config.id).toBeLessThan(0.02);
    }
    await tile(page, "B1").scrollIntoViewIfNeeded();
    // Its text scrolls: for a moment nothing is lit.
    const isBright = async () => lamps(await canvasOf(page, "B1"), 384, 32).some(([red = 0]) => red > 200);
    await expect.poll(isBright, { timeout: 15_000 }).toBe(true);
    await tile(page, "B8").getByRole("button").focus();
    // What the keyboard reached shows it, also without `:has`.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(`(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement, "::after");
      return [document.activeElement.closest("[data-board]").dataset.board, outlineStyle, outlineWidth];
    })()`);
    expect(ring).toEqual(["B8", "solid", "3px"]);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").locator("tr.current").waitFor();
    // Nothing of it lies outside of the window, whatever it was opened from.
    const box = await page.getByRole("dialog").boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= desktop.height).toBe(true);
    await page.keyboard.press("Escape");
    await page.setViewportSize(phone);
    await fitsWidth(page, "wall");
  });

  test("lets a person in, tells what is to do, and shows a draft on its panel while it is written", async () => {
    const page = await tester.open(url);
    await enterAs(page, "经办人甲");
    await goTo(page, "#/today");
    await page.locator("main h2").first().waitFor();
    await fitsWidth(page, "today");
    await goTo(page, "#/drafts");
    await page.getByRole("link", { name: "起草一条信息" }).click();
    await page.locator('[data-kind="notice"]').click();
    await page.getByLabel("标题", { exact: true }).fill("老浏览器");
    await page.getByLabel("正文").fill("也看得见每一个点。");
    await page.getByLabel(/^B1 /).check();
    await page.locator("canvas").first().waitFor();
    await page.setViewportSize(phone);
    await fitsWidth(page, "draft");
  });

  test("plays a board on an LCD", async () => {
    const page = await tester.open(`${url}/show/B4`, { viewport: { width: 1920, height: 1080 } }, undefined, "canvas");
    await becomesTrue(page, "boardcast.isWhole()");
    expect(await words(page.locator("#trouble"))).toBe("");
  });
});
