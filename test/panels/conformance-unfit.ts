/**
 * 紧急关屏 where the card answers and is not the one that is wanted: of another size, another version, or it will not say who
 * it is. Nothing is ever lit on it, and that it is wrong is told as ever; but black needs no shape, and it is told to be dark,
 * once on each connection. A part of `conformance.ts`, for drivers that ask.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { emptyFrame, type Shape } from "../../src/message/index.ts";
import type { PanelDriver } from "../../src/panels/contract.ts";
import { CardTown, pass, picture, programmeOf, type Rig, type Unfit, within } from "./card-town.ts";
import { fakes, sealed } from "./town.ts";

type Driver = PanelDriver<unknown, Uint8Array>;

/** Dark, with the longest wait before a line that was given up is dialled again. */
const darkWithinMs = 30_000;
/** A turn longer than all of a test: what goes dark does not do so because its turn is over. */
const standsMs = 1_200_000;
const hour = 3_600_000;

/** What was said, a list of labels for each connection, and of what was answered whether it was dark. */
class Minutes {
  readonly talks: string[][] = [];
  readonly claims: boolean[] = [];

  of(driver: Driver): Driver {
    return {
      ...driver,
      connect: (panel, firstSeq) => {
        this.talks.push([]);
        return driver.connect(panel, firstSeq);
      },
      ask: (state, goal) => {
        const step = driver.ask(state, goal);
        if (step) this.talks.at(-1)?.push(step.exchange.label);
        return step;
      },
      reply: (state, exchange, reply, timing) => {
        const outcome = driver.reply(state, exchange, reply, timing);
        if (outcome.dark !== undefined) this.claims.push(outcome.dark);
        return outcome;
      },
    };
  }

  get labels(): ReadonlySet<string> {
    return new Set(this.talks.flat());
  }
}

export function describeUnfitDark(rig: Rig, shape: Shape): void {
  const made = rig.driver(shape);
  if (!("asks" in made) || made.asks.capabilities.oneWay) return;
  const { unfit } = rig;
  if (unfit === undefined) throw new Error(`${rig.name}: which of its cards are not accepted is not said`);
  if (typeof unfit !== "string")
    for (const one of unfit) describe(`${one.name}, and dark is wanted`, () => describeOne(rig, shape, one));
}

function describeOne(rig: Rig, shape: Shape, unfit: Unfit): void {
  beforeEach(() => void vi.useFakeTimers(fakes));
  afterEach(() => void vi.useRealTimers());
  const { deaf = null } = unfit;
  const ours = unfit.written?.(shape) ?? shape;
  const pictureOf = rig.picture ?? picture;

  /** One that was lit when it was the right one, before a daemon to which it is not. */
  async function met(dark: boolean) {
    const before = new CardTown(rig, shape);
    const red = pictureOf(shape, 1, standsMs);
    const lit = programmeOf(shape, [{ fromMs: 0, untilMs: hour, show: [["R1", red]] }]);
    before.loop.want(sealed(before.seals, lit));
    const { far } = before;
    const isLit = () => Buffer.compare(far.frame().pixels, red.pages[0]?.bitmap.pixels ?? new Uint8Array(0)) === 0;
    await within(rig.settlesMs ?? 3000, isLit, before);
    await before.stop();
    unfit.change?.(far);
    const minutes = new Minutes();
    const driver = rig.driver(ours);
    if (!("asks" in driver)) throw new Error("no driver that asks");
    const asks = minutes.of(driver.asks as Driver) as never;
    const town = new CardTown({ ...rig, driver: () => ({ asks }), far: () => far }, ours);
    const other = programmeOf(ours, [{ fromMs: 0, untilMs: hour, show: [["R2", pictureOf(ours, 2, standsMs)]] }]);
    const wanted = sealed(town.seals, other);
    town.loop.want({ ...wanted, dark });
    const isBlack = () => Buffer.compare(far.frame().pixels, emptyFrame(shape).pixels) === 0;
    const codes = () => town.loop.facts().faults.map(({ fault }) => fault.code);
    return { town, wanted, minutes, isLit, isBlack, codes };
  }

  test(`${deaf === null ? "it is told so, and black" : deaf}; before and after that nothing is said that would change it`, async () => {
    const { town, wanted, minutes, isLit, isBlack, codes } = await met(false);
    await pass(120_000, town);
    expect([isLit(), minutes.claims, codes()]).toEqual([true, [], [unfit.fault]]);
    const greetings = minutes.labels;
    const since = minutes.talks.length;
    town.loop.want({ ...wanted, dark: true });
    if (deaf === null) await within(darkWithinMs, isBlack, town);
    await pass(120_000, town);
    const words = [...minutes.labels].filter((label) => !greetings.has(label));
    expect(words.length).toBeGreaterThan(0);
    // On each connection from then on, or on the one that stays; the newest may not be over.
    const [stays, ...whole] = minutes.talks.slice(since - 1);
    whole.pop();
    expect(whole.length > 3 || minutes.talks.length === since).toBe(true);
    for (const talk of whole.length > 0 ? whole : [stays])
      for (const word of words) expect(talk?.filter((label) => label === word)).toEqual([word]);
    expect([isBlack(), isLit()]).toEqual([deaf === null, deaf !== null]);
    expect(codes()).toContain(unfit.fault);
    expect([minutes.claims[0], new Set(minutes.claims).size]).toEqual(deaf === null ? [true, 1] : [undefined, 0]);
    const until = minutes.talks.length;
    town.loop.want(wanted);
    await pass(120_000, town);
    // It is never lit again by us.
    expect([isBlack(), isLit()]).toEqual([deaf === null, deaf !== null]);
    for (const talk of minutes.talks.slice(until)) for (const label of talk) expect(greetings).toContain(label);
    expect(codes()).toContain(unfit.fault);
    await town.stop();
  });

  if (deaf === null)
    test("dark that is wanted before it is dialled is told at once, and what it does not answer is not claimed", async () => {
      const { town, minutes, isBlack, codes } = await met(true);
      const hear = town.far.hear.bind(town.far);
      town.far.hear = (...heard) => {
        const answers = hear(...heard);
        return isBlack() ? [] : answers;
      };
      await within(8000, isBlack, town);
      await pass(60_000, town);
      expect([isBlack(), minutes.claims, codes().includes("link/no-answer")]).toEqual([true, [], true]);
      await town.stop();
    });
}
