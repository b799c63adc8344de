/** Accounts and handovers from the command line: what they do to the office, and what they say. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Part } from "../office/cast.ts";
import { goodDocument } from "../review/small-review.ts";
import { type ActingOffice, openActing } from "./acting-office.ts";

const parts: readonly Part[] = [
  { login: "adm", roles: ["administrator"] },
  { login: "mai", roles: ["maker"] },
  { login: "mo", roles: ["maker"] },
  { login: "sig", roles: ["signer"] },
];

let here: ActingOffice;
beforeAll(async () => {
  here = await openActing(parts, { office: false, reminderHours: 16, paper: false });
});
afterAll(() => here.close());

const accountOf = async (login: string) =>
  (await here.office.people.accounts.list()).find((account) => account.login === login);

test("list, by this computer's own key; add, with a link for its owner", async () => {
  const listed = await here.as(null, "people", "list");
  expect([listed.code, listed.err]).toEqual([0, ""]);
  expect(listed.out).toMatch(/^mai {14}mai姓名 {2}maker$/m);
  const words = ["people", "add", "li.si", "--name", "李四", "--roles", "maker,operator", "--boards", "B1"];
  const added = await here.as("adm", ...words);
  expect([added.code, added.err]).toEqual([0, ""]);
  expect(added.out).toMatch(/请本人打开这个链接设密码[\s\S]*For its owner[\s\S]*#\/password\/\S{43}/);
  expect(await accountOf("li.si")).toMatchObject({ name: "李四", roles: ["maker", "operator"], boards: ["B1"] });
  const maker = await here.as("mai", "people", "add", "x.x", "--name", "某", "--roles", "maker");
  expect([maker.code, maker.out]).toEqual([1, ""]);
  expect(await accountOf("x.x")).toBeUndefined();
});

test("a second account of one name is refused, unless it is said to be another person; that is on record", async () => {
  const words = ["people", "add", "li.si2", "--name", "李 四", "--roles", "signer"];
  const refused = await here.as("adm", ...words);
  expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/已有同名的账号：李四（li\.si）/)]);
  expect((await here.as("adm", ...words, "--another")).code).toBe(0);
  const id = (await accountOf("li.si2"))?.id ?? "";
  const [row] = await here.office.store.ledger.about("register", id);
  expect(row).toMatchObject({ action: "account/added", by: here.ids.get("adm"), data: { why: "another" } });
});

test("disable, enable, reset", async () => {
  const shut = await here.as("adm", "people", "disable", "li.si");
  expect(shut).toEqual({ code: 0, err: "", out: "已停用 李四\n李四 is disabled\n" });
  expect((await accountOf("li.si"))?.active).toBe(false);
  expect((await here.as("adm", "people", "enable", "li.si")).out).toContain("#/password/");
  expect((await accountOf("li.si"))?.active).toBe(true);
  expect((await accountOf("sig"))?.hasPassword).toBe(true);
  const reset = await here.as("adm", "people", "reset", "SIG");
  expect([reset.code, reset.out]).toEqual([0, expect.stringContaining("#/password/")]);
  expect((await accountOf("sig"))?.hasPassword).toBe(false);
  const { people, store } = here.office;
  const id = here.ids.get("sig") ?? "";
  expect(await people.store.resetOf(id)).toEqual({ by: here.ids.get("adm"), at: here.time.wall, changed: false });
  // Whose own change it was is told nobody.
  expect((await people.store.resetOf(here.ids.get("mai") ?? ""))?.by).not.toBe(here.ids.get("adm"));
  expect((await store.ledger.about("register", id)).map(({ action }) => action)).toContain("password-link/issued");
  const unknown = await here.as("adm", "people", "reset", "nobody");
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("there is no account nobody")]);
});

test("handover: refused to who is no maker while there are drafts; else all goes on, with its sheet", async () => {
  const document = here.file("draft.json", JSON.stringify(goodDocument("移交的")));
  const notice = (await here.as("mai", "draft", document)).out.split(" ", 1)[0] ?? "";
  const refused = await here.as("adm", "handover", "mai", "--to", "sig");
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.err).toMatch(/sig姓名 不是经办人[\s\S]*sig姓名 is no maker/);
  expect((await accountOf("mai"))?.active).toBe(true);

  const sheet = join(here.folder, "handover.html");
  const done = await here.as("adm", "handover", "mai", "--to", "mo", "--sheet", sheet);
  expect([done.code, done.err]).toEqual([0, ""]);
  expect(done.out).toContain("mai姓名 的账号已停用，登录已失效；交给 mo姓名");
  expect(done.out).toContain(`移交的草稿 Drafts: 1\n  ${notice}  移交的`);
  expect((await accountOf("mai"))?.active).toBe(false);
  expect((await here.office.store.drafts.get(notice))?.owner.account).toBe(here.ids.get("mo"));
  expect(readFileSync(sheet, "utf8")).toContain("移交的");
});
