/** 今日待办 and what stands around every view, in practice: what each person finds, by mouse, by keyboard, on a phone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { todayKinds } from "../../src/api/today.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { desktop, PageTester, phone, words } from "./browser.ts";
import { enterAs, fitsWidth, goTo, openDoor } from "./desk.ts";
import { fullToday } from "./full-today.ts";
import { practiceOffice } from "./practice-office.ts";

const program = needTool("chromium");

describe.skipIf(program === null)("today", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("today", tester);
  let url: string;
  beforeAll(async () => {
    ({ url } = await office.start("2017-11-06T08:29:50"));
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const focused = (page: Page) => page.evaluate<string>("document.activeElement.textContent.trim()");
  const groups = (page: Page) =>
    page.locator("[data-group]").evaluateAll((all) => all.map((one) => one.getAttribute("data-group")));

  test("each of the seven people finds what is theirs, and nobody else's", async () => {
    const page = await openDoor(tester, url);
    tester.expected = /status of 401/;
    const found: Record<string, (string | null)[]> = {};
    for (const name of ["报送人庚", "经办人甲", "审核人乙", "签发人丙", "屏幕管理员丁", "监督员戊", "系统管理员己"]) {
      await enterAs(page, name);
      await page.locator(".today-sum").waitFor();
      expect(await focused(page)).toBe("今日待办");
      // Publicity that is over goes on record at some heartbeat, and waits for its result from then on; on a busy machine a
      // simulated panel may be late with its answer.
      found[name] = (await groups(page)).filter(
        (group) => group !== "trouble" && (group !== "late" || name !== "经办人甲"),
      );
      if (found[name]?.length === 0) await page.locator(".today-calm").waitFor();
    }
    expect(found).toEqual({
      报送人庚: [],
      经办人甲: ["post", "reminders"],
      审核人乙: [],
      签发人丙: ["post"],
      屏幕管理员丁: ["post"],
      监督员戊: [],
      系统管理员己: [],
    });
    await accessible(page, "nothing to do");
  });

  test("every kind of line can be read and used; a result is recorded where it is asked for; on a phone all is at hand", async () => {
    const page = await tester.open(`${url}#/sign-in`, {}, undefined, ".practice-people");
    const sent: unknown[] = [];
    await page.route("**/api/v1/today", (asked) => asked.fulfill({ json: fullToday(sent.length > 0) }));
    await page.route("**/api/v1/notices/N05/publicity", (asked) => {
      sent.push(asked.request().postDataJSON());
      return asked.fulfill({ json: {} });
    });
    await enterAs(page, "经办人甲");
    const line = page.locator('[data-kind="result"]');
    await line.getByRole("button").click();
    await line.getByLabel("结果", { exact: true }).fill("无异议");
    await accessible(page, "today, full");
    await line.getByRole("button", { name: "保存" }).click();
    await line.waitFor({ state: "detached" });
    expect(sent).toEqual([{ note: "无异议", result: null }]);
    expect(await words(page.locator('.places [data-place="cases"] [aria-hidden]'))).toBe("7");
    expect(await page.locator(".today-line").count()).toBe(todayKinds.length - 1);
    for (const one of await page.locator(".today-line").all())
      expect(await one.locator(":scope > a, :scope > button").count()).toBe(1);
    await page.setViewportSize(phone);
    await fitsWidth(page, "today on a phone");
    await accessible(page, "today on a phone");
    expect(await page.locator(".bottom-bar a").count()).toBe(4);
    await page.locator(".bottom-bar button").click();
    const menu = page.locator(".menu-sheet");
    await menu.getByRole("link", { name: "台账" }).waitFor();
    await accessible(page, "the menu");
    await menu.getByRole("link", { name: "台账" }).click();
    await menu.waitFor({ state: "detached" });
    await page.locator("h2", { hasText: "台账" }).waitFor();
    // Two clicks from anywhere; the first one opens what the second one is in.
    await page.locator(".header .dark-button").click();
    await page.getByRole("button", { name: "立即关屏" }).waitFor();
  });

  test("every part of the settings can be read, on a phone too, and says what is not one's own", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "系统管理员己");
    await goTo(page, "#/settings");
    await page.locator("h2", { hasText: "设置" }).waitFor();
    await accessible(page, "settings");
    await page.setViewportSize(phone);
    const ready = {
      calendar: '[data-year="2017"]',
      publicity: "[data-period]",
      senders: ".empty",
      network: "[data-network]",
      backup: "[data-backup]",
      screening: "#own-terms",
      catalogue: "[data-class]",
    };
    for (const [part, there] of Object.entries(ready)) {
      await goTo(page, `#/settings/${part}`);
      await page.locator(there).first().waitFor();
      // With all that folds open.
      await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
      await accessible(page, part);
      await fitsWidth(page, part);
    }
    await enterAs(page, "经办人甲");
    await goTo(page, "#/settings/network");
    await page.locator(".settings", { hasText: "由系统管理员和监督员查看" }).waitFor();
    expect(await page.locator("[data-network]").count()).toBe(0);
  });

  test("the register is searched, verified and taken along; rules are tried and changed with a reason; a backup is made and read back", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "系统管理员己");
    const reason = page.getByLabel("原因（记入台账）");
    await goTo(page, "#/settings/screening");
    await page.getByLabel("错误写法（两个字以上）").fill("青石港");
    await page.getByLabel("应写作").fill("青石港街道");
    await page.getByLabel("应写作").press("Enter");
    await page.getByRole("button", { name: "先试" }).click();
    await page.locator("[data-tried]", { hasText: /会多查到 [1-9]/ }).waitFor();
    await accessible(page, "rules that were tried");
    const save = page.getByRole("button", { name: "保存，从现在起生效" });
    expect(await save.isDisabled()).toBe(true);
    await reason.fill("地名写全");
    await save.press("Enter");
    await page.locator('[role="status"]', { hasText: "已保存" }).waitFor();

    await goTo(page, "#/settings/catalogue");
    const tree = page.locator(".catalogue-tree");
    await tree.getByRole("button", { name: "停用“采购信息”" }).click();
    await tree.getByRole("button", { name: "加下级：在“财”下" }).click();
    await page.getByLabel(/^代码/).fill("C01");
    await page.getByLabel("名称").fill("资产处置");
    await page.getByRole("button", { name: "加上" }).click();
    await page.getByText("代码 C01 已有别的类别在用").waitFor();
    await page.getByLabel(/^代码/).fill("C09");
    await page.getByRole("button", { name: "加上" }).click();
    await page.locator("[data-changes] li", { hasText: "停用 采购信息" }).waitFor();
    await reason.fill("机构改革");
    await page.getByRole("button", { name: "保存目录" }).click();
    await page.locator("[data-changes]").waitFor({ state: "detached" });
    await tree.locator('[data-class="C09"]', { hasText: "资产处置" }).waitFor();
    expect(await tree.locator('[data-class="C02"]').count()).toBe(0);
    const number = page.locator("[data-index]").first();
    const index = await number.getAttribute("data-index");
    await number.getByRole("button", { name: `作废… ${index}` }).click();
    await reason.fill("类别错误");
    await page.getByRole("button", { name: `作废 ${index}` }).click();
    await page.locator(".notice-info", { hasText: `${index} 已作废` }).waitFor();

    await goTo(page, "#/settings/backup");
    await page.getByLabel(/^备份口令/).fill("一句只有本办公室知道的话");
    await page.getByLabel("再写一次").fill("一句只有本办公室知道的话");
    await page.getByRole("button", { name: "开始备份" }).click();
    const file = page.locator("[data-file]");
    await file.locator(".state-good", { hasText: "核对过" }).waitFor({ timeout: 60_000 });
    const [taken] = await Promise.all([page.waitForEvent("download"), file.getByRole("link").click()]);
    expect(taken.suggestedFilename()).toMatch(/-by-hand\.backup$/);
    await accessible(page, "a backup that was made");

    await goTo(page, "#/ledger");
    await page.getByLabel("字词或编号").fill("地名写全");
    const rows = page.locator(".ledger-rows tbody tr");
    await rows.locator("strong", { hasText: "检查规则改动" }).waitFor();
    await page.getByLabel("办理人").fill("没有这个人");
    await page.getByText("没有找到。").waitFor();
    await page.getByRole("button", { name: "清除" }).click();
    await page.getByLabel("从（日期）").fill("2018-03-1");
    await page.getByText("日期写成 2018-03-12").waitFor();
    await page.getByLabel("从（日期）").fill("");
    await rows.locator("strong", { hasText: "备份已核对" }).waitFor();
    await goTo(page, "#/ledger/check");
    await page.getByRole("button", { name: "现在校验" }).click();
    await page.locator(".check-verdict .state-good").waitFor();
    await page.setViewportSize(phone);
    for (const [hash, there] of Object.entries({
      "#/ledger/check": ".check-verdict",
      "#/ledger/reports": "form [aria-invalid]",
      "#/ledger/exports": ".actions a",
      "#/ledger": ".ledger-rows tbody tr",
    })) {
      await goTo(page, hash);
      await page.locator(`main ${there}`).first().waitFor();
      await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
      await accessible(page, hash);
      await fitsWidth(page, hash);
    }
    await enterAs(page, "报送人庚");
    await goTo(page, "#/ledger/check");
    await page.getByText("某时某屏播的是什么，人人可查").waitFor();
    expect(await page.locator("[data-check]").count()).toBe(0);
  });

  test("whoever leaves hands over to a named person: what there is, the sheet, one step", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "系统管理员己");
    await goTo(page, "#/people");
    const leaver = page.locator('[data-login="P02"]');
    await leaver.getByRole("button", { name: /重设密码…审核人乙/ }).click();
    await leaver.getByRole("button", { name: "交接…" }).click();
    await page.locator("#handover:focus").waitFor();
    await page.getByRole("link", { name: "打印交接单" }).waitFor();
    const now = page.locator("[data-handover] button.danger");
    expect(await now.isDisabled()).toBe(true);
    await page.getByLabel("接手人").selectOption({ index: 1 });
    await page.getByLabel(/^已核对交接单/).check();
    await page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })");
    await accessible(page, "a handover");
    await page.setViewportSize(phone);
    await fitsWidth(page, "a handover on a phone");
    await now.click();
    await page.locator('[data-handover="done"]', { hasText: "账号已停用" }).waitFor();
    await accessible(page, "what was handed over");
    await page.getByRole("button", { name: "知道了" }).click();
    await leaver.locator(".state-bad", { hasText: "已停用" }).waitFor();
  });

  test("by keyboard: past the places to the content; a view that was gone to has the focus and names the window", async () => {
    const page = await tester.open(url);
    expect(await page.title()).toMatch(/^【演练】公开栏 · /);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("跳到正文");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("MAIN");
    await page.locator('.places [data-place="outlook"]').focus();
    await page.keyboard.press("Enter");
    await page.locator("h2:focus").waitFor();
    expect(await page.title()).toBe(`【演练】${await focused(page)} · 青石港办事处 · 公开栏发布系统 Boardcast`);
    await page.locator('.places [data-place="wall"]').press("Enter");
    await page.locator("main:focus .wall").waitFor();
    await page.locator(".help-button").press("Enter");
    await page.locator(".help-sheet", { hasText: "应显示、已下发、已核对" }).waitFor();
    await accessible(page, "help");
    await page.keyboard.press("Escape");
    await page.locator(".help-sheet").waitFor({ state: "detached" });
  });

  test("the tour leads to a draft, is left, and goes on where it was left; the draft waits in today's list", async () => {
    const page = await tester.open(url, { viewport: desktop });
    const tour = page.locator(".tour");
    await tour.getByRole("button", { name: "开始" }).click();
    await tour.getByRole("button", { name: "下一步" }).click();
    await tour.getByRole("link", { name: "带我去" }).click();
    await page.locator('[data-roles~="maker"].tour-here').click();
    await tour.getByRole("button", { name: "照旧通知抄一份" }).click();
    await tour.locator("strong", { hasText: "送审" }).waitFor();
    await page.locator(".draft h2", { hasText: "停水通知" }).waitFor();
    await accessible(page, "the tour beside a draft");
    await tour.getByRole("button", { name: "先离开" }).click();
    await page.reload();
    await page.locator(".draft h2").waitFor();
    expect(await tour.count()).toBe(0);
    await page.locator(".help-button").click();
    await page.getByRole("button", { name: "接着上次的入门" }).click();
    expect(await words(tour.locator(".tour-count"))).toBe("4/9");
    await goTo(page, "#/today");
    await page.locator('[data-group="submit"] a', { hasText: "接着写" }).click();
    await page.locator(".draft h2", { hasText: "停水通知" }).waitFor();
  });
});
