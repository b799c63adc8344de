/** The pure driver: what it makes of what it hears. */
import { describe, expect, test } from "vitest";
import { referenceDriver } from "../../src/panels/reference/driver.ts";
import { replyLine } from "../../src/panels/reference/simulator/wire.ts";
import {
  boot,
  cleared,
  type Fields,
  Hand,
  hello,
  idOf,
  one,
  oneBytes,
  replyOf,
  size,
  status,
  two,
  twoBytes,
} from "./hand.ts";
import { base, picture, wantedOf } from "./town.ts";

describe("what is heard", () => {
  test("a lost PUT reply: the panel says where it is, and the upload goes on from there", () => {
    const hand = new Hand().greet();
    const long = picture(1, 0, 1000);
    const wanted = wantedOf([{ fromMs: 0, untilMs: 60_000, show: [["R1", long]] }]);
    hand.say({ ok: { got: 78, done: 1 } }, { wanted: cleared(wanted) });
    hand.say({ ok: { have: "0" } });
    hand.say({ ok: { got: 984, done: 0 } });
    expect(hand.say({ err: { code: "offset", got: 0 } })).toBe(`PUT 984/${long.bytes.length}`);
    expect(hand.say({ ok: { got: 984, done: 0 } })).toBe(`PUT 0/${long.bytes.length}`);
    expect(hand.say("silence")).toBe(`PUT 984/${long.bytes.length}`);
  });

  test("an ACTIVATE without an answer may have been obeyed: all is asked again, nothing is taken for granted", () => {
    const hand = new Hand().greet();
    hand.say({ ok: { got: oneBytes, done: 1 } }, { wanted: cleared(one) });
    hand.say({ ok: { have: "1" } });
    expect(hand.say("silence")).toBe("ACTIVATE");
    expect(hand.say({ ok: { prog: idOf(one) } })).toBe("ACTIVATE");
    expect(hand.say("silence")).toBeNull();
  });

  test("nor is it taken for granted that it was not", () => {
    const hand = new Hand().greet();
    hand.say({ ok: status({ prog: idOf(two), why: "turn" }) }, { pollDue: true });
    hand.say({ ok: { got: oneBytes, done: 1 } }, { wanted: cleared(one), pollDue: false });
    hand.say({ ok: { have: "1" } });
    expect(hand.say("silence")).toBe("ACTIVATE");
    // It may play `one` now.
    expect(hand.say({ ok: { got: twoBytes, done: 1 } }, { wanted: cleared(two) })).toBe(`STAGE 0/${twoBytes}`);
  });

  test("a panel that goes in circles is left alone after a few rounds", () => {
    const hand = new Hand().greet();
    const long = picture(1, 0, 1000);
    hand.say(
      { ok: { got: 78, done: 1 } },
      { wanted: cleared(wantedOf([{ fromMs: 0, untilMs: 60_000, show: [["R1", long]] }])) },
    );
    hand.say({ ok: { have: "0" } });
    let said = 0;
    for (
      ;
      said < 100 && hand.say(said % 2 === 0 ? { ok: { got: 984, done: 0 } } : { err: { code: "offset", got: 0 } });
      said++
    );
    expect(said).toBeLessThan(20);
    expect(hand.last?.faults).toMatchObject([{ code: "wire/refused", detail: "offset" }]);
  });

  test.each([
    ["another shape", { w: 64 }, { code: "panel/shape", wanted: "32x8:mono", found: "64x8:mono" }],
    ["another colour", { colour: "rgb" }, { code: "panel/shape", wanted: "32x8:mono", found: "32x8:rgb" }],
    ["another version", { proto: 2 }, { code: "panel/version", found: "2" }],
  ])("%s: the line is dropped, and it says why", (_name, change, fault) => {
    const hand = new Hand();
    hand.say({ ok: { ...hello, ...change } });
    expect(hand.last).toMatchObject({ reconnect: true, faults: [{ board: "B1", ...fault }] });
  });

  test("a new boot id: all is forgotten, HELLO comes next", () => {
    const hand = new Hand().greet();
    hand.say({ ok: status({ boot: "5eed0002", prog: idOf(one), why: "turn" }) }, { pollDue: true });
    expect(hand.last).toMatchObject({ restarted: true });
    // What it says of itself is not to be compared with anything before it was greeted.
    expect(hand.last?.status).toBeUndefined();
    expect(hand.say({ ok: { ...hello, boot: "5eed0002" } }, { wanted: cleared(one) })).toBe("HELLO");
    expect(hand.say({ ok: { time: base } })).toBe("CLOCK");
  });

  test.each([
    [250, 0, true],
    [251, 0, false],
    [-250, 0, true],
    [-251, 0, false],
    [450, 400, true],
    [451, 400, false],
  ])("a clock that is %i ms off after a round trip of %i ms: right is %s", (errorMs, roundTripMs, right) => {
    const hand = new Hand().greet();
    const step = referenceDriver.ask(hand.state, { ...hand.goal, pollDue: true });
    if (!step) throw new Error("no STATUS");
    const middle = base + roundTripMs / 2;
    const line = replyLine(step.exchange.seq, true, status({ time: middle + errorMs }));
    const timing = { askedAt: base, heardAt: base + roundTripMs };
    const { state, status: said, faults } = referenceDriver.reply(step.state, step.exchange, replyOf(line), timing);
    expect(said?.clockRight).toBe(right);
    expect(faults).toEqual(right ? [] : [{ code: "panel/clock", board: "B1", errorMs }]);
    expect(referenceDriver.ask(state, hand.goal)?.exchange.label ?? null).toBe(right ? null : "CLOCK");
  });

  const { id: _id, ...whole } = hello;
  const broken: [string, Fields][] = [
    ...Object.keys(whole).map((key): [string, Fields] => [
      `HELLO without ${key}`,
      Object.fromEntries(Object.entries(whole).filter(([name]) => name !== key)),
    ]),
    ["HELLO with a boot id of 7 digits", { ...hello, boot: "5eed000" }],
    ["HELLO with room that is no number", { ...hello, ram: "4M" }],
    ["HELLO with a payload too short to work with", { ...hello, payload: 72 }],
  ];
  test.each(broken)("%s is a refusal of some kind, never a panel", (_name, fields) => {
    const hand = new Hand();
    hand.say({ ok: fields });
    expect(hand.last?.faults).toHaveLength(1);
    expect(hand.last?.state.boot).toBeNull();
  });

  const odd: [string, Fields][] = [
    ...Object.keys(status())
      .filter((key) => key !== "why" && key !== "msg" && key !== "prog")
      .map((key): [string, Fields] => [`STATUS without ${key}`, { ...status(), [key]: "?" }]),
    ["STATUS with half a hash", status({ prog: "ab12" })],
    ["STATUS with a time past 48 bits", status({ time: 2 ** 48 })],
  ];
  test.each(odd)("%s says nothing", (_name, fields) => {
    const hand = new Hand().greet();
    hand.say({ ok: fields }, { pollDue: true });
    expect(hand.last?.status).toBeUndefined();
    expect(hand.last?.faults).toMatchObject([{ code: "wire/refused", detail: "malformed" }]);
  });

  test.each([
    ["HAVE with too few digits", "HAVE", { have: "1" }],
    ["HAVE with other digits", "HAVE", { have: "12" }],
    ["STAGE that reaches nowhere", "STAGE", { got: 0, done: 0 }],
    ["STAGE past the end", "STAGE", { got: 9999, done: 0 }],
    ["STAGE without a number", "STAGE", { got: "x" }],
  ])("%s is a refusal", (_name, verb, fields) => {
    const hand = new Hand().greet();
    hand.goal = { ...hand.goal, wanted: cleared(two) };
    if (verb === "HAVE") hand.say({ ok: { got: twoBytes, done: 1 } });
    expect(hand.say({ ok: fields })?.startsWith(verb)).toBe(true);
    expect(hand.last?.faults).toMatchObject([{ code: "wire/refused", detail: "malformed" }]);
  });

  test("unknown fields, and unknown reasons, are let pass", () => {
    const hand = new Hand();
    hand.say({ ok: { ...hello, ext: "auth,window", "x-9": "new" } });
    expect(hand.state.boot).toBe(boot);
    hand.say({ ok: { time: base } });
    hand.say({ ok: status({ why: "asleep", lux: 3 }) }, { pollDue: true });
    expect(hand.last?.status?.why).toBe("bare");
  });
});

