/** Between two instants that `changesAt` names, a message's dots depend on how long it has been on alone. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { changesAt, type Message, messageFrame } from "../../src/message/index.ts";
import { epoch, messages, shapes } from "./arbitrary.ts";

const both: fc.Arbitrary<Message> = shapes.chain(messages);
const pixels = (message: Message, elapsed: number, at: number, offset: number) =>
  messageFrame(message, elapsed, at, offset).pixels;

test("whatever the place in the message, its dots are the same at `at` and at any instant before the next change", () => {
  fc.assert(
    fc.property(
      both,
      fc.integer({ min: -90_000, max: 200_000 }),
      fc.integer({ min: -840, max: 840 }),
      fc.nat(0xffff),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (message, after, offset, place, share) => {
        const at = epoch + after;
        const next = changesAt(message, at, offset);
        expect(next).toBeGreaterThan(at);
        const later = Math.min(next - 1, at + Math.floor(share * Math.min(next - 1 - at, 200_000)));
        const elapsed = place % message.durationMs;
        expect(pixels(message, elapsed, later, offset)).toEqual(pixels(message, elapsed, at, offset));
        // And each change is one: a window of a page, or a second, minute, hour or day.
        if (next !== Number.POSITIVE_INFINITY) {
          const window = message.pages.some((page) => page.window?.from === next || page.window?.until === next);
          expect(window || (next + offset * 60_000) % 1000 === 0).toBe(true);
        }
      },
    ),
  );
});
