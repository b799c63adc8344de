/** R30: nine boards over real sockets, one panel that refuses. Eight are confirmed dark, one is named with where its power is cut. */
import { afterAll, expect, test } from "vitest";
import { createDark } from "../../src/daemon/dark.ts";
import { Switchboard } from "../../src/daemon/switchboard.ts";
import { limits } from "../../src/limits.ts";
import { createDelivery } from "../../src/panels/delivery/index.ts";
import { runSimulatedPanel, type RunningPanel } from "../../src/panels/reference/simulator/process.ts";
import { replyLine } from "../../src/panels/reference/simulator/wire.ts";
import { openOffice } from "../ledger/chain.ts";
import { base, FakeSeals, picture, poll, sealed, shape, wantedOf } from "../panels/town.ts";
import { boardOf, callerOf, minute } from "./above-office.ts";

const ids = Array.from({ length: 9 }, (_, index) => `B${index + 1}`);
const panels = new Map<string, RunningPanel>();
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test("eight confirmed off, one listed with its place", async () => {
  for (const id of ids) {
    const panel = await runSimulatedPanel({
      id,
      shape,
      address: 1,
      transport: { kind: "listen", host: "127.0.0.1", port: 0 },
    });
    panels.set(id, panel);
    ends.push(() => panel.stop());
  }
  const stubborn = panels.get("B6")?.panel;
  if (!stubborn) throw new Error("no B6");
  const handle = stubborn.handle.bind(stubborn);
  let refusing = false;
  const refused: string[] = [];
  stubborn.handle = (frame) => {
    if (!refusing || frame.verb !== 8 || frame.payload[0] === 0) return handle(frame);
    refused.push("BLANK");
    return replyLine(frame.seq, false, { code: "busy" });
  };
  const boards = ids.map((id) =>
    boardOf(id, { link: { kind: "tcp-out", host: "127.0.0.1", port: panels.get(id)?.port ?? 0, address: 1 } }),
  );
  const office = await openOffice();
  ends.push(() => office.close());
  const started = performance.now();
  const clock = { now: () => base + Math.floor(performance.now() - started) };
  const seals = new FakeSeals();
  const delivery = createDelivery({ boards, seals, clock, listenHost: "127.0.0.1", changed: () => {} });
  ends.push(() => delivery.stop());
  const switchboard = new Switchboard({
    ...{ boards, clock, store: office.store.boards, deliver: delivery.want, isWarning: () => false },
    ...{ ended: () => {}, changed: () => {} },
  });
  let passedMs = 0;
  const dark = createDark({
    ...{ site: { boards, holdMs: 120 * minute, zone: "Asia/Shanghai" }, store: office.store, clock, switchboard },
    ...{ facts: delivery.facts, monotonicMs: () => passedMs, changed: () => {}, ordered: () => {} },
  });
  for (const board of ids) {
    const wanted = wantedOf([{ fromMs: 0, untilMs: 60 * minute, show: [[`N${board}`, picture(0x5a)]] }], { board });
    sealed(seals, wanted);
    const verdict = seals.verdicts.get(`N${board}`);
    if (verdict?.ok)
      seals.verdicts.set(`N${board}`, {
        ...verdict,
        envelope: { ...verdict.envelope, boards: [board] },
        pixels: new Map([[board, picture(0x5a).hash]]),
      });
    switchboard.want(wanted);
  }
  await poll(() => ids.every((id) => delivery.facts(id).confirmed?.notice === `N${id}`), "all lit");
  refusing = true;
  await dark.darken(callerOf(["maker"]), "all", "内容有误");
  await poll(
    () => dark.dark().filter(({ state }) => state === "confirmed").length === 8 && refused.length > 0,
    "eight dark",
  );
  passedMs = limits.darkAnswerMs;
  const said = dark.dark().filter(({ state }) => state !== "confirmed");
  expect(said).toMatchObject([{ board: "B6", state: "unconfirmed", custodian: "老周" }]);
  expect(said[0]?.says.zh).toContain("未确认\uff0c请现场断电\uff1aB6门口");
  for (const [id, { panel }] of panels) expect([id, panel.snapshot().why]).toEqual([id, id === "B6" ? "turn" : "dark"]);
  // It goes on being asked, and is confirmed when it obeys.
  refusing = false;
  await poll(() => dark.dark().every(({ state }) => state === "confirmed"), "all nine");
  expect([...panels.values()].map(({ panel }) => panel.snapshot().why)).toEqual(ids.map(() => "dark"));
}, 60_000);
