/** A programme cut to what the panel can hold lights, while it lasts, exactly what the whole one would. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeProgramme, frameAt, lookup, programmeProblem } from "../../src/message/index.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { fitting } from "../../src/panels/delivery/fitting.ts";
import { base, picture, wantedOf } from "./town.ts";

const stock = Array.from({ length: 12 }, (_, index) => picture(index + 1, 500, 8 + index * 40));

const wanteds = fc
  .array(
    fc.record({
      gap: fc.nat(500),
      length: fc.integer({ min: 1, max: 3000 }),
      which: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) => {
    let clock = 0;
    return wantedOf(
      all.map(({ gap, length, which }) => {
        const fromMs = clock + gap;
        clock = fromMs + length;
        return {
          fromMs,
          untilMs: clock,
          show: which.map((index) => [`R${index}`, stock[index] ?? picture(0)] as const),
        };
      }),
    );
  });

const weigh = ({ programme, messages }: Wanted) =>
  programme.messages.reduce((sum, hash) => sum + (messages.get(hash)?.bytes.length ?? 0), 0);

test("same dots, same owners, from now to its end; no heavier than half the room, unless one span is", () => {
  fc.assert(
    fc.property(wanteds, fc.integer({ min: 100, max: 20_000 }), fc.nat(20_000), (wanted, ramBytes, after) => {
      const now = base + after;
      const limits = { ramBytes, messages: 512, programmeBytes: 524_288 };
      const part = fitting(wanted, limits, now);
      expect(programmeProblem(part.programme)).toBeNull();
      const end = base + part.programme.endMs;
      for (let at = now; at < Math.min(end, now + 20_000); at += 97) {
        const [a, b] = [lookup(wanted.programme, at), lookup(part.programme, at)];
        expect(b.message).toBe(a.message);
        expect(part.owners[b.span]?.[b.turn]).toBe(wanted.owners[a.span]?.[a.turn]);
        expect(frameAt(part.programme, (hash) => part.messages.get(hash), at).pixels).toEqual(
          frameAt(wanted.programme, (hash) => wanted.messages.get(hash), at).pixels,
        );
      }
      const rest = part.programme.spans.filter((span) => base + span.endMs > now);
      if (part !== wanted && rest.length > 1) expect(weigh(part)).toBeLessThanOrEqual(ramBytes / 2);
      // Nothing is left out that would have had room.
      if (weigh(wanted) <= ramBytes / 2) expect(part).toBe(wanted);
    }),
    { numRuns: 200 },
  );
});

test("the panel's limits on programme bytes and on the number of messages hold too", () => {
  const parts = Array.from({ length: 40 }, (_, index) => ({
    fromMs: index * 1000,
    untilMs: (index + 1) * 1000,
    show: [[`R${index}`, picture(index)]] as const,
  }));
  const wanted = wantedOf(parts);
  const roomy = { ramBytes: 1 << 30, messages: 512, programmeBytes: 524_288 };
  expect(fitting(wanted, roomy, base)).toBe(wanted);
  const short = fitting(wanted, { ...roomy, programmeBytes: 500 }, base);
  expect(encodeProgramme(short.programme).length).toBeLessThanOrEqual(500);
  expect(encodeProgramme(short.programme).length).toBeGreaterThan(400);
  expect(fitting(wanted, { ...roomy, messages: 20 }, base).programme.messages).toHaveLength(10);
  expect(fitting(wanted, { ...roomy, messages: 20 }, base + 35_500).programme).toMatchObject({ endMs: 40_000 });
});
