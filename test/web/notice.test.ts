/** 信息, in the browser: from blank to submitted, the panels beside the text, and nothing lost on the way (R21, R51). */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FitJson } from "../../src/api/fit-schemas.ts";
import { needTool } from "../tools.ts";
import { image, pdf, photo, scannedPage } from "../typeset/picture-files.ts";
import { accessible } from "./axe.ts";
import { becomesTrue, desktop, PageTester, phone, words } from "./browser.ts";
import { enterAs, fitsWidth, goTo, kept } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";

const program = needTool("chromium");
/** N21 of the samples, as a clerk has it on a slip of paper. */
const n21 = {
  title: "停水通知",
  body: "因供水管网检修,7月18日9:00至17:00,沿河社区、新桥社区部分区域停水,请提前做好储水准备。抢修电话:0715-0000000。",
  boards: ["B6", "B7"],
  until: "2017-07-18T17:00",
};

describe.skipIf(program === null)("a notice", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("notice", tester);
  let url = "";
  beforeAll(async () => {
    ({ url } = await office.start("2017-07-14T09:20"));
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const lookOf = (page: Page, board: string) => page.locator(`[data-look="${board}"] canvas`);
  const messageOn = (page: Page, board: string) => lookOf(page, board).getAttribute("data-message");
  /** What the daemon says of the form's text, asked for anew. */
  const fitOf = (page: Page, board: string, title: string, body: string) =>
    page.evaluate<FitJson>(`(async () => (await fetch("/api/v1/drafts", {
      method: "POST",
      headers: { "Content-Type": "application/json", "x-boardcast-csrf": (await (await fetch("/api/v1/session")).json()).csrf },
      body: ${JSON.stringify(
        JSON.stringify({
          board,
          content: { title, body, displayKind: "notice", signature: { org: "青石港办事处", date: "2017-07-14" } },
        }),
      )},
    })).json())()`);
  /** From the input's own event until each board's canvas has another message, ms. */
  const typed = (page: Page, boards: readonly string[], more: string) =>
    page.evaluate<number[]>(`(async () => {
      const area = document.querySelector('[data-field="content.body"] textarea');
      const at = performance.now();
      const drawn = ${JSON.stringify(boards)}.map((board) => new Promise((done) => {
        const canvas = document.querySelector('[data-look="' + board + '"] canvas');
        new MutationObserver((_, watch) => {
          watch.disconnect();
          done(performance.now() - at);
        }).observe(canvas, { attributeFilter: ["data-message"] });
      }));
      area.value += ${JSON.stringify(more)};
      area.dispatchEvent(new Event("input", { bubbles: true }));
      return Promise.all(drawn);
    })()`);

  test("N21 from blank to submitted in under ten fields; its panels follow each keystroke; a reload loses nothing", async () => {
    const page = await tester.open(url);
    await enterAs(page, "经办人甲");
    await goTo(page, "#/new");
    await page.locator('[data-kind="notice"] canvas[data-message]').waitFor();
    await accessible(page, "kinds");
    let filled = 0;
    const fill = async (work: Promise<unknown>) => {
      filled++;
      await work;
    };
    await fill(page.locator('[data-kind="notice"]').click());
    await fill(page.getByLabel("标题", { exact: true }).fill(n21.title));
    await fill(page.getByLabel("正文", { exact: true }).fill(n21.body));
    await fill(page.getByLabel("服务公开").check());
    const choose = async () => {
      for (const board of n21.boards) await page.getByLabel(new RegExp(`^${board} `)).check();
    };
    await fill(choose());
    await fill(page.getByLabel("到", { exact: true }).fill(n21.until));
    await fill(page.getByRole("button", { name: "其余都没有问题" }).click());
    expect(filled).toBeLessThan(10);

    // The panels: the very message that the daemon makes of this text.
    for (const board of n21.boards) {
      const { message } = await fitOf(page, board, n21.title, n21.body);
      await expect.poll(() => messageOn(page, board)).toBe(message);
    }
    // A sign and a screen together; how quick they are is for `npm run bench -- keystroke`.
    const together = ["B6", "B4"];
    await page.getByLabel(/^B4 /).check();
    await lookOf(page, "B6").scrollIntoViewIfNeeded();
    await lookOf(page, "B4").and(page.locator("[data-message]")).waitFor();
    const ms: number[][] = [];
    for (const more of ["请", "互", "相", "转", "告", "。"]) ms.push(await typed(page, together, more));
    const told = together.map((board, at) => `${board} ${ms.map((one) => one[at]?.toFixed(0)).join(" ")}`);
    console.log(`from input to drawn, ms: ${told.join("; ")}`);
    expect(ms.flat().every(Number.isFinite)).toBe(true);
    await page.getByLabel(/^B4 /).uncheck();
    const longer = `${n21.body}请互相转告。`;
    await expect.poll(() => messageOn(page, "B6")).toBe((await fitOf(page, "B6", n21.title, longer)).message);

    // Back over the board that was left out, then six characters: one step, or a few; all of them come again, too.
    const body = page.getByLabel("正文", { exact: true });
    await page.getByLabel("标题", { exact: true }).focus();
    for (let step = 0; step < 7 && (await body.inputValue()) !== n21.body; step++)
      await page.keyboard.press("Control+z");
    expect(await body.inputValue()).toBe(n21.body);
    await page.keyboard.press("Control+y");
    expect(await body.inputValue()).not.toBe(n21.body);
    await page.keyboard.press("Control+z");

    // A reload before the daemon has it: this browser does.
    await page.route("**/api/v1/review/drafts/*", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.continue(),
    );
    await body.fill(`${n21.body}谢谢。`);
    await becomesTrue(page, `Object.keys(localStorage).some((key) => key.startsWith("boardcast.draft practice"))`);
    await page.reload();
    await page.unroute("**/api/v1/review/drafts/*");
    await page.locator(".found-copy button.primary").click();
    expect(await body.inputValue()).toBe(`${n21.body}谢谢。`);
    await kept(page);
    expect(await page.evaluate(`Object.keys(localStorage).filter((key) => key.startsWith("boardcast.draft"))`)).toEqual(
      [],
    );
    tester.complaints.length = 0;

    // A number that is nobody's business is said at the text, and masked there by a click.
    await body.fill(`${n21.body}联系人电话13800138000。`);
    await page.locator('[data-note^="mobile"] .note-mend').click();
    await expect.poll(() => body.inputValue()).toMatch(/138\*+8000/);
    await accessible(page, "a draft, wide");
    await page.setViewportSize(phone);
    await fitsWidth(page, "draft");
    await accessible(page, "a draft, on a phone");
    await page.setViewportSize(desktop);

    await page.locator(".draft-faults [data-ready]").waitFor();
    await page.getByRole("button", { name: "送审", exact: true }).click();
    await page.locator(".case-sheet h2").waitFor();

    // It is found, and the next of its kind begins with its boards.
    await goTo(page, "#/notices");
    await page.getByRole("searchbox").fill("停水");
    await page.getByRole("searchbox").press("Enter");
    await becomesTrue(page, `document.querySelectorAll("[data-notice]").length === 2`);
    expect(await words(page.locator("[data-notice]").nth(1))).toContain("未签发");
    await accessible(page, "the list");
    await page.setViewportSize(phone);
    await fitsWidth(page, "notices");
    await goTo(page, "#/new");
    await page.locator('[data-kind="notice"]').click();
    await page.getByLabel(/^B6 /).waitFor();
    expect(await page.getByLabel(/^B6 /).isChecked()).toBe(true);
    await kept(page);
  }, 60_000);

  test("pictures and a scanned PDF are chosen, dropped and pasted; a sheet is posted with a photograph", async () => {
    const png = await image(photo(320, 200)).png().toBuffer();
    const sheet = image(scannedPage(30).raster);
    const scan = await sheet.clone().jpeg().toBuffer();
    // A page that is nothing but the scanner's picture.
    const { data, info } = await sheet.toColourspace("b-w").raw().toBuffer({ resolveWithObject: true });
    const inline = `BI /W ${info.width} /H ${info.height} /CS /G /BPC 8 /F /AHx ID ${data.toString("hex")}> EI`;
    const scanned = pdf({ drawing: `q 595 0 0 842 0 0 cm ${inline} Q` });
    const page = await tester.open(url);
    await enterAs(page, "经办人甲");
    await goTo(page, "#/new");
    await page.locator('[data-kind="picture"]').click();
    await page.getByLabel("标题", { exact: true }).fill("停水区域图");
    await page.getByLabel(/^B6 /).check();
    const there = (count: number) =>
      becomesTrue(page, `document.querySelectorAll("[data-picture]").length === ${count}`);
    await page.locator(".picture-drop input[type=file]").setInputFiles([
      { name: "map.png", mimeType: "image/png", buffer: png },
      { name: "notice.pdf", mimeType: "application/pdf", buffer: scanned },
    ]);
    await there(2);
    /** As the system hands over files, at an element. */
    const hand = (event: "drop" | "paste", at: string, file: Buffer, type: string, html = "") =>
      page.evaluate(`(() => {
        const data = new DataTransfer();
        const bytes = Uint8Array.from(atob("${file.toString("base64")}"), (one) => one.charCodeAt(0));
        data.items.add(new File([bytes], "file", { type: "${type}" }));
        if (${JSON.stringify(html)}) data.setData("text/html", ${JSON.stringify(html)});
        const options = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
        const event = new ${event === "drop" ? "DragEvent" : "ClipboardEvent"}("${event}", options);
        return !document.querySelector('${at}').dispatchEvent(event);
      })()`);
    expect(await hand("drop", ".picture-drop", png, "image/png")).toBe(true);
    await there(3);
    // Beside its place a dropped file would otherwise be opened instead of the page.
    expect(await hand("drop", "main h2", scanned, "application/pdf")).toBe(true);
    await there(4);
    // A browser's picture comes with its address as HTML; nothing on the page has the focus.
    expect(await hand("paste", "body", png, "image/png", "<meta charset='utf-8'><img src='a.png'>")).toBe(true);
    await there(5);
    await lookOf(page, "B6").and(page.locator("[data-message]")).waitFor();
    // Lying on its side it is turned upright, seen small beside its options; and back.
    const upright = (is: boolean) =>
      becomesTrue(
        page,
        `((one) => one.complete && one.naturalHeight > one.naturalWidth === ${is})(document.querySelector(".picture-small"))`,
      );
    await upright(false);
    await page.locator('[data-picture="0"] [data-reshape="right"]').click();
    await upright(true);
    await page.locator('[data-picture="0"] [data-reshape="left"]').click();
    await upright(false);
    await accessible(page, "pictures");
    await page.setViewportSize(phone);
    await fitsWidth(page, "pictures");
    await page.setViewportSize(desktop);
    for (let left = 4; left >= 0; left--) {
      await page.locator('[data-picture="0"] button', { hasText: "去掉" }).click();
      await there(left);
    }
    expect(await hand("drop", "main h2", Buffer.from("not a picture"), "text/plain")).toBe(true);
    await page.locator("main .refusal").waitFor();
    tester.complaints.length = 0;

    await goTo(page, "#/paper");
    const posting = page.locator("[data-posting]", { hasText: "登记已张贴" }).first();
    const name = await posting.getAttribute("data-posting");
    await posting.locator("details summary").click();
    await accessible(page, "a posting");
    await posting.locator("input[type=file]").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: scan });
    await posting.getByLabel(/^说明/).fill("贴在一楼大厅");
    await posting.getByRole("button", { name: "登记", exact: true }).click();
    await page.locator(".paper-done", { hasText: /./ }).waitFor();
    const hanging = page.locator(`[data-posting="${name}"]`);
    await hanging.locator(".posting-said", { hasText: "贴在一楼大厅" }).waitFor();
    expect(await words(hanging.locator(".state-mark"))).toBe("已张贴");
    const address = await hanging.locator(".posting-said a").getAttribute("href");
    expect((await page.request.get(new URL(address ?? "", url).href)).headers()["content-type"]).toBe("image/jpeg");

    // A sign that is loaded by stick: unknown until somebody says so, then it goes round what was put in.
    const card = page.locator('[data-card="B9"]');
    const code = /[0-9A-F]{4}-[0-9A-F]{4}/.exec(await words(card.locator(".card-code")))?.[0] ?? "";
    await card.getByText("确认已装入", { exact: true }).click();
    await card.getByRole("button", { name: "登记", exact: true }).click();
    await card.locator(".card-facts", { hasText: `登记已装入（装卡码 ${code}）` }).waitFor();
    await accessible(page, "a sign that was loaded");
    await page.setViewportSize(phone);
    await fitsWidth(page, "a posting");
    await goTo(page, "#/b/B9");
    await page.locator(".playing-when", { hasText: "所装内容循环播放，机器无法核对" }).waitFor();
    expect(
      await page.locator("[data-fact]").evaluateAll((all) => all.map((one) => one.getAttribute("data-state"))),
    ).toEqual(["loops", "written", "by-person"]);
    await fitsWidth(page, "a sign that was loaded");
  }, 60_000);
});
