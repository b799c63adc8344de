/** The same request, the same message: here, in the typesetting thread, and in another process. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { decodeMessage } from "../../src/message/index.ts";
import { createTypesetter, typeset } from "../../src/typeset/index.ts";
import { hashOf, sampleHashes } from "./hashes.ts";
import { annualReport, boardShape, request, sampleRequest } from "./samples.ts";

describe("determinism", () => {
  const hashes = sampleHashes("forwards");

  it("the same requests in the other order give the same messages", () => {
    expect(sampleHashes("backwards")).toEqual(hashes);
  });

  it("another process gives the same messages", async () => {
    const script = fileURLToPath(new URL("./hashes.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
    expect(JSON.parse(stdout)).toEqual(hashes);
  });

  it("another character gives another message", () => {
    const shape = boardShape("B7");
    expect(hashOf(request(shape, { body: "公开" }))).not.toBe(hashOf(request(shape, { body: "公示" })));
  });
});

describe("the typesetting thread", () => {
  const typesetter = createTypesetter();

  it("answers what typeset answers, bytes and all", async () => {
    for (const [notice, board] of [
      ["N09", "B5"],
      ["N17", "B1"],
      ["N33", "B4"],
    ] as const) {
      const asked = sampleRequest(notice, boardShape(board));
      expect(await typesetter.ask(asked)).toEqual(typeset(asked));
    }
  });

  it("packs a text's messages for several panels, as many bytes as one answer may have; what is too much is left out, no panel is", async () => {
    const { shape, ...text } = request(boardShape("B5"), { body: "停水通知" });
    const huge = { width: limits.panelSidePx, height: limits.panelSidePx, colour: "rgb" } as const;
    const on = [...Array.from({ length: 9 }, () => ({ shape: huge })), { shape }, { shape: { ...shape, height: 4 } }];
    const fittings = await typesetter.fit(text, on, true);
    const bytes = fittings.map(({ result, packed }) => {
      const decoded = packed && decodeMessage(inflateSync(packed), () => (result.ok ? result.message.hash : ""));
      return decoded?.ok ? decoded.message.bytes.length : null;
    });
    const one = bytes[0] ?? 0;
    const most = Math.floor(limits.draftMessageBytes / one);
    expect([one > 2 ** 22, most < 9]).toEqual([true, true]);
    const small = typeset({ ...text, shape });
    const left = bytes.slice(0, 9).map((_, index) => (index < most ? one : null));
    expect(bytes).toEqual([...left, small.ok ? small.message.bytes.length : 0, null]);
    expect(fittings.map(({ result }) => result.ok)).toEqual([...Array(10).fill(true), false]);
    expect(fittings[9]?.result).toMatchObject({
      message: { hash: small.ok && small.message.hash, bytes: new Uint8Array(0) },
    });
  });

  it("answers with faults too", async () => {
    const asked = request(boardShape("B7"), { body: "\u{1f600}" });
    expect(await typesetter.ask(asked)).toMatchObject({ ok: false, faults: [{ code: "notice/missing-glyph" }] });
  });

  it("answers several at once, each with its own", async () => {
    const bodies = ["一", "二", "三", "四"];
    const asked = bodies.map((body) => request(boardShape("B7"), { body }));
    const answers = await Promise.all(asked.map((one) => typesetter.ask(one)));
    expect(answers).toEqual(asked.map((one) => typeset(one)));
  });

  it("lets others work meanwhile", async () => {
    let turns = 0;
    let done = false;
    const others = () => {
      turns += 1;
      if (!done) setImmediate(others);
    };
    setImmediate(others);
    await typesetter.ask(request(boardShape("B4"), { body: annualReport }));
    done = true;
    expect(turns).toBeGreaterThan(10);
  });

  it("survives a request that it cannot make sense of", async () => {
    const nonsense = { ...request(boardShape("B7"), {}), content: { displayKind: "nonsense" } };
    await expect(typesetter.ask(nonsense as never)).rejects.toThrow();
    expect(await typesetter.ask(request(boardShape("B7"), {}))).toMatchObject({ ok: true });
  });

  it("refuses a request that cannot be handed over, and forgets it", async () => {
    const asked = { ...request(boardShape("B7"), {}), zone: () => "nowhere" };
    await expect(typesetter.ask(asked as never)).rejects.toThrow();
  });

  it("takes in no more than its limit", async () => {
    const full = createTypesetter();
    const asked = request({ width: 16, height: 16, colour: "mono" }, { displayKind: "slogan", body: "满" });
    const answers = Array.from({ length: limits.typesetJobs }, () => full.ask(asked));
    await expect(full.ask(asked)).rejects.toThrow(String(limits.typesetJobs));
    await Promise.all(answers);
    expect(await full.ask(asked)).toMatchObject({ ok: true });
  });
});
