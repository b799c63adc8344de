/** What the notice editor makes of the daemon's answers about a text on several boards. */
import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, test, vi } from "vitest";
import { looksAt } from "../../src/web/notice/look.ts";
import { Refusal } from "../../src/web/ask.ts";
import { typeset } from "../../src/typeset/index.ts";
import { request } from "../typeset/samples.ts";

const shape = { width: 64, height: 32, colour: "mono" } as const;
const text = { content: {} };

/** A look as the daemon tells it, of a text that is the board's own name. */
function lookFor(board: string) {
  const result = typeset(request(shape, { body: board }));
  if (!result.ok) throw new Error("not set");
  const { hash, bytes } = result.message;
  return { ok: true, message: hash, bytes: deflateSync(bytes).toString("base64"), faults: [], pages: [], report: null };
}

/** `answer`: status and body for the boards that are asked about. */
function daemon(answer: (boards: readonly string[]) => readonly [status: number, body: unknown]) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string, { body }: { body: string }) => {
    const { boards } = JSON.parse(body) as { boards: string[] };
    asked.push(`${path} ${boards.join("+")}`);
    const [status, said] = answer(boards);
    return new Response(JSON.stringify(said), { status });
  });
  return asked;
}

const hashesOf = async (boards: readonly string[]) =>
  (await looksAt(boards, text, "2017-00001")).map(({ message, refusal }) => message?.hash ?? refusal?.status);

describe("a text on several boards", () => {
  afterEach(() => void vi.unstubAllGlobals());

  test("is asked about in one question, and told in the order of the boards", async () => {
    const asked = daemon((boards) => [200, { looks: boards.map(lookFor) }]);
    expect(await hashesOf(["B2", "B1"])).toEqual([lookFor("B2").message, lookFor("B1").message]);
    expect(asked).toEqual(["/api/v1/review/drafts/2017-00001/looks B2+B1"]);
  });

  test("of which one is no board any more: the others are told all the same", async () => {
    const asked = daemon((boards) => (boards.includes("B3") ? [404, {}] : [200, { looks: boards.map(lookFor) }]));
    expect(await hashesOf(["B1", "B3", "B2"])).toEqual([lookFor("B1").message, 404, lookFor("B2").message]);
    expect(asked).toHaveLength(4);
  });

  test("that cannot be set is refused for each of them; asked once", async () => {
    const asked = daemon(() => [400, {}]);
    expect(await hashesOf(["B1", "B2"])).toEqual([400, 400]);
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["too many wait", 503, {}],
    ["the session is over", 401, {}],
    ["not for all of them", 200, { looks: [lookFor("B1")] }],
  ])("%s: to be asked again later", async (_, status, said) => {
    daemon(() => [status, said]);
    await expect(looksAt(["B1", "B2"], text, "2017-00001")).rejects.toBeInstanceOf(Refusal);
  });
});
