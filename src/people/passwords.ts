/** argon2id, outside the main thread, a few at a time: whoever floods the sign-in finds the queue full, and everybody else an answer. */
import { hash, verify } from "@node-rs/argon2";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { normalPassword } from "./password-rules.ts";
import { newSecret } from "./secrets.ts";

export interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
}

/** RFC 9106 §4, second choice, on one lane: 64 MiB, three passes. */
export const standardCost: Cost = { memoryKiB: 64 * 1024, passes: 3 };

export interface Passwords {
  /** argon2's own text ("$argon2id$v=19$…"). FaultError `people/busy`. `from`: whose turn it is, an address. */
  hash(password: string, from: string): Promise<string>;
  /** `kept` null: takes as long as if there were one, and is false. `known`: of somebody who was let in before; goes first. */
  verify(kept: string | null, password: string, from: string, known?: boolean): Promise<boolean>;
  /** Those that wait, those that are worked on. */
  readonly waiting: number;
  readonly working: number;
}

export function createPasswords(cost: Cost = standardCost): Passwords {
  const options = { memoryCost: cost.memoryKiB, timeCost: cost.passes, parallelism: 1 };
  const turns = new Turns();
  /** No password's: what an unknown login is compared with. */
  let nobodys: Promise<string> | null = null;
  return {
    hash: (password, from) => turns.take(from, () => hash(normalPassword(password), options)),
    async verify(kept, password, from, known = false) {
      const work = async () => {
        nobodys ??= hash(newSecret(), options);
        const other = await nobodys;
        const usable = kept !== null && isAffordable(kept, cost);
        return (await verify(usable ? kept : other, normalPassword(password))) && usable;
      };
      return turns.take(from, work, known);
    },
    get waiting() {
      return turns.waiting;
    },
    get working() {
      return turns.working;
    },
  };
}

/** A text of another form, or that costs more than ours, was not written by us: it might take the memory of the whole computer. */
function isAffordable(kept: string, cost: Cost): boolean {
  const [, memory, passes] = /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,3}),p=1\$[\w+/]{22}\$[\w+/]{43}$/.exec(kept) ?? [];
  return memory !== undefined && Number(memory) <= cost.memoryKiB && Number(passes) <= cost.passes;
}

/** Two at once, others in the order in which they came; no address has more than its share of the queue. */
class Turns {
  readonly #queue: (() => void)[] = [];
  readonly #perAddress = new Map<string, number>();
  working = 0;

  get waiting(): number {
    return this.#queue.length;
  }

  /** `first`: before all that wait, and where a crowd of strangers has taken every place there are some for these. */
  async take<T>(from: string, work: () => Promise<T>, first = false): Promise<T> {
    const own = this.#perAddress.get(from) ?? 0;
    const places = limits.passwordJobs + (first ? limits.passwordJobsPerAddress : 0);
    if (own >= limits.passwordJobsPerAddress || this.#queue.length >= places)
      throw new FaultError({ code: "people/busy", max: limits.passwordJobs });
    this.#perAddress.set(from, own + 1);
    try {
      if (this.working >= limits.passwordJobsAtOnce)
        await new Promise<void>((go) => (first ? this.#queue.unshift(go) : this.#queue.push(go)));
      else this.working++;
      try {
        return await work();
      } finally {
        // The turn goes to the next as it is; only without one it is given back.
        const next = this.#queue.shift();
        if (next) next();
        else this.working--;
      }
    } finally {
      const left = (this.#perAddress.get(from) ?? 1) - 1;
      if (left > 0) this.#perAddress.set(from, left);
      else this.#perAddress.delete(from);
    }
  }
}
