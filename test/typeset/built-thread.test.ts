/** The typesetting thread as it is shipped: what it answers, and that the deadline ends it whatever it is doing. */
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { beforeAll, expect, it, vi } from "vitest";
import { createTypesetter, typeset } from "../../src/typeset/index.ts";
import { builtProgram } from "../built.ts";
import { boardShape, request, sampleRequest } from "./samples.ts";
import { fakeTime, settled } from "./threads.ts";

// The build is patience, not a measure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let thread: URL;
beforeAll(async () => {
  thread = new URL("typeset-thread.js", pathToFileURL(await builtProgram()));
});

it("is ended in the middle of its work, and those that wait are set in a new one as they would be here", async () => {
  const time = fakeTime();
  const started: Worker[] = [];
  const start = () => {
    const worker = new Worker(thread);
    started.push(worker);
    return worker;
  };
  const typesetter = createTypesetter({ start, later: time.later });
  const asked = sampleRequest("N09", boardShape("B5"));
  expect(await typesetter.ask(asked)).toEqual(typeset(asked));
  // Seconds of drawing, and not one of them gives way to anything.
  const body = Array.from({ length: 20_000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join("");
  const slow = typesetter.ask(request({ width: 1920, height: 1080, colour: "rgb" }, { body }));
  const next = typesetter.ask(asked);
  const ended = new Promise((resolve) => started[0]?.on("exit", resolve));
  await settled();
  time.pass();
  expect(await slow).toMatchObject({ ok: false, faults: [{ code: "notice/typeset-stopped", panel: "1920x1080:rgb" }] });
  // 1: from outside; a thread that came to the end of its work by itself would have answered.
  expect(await ended).toBe(1);
  expect(await next).toEqual(typeset(asked));
  expect(started).toHaveLength(2);
  expect(time.pending()).toEqual([]);
});
