/**
 * What the wall costs the computer that it is open on: Chromium's processor time a second, with nine boards that all
 * scroll on the whole of a usual and of a dense screen; with nine of which most stand; and in a window that nobody sees. Told by the browser
 * itself (`SystemInfo.getProcessInfo`): its page's process, and all of it, drawing included, without a graphics card.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, CDPSession, Page } from "playwright-core";
import type { FakeOffice } from "../test/preview/fake-office.ts";
import { fakeOffice, serveOffice } from "../test/preview/fake-office.ts";
import { builtProgram } from "../test/built.ts";
import { needTool } from "../test/tools.ts";
import { launchChromium } from "../test/web/chromium.ts";
import type { Bench, Contender, Gate, Sizes } from "./harness.ts";
import { scrollingOffice } from "./peers/wall-office.ts";

interface View {
  readonly name: string;
  readonly office: FakeOffice;
  readonly density: number;
  /** All nine at once, on a control room's screen. */
  readonly whole?: boolean;
  /** Another tab lies over it. */
  readonly hidden?: boolean;
}

interface Watched {
  readonly page: Page;
  readonly session: CDPSession;
  readonly browser: Browser;
}

/** The page's drawing, looked at for so long at a time. */
interface Costs {
  /** ms a second of all the browser's processes. */
  all: number;
  /** Frames a second of the liveliest board. */
  frames: number;
}

const size = { width: 1440, height: 900 };
const screenSize = { width: 1920, height: 1080 };
/** Of a page that has just been uncovered: fonts, the first pictures. ms */
const settleMs = 1500;

/** What a browser takes to show nine canvases of the wall's sizes, a dot of each changed 50 times a second. */
const bare = "nine canvases, a dot each";

const open: (() => Promise<unknown>)[] = [];
/** For whoever goes on afterwards: browsers and servers end. */
export async function close(): Promise<void> {
  for (const end of open.splice(0)) await end();
}

export async function benches({ many }: Sizes): Promise<readonly Bench[]> {
  const program = needTool("chromium");
  if (program === null) return [];
  process.env.BOARDCAST_TEST_BUILD ??= fileURLToPath(new URL(`.out/run-${process.pid}`, import.meta.url));
  const lookMs = many < 500 ? 200 : 2000;
  const webFolder = join(dirname(await builtProgram()), "web");
  const [lively, usual] = [await scrollingOffice(), await fakeOffice()];
  const views: readonly View[] = [
    { name: "a usual half hour", office: usual, density: 1 },
    { name: "nine scroll", office: lively, density: 1, whole: true },
    { name: "nine scroll, 2x", office: lively, density: 2, whole: true },
    { name: "nine scroll, hidden", office: lively, density: 1, hidden: true },
  ];
  const costs = new Map<string, Costs>();
  const contender = (name: string, watched: Watched, hidden: boolean): Contender => ({
    name,
    perRun: 1,
    async measured(runs) {
      await show(watched, !hidden);
      await watched.page.waitForTimeout(many < 500 ? 0 : settleMs);
      const before = await told(watched);
      await watched.page.waitForTimeout(lookMs * runs);
      const after = await told(watched);
      await show(watched, false);
      const seconds = (lookMs * runs) / 1000;
      const frames = (after.frames - before.frames) / seconds;
      costs.set(name, { all: (after.all - before.all) / seconds, frames });
      return ((after.page - before.page) / seconds) * runs;
    },
  });
  const wall = async (office: FakeOffice, density: number, whole: boolean): Promise<Watched> => {
    const { url, close: endServer } = await serveOffice(office, webFolder);
    open.push(endServer);
    const watched = await watch(program, whole ? `${url}#/wall/room` : url, density, whole);
    await watched.page.waitForSelector(`[data-board="${office.boards()[0]?.config.id}"] canvas[height]`);
    return watched;
  };
  const contenders: Contender[] = [];
  let first: Watched | null = null;
  for (const { name, office, density, whole = false, hidden = false } of views) {
    // Run small, one wall stands for all.
    const watched: Watched = first !== null && many < 500 ? first : await wall(office, density, whole);
    first ??= watched;
    contenders.push(contender(name, watched, hidden));
  }
  const empty = await watch(program, "about:blank", 1);
  await empty.page.evaluate(bareCanvases);
  contenders.push(contender(bare, empty, false));
  const figure = (what: keyof Costs, name: string): Gate => ({
    name: `${what === "all" ? "all of the browser, ms a second" : "frames a second of B1"}: ${name}`,
    value: () => costs.get(name)?.[what] ?? Number.NaN,
  });
  return [
    {
      name: "the open wall, processor time a second of its page",
      unit: "ms",
      // 3.5 s a sample, of five contenders.
      rounds: 5,
      contenders,
      gates: [
        { name: "L: nine scroll / nine canvases", ratioOf: ["nine scroll", bare], atMost: 3 },
        { name: "L: a usual half hour / nine canvases", ratioOf: ["a usual half hour", bare], atMost: 2 },
        { name: "L: hidden / nine canvases", ratioOf: ["nine scroll, hidden", bare], atMost: 0.4 },
        ...views.map(({ name }) => figure("all", name)),
        ...["nine scroll", "nine scroll, 2x"].map((name) => figure("frames", name)),
      ],
    },
  ];
}

async function watch(program: string, url: string, density: number, whole = false): Promise<Watched> {
  const browser = await launchChromium(program);
  open.unshift(() => browser.close());
  const page = await browser.newPage({ viewport: whole ? screenSize : size, deviceScaleFactor: density });
  await page.goto(url);
  return { page, browser, session: await page.context().newCDPSession(page) };
}

/** As a window is minimised; a browser without a head does not tell the page itself. */
async function show({ page, session }: Watched, shown: boolean): Promise<void> {
  const { windowId } = await session.send("Browser.getWindowForTarget");
  await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState: shown ? "normal" : "minimized" } });
  await page.evaluate(`(() => {
    Object.defineProperty(document, "visibilityState", { configurable: true, value: "${shown ? "visible" : "hidden"}" });
    document.dispatchEvent(new Event("visibilitychange"));
  })()`);
}

/** Processor time so far, ms, and B1's frames. */
async function told({ page, browser }: Watched): Promise<{ page: number; all: number; frames: number }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sum = (type: string | null) =>
    processInfo.reduce((ms, one) => ms + (type === null || one.type === type ? one.cpuTime * 1000 : 0), 0);
  const frames = await page.evaluate<number>(`window.boardcast?.drawn("B1")?.frames ?? 0`);
  return { page: sum("renderer"), all: sum(null), frames };
}

const bareCanvases = `(() => {
  const sizes = [[1536, 128], [768, 96], [576, 96], [768, 192], [384, 192], [384, 192], [640, 320], [677, 381], [214, 381]];
  const drawn = sizes.map(([width, height]) => {
    const canvas = document.body.appendChild(document.createElement("canvas"));
    Object.assign(canvas, { width, height });
    return { context: canvas.getContext("2d", { alpha: false }), image: new ImageData(width, height) };
  });
  let turn = 0;
  setInterval(() => {
    turn++;
    for (const { context, image } of drawn) {
      image.data.fill(turn & 255, 0, 4);
      image.data[3] = 255;
      context.putImageData(image, 0, 0);
    }
  }, 20);
})()`;
