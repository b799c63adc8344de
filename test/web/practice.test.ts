/** The page of the program as it is shipped, in practice mode: real notices, real store, real panels' processes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Health } from "../../src/api/office.ts";
import type { BoardJson } from "../../src/api/schemas.ts";
import { builtProgram } from "../built.ts";
import { getJson, killAll, lit, startDaemonProcess, until } from "../daemon/processes.ts";
import { copyPracticeData } from "../practice-data.ts";
import { needTool } from "../tools.ts";
import {
  becomesTrue,
  boards,
  canvasOf,
  desktop,
  drawnAt,
  instantField,
  lamps,
  PageTester,
  phone,
  shown,
  tile,
  words,
} from "./browser.ts";
import { enterAs, fillDraft, fitsWidth, goTo, lookAtAll, openCase, submitDraft } from "./desk.ts";
import { litDots, textOf } from "./frame-dots.ts";
import { isReadable, nameless } from "./readable.ts";
import { someOf } from "../some.ts";

const program = needTool("chromium");
const samples = JSON.parse(readFileSync(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8")) as {
  readonly notices: readonly { readonly id: string; readonly title: string; readonly body: string }[];
};
const shot = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const welcome = samples.notices.find(({ id }) => id === "N15");
const welcomeText = "2017-12-05 09:00:00";
const welcomeAt = Date.parse("2017-12-05T09:00:00+08:00");

describe.skipIf(program === null)("practice mode in a browser", () => {
  const tester = new PageTester(program);
  const data = mkdtempSync(join(tmpdir(), "boardcast-practice-page-"));
  let url: string;

  beforeAll(async () => {
    [url] = await Promise.all([
      copyPracticeData(data).then(async () => {
        return (await startDaemonProcess(await builtProgram(), "--practice", "--data", data)).url;
      }),
      tester.start(),
    ]);
  }, 120_000);
  afterAll(async () => {
    await tester.stop();
    await killAll();
    rmSync(data, { recursive: true, force: true });
  });
  afterEach(() => tester.settle());

  const boardsNow = () => getJson<readonly BoardJson[]>(`${url}/api/v1/boards`);
  /** Rows of dots, as the API tells them. */
  const frameText = async (board: string, at: number): Promise<string> => {
    const response = await fetch(`${url}/api/v1/boards/${board}/frame.txt?at=${at}`);
    expect(response.status).toBe(200);
    return response.text();
  };

  test("nine boards play: none is waiting, each says what and until when, six panels confirm", async () => {
    const page = await tester.open(url);
    expect(await page.locator("[data-board]").count()).toBe(9);
    await becomesTrue(page, `document.querySelectorAll("[data-fact='confirmed'][data-state='same']").length === 6`);
    for (const board of boards) {
      await tile(page, board).scrollIntoViewIfNeeded();
      await becomesTrue(page, `boardcast.frameOf("${board}")${board === "B9" ? "" : "?.message"}`);
      if (board === "B9") {
        // Nobody has said yet that its card was loaded: it is not known what is there, whatever the schedule has.
        expect(await words(tile(page, board).locator(".playing"))).toMatch(/^不知道屏上是什么\s*还没有人登记装过卡$/);
        expect(await words(tile(page, board).locator("[data-card='to-carry']"))).toMatch(/新装 2 条\s*去装卡/);
      } else
        expect(await words(tile(page, board).locator(".playing-when strong")), board).toMatch(/^到 \d\d:|^今天不再换$/);
      expect(await tile(page, board).locator(".waiting").count(), board).toBe(0);
      expect(await tile(page, board).locator(".faults:not(.reminders)").count(), board).toBe(0);
    }
    const links = (await boardsNow()).map(({ id, link }) => `${id} ${link.kind} ${link.state}`);
    expect(links.filter((link) => /browser|carried/.test(link))).toEqual([
      "B4 browser browser",
      "B8 browser browser",
      "B9 carried carried",
    ]);
    expect(links.filter((link) => link.endsWith(" connected")).length).toBe(6);
    expect(await words(page.locator(".practice"))).toBe("演练");
  });

  test("it is well, counts for Prometheus, and answers on the loopback only", async () => {
    const health = await until(
      "six confirmed",
      () => getJson<Health>(`${url}/healthz`),
      ({ confirmed }) => confirmed === 6,
    );
    expect(health).toMatchObject({ ok: true, boards: 9, faults: 0 });
    const metrics = (await (await fetch(`${url}/metrics`)).text()).split("\n").filter(Boolean);
    expect(metrics.filter((line) => !/^(# (HELP|TYPE) |[a-z_0-9]+(\{[^}]*\})? -?[\d.e+-]+$)/.test(line))).toEqual([]);
    expect(metrics).toContain("# TYPE boardcast_link_sent_bytes_total counter");
    // B4, B8 and B9 cannot confirm: they have no such line.
    const confirmed = metrics.filter((line) => line.startsWith("boardcast_board_confirmed_age_seconds{"));
    expect(confirmed.map((line) => /"(.*)"/.exec(line)?.[1]).sort()).toEqual(["B1", "B2", "B3", "B5", "B6", "B7"]);
    const { hostname, port } = new URL(url);
    expect(hostname).toBe("127.0.0.1");
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others) await expect(fetch(`http://${address}:${port}/healthz`)).rejects.toThrow();
  });

  test("tiles move: pixels of canvases change by themselves", async () => {
    const page = await tester.open(url);
    const moving = ["B1", "B7"];
    // Two seconds before their slots end.
    await instantField(page).fill("2017-11-06 08:34:58");
    for (const board of moving) await drawnAt(page, board, Date.parse("2017-11-06T08:34:58+08:00"));
    const picture = (board: string) => tile(page, board).locator("canvas").screenshot();
    const before = await Promise.all(moving.map(picture));
    await page.getByRole("button", { name: "从这里播放" }).click();
    for (const [index, board] of moving.entries())
      await expect
        .poll(async () => (await picture(board)).equals(before[index] ?? Buffer.of()), { timeout: 20_000 })
        .toBe(false);
  });

  test("2017-12-05 09:00 on B1 is the welcome, 16 dots high and centred, until 12:00, as the sample says", async () => {
    const page = await tester.open(url);
    await instantField(page).fill(welcomeText);
    await drawnAt(page, "B1", welcomeAt);
    const said = await words(tile(page, "B1").locator(".playing"));
    expect(said).toMatch(new RegExp(`N15.*${welcome?.title}.*到 12:00`, "s"));
    const rows = (await frameText("B1", welcomeAt)).trimEnd().split("\n");
    const lit = rows.flatMap((row, y) => [...row].flatMap((dot, x) => (dot === "@" ? [{ x, y }] : [])));
    const [left, right] = [Math.min(...lit.map(({ x }) => x)), Math.max(...lit.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...lit.map(({ y }) => y)), Math.max(...lit.map(({ y }) => y))];
    // 16 characters of 16 dots stand from 64 to 319; the ink keeps inside of its cells.
    expect([...(welcome?.body ?? "")].length).toBe(16);
    expect(left).toBeGreaterThanOrEqual(64);
    expect(left).toBeLessThan(68);
    expect(right).toBeLessThanOrEqual(319);
    expect(right).toBeGreaterThan(315);
    expect([top >= 8, bottom <= 23, bottom - top > 12]).toEqual([true, true, true]);
    const colours = lamps(await canvasOf(page, "B1"), 384, 32);
    expect(colours.map(([red = 0]) => (red > 200 ? "@" : ".")).join("")).toBe(rows.join(""));
    // And every other board's dots are those of frame.txt at that instant.
    for (const { id, panel } of await boardsNow()) {
      await drawnAt(page, id, welcomeAt);
      const frame = await shown(page, id);
      const text = textOf(Buffer.from(frame?.pixels ?? "", "base64"), panel);
      expect(text === (await frameText(id, welcomeAt)), id).toBe(true);
      expect(/[^.\n]/.test(text), `${id} is not black`).toBe(id !== "B9");
    }
  });

  test("a tile's canvas, its round dots undone, is the frame buffer of its panel's process: on usual and dense screens, and on the whole one", async () => {
    const said = JSON.parse(readFileSync(join(data, "daemon.json"), "utf8"));
    const panels: Readonly<Record<string, number>> = said.panels;
    const all = (await boardsNow()).filter(({ id }) => panels[id] !== undefined);
    expect(all.map(({ id }) => id)).toEqual(["B1", "B2", "B3", "B5", "B6", "B7"]);
    const looks = ["", "#/wall/room"].flatMap((path) => [[path, 1] as const, [path, 2] as const]);
    for (const [path, deviceScaleFactor] of someOf("tiles and panels", looks, 2)) {
      const page = await tester.open(`${url}${path}`, { viewport: { width: 1920, height: 1080 }, deviceScaleFactor });
      for (const { id, panel } of all) {
        await tile(page, id).scrollIntoViewIfNeeded();
        const seen = async () => {
          const before = await lit(panels[id] ?? 0);
          const drawn = litDots(await canvasOf(page, id), panel);
          // What moves was another picture meanwhile: looked at again.
          return before.crc === (await lit(panels[id] ?? 0)).crc && drawn === before.pixels && /[^A]/.test(drawn);
        };
        await expect.poll(seen, { timeout: 20_000, message: `${id} ${path} ${deviceScaleFactor}` }).toBe(true);
      }
      await page.context().close();
    }
  }, 90_000);

  test("in English, on a phone: nothing is cut off, the chrome is English", async () => {
    const page = await tester.open(url, { viewport: phone, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    await page.locator(".menu-button").tap();
    await page.getByRole("button", { name: "English" }).tap();
    await page.locator(".menu-sheet").getByRole("button", { name: "Close" }).tap();
    await page.locator(".practice", { hasText: "PRACTICE" }).waitFor();
    await noSideways(page);
    await tile(page, "B6").getByRole("button").tap();
    const dialog = page.getByRole("dialog");
    await dialog.locator("tr.current").waitFor();
    await noSideways(page);
    expect(await page.evaluate("document.querySelector('dialog').scrollWidth")).toBeLessThanOrEqual(phone.width);
    const said = await dialog
      .locator(".facts, .details dt, .reason-state, .intervals th, .playing-why")
      .allTextContents();
    expect(said.length).toBeGreaterThan(10);
    const titles = await dialog.locator(".fact-title").allTextContents();
    const chrome = said.map((text) => titles.reduce((rest, title) => rest.replaceAll(title, ""), text));
    expect(chrome.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
  });

  test("a notice from blank to the wall and off it: drafted, mended, looked at, signed, withdrawn by three people", async () => {
    const page = await tester.open(`${url}#/drafts`, {}, undefined, ".practice-people");
    await isReadable(page, "who to enter as", 15);
    await enterAs(page, "经办人甲");
    const title = "安全生产会议通知";
    const notice = await fillDraft(page, {
      title,
      body: "定于11月10日9:00在三楼会议室召开安全生产工作会议。联系电话13800138000。",
      board: "B2",
      on: "2017-11-06",
      until: "2017-11-20",
    });
    await page.locator(".draft-faults .mend", { hasText: "138****8000" }).waitFor();
    await isReadable(page, "a draft");
    expect(await page.evaluate(nameless)).toEqual([]);
    await page.locator(".draft-faults .mend").click();
    await page.getByRole("button", { name: "看对各屏的影响" }).click();
    const effect = page.locator('[data-effect="B2"]');
    await effect.waitFor();
    expect(await words(effect)).toMatch(/2017-11-06 .*2017-11-20 18:00/);
    await page.getByLabel("正文").press("End");
    await page.getByLabel("正文").pressSequentially("请勿缺席。");
    await effect.waitFor({ state: "detached" });
    await shot(page, "draft");
    await submitDraft(page);
    expect(await effect.count()).toBe(0);
    expect(await page.locator(".notice-body").textContent()).toContain("138****8000");
    expect(await page.locator("button.sign").count()).toBe(0);

    await page.setViewportSize(phone);
    await enterAs(page, "签发人丙");
    // A case may be so short that all of it is seen at once: that it was looked at is told when this lets it.
    let told = () => {};
    const seen = new Promise<void>((resolve) => {
      told = resolve;
    });
    await page.route(/\/pages\?/, (asked) => void seen.then(() => asked.continue()));
    await openCase(page, notice);
    await effect.waitFor();
    expect(await page.locator("button.sign").isDisabled()).toBe(true);
    await shot(page, "case-phone");
    told();
    expect(await lookAtAll(page)).toBeGreaterThan(1);
    await fitsWidth(page, "a case on a phone");
    await isReadable(page, "a case");
    expect(await page.evaluate(nameless)).toEqual([]);
    await page.locator("button.sign").click();
    await page.locator('.view-tools [data-state="signed"]').waitFor();
    expect(await effect.count()).toBe(0);
    await goTo(page, "#/outlook");
    await page.locator("[data-outlook]").first().waitFor();
    await fitsWidth(page, "the next days on a phone");
    await isReadable(page, "the next days", 40);
    await shot(page, "outlook-phone");
    await page.setViewportSize(desktop);
    await shot(page, "outlook");

    await goTo(page, "#/board/B2");
    await page.locator("dialog tr.current", { hasText: title }).waitFor();
    await page.keyboard.press("Escape");
    await enterAs(page, "屏幕管理员丁");
    await openCase(page, notice);
    await page.getByRole("button", { name: "撤下…" }).click();
    await page.getByLabel("撤下的原因").fill("会议改期");
    await page.getByRole("button", { name: "撤下", exact: true }).click();
    await page.locator('.view-tools [data-state="withdrawn"]').waitFor();
    const { intervals } = await getJson<{ intervals: { notices: string[] }[] }>(`${url}/api/v1/boards/B2/playlist`);
    expect(intervals.flatMap(({ notices }) => notices)).not.toContain(notice);

    await enterAs(page, "监督员戊");
    await goTo(page, "#/ledger");
    await page.getByLabel("字词或编号").fill(notice);
    const rows = page.locator(".ledger-rows tbody tr");
    await rows.filter({ hasText: "送审登记" }).waitFor();
    const actions = await rows.locator("strong").allTextContents();
    expect(actions.filter((action) => /送审|^签发|^信息撤下|^撤回/.test(action))).toEqual([
      "信息撤下",
      "撤回、撤下",
      "签发",
      "送审登记",
    ]);
    await isReadable(page, "the register");
    await enterAs(page, "系统管理员己");
    await goTo(page, "#/people");
    await page.getByRole("button", { name: "新增人员" }).click();
    await page.locator('[data-login="P07"]').waitFor();
    await isReadable(page, "people");
    expect(await page.evaluate(nameless)).toEqual([]);
    await page.setViewportSize(phone);
    await fitsWidth(page, "people on a phone");
  }, 90_000);

  const noSideways = async (page: Page) =>
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(phone.width);
});
