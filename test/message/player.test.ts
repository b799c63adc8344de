/** `frameAt` and `lookup` against the slow player that was written from SPEC.md alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  civil,
  emptyFrame,
  encodeProgramme,
  frameAt,
  lookup,
  makeMessage,
  pageMs,
  type Page,
} from "../../src/message/index.ts";
import { epoch, playing, type Playing } from "./arbitrary.ts";
import { readMessage, readProgramme } from "./reference-bytes.ts";
import { civilValues, referenceAt } from "./reference-player.ts";

/** Every instant about which an implementation could be off by one, for the spans' first two rounds. */
function edges({ programme, messages }: Playing): number[] {
  const found = new Set([programme.base, programme.base + programme.endMs]);
  for (const message of messages.values())
    for (const { window } of message.pages) if (window) found.add(window.from).add(window.until);
  for (const span of programme.spans) {
    const start = programme.base + span.startMs;
    found.add(start).add(programme.base + span.endMs);
    const loop = span.turns.at(-1)?.endMs ?? 1;
    for (const round of [0, 1])
      for (const [index, turn] of span.turns.entries()) {
        const began = start + round * loop - span.leadMs + (span.turns[index - 1]?.endMs ?? 0);
        found.add(start + round * loop - span.leadMs + turn.endMs);
        let step = began;
        const message = messages.get(programme.messages[turn.message] ?? "");
        for (const page of message?.pages ?? []) {
          const { motion, msPerPx, holdMs, entry, exit } = page;
          const sideways = motion === "scroll-left" || motion === "scroll-right";
          const upright = motion === "scroll-up" || motion === "scroll-down";
          const way = sideways ? page.bitmap.width : upright ? page.bitmap.height : 0;
          const travel = (one: typeof entry) =>
            one ? (pageMs({ ...page, entry: one, exit: null }) - holdMs) / one.msPerPx : 0;
          // An entry's first dot and last one; where the strip starts to move, moves once, and comes round; a blink; an exit.
          if (entry) for (const dots of [1, travel(entry) - 1, travel(entry)]) found.add(step + dots * entry.msPerPx);
          const whole = step + travel(entry) * (entry?.msPerPx ?? 0);
          for (const offset of [0, msPerPx, (way - 1) * msPerPx]) found.add(whole + holdMs + offset);
          if (motion === "blink") for (let half = 1; half < 4; half++) found.add(whole + half * msPerPx);
          if (exit) for (const dots of [0, 1, travel(exit) - 1]) found.add(whole + holdMs + dots * exit.msPerPx);
          step += pageMs(page);
          found.add(step);
        }
      }
  }
  return [...found].filter((at) => at >= programme.base - 10);
}

function agree({ programme, messages }: Playing, instants: readonly number[]): void {
  const reference = readProgramme(encodeProgramme(programme));
  const refMessages = programme.messages.map((hash) => readMessage(messages.get(hash)?.bytes ?? new Uint8Array(0)));
  const frame = emptyFrame(programme.shape);
  for (const at of instants) {
    const slow = referenceAt(reference, refMessages, at);
    // What was lit before must not matter.
    frame.pixels.fill(0x5a);
    const fast = frameAt(programme, (hash) => messages.get(hash), at, frame);
    expect(lookup(programme, at).message).toBe(slow.message === null ? null : reference.hashes[slow.message]);
    if (!Buffer.from(fast.pixels).equals(slow.frame))
      throw new Error(
        `differ at ${at}:\n${Buffer.from(fast.pixels).toString("hex")}\n${Buffer.from(slow.frame).toString("hex")}`,
      );
  }
}

