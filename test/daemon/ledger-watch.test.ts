/** The daily look at the ledger: what it found stands on every board and is on record once, and the chains are signed for. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { LedgerWatch } from "../../src/daemon/ledger-watch.ts";
import { Proof } from "../../src/daemon/proof.ts";
import { limits } from "../../src/limits.ts";
import { readCheckpoints } from "../../src/ledger/checkpoints.ts";
import { signingOf } from "../../src/daemon/verify.ts";
import { checkpointFile } from "../../src/ledger/index.ts";
import { join } from "node:path";
import { type Office, note, openOffice } from "../ledger/chain.ts";

let office: Office;
let proof: Proof;
let watch: LedgerWatch;
let now = 1000;
let changes = 0;
const failures: unknown[] = [];

const open = () => {
  watch = new LedgerWatch({
    proof,
    store: office.store,
    clock: { now: () => now },
    changed: () => void changes++,
    failed: (error) => void failures.push(error),
  });
};
beforeEach(async () => {
  office = await openOffice();
  proof = new Proof(office.store, office.key, office.folder, (error) => void failures.push(error));
  for (let index = 1; index <= 5; index++) await note(office.store, index);
  changes = 0;
  failures.length = 0;
  open();
});
afterEach(async () => {
  await watch.settled();
  await proof.stop();
  await office.close();
  expect(failures).toEqual([]);
});

const look = async () => {
  watch.look();
  await watch.settled();
};
const found = async () => (await office.store.ledger.about("register", "ledger")).map(({ action }) => action);
const alter = (seq: number) =>
  office.vandal.exec(`UPDATE ledger SET by = 'nobody' WHERE chain = 'register' AND seq = ${seq}`);
const checkpoints = async () =>
  (await readCheckpoints(join(office.folder, checkpointFile), signingOf(office.key))).good.map(({ seq }) => seq);

test("whole: said so, and signed for", async () => {
  expect(watch.state).toBe("checking");
  expect(await checkpoints()).toEqual([]);
  await look();
  expect([watch.state, watch.faults, changes]).toEqual(["whole", [], 1]);
  expect(await checkpoints()).toContain(5);
  expect(await found()).toEqual([]);
});

test("once a day: what is altered after the look waits for the next", async () => {
  await look();
  alter(2);
  await look();
  expect(watch.state).toBe("whole");
});

test("broken: on the boards with its time, on record, and nothing more is signed for", async () => {
  await look();
  const before = await checkpoints();
  alter(2);
  now = 2000;
  open();
  await look();
  expect(watch.state).toBe("broken");
  expect(watch.faults).toEqual([
    { fault: { code: "ledger/broken", chain: "register", seq: 2, what: "altered" }, at: 2000 },
  ]);
  expect(await found()).toEqual(["ledger/found-broken"]);
  expect(await checkpoints()).toEqual(before);

  // The next start finds the same: it is on record already.
  open();
  await look();
  expect(watch.state).toBe("broken");
  expect(await found()).toEqual(["ledger/found-broken"]);

  // Something else: that is another row.
  alter(1);
  open();
  await look();
  expect(await found()).toEqual(["ledger/found-broken", "ledger/found-broken"]);
});

test("found between two looks: joins what is known, keeps the first time, and is told once", async () => {
  await look();
  const [one, other] = [1, 2].map((seq) => ({
    ...{ code: "ledger/broken" as const, chain: "register" as const },
    ...{ seq, what: "altered" as const },
  })) as [Parameters<Proof["onBroken"]>[0], Parameters<Proof["onBroken"]>[0]];
  now = 3000;
  proof.onBroken(one);
  await watch.settled();
  now = 4000;
  proof.onBroken(one);
  proof.onBroken(other);
  await watch.settled();
  expect(watch.faults).toEqual([
    { fault: one, at: 3000 },
    { fault: other, at: 4000 },
  ]);
  expect(watch.state).toBe("broken");
  expect(await found()).toEqual(["ledger/found-broken", "ledger/found-broken"]);
});

test("more than a board lists is not listed, however much is wrong", async () => {
  for (let seq = 1; seq <= limits.faultsPerBoard + 5; seq++)
    proof.onBroken({ code: "ledger/disagrees", notice: `N${seq}`, number: 1, what: "gone" });
  await watch.settled();
  expect(watch.faults.length).toBe(limits.faultsPerBoard);
});

test("somebody's own look: how far it is, what was found in words, and what it was compared with; the watch knows it too", async () => {
  await look();
  const { check } = watch;
  expect(check.view()).toMatchObject({ state: "never", result: null });
  const [printed = ""] = proof.printed(await proof.verify());
  const begun = await check.begin(`${printed}\nno checkpoint`);
  expect(begun).toMatchObject({ state: "running", of: 5 });
  // Who asks meanwhile is told of the same look.
  expect((await check.begin("")).at).toBe(begun.at);
  await check.settled();
  // What was mistyped is said, and holds nothing against the ledger.
  const { result } = check.view();
  expect(result).toMatchObject({ whole: false, given: 2, checkpoints: [], register: { rows: 5, whole: true } });
  expect(result?.faults.map(({ code }) => code)).toEqual(["ledger/checkpoint"]);
  expect(watch.state).toBe("whole");
  await check.begin(printed);
  await check.settled();
  expect(check.view()).toMatchObject({ state: "done", rows: 5, of: 5, result: { whole: true, given: 1 } });
  expect(check.view().result?.checkpoints).toHaveLength(1);
  alter(2);
  await check.begin("");
  await check.settled();
  expect(check.view().result).toMatchObject({ whole: false, register: { rows: 1, whole: false }, checkpoints: [] });
  expect([watch.state, await found()]).toEqual(["broken", ["ledger/found-broken"]]);
});
