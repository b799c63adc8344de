/** Each screen, for each role, on an office PC and a phone: what is theirs is there, what is not is said in words. */
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { needTool } from "../tools.ts";
import { accessible } from "./axe.ts";
import { desktop, PageTester, phone } from "./browser.ts";
import { enterAs, fitsWidth, goTo } from "./desk.ts";
import { practiceOffice } from "./practice-office.ts";
import { waitingCase } from "./practice-case.ts";
import { darkens, type Letter, people, type Screen, screens } from "./role-screens.ts";
import { isLong, someOf } from "../some.ts";
import { englishOf, keyNames } from "./web-words.ts";

const program = needTool("chromium");
/** Git-ignored; each screen as it first looked, in a long run. */
const pictures = fileURLToPath(new URL("../.out/screens", import.meta.url));
const noTour = 'localStorage.setItem("boardcast.tour", JSON.stringify({ state: "asked", step: 0, case: null }))';

interface Seen {
  readonly heading: string;
  readonly words: string;
  readonly acts: readonly string[];
  /** Something is still on its way. */
  readonly loading: boolean;
  /** 紧急关屏 lies on top of whatever else is there. */
  readonly dark: boolean;
}
/** In words, not a function: it runs in the page. */
const looking = `(() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true });
  const text = (one) => one.textContent.replace(/\\s+/g, " ").trim();
  const root = document.querySelector("dialog[open]") || [...document.querySelectorAll("main")].find(seen) || document.body;
  const onTop = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  return {
    heading: text([...root.querySelectorAll("h2")].find(seen) || { textContent: "" }),
    words: document.body.innerText,
    acts: [...root.querySelectorAll("button, a, summary")].filter(seen).map(text),
    loading: [...root.querySelectorAll(".loading, [role=status]")].some((one) => seen(one) && /^(正在|Loading)/.test(text(one))),
    dark: [...document.querySelectorAll(".dark-button")].some(onTop),
  };
})()`;

/** Of the screens on which a role finds what the maker found, so many are looked at in an ordinary run. */
const alike = 2;
/** Of all screens so many are judged by axe then. */
const judgedOnes = 14;

