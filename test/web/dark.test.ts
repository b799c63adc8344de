/** 紧急关屏 by the page alone: two clicks or three keys, each board's answer, a banner everywhere, and back to light. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ask, lit, until } from "../daemon/processes.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { PageTester, phone, tile, words } from "./browser.ts";
import { enterAs, fitsWidth, goTo, openDoor } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";
import { isReadable, nameless } from "./readable.ts";

const program = needTool("chromium");

describe.skipIf(program === null)("the dark switch in a browser", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("dark", tester);
  let url: string;
  let control: Readonly<Record<string, number>>;

  beforeAll(async () => {
    ({ url, control } = await office.start("2017-12-05T09:00"));
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const isDark = (board: string) =>
    until(
      `${board} dark`,
      () => lit(control[board] ?? 0),
      ({ why }) => why === "dark",
    );
  const isLit = (board: string) =>
    until(
      `${board} lit`,
      () => lit(control[board] ?? 0),
      ({ why }) => why !== "dark",
    );
  const dialogOf = (page: Page) => page.getByRole("dialog", { name: "紧急关屏" });

  test("whoever has not signed in is told how; three keys open it from anywhere", async () => {
    const page = await tester.open(url);
    await tile(page, "B1").waitFor();
    await page.keyboard.press("Control+Alt+KeyB");
    await dialogOf(page).waitFor();
    expect(await words(dialogOf(page))).toContain("请先登录");
    expect(await dialogOf(page).getByRole("button", { name: "立即关屏" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await goTo(page, "#/ledger");
    await page.locator("main h2").first().waitFor();
    await page.keyboard.press("Control+Alt+KeyB");
    await dialogOf(page).waitFor();
    await page.close();
  });

  test("two clicks darken all; a panel that does not answer is named with its place; a person resumes", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "屏幕管理员丁");
    await goTo(page, "#/");
    await isLit("B1");
    await ask(control.B7 ?? 0, { do: "deaf", ms: 600_000 });
    await page.getByRole("button", { name: "紧急关屏" }).click();
    await dialogOf(page).getByRole("button", { name: "立即关屏" }).click();
    await isDark("B1");
    await dialogOf(page).locator('[data-dark="confirmed"]').first().waitFor();
    // Ten seconds for an answer; then where its power is cut.
    const silent = dialogOf(page).locator("li", { hasText: "B7" });
    await silent.locator("xpath=self::*[@data-dark='unconfirmed']").waitFor({ timeout: 60_000 });
    expect(await words(silent.locator(".dark-says"))).toMatch(/^\u26a0 未确认\uff0c请现场断电\uff1a/);
    await isReadable(page, "results");
    expect(await page.evaluate(nameless)).toEqual([]);
    await page.setViewportSize(phone);
    await fitsWidth(page, "results on a phone");
    await page.keyboard.press("Escape");
    for (const hash of ["#/", "#/cases"]) {
      await goTo(page, hash);
      await page.locator(".above-banner", { hasText: "B1" }).waitFor();
    }
    await goTo(page, "#/");
    expect(await words(tile(page, "B1").locator(".above-dark"))).toContain("内容有误");
    await isReadable(page, "banner and tiles");
    await page.getByRole("button", { name: "查看结果 / 恢复" }).click();
    for (const id of ["B2", "B7"]) await dialogOf(page).getByLabel(`选中 ${id}`).uncheck();
    await dialogOf(page).getByLabel("恢复的原因").fill("已改正");
    await dialogOf(page).getByRole("button", { name: "恢复显示所选" }).click();
    await isLit("B1");
    expect((await lit(control.B2 ?? 0)).why).toBe("dark");
    await expect.poll(() => dialogOf(page).locator("li").count()).toBe(2);
    await page.close();
  });

  test("the board's own page for telephones: what should show, a report, and its own switch", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "屏幕管理员丁");
    await page.setViewportSize(phone);
    await goTo(page, "#/b/B3");
    await page.locator("canvas").waitFor();
    await page.getByLabel("哪里不对").fill("下半屏不亮");
    await page.getByRole("button", { name: "提交报修" }).click();
    await page.locator(".above-reports", { hasText: "下半屏不亮" }).waitFor();
    await isReadable(page, "a telephone", 40);
    await fitsWidth(page, "a telephone");
    await page.getByLabel("第 1 号报修的答复").fill("已换模组");
    await page.getByRole("button", { name: "已处理" }).click();
    await expect.poll(() => page.locator(".above-reports").count()).toBe(0);
    await page.locator("main .dark-button").click();
    await dialogOf(page).getByRole("button", { name: "立即关屏" }).click();
    await isDark("B3");
    await page.close();
  });
  test("its playlist and the days to come say that it is dark, and what its schedule would have", async () => {
    const said = JSON.parse(readFileSync(join(office.data, "daemon.json"), "utf8")) as { readonly key: string };
    const page = await tester.open(`${url}/#/board/B1`);
    const dialog = page.getByRole("dialog", { name: "B1" });
    await dialog.locator(".reason.shown").first().waitFor();
    const stands = dialog.locator(".suspension", { hasText: "漏水" });
    expect(await stands.count()).toBe(0);
    await fetch(`${url}/api/v1/dark`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${said.key}` },
      body: JSON.stringify({ boards: ["B1"], reason: "漏水" }),
    });
    // Asked for again by itself, while it stands open.
    await stands.waitFor();
    expect(await words(stands)).toMatch(/^紧急关屏\uff1a.*漏水.*到有人恢复为止$/);
    await expect.poll(() => dialog.locator(".reason.shown").count()).toBe(0);
    expect(await words(dialog.locator("tr.current .suspended-by"))).toContain("按安排本应播");
    await page.setViewportSize(phone);
    await fitsWidth(page, "a dark board");
    // From what should be on to the notice itself: its text, its pixels here, who signed it; back to the board.
    const link = dialog.locator("tbody a.playing-link").first();
    const id = await words(link.locator(".notice-id"));
    await link.click();
    await page.locator(".notice-sheet .notice-text h4").waitFor();
    expect(await words(page.locator(".notice-sheet h2"))).toContain(id);
    await page.locator('[data-place="B1"] canvas[data-message]').waitFor();
    await page.locator('[data-why="B1"]').waitFor();
    expect(await words(page.locator('.sheet-facts [data-fact="signed"]'))).toMatch(/^.+\uff0c\d{4}-\d\d-\d\d/);
    await accessible(page, "a notice, on a phone");
    await fitsWidth(page, "a notice, on a phone");
    await page.locator('[data-place="B1"] a').click();
    await dialog.waitFor();
    // There the time control is a line, until it is asked for.
    expect(await dialog.locator(".strip").isVisible()).toBe(false);
    await dialog.locator(".time-fold").click();
    expect(await dialog.locator(".strip").isVisible()).toBe(true);
    await goTo(page, "#/outlook");
    await page.locator('[data-outlook="B1"] [data-kind="dark"]').waitFor();
  });

  test("a board is added by a guided path, checked, changed, darkened, retired; a cabinet for paper beside it", async () => {
    const page = await openDoor(tester, url);
    // The daemon starts anew, and what is asked meanwhile is refused, as is what the person before had asked for.
    tester.expected = /WebSocket|ERR_|503|401/;
    await enterAs(page, "系统管理员己");
    await goTo(page, "#/boards/~new");
    const next = () => page.getByRole("button", { name: "下一步" }).click();
    await page.getByLabel("名称", { exact: true }).fill("东门条屏");
    await page.getByLabel("位置").fill("东门");
    await accessible(page, "where a new board is");
    await next();
    await page.getByLabel("宽").fill("96");
    await page.getByLabel("高").fill("32");
    await accessible(page, "what a new board is");
    await next();
    // Other makers' cards: what they cannot promise, their own ways and port, and what their folder says, offline.
    const card = page.locator("[data-driver-fields]");
    const choice = card.getByLabel("控制卡", { exact: false }).first();
    await choice.selectOption("ddp");
    expect(await words(card.locator("[data-promises]"))).toContain("没有“已核对”");
    expect(await page.locator("input[name=link]").count()).toBe(1);
    expect(await page.getByLabel("端口", { exact: true }).inputValue()).toBe("4048");
    await card.locator("[data-driver-help] summary").click();
    await card.getByRole("heading", { name: "型号" }).waitFor();
    await card.locator("details").last().locator("summary").click();
    await accessible(page, "a card of another maker");
    await page.setViewportSize(phone);
    await fitsWidth(page, "a card of another maker on a phone");
    await page.setViewportSize({ width: 1440, height: 900 });
    await choice.selectOption("");
    await page.getByText(/^串口.RS-232/).click();
    await page.getByLabel("串口", { exact: true }).fill("/dev/ttyUSB0");
    await accessible(page, "how a new board is reached");
    await page.setViewportSize(phone);
    await fitsWidth(page, "adding a board on a phone");
    await next();
    await page.getByLabel("原因").fill("新装");
    await page.getByRole("button", { name: "存入安装文件" }).click();
    await page.locator('[data-edit-board], h2:has-text("B10 东门条屏")').first().waitFor({ timeout: 40_000 });
    expect(readFileSync(join(office.data, "practice-boards.yaml"), "utf8")).toContain("name: 东门条屏");

    await enterAs(page, "屏幕管理员丁");
    await goTo(page, "#/boards/B10/check");
    await page.locator("[data-check]").waitFor();
    await page.locator(".line-connected").first().waitFor();
    await page.getByRole("button", { name: "看到的一样" }).click();
    await page.locator("[data-check] canvas").waitFor();
    await accessible(page, "the guided check on a phone");
    await fitsWidth(page, "the guided check on a phone");
    await page.getByRole("button", { name: "中止检查" }).click();
    // One that was added waits in the day's list, until all of its check was gone through.
    await goTo(page, "#/today");
    const waits = page.locator('[data-kind="reminder"][data-about="B10"]', { hasText: "引导检查" });
    expect(await waits.getByRole("link").getAttribute("href")).toBe("#/boards/B10/check");

    await enterAs(page, "系统管理员己");
    await goTo(page, "#/boards/B10");
    await page.getByRole("button", { name: "修改资料" }).click();
    await page.getByText("停用这块公开栏").click();
    await page.locator("[data-retire]").getByRole("button", { name: "紧急关屏" }).click();
    await dialogOf(page).getByRole("button", { name: "立即关屏" }).click();
    // Those that an earlier test left dark are listed with it.
    await dialogOf(page).getByRole("listitem").filter({ hasText: "B10" }).getByText("已确认关屏").waitFor();
    await page.keyboard.press("Escape");
    await accessible(page, "a board's own form on a phone");
    await fitsWidth(page, "a board's own form on a phone");
    await page.locator("[data-retire]").getByLabel("原因").fill("拆了");
    await page.getByRole("button", { name: "停用", exact: true }).click();
    await page.locator(".devices").waitFor({ timeout: 40_000 });
    expect(await page.locator('[data-device="B10"]').count()).toBe(0);
    await accessible(page, "the devices on a phone");
    await fitsWidth(page, "the devices on a phone");
    await goTo(page, "#/paper");
    await page.locator(".paper").waitFor();
    await accessible(page, "paper on a phone");
    await goTo(page, "#/b/B1");
    await page.locator("canvas").waitFor();
    await accessible(page, "a board's page for telephones");
    await page.close();
  }, 180_000);
});
