/** The screen stays on for months, whatever the system does with the lock meanwhile. No browser: its two objects are stood in for. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepAwake } from "../../src/web/show/keep-awake.ts";

let seen: "visible" | "hidden";
let asked: { released: boolean; letGo: () => void }[];
let refuses: boolean;
let turned: Set<() => void>;

beforeEach(() => {
  [seen, asked, refuses, turned] = ["visible", [], false, new Set()];
  vi.useFakeTimers();
  vi.stubGlobal("document", {
    get visibilityState() {
      return seen;
    },
    addEventListener: (_: string, listener: () => void) => turned.add(listener),
    removeEventListener: (_: string, listener: () => void) => turned.delete(listener),
  });
  const request = async () => {
    if (refuses) throw new Error("NotAllowedError");
    let told = () => {};
    const lock = { released: false, letGo: () => {} };
    lock.letGo = () => {
      lock.released = true;
      told();
    };
    asked.push(lock);
    const release = async () => lock.letGo();
    const addEventListener = (_: string, listener: () => void) => {
      told = listener;
    };
    return { release, addEventListener };
  };
  vi.stubGlobal("navigator", { wakeLock: { request } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const soon = () => vi.advanceTimersByTimeAsync(0);
const turn = (state: typeof seen) => {
  seen = state;
  for (const listener of turned) listener();
};
const held = () => asked.filter(({ released }) => !released).length;

test("held once, however often the page is covered and seen again", async () => {
  const end = keepAwake();
  await soon();
  for (let times = 0; times < 5; times++) {
    turn("hidden");
    asked.at(-1)?.letGo();
    turn("visible");
    turn("visible");
    await soon();
    expect(held()).toBe(1);
  }
  end();
  await soon();
  expect([held(), turned.size]).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(held()).toBe(0);
});

test("taken away while the page is seen, or refused: it is asked for again, and not all the time", async () => {
  keepAwake();
  await soon();
  asked.at(-1)?.letGo();
  refuses = true;
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect([held(), asked.length]).toEqual([0, 1]);
  refuses = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([held(), asked.length]).toEqual([1, 2]);
});
