/** A file in the watched folder becomes a warning on every sign that a line reaches, by one click of one person; and goes again. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { lit, until } from "../daemon/processes.ts";
import { files, rain } from "../notices/cap/signing.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { PageTester } from "./browser.ts";
import { enterAs, goTo, openDoor } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";
import { isReadable, nameless } from "./readable.ts";

const shot = async (page: Page, name: string) => {
  const folder = process.env.LOOK;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const program = needTool("chromium");

describe.skipIf(program === null)("received warnings in a browser", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("cap", tester);
  let url: string;
  let control: Readonly<Record<string, number>>;

  beforeAll(async () => {
    ({ url, control } = await office.start("2017-11-06T09:00"));
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const messageOn = async (board: string) => (await lit(control[board] ?? 0)).message;
  const now = { sent: "2017-11-06T09:00:00+08:00", effective: "2017-11-06T09:00:00+08:00" };
  const expires = "2017-11-06T15:00:00+08:00";
  const put = (name: string, text: string) => {
    // The page answers a moment before the daemon makes the folder.
    mkdirSync(join(office.data, "cap-inbox"), { recursive: true });
    writeFileSync(join(office.data, "cap-inbox", name), text);
  };
  const open = async (page: Page, title: string) => {
    await goTo(page, "#/warnings");
    const link = page.getByRole("link", { name: title });
    await link.waitFor();
    await link.click();
    await page.locator(".received-boards img").first().waitFor();
  };

  test("from the folder to the signs and off them, B9 named with who to call", async () => {
    const page = await openDoor(tester, url);
    await enterAs(page, "经办人甲");
    put("rain.xml", rain({ ...now, expires }));
    await open(page, "【演练】青石市气象台发布暴雨橙色预警信号");
    expect(
      await page.locator("[data-unreached]").evaluateAll((all) => all.map((one) => one.getAttribute("data-unreached"))),
    ).toEqual(["B9"]);
    expect(await page.locator(".received-boards [data-board]").count()).toBe(8);
    await isReadable(page, "a warning that waits", 40);
    await accessible(page, "a warning that waits");
    expect(await page.evaluate(nameless)).toEqual([]);
    await shot(page, "warning-waiting");
    await page.getByRole("button", { name: "确认播出" }).click();
    await page.getByText("已办").first().waitFor();
    const { boards } = (await (await fetch(`${url}/api/v1/cap/1`)).json()) as {
      boards: { id: string; message: string | null }[];
    };
    const warned = new Map(boards.map(({ id, message }) => [id, message]));
    for (const board of ["B1", "B5"])
      await until(
        board,
        () => messageOn(board),
        (message) => message === warned.get(board),
      );
    await shot(page, "warning-shown");

    const later = "2017-11-06T09:01:00+08:00";
    const reference = `421200416,42120041600000_20170812163000,${now.sent}`;
    const times = { sent: later, effective: later, expires: "2017-11-06T10:00:00+08:00" };
    put("cancel.xml", rain({ ...times, references: reference }, files.cancel));
    await open(page, "【演练】青石市气象台解除暴雨橙色预警信号");
    await shot(page, "cancel-waiting");
    await page.getByRole("button", { name: "确认解除" }).click();
    await page.getByText("已办").first().waitFor();
    await until(
      "over",
      () => messageOn("B1"),
      (message) => message !== warned.get("B1"),
    );
    await goTo(page, "#/warnings");
    await page.locator('[data-received="1"]', { hasText: "已解除或被更新" }).waitFor();
    await shot(page, "warnings");
    await accessible(page, "warnings");
    await goTo(page, "#/outlook");
    await page.locator("[data-outlook]").first().waitFor();
    await accessible(page, "the next days");
  }, 120_000);
});
