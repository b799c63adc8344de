/** Threads that a test answers for, and time that passes when it says so. */
import { EventEmitter } from "node:events";
import type { After, Thread } from "../../src/typeset/threads.ts";

export class FakeThread extends EventEmitter {
  readonly asked: unknown[] = [];
  ended = false;

  postMessage(question: unknown): void {
    this.asked.push(question);
  }

  async terminate(): Promise<number> {
    if (!this.ended) this.emit("exit", 1);
    this.ended = true;
    return 1;
  }

  ref(): void {}
  unref(): void {}
}

export interface FakeThreads {
  readonly started: readonly FakeThread[];
  readonly start: () => Thread;
}

export function fakeThreads(): FakeThreads {
  const started: FakeThread[] = [];
  return {
    started,
    start() {
      const made = new FakeThread();
      started.push(made);
      return made as unknown as Thread;
    },
  };
}

export interface FakeTime {
  readonly later: After;
  /** Milliseconds that are being waited for. */
  readonly pending: () => number[];
  /** Ends the wait that began first. */
  readonly pass: () => void;
}

export function fakeTime(): FakeTime {
  const waits = new Set<{ readonly ms: number; readonly then: () => void }>();
  return {
    later(ms, then) {
      const wait = { ms, then };
      waits.add(wait);
      return () => void waits.delete(wait);
    },
    pending: () => [...waits].map(({ ms }) => ms),
    pass() {
      const [first] = waits;
      if (!first) throw new Error("nobody waits");
      waits.delete(first);
      first.then();
    },
  };
}

/** Lets everything go on that waits for nothing from outside. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
