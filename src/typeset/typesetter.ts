/** Typesetting in a thread of its own: a long notice for a large screen takes far longer than the daemon may stand still. */
import type { Fault } from "../fault.ts";
import { limits } from "../limits.ts";
import type { FitOptions, FitReport } from "./report.ts";
import type { FitWords } from "./report-words.ts";
import { type After, after, exchange, startThread, type Thread } from "./threads.ts";
import type { TypesetRequest, TypesetResult } from "./typeset.ts";

/** What goes to the thread, and what comes back; the pixels change hands, they are not copied. */
export interface Asked {
  readonly text: TypesetText;
  /** Set one after another, the first of them first. */
  readonly on: readonly OnPanel[];
  readonly packed: boolean;
}
/** As many as were asked for, in their order. */
export type Answered = { readonly fittings: readonly Fitting[] } | { readonly failed: string };

/** A text on whatever panel. */
export type TypesetText = Omit<TypesetRequest, "shape" | "cells">;

export interface OnPanel extends Pick<TypesetRequest, "shape" | "cells"> {
  /** Said of the fit too. */
  readonly fit?: FitOptions;
}

/** What was set, and how it fits; `report` null: not asked, or nothing could be set. */
export interface Fitting {
  readonly result: TypesetResult;
  readonly report: (FitReport & { readonly words: FitWords }) | null;
  /**
   * The message's bytes, zlib; null: not asked for, or above `limits.draftMessageBytes` with those before them. Where it was
   * asked for, the result's own message has no pixels.
   */
  readonly packed: Uint8Array | null;
}

/**
 * One text after another. What takes longer than `limits.typesetMs` a panel, or more memory than there is, comes back with
 * the fault `notice/typeset-stopped`; those that wait go on, in a new thread.
 */
export interface Typesetter {
  /** Rejects if the thread dies of anything else over it, or if `limits.typesetJobs` are waiting. */
  ask(request: TypesetRequest): Promise<TypesetResult>;
  /** A text on several panels, in their order: it goes to the thread once, its pictures with it. `packed`: for who sends it on. */
  fit(text: TypesetText, on: readonly OnPanel[], packed?: boolean): Promise<readonly Fitting[]>;
}

/** Node's own, unless given. */
interface Means {
  readonly start?: () => Thread;
  readonly later?: After;
}

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (fittings: readonly Fitting[]) => void;
  readonly reject: (error: Error) => void;
}

/** Begins its thread with the first request, and again after one that ended it. An idle one keeps no process alive. */
export function createTypesetter({ start = ownThread, later = after }: Means = {}): Typesetter {
  /** The first is in work. */
  const waiting: Waiting[] = [];
  let thread: Thread | null = null;

  function begin(): Thread {
    const made = start();
    made.on("exit", () => {
      if (thread === made) thread = null;
    });
    return made;
  }

  async function settle({ asked, resolve, reject }: Waiting): Promise<void> {
    try {
      thread ??= begin();
      thread.ref();
      const outcome = await exchange<Answered>(thread, asked, limits.typesetMs * asked.on.length, later);
      if (outcome.kind !== "answered") thread = null;
      if (outcome.kind === "died") reject(new Error(`the typesetting thread died: ${outcome.detail}`));
      else if (outcome.kind !== "answered") resolve(stopped(asked, outcome.kind));
      else if ("failed" in outcome.answer) reject(new Error(outcome.answer.failed));
      else resolve(outcome.answer.fittings);
    } catch (error) {
      reject(error as Error);
    }
  }

  async function work(): Promise<void> {
    for (let one = waiting[0]; one; one = waiting[0]) {
      await settle(one);
      waiting.shift();
    }
    thread?.unref();
  }

  function post(asked: Asked): Promise<readonly Fitting[]> {
    if (waiting.length >= limits.typesetJobs)
      return Promise.reject(new Error(`more than ${limits.typesetJobs} notices wait to be typeset`));
    return new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      if (waiting.length === 1) void work();
    });
  }

  return {
    async ask({ shape, cells, ...text }) {
      const [fitting] = await post({ text, on: [{ shape, ...(cells && { cells }) }], packed: false });
      if (!fitting) throw new Error(`${text.notice}: the typesetting thread answered nothing`);
      return fitting.result;
    },
    fit: (text, on, packed = false) => post({ text, on, packed }),
  };
}

function ownThread(): Thread {
  return startThread("typeset-thread", limits.typesetHeapBytes);
}

/** Which panel it was that took so long nobody knows: it is said of all that were asked about together. */
function stopped({ text: { notice }, on }: Asked, why: "slow" | "outOfMemory"): Fitting[] {
  return on.map(({ shape }) => {
    const panel = `${shape.width}x${shape.height}:${shape.colour}`;
    const seconds = why === "slow" ? limits.typesetMs / 1000 : null;
    const fault: Fault = { code: "notice/typeset-stopped", notice, panel, seconds };
    return { result: { ok: false, faults: [fault] }, report: null, packed: null };
  });
}
