/** One board: large, its facts and faults, its words in both languages, and what is left without the daemon. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { serveOffice } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";
import { becomesTrue, drawn, shown, tile, withFakeOffice, words } from "./browser.ts";

const program = needTool("chromium");
const focusedBoard = "document.activeElement.closest('[data-board]')?.dataset.board";

describe.skipIf(program === null)("a board", () => {
  const { office, open, url, webFolder, tester } = withFakeOffice(program);

  test("Enter on a tile opens it large with its day and the reasons; Escape comes back to the tile", async () => {
    const page = await open();
    await tile(page, "B2").getByRole("button").focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(page.url()).toContain("#/board/B2");
    await dialog.locator("tbody tr.current").waitFor();
    await dialog.locator(".reason.shown").waitFor();
    expect(await words(dialog)).toContain("2017-11-06 周一 的播放安排");
    expect((await dialog.locator("canvas").boundingBox())?.width).toBeGreaterThan(500);
    await page.keyboard.press("Escape");
    // The browser tells the page of the closing in a task of its own, and this process of the address in another.
    await expect.poll(() => page.url()).not.toContain("#/board");
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
    expect(await page.evaluate(focusedBoard)).toBe("B2");
  });

  test("the back button closes it, too; closing leaves nothing to go forward through", async () => {
    const page = await open();
    const before = await page.evaluate<number>("history.length");
    await tile(page, "B3").getByRole("button").click();
    await page.getByRole("dialog").waitFor();
    await page.goBack();
    await expect.poll(() => page.locator("dialog").count()).toBe(0);
    expect(await page.evaluate(focusedBoard)).toBe("B3");
    for (let round = 0; round < 3; round++) {
      await tile(page, "B3").getByRole("button").click();
      await page.getByRole("dialog").waitFor();
      await page.getByRole("button", { name: "关闭" }).click();
      await expect.poll(() => page.url()).not.toContain("#/board");
    }
    expect(await page.evaluate<number>("history.length")).toBe(before + 1);
  });

  test("has an address of its own; closing that leads to the wall", async () => {
    const page = await open("#/board/B5");
    await page.getByRole("dialog", { name: "B5" }).waitFor();
    await page.getByRole("button", { name: "关闭" }).click();
    await expect.poll(() => page.url()).toBe(url());
    expect(await page.locator("[data-board]").count()).toBe(9);
  });

  test("says its hours, its quiet hours and what it shows, in both languages", async () => {
    const said = async (page: Page) => {
      const all = await page.locator("dialog .details").locator("dt, dd").allInnerTexts();
      return all.join("|");
    };
    const page = await open("#/board/B5");
    expect(await said(page)).toMatch(
      /开放时段\|07:30–21:00 每天\|静屏时段\|20:00–次日 08:00 工作日、只放待机画面\|播放类别\|党务、纪检/,
    );
    await page.goto(`${url()}#/board/B1`);
    await page.getByRole("dialog", { name: "B1" }).waitFor();
    expect(await said(page)).toMatch(/静屏时段\|没有\|播放类别\|不限/);
    // Its board large would go on moving beside the next one.
    await page.close();
    expect(await said(await open("#/board/B5", { locale: "en-GB" }))).toMatch(
      /Quiet hours\|20:00–next day 08:00 working days, the default picture alone\|Shows\|party affairs, /,
    );
  });

  test("an address that is none shows the wall", async () => {
    const page = await open("#/board/B77");
    for (const address of ["#/board/%E0%A4%A", "#/nonsense", "#/board/"]) {
      await page.goto(url() + address);
      await drawn(page, "B1");
      expect(await page.locator("dialog").count()).toBe(0);
    }
  });

  test("facts say what is known: disagreement, age and faults, with a remedy", async () => {
    const page = await open();
    const healthy = office()
      .boards()
      .find(({ config }) => config.id === "B7")?.facts;
    if (!healthy) throw new Error("no B7");
    const confirmed = tile(page, "B7").locator('[data-fact="confirmed"]');
    await tile(page, "B7").locator('[data-state="same"]').waitFor();
    const now = office().now();
    const fault = { code: "link/no-answer", board: "B7", where: "tcp 127.0.0.1:40107", label: "STATUS" } as const;
    office().setFacts("B7", {
      ...healthy,
      confirmed: { message: "0".repeat(64), notice: "N99", at: now },
      faults: [{ fault, at: now }],
      link: "down",
    });
    await tile(page, "B7").locator('[data-state="different"]').waitFor();
    expect(await words(confirmed)).toMatch(/✕.*不一致.*N99/s);
    expect(await words(tile(page, "B7").locator(".faults"))).toMatch(/没有回答.*怎么办.*请看电源/s);
    expect(await words(tile(page, "B7").locator(".line-note"))).toContain("线路断");
    office().setFacts("B7", { ...healthy, confirmed: { message: "0".repeat(64), notice: "N99", at: now - 60_000 } });
    await tile(page, "B7").locator('[data-state="stale"]').waitFor();
    expect(await words(confirmed)).toMatch(/已过时.*6\d 秒前/s);
    office().setFacts("B7", undefined);
    await tile(page, "B7").locator('[data-state="same"]').waitFor();
  });

  test("English is one click away, whole, and remembered", async () => {
    const page = await open();
    await page.getByRole("button", { name: "English" }).click();
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    await page.locator(".practice", { hasText: "PRACTICE" }).waitFor();
    expect(await words(page.locator(".facts").first())).toMatch(/Intended.*Sent.*Confirmed/s);
    // What is left in Chinese comes from the office: names, places, titles.
    const chrome = await page
      .locator(".header .practice, .link, .time, .facts, .line-note, .playing-when strong, .playing-why")
      .allTextContents();
    expect(chrome.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    const labels = await page.evaluate<string[]>(
      `[...document.querySelectorAll(".header [aria-label], .time [aria-label], .time [title]")].flatMap((one) => [one.ariaLabel ?? "", one.title])`,
    );
    expect(labels.filter((text) => /\p{Script=Han}/u.test(text))).toEqual([]);
    await page.reload();
    await page.waitForSelector(".practice");
    expect(await words(page.locator(".practice"))).toBe("PRACTICE");
    await page.close();
    const english = await open("", { locale: "en-GB" });
    expect(await words(english.locator(".practice"))).toBe("PRACTICE");
  });

  test("without the daemon the page says so, plays on, and comes back by itself", async () => {
    const own = await serveOffice(office(), webFolder());
    const page = await tester.open(own.url);
    await drawn(page, "B1");
    // What comes on in the next two hours is fetched while the daemon is there.
    const coming = (await office().programme("B1", office().now()))?.programme.messages.slice(1) ?? [];
    const asked = `performance.getEntriesByType("resource").map(({ name }) => name.slice(-64))`;
    await expect.poll(() => page.evaluate<string[]>(asked)).toEqual(expect.arrayContaining(coming.slice(0, 4)));
    await own.close();
    await page.waitForSelector(".link-lost");
    const before = await shown(page, "B1");
    await becomesTrue(page, `boardcast.frameOf("B1")?.at > ${before?.at}`);
    const again = await serveOffice(office(), webFolder(), Number(new URL(own.url).port));
    await page.waitForSelector(".link-open");
    await page.close();
    await again.close();
    expect(tester.complaints.splice(0).every((text) => /WebSocket|ERR_CONNECTION/.test(text))).toBe(true);
  });
});
