/** The page of a real office: set up by its link, doors that are shut, and a notice that needs two more people's passwords. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { builtProgram } from "../built.ts";
import { type DaemonProcess, killAll, sayingOf, startDaemonProcess } from "../daemon/processes.ts";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { PageTester, words } from "./browser.ts";
import { fillDraft, fitsWidth, goTo, kept, lookAt, lookAtAll, openCase, signIn, submitDraft } from "./desk.ts";
import { isReadable } from "./readable.ts";

const program = needTool("chromium");
const installation = `
office: 青石港办事处
zone: Asia/Shanghai
review: { office: true }
calendar: { kind: none }
boards:
  - id: B1
    name: 大厅公开屏
    place: 一楼大厅
    device: lcd
    panel: { width: 320, height: 180, colour: rgb }
    link: { kind: browser }
    hours: "00:00-24:00"
    default: [大厅公开屏]
    custodian: 管理员
`;
const password = "山水之间 有一座桥 1";
const otherPassword = "河边的石头 很多 22";

describe.skipIf(program === null)("a real office in a browser", () => {
  const tester = new PageTester(program);
  const folder = mkdtempSync(join(tmpdir(), "boardcast-real-page-"));
  let daemon: DaemonProcess;
  let setUp: string;

  beforeAll(async () => {
    const config = join(folder, "boardcast.yaml");
    writeFileSync(config, installation);
    const started = builtProgram().then((built) =>
      startDaemonProcess(built, "--config", config, "--data", join(folder, "data")),
    );
    [daemon] = await Promise.all([started, tester.start()]);
    [setUp] = await sayingOf(daemon.running, /http\S+#\/setup\/\S+/);
  }, 120_000);
  afterAll(async () => {
    await tester.stop();
    await killAll();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => tester.settle());

  const open = (hash: string, ready = "h2") => tester.open(`${daemon.url}/${hash}`, {}, undefined, ready);
  /** Chromium writes every refused request to its console: that much is meant to be. */
  const refused = (status: number) => {
    const found = tester.complaints.splice(0);
    expect(found.filter((text) => !text.includes(`status of ${status}`))).toEqual([]);
    expect(found.length).toBeGreaterThan(0);
  };
  const leave = async (page: Page) => {
    await page.getByRole("button", { name: "退出" }).click();
    await page.getByLabel("登录名").waitFor();
  };
  const newPassword = async (page: Page, chosen: string) => {
    await page.getByLabel("新密码").fill(chosen);
    await page.getByLabel("再输一次").fill(chosen);
  };

  test("the link sets up the first administrator, once; wrong passwords are told so; the doors are shut", async () => {
    const page = await open(new URL(setUp).hash);
    await page.getByLabel("姓名").fill("系统管理员");
    await page.getByLabel("登录名").fill("admin");
    await newPassword(page, "1234567890");
    await isReadable(page, "set-up", 10);
    await page.getByRole("button", { name: "建立账号并登录" }).click();
    expect(await words(page.getByRole("alert"))).toContain("太常见");
    refused(422);
    expect(await page.getByLabel("姓名").inputValue()).toBe("系统管理员");
    await newPassword(page, password);
    await page.getByRole("button", { name: "建立账号并登录" }).click();
    // Who is missing, and that there is no board: nothing else is asked of them yet.
    await page
      .locator('[data-group="begin"] [data-kind="people"]', { hasText: "还没有经办人、审核人、签发人、屏幕管理员" })
      .waitFor();
    await page.locator('[data-kind="people"]').getByRole("link", { name: "新增人员" }).click();
    await page.locator('[data-login="admin"]').waitFor();
    expect(await words(page.locator(".who"))).toContain("系统管理员");

    await leave(page);
    expect(await page.locator(".places a").count()).toBe(0);
    await signIn(page, "admin", "不是这个密码 123");
    await page.getByRole("alert").waitFor();
    refused(401);
    expect(await page.getByLabel("登录名").inputValue()).toBe("admin");
    expect(await page.getByLabel("密码").inputValue()).toBe("");
    await goTo(page, "#/board/B1");
    await signIn(page, "admin", password);
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");

    const again = await open(new URL(setUp).hash, ".refusal");
    expect(await words(again.locator(".refusal"))).toContain("重新");
    refused(410);
  }, 90_000);

  /** Read where the line is gone, thrown away by the telephone, the session over meanwhile: nothing is looked at or written twice. */
  const readOffline = async (page: Page) => {
    const bar = page.locator(".review-bar");
    await page.locator("[data-still]").first().waitFor();
    expect(await page.locator("button.sign").isDisabled()).toBe(true);
    await page.context().setOffline(true);
    await page.getByLabel("意见").fill("内容属实");
    await lookAt(page, page.locator(".case-sheet"));
    await bar.getByText("连不上").waitFor();
    expect(await page.locator("button.sign").isDisabled()).toBe(true);
    await page.context().setOffline(false);
    await page.locator(".review-bar[data-done]").waitFor();
    tester.complaints.splice(0);
    await page.context().clearCookies();
    await page.reload();
    await signIn(page, "qian", otherPassword);
    await page.locator(".review-bar[data-done]").waitFor();
    expect(await page.getByLabel("意见").inputValue()).toBe("内容属实");
    await bar.getByRole("button", { name: "去签发" }).click();
    expect(await page.evaluate("document.activeElement.name")).toBe("password");
  };

  // Goes on from there: the administrator is set up.
  test("what was typed outlives its session; then office review and signature, each with a person of their own", async () => {
    const page = await open("#/people");
    await signIn(page, "admin", password);
    const links = new Map<string, string>();
    for (const [login, name, role] of [
      ["jing", "经办甲", "经办人"],
      ["shen", "审核乙", "审核人"],
      ["qian", "签发丙", "签发人"],
    ] as const) {
      await page.getByRole("button", { name: "新增人员" }).click();
      await page.getByLabel("登录名").fill(login);
      await page.getByLabel("姓名").fill(name);
      await page.getByLabel(role, { exact: true }).check();
      await page.getByRole("button", { name: "保存" }).click();
      links.set(login, await words(page.locator(".secret")));
      await page.getByRole("button", { name: "已抄下" }).click();
    }
    await leave(page);
    const begin = async (login: string) => {
      await page.goto(links.get(login) ?? "");
      await newPassword(page, otherPassword);
      await page.getByRole("button", { name: "设好并登录" }).click();
      await page.locator(".who").waitFor();
    };

    await begin("jing");
    const notice = await fillDraft(page, {
      title: "停水通知",
      body: "因检修停水半天。",
      board: "B1",
      on: today(0),
      until: today(9),
    });
    await kept(page);
    await page.context().clearCookies();
    await page.getByLabel("正文").fill("因管道检修停水半天,请相互转告。");
    await page.locator(".sign-in").waitFor();
    refused(401);
    expect(await words(page.locator(".sign-in"))).toContain("刚才写的还在");
    await signIn(page, "jing", otherPassword);
    await page.getByLabel("正文").waitFor();
    expect(await page.getByLabel("正文").inputValue()).toBe("因管道检修停水半天,请相互转告。");
    await submitDraft(page);
    expect(await words(page.locator(".notice-body"))).toContain("请相互转告");
    await leave(page);

    await begin("shen");
    await openCase(page, notice);
    await lookAtAll(page);
    await page.getByRole("button", { name: "审核通过" }).click();
    await page.locator('.view-tools [data-state="signature"]').waitFor();
    await leave(page);

    await begin("qian");
    await openCase(page, notice);
    await page.setViewportSize({ width: 390, height: 844 });
    await readOffline(page);
    await fitsWidth(page, "the signer's case");
    await accessible(page, "the signer's case on a phone");
    await page.getByLabel("签发丙的密码").fill("不是这个密码 123");
    await page.locator("button.sign").click();
    await page.locator(".sign-box [role=alert]").waitFor();
    refused(403);
    await page.getByLabel("签发丙的密码").fill(otherPassword);
    await page.locator("button.sign").click();
    await page.locator('.view-tools [data-state="signed"]').waitFor();
    expect(await words(page.locator(".steps"))).toMatch(/送审.*经办甲.*审核通过.*审核乙.*签发.*签发丙/s);
  }, 120_000);
});

/** In the office's zone. */
function today(plusDays: number): string {
  return new Date(Date.now() + 8 * 3_600_000 + plusDays * 86_400_000).toISOString().slice(0, 10);
}
