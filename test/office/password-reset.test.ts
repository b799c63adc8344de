/** 签发前口令被别人重置: said beside the signature, on the page's answer and on the printed form. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import { found, type Founded } from "./cast.ts";
import { siteWith } from "./living-office.ts";
import { Dice } from "./dice.ts";
import { documentOf } from "./moves-review.ts";
import { Play } from "./play.ts";

let founded: Founded;
let play: Play;
beforeAll(async () => {
  founded = await found();
  play = new Play(founded, siteWith());
  await play.open();
});
afterAll(async () => {
  await play.close();
  founded.remove();
});

const as = (login: string) => ({ via: "session", account: founded.ids.get(login) ?? "" }) as const;

/** Of a notice of the maker's that the signer has just signed: its last step, and the printed form. */
async function signed() {
  const made = await play.ask(as("mai"), "POST /api/v1/review/drafts", { body: {} });
  const params = { id: made.notice };
  const plain: Record<string, unknown> = { ...documentOf(play, new Dice([1])), envelope: null };
  const document = { ...plain, content: { ...(plain.content as object), openness: "主动公开", opennessReason: null } };
  await play.ask(as("mai"), "PUT /api/v1/review/drafts/{id}", { params, body: { version: made.version, document } });
  const { version } = play.model.drafts.get(made.notice) ?? { version: 0 };
  const opened = await play.ask(as("mai"), "POST /api/v1/review/drafts/{id}/submit", { params, body: { version } });
  for (const { board } of opened.pixels)
    await play.ask(as("sig"), "GET /api/v1/review/cases/{id}/pages", { params: { id: opened.id }, query: { board } });
  const password = play.passwords.get(as("sig").account);
  const [done] = await play.ask(as("sig"), "POST /api/v1/review/sign", { body: { cases: [opened.id], password } });
  const form = { notice: opened.notice, number: String(opened.number) };
  const sheet = await play.ask(as("aud"), "GET /api/v1/cases/{notice}/{number}/form.html", { params: form });
  const data = await play.ask(as("aud"), "GET /api/v1/cases/{notice}/{number}/form", { params: form });
  const rows = await play.ask(as("aud"), "GET /api/v1/ledger/register", {
    query: { subject: opened.notice, after: 0 },
  });
  const row = rows.findLast(({ action }: { action: string }) => action === "review/signed");
  return { step: done.steps.at(-1), sheet: String(sheet), printed: data.form.steps.at(-1), row };
}

async function reset() {
  const { account } = as("sig");
  const { path } = await play.ask(as("adm"), "POST /api/v1/people/{id}/reset", { params: { id: account } });
  const password = `plum tree by the pond ${play.steps}`;
  const body = { link: path.split("/").at(-1), password };
  await play.ask({ via: "visitor" }, "PUT /api/v1/password-link", { body });
  play.passwords.set(account, password);
  play.cookies.delete(account);
}

test("a signature after somebody else reset the password says so, until its owner has changed it or a week is over", async () => {
  const before = await signed();
  expect([before.step.reset, before.row.data.reset]).toEqual([undefined, undefined]);
  expect(before.sheet).not.toContain("重置");

  await reset();
  const marked = await signed();
  const said = { by: "adm姓名", at: expect.stringMatching(/^2026-11-20T/) };
  expect([marked.step.reset, marked.printed.reset]).toEqual([said, said]);
  expect(marked.row.data.reset.by).toBe("adm姓名");
  expect(marked.sheet).toContain("签发前口令由 adm姓名 于 2026-11-20 09:");
  expect(marked.sheet).toContain("password reset by adm姓名 at 2026-11-20 09:");

  const { account } = as("sig");
  const current = play.passwords.get(account);
  const password = `plum tree by the well ${play.steps}`;
  await play.ask(as("sig"), "PUT /api/v1/password", { body: { current, password } });
  play.passwords.set(account, password);
  play.cookies.delete(account);
  expect((await signed()).step.reset).toBeUndefined();

  await reset();
  expect((await signed()).step.reset).toMatchObject({ by: "adm姓名" });
  play.time.wall += limits.passwordResetToldMs;
  play.cookies.clear();
  expect((await signed()).step.reset).toBeUndefined();
});
