/** The pure driver as a table: what is said, and after what. */
import { describe, expect, test } from "vitest";
import { referenceDriver } from "../../src/panels/reference/driver.ts";
import { FrameReader, replyLine } from "../../src/panels/reference/simulator/wire.ts";
import {
  cleared,
  type Fields,
  Hand,
  hello,
  idOf,
  identity,
  one,
  oneBytes,
  size,
  status,
  two,
  twoBytes,
  replyOf,
} from "./hand.ts";
import { base } from "./town.ts";

describe("what is said", () => {
  test("to a bare panel: stage, ask, put what is missing, activate", () => {
    const hand = new Hand().greet();
    hand.goal = { ...hand.goal, wanted: cleared(two) };
    expect(hand.say({ ok: { got: twoBytes, done: 1 } })).toBe(`STAGE 0/${twoBytes}`);
    expect(hand.say({ ok: { have: "01" } })).toBe("HAVE");
    expect(hand.say({ ok: { got: size, done: 1 } })).toBe(`PUT 0/${size}`);
    expect(hand.say({ ok: { prog: idOf(two) } })).toBe("ACTIVATE");
    expect(hand.last?.activated).toBe(idOf(two));
    expect(hand.say("silence")).toBeNull();
  });

  test("nothing more to a panel that plays it already", () => {
    const hand = new Hand().greet();
    hand.say({ ok: status({ prog: idOf(two), why: "turn" }) }, { pollDue: true });
    expect(hand.say("silence", { wanted: cleared(two), pollDue: false })).toBeNull();
  });

  test.each(["HELLO", "CLOCK", "STATUS"])("%s again, after silence", (verb) => {
    const hand = new Hand();
    const replies: Record<string, Fields> = { HELLO: hello, CLOCK: { time: 1 }, STATUS: status() };
    const goal = { pollDue: true };
    for (const before of ["HELLO", "CLOCK", "STATUS"]) {
      if (before === verb) break;
      hand.say({ ok: replies[before] ?? {} }, goal);
    }
    expect(hand.say("silence", goal)).toBe(verb);
    expect(hand.say("silence", goal)).toBe(verb);
  });

  test("CLOCK is repeated with the time of the repetition, and the time that its bytes need on a line", () => {
    const timeOf = (hand: Hand, now: number) => {
      const step = referenceDriver.ask(hand.state, { ...hand.goal, now });
      const reader = new FrameReader();
      const frame = [...(step?.exchange.bytes ?? [])].flatMap((byte) => reader.feed(byte) ?? [])[0];
      const view = new DataView((frame?.payload ?? new Uint8Array(6)).buffer);
      return view.getUint32(0, true) + view.getUint16(4, true) * 2 ** 32;
    };
    const hand = new Hand();
    hand.say({ ok: hello });
    expect(timeOf(hand, base)).toBe(base);
    expect(timeOf(hand, base + 1500)).toBe(base + 1500);
    const slow = new Hand({ bitsPerSecond: 9600 });
    slow.say({ ok: hello });
    // 18 bytes of ten bits at 9600 a second.
    expect(timeOf(slow, base)).toBe(base + 19);
  });

  test("the newest wanted, whatever was under way", () => {
    const hand = new Hand().greet();
    hand.say({ ok: { got: twoBytes, done: 1 } }, { wanted: cleared(two) });
    hand.say({ ok: { have: "00" } });
    expect(hand.say({ ok: { got: 10, done: 0 } })).toBe(`PUT 0/${size}`);
    expect(hand.say({ ok: { got: oneBytes, done: 1 } }, { wanted: cleared(one) })).toBe(`STAGE 0/${oneBytes}`);
    expect(hand.say({ ok: { have: "0" } })).toBe("HAVE");
    // The panel kept the ten bytes: it says so, and the upload goes on from there.
    expect(hand.say({ ok: { got: 12, done: 0 } })).toBe(`PUT 0/${size}`);
    expect(hand.say("silence")).toBe(`PUT 12/${size}`);
  });

  test("STATUS when it is due, even in the middle of an upload", () => {
    const hand = new Hand().greet();
    hand.say({ ok: { got: twoBytes, done: 1 } }, { wanted: cleared(two) });
    expect(hand.say({ ok: status() }, { pollDue: true })).toBe("STATUS");
    expect(hand.say({ ok: { have: "11" } }, { pollDue: false })).toBe("HAVE");
  });

  test("pieces no longer than the panel takes, and no more hashes", () => {
    const hand = new Hand();
    hand.say({ ok: { ...hello, payload: 128 } });
    hand.say({ ok: { time: base } });
    const step = referenceDriver.ask(hand.state, { ...hand.goal, wanted: cleared(two) });
    const reader = new FrameReader();
    const frame = [...(step?.exchange.bytes ?? [])].flatMap((byte) => reader.feed(byte) ?? [])[0];
    expect(frame?.payload.length).toBe(128);
  });
});

