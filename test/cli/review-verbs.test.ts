/** Every verb of review, typed by the people whose step it is: what it does to the office, and what it says. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Part } from "../office/cast.ts";
import { goodDocument } from "../review/small-review.ts";
import { at } from "../store/small-office.ts";
import { type ActingOffice, openActing } from "./acting-office.ts";

const parts: readonly Part[] = [
  { login: "adm", roles: ["administrator"] },
  { login: "con", roles: ["contributor"], unit: "民政办" },
  { login: "mai", roles: ["maker"] },
  { login: "rev", roles: ["reviewer"] },
  { login: "sig", roles: ["signer"] },
  { login: "ope", roles: ["operator"] },
];

let here: ActingOffice;
beforeAll(async () => {
  here = await openActing(parts, { office: true, reminderHours: 16, paper: true });
});
afterAll(() => here.close());

const written = (name: string, document: unknown) => here.file(name, JSON.stringify(document));

/** A verb that does what it should, and says nothing of trouble. */
async function done(login: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await here.as(login, ...words);
  expect([words[0], err, code]).toEqual([words[0], "", 0]);
  return out;
}

/** The number that a draft was given. */
async function drafted(login = "mai", document: unknown = goodDocument()): Promise<string> {
  const out = await done(login, "draft", written("draft.json", document));
  const [notice = ""] = /^\S+/.exec(out) ?? [];
  return notice;
}

async function submitted(document?: unknown): Promise<{ notice: string; id: string }> {
  const notice = await drafted("mai", document);
  const [id = ""] = /^\S+/.exec(await done("mai", "submit", notice)) ?? [];
  return { notice, id };
}

const stateOf = async (id: string) => (await here.office.store.cases.get(id))?.state;

async function signed(document?: unknown): Promise<{ notice: string; id: string }> {
  const made = await submitted(document);
  await done("rev", "review", made.id, "--opinion", "同意");
  await done("sig", "cases", made.id, "--png", join(here.folder, "pages"));
  await done("sig", "sign", made.id, "--opinion", "同意");
  return made;
}

test("draft, cases, submit, review, sign: on the boards; each step is said in both languages", async () => {
  const out = await done("mai", "draft", written("draft.json", goodDocument("停水一")));
  expect(out).toMatch(/^2017-\d{4} {2}草稿第 2 稿 draft, version 2\n$/);
  const notice = out.split(" ", 1)[0] ?? "";
  expect((await here.office.store.drafts.get(notice))?.document.content.title).toBe("停水一");

  const sent = await done("mai", "submit", notice);
  expect(sent).toMatch(new RegExp(`^2017-\\d{5} {2}待审核 office-review {2}停水一 {2}${notice} `));
  const id = sent.split(" ", 1)[0] ?? "";
  expect(await here.office.store.drafts.get(notice)).toBeNull();
  expect(await done("sig", "cases")).toContain(`${id}  待审核 office-review  停水一`);

  expect(await done("rev", "review", id, "--opinion", "可以")).toContain(`${id}  待签发 signature  停水一`);
  const [step] = (await here.office.store.cases.get(id))?.steps.slice(-1) ?? [];
  expect(step).toMatchObject({ step: "reviewed", by: { account: here.ids.get("rev") }, words: "可以" });

  const early = await here.as("sig", "sign", id);
  expect([early.code, early.out, early.err]).toEqual([1, "", expect.stringMatching(/B1/)]);
  expect(await stateOf(id)).toBe("signature");
  const pages = join(here.folder, "pages");
  await done("sig", "cases", id, "--png", pages);
  expect(await sharp(join(pages, `${id}-B1-1.png`)).metadata()).toMatchObject({ width: 16, height: 8 });
  expect(await done("sig", "sign", id)).toContain(`${id}  已签发 signed  停水一`);
  expect((await here.office.store.notices.get(notice))?.seal?.body).toMatchObject({ kind: "signed" });
});

test("draft --edit and --copy; what is no JSON, and half of it, is refused before anything is begun", async () => {
  const { notice } = await signed(goodDocument("停水二"));
  expect(await done("mai", "draft", "--edit", notice)).toContain(`${notice}  草稿第 1 稿`);
  expect((await here.office.store.drafts.get(notice))?.edits).toBe(1);
  const copy = (await done("mai", "draft", "--copy", notice)).split(" ", 1)[0] ?? "";
  expect(copy).not.toBe(notice);
  expect((await here.office.store.drafts.get(copy))?.document.content.title).toBe("停水二");
  const before = (await here.office.store.drafts.list()).length;
  const bad = await here.as("mai", "draft", here.file("bad.json", "{"));
  expect([bad.code, bad.err]).toEqual([1, expect.stringMatching(/不是 JSON[\s\S]*is not JSON/)]);
  expect((await here.office.store.drafts.list()).length).toBe(before);
});

test("hand-in: from the contributor to the makers", async () => {
  const notice = await drafted("con");
  expect((await here.office.store.drafts.get(notice))?.state).toBe("contributed");
  expect(await done("con", "hand-in", notice)).toContain(`${notice}  草稿第 3 稿 draft, version 3`);
  expect((await here.office.store.drafts.get(notice))?.state).toBe("open");
  const again = await here.as("con", "hand-in", notice);
  expect([again.code, again.err]).toEqual([1, expect.stringContaining("Ask somebody whose step it is.")]);
});

test("hold: with its note and day, and no longer", async () => {
  const notice = await drafted();
  await done("mai", "hold", notice, "--note", "请示上级", "--until", "2017-11-20");
  expect((await here.office.store.drafts.get(notice))?.held).toEqual({ note: "请示上级", reviewBy: "2017-11-20" });
  const endless = await here.as("mai", "hold", notice, "--note", "请示上级");
  expect([endless.code, endless.err]).toEqual([1, expect.stringContaining("YYYY-MM-DD")]);
  await done("mai", "hold", notice);
  expect((await here.office.store.drafts.get(notice))?.held).toBeNull();
});

