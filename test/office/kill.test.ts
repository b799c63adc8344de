/**
 * kill -9 while somebody signs, before a write of the signature drawn by lot: it is signed whole or not at all, and what was
 * acknowledged stays. And right after a withdrawal was acknowledged: it stays withdrawn, and its order goes on.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyStore } from "../../src/daemon/verify.ts";
import { verdict } from "../../src/notices/seal.ts";
import { openStore } from "../../src/store/index.ts";
import { ownProcess } from "../built.ts";
import { killAll, run } from "../daemon/processes.ts";
import { allClear, goodDocument } from "../review/small-review.ts";
import { at, keyIn } from "../store/small-office.ts";
import { found, type Founded, wallBegan } from "./cast.ts";
import { copyOf, openOffice, siteWith } from "./living-office.ts";
import { Play, type Who } from "./play.ts";

const kills = process.env.BOARDCAST_LONG === "1" ? 6 : 3;
const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
let founded: Founded;
let place: ReturnType<typeof copyOf>;
const cases: string[] = [];

beforeAll(async () => {
  founded = await found();
  const play = new Play(founded, siteWith());
  await play.open();
  const maker: Who = { via: "session", account: founded.ids.get("mai") ?? "" };
  for (let number = 0; number <= kills; number++) {
    const { notice, version } = await play.ask(maker, "POST /api/v1/review/drafts", { body: {} });
    const params = { id: notice };
    const document = goodDocument(`停水通知${number}`, { answers: allClear });
    await play.ask(maker, "PUT /api/v1/review/drafts/{id}", { params, body: { version, document } });
    const body = { version: version + 1 };
    cases.push((await play.ask(maker, "POST /api/v1/review/drafts/{id}/submit", { params, body })).id);
  }
  await play.office.close();
  place = copyOf(play.folder);
  await play.open();
  await play.close();
});
afterAll(async () => {
  await killAll();
  place.remove();
  founded.remove();
});

/** Its exit code (null: killed), and how many writes and commits the signature took. */
async function sign(id: string, killBefore: number) {
  const program = await ownProcess("office/signing-process");
  const running = run(program, place.folder, id, String(killBefore));
  const code = await running.ended;
  const [, statements] = /^signed \S+ (\d+)$/m.exec(running.said.out) ?? [];
  expect(code === 0 || code === null, running.said.err).toBe(true);
  return { code, acknowledged: statements !== undefined, statements: Number(statements ?? 0) };
}

/** Of each case whether it is signed; fails where one is by halves, or the ledger is not whole. */
async function signedCases(): Promise<ReadonlySet<string>> {
  const store = await openStore(place.folder);
  try {
    const signed = new Set<string>();
    const key = keyIn(place.folder);
    const rows = await store.ledger.rows("register", 0, 1000);
    for (const id of cases) {
      const review = await store.cases.get(id);
      const record = review && (await store.notices.revision(review.notice, review.number));
      const told = (action: string) =>
        rows.filter((row) => row.action === action && row.subject === review?.notice).length;
      const facts = {
        state: review?.state === "signed",
        step: review?.steps.some(({ step }) => step === "signed"),
        seal: record !== null && record?.seal !== null && verdict(record, key.publicKey).ok,
        sealed: told("notice/sealed") === 1,
        signed: told("review/signed") === 1,
      };
      expect(new Set(Object.values(facts)).size, `${id} is signed by halves: ${JSON.stringify(facts)}`).toBe(1);
      if (facts.state) signed.add(id);
    }
    const { faults } = await verifyStore(store, key, { good: [], faults: [] });
    expect(faults).toEqual([]);
    return signed;
  } finally {
    await store.close();
  }
}

test(`no signature is lost, none is half (seed ${seed})`, async () => {
  console.info(`kill while signing: BOARDCAST_TEST_SEED=${seed}`);
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const [first = "", ...others] = cases;
  const { acknowledged, statements } = await sign(first, 0);
  expect([acknowledged, statements > 3], `${statements} writes`).toEqual([true, true]);
  console.info(`${statements} writes and commits`);
  const kept = new Set([first]);
  expect(await signedCases()).toEqual(kept);
  let killed = 0;
  for (const [index, id] of others.entries()) {
    // One in each part of the signature.
    const before = 1 + Math.floor(((index + random()) / kills) * statements);
    const done = await sign(id, before);
    killed += done.code === null ? 1 : 0;
    if (done.acknowledged) kept.add(id);
    const signed = await signedCases();
    expect(
      [...kept].filter((one) => !signed.has(one)),
      `killed before statement ${before}`,
    ).toEqual([]);
  }
  expect(killed).toBeGreaterThanOrEqual(kills - 1);
  // And all can still be signed.
  const left = cases.filter((id) => !kept.has(id));
  const there = await signedCases();
  const [open] = left.filter((id) => !there.has(id));
  if (open) expect((await sign(open, 0)).acknowledged).toBe(true);
}, 120_000);

test("withdrawn, acknowledged, killed: shown no more by the next daemon, and its order waits until boards say so", async () => {
  const store = await openStore(place.folder);
  const notice = (await store.cases.get(cases[0] ?? ""))?.notice ?? "";
  await store.close();
  const board = at("2017-11-06T10:00");
  const shows = async () => {
    const office = await openOffice(place.folder, { board: board + 1000, wall: wallBegan + 1000 });
    await office.beat();
    const shown = [...office.wanted].filter(([, all]) => all.at(-1)?.owners.flat().includes(notice));
    const orders = await office.store.takedowns.open();
    expect(office.failures).toEqual([]);
    await office.close();
    return { boards: shown.map(([id]) => id).sort(), orders: orders.map((one) => [one.notice, one.boards.length]) };
  };
  expect(await shows()).toEqual({ boards: ["B1", "B2"], orders: [] });
  const program = await ownProcess("office/withdrawing-process");
  const running = run(program, place.folder, notice);
  expect([await running.ended, running.said.err]).toEqual([null, ""]);
  expect(running.said.out).toBe(`withdrawn ${notice}\n`);
  expect(await shows()).toEqual({ boards: [], orders: [[notice, 2]] });
  // Asked once more, it is the same: nothing was closed by looking.
  expect(await shows()).toEqual({ boards: [], orders: [[notice, 2]] });
  const again = await openStore(place.folder);
  const { faults } = await verifyStore(again, keyIn(place.folder), { good: [], faults: [] });
  await again.close();
  expect(faults).toEqual([]);
}, 60_000);
