/** Between two sessions nothing is asked: what goes out with the old one's cookie would be refused. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { ask, askOfSession, setAsking } from "../../src/web/ask.ts";
import { betweenSessions, inSession } from "../../src/web/between.ts";

/** A promise that is settled from outside. */
function door<T = void>() {
  let open: (value: T) => void = () => {};
  let shut: (error: Error) => void = () => {};
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    shut = reject;
  });
  return { promise, open, shut };
}
/** So many turns of what is waiting, without time. */
const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe("between sessions", () => {
  afterEach(() => void vi.useRealTimers());

  test("what was asked for is answered first; what is asked for meanwhile goes out afterwards; a change waits for nothing", async () => {
    const said: string[] = [];
    const [before, change] = [door(), door()];
    const asking = inSession(() => before.promise.then(() => said.push("answered")));
    const changing = betweenSessions(() => {
      said.push("change begins");
      return change.promise;
    });
    const after = inSession(async () => said.push("asked after"));
    await inSession(async () => said.push("changed something"), true);
    await turns();
    expect(said).toEqual(["changed something"]);
    before.open();
    await asking;
    await turns();
    expect(said).toEqual(["changed something", "answered", "change begins"]);
    change.open();
    await Promise.all([changing, after]);
    expect(said.slice(3)).toEqual(["asked after"]);
  });

  test("a question that fails keeps nobody, and a change that fails lets the questions go on", async () => {
    const before = door();
    const asking = inSession(() => before.promise).catch((error: Error) => error.message);
    const changing = betweenSessions(() => Promise.reject(new Error("wrong password"))).catch(
      (error: Error) => error.message,
    );
    const after = inSession(async () => "asked");
    before.shut(new Error("away"));
    expect(await Promise.all([asking, changing, after])).toEqual(["away", "wrong password", "asked"]);
  });

  test("a daemon that never answers keeps nobody from leaving", async () => {
    vi.useFakeTimers();
    const never = door();
    const asking = inSession(() => never.promise);
    let left = false;
    const leaving = betweenSessions(async () => {
      left = true;
    });
    await vi.advanceTimersByTimeAsync(1400);
    expect(left).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    await leaving;
    expect(left).toBe(true);
    never.open();
    await asking;
  });

  test("one change at a time", async () => {
    const first = door();
    const said: number[] = [];
    const one = betweenSessions(() => first.promise.then(() => said.push(1)));
    const two = betweenSessions(async () => said.push(2));
    await turns();
    expect(said).toEqual([]);
    first.open();
    await Promise.all([one, two]);
    expect(said).toEqual([1, 2]);
  });
});

describe("while a new password is due", () => {
  afterEach(() => void vi.unstubAllGlobals());

  test("nothing is asked that would be refused, but what sets it; then everything again", async () => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (path: string, { method }: RequestInit) => {
      asked.push(`${method} ${path}`);
      return new Response("{}");
    });
    let isDue = true;
    setAsking({ csrf: () => null, onSignedOut: () => {}, due: () => isDue });
    await expect(ask("GET", "/api/v1/today")).rejects.toMatchObject({ status: 403, mistakes: [] });
    await askOfSession("PUT", "/api/v1/password", {});
    isDue = false;
    await ask("GET", "/api/v1/today");
    expect(asked).toEqual(["PUT /api/v1/password", "GET /api/v1/today"]);
  });
});
