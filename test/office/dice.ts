/** What a move draws: numbers that fast-check chose, so that a failure shrinks and comes again. */
import type { Role } from "../../src/people/types.ts";
import { cast } from "./cast.ts";
import type { Play, Who } from "./play.ts";

export class Dice {
  private readonly numbers: readonly number[];
  private next = 0;

  constructor(numbers: readonly number[]) {
    this.numbers = numbers;
  }

  /** From 0, below `sides`. */
  roll(sides: number): number {
    const place = this.next++;
    const number = this.numbers[place % this.numbers.length] ?? 0;
    return (number + 7 * Math.floor(place / this.numbers.length)) % Math.max(1, sides);
  }

  /** One time in so many. */
  once(in_: number): boolean {
    return this.roll(in_) === in_ - 1;
  }

  of<T>(...all: readonly T[]): T {
    return all[this.roll(all.length)] as T;
  }

  one<T>(all: Iterable<T>): T | undefined {
    const list = [...all];
    return list[this.roll(list.length)];
  }
}

export interface Move {
  /** Who would do it; others try, too. */
  readonly by: readonly Role[];
  /** How often, beside the others. */
  readonly weight: number;
  make(play: Play, dice: Dice, who: Who): Promise<void>;
}

/** Mostly somebody who may, and now and then anybody. */
export function somebody(play: Play, dice: Dice, roles: readonly Role[]): Who {
  if (!dice.once(5)) {
    const able = [...play.model.people.values()].filter(
      ({ id, active }) => active && play.model.placesOf(id, roles, play.time.board).size > 0,
    );
    const one = dice.one(able);
    if (one) return { via: "session", account: one.id };
  }
  const token = dice.one(play.tokens);
  if (token && dice.once(5)) return token;
  if (dice.once(12)) return dice.of<Who>({ via: "console" }, { via: "visitor" });
  const account = dice.one(play.model.people.keys());
  return account === undefined ? { via: "visitor" } : { via: "session", account };
}

export const roles = (login: string): readonly Role[] => cast.find((one) => one.login === login)?.roles ?? [];

/** Bodies that are not as they should be. */
export function spoilt(body: unknown, dice: Dice): { readonly body?: unknown; readonly raw?: string } {
  const keys = typeof body === "object" && body !== null ? Object.keys(body) : [];
  const key = dice.one(keys) ?? "version";
  const strange = dice.of<unknown>(null, -1, 1e308, "", "x".repeat(5000), [], {}, [[]], "\ud800", "../..", true);
  const without = Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => name !== key));
  switch (dice.roll(6)) {
    case 0:
      return { body: without };
    case 1:
      return { body: { ...without, [key]: strange } };
    case 2:
      return { body: { ...(body as object), __proto__: null, constructor: strange, surplus: strange } };
    case 3:
      return { raw: `{"a":`.repeat(200) };
    case 4:
      return { raw: JSON.stringify(body ?? {}).slice(0, -2) };
    default:
      return { body: [body] };
  }
}
