/** 播放安排 in practice: a notice is moved inside what was signed, by keys and by pointer, and not beyond; who only reads, reads. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { desktop, PageTester, phone, words } from "./browser.ts";
import { enterAs, fitsWidth, goTo } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";

const program = needTool("chromium");

describe.skipIf(program === null)("schedule", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("schedule", tester);
  let url: string;
  beforeAll(async () => {
    ({ url } = await office.start("2017-11-06T08:29:50"));
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const field = (page: Page, name: string) => page.locator(`[data-schedule-card] [data-field="${name}"]`);
  const bar = (page: Page) => page.locator('[data-lane="N07"] .bar');
  const scheduleNow = (page: Page) =>
    page.evaluate<{ from: number; until: number; cron: string }>(
      `fetch("/api/v1/schedule?from=2017-11-06T00:00&until=2017-11-07T00:00&boards=B9").then((answer) => answer.json()).then(({ notices }) => notices.find(({ notice }) => notice === "N07").schedule)`,
    );
  const minutes = 60_000;
  const day = 1440 * minutes;

  test("an operator moves N07 by keys and by pointer; its effect is told, the reason kept, and undone again; outside is refused", async () => {
    const page = await tester.open(`${url}#/sign-in`, { viewport: desktop }, undefined, ".practice-people");
    await enterAs(page, "屏幕管理员丁");
    await goTo(page, "#/schedule");
    await page.locator('[data-board-row="B9"]').waitFor();
    expect(await page.locator("[data-board-row]").count()).toBe(9);
    // A person loads B9: its line is a plan, and what its card has is told beside it. Of no other board.
    expect(await words(page.locator("[data-card-said]"))).toMatch(/^由人装卡.*不是在播的.*去装卡.*卡上是什么不知道/s);
    expect(await page.locator("[data-card-said]").count()).toBe(1);
    const plans = await page.evaluate(
      `[...new Set([...document.querySelectorAll("[data-line] .piece-planned")].map((one) => one.closest("[data-line]").dataset.line))]`,
    );
    expect(plans).toEqual(["B9"]);
    expect(await page.locator("[data-line='B9'] .piece-on:not(.piece-planned)").count()).toBe(0);
    expect(await page.locator("[data-line='B9'] .piece-on").first().getAttribute("title")).toContain("该装的");
    await accessible(page, "all boards");
    await page.locator('[data-board-row="B9"] .line-board').click();
    await page.getByRole("button", { name: "月", exact: true }).click();
    await page.locator(".days-month").waitFor();
    await bar(page).waitFor();
    const before = await scheduleNow(page);

    // As signed, there is no room: a day later is refused before anything is asked for.
    await bar(page).press("ArrowRight");
    await page.locator("[data-outside]", { hasText: "结束晚于签发的时间" }).waitFor();
    expect(await page.getByRole("button", { name: "就这样安排" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "改回原样" }).click();

    await bar(page).press("Shift+ArrowLeft");
    expect(await field(page, "until").inputValue()).toBe("2017-11-13 17:30");
    await page.locator("[data-effect-of] .told-list li", { hasText: "柳林村公开栏" }).waitFor();
    await accessible(page, "a change and its effect");
    await field(page, "reason").fill("十四日停电检修");
    await page.getByRole("button", { name: "就这样安排" }).click();
    await page.locator("[data-kept]").waitFor();
    expect((await scheduleNow(page)).until).toBe(before.until - day);

    // A day to the right by pointer: as long as before, and still inside.
    await bar(page).scrollIntoViewIfNeeded();
    const box = await bar(page).boundingBox();
    const lane = await page.locator('[data-lane="N07"]').boundingBox();
    if (box === null || lane === null) throw new Error("nothing to drag");
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + lane.width / 30, y, { steps: 3 });
    await page.mouse.up();
    expect(await field(page, "from").inputValue()).toBe("2017-11-07 08:00");
    expect(await field(page, "until").inputValue()).toBe("2017-11-14 17:30");
    await page.getByRole("button", { name: "改回原样" }).click();
    await page.getByRole("button", { name: "撤销" }).click();
    await page.locator("[data-kept]").waitFor({ state: "detached" });
    expect(await scheduleNow(page)).toEqual(before);
  });

  test("somebody else was sooner: both are told, nothing chosen is lost; a day left out is told with the next ten", async () => {
    const page = await tester.open(`${url}#/sign-in`, { viewport: phone }, undefined, ".practice-people");
    await enterAs(page, "屏幕管理员丁");
    await goTo(page, "#/schedule/B9/N07");
    await field(page, "until").waitFor();
    const before = await scheduleNow(page);
    await field(page, "until").fill("2017-11-13 17:30");
    await field(page, "until").press("Enter");
    await page.locator("[data-add-exception]").click();
    await page.locator(".field-wrong", { hasText: "写明为什么" }).waitFor();
    await field(page, "exception-name").fill("停电检修");
    await page.locator("[data-starts] .start-skipped", { hasText: "停电检修" }).first().waitFor();
    // Beside this page, as from another desk.
    const put = (schedule: object) =>
      page.evaluate(
        `fetch("/api/v1/session").then((answer) => answer.json()).then(({ csrf }) => fetch("/api/v1/notices/N07/schedule", { method: "PUT", headers: { "content-type": "application/json", "x-boardcast-csrf": csrf }, body: ${JSON.stringify(JSON.stringify({ schedule }))} })).then(({ status }) => status)`,
      );
    expect(await put({ ...before, weight: 3 })).toBe(200);
    await field(page, "reason").fill("检修");
    await page.getByRole("button", { name: "就这样安排" }).click();
    await page.locator("[data-theirs]", { hasText: "2017-11-14 17:30" }).waitFor();
    expect(await words(page.locator("[data-theirs]"))).toContain("停电检修");
    expect(await words(page.locator(".schedule-card > .refusal[role=alert]").last())).toContain("屏幕管理员丁");
    await fitsWidth(page, "a schedule that two changed");
    await accessible(page, "a schedule that two changed");
    expect(await scheduleNow(page)).toEqual({ ...before, weight: 3 });
    await page.locator("[data-insist]").click();
    expect(await field(page, "reason").inputValue()).toBe("检修");
    await page.getByRole("button", { name: "就这样安排" }).click();
    await page.locator("[data-kept]").waitFor();
    expect(await scheduleNow(page)).toMatchObject({
      until: before.until - day,
      exceptions: [{ name: "停电检修", from: "2017-11-06", until: "2017-11-06", plays: false }],
    });
    expect(await put(before)).toBe(200);
    for (const one of tester.complaints.splice(0)) expect(one).toContain("409");
  });

  test("words are an expression, and back; the next ten are told, with the days left out; a wrong expression is told in its place", async () => {
    const page = await tester.open(`${url}#/sign-in`, { viewport: phone }, undefined, ".practice-people");
    await enterAs(page, "屏幕管理员丁");
    await goTo(page, "#/schedule/B9/N07");
    await field(page, "days").waitFor();
    await page.locator("[data-starts] li").nth(9).waitFor();
    await field(page, "step").selectOption("60");
    await field(page, "last").selectOption("1020");
    await field(page, "days").selectOption("workday");
    expect(await words(page.locator("[data-rule]"))).toBe("每个工作日 8:00 到 17:00 每小时\uff0c播 5 分钟");
    expect(await field(page, "cron").inputValue()).toBe("0 8-17 * * *");
    await page.locator("[data-starts] li", { hasText: "2017-11-06 周一 17:00" }).waitFor();
    await page.locator(".expert summary").click();
    await field(page, "cron").fill("61 8 * * *");
    await field(page, "cron").press("Enter");
    await page.locator(".rule-editor .refusal", { hasText: "61 8" }).waitFor();
    expect(await words(page.locator("[data-rule]"))).toContain("专业写法");
    await page.getByRole("button", { name: "改回原样" }).click();
    await page.locator("[data-starts] li").nth(9).waitFor();
    await fitsWidth(page, "a schedule on a phone");
    await accessible(page, "a schedule on a phone");
    // What is refused on purpose is a line of the console, too.
    for (const one of tester.complaints.splice(0)) expect(one).toContain("422");
  });

  test("an auditor sees what was signed and what plays, and can change nothing", async () => {
    const page = await tester.open(`${url}#/sign-in`, { viewport: desktop }, undefined, ".practice-people");
    await enterAs(page, "监督员戊");
    await goTo(page, "#/schedule/B9/N07");
    await page.locator("[data-read-only]").waitFor();
    expect(await page.locator("[data-schedule-card] :is(input, select)").count()).toBe(0);
    await bar(page).press("ArrowRight");
    expect(await page.getByRole("button", { name: "就这样安排" }).count()).toBe(0);
    await page.locator("[data-line='B9'] .piece-on").first().click({ force: true });
    await page.locator("[data-piece]", { hasText: "N07" }).waitFor();
  });
});
