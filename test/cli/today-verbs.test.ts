/** `today` as each of them types it, over an office in this process: one notice on its way, and whose turn it is. */
import { postingLines } from "../../src/cli/verbs/postings.ts";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goodDocument } from "../review/small-review.ts";
import { type ActingOffice, openActing } from "./acting-office.ts";

let here: ActingOffice;
beforeAll(async () => {
  here = await openActing(
    [
      { login: "con", roles: ["contributor"], unit: "民政办" },
      { login: "mai", roles: ["maker"] },
      { login: "mai2", roles: ["maker"] },
      { login: "rev", roles: ["reviewer"] },
      { login: "sig", roles: ["signer"] },
      { login: "ope", roles: ["operator"] },
    ],
    { office: true, reminderHours: 16, paper: true },
  );
});
afterAll(() => here.close());

const everybody = ["con", "mai", "mai2", "rev", "sig", "ope"] as const;
const done = async (login: string, ...words: string[]): Promise<string> => {
  const { code, out, err } = await here.as(login, ...words);
  expect([words[0], err, code]).toEqual([words[0], "", 0]);
  return out;
};
/** Of everybody's list, the lines about this notice. */
const lists = async (notice: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const login of everybody) {
    const line = (await done(login, "today")).split("\n").find((one) => one.includes(notice));
    if (line !== undefined) found[login] = line.replace(notice, "").trim();
  }
  return found;
};
const first = (out: string) => /^\S+/.exec(out)?.[0] ?? "";

test("a notice is on the list of whose turn it is, and of nobody else", async () => {
  expect(await done("mai", "today")).toBe("现在没有要办的事 nothing to do now\n");
  const title = "停水一";
  const file = here.file("draft.json", JSON.stringify(goodDocument(title)));
  const notice = first(await done("con", "draft", file));
  expect(await lists(notice)).toEqual({ con: `草稿 draft    ${title}` });
  await done("con", "hand-in", notice);
  const handedIn = `报送来的草稿 handed in    ${title}`;
  expect(await lists(notice)).toEqual({ mai: handedIn, mai2: handedIn });
  const id = first(await done("mai", "submit", notice));
  expect(await lists(notice)).toEqual({ rev: `待审核 to review    ${id}  ${title}` });
  await done("rev", "return", id, "--reason", "落款日期有误");
  expect((await lists(notice)).mai).toBe(`被退回 sent back    ${title}`);
  const said = await done("mai", "today");
  expect(said).toMatch(/待送审 to submit\n.*\n {4}自 since 2017-\d\d-\d\d \d\d:\d\d .*\n {4}\S+\uff1a落款日期有误\n/);
  const again = first(await done("mai", "submit", notice));
  await done("rev", "review", again, "--opinion", "同意");
  expect(await lists(notice)).toEqual({ sig: `待签发 to sign    ${again}  ${title}` });
  await done("sig", "cases", again, "--png", join(here.folder, "pages"));
  await done("sig", "sign", again, "--opinion", "同意");
  expect(await lists(notice)).toEqual({});
});

test("boards that are dark wait for who may resume them; as JSON all of it is told", async () => {
  // No panel here says that it is dark, and the verb says so.
  expect(await here.as("mai", "dark", "B1", "--reason", "内容有误")).toMatchObject({ code: 1, err: "" });
  const answered = JSON.parse(await done("ope", "today", "--json"));
  expect(answered.groups).toMatchObject([
    { group: "trouble", items: [{ kind: "dark", boards: ["B1"], people: [expect.any(String)] }], more: 0 },
  ]);
  expect(JSON.parse(await done("rev", "today", "--json")).groups).toEqual([]);
});

test("a sheet that nobody posted, and that is to be taken down, says what to do if somebody did", () => {
  const sheet = {
    ...{ notice: "N07", number: 1, title: "名单公示", board: "B9", place: "村委会", custodian: "会计", late: false },
    ...{
      from: "2017-11-06T00:00:00Z",
      until: "2017-11-08T01:00:00Z",
      state: "to-take-down",
      posted: null,
      taken: null,
    },
  };
  const lines = (one: object) => postingLines(one, "Asia/Shanghai");
  expect(lines(sheet)).toContain("2017-11-06 08:00 – 2017-11-08 09:00");
  expect(lines(sheet)).toContain("nobody confirmed that it was posted: if it was, take it down");
  const word = { at: "2017-11-06T02:00:00Z", name: "屏幕管理员丁" };
  expect(lines({ ...sheet, posted: word })).not.toContain("nobody confirmed");
  expect(lines({ ...sheet, state: "to-post" })).not.toContain("nobody confirmed");
});
