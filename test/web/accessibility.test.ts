/** The wall for people who see little, use no mouse, or listen: in every state, as WCAG asks; all screens are in `roles`. */
import { describe, expect, test } from "vitest";
import { fakeOffice, serveOffice } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";
import { isReadable } from "./readable.ts";
import { becomesTrue, desktop, instantField, phone, tile, withFakeOffice } from "./browser.ts";
import { fitsWidth, goTo } from "./desk.ts";
import { manyBoards, tellMany } from "./many.ts";

const program = needTool("chromium");

describe.skipIf(program === null)("for everyone", () => {
  const { office, open, tester, webFolder } = withFakeOffice(program);

  test("text stands out from its ground in every state, in both languages, wide and narrow", async () => {
    const page = await open();
    await page.locator('[data-board="B7"] [data-state="same"]').waitFor();
    await isReadable(page, "now");
    const healthy = office().boards()[6]?.facts;
    if (!healthy) throw new Error("no B7");
    const now = office().now();
    const fault = { code: "link/no-answer", board: "B7", where: "tcp 127.0.0.1:40107", label: "STATUS" } as const;
    const other = { message: "0".repeat(64), notice: "N99", at: now };
    office().setFacts("B7", { ...healthy, confirmed: other, sent: other, faults: [{ fault, at: now }], link: "down" });
    office().setFacts("B6", { ...healthy, confirmed: { ...other, at: now - 60_000 }, sent: null, link: "waiting" });
    await tile(page, "B6").locator('[data-state="stale"]').waitFor();
    await isReadable(page, "faults");
    await tile(page, "B7").getByRole("button").click();
    await page.locator("dialog .reason.shown").waitFor();
    await isReadable(page, "a board large");
    await page.locator("dialog .instant").fill("2017-12-05 09:0");
    await page.locator("dialog .instant").fill("2017-12-05 09:00");
    await page.locator("dialog .elsewhen").waitFor();
    await isReadable(page, "another instant");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "English" }).click();
    await page.setViewportSize(phone);
    await isReadable(page, "a phone, in English");
    office().setFacts("B6", undefined);
    office().setFacts("B7", undefined);
  });

  test("so it does when the daemon is gone", async () => {
    const own = await serveOffice(office(), webFolder());
    const page = await tester.open(own.url, {}, (fresh) => fresh.clock.install());
    await page.locator('[data-board="B7"] [data-state="same"]').waitFor();
    await own.close();
    await page.waitForSelector(".link-lost");
    await page.clock.runFor(16_000);
    await page.locator(".notice-bad").waitFor();
    await page.locator('[data-board="B7"] [data-state="offline"]').first().waitFor();
    await isReadable(page, "lost");
    expect(await page.locator(".line-old").count()).toBe(9);
    await page.close();
    tester.complaints.length = 0;
  });

  test("Tab goes through all of it in reading order, and what has the focus shows it", async () => {
    const page = await open();
    const stops: string[] = [];
    for (let press = 0; press < 40; press++) {
      await page.keyboard.press("Tab");
      const [name, outline] = await page.evaluate<[string, number]>(`(() => {
        const one = document.activeElement;
        const shown = one.matches(".tile-open") ? one.closest(".tile") : one;
        return [one.ariaLabel || one.textContent.trim(), parseFloat(getComputedStyle(shown).outlineWidth)];
      })()`);
      if (name === "" || stops.includes(name)) break;
      stops.push(name);
      expect(outline, name).toBeGreaterThanOrEqual(2);
    }
    expect(stops.slice(0, 5)).toEqual(["跳到正文", "正式用起来…", "紧急关屏", "中文", "English"]);
    const boards = stops.filter((name) => name.startsWith("放大")).map((name) => name.slice(3, 5));
    const seen = await page
      .locator("[data-board]")
      .evaluateAll((tiles) => tiles.map((one) => String(one.getAttribute("data-board"))));
    expect(boards).toEqual(seen);
    expect(boards.length).toBe(9);
  });

  test("who wants no motion gets none but the panels' own", async () => {
    const page = await open("", { viewport: desktop, reducedMotion: "reduce" });
    await instantField(page).waitFor();
    const moving = await page.evaluate(
      `[...document.querySelectorAll("*")].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0 || getComputedStyle(one).animationName !== "none").length`,
    );
    expect(moving).toBe(0);
  });

  test("200 boards and 10,000 notices: each screen draws a page of them, and goes on to the next", async () => {
    const own = await serveOffice(await fakeOffice(undefined, manyBoards), webFolder());
    const page = await tester.open(own.url, {}, tellMany, "main");
    await goTo(page, "#/");
    const count = (what: string) => page.locator(what).count();
    const drawn = async (screen: string) => {
      expect(await count("body *"), screen).toBeLessThan(2500);
      expect(await count("canvas"), screen).toBeLessThanOrEqual(24);
      await page.setViewportSize(phone);
      await fitsWidth(page, screen);
      await page.setViewportSize(desktop);
    };
    /** Lines there at first, and after the button was pressed. */
    const turned = async (what: string, button: RegExp, first: number, then: number) => {
      await becomesTrue(page, `document.querySelectorAll(${JSON.stringify(what)}).length === ${first}`);
      await drawn(what);
      await page.getByRole("button", { name: button }).click();
      await becomesTrue(page, `document.querySelectorAll(${JSON.stringify(what)}).length === ${then}`);
    };
    await turned("[data-board]", /^再显示一些/, 24, 48);
    await page.getByRole("searchbox").fill("b200");
    await becomesTrue(page, `document.querySelectorAll("[data-board]").length === 1`);
    await becomesTrue(page, `boardcast.frameOf("B200")?.message`);
    await goTo(page, "#/notices");
    await turned("[data-notice]", /^再往后/, 50, 100);
    await goTo(page, "#/ledger");
    await turned("[data-row]", /^更早的/, 30, 60);
    await goTo(page, "#/boards");
    await turned(".devices tbody tr", /^再/, 25, 50);
    await goTo(page, "#/schedule");
    await turned("[data-board-row]", /^下一页/, 12, 12);
    await goTo(page, "#/today");
    await page.locator('[data-group="post"] a[href="#/paper"]').last().waitFor();
    await drawn("today");
    await page.close();
    await own.close();
    // Of what the office without a daemon is not asked in earnest: a link's health, the outlook.
    expect(tester.complaints.splice(0).filter((one) => !/404/.test(one))).toEqual([]);
  });
});
