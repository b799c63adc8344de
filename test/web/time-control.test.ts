/** Any instant of all nine boards, past or future, and the way back to now. */
import { describe, expect, test } from "vitest";
import { practiceStart, welcomeAt } from "../preview/fake-office.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { becomesTrue, boards, drawn, drawnAt, instantField, shown, tile, withFakeOffice, words } from "./browser.ts";

const program = needTool("chromium");

describe.skipIf(program === null)("the time control", () => {
  const { office, open, lit } = withFakeOffice(program);

  test("shows 2017-12-05 09:00: the welcome on B1, no facts of now, and a way back", async () => {
    const page = await open();
    await instantField(page).fill("2017-12-05 09:00:00");
    await tile(page, "B1").locator(".playing", { hasText: "欢迎词" }).waitFor();
    expect(await words(page.locator(".elsewhen"))).toMatch(/2017-12-05 周二 09:00:00.*不是现在.*还没有到/s);
    expect(await page.locator("[data-fact], .line-state").count()).toBe(0);
    for (const board of boards) {
      await drawnAt(page, board, welcomeAt);
      expect((await shown(page, board))?.pixels, board).toBe(await lit(board, welcomeAt));
    }
    await page.locator(".elsewhen button").click();
    await page.waitForSelector('[data-board="B1"] [data-fact="confirmed"]');
    expect(await page.locator(".elsewhen").count()).toBe(0);
    await becomesTrue(page, `boardcast.frameOf("B1")?.at < ${welcomeAt}`);
  });

  test("the past is said to be past", async () => {
    const page = await open();
    await instantField(page).fill("2017-11-03 10:00");
    await page.locator(".elsewhen", { hasText: "已经过去" }).waitFor();
    const at = practiceStart - 3 * 86_400_000 + 90 * 60_000 + 10_000;
    await drawnAt(page, "B6", at);
    expect((await shown(page, "B6"))?.pixels).toBe(await lit("B6", at));
  });

  test("slider and steps by keyboard", async () => {
    const page = await open();
    const slider = page.locator('.page > .time input[type="range"]');
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    const field = instantField(page);
    expect(await field.inputValue()).toMatch(/^2017-11-06 08:3\d:00$/);
    await page.getByRole("button", { name: "晚 1 小时" }).press("Enter");
    expect(await field.inputValue()).toMatch(/^2017-11-06 09:3\d:00$/);
    await page.getByRole("button", { name: "前一天" }).press("Enter");
    expect(await field.inputValue()).toMatch(/^2017-11-05 09:3\d:00$/);
    await slider.focus();
    for (const [key, expected] of [
      ["Home", "2017-11-05 00:00:00"],
      ["PageUp", "2017-11-05 01:00:00"],
      ["PageDown", "2017-11-05 00:00:00"],
      ["PageDown", "2017-11-05 00:00:00"],
      ["End", "2017-11-05 23:59:00"],
      ["PageUp", "2017-11-05 23:59:00"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await field.inputValue(), key).toBe(expected);
    }
    expect(await slider.getAttribute("aria-valuetext")).toBe("23时59分、已经过去");
  });

  test("the strip tells when something changes, and a pull of it shows any instant and why", async () => {
    const page = await open("", { hasTouch: true });
    await instantField(page).fill("2017-12-05 08:58:00");
    await becomesTrue(page, `document.querySelector(".strip-lit").getAttribute("d")`);
    const slider = page.locator('.page > .time input[type="range"]');
    await page.getByRole("button", { name: "下次变化" }).click();
    expect(await instantField(page).inputValue()).toBe("2017-12-05 09:00:00");
    expect(await slider.getAttribute("aria-valuetext")).toMatch(/^09时00分、还没有到、B1、B2、.*B9 在此刻换内容$/);
    await slider.focus();
    await page.keyboard.press("Shift+ArrowRight");
    expect(await instantField(page).inputValue()).toBe("2017-12-05 09:05:00");
    await page.keyboard.press("Shift+ArrowLeft");
    expect(await instantField(page).inputValue()).toBe("2017-12-05 09:00:00");
    const box = await slider.boundingBox();
    if (!box) throw new Error("no strip");
    const [x, y] = [(share: number) => box.x + box.width * share, box.y + box.height / 2];
    await page.mouse.move(x(0.5), y);
    await page.mouse.down();
    await page.mouse.move(x(0.25), y, { steps: 4 });
    await page.mouse.move(x(0.25), y);
    await page.mouse.up();
    expect(await instantField(page).inputValue()).toMatch(/^2017-12-05 0(5:59|6:0[01]):00$/);
    // Before they open: black, and it is said why.
    await tile(page, "B1").locator(".playing-why", { hasText: "非开放时段，07:30 开放" }).waitFor();
    await page.touchscreen.tap(x(0.4), y);
    const at = Date.parse(`${(await instantField(page).inputValue()).replace(" ", "T")}+08:00`);
    expect(Math.abs(at - (welcomeAt + 36 * 60_000))).toBeLessThanOrEqual(120_000);
    await tile(page, "B1").locator(".playing-why", { hasText: "优先级 5" }).waitFor();
    for (const board of boards) {
      await drawnAt(page, board, at);
      expect((await shown(page, board))?.pixels, board).toBe(await lit(board, at));
    }
    await accessible(page, "another instant by the strip");
  });

  const typings: readonly (readonly [typed: string, taken: string | null])[] = [
    ["2017-12-05T09:00:05", "2017-12-05 09:00:05"],
    ["2017-12-05", "2017-12-05 00:00:00"],
    ["2017-12-05 9", null],
    ["2017-02-30 09:00", null],
    ["2017-12-05 25:00", null],
    ["next week", null],
    ["", null],
  ];
  test("what is typed is taken if it is an instant, else marked as wrong and forgotten", async () => {
    const page = await open();
    const field = instantField(page);
    for (const [typed, taken] of typings) {
      await field.fill("2017-11-20 10:00:00");
      await field.fill(typed);
      expect([typed, await field.getAttribute("aria-invalid")]).toEqual([typed, String(taken === null)]);
      await field.blur();
      expect([typed, await field.inputValue()]).toEqual([typed, taken ?? "2017-11-20 10:00:00"]);
      expect(await field.getAttribute("aria-invalid")).toBe("false");
    }
  });

  test("what is being typed is not overwritten by the running clock", async () => {
    const page = await open();
    const field = instantField(page);
    await field.focus();
    const before = await field.inputValue();
    await becomesTrue(page, `document.querySelector(".clock-time").textContent > "${before.slice(11)}"`);
    expect(await field.inputValue()).toBe(before);
    await field.blur();
    await expect.poll(() => field.inputValue()).not.toBe(before);
  });

  test("a step of the daemon's clock is followed at once", async () => {
    const page = await open();
    await drawn(page, "B1");
    office().step(3 * 86_400_000);
    await page.locator(".clock", { hasText: "2017-11-09" }).waitFor();
    office().step(-3 * 86_400_000);
    await page.locator(".clock", { hasText: "2017-11-06" }).waitFor();
  });
});