describe("frameAt is what SPEC.md says", () => {
  test("at random instants of random programmes", () => {
    fc.assert(
      fc.property(
        playing,
        fc.array(fc.integer({ min: -5, max: 100_000 }), { minLength: 4, maxLength: 12 }),
        (one, ms) =>
          agree(
            one,
            ms.map((after) => one.programme.base + after),
          ),
      ),
      { numRuns: 600 },
    );
  });

  test("a millisecond before, at and after every edge", () => {
    fc.assert(
      fc.property(playing, fc.infiniteStream(fc.nat()), (one, luck) => {
        const all = edges(one).flatMap((at) => [at - 1, at, at + 1]);
        // At most forty of them: the slow player is slow.
        agree(one, all.length <= 40 ? all : [...luck.take(40)].map((pick) => all[pick % all.length] as number));
      }),
      { numRuns: 600 },
    );
  });

  test("clock fields at midnight, new year, leap days and where the offset changes", () => {
    const digits = Array.from({ length: 10 }, (_, digit) => [digit * 20 + 7, 255 - digit, digit]).flat();
    const units = ["Y", "m", "d", "weekday", "H", "M", "S"] as const;
    const page: Page = {
      bitmap: { width: 64, height: 3, format: "mono1", pixels: new Uint8Array(24), palette: new Uint8Array(0) },
      motion: "hold",
      msPerPx: 0,
      holdMs: 86_400_000,
      step: 0,
      window: null,
      fields: [
        {
          cellWidth: 8,
          cellHeight: 3,
          ink: [255, 0, 0],
          atlas: Uint8Array.from(digits),
          glyphCount: 10,
          cells: units.map((unit, index) => ({
            x: index * 8,
            y: 0,
            unit,
            divisor: 1,
            modulus: 10,
            base: 0,
            blankZero: false,
          })),
        },
      ],
    };
    const message = makeMessage({ width: 64, height: 3, colour: "mono" }, [page]);
    const days = fc.integer({ min: 0, max: 60_000 }).map((day) => day * 86_400_000);
    const special = fc.constantFrom(
      Date.UTC(2017, 11, 31),
      Date.UTC(2018, 0, 1),
      Date.UTC(2024, 1, 29),
      Date.UTC(2023, 1, 28),
      Date.UTC(2100, 1, 28),
      Date.UTC(2000, 1, 29),
    );
    const offsets = fc.integer({ min: -96, max: 96 }).map((quarter) => quarter * 15);
    fc.assert(
      fc.property(fc.oneof(days, special), offsets, offsets, (day, before, after) => {
        // The offset changes at the first span's local midnight, as clocks that are put forward or back do.
        const midnight = day - before * 60_000;
        const base = Math.max(0, midnight - 3_600_000);
        const change = midnight - base;
        if (change <= 0) return;
        const turns = [{ message: 0, endMs: 86_400_000 }];
        const programme = {
          shape: message.shape,
          base,
          endMs: 90_000_000,
          messages: [message.hash],
          spans: [
            { startMs: 0, endMs: change, leadMs: 0, turns, utcOffsetMin: before },
            { startMs: change, endMs: 90_000_000, leadMs: change, turns, utcOffsetMin: after },
          ],
        };
        const instants = [-1000, -1, 0, 1, 59_999, 60_000, 86_399_999].map((ms) => midnight + ms);
        agree({ programme, messages: new Map([[message.hash, message]]) }, instants);
      }),
      { numRuns: 300 },
    );
  });

  test("the two calendars agree on every day from 1970 to 2120, at every hour that matters", () => {
    for (let day = 0; day < 55_000; day++)
      for (const second of [0, 86_399]) {
        const at = (day * 86_400 + second) * 1000;
        const { Y, m, d, weekday, H, M, S } = civil(at, 0);
        const slow = civilValues(at, 0);
        if (`${[Y, m, d, weekday, H, M, S]}` !== `${slow}`) expect([Y, m, d, weekday, H, M, S]).toEqual(slow);
      }
  });

  test("the arithmetic holds at the ends of its 32 bits", () => {
    const { programme, messages } = fc.sample(playing, 1)[0] as Playing;
    const [hash = ""] = programme.messages;
    const most = 0xffff_ffff;
    const turns = [
      { message: 0, endMs: 0x8000_0000 },
      { message: 0, endMs: most },
    ];
    const one = {
      programme: {
        ...programme,
        base: epoch,
        messages: [hash],
        endMs: most,
        spans: [{ startMs: 1, endMs: most, leadMs: most - 1, turns, utcOffsetMin: 0 }],
      },
      messages,
    };
    agree(
      one,
      [0, 1, 2, 3, 1000, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, most - 1, most, most + 1].map((ms) => epoch + ms),
    );
  });
});
