/**
 * `npm run screenshot`: builds the program, starts it in practice mode, and takes the README's pictures of it with
 * Chromium: fixtures/pictures/wall.png (all nine boards, Chinese) and board.png (one large at another instant, English).
 * The pictures are what the browser drew, touched by nobody.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { killAll, startDaemonProcess } from "../daemon/processes.ts";
import { needTool } from "../tools.ts";
import { launchChromium } from "./chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pictures = join(root, "fixtures/pictures");
const bytesMax = 600_000;
/** Every panel has confirmed, some for a while: the pictures are to show that ages are told. */
const settleMs = 45_000;

const program = needTool("chromium");
if (program === null) process.exit(1);
const scratch = mkdtempSync(join(tmpdir(), "boardcast-screenshot-"));
// Below the project, so that the program finds its packages.
mkdirSync(join(root, "test/.out"), { recursive: true });
const built = mkdtempSync(join(root, "test/.out/screenshot-"));
try {
  execFileSync(process.execPath, [join(root, "src/cli/build.mjs"), join(built, "dist")], { stdio: "inherit" });
  const boardcast = join(built, "dist/boardcast.js");
  const { url } = await startDaemonProcess(boardcast, "--practice", "--data", join(scratch, "data"));
  await takePictures(program, url);
} finally {
  await killAll();
  rmSync(scratch, { recursive: true, force: true });
  rmSync(built, { recursive: true, force: true });
}

async function takePictures(chromium: string, url: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const browser = await launchChromium(chromium);
  try {
    const size = { width: 1440, height: 900 };
    const wall = await browser.newPage({ viewport: size, locale: "zh-CN" });
    // Whoever reads the pictures has not to be shown around.
    const toured = 'localStorage.setItem("boardcast.tour", JSON.stringify({ state: "asked", step: 0, case: null }))';
    await wall.addInitScript(toured);
    await wall.goto(url);
    await wall.waitForSelector('[data-board="B6"] [data-state="same"]');
    await wall.waitForTimeout(settleMs);
    await save(wall, "wall.png", true);
    const board = await browser.newPage({ viewport: size, locale: "en-GB" });
    await board.addInitScript(toured);
    await board.goto(`${url}/#/board/B1`);
    await board.locator("dialog .instant").fill("2017-12-05 09:00:03");
    await board.locator("dialog .instant").blur();
    await board.locator("dialog .playing-title", { hasText: "N15" }).waitFor();
    await board.locator("dialog tr.current").waitFor();
    await board.waitForTimeout(1000);
    await save(board, "board.png", false);
  } finally {
    await browser.close();
  }
}

async function save(page: Page, name: string, whole: boolean): Promise<void> {
  const path = join(pictures, name);
  await page.screenshot({ path, fullPage: whole });
  const { size } = statSync(path);
  if (size > bytesMax) throw new Error(`${name}: ${size} bytes; at most ${bytesMax}`);
  console.log(`fixtures/pictures/${name}: ${size} bytes`);
}
