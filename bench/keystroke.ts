/**
 * From a keystroke in a notice's text until every targeted panel beside it shows the new pixels: N21 of the samples in the
 * practice office's form, in Chromium, with a daemon of its own. All nine boards are in view, the seven signs and both
 * screens of 1920×1080. The clock on the wall, since a person waits: typesetting, the answer's way and the drawing are in
 * three processes. Beside it the same questions asked one after the other with nothing done about the answers, and as many
 * bare canvases of the panels' own sizes.
 */
import type { Page } from "playwright-core";
import { needTool } from "../test/tools.ts";
import { PageTester } from "../test/web/browser.ts";
import { enterAs, goTo } from "../test/web/desk.ts";
import { practiceOffice } from "../test/web/practice-office.ts";
import { fileURLToPath } from "node:url";
import type { Bench, Gate, Sizes } from "./harness.ts";

const n21 = {
  title: "停水通知",
  body: "因供水管网检修\uff0c7月18日9:00至17:00\uff0c沿河社区、新桥社区部分区域停水\uff0c请提前做好储水准备。抢修电话\uff1a0715-0000000。",
};
/** What is typed behind it, over and over. */
const more = "请互相转告";
const boards = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9"];
const promisedMs = 100;
/** All nine panels are on the screen at once. */
const viewport = { width: 1440, height: 3000 };

const ours = "nine panels drawn";
const asking = "asked one by one, not drawn";
const bare = "bare canvases";

let end: () => Promise<void> = async () => {};
export const close = (): Promise<void> => end();

export async function benches({ many }: Sizes): Promise<readonly Bench[]> {
  const program = needTool("chromium");
  if (program === null) return [];
  process.env.BOARDCAST_TEST_BUILD ??= fileURLToPath(new URL(`.out/run-${process.pid}`, import.meta.url));
  const tester = new PageTester(program);
  const office = practiceOffice("keystroke", tester);
  end = () => office.stop();
  const { url } = await office.start("2017-07-14T09:20");
  const page = await tester.open(url, { viewport });
  await begin(page);
  const taken = new Map<string, number[]>(boards.map((board) => [board, []]));
  const last: number[] = [];
  let typed = 0;
  const keystroke = async () => {
    const letter = more.charAt(typed++ % more.length);
    const ms = await page.evaluate<Readonly<Record<string, number>>>(typing(letter));
    for (const [board, one] of Object.entries(ms)) taken.get(board)?.push(one);
    // What else follows a keystroke, the saving and the check of the text, is not in the next one's way.
    await page.waitForTimeout(many < 500 ? 0 : 700);
    const ofAll = Math.max(...Object.values(ms));
    last.push(ofAll);
    return ofAll;
  };
  const told = (board: string): Gate => ({
    name: `median ms of ${board}`,
    value: () => atShare(taken.get(board) ?? [], 0.5),
  });
  return [
    {
      name: "a keystroke, until the last of nine panels is drawn",
      unit: "ms",
      contenders: [
        { name: ours, perRun: 1, measured: (runs) => total(runs, keystroke) },
        { name: asking, perRun: 1, measured: (runs) => total(runs, () => page.evaluate<number>(askingAll)) },
        { name: bare, perRun: 1, measured: (runs) => total(runs, () => page.evaluate<number>(bareCanvases)) },
      ],
      gates: [
        { name: "promised: 100 ms", timeOf: ours, atMost: promisedMs },
        { name: "L: nine panels drawn / only asked for", ratioOf: [ours, asking], atMost: 1 },
        { name: "nine panels drawn / bare canvases", ratioOf: [ours, bare] },
        ...boards.map(told),
        { name: "ms of the last panel, 19 times of 20", value: () => atShare(last, 0.95) },
      ],
    },
  ];
}

async function total(runs: number, once: () => Promise<number>): Promise<number> {
  let ms = 0;
  for (let run = 0; run < runs; run++) ms += await once();
  return ms;
}

async function begin(page: Page): Promise<void> {
  await enterAs(page, "经办人甲");
  await goTo(page, "#/new");
  await page.locator('[data-kind="notice"]').click();
  await page.getByLabel("标题", { exact: true }).fill(n21.title);
  await page.getByLabel("正文", { exact: true }).fill(n21.body);
  for (const board of boards) await page.getByLabel(new RegExp(`^${board} `)).check();
  for (const board of boards) await page.locator(`[data-look="${board}"] canvas[data-message]`).waitFor();
}

function atShare(figures: readonly number[], share: number): number {
  return [...figures].sort((one, other) => one - other)[Math.floor(figures.length * share)] ?? Number.NaN;
}

/** From the input's own event until each canvas has another message, ms. */
const typing = (letter: string) => `(async () => {
  const area = document.querySelector('[data-field="content.body"] textarea');
  const ms = {};
  const begun = performance.now();
  const all = ${JSON.stringify(boards)}.map((board) => new Promise((drawn) => {
    const canvas = document.querySelector('[data-look="' + board + '"] canvas');
    new MutationObserver((_, watch) => {
      watch.disconnect();
      ms[board] = performance.now() - begun;
      drawn();
    }).observe(canvas, { attributeFilter: ["data-message"] });
  }));
  area.value += ${JSON.stringify(letter)};
  area.dispatchEvent(new Event("input", { bubbles: true }));
  await Promise.all(all);
  return ms;
})()`;

const askingAll = `(async () => {
  const { csrf } = await (await fetch("/api/v1/session")).json();
  const headers = { "Content-Type": "application/json", "x-boardcast-csrf": csrf };
  const body = document.querySelector('[data-field="content.body"] textarea').value;
  const begun = performance.now();
  for (const board of ${JSON.stringify(boards)}) {
    const content = { title: ${JSON.stringify(n21.title)}, body, displayKind: "notice" };
    const options = { method: "POST", headers, body: JSON.stringify({ board, content, whole: true }) };
    const answer = await fetch("/api/v1/drafts", options);
    if (!(await answer.json()).ok) throw new Error(board);
  }
  return performance.now() - begun;
})()`;

const bareCanvases = `(() => {
  const sizes = [[384, 32], [256, 32], [192, 32], [1920, 1080], [128, 64], [128, 64], [192, 96], [1080, 1920], [320, 160]];
  const begun = performance.now();
  for (const [width, height] of sizes) {
    const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d", { alpha: false });
    context.putImageData(new ImageData(width, height), 0, 0);
    // Read back: it has been drawn.
    context.getImageData(width - 1, height - 1, 1, 1);
  }
  return performance.now() - begun;
})()`;
