/** The simulated panel's state: whole conversations from the vectors, and the rules of SPEC §7 on random ones. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyBitmap, encodeProgramme, makeMessage, type Message, programmeId } from "../../src/message/index.ts";
import { type Command, encodeFrame } from "../../src/panels/reference/codec.ts";
import { parseReply } from "./hand.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { FrameReader } from "../../src/panels/reference/simulator/wire.ts";
import { fromHex, vectors } from "../vectors.ts";
import { epoch, messages } from "../message/arbitrary.ts";

interface Dialogue {
  readonly name: string;
  readonly panel: {
    readonly id: string;
    readonly w: number;
    readonly h: number;
    readonly colour: "mono" | "dual" | "rgb";
    readonly ram: number;
    readonly address: number;
    readonly boots: readonly string[];
  };
  readonly steps: readonly {
    readonly ms: number;
    readonly what: string;
    readonly restart?: boolean;
    readonly send?: string;
    readonly reply?: string | null;
  }[];
}

describe("conversations", () => {
  test.each(vectors<Dialogue>("dialogues", "dialogues"))("$name", ({ panel: made, steps }) => {
    let now = 0;
    const boots = [...made.boots];
    const panel = new SimulatedPanel({
      id: made.id,
      shape: { width: made.w, height: made.h, colour: made.colour },
      address: made.address,
      ramBytes: made.ram,
      monotonicMs: () => now,
      newBootId: () => boots.shift() ?? "00000000",
    });
    const reader = new FrameReader();
    for (const { ms, what, restart, send = "", reply = null } of steps) {
      now = ms;
      if (restart) {
        panel.powerCycle();
        continue;
      }
      const replies = [...fromHex(send)].flatMap((byte) => {
        const frame = reader.feed(byte);
        return frame ? (panel.handle(frame) ?? []) : [];
      });
      const expected = reply === null ? "" : Buffer.from(reply, "hex").toString("latin1");
      expect(replies.join(""), `${what}, at ${ms} ms`).toBe(expected);
    }
  });
});

const shape = { width: 16, height: 8, colour: "mono" } as const;

/** A panel and one function that asks it. */
function bench(ramBytes: number) {
  let seq = 0;
  let boot = 0;
  const panel = new SimulatedPanel({
    id: "x",
    shape,
    address: 1,
    ramBytes,
    monotonicMs: () => 0,
    newBootId: () => (++boot).toString(16).padStart(8, "0"),
  });
  const reader = new FrameReader();
  const ask = (command: Command) => {
    let said: string | null = null;
    for (const byte of encodeFrame(command, ++seq, 1)) {
      const frame = reader.feed(byte);
      if (frame) said = panel.handle(frame);
    }
    const reply = parseReply((said ?? "").trimEnd());
    if (reply === null) throw new Error(`no reply to ${command.verb}`);
    return reply;
  };
  const put = (message: Message) =>
    ask({ verb: "put", hash: message.hash, total: message.bytes.length, offset: 0, data: message.bytes });
  return { panel, ask, put };
}

function programmeOf(all: readonly Message[]) {
  let end = 0;
  const turns = all.map((message, index) => {
    end += message.durationMs;
    return { message: index, endMs: end };
  });
  const spans = all.length === 0 ? [] : [{ startMs: 0, endMs: 1000, leadMs: 0, turns, utcOffsetMin: 0 }];
  return { shape, base: epoch, endMs: 1000, messages: all.map(({ hash }) => hash), spans };
}

/** Eight messages of a few dozen bytes each, all different. */
const stock = Array.from({ length: 8 }, (_, which) => {
  const bitmap = { ...emptyBitmap(16, 8, "mono1"), pixels: new Uint8Array(16).fill(which + 1) };
  return makeMessage(shape, [
    { bitmap, motion: "hold", msPerPx: 0, holdMs: 100 + which, step: 0, window: null, fields: [] },
  ]);
});
const each = stock[0]?.bytes.length ?? 0;