describe("a refusal", () => {
  const refuse = (hand: Hand, code: string, more: Fields = {}) => hand.say({ err: { code, ...more } });

  test("is repeated after 2, 4, 8 … 60 seconds, though STATUS goes on", () => {
    const hand = new Hand().greet();
    hand.goal = { ...hand.goal, wanted: cleared(one) };
    const waits: number[] = [];
    for (let round = 0; round < 8; round++) {
      hand.say({ ok: { got: oneBytes, done: 1 } });
      hand.say({ ok: { have: "0" } });
      expect(refuse(hand, "hash")).toBe(`PUT 0/${size}`);
      const from = hand.goal.now;
      expect(hand.say({ ok: status({ time: from }) }, { pollDue: true })).toBe("STATUS");
      hand.goal = { ...hand.goal, pollDue: false };
      for (let ms = 0; ms <= 70_000; ms += 500) {
        hand.goal = { ...hand.goal, now: from + ms };
        const next = referenceDriver.ask(hand.state, hand.goal);
        if (!next) continue;
        waits.push(ms);
        break;
      }
    }
    expect(waits).toEqual([2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  });

  test("holds up no other programme", () => {
    const hand = new Hand().greet();
    hand.say({ err: { code: "full", need: 9 } }, { wanted: cleared(two) });
    expect(hand.last?.faults).toEqual([{ code: "panel/full", board: "B1", needs: 9, has: 4194304 }]);
    expect(hand.say("silence")).toBeNull();
    expect(hand.say("silence", { wanted: cleared(one) })).toBe(`STAGE 0/${oneBytes}`);
  });

  test("of CLOCK, STATUS or BLANK does not make the driver shout", () => {
    const hand = new Hand();
    hand.say({ ok: hello });
    expect(refuse(hand, "verb")).toBe("CLOCK");
    expect(hand.say({ err: { code: "verb" } }, { pollDue: true })).toBe("STATUS");
    expect(hand.say({ err: { code: "verb" } }, { dark: true })).toBe("BLANK 1");
  });

  test("by its version ends the connection", () => {
    const hand = new Hand().greet();
    hand.say({ err: { code: "version", proto: 3 } }, { pollDue: true });
    expect(hand.last).toMatchObject({ reconnect: true, faults: [{ code: "panel/version", found: "3" }] });
  });
});
