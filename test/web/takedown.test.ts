/** 撤下 by the page: what each board says, with its place and the time by which it is dark by itself; a banner until all have said so. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ask, getJson, lit, until } from "../daemon/processes.ts";
import { needTool } from "../tools.ts";
import { PageTester, phone, words } from "./browser.ts";
import { enterAs, fillDraft, fitsWidth, goTo, lookAtAll, openCase, openDoor, submitDraft } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";
import { isReadable, nameless } from "./readable.ts";

const shot = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
};

const program = needTool("chromium");

describe.skipIf(program === null)("withdrawing in a browser", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("takedown", tester);
  let url: string;
  let control: Readonly<Record<string, number>>;

  beforeAll(async () => {
    ({ url, control } = await office.start("2017-11-06T09:00"));
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const programmeOf = async (board: string) => (await lit(control[board] ?? 0)).programme;

  test("a board that answers is confirmed; one that does not is named until somebody says that it has gone", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "经办人甲");
    const plan = {
      title: "停水通知",
      body: "因管道检修明天停水。",
      board: "B2",
      on: "2017-11-06",
      until: "2017-11-20",
    };
    const notice = await fillDraft(page, plan);
    await page.getByLabel(/^B7 /).check();
    await submitDraft(page);
    await enterAs(page, "签发人丙");
    await openCase(page, notice);
    await lookAtAll(page);
    const played = [["B2", await programmeOf("B2")] as const, ["B7", await programmeOf("B7")] as const];
    await page.locator("button.sign").click();
    await page.locator('.view-tools [data-state="signed"]').waitFor();
    for (const [board, before] of played)
      await until(
        `${board} has it`,
        () => programmeOf(board),
        (after) => after !== before,
      );
    await ask(control.B7 ?? 0, { do: "deaf", ms: 600_000 });

    // What the signer's page is still telling is told as the signer.
    await page.waitForLoadState("networkidle");
    await enterAs(page, "屏幕管理员丁");
    await goTo(page, `#/notices/${notice}`);
    await page.locator('[data-why="B2"]').waitFor();
    await page.getByRole("button", { name: "撤下…" }).click();
    await page.getByLabel("原因").fill("会议改期");
    await page.getByRole("button", { name: "确认撤下" }).click();
    // What was told of it there is told no more.
    await page.locator('[data-why="B2"]').waitFor({ state: "detached" });
    const result = page.locator(".takedown-result");
    await result.locator('[data-board="B2"][data-state="confirmed"]').waitFor({ timeout: 30_000 });
    const silent = result.locator('[data-board="B7"]');
    await silent.locator("xpath=self::*[@data-state='unreachable']").waitFor({ timeout: 60_000 });
    // Each state once, in words that the mark beside them does not repeat.
    expect((await words(result.locator('[data-board="B2"]'))).match(/确认/g)).toHaveLength(1);
    expect((await words(silent)).match(/连不上/g)).toHaveLength(1);
    expect(await words(silent)).toMatch(/最迟 \d\d:\d\d 自行熄灭/);
    expect(await words(result.locator("[role=status]"))).toContain("2 块中 1 块已确认");
    await isReadable(page, "a result");
    expect(await page.evaluate(nameless)).toEqual([]);
    await shot(page, "result");

    await goTo(page, "#/");
    const banner = page.locator(".takedown-banner details");
    await banner.waitFor({ timeout: 30_000 });
    await shot(page, "wall");
    await banner.locator("summary").click();
    await banner.locator('[data-board="B7"]').waitFor();
    await isReadable(page, "a banner");
    await shot(page, "banner");
    await page.setViewportSize(phone);
    await fitsWidth(page, "a banner on a phone");
    await shot(page, "banner-phone");
    await banner.getByRole("button", { name: "现场已撤下…" }).click();
    await banner.getByLabel("现场看到什么").fill("已断电");
    await banner.getByRole("button", { name: "登记" }).click();
    await expect.poll(() => banner.count(), { timeout: 30_000 }).toBe(0);
    const done = await getJson<{ closedAt: string | null; boards: { state: string }[] }>(`${url}/api/v1/takedowns/1`);
    expect(done.closedAt).not.toBeNull();
    expect(done.boards.map(({ state }) => state)).toEqual(["confirmed", "by-hand"]);
    await page.close();
  }, 120_000);
});
