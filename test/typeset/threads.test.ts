/** The threads' deadlines, and what becomes of those that wait behind something that never ends. */
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { createTypesetter } from "../../src/typeset/index.ts";
import { createPicturing } from "../../src/typeset/pictures/picturing.ts";
import { workerFromSource } from "../../src/typeset/thread-source.ts";
import { request } from "./samples.ts";
import { fakeThreads, fakeTime, settled } from "./threads.ts";

const shape = { width: 64, height: 32, colour: "mono" } as const;
const asked = (notice: string) => ({ ...request(shape, {}), notice });
const result = { ok: false, faults: [] };
const said = { fittings: [{ result, report: null, packed: null }] };

describe("the typesetting thread's deadline", () => {
  it("ends it with the notice that takes too long; those behind it are set in a new one", async () => {
    const threads = fakeThreads();
    const time = fakeTime();
    const typesetter = createTypesetter({ start: threads.start, later: time.later });
    const slow = typesetter.ask(asked("slow"));
    const next = typesetter.ask(asked("next"));
    const last = typesetter.ask(asked("last"));
    expect(time.pending()).toEqual([limits.typesetMs]);
    time.pass();
    expect(await slow).toEqual({
      ok: false,
      faults: [
        { code: "notice/typeset-stopped", notice: "slow", panel: "64x32:mono", seconds: limits.typesetMs / 1000 },
      ],
    });
    await settled();
    expect(threads.started.map(({ ended, asked: questions }) => [ended, questions.length])).toEqual([
      [true, 1],
      [false, 1],
    ]);
    threads.started[1]?.emit("message", said);
    expect(await next).toBe(result);
    await settled();
    expect(threads.started[1]?.asked).toMatchObject([{ text: { notice: "next" } }, { text: { notice: "last" } }]);
    threads.started[1]?.emit("message", said);
    expect(await last).toBe(result);
    expect(time.pending()).toEqual([]);
    expect(threads.started).toHaveLength(2);
  });

  it("says that memory ran out; any other death rejects, and neither reaches the next", async () => {
    const threads = fakeThreads();
    const typesetter = createTypesetter({ start: threads.start, later: fakeTime().later });
    const answers = Promise.allSettled(["large", "odd", "gone", "next"].map((name) => typesetter.ask(asked(name))));
    threads.started[0]?.emit("error", Object.assign(new Error("heap"), { code: "ERR_WORKER_OUT_OF_MEMORY" }));
    await settled();
    threads.started[1]?.emit("error", new Error("odd"));
    await settled();
    threads.started[2]?.emit("exit", 7);
    await settled();
    threads.started[3]?.emit("message", said);
    expect(await answers).toMatchObject([
      { value: { faults: [{ code: "notice/typeset-stopped", notice: "large", seconds: null }] } },
      { reason: { message: expect.stringContaining("odd") } },
      { reason: { message: expect.stringContaining("7") } },
      { value: result },
    ]);
  });

  it("begins anew after a thread that ended while nobody asked", async () => {
    const threads = fakeThreads();
    const typesetter = createTypesetter({ start: threads.start, later: fakeTime().later });
    for (const [at, name] of ["first", "second"].entries()) {
      const answer = typesetter.ask(asked(name));
      threads.started[at]?.emit("message", said);
      expect(await answer).toBe(result);
      await settled();
      threads.started[at]?.emit("exit", 1);
    }
    expect(threads.started).toHaveLength(2);
  });

  it("a real one is ended in the middle of its work", async () => {
    const time = fakeTime();
    const started: ReturnType<typeof workerFromSource>[] = [];
    const start = () => {
      // From its sources, as `npm run boardcast` does.
      const thread = workerFromSource("typeset-thread", {});
      started.push(thread);
      return thread;
    };
    const typesetter = createTypesetter({ start, later: time.later });
    const answer = typesetter.ask(asked("slow"));
    const ended = new Promise((resolve) => started[0]?.on("exit", resolve));
    time.pass();
    expect(await answer).toMatchObject({ ok: false, faults: [{ code: "notice/typeset-stopped" }] });
    await ended;
    expect(await typesetter.ask(asked("next"))).toMatchObject({ ok: true });
    expect(started).toHaveLength(2);
  });
});

describe("the decoding thread's deadline", () => {
  const taken = { ok: true, pictures: [], warnings: [] };

  it("ends it with the upload that takes too long, and the next is decoded in its own", async () => {
    const threads = fakeThreads();
    const time = fakeTime();
    const picturing = createPicturing({ start: threads.start, later: time.later });
    const slow = picturing.take(new Uint8Array(1), "slow.pdf");
    const next = picturing.take(new Uint8Array(1), "next.pdf");
    await settled();
    expect(time.pending()).toEqual([limits.pictureDecodeMs]);
    time.pass();
    expect(await slow).toMatchObject({ ok: false, faults: [{ code: "notice/picture-slow", name: "slow.pdf" }] });
    await settled();
    threads.started[1]?.emit("message", taken);
    expect(await next).toBe(taken);
    expect(threads.started.map(({ ended }) => ended)).toEqual([true, true]);
  });

  it("an upload that cannot be handed over, and a thread that cannot be had, are forgotten", async () => {
    const threads = fakeThreads();
    let refusals = 2;
    const start = () => {
      if (refusals === 0) return threads.start();
      refusals--;
      if (refusals === 1) throw new Error("no thread");
      const thread = threads.start();
      thread.postMessage = () => {
        throw new Error("cannot be cloned");
      };
      return thread;
    };
    const picturing = createPicturing({ start, later: fakeTime().later });
    await expect(picturing.take(new Uint8Array(1), "a")).rejects.toThrow("no thread");
    await expect(picturing.take(new Uint8Array(1), "b")).rejects.toThrow("cannot be cloned");
    const next = picturing.take(new Uint8Array(1), "c");
    await settled();
    threads.started.at(-1)?.emit("message", taken);
    expect(await next).toBe(taken);
  });
});
