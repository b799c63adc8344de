/** `conformance.ts` for the kind that has no line: what is carried to a card on a stick, and what is known of it then. */
import { describe, expect, test } from "vitest";
import type { Message, Shape } from "../../src/message/index.ts";
import { capabilitiesOf } from "../../src/panels/capabilities.ts";
import { loadWanted } from "../../src/panels/carried/load.ts";
import { carriedBoard } from "../../src/panels/delivery/without-line.ts";
import { picture, programmeOf } from "./card-town.ts";
import { base } from "./town.ts";

const hour = 3_600_000;

/** A sign that nobody but a person reaches: what it is fed with, and how it lights that. */
export interface CarriedRig {
  readonly name: string;
  readonly shapes: readonly Shape[];
  /** Writes the folder of a load of these, signed or not, to a stick; which of them are on it. */
  carry(messages: readonly Message[], signed: (index: number) => boolean): Promise<{ readonly on: readonly number[] }>;
  /** A byte of a picture on the stick is another one. */
  spoil(): void;
  card(shape: Shape): {
    /** Feeds the card, `atMs` by a clock of the card's own; false: it is not what it should be, and the card has what it had. */
    feed(atMs: number): boolean;
    power(on: boolean, atMs: number): void;
    /** Whether it shows exactly these dots; null: whether it is black. */
    shows(message: Message | null, atMs: number): boolean;
  };
}

/**
 * The same promises where there is no line: through files, a stick and a card come the signed dots and no others; and what a
 * card that is fed by hand cannot promise is said and not made up.
 */
export function describeCarried(rig: CarriedRig): void {
  const name = ({ width, height, colour }: Shape) => `${width}x${height} ${colour}`;
  describe.each(rig.shapes.map((shape) => [name(shape), shape] as const))(`${rig.name}, %s`, (_name, shape) => {
    const [red, blue, long] = [picture(shape, 1), picture(shape, 2), picture(shape, 3, 60_000)];
    const all = () => true;
    /** As the daemon has it of who says that they put these in. */
    const boardOf = (messages: readonly Message[] | null, loadedAt: number, nowMs: () => number) => {
      const items = messages?.map(({ hash, durationMs }, index) => ({
        notice: `R${index}`,
        message: hash,
        durationMs,
      }));
      const loaded = items ? { ...loadWanted("B1", shape, items, base + loadedAt), loaded: base + loadedAt } : null;
      const holding = { may: [], known: true, readBack: null, via: "file" } as const;
      const wanted = programmeOf(shape, [{ fromMs: 0, untilMs: 1000, show: [["R9", red]] }]);
      const board = carriedBoard(
        wanted,
        { now: () => base + nowMs() },
        () => ({ loaded, holding }),
        () => {},
      );
      return { board, dark: () => board.want({ ...wanted, dark: true }) };
    };

    test("lights the signed dots, turn by turn and round by round as it is told on the page; nothing is ever confirmed", async () => {
      await rig.carry([red, long, blue], all);
      const card = rig.card(shape);
      expect(card.shows(null, 0)).toBe(true);
      expect(card.feed(5000)).toBe(true);
      let now = 0;
      const { board } = boardOf([red, long, blue], 5000, () => now);
      const by = new Map([red, long, blue].map((message) => [message.hash, message]));
      for (now = 5000; now < 5000 + 3 * (red.durationMs + long.durationMs + blue.durationMs); now += 1777) {
        const { intended, sent, confirmed, faults } = board.facts();
        expect(card.shows(by.get(intended.message) ?? null, now)).toBe(true);
        expect([sent?.message, sent?.at, confirmed, faults]).toEqual([intended.message, base + 5000, null, []]);
      }
    });

    test("of what is not signed, not a dot leaves", async () => {
      expect((await rig.carry([red, blue], (index) => index === 1)).on).toEqual([1]);
      const card = rig.card(shape);
      expect(card.feed(0)).toBe(true);
      for (let now = 0; now < 20_000; now += 500) expect(card.shows(blue, now)).toBe(true);
    });

    test("until somebody says that it was fed, nothing is known of it, whatever its schedule has", () => {
      const { board } = boardOf(null, 0, () => 500);
      expect(board.facts()).toMatchObject({ intended: { notice: null }, sent: null, confirmed: null, link: "carried" });
    });

    test("the newest load wins: all of it, and nothing of the one before", async () => {
      const card = rig.card(shape);
      await rig.carry([long], all);
      card.feed(0);
      await rig.carry([blue, red], all);
      expect(card.shows(long, 1000)).toBe(true);
      card.feed(2000);
      for (let now = 2000; now < 100_000; now += 499) expect(card.shows(long, now)).toBe(false);
    });

    test("dark is by hand: black without power, and with it again what it had; that it is dark is never said", async () => {
      await rig.carry([long], all);
      const card = rig.card(shape);
      card.feed(0);
      const { board, dark } = boardOf([long], 0, () => 1000);
      dark();
      expect(card.shows(long, 1000)).toBe(true);
      expect(board.facts()).toMatchObject({ intended: { notice: null }, sent: { notice: "R0" }, confirmed: null });
      expect(board.facts().dark).toBeUndefined();
      card.power(false, 2000);
      expect(card.shows(null, 3000)).toBe(true);
      card.power(true, 4000);
      expect(card.shows(long, 5000)).toBe(true);
    });

    test("nothing ends by itself: as its capabilities say, past every end, until it is fed without it", async () => {
      expect(capabilitiesOf({ link: { kind: "carried" } } as never).ends).toBe("never");
      await rig.carry([long], all);
      const card = rig.card(shape);
      card.feed(0);
      expect(card.shows(long, 400 * 24 * hour)).toBe(true);
      await rig.carry([], all);
      card.feed(400 * 24 * hour);
      expect(card.shows(null, 401 * 24 * hour)).toBe(true);
    });

    test("bytes that are spoilt on the way never end with a wrong picture", async () => {
      await rig.carry([red], all);
      const card = rig.card(shape);
      card.feed(0);
      await rig.carry([blue], all);
      rig.spoil();
      expect(card.feed(1000)).toBe(false);
      expect(card.shows(red, 2000)).toBe(true);
      await rig.carry([blue], all);
      expect(card.feed(3000)).toBe(true);
      expect(card.shows(blue, 4000)).toBe(true);
    });
  });
}
