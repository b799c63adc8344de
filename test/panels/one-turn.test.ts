/** What a card of one message is given at each boundary lights, put end to end, what the whole programme would. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeProgramme, frameAt, lookup, programmeId, programmeProblem } from "../../src/message/index.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { oneTurn } from "../../src/panels/delivery/one-turn.ts";
import { type Playing, playing } from "../message/arbitrary.ts";

function wantedOf({ programme, messages }: Playing): Wanted {
  const owners = programme.spans.map(({ turns }) => turns.map(({ message }) => `R${message}`));
  return { board: "B1", programme, owners, messages, dark: false };
}

test("a turn is there from its beginning to its end, with its owner, and every instant of it gives the same", () => {
  fc.assert(
    fc.property(
      playing,
      fc.integer({ min: -500, max: 95_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (made, ms, share) => {
        const wanted = wantedOf(made);
        const at = wanted.programme.base + ms;
        const { programme, owners, messages } = oneTurn(wanted, at);
        expect(programmeProblem(programme)).toBe(null);
        expect(encodeProgramme(programme).length).toBeGreaterThan(0);
        const end = programme.base + programme.endMs;
        expect(programme.base).toBeLessThanOrEqual(at);
        expect(end).toBeGreaterThan(at);

        const there = lookup(wanted.programme, at);
        const cut = lookup(programme, at);
        expect(cut.message).toBe(there.message);
        expect(owners[cut.span]?.[cut.turn]).toBe(wanted.owners[there.span]?.[there.turn]);
        expect([...messages.keys()]).toEqual(there.message === null ? [] : [there.message]);

        const later = Math.min(end - 1, at + Math.floor(share * 20_000));
        const again = oneTurn(wanted, later);
        expect(programmeId(again.programme)).toBe(programmeId(programme));
        const source = (hash: string) => wanted.messages.get(hash);
        for (const instant of [at, later])
          expect(frameAt(programme, source, instant).pixels).toEqual(frameAt(wanted.programme, source, instant).pixels);
      },
    ),
  );
});