describe.skipIf(program === null)("each role", () => {
  const tester = new PageTester(program);
  const office = practiceOffice("roles", tester);
  let url: string;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    ({ url } = await office.start("2017-11-06T08:29:50"));
    await waitingCase(url);
  }, 120_000);
  afterAll(() => office.stop());
  afterEach(() => tester.settle());

  const open = (hash: string, options = {}) =>
    tester.open(`${url}/${hash}`, options, (page) => page.addInitScript(noTour), ".page main");
  /** Of each screen: what those could press for whom it was judged. */
  const judged = new Map<string, readonly string[]>();
  /** What is more for others is more of the same there. */
  const judgedOnPhone = new Set<string>();
  /** Whoever finds nothing there that others did not find sees what they saw: it is judged by axe and kept as a picture once. */
  const isNews = (hash: string, pressed: readonly string[]) => {
    const before = judged.get(hash);
    if (before && pressed.every((act) => before.includes(act))) return false;
    judged.set(hash, [...(before ?? []), ...pressed]);
    return true;
  };
  const pictureOf = (name: string) => `${pictures}/${name.replace(/[^\w~]+/g, "-")}.jpg`;
  const keep = async (page: Page, name: string) => {
    if (isLong) await page.screenshot({ path: pictureOf(name), type: "jpeg", quality: 80 });
  };
  const toJudge = someOf("judged screens", screens, judgedOnes);
  const judge = async (page: Page, name: string, screen: Screen) => {
    if (toJudge.includes(screen)) await accessible(page, name);
    await keep(page, name);
  };

  const screenFor = (screen: Screen, who: Letter) => {
    const acts = Object.entries(screen.acts ?? {}).flatMap(([act, letters]) => (letters.includes(who) ? [act] : []));
    if (who === "V" && screen.known) return { heading: "演练：选一个身份进入", told: false, acts: [] };
    const theirs = screen.for?.includes(who) !== false;
    const isElsewhere = !theirs && screen.told === "这一页由";
    const isUnsaid = isElsewhere || screen.refused?.includes(who) === true;
    return { heading: isUnsaid ? expect.any(String) : screen.heading, told: !theirs, acts };
  };
  /** As it is when all has come. */
  const seen = async (page: Page, { acts = {}, told }: Screen): Promise<Seen & { told: boolean }> => {
    const found = await page.evaluate<Seen>(looking);
    const known = Object.keys(acts).filter((act) => found.acts.includes(act));
    return { ...found, acts: known, told: told !== undefined && found.words.includes(told) };
  };
  const arrive = async (page: Page, screen: Screen, who: Letter, name: string) => {
    await goTo(page, screen.hash);
    const meant = { ...screenFor(screen, who), loading: false, dark: true };
    const look = () => seen(page, screen);
    await expect.poll(look, { timeout: 10_000, interval: 40, message: name }).toMatchObject(meant);
    expect((await look()).words.match(keyNames), name).toBeNull();
    if (screen.refused?.includes(who)) {
      await page.locator(".refusal").waitFor();
      expect(
        tester.complaints.splice(0).every((text) => text.includes("status of 404")),
        name,
      ).toBe(true);
    }
    expect(tester.complaints, name).toEqual([]);
    return meant;
  };
  /** All that are other to them than to the maker, who comes first and sees all; of the others some. */
  const screensOf = (who: Letter) => {
    const isOther = (screen: Screen) =>
      JSON.stringify(screenFor(screen, who)) !== JSON.stringify(screenFor(screen, "M"));
    const same = screens.filter((screen) => !isOther(screen));
    const some = who === "M" ? same : someOf(`roles ${who}`, same, alike);
    return screens.filter((screen) => isOther(screen) || some.includes(screen));
  };
  const walk = async (page: Page, who: Letter) => {
    const news: Screen[] = [];
    for (const screen of screensOf(who)) {
      const name = `desktop ${who} ${screen.hash}`;
      const { acts, told, heading } = await arrive(page, screen, who, name);
      // The page to sign in, and the one that says whose a place is, are each the same wherever they stand.
      const place = heading === screen.heading ? screen.hash : String(heading);
      if (!isNews(place, [...acts, told ? "told" : "theirs"])) continue;
      news.push(screen);
      await judge(page, name, screen);
    }
    await page.setViewportSize(phone);
    for (const screen of news) {
      const name = `phone ${who} ${screen.hash}`;
      await arrive(page, screen, who, name);
      await fitsWidth(page, name);
      // Most screens are judged so in tests of their own.
      if (!isLong || judgedOnPhone.has(screen.hash)) await keep(page, name);
      else await judge(page, name, screen);
      judgedOnPhone.add(screen.hash);
    }
  };

  test.each(Object.keys(people) as Letter[])(
    "%s finds on every screen what is theirs, and words where it is not",
    async (who) => {
      const page = await open("#/sign-in");
      const name = people[who];
      if (name !== null) await enterAs(page, name);
      await walk(page, who);
    },
    120_000,
  );

  test("in English every heading is English, and nothing is wider than a phone", async () => {
    const page = await open("#/sign-in", { locale: "en-GB", viewport: phone });
    await page.locator('[data-roles="administrator"]').click();
    await page.locator(".page[data-account]").waitFor();
    for (const { hash, heading, ...screen } of screens) {
      const name = `english A ${hash}`;
      const elsewhere = screen.for?.includes("A") === false;
      const meant = [heading, ...englishOf(heading)].filter((words) => !/^\p{Script=Han}/u.test(words));
      await goTo(page, hash);
      const look = () => page.evaluate<Seen>(looking);
      await expect
        .poll(look, { timeout: 10_000, interval: 40, message: name })
        .toSatisfy((now: Seen) => !now.loading && now.dark && (elsewhere || meant.includes(now.heading)));
      expect((await look()).words.match(keyNames), name).toBeNull();
      await fitsWidth(page, name);
      await keep(page, name);
    }
  }, 120_000);

  const sheets = [
    ...["boards/B1/card", "cases/2017-0001/1/form.html", "ledger/sheet.html", "ledger/month.html?month=2017-10"],
    ...["catalogue/export.html", "people/P01/handover.html"],
  ];
  test("what is printed, and the page of a screen, are headed and fit", async () => {
    const page = await open("#/sign-in");
    const missing: string[] = [];
    page.on("response", (answer) => void (answer.status() >= 400 && missing.push(new URL(answer.url()).pathname)));
    await enterAs(page, people.A);
    for (const path of [...sheets.map((sheet) => `api/v1/${sheet}`), "show/B4"]) {
      await page.setViewportSize(desktop);
      const answer = await page.goto(`${url}/${path}`);
      expect([path, answer?.status()]).toEqual([path, 200]);
      if (path.startsWith("api/")) expect(await page.locator("h1, h2, caption").count(), path).toBeGreaterThan(0);
      else await page.locator("canvas").waitFor();
      await accessible(page, path, ".practice");
      await keep(page, `sheet ${path}`);
    }
    // Of a page of the API's own the browser asks for this, unasked.
    expect(missing.filter((path) => path !== "/favicon.ico")).toEqual([]);
    expect(tester.complaints.splice(0).filter((text) => !text.includes("status of 404"))).toEqual([]);
  }, 60_000);

  /** By the keyboard alone, and what has the focus is seen to have it. */
  const tabTo = async (page: Page, name: string, key = "Tab") => {
    for (let press = 0; press < 90; press++) {
      await page.keyboard.press(key);
      const { label, shown } = await page.evaluate<{ label: string; shown: boolean }>(focused);
      if (label !== "") expect(shown, label).toBe(true);
      if (label.startsWith(name)) return;
    }
    throw new Error(`${name} is not reached by ${key}`);
  };
  const press = async (page: Page, name: string, key = "Enter") => {
    await tabTo(page, name);
    await page.keyboard.press(key);
  };
  const headed = (page: Page, words: string) => page.locator("h2:focus", { hasText: words }).waitFor();

  test("by the keyboard: signed in, today, a new notice, submitted; what was is looked for", async () => {
    const page = await open("#/sign-in");
    await press(page, "以经办人甲");
    await headed(page, "今日待办");
    await tabTo(page, "信息", "Shift+Tab");
    await page.keyboard.press("Enter");
    await headed(page, "起草");
    await press(page, "起草一条信息");
    await headed(page, "发一条什么信息");
    await press(page, "通知");
    await headed(page, "还没有标题");
    await tabTo(page, "标题");
    await page.keyboard.type("停水通知");
    await tabTo(page, "正文");
    await page.keyboard.type("因管道检修停水半天,请相互转告。");
    await press(page, "决策公开", "ArrowDown");
    await press(page, "B2", "Space");
    await press(page, "其余都没有问题");
    await page.locator(".draft-faults [data-ready]").waitFor();
    await press(page, "送审");
    await headed(page, "停水通知");

    await tabTo(page, "台账", "Shift+Tab");
    await page.keyboard.press("Enter");
    await headed(page, "台账");
    await tabTo(page, "字词或编号");
    await page.keyboard.type("2017-0003");
    await page.keyboard.press("Enter");
    await page.locator(".ledger-rows tbody tr", { hasText: "送审登记" }).first().waitFor();
  }, 60_000);

  test("紧急关屏 is two clicks away, or says whom to call", async () => {
    // What one person's page was asking for when the next one came in.
    tester.expected = /status of 401/;
    const page = await open("#/cases", { viewport: phone });
    for (const [who, name] of Object.entries(people)) {
      if (name !== null) await enterAs(page, name);
      await page.locator(".dark-button").first().click();
      const dialog = page.locator(".dark-dialog");
      const go = dialog.getByRole("button", { name: "立即关屏" });
      if (darkens.includes(who)) expect(await go.isVisible(), who).toBe(true);
      else await dialog.getByText("请马上告诉其中一位").waitFor();
      await page.keyboard.press("Escape");
    }
  }, 60_000);
});

/** Runs in the page. A control that is drawn by its label, or its tile, shows the focus there. */
const focused = `(() => {
  const one = document.activeElement;
  const shown = [one, one.closest(".tile"), one.closest("label")].some((part) => part && parseFloat(getComputedStyle(part).outlineWidth) >= 2 && getComputedStyle(part).outlineStyle !== "none");
  const label = one === document.body ? "" : one.ariaLabel || one.labels?.[0]?.textContent || one.textContent;
  // Of a field of several parts, the browser itself draws which has the focus.
  return { label: label.replace(/\\s+/g, " ").trim(), shown: shown || one.type === "datetime-local" };
})()`;