describe("dark", () => {
  test("comes before everything but HELLO, needs no wanted, and stops uploads", () => {
    const hand = new Hand();
    expect(hand.say({ ok: hello }, { dark: true, pollDue: true })).toBe("HELLO");
    expect(hand.say("silence")).toBe("BLANK 1");
    expect(hand.say({ ok: { dark: 1 } })).toBe("BLANK 1");
    expect(hand.last?.dark).toBe(true);
    expect(hand.say({ ok: { time: base } })).toBe("CLOCK");
    hand.say({ ok: status({ why: "dark", dark: 1 }) });
    expect(hand.say("silence", { pollDue: false, wanted: cleared(one) })).toBeNull();
  });

  test("ends only when what is wanted plays underneath", () => {
    const hand = new Hand().greet();
    hand.say({ ok: { dark: 1 } }, { dark: true });
    expect(hand.say({ ok: { got: oneBytes, done: 1 } }, { dark: false, wanted: cleared(one) })).toBe(
      `STAGE 0/${oneBytes}`,
    );
    hand.say({ ok: { have: "1" } });
    expect(hand.say({ ok: { prog: idOf(one) } })).toBe("ACTIVATE");
    expect(hand.say({ ok: { dark: 0 } })).toBe("BLANK 0");
    expect(hand.say("silence")).toBeNull();
  });

  test("whose BLANK was not answered is not known: it is asked again, whatever is wanted meanwhile", () => {
    const hand = new Hand().greet();
    hand.say({ ok: status({ prog: idOf(one), why: "turn" }) }, { pollDue: true });
    expect(hand.say("silence", { dark: true, pollDue: false })).toBe("BLANK 1");
    expect(hand.say({ ok: { dark: 0 } }, { dark: false, wanted: cleared(one) })).toBe("BLANK 0");
  });
});

test("accepts: ours, damaged, someone else's", () => {
  const hand = new Hand();
  const step = referenceDriver.ask(hand.state, hand.goal);
  if (!step) throw new Error("nothing said");
  const line = (seq: number) => replyLine(seq, true, { x: 1 }).trimEnd();
  const { exchange, state } = step;
  expect(referenceDriver.accepts(state, exchange, replyOf(line(exchange.seq)))).toBe("yes");
  expect(referenceDriver.accepts(state, exchange, replyOf(line(exchange.seq + 1)))).toBe("other");
  expect(referenceDriver.accepts(state, exchange, replyOf(`${line(exchange.seq)}0`))).toBe("noise");
  // 0 is nobody's number, 65535's neither.
  const last = referenceDriver.ask(referenceDriver.connect(identity, 0xffff), hand.goal);
  if (!last) throw new Error("nothing said");
  expect(referenceDriver.accepts(last.state, last.exchange, replyOf(line(0)))).toBe("other");
  expect(referenceDriver.accepts(last.state, last.exchange, replyOf(line(0xffff)))).toBe("yes");
});

test("sequence numbers go from 65535 to 1, and begin where they are told", () => {
  let state = referenceDriver.connect(identity, 0xfffe);
  const seqs = [1, 2, 3, 4].map(() => {
    const step = referenceDriver.ask(state, { wanted: null, dark: false, pollDue: false, now: base });
    state = step?.state ?? state;
    return step?.exchange.seq;
  });
  expect(seqs).toEqual([0xfffe, 0xffff, 1, 2]);
});

test("a slow line is given the time that it needs", () => {
  const ask = (bitsPerSecond: number | null) => {
    const state = referenceDriver.connect({ ...identity, bitsPerSecond }, 1);
    return referenceDriver.ask(state, { wanted: null, dark: false, pollDue: false, now: base })?.exchange;
  };
  expect(ask(null)?.timeoutMs).toBe(1500);
  const hello9600 = ask(9600);
  expect(hello9600?.timeoutMs).toBe(1500 + Math.round((((hello9600?.bytes.length ?? 0) + 512) * 10_000) / 9600));
});
