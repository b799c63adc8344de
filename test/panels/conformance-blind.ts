/**
 * 紧急关屏 where the card hears us and nobody hears the card: a receive line that is broken, a converter that swallows answers.
 * Once on each connection on which its first question went unanswered, it is told to be dark; nothing is known by that, and
 * nothing else is said to a card that has not said who it is. A part of `conformance.ts`, for drivers that ask.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyFrame, type Message, type Shape } from "../../src/message/index.ts";
import type { PanelDriver } from "../../src/panels/contract.ts";
import { CardTown, pass, picture, programmeOf, type Rig, within } from "./card-town.ts";
import { fakes, sealed } from "./town.ts";

type Driver = PanelDriver<unknown, Uint8Array>;

/** Dark, of a card that has not answered: so long at most. */
const darkWithinMs = 8000;
/** Longer than the bounds above: what goes dark does not do so because its turn is over. */
const standsMs = 600_000;
const hour = 3_600_000;

/** The labels of what was said, a list for each connection; `said` is told of them before each leaves. */
function listened(driver: Driver, said: (talk: readonly string[]) => void) {
  const talks: string[][] = [];
  const asks: Driver = {
    ...driver,
    connect(panel, firstSeq) {
      talks.push([]);
      return driver.connect(panel, firstSeq);
    },
    ask(state, goal) {
      const step = driver.ask(state, goal);
      const talk = talks.at(-1);
      if (step && talk) {
        talk.push(step.exchange.label);
        said(talk);
      }
      return step;
    },
  };
  return { asks, talks };
}

export function describeBlindDark(rig: Rig, shape: Shape): void {
  const made = rig.driver(shape);
  if (!("asks" in made) || made.asks.capabilities.oneWay) return;
  const driver = made.asks as Driver;
  const { dumbness = null } = rig;
  const mostMs = rig.settlesMs ?? 3000;
  const red = (rig.picture ?? picture)(shape, 1, standsMs);
  const black = emptyFrame(shape).pixels;

  describe("dark is wanted, and its answers do not come", () => {
    beforeEach(() => void vi.useFakeTimers(fakes));
    afterEach(() => void vi.useRealTimers());

    /** A card that is lit, and what it was told since `forget`. */
    async function lit() {
      let heardBy: (talk: readonly string[]) => void = () => {};
      const { asks, talks } = listened(driver, (talk) => heardBy(talk));
      const town = new CardTown({ ...rig, driver: () => ({ asks: asks as never }) }, shape);
      const wanted = sealed(town.seals, programmeOf(shape, [{ fromMs: 0, untilMs: hour, show: [["R1", red]] }]));
      town.loop.want(wanted);
      await within(mostMs, () => shows(town, red) && town.loop.facts().sent?.notice === "R1", town);
      const first = talks[0]?.[0] ?? "";
      return {
        ...{ town, wanted, first, talks },
        /** Its answers are lost from now on, on a line that is dialled anew. */
        cut() {
          town.faults.mute = true;
          talks.length = 0;
          town.cut();
        },
        onSaying(then: typeof heardBy) {
          heardBy = then;
        },
      };
    }
    const shows = (town: CardTown, message: Message) =>
      Buffer.compare(town.lit(), message.pages[0]?.bitmap.pixels ?? black) === 0;
    const isBlack = (town: CardTown) => Buffer.compare(town.lit(), black) === 0;
    const codes = (town: CardTown) => town.loop.facts().faults.map(({ fault }) => fault.code);
    /** Whole talks: the newest may not be over. */
    const over = (talks: readonly (readonly string[])[]) => talks.slice(0, -1);

    test(
      dumbness === null
        ? "it is black, told so once a connection, and that it is dark is not claimed"
        : `nothing but who it is can be asked, and it stays as it is: ${dumbness}`,
      async () => {
        const { town, wanted, first, talks, cut } = await lit();
        cut();
        town.loop.want({ ...wanted, dark: true });
        if (dumbness === null) await within(darkWithinMs, () => isBlack(town), town);
        await pass(60_000, town);
        expect(isBlack(town)).toBe(dumbness === null);
        const { dark, sent, confirmed } = town.loop.facts();
        // As it was told last, and heard of.
        expect([dark, sent?.notice, confirmed?.notice ?? "R1"]).toEqual([null, "R1", "R1"]);
        expect(codes(town)).toContain("link/no-answer");
        expect(town.loop.counters.connections).toBeGreaterThan(3);
        for (const talk of over(talks)) {
          expect(talk).toHaveLength(3);
          const [asked, then, again] = talk;
          expect([asked, again]).toEqual([first, first]);
          expect(then === first).toBe(dumbness !== null);
        }
        expect(new Set(talks.flat()).size).toBe(dumbness === null ? 2 : 1);
        await town.stop();
      },
    );

    test("while it is not to be dark, nobody tells it anything: it is asked who it is, and nothing else", async () => {
      const { town, first, talks, cut } = await lit();
      cut();
      await pass(60_000, town);
      expect(town.loop.counters.connections).toBeGreaterThan(3);
      for (const talk of over(talks)) expect(talk).toEqual([first, first, first]);
      expect(shows(town, red)).toBe(true);
      await town.stop();
    });

    if (dumbness === null)
      test("dark that is wanted in the middle of it is told at the next word, and light again is not told blindly", async () => {
        const { town, wanted, first, talks, cut, onSaying } = await lit();
        cut();
        // Under way is the second question of a connection.
        onSaying(({ length }) => {
          if (length === 2) town.loop.want({ ...wanted, dark: true });
        });
        await within(darkWithinMs, () => isBlack(town), town);
        expect(talks).toEqual([[first, first, expect.anything()]]);
        onSaying(() => {});
        town.loop.want(wanted);
        const since = talks.length;
        await pass(60_000, town);
        for (const talk of over(talks.slice(since))) expect(talk).toEqual([first, first, first]);
        expect(isBlack(town)).toBe(true);
        await town.stop();
      });

    test("answers that come again count: it is known to be dark, and is lit again when it may be", async () => {
      const { town, wanted, first, talks, cut, onSaying } = await lit();
      cut();
      // The first answer alone is lost.
      onSaying(({ length }) => {
        town.faults.mute = length === 1;
      });
      town.loop.want({ ...wanted, dark: true });
      await within(darkWithinMs, () => isBlack(town) && town.loop.facts().sent?.notice === null, town);
      expect(talks[0]?.[1] === first).toBe(dumbness !== null);
      expect(town.loop.counters.connections).toBe(2);
      await pass(10_000, town);
      expect(codes(town)).toEqual([]);
      town.loop.want(wanted);
      await within(10_000, () => shows(town, red) && town.loop.facts().sent?.notice === "R1", town);
      await town.stop();
    });
  });
}
