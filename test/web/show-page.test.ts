/**
 * LCD screens in a browser, with the practice office behind them: the canvas is the frame, dot for dot, and so says the
 * daemon; killed, it is missed by nobody until something has to leave, which leaves on time; back, it is found again.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BoardJson, boardsOf, killAll, startDaemonProcess, until } from "../daemon/processes.ts";
import { builtProgram } from "../built.ts";
import { needTool } from "../tools.ts";
import { becomesTrue, PageTester } from "./browser.ts";
import { practiceOffice } from "./practice-office.ts";

const program = needTool("chromium");
const minute = 60_000;
/** N25 has its slot on B4 until then, and is on at its end; N14 goes on. */
const slotEnd = Date.parse("2017-11-06T08:53:00+08:00");
const twoFrames = 40;
const landscape = { width: 1920, height: 1080 };
const portrait = { width: 1080, height: 1920 };

describe.skipIf(program === null)("an LCD's page", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("show", tester);
  let url: string;
  beforeAll(async () => {
    ({ url } = await office.start("2017-11-06T08:40"));
  }, 120_000);
  afterAll(() => office.stop());

  const open = (board: string, viewport: typeof landscape) =>
    tester.open(`${url}/show/${board}`, { viewport }, (page) => page.clock.install(), "canvas");
  /** SHA-256 of red, green, blue, dot by dot, of what stands on the canvas. */
  const canvasOf = (page: Page): Promise<string> =>
    page.evaluate(`(async () => {
      const canvas = document.querySelector("canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const dots = data.filter((_, at) => at % 4 !== 3);
      const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", dots));
      return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
    })()`);
  const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
  const frameOf = async (board: string, at: number): Promise<string> => {
    const png = await fetch(`${url}/api/v1/boards/${board}/frame.png?at=${at}`);
    return sha(
      await sharp(Buffer.from(await png.arrayBuffer()))
        .removeAlpha()
        .raw()
        .toBuffer(),
    );
  };
  const black = ({ width, height }: typeof landscape) => sha(new Uint8Array(width * height * 3));
  const now = (page: Page): Promise<number> => page.evaluate("boardcast.now()");
  /** The page's own time goes there: the last moments frame by frame. */
  const goTo = async (page: Page, at: number) => {
    const far = at - 500 - (await now(page));
    if (far > 0) await page.clock.fastForward(far);
    await page.clock.runFor(at - (await now(page)));
  };
  const board = async (id: string, holds: (one: BoardJson) => boolean) =>
    until(id, async () => (await boardsOf(url)).find((one) => one.id === id) as BoardJson, holds);
  const isConfirmed = ({ confirmed, intended }: BoardJson) => confirmed?.message === intended.message;

  test("is its board, dot for dot, upright too; read back; dark at once, and so confirmed", async () => {
    const page = await open("B8", portrait);
    await board("B8", isConfirmed);
    await page.clock.pauseAt(await page.evaluate("Date.now() + 1000"));
    expect(await canvasOf(page)).toBe(await frameOf("B8", await now(page)));
    const place = await page.locator("canvas").boundingBox();
    expect(place).toEqual({ x: 0, y: 0, ...portrait });
    expect(await page.locator("#trouble").isVisible()).toBe(false);
    await page.clock.resume();

    const { key } = JSON.parse(readFileSync(join(office.data, "daemon.json"), "utf8")) as { key: string };
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const body = JSON.stringify({ boards: ["B8"], reason: "演练" });
    await fetch(`${url}/api/v1/dark`, { method: "POST", headers, body });
    const dark = await until(
      "confirmed dark",
      async () => (await (await fetch(`${url}/api/v1/dark`)).json()) as { boards: { id: string; state: string }[] },
      ({ boards }) => boards.some(({ id, state }) => id === "B8" && state === "confirmed"),
    );
    expect(dark.boards).toHaveLength(1);
    expect(await canvasOf(page)).toBe(black(portrait));
  }, 60_000);

  test("goes on without the daemon, lets go on time, is black when its programme is over, and recovers by itself", async () => {
    const page = await open("B4", landscape);
    await board("B4", isConfirmed);
    await becomesTrue(page, "boardcast.isWhole()");
    const [before, after] = await Promise.all([frameOf("B4", slotEnd - 100), frameOf("B4", slotEnd + twoFrames)]);
    expect(before).not.toBe(after);
    await killAll();
    await page.clock.pauseAt(await page.evaluate("Date.now() + 1000"));
    await goTo(page, slotEnd - 100);
    expect(await canvasOf(page)).toBe(before);
    await goTo(page, slotEnd + twoFrames);
    expect(await canvasOf(page)).toBe(after);
    expect(await page.locator("#trouble").textContent()).toMatch(/^与主机断开 \d+ 分钟 · 内容截至 11-06 08:4\d$/);

    await page.clock.fastForward(125 * minute);
    await page.clock.runFor(500);
    expect(await canvasOf(page)).toBe(black(landscape));
    expect(await page.locator("#trouble").textContent()).toContain("内容已到期");

    const port = new URL(url).port;
    await startDaemonProcess(await builtProgram(), "--practice", "--data", office.data, "--port", port);
    await page.clock.resume();
    await board("B4", isConfirmed);
    await page.locator("#trouble").waitFor({ state: "hidden" });
    expect(await canvasOf(page)).not.toBe(black(landscape));
    // What was refused while nobody was there.
    tester.complaints.splice(0);
  }, 90_000);
});