test("return and withdraw: a case, and a notice off the boards", async () => {
  const one = await submitted(goodDocument("停水三"));
  expect(await done("rev", "return", one.id, "--reason", "落款有误")).toContain("已退回 returned");
  expect((await here.office.store.cases.get(one.id))?.steps.at(-1)).toMatchObject({ words: "落款有误" });
  expect(await here.office.store.drafts.get(one.notice)).not.toBeNull();

  const two = await submitted(goodDocument("停水四"));
  expect(await done("mai", "withdraw", two.id, "--reason", "不发了")).toContain("已撤回 withdrawn");
  const three = await signed(goodDocument("停水五"));
  const result = await done("ope", "withdraw", three.notice, "--reason", "误发");
  expect(result).toContain(three.notice);
  expect(result).toMatch(/撤下.*2 块/);
  expect(result).toContain("withdrawn 08:30:00");
  expect((await here.office.store.notices.get(three.notice))?.withdrawnAt).toBe(here.time.board);
  const none = await here.as("ope", "withdraw", "N99", "--reason", "误发");
  expect([none.code, none.err]).toEqual([1, expect.stringContaining("N99")]);
});

test("scan and attest: the leader's pen, looked at by a second account", async () => {
  const { id } = await submitted(goodDocument("停水六"));
  await done("rev", "review", id, "--opinion", "同意");
  const form = here.file("form.pdf", "pages one two");
  await done("mai", "scan", id, form, "--leader", "王主任");
  expect((await here.office.store.cases.get(id))?.paper).toMatchObject({
    leader: "王主任",
    scans: [expect.any(String), expect.any(String)],
  });
  const early = await here.as("adm", "attest", id);
  expect([early.code, early.out]).toEqual([1, ""]);
  await done("adm", "cases", id, "--png", join(here.folder, "scan"));
  expect(existsSync(join(here.folder, "scan", `${id}-scan-2.png`))).toBe(true);
  expect(await done("adm", "attest", id)).toContain("已签发 signed");
  expect(await stateOf(id)).toBe("signed");
});

const template = goodDocument("", {
  content: {
    ...(goodDocument().content as object),
    title: "{{station}}{{kind}}{{level}}色预警",
    body: "{{time}}起{{hours}}小时内降水{{amount}}毫米\uff0c请注意防范。",
    displayKind: "emergency",
    track: "屏幕服务",
    fiveOpen: null,
    slots: {
      stations: ["柳林站"],
      kinds: ["暴雨"],
      levels: ["红"],
      amount: { min: 10, max: 300 },
      hoursMax: 6,
    },
  },
  schedule: {
    boards: ["B1", "B2"],
    from: at("2017-11-06T08:00"),
    until: at("2018-11-06T08:00"),
    cron: null,
    priority: 0,
  },
});

test("warn: out at once, by one person, to be countersigned with sign", async () => {
  const { notice } = await signed(template);
  const slots = ["--station", "柳林站", "--kind", "暴雨", "--level", "红", "--hours", "3"];
  const wrong = await here.as("ope", "warn", notice, ...slots, "--amount", "5");
  expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining("a slot has a value")]);
  const out = await done("ope", "warn", notice, ...slots, "--amount", "50");
  expect(out).toContain("待签发 signature  柳林站暴雨红色预警");
  const id = out.split(" ", 1)[0] ?? "";
  const warning = await here.office.store.cases.get(id);
  expect(warning?.kind).toBe("warning");
  expect((await here.office.store.notices.get(warning?.notice ?? ""))?.seal?.body.kind).toBe("emergency");
  await done("sig", "cases", id, "--png", join(here.folder, "warning"));
  expect(await done("sig", "sign", id)).toContain("已签发 signed");
  expect((await here.office.store.cases.get(id))?.steps.at(-1)?.step).toBe("countersigned");
});

test("renew-pixels: the same text, to be signed anew", async () => {
  const { notice } = await signed(goodDocument("停水七"));
  const out = await done("mai", "renew-pixels", notice, "--boards", "B1");
  expect((await here.office.store.cases.get(out.split(" ", 1)[0] ?? ""))?.kind).toBe("pixels");
  const strange = await here.as("mai", "renew-pixels", notice, "--boards", "B9");
  expect([strange.code, strange.err]).toEqual([1, expect.stringContaining("B9")]);
});

test("what keeps a draft from being submitted is told, all of it", async () => {
  const document = goodDocument("停水八");
  Object.assign(document.content as object, { body: "联系人电话 13812345678\uff0c请来电。", formedOn: null });
  const notice = await drafted("mai", document);
  const { code, err } = await here.as("mai", "submit", notice);
  expect(code).toBe(1);
  expect(err).toContain("要改 3 处");
  expect(err).toContain("\n- Notice 2017-");
  expect(err).toMatch(/手机号码不得公开[\s\S]*138\*\*\*\*5678[\s\S]*a mobile's number/);
  expect(err).toContain("“content.formedOn”：政府信息要填形成日期");
});

test("nobody, a wrong password, and --json", async () => {
  const notice = await drafted();
  const nobody = await here.as(null, "submit", notice);
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringMatching(/要写明谁来办[\s\S]*say who acts/)]);
  const stranger = await here.as("stranger", "submit", notice);
  expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining("账号或密码不对")]);
  expect(await here.office.store.drafts.get(notice)).not.toBeNull();
  expect(JSON.parse(await done("mai", "submit", notice, "--json"))).toMatchObject({ notice, state: "office-review" });
});
