/** What cards are given of a message, shown in its order and for its times, is what `messageFrame` lights. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyFrame, type Message, messageFrame, pageAt } from "../../src/message/index.ts";
import { scenesOf } from "../../src/panels/cards/scenes.ts";
import { epoch, messages, shapes } from "../message/arbitrary.ts";

const both: fc.Arbitrary<Message> = shapes.chain(messages);

test("scenes last as long as the message; each picture is one of the message's, and a strip's follow each other without a gap", () => {
  fc.assert(
    fc.property(both, fc.integer({ min: -90_000, max: 200_000 }), (message, after) => {
      const at = epoch + after;
      const scenes = scenesOf(message, at, 480);
      expect(scenes.reduce((sum, { lastsMs }) => sum + lastsMs, 0)).toBe(message.durationMs);
      let startMs = 0;
      for (const { pictures, motion, msPerPx, travelPx, lastsMs } of scenes) {
        const found = pageAt(message, startMs, at);
        if (!found) expect(pictures).toEqual([emptyFrame(message.shape)]);
        else {
          const { page } = found;
          expect(motion).toBe(page.motion);
          const { width, height } = message.shape;
          const sideways = motion === "scroll-left" || motion === "scroll-right";
          const [side, whole] = sideways ? [width, page.bitmap.width] : [height, page.bitmap.height];
          const scrolls = motion.startsWith("scroll");
          expect(pictures.length).toBe(scrolls ? Math.ceil(whole / side) : 1);
          expect(travelPx).toBe(scrolls ? whole : 0);
          for (const [index, picture] of pictures.entries()) {
            // Whole: after its entry, and for a strip after its rest and so many panels' travel.
            const entryMs = scrolls ? 0 : lastsMs - exitMs(message, startMs, at) - page.holdMs;
            const ms = scrolls && index > 0 ? page.holdMs + index * side * msPerPx : entryMs;
            expect(picture.pixels).toEqual(messageFrame(message, startMs + ms, at, 480).pixels);
          }
        }
        startMs += lastsMs;
      }
    }),
  );
});

function exitMs(message: Message, startMs: number, at: number): number {
  const exit = pageAt(message, startMs, at)?.page.exit;
  if (!exit) return 0;
  const { width, height } = message.shape;
  const across = { left: width, right: width, up: height, down: height };
  const [name, way] = [exit.name, exit.direction];
  const dots =
    name === "reveal" ? Math.ceil((way === "horizontal" ? width : height) / 2) : across[way as keyof typeof across];
  return dots * exit.msPerPx;
}
