/** From practice to an office of one's own, by the page alone: what it asks for, what it leads to. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { builtProgram } from "../built.ts";
import { copyPracticeData } from "../practice-data.ts";
import { killAll, runIn, sayingOf } from "../daemon/processes.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { desktop, PageTester, phone, words } from "./browser.ts";
import { fitsWidth, goTo } from "./desk.ts";

const program = needTool("chromium");

describe.skipIf(program === null)("an office begins", () => {
  const tester = new PageTester(program);
  const folder = mkdtempSync(join(tmpdir(), "boardcast-begin-"));
  let url: string;
  let said: { readonly out: string };
  beforeAll(async () => {
    await copyPracticeData(join(folder, "data", "practice"));
    const start = async () => {
      const running = runIn(folder, await builtProgram(), "start", "--port", "0");
      said = running.said;
      const [, at = ""] = await sayingOf(running, /(http:\/\/\S+)\/\n/);
      url = at;
    };
    await Promise.all([start(), tester.start()]);
  }, 120_000);
  afterAll(async () => {
    await tester.stop();
    await killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => tester.settle());

  test("where practice was asked for, the page says so at once, why, and what to do: there is nothing to fill in", async () => {
    const data = join(folder, "asked-for");
    await copyPracticeData(data);
    const running = runIn(folder, await builtProgram(), "start", "--practice", "--data", data, "--port", "0");
    const [, at = ""] = await sayingOf(running, /(http:\/\/\S+)\/\n/);
    const page = await tester.open(`${at}/#/begin`, { viewport: phone }, undefined, "[data-hindrance]");
    expect(await words(page.locator("[data-hindrance]"))).toMatch(/--practice 或 --data.*还是演练.*npm start/s);
    expect(await page.locator("main form, main input").count()).toBe(0);
    await fitsWidth(page, "what hinders an office");
    await accessible(page, "what hinders an office");
    await page.setViewportSize(desktop);
    await page.getByRole("button", { name: "English" }).click();
    await page.setViewportSize(phone);
    expect(await words(page.locator("[data-hindrance]"))).toMatch(/--practice or --data.*practice again.*npm start/s);
    await fitsWidth(page, "what hinders an office, in English");
    await page.locator("[data-hindrance] a").click();
    await page.locator("main h2").first().waitFor();
    running.child.kill("SIGTERM");
  });

  test("from the band over practice to the first things to do in an office without boards, and practice stays where it was", async () => {
    const page = await tester.open(`${url}/`, { viewport: phone }, undefined, ".practice-band");
    await page.locator(".practice-band a").click();
    await page.getByLabel("单位名称").fill("青石港街道办事处");
    await fitsWidth(page, "an office's beginning");
    await accessible(page, "an office's beginning");
    await page.setViewportSize(desktop);
    // Alone there is no account to be made.
    await page.getByLabel("只有我一个人").check();
    expect(await page.getByLabel("登录名").count()).toBe(0);
    await page.getByLabel("经办人写，审核人审，签发人签").check();
    await page.getByLabel("姓名").fill("韩敏");
    await page.getByLabel("登录名").fill("hanmin");
    for (const [label, typed] of [
      ["新密码", "hanmin1234"],
      ["再输一次", "hanmin1234"],
    ] as const)
      await page.getByLabel(label).fill(typed);
    await page.getByRole("button", { name: "建立", exact: true }).click();
    expect(await words(page.getByRole("alert"))).toContain("密码");
    expect(existsSync(join(folder, "boardcast.yaml"))).toBe(false);
    for (const label of ["新密码", "再输一次"]) await page.getByLabel(label).fill("池塘 白鹭 木板桥 3");
    await page.getByRole("button", { name: "建立", exact: true }).click();
    await page.locator('[data-group="begin"]').waitFor({ timeout: 60_000 });
    expect(await page.locator('[data-group="begin"] [data-kind]').count()).toBe(2);
    expect(await words(page.locator('[data-kind="people"]'))).toContain("审核人");
    expect(await page.locator(".practice-band").count()).toBe(0);
    expect(await words(page.locator("header.header"))).toContain("青石港街道办事处");
    // Of no board there is nothing to load: every list of them says so, and who may add one.
    for (const hash of ["#/boards", "#/schedule"]) {
      await goTo(page, hash);
      await page.locator("[data-no-boards]", { hasText: "还没有公开栏" }).waitFor();
      expect(await page.locator("main .loading").count(), hash).toBe(0);
    }
    await goTo(page, "#/today");
    await page.locator('[data-kind="first-board"]').getByRole("link").click();
    await page.getByRole("heading", { name: "新增" }).first().waitFor();
    expect(readFileSync(join(folder, "boardcast.yaml"), "utf8")).toContain("office: true");
    await page.setViewportSize(phone);
    await goTo(page, "#/settings/network");
    await page.locator("[data-opening]").waitFor();
    await fitsWidth(page, "opening the network");
    await accessible(page, "opening the network");
    await page.getByLabel("原因").fill("各科室要用");
    await page.getByRole("button", { name: "对办公网开放" }).click();
    await page.locator("[data-turned]").waitFor();
    expect(await words(page.locator(".network-urls"))).toMatch(/https:\/\//);
    await fitsWidth(page, "opened");
    expect(said.out).toContain("青石港街道办事处  http");
    expect(said.out).not.toContain("#/setup/");
    expect(existsSync(join(folder, "data", "office"))).toBe(true);
    // The daemon was away for some seconds, and the password was refused once: the browser writes down both.
    for (const one of tester.complaints.splice(0))
      expect(one).toMatch(/422|ERR_CONNECTION_REFUSED|ERR_EMPTY|ERR_CONNECTION_RESET|WebSocket|400|503|Failed to load/);
  }, 90_000);
});