describe("SPEC §7", () => {
  type Act = { readonly do: "put" | "have" | "stage" | "activate" | "power"; readonly which: readonly number[] };
  const acts = fc.array(
    fc.record<Act>({
      do: fc.constantFrom("put", "put", "put", "have", "stage", "activate", "power"),
      which: fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 40 },
  );

  test("RAM is never exceeded, what plays or is staged is never dropped, nothing plays that is not whole", () => {
    fc.assert(
      fc.property(acts, fc.integer({ min: 2, max: 6 }), (all, room) => {
        const { panel, ask, put } = bench(each * room);
        let staged: readonly Message[] = [];
        let active: readonly Message[] = [];
        const has = (wanted: readonly Message[]) =>
          ask({ verb: "have", hashes: wanted.map(({ hash }) => hash) }).fields.have ?? "";
        let boot = panel.snapshot().bootId;
        for (const act of all) {
          const chosen = act.which.map((index) => stock[index] as Message);
          const [first] = chosen as [Message];
          const before = has(staged);
          if (act.do === "put") put(first);
          else if (act.do === "have") has(chosen);
          else if (act.do === "stage") {
            const bytes = encodeProgramme(programmeOf(chosen));
            const hash = programmeId(programmeOf(chosen));
            const { ok } = ask({ verb: "stage", hash, total: bytes.length, offset: 0, data: bytes });
            expect(ok).toBe(true);
            if (panel.snapshot().programme !== hash) staged = chosen;
          } else if (act.do === "activate") {
            const hash = programmeId(programmeOf(staged));
            const whole = staged.length > 0 && /^1+$/.test(has(staged));
            const reply = ask({ verb: "activate", hash });
            expect(reply.ok).toBe(whole);
            if (reply.ok) [active, staged] = [staged, []];
          } else {
            panel.powerCycle();
            expect(panel.snapshot()).toMatchObject({ programme: null, message: null, why: "bare", panelTime: 0 });
            expect(panel.snapshot().bootId).not.toBe(boot);
            expect(panel.held()).toEqual([]);
            boot = panel.snapshot().bootId;
            [staged, active] = [[], []];
            continue;
          }
          const held = new Set(panel.held());
          expect(held.size * each).toBeLessThanOrEqual(each * room);
          for (const message of active) expect(held.has(message.hash)).toBe(true);
          // What a programme names and is here stays here.
          if (act.do === "put")
            for (const [index, digit] of [...before].entries()) if (digit === "1") expect(has(staged)[index]).toBe("1");
        }
      }),
      { numRuns: 150 },
    );
  });

  test("no bytes in any verb's payload make it throw or change what is lit", () => {
    const { panel, ask, put } = bench(1 << 20);
    const [one] = stock as [Message];
    const bytes = encodeProgramme(programmeOf([one]));
    const id = programmeId(programmeOf([one]));
    put(one);
    ask({ verb: "clock", timeMs: epoch });
    ask({ verb: "stage", hash: id, total: bytes.length, offset: 0, data: bytes });
    ask({ verb: "activate", hash: id });
    fc.assert(
      // CLOCK and BLANK are asked for by the bytes that they name; all others must leave the picture alone.
      fc.property(fc.constantFrom(1, 3, 4, 5, 6, 7, 9, 200), fc.uint8Array({ maxLength: 1024 }), (verb, payload) => {
        const said = panel.handle({ version: 1, address: 1, seq: 5, verb, payload });
        expect(parseReply((said ?? "").trimEnd())?.seq).toBe(5);
        expect(panel.snapshot()).toMatchObject({ programme: id, message: one.hash, why: "turn" });
      }),
      { numRuns: 400 },
    );
  });

  test("a message is uploaded in any pieces, in order, with overlaps and repetitions", () => {
    fc.assert(
      fc.property(
        messages(shape),
        fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 984 })), { maxLength: 300 }),
        (message, pieces) => {
          const { ask } = bench(1 << 22);
          let got = 0;
          for (const [back, length] of [...pieces, ...Array.from({ length: 200 }, () => [0, 984] as const)]) {
            const offset = Math.max(0, got - back);
            const data = message.bytes.subarray(offset, offset + length);
            const { ok, fields } = ask({ verb: "put", hash: message.hash, total: message.bytes.length, offset, data });
            expect(ok).toBe(true);
            expect(Number(fields.got)).toBeGreaterThanOrEqual(Math.min(got, offset + data.length));
            got = Number(fields.got);
            if (fields.done === "1") break;
          }
          expect(ask({ verb: "have", hashes: [message.hash] }).fields.have).toBe("1");
        },
      ),
      { numRuns: 60 },
    );
  });
});
