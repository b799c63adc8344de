/** Thrown at at every await inside a change: nothing of it happened; done once more, all of it did. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReview } from "../../src/notices/review/index.ts";
import type { ReviewChange } from "../../src/notices/review/store.ts";
import { chain, drafted, lookedAt, openReview, signed, type SmallReview, submitted, secret } from "./small-review.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview(chain);
});
afterAll(() => review.close());

/** Fails at the `count`th verb of a change, before or after it was done. */
function breaking(change: ReviewChange, count: number, when: "before" | "after"): ReviewChange {
  return (by, work) =>
    change(by, (tx) => {
      let left = count;
      const wrapped = <T extends object>(verbs: T): T =>
        new Proxy(verbs, {
          get(target, name) {
            const verb = Reflect.get(target, name) as unknown;
            if (name === "notices" || name === "cases") return wrapped(verb as object);
            if (typeof verb !== "function") return verb;
            return async (...given: unknown[]) => {
              if (--left === 0 && when === "before") throw new Error("cut");
              const result: unknown = await verb.apply(target, given);
              if (left === 0) throw new Error("cut");
              return result;
            };
          },
        });
      return work(wrapped(tx));
    });
}

async function everything(): Promise<string> {
  const { drafts, cases, notices, ledger, messages } = review.store;
  const list = await cases.list();
  const kept = await Promise.all(list.flatMap(({ pixels }) => pixels.map(({ message }) => messages.get(message))));
  const [rows, listed, head] = [await drafts.list(), await notices.list(), await ledger.head("register")];
  return JSON.stringify({ rows, list, kept: kept.length, listed, head });
}

const acts: Readonly<Record<string, () => Promise<(desk: SmallReview["desk"]) => Promise<unknown>>>> = {
  async submit() {
    const { notice, version } = await drafted(review);
    return (desk) => desk.submit(review.caller("mai"), notice, version);
  },
  async sign() {
    const { id } = await submitted(review);
    await lookedAt(review, id);
    return (desk) => desk.sign(review.caller("sig"), [id], secret("sig-pass"));
  },
  async sendBack() {
    const { id } = await submitted(review);
    return (desk) => desk.sendBack(review.caller("sig"), id, "退");
  },
  async withdraw() {
    const { id } = await signed(review);
    return (desk) => desk.withdrawCase(review.caller("ope"), id, "撤");
  },
};

test.each(Object.keys(acts))("%s", async (name) => {
  const work = await acts[name]?.();
  if (!work) throw new Error(name);
  const before = await everything();
  let cuts = 0;
  for (let count = 1; ; count++) {
    let cut = false;
    for (const when of ["before", "after"] as const) {
      const change = breaking(review.store.change, count, when);
      const desk = createReview({ ...review.parts, store: { ...review.store, change } });
      try {
        await work(desk);
      } catch (error) {
        if (!(error instanceof Error) || error.message !== "cut") throw error;
        cut = true;
        cuts++;
        expect(await everything()).toBe(before);
        continue;
      }
      break;
    }
    if (!cut) break;
  }
  expect(cuts).toBeGreaterThan(5);
  expect(await everything()).not.toBe(before);
});
