/** Several questions in one write (SPEC §2.5): what the driver makes of their replies, how much leaves at once, and where. */
import { describe, expect, test } from "vitest";
import { limits } from "../../src/limits.ts";
import type { Exchange } from "../../src/panels/contract.ts";
import { Ahead } from "../../src/panels/delivery/ahead.ts";
import { askedNow } from "../../src/panels/delivery/loop-parts.ts";
import { makeBus } from "../../src/panels/links/bus.ts";
import { linkFor } from "../../src/panels/links/list.ts";
import { referenceDriver } from "../../src/panels/reference/driver.ts";
import { replyLine } from "../../src/panels/reference/simulator/wire.ts";
import { cleared, Hand, idOf, one, oneBytes, red, replyOf, size, status } from "./hand.ts";
import { base } from "./town.ts";

describe("the driver", () => {
  const wanting = () => {
    const hand = new Hand().greet();
    const step = referenceDriver.ask(hand.state, { ...hand.goal, wanted: cleared(one), ahead: 2048 });
    if (!step) throw new Error("nothing said");
    return step;
  };
  const line = (seq: number, fields: Record<string, string | number>) => replyOf(replyLine(seq, true, fields));

  test("says of each reply whether others are due, takes none twice, and none of an earlier try", () => {
    const { state, exchange } = wanting();
    expect(exchange).toMatchObject({
      questions: 4,
      activates: idOf(one),
      label: expect.stringMatching(/^STAGE .*STATUS$/),
    });
    const timing = { askedAt: base, heardAt: base };
    const staged = line(exchange.seq, { got: oneBytes, done: 1 });
    const heard = referenceDriver.reply(state, exchange, staged, timing);
    expect(heard.more).toBe(true);
    const putLine = replyLine(exchange.seq + 1, true, { got: size, done: 1 }).trimEnd();
    const put = replyOf(putLine);
    for (const [reply, kind] of [
      [staged, "other"],
      [line(exchange.seq - 1, { dark: 0 }), "other"],
      [line(exchange.seq + 4, { dark: 0 }), "other"],
      [put, "yes"],
      [replyOf(`${putLine}0`), "noise"],
    ] as const)
      expect([reply, referenceDriver.accepts(heard.state, exchange, reply)]).toEqual([reply, kind]);
    // The last one ends it, whatever was passed over.
    const said = line(exchange.seq + 3, status({ prog: idOf(one), msg: red.hash, why: "turn" }));
    const last = referenceDriver.reply(heard.state, exchange, said, timing);
    expect(last).toMatchObject({ missed: true, status: { programme: idOf(one) } });
    expect(last.more).toBeUndefined();
  });

  test("judges no clock by a STATUS that may have been said at any time in more than a second and a half", () => {
    for (const [roundTripMs, judged] of [
      [1500, true],
      [1501, false],
    ] as const) {
      const { state, exchange } = wanting();
      const reply = line(exchange.seq + 3, status({ time: base, prog: idOf(one), why: "turn" }));
      const timing = { askedAt: base, heardAt: base + roundTripMs };
      const outcome = referenceDriver.reply(state, exchange, reply, timing);
      expect([roundTripMs, outcome.status !== undefined]).toEqual([roundTripMs, judged]);
      expect(outcome.state.active).toBe(idOf(one));
    }
  });
});

test("how much leaves at once follows the pace of the answers, not the length of the way", () => {
  const exchange = (questions: number, bytes: number): Exchange => ({
    ...{ seq: 1, questions, bytes: new Uint8Array(bytes), label: "", timeoutMs: 1500 },
  });
  const answered = (ahead: Ahead, said: Exchange, spreadMs: number) => {
    const asked = askedNow(said, null, false, base, 0);
    asked.firstMs = 1000;
    ahead.answered(asked, 1000 + spreadMs);
  };
  const ahead = new Ahead(true, { lossesAhead: 0 });
  expect(ahead.bytes).toBe(limits.aheadBytesLeast);
  answered(ahead, exchange(4, 900), 0);
  expect(ahead.bytes).toBe(limits.aheadBytesLeast);
  for (let round = 0; round < 9; round++) answered(ahead, exchange(4, ahead.bytes), 199);
  expect(ahead.bytes).toBe(limits.aheadBytes);
  answered(ahead, exchange(1, 1040), 5000);
  answered(ahead, exchange(4, ahead.bytes), 300);
  expect(ahead.bytes).toBe(limits.aheadBytes);
  for (let round = 0; round < 19; round++) answered(ahead, exchange(4, ahead.bytes), 401);
  expect(ahead.bytes).toBe(limits.aheadBytesLeast);
});

test("two connections on which answers were lost: the third does without, the fourth tries again", () => {
  const losses = { lossesAhead: 0 };
  const lossy = () => {
    const ahead = new Ahead(true, losses);
    const { bytes } = ahead;
    ahead.lost({ seq: 1, questions: 2, bytes: new Uint8Array(9), label: "", timeoutMs: 1500 });
    expect(ahead.bytes).toBe(0);
    return bytes > 0;
  };
  expect([lossy(), lossy(), lossy(), lossy(), lossy()]).toEqual([true, true, false, true, false]);
});

test("only TCP to one panel takes it", () => {
  const out = linkFor({ kind: "tcp-out", host: "192.0.2.1", port: 9, address: 1 }, "127.0.0.1");
  const inward = linkFor({ kind: "tcp-in", port: 0, address: 1 }, "127.0.0.1");
  const serial = linkFor({ kind: "serial", path: "/dev/null", baud: 9600, address: 1 }, "127.0.0.1");
  expect([out, inward, serial].map((link) => link?.backToBack ?? false)).toEqual([true, true, false]);
  expect(out && makeBus(out).seat().backToBack).toBeUndefined();
});
