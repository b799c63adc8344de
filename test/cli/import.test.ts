/** `boardcast import` where notices are reviewed: who brings something in has written it, and signs none of it. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Part } from "../office/cast.ts";
import { goodDocument } from "../review/small-review.ts";
import { record } from "../store/small-office.ts";
import { type ActingOffice, openActing } from "./acting-office.ts";

const parts: readonly Part[] = [
  { login: "adm", roles: ["administrator"] },
  { login: "mai", roles: ["maker"] },
  { login: "two", roles: ["maker", "signer"] },
  { login: "sig", roles: ["signer"] },
];

let here: ActingOffice;
beforeAll(async () => {
  here = await openActing(parts, { office: false, reminderHours: 16, paper: false });
});
afterAll(() => here.close());

const fileOf = (...ids: string[]) =>
  here.file("notices.json", JSON.stringify({ notices: ids.map((id) => record(id)) }));

/** Somebody else fills it in and submits it. */
async function submitted(notice: string): Promise<string> {
  const document = here.file("document.json", JSON.stringify(goodDocument(`停水 ${notice}`)));
  expect(await here.as("mai", "draft", document, "--edit", notice)).toMatchObject({ code: 0, err: "" });
  expect(await here.as("mai", "submit", notice)).toMatchObject({ code: 0, err: "" });
  const [found] = await here.office.store.cases.of(notice);
  const id = found?.id ?? "";
  for (const who of ["two", "sig"]) await here.as(who, "cases", id, "--png", here.folder);
  return id;
}

test("nobody in particular imports nothing, nor does who is no maker, nor in another's name", async () => {
  const file = fileOf("A1");
  const nobody = await here.as(null, "import", file);
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining("要写明谁来办")]);
  const signer = await here.as("sig", "import", file);
  expect([signer.code, signer.out]).toEqual([1, ""]);
  const named = await here.as("mai", "import", file, "--signed-by", "王主任");
  expect([named.code, named.err]).toEqual([1, expect.stringContaining("an import cannot sign in anybody's name")]);
  expect(await here.office.store.drafts.get("A1")).toBeNull();
});

test("the importer's signature is refused on what another submits; another's works", async () => {
  const said = await here.as("two", "import", fileOf("A2"));
  expect(said).toMatchObject({ code: 0, err: "" });
  expect(said.out).toContain("新增 1,更新 0,未变 0,签发 0,拒收 0\n1 added, 0 revised");
  const two = here.ids.get("two");
  expect(await here.office.store.drafts.get("A2")).toMatchObject({
    owner: { account: two },
    hands: [{ account: two, name: "two姓名" }],
  });
  const id = await submitted("A2");
  const refused = await here.as("two", "sign", id);
  expect([refused.code, refused.out]).toEqual([1, ""]);
  expect(refused.err).toContain("two姓名");
  expect((await here.office.store.cases.get(id))?.state).toBe("signature");
  expect(await here.as("sig", "sign", id)).toMatchObject({ code: 0, err: "" });
  expect((await here.office.store.cases.get(id))?.state).toBe("signed");
});

test("who imported keeps a hand in it where the draft has lost it", async () => {
  await here.as("two", "import", fileOf("A3"));
  const draft = await here.office.store.drafts.get("A3");
  if (draft) await here.office.store.drafts.put({ ...draft, version: draft.version + 1, hands: [] });
  const refused = await here.as("two", "sign", await submitted("A3"));
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("two姓名")]);
});

test("a deputy's import counts for both", async () => {
  const { people, store } = here.office;
  const [of = "", deputy = ""] = ["mai", "sig"].map((one) => here.ids.get(one));
  const from = here.time.board - 1000;
  const { id } = await people.deputies.add("system", { of, deputy, role: "maker", from, until: from + 86_400_000 });
  expect(await here.as("sig", "import", fileOf("A4"))).toMatchObject({ code: 0, err: "" });
  expect((await store.drafts.get("A4"))?.hands.map(({ account }) => account)).toEqual([deputy, of]);
  await people.deputies.end("system", id, null);
});

test("a bad record is named by its place; the others go in; pictures beside the file go with it", async () => {
  const picture = { displayKind: "picture", pictures: [{ file: "no.png" }] };
  const records = [record("A5"), record("A6", { boards: ["B9"] }), record("A7", picture)];
  here.file("no.png", "not a picture");
  const said = await here.as("mai", "import", here.file("notices.json", JSON.stringify({ notices: records })));
  expect(said.code).toBe(1);
  expect(said.out).toContain("1 added");
  expect(said.err).toContain("A6 notices[1].boards[0]");
  // The bytes were looked at, and not only missed.
  expect(said.err).toMatch(/A7 notices\[2\]\.pictures\[0\]:(?!读不到)/);
});

test("without a daemon the person is asked for, too, and a wrong password lets nobody in", async () => {
  await here.stop();
  const file = fileOf("A8");
  const nobody = await here.as(null, "import", file);
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringContaining("say who imports")]);
  const signer = await here.as("sig", "import", file);
  expect([signer.code, signer.err]).toEqual([1, expect.stringContaining("经办人 maker")]);
  const stranger = await here.as("who", "import", file);
  expect([stranger.code, stranger.err]).toEqual([1, expect.stringContaining("账号或密码不对")]);
  const said = await here.as("two", "import", file, "--json");
  expect(said).toMatchObject({ code: 0, err: "" });
  expect(JSON.parse(said.out)).toMatchObject({ added: 1, sealed: 0 });
});
