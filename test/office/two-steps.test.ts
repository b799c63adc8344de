/** No person holds two steps of one notice: the ways round that are easily forgotten. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { at } from "../store/small-office.ts";
import { allClear } from "../review/small-review.ts";
import { found, type Founded } from "./cast.ts";
import { siteWith } from "./living-office.ts";
import { Play, type Who } from "./play.ts";

let founded: Founded;
let play: Play;
const who = (login: string): Who => ({ via: "session", account: founded.ids.get(login) ?? "" });

beforeAll(async () => {
  founded = await found();
  play = new Play(founded, siteWith({ review: { office: true } }));
  await play.open();
});
afterAll(async () => {
  await play.close();
  founded.remove();
});

const document = {
  content: {
    ...{ title: "停水通知", body: "明天停水。", category: "通知", track: "屏幕服务", openness: "主动公开" },
    ...{ displayKind: "notice", formedOn: "2017-11-06", signature: { org: "办事处", date: "2017-11-06" } },
  },
  schedule: { boards: ["B1"], from: at("2017-11-06T08:00"), until: at("2017-11-06T12:00"), cron: null, priority: 5 },
  ...{ answers: allClear, ofSubstance: false },
};
const draftsPath = "/api/v1/review/drafts/{id}";

const save = async (login: string, id: string, version: number) =>
  play.ask(who(login), `PUT ${draftsPath}`, { params: { id }, body: { version, document } });
const submit = async (login: string, id: string, version: number): Promise<string> =>
  (await play.ask(who(login), `POST ${draftsPath}/submit`, { params: { id }, body: { version } })).id;
const review = (login: string, id: string) =>
  play.ask(who(login), "POST /api/v1/review/cases/{id}/review", { params: { id }, body: { opinion: "同意" } });
async function sign(login: string, id: string) {
  await play.ask(who(login), "GET /api/v1/review/cases/{id}/pages", { params: { id }, query: { board: "B1" } });
  const password = play.passwords.get(founded.ids.get(login) ?? "");
  return play.ask(who(login), "POST /api/v1/review/sign", { body: { cases: [id], password } });
}

test("who hands in what a colleague wrote does not sign it", async () => {
  const { notice, version } = await play.ask(who("con"), "POST /api/v1/review/drafts", { body: {} });
  const saved = await save("con", notice, version);
  const body = { version: saved.version };
  const handed = await play.ask(who("tri"), `POST ${draftsPath}/hand-in`, { params: { id: notice }, body });
  const id = await submit("mo", notice, handed.version);
  expect(await review("rev", id)).not.toBeNull();
  expect(await sign("tri", id)).toBeNull();
  expect(await sign("sig", id)).not.toBeNull();
});

test("who opens a copy that somebody else submits as it is does not sign it", async () => {
  const [{ notice: copied = "" } = {}] = play.model.revisions.filter(({ title }) => title === "停水通知");
  const made = await play.ask(who("two"), "POST /api/v1/review/drafts", { body: { copyOf: copied } });
  const saved = await save("mai", made.notice, made.version);
  const id = await submit("mo", made.notice, saved.version);
  await review("rev", id);
  expect(await sign("two", id)).toBeNull();
  expect(await sign("sun", id)).not.toBeNull();
});

test("who reviewed a text does not sign its new pixels", async () => {
  const made = await play.ask(who("mai"), "POST /api/v1/review/drafts", { body: {} });
  const saved = await save("mai", made.notice, made.version);
  const id = await submit("mai", made.notice, saved.version);
  await review("all", id);
  expect(await sign("sig", id)).not.toBeNull();
  const params = { id: made.notice };
  const renewed = await play.ask(who("mo"), "POST /api/v1/notices/{id}/pixels", { params, body: { boards: ["B1"] } });
  expect(await sign("all", renewed.id)).toBeNull();
  expect(await sign("sig", renewed.id)).not.toBeNull();
});
