/** What people do at the desk, by the page alone. */
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { becomesTrue, type PageTester, words } from "./browser.ts";

export const goTo = (page: Page, hash: string): Promise<unknown> => page.evaluate(`location.hash = "${hash}"`);

/** Practice, where people come in: the wall, that would go on moving behind whatever else is looked at, is not opened. */
export const openDoor = (tester: PageTester, url: string): Promise<Page> =>
  tester.open(`${url}/#/sign-in`, {}, undefined, ".practice-people");

/** Practice: one click. */
export async function enterAs(page: Page, name: string): Promise<void> {
  await goTo(page, "#/sign-in");
  await page.getByRole("button", { name: `以${name}(虚构)身份进入` }).click();
  await page.locator(`.page[data-account^="${name}"]`).waitFor();
}

export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByLabel("登录名").fill(login);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

export interface Planned {
  readonly title: string;
  readonly body: string;
  readonly board: string;
  /** YYYY-MM-DD */
  readonly on: string;
  readonly until: string;
}

/** A new notice, filled in as far as it must be; its number. */
export async function fillDraft(page: Page, { title, body, board, on, until }: Planned): Promise<string> {
  await goTo(page, "#/drafts");
  await page.getByRole("link", { name: "起草一条信息" }).click();
  await page.locator('[data-kind="notice"]').click();
  await page.getByLabel("标题", { exact: true }).fill(title);
  await page.getByLabel("正文").fill(body);
  await page.locator(".draft-more summary").click();
  await page.getByLabel("落款单位").fill("青石港办事处");
  await page.getByLabel("落款日期").fill(on);
  await page.getByLabel("栏目").fill("重点工作");
  await page.getByLabel("管理公开").check();
  await page.getByLabel("形成日期").fill(on);
  await page.getByLabel(new RegExp(`^${board} `)).check();
  await page.getByLabel("从", { exact: true }).fill(`${on}T00:00`);
  await page.getByLabel("到", { exact: true }).fill(`${until}T18:00`);
  await page.getByRole("button", { name: "其余都没有问题" }).click();
  return words(page.locator("h2 .notice-id"));
}

/** Everything that is in the way is mended; it is submitted. */
export async function submitDraft(page: Page): Promise<void> {
  await page.locator(".draft-faults [data-ready]").waitFor();
  await page.getByRole("button", { name: "送审", exact: true }).click();
  await page.locator(".case-sheet h2").waitFor();
}

export async function openCase(page: Page, notice: string): Promise<void> {
  await goTo(page, "#/cases");
  await page.locator(`[data-case="${notice}"] a`).click();
  await page.locator(".case-sheet h2").waitFor();
}

/** Each picture comes into the middle of the window and stands there: flung past it would not be looked at. */
export async function lookAt(page: Page, within: Locator): Promise<number> {
  const stills = await within.locator("[data-still]").all();
  for (const still of stills) {
    const name = `[data-still="${await still.getAttribute("data-still")}"]`;
    await page.evaluate(`document.querySelector('${name} canvas').scrollIntoView({ block: "center" })`);
    await becomesTrue(page, `document.querySelector('${name}[data-seen]')`);
  }
  return stills.length;
}

/** Opens every board and looks at its pictures to the end. How many there were. */
export async function lookAtAll(page: Page): Promise<number> {
  let pictures = 0;
  for (const fold of await page.locator("[data-pages]").all()) {
    if ((await fold.getAttribute("open")) === null) await fold.locator("summary").click();
    await fold.locator("canvas").first().waitFor();
    pictures += await lookAt(page, fold);
    await fold.locator(".state-good").waitFor();
  }
  return pictures;
}

export const isDisabled = (page: Page, button: string): Promise<boolean> =>
  page.getByRole("button", { name: button }).isDisabled();

/** Of a page as narrow as it is now. */
export async function fitsWidth(page: Page, state: string): Promise<void> {
  const [wide, room] = await page.evaluate<[number, number]>("[document.documentElement.scrollWidth, innerWidth]");
  expect(wide, state).toBeLessThanOrEqual(room);
}

export const kept = (page: Page): Promise<void> => becomesTrue(page, `document.querySelector('[data-keeping="kept"]')`);
