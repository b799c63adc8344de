/** 今日待办 and what stands around every view, in practice: what each person finds, by mouse, by keyboard, on a phone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { todayGroups, todayKinds } from "../../src/api/today.ts";
import type { TodayJson } from "../../src/api/today-schemas.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { desktop, PageTester, phone, words } from "./browser.ts";
import { enterAs, fitsWidth, goTo } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";

/** One line of each kind. */
function full(isDone: boolean): TodayJson {
  const says = { zh: "落款日期有误", en: "the date is wrong" };
  const item = (kind: (typeof todayKinds)[number]) => ({
    ...{
      kind,
      title: `${kind} 的标题`,
      notice: "N05",
      case: "2017-0001",
      draft: true,
      number: "1",
      late: kind === "overdue",
    },
    boards: ["dark", "fault", "report", "post", "take-down", "reminder"].includes(kind) ? ["B1", "B2"] : [],
    ...{ since: "2017-11-05T00:00:00.000Z", until: "2017-11-07T00:00:00.000Z" },
    ...{ people: ["甲", "乙", "丙", "丁"], says, remedy: says },
  });
  const of: Record<(typeof todayGroups)[number], readonly (typeof todayKinds)[number][]> = {
    warnings: ["received", "countersignature"],
    late: isDone ? ["overdue", "held"] : ["overdue", "held", "result"],
    trouble: ["dark", "takedown", "fault", "report"],
    sign: ["signature"],
    review: ["office-review"],
    submit: ["returned", "handed-in", "decision", "draft"],
    post: ["post"],
    "take-down": ["take-down"],
    reminders: ["reminder"],
  };
  const groups = todayGroups.map((group) => ({ group, items: of[group].map(item), more: group === "sign" ? 5 : 0 }));
  return { at: "2017-11-06T00:30:00.000Z", groups };
}

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
    const page = await tester.open(url);
    const found: Record<string, (string | null)[]> = {};
    for (const name of ["报送人庚", "经办人甲", "审核人乙", "签发人丙", "屏幕管理员丁", "监督员戊", "系统管理员己"]) {
      await enterAs(page, name);
      await page.locator(".today-sum").waitFor();
      expect(await focused(page)).toBe("今日待办");
      // Publicity that is over goes on record at some heartbeat, and waits for its result from then on.
      found[name] = (await groups(page)).filter((group) => group !== "late" || name !== "经办人甲");
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
    await page.route("**/api/v1/today", (asked) => asked.fulfill({ json: full(sent.length > 0) }));
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
    const page = await tester.open(url);
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
    };
    for (const [part, there] of Object.entries(ready)) {
      await goTo(page, `#/settings/${part}`);
      await page.locator(there).first().waitFor();
      await accessible(page, part);
      await fitsWidth(page, part);
    }
    await enterAs(page, "经办人甲");
    await goTo(page, "#/settings/network");
    await page.locator(".settings", { hasText: "由系统管理员和监督员查看" }).waitFor();
    expect(await page.locator("[data-network]").count()).toBe(0);
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
