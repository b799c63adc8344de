/** The page in a real browser, against an office whose every dot is known. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { frameAt } from "../../src/message/index.ts";
import type { Instant } from "../../src/message/types.ts";
import { type FakeOffice, fakeOffice, practiceStart, serveOffice, welcomeAt } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";

const program = needTool("chromium");
const boards = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9"];

interface Shown {
  readonly at: Instant;
  readonly message: string | null;
  readonly pixels: string;
}

let webFolder: string;
let browser: Browser;
let office: FakeOffice;
let served: Awaited<ReturnType<typeof serveOffice>>;
const complaints: string[] = [];

describe.skipIf(program === null)("the page", () => {
  beforeAll(async () => {
    webFolder = mkdtempSync(join(tmpdir(), "boardcast-web-"));
    await build({
      configFile: new URL("../../src/web/vite.config.ts", import.meta.url).pathname,
      logLevel: "error",
      build: { outDir: webFolder },
    });
    office = await fakeOffice();
    served = await serveOffice(office, webFolder);
    browser = await chromium.launch({
      executablePath: program ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(webFolder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  /** Whatever the browser complains of (errors, the content policy) and whatever is asked of elsewhere fails the test. */
  async function open(path = "", options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", ...options });
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!request.url().startsWith(served.url) && !request.url().startsWith("data:")) complaints.push(request.url());
    });
    await page.goto(served.url + path);
    await page.waitForSelector("[data-board]");
    return page;
  }
  const tile = (page: Page, board: string) => page.locator(`[data-board="${board}"]`);
  /** `waitForFunction` would need `eval` in the page, which its policy forbids. */
  const becomesTrue = (page: Page, expression: string) =>
    expect.poll(() => page.evaluate(`Boolean(${expression})`), { timeout: 10_000 }).toBe(true);
  const words = async (locator: Locator) => ((await locator.textContent()) ?? "").trim();
  // In words, not functions: these run in the page, whose types this file does not have.
  const shown = (page: Page, board: string): Promise<Shown | null> => page.evaluate(`boardcast.frameOf("${board}")`);
  const shownAt = (page: Page, board: string, at: Instant): Promise<Shown> =>
    page.evaluate(`boardcast.frameOfAt("${board}", ${at})`);
  /** Every canvas pixel's red value, and the canvas' width. */
  const redsOf = (page: Page, board: string): Promise<{ readonly width: number; readonly reds: readonly number[] }> =>
    page.evaluate(`(() => {
      const canvas = document.querySelector('[data-board="${board}"] canvas');
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return { width: canvas.width, reds: Array.from({ length: data.length / 4 }, (_, at) => data[at * 4]) };
    })()`);
  const lit = async (board: string, at: Instant) => {
    const frame = await office.frame(board, at);
    return Buffer.from(frame?.pixels ?? []).toString("base64");
  };
  /** Waits until the board's tile draws a message. */
  async function drawn(page: Page, board: string) {
    await tile(page, board).scrollIntoViewIfNeeded();
    await becomesTrue(page, `boardcast.frameOf("${board}")?.message`);
  }
  const goTo = (page: Page, instant: string) => page.locator(".page > .time .instant").fill(instant);

  test("shows nine boards, each with its panel in true proportion, its words and its three facts", async () => {
    const page = await open();
    expect(await page.locator("[data-board]").count()).toBe(9);
    for (const { config } of office.boards()) {
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
      for (let look = 0; look < 3; look++) {
        const now = await shown(page, board);
        expect(now?.pixels, `${board} at ${now?.at}`).toBe(await lit(board, now?.at ?? 0));
        await page.waitForTimeout(40);
      }
    }
    const other = practiceStart + 5_432_100;
    for (const board of boards) {
      const frame = await shownAt(page, board, other);
      expect(frame.pixels, board).toBe(await lit(board, other));
    }
  });

  test("the canvas has a bright lamp where the frame has a lit dot, and a faint one elsewhere", async () => {
    const page = await open();
    await goTo(page, "2017-12-05T09:00:05");
    await becomesTrue(page, `boardcast.frameOf("B1")?.at === ${welcomeAt + 5000}`);
    await drawn(page, "B1");
    const canvas = await redsOf(page, "B1");
    const [width, height] = [384, 32];
    const cell = canvas.width / width;
    const lamps = Array.from({ length: width * height }, (_, dot) => {
      const x = Math.floor(((dot % width) + 0.5) * cell);
      const y = Math.floor((Math.floor(dot / width) + 0.5) * cell);
      return canvas.reds[y * canvas.width + x] ?? 0;
    });
    const frame = await office.frame("B1", welcomeAt + 5000);
    const expected = Array.from({ length: width * height }, (_, dot) => {
      const [x, y] = [dot % width, Math.floor(dot / width)];
      return (((frame?.pixels[y * (width / 8) + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
    });
    expect(expected.some((on) => on)).toBe(true);
    expect(lamps.map((red) => red > 200)).toEqual(expected);
    expect(lamps.every((red) => red > 10)).toBe(true);
  });

  test("all of its script is at most 150 KB on the wire, and nothing in it is fetched from elsewhere", () => {
    const folder = join(webFolder, "assets");
    const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0);
    expect(bytes).toBeLessThan(150 * 1024);
    expect(readFileSync(join(webFolder, "index.html"), "utf8")).not.toMatch(/https?:|style=|<style|<script>/);
  });

  test("tiles move", async () => {
    const page = await open();
    await goTo(page, "2017-12-05T09:00:00");
    await drawn(page, "B1");
    await page.locator(".page > .time .wide").first().click();
    const first = await shown(page, "B1");
    await becomesTrue(page, `boardcast.frameOf("B1")?.pixels !== "${first?.pixels}"`);
    const second = await shown(page, "B1");
    expect(second?.at).toBeGreaterThan(first?.at ?? 0);
    expect(second?.pixels).toBe(await lit("B1", second?.at ?? 0));
  });

  test("the time control shows 2017-12-05 09:00: the welcome on B1, no facts of now, and a way back", async () => {
    const page = await open();
    await goTo(page, "2017-12-05T09:00:00");
    await tile(page, "B1").locator(".playing", { hasText: "欢迎词" }).waitFor();
    await drawn(page, "B1");
    const frame = await shown(page, "B1");
    expect(frame?.at).toBe(welcomeAt);
    expect(frame?.pixels).toBe(await lit("B1", welcomeAt));
    expect(await words(page.locator(".elsewhen"))).toMatch(/2017-12-05 周二 09:00:00.*不是现在/s);
    expect(await page.locator("[data-fact]").count()).toBe(0);
    for (const board of boards) {
      await drawn(page, board);
      expect((await shown(page, board))?.pixels, board).toBe(await lit(board, welcomeAt));
    }
    await page.locator(".elsewhen button").click();
    await page.waitForSelector('[data-board="B1"] [data-fact="confirmed"]');
    expect(await page.locator(".elsewhen").count()).toBe(0);
    await becomesTrue(page, `boardcast.frameOf("B1")?.at < ${welcomeAt}`);
  });

  test("an instant that is not known yet is black, never another instant's picture", async () => {
    const page = await open();
    await drawn(page, "B1");
    await page.route("**/programme*", (route) => route.abort());
    await goTo(page, "2017-11-20T10:00:00");
    await becomesTrue(page, `boardcast.frameOf("B1") === null`);
    const brightest = (await redsOf(page, "B1")).reds.reduce((most, red) => Math.max(most, red));
    expect(brightest).toBeLessThan(80);
    complaints.length = 0;
  });

  test("slider and steps by keyboard", async () => {
    const page = await open();
    const slider = page.locator('.page > .time input[type="range"]');
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    const field = page.locator(".page > .time .instant");
    expect(await field.inputValue()).toMatch(/^2017-11-06T08:3\d(:00)?$/);
    await page.getByRole("button", { name: "晚 1 小时" }).press("Enter");
    expect(await field.inputValue()).toMatch(/^2017-11-06T09:3\d(:00)?$/);
    await page.getByRole("button", { name: "前一天" }).press("Enter");
    expect(await field.inputValue()).toMatch(/^2017-11-05T09:3\d(:00)?$/);
  });

  test("Enter on a tile opens the board large with its day and the reasons; Escape comes back to the tile", async () => {
    const page = await open();
    const opener = tile(page, "B2").getByRole("button");
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(page.url()).toContain("#/board/B2");
    await dialog.locator("tbody tr.current").waitFor();
    await dialog.locator(".reason.shown").waitFor();
    expect(await words(dialog)).toContain("2017-11-06 周一 的播放安排");
    expect((await dialog.locator("canvas").boundingBox())?.width).toBeGreaterThan(500);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(page.url()).not.toContain("#/board");
    expect(await page.evaluate("document.activeElement.closest('[data-board]')?.dataset.board")).toBe("B2");
    await page.goto(`${served.url}#/board/B5`);
    await page.getByRole("dialog", { name: "B5" }).waitFor();
  });

  test("English is one click away, whole, and remembered", async () => {
    const page = await open();
    await page.getByRole("button", { name: "English" }).click();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.locator(".practice", { hasText: "PRACTICE" }).waitFor();
    expect(await words(page.locator(".facts").first())).toMatch(/Intended.*Sent.*Confirmed/s);
    // What is left in Chinese comes from the office: names, places, titles.
    const chrome = await page
      .locator(".header .practice, .link, .time, .facts, .line-note, .playing-when strong, .playing-why")
      .allTextContents();
    expect(chrome.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    await page.reload();
    await page.waitForSelector(".practice");
    expect(await words(page.locator(".practice"))).toBe("PRACTICE");
    const english = await open("", { locale: "en-GB" });
    expect(await words(english.locator(".practice"))).toBe("PRACTICE");
  });

  test("facts say what is known: disagreement, age and faults, with a remedy", async () => {
    const page = await open();
    const healthy = office.boards().find(({ config }) => config.id === "B7")?.facts;
    if (!healthy) throw new Error("no B7");
    const confirmed = tile(page, "B7").locator('[data-fact="confirmed"]');
    await tile(page, "B7").locator('[data-state="same"]').waitFor();
    const now = office.now();
    const fault = { code: "link/no-answer", board: "B7", where: "tcp 127.0.0.1:40107", label: "STATUS" } as const;
    office.setFacts("B7", {
      ...healthy,
      confirmed: { message: "0".repeat(64), notice: "N99", at: now },
      faults: [{ fault, at: now }],
      link: "down",
    });
    await tile(page, "B7").locator('[data-state="different"]').waitFor();
    expect(await words(confirmed)).toMatch(/✕.*不一致.*N99/s);
    expect(await words(tile(page, "B7").locator(".faults"))).toMatch(/没有回答.*怎么办.*请看电源/s);
    expect(await words(tile(page, "B7").locator(".line-note"))).toContain("线路断");
    office.setFacts("B7", { ...healthy, confirmed: { message: "0".repeat(64), notice: "N99", at: now - 60_000 } });
    await tile(page, "B7").locator('[data-state="stale"]').waitFor();
    expect(await words(confirmed)).toMatch(/已过时.*6\d 秒前/s);
    office.setFacts("B7", undefined);
    await tile(page, "B7").locator('[data-state="same"]').waitFor();
  });

  test("a step of the daemon's clock is followed at once", async () => {
    const page = await open();
    await drawn(page, "B1");
    office.step(3 * 86_400_000);
    await page.locator(".clock", { hasText: "2017-11-09" }).waitFor();
    office.step(-3 * 86_400_000);
    await page.locator(".clock", { hasText: "2017-11-06" }).waitFor();
  });

  test("without the daemon the page says so, plays on, and comes back by itself", async () => {
    const own = await serveOffice(office, webFolder);
    const page = await (
      await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" })
    ).newPage();
    await page.goto(own.url);
    await drawn(page, "B1");
    await own.close();
    await page.waitForSelector(".link-lost");
    const before = await shown(page, "B1");
    await becomesTrue(page, `boardcast.frameOf("B1")?.at > ${before?.at}`);
    const port = Number(new URL(own.url).port);
    const again = await serveOffice(office, webFolder, port);
    await page.waitForSelector(".link-open");
    await page.close();
    await again.close();
  });

  test("on a phone nothing is cut off", async () => {
    const page = await open("", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
    await drawn(page, "B8");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    for (const { config } of office.boards()) {
      const box = await tile(page, config.id).locator("canvas").boundingBox();
      expect(box && box.width > 120 && box.x >= 0 && box.x + box.width <= 390, config.id).toBe(true);
    }
    await tile(page, "B8").getByRole("button").click();
    await page.getByRole("dialog").waitFor();
    expect(await page.evaluate("document.querySelector('dialog').scrollWidth")).toBeLessThanOrEqual(390);
  });

  test("frames in the browser are those of the very same module here", async () => {
    const page = await open();
    const found = await office.programme("B5", practiceStart);
    if (!found) throw new Error("no B5");
    const at = practiceStart + 1_234_567;
    const here = frameAt(found.programme, (hash) => office.messages.get(hash), at);
    const there = await shownAt(page, "B5", at);
    expect(there.pixels).toBe(Buffer.from(here.pixels).toString("base64"));
  });
});
