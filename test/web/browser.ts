/** The page in a real browser: what it complains of, and what it asks of elsewhere, fails the test. */
import { dirname, join } from "node:path";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Instant } from "../../src/message/types.ts";
import { builtProgram } from "../built.ts";
import { type FakeOffice, fakeOffice, serveOffice } from "../preview/fake-office.ts";
import { launchChromium } from "./chromium.ts";

export const boards = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9"];
export const desktop = { width: 1440, height: 900 };
const stepMs = 15_000;
export const phone = { width: 390, height: 844 };

/** What a tile draws, by `window.boardcast`. */
export interface Shown {
  readonly at: Instant;
  readonly message: string | null;
  /** base64 of `Frame.pixels`. */
  readonly pixels: string;
}

export class PageTester {
  /** Errors, warnings, breaches of the content policy, requests to elsewhere; a test that expects some takes them out. */
  readonly complaints: string[] = [];
  /** What this test brings about, at whatever moment the browser tells of it. */
  expected: RegExp | null = null;
  readonly #program: string;
  readonly #launch: typeof launchChromium;
  #browser: Browser | null = null;

  constructor(program: string | null, launch = launchChromium) {
    this.#program = program ?? "";
    this.#launch = launch;
  }

  async start(): Promise<void> {
    this.#browser = await this.#launch(this.#program);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
  }

  /** Between tests: whatever was opened is closed, and nobody complained. */
  async settle(): Promise<void> {
    for (const context of this.#browser?.contexts() ?? []) await context.close();
    const { expected } = this;
    this.expected = null;
    expect(this.complaints.splice(0).filter((text) => !expected?.test(text))).toEqual([]);
  }

  /** `prepare` sees the page before it asks for anything. `ready`: what is waited for. */
  async open(
    url: string,
    options: BrowserContextOptions = {},
    prepare: (page: Page) => Promise<unknown> = async () => {},
    ready = "article[data-board]",
  ): Promise<Page> {
    if (this.#browser === null) throw new Error("not started");
    const context = await this.#browser.newContext({ viewport: desktop, locale: "zh-CN", ...options });
    const page = await context.newPage();
    // Before the test's own time is over: the step that did not come about is named.
    page.setDefaultTimeout(stepMs);
    const { host } = new URL(url);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("request", (request) => {
      if (new URL(request.url()).host !== host) this.complaints.push(`asks elsewhere: ${request.url()}`);
    });
    await prepare(page);
    await page.goto(url);
    await page.waitForSelector(ready);
    return page;
  }
}

/** For a `describe`: the built page, served for an office whose every dot is known. */
export function withFakeOffice(program: string | null) {
  const tester = new PageTester(program);
  let office: FakeOffice;
  let served: Awaited<ReturnType<typeof serveOffice>>;
  let webFolder: string;
  beforeAll(async () => {
    webFolder = join(dirname(await builtProgram()), "web");
    office = await fakeOffice();
    served = await serveOffice(office, webFolder);
    await tester.start();
  }, 120_000);
  afterAll(async () => {
    await tester.stop();
    await served?.close();
  });
  afterEach(() => tester.settle());
  return {
    tester,
    office: () => office,
    url: () => served.url,
    webFolder: () => webFolder,
    open: (path = "", options: BrowserContextOptions = {}) => tester.open(served.url + path, options),
    /** base64 of what is lit. */
    async lit(board: string, at: Instant): Promise<string> {
      const frame = await office.frame(board, at);
      return Buffer.from(frame?.pixels ?? []).toString("base64");
    },
  };
}

export const tile = (page: Page, board: string): Locator => page.locator(`[data-board="${board}"]`);
export const words = async (locator: Locator): Promise<string> => ((await locator.textContent()) ?? "").trim();
/** In words, not functions: these run in the page, whose types these files do not have. */
export const shown = (page: Page, board: string): Promise<Shown | null> =>
  page.evaluate(`boardcast.frameOf("${board}")`);
export const shownAt = (page: Page, board: string, at: Instant): Promise<Shown> =>
  page.evaluate(`boardcast.frameOfAt("${board}", ${at})`);
/** `waitForFunction` would need `eval` in the page, which its policy forbids. */
export const becomesTrue = (page: Page, expression: string): Promise<void> =>
  expect.poll(() => page.evaluate(`Boolean(${expression})`), { timeout: 15_000 }).toBe(true);

/** Waits until the board's tile draws a message. */
export async function drawn(page: Page, board: string): Promise<void> {
  await tile(page, board).scrollIntoViewIfNeeded();
  await becomesTrue(page, `boardcast.frameOf("${board}")?.message`);
}

/** Waits until the tile draws that instant, its message here. Instants follow each other quickly only where time runs. */
export async function drawnAt(page: Page, board: string, at: Instant): Promise<void> {
  await tile(page, board).scrollIntoViewIfNeeded();
  await becomesTrue(
    page,
    `boardcast.frameOf("${board}")?.at === ${at} && !document.querySelector('[data-board="${board}"] .waiting')`,
  );
}

/** The wall's time control, not an opened board's. */
export const instantField = (page: Page): Locator => page.locator(".page > .time .instant");

export interface CanvasPixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha. */
  readonly data: Uint8Array;
}

export async function canvasOf(page: Page, board: string): Promise<CanvasPixels> {
  const { width, height, text } = await page.evaluate<{ width: number; height: number; text: string }>(`(() => {
    const canvas = document.querySelector('[data-board="${board}"] canvas');
    // Read from a copy: a canvas that is read often is drawn otherwise.
    const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const context = copy.getContext("2d", { alpha: false, willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let text = "";
    for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
    return { width: canvas.width, height: canvas.height, text: btoa(text) };
  })()`);
  return { width, height, data: Buffer.from(text, "base64") };
}

/** The colour in the middle of each dot's lamp, row by row: red, green, blue. */
export function lamps({ width, height, data }: CanvasPixels, dotsWide: number, dotsHigh: number): readonly number[][] {
  return Array.from({ length: dotsWide * dotsHigh }, (_, dot) => {
    const x = Math.floor((((dot % dotsWide) + 0.5) * width) / dotsWide);
    const y = Math.floor(((Math.floor(dot / dotsWide) + 0.5) * height) / dotsHigh);
    const at = (y * width + x) * 4;
    return [...data.subarray(at, at + 3)];
  });
}
