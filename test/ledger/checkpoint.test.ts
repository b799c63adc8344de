/** Checkpoints: on paper, in their file, and never for what is not whole. */
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { signingOf } from "../../src/daemon/verify.ts";
import { fromBase32, toBase32 } from "../../src/ledger/base32.ts";
import { toLine } from "../../src/ledger/checkpoint.ts";
import {
  checkpointFile,
  Checkpoints,
  fromLine,
  fromText,
  readCheckpoints,
  signCheckpoint,
  toText,
} from "../../src/ledger/index.ts";
import { limits } from "../../src/limits.ts";
import { keyIn, scratch } from "../store/small-office.ts";
import { note, type Office, openOffice } from "./chain.ts";

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

describe("as text on paper", () => {
  const somewhere = fc.record({
    chain: fc.constantFrom("register" as const, "play" as const),
    seq: fc.integer({ min: 1, max: 2 ** 47 }),
    hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex")),
  });
  const at = fc.integer({ min: 0, max: 8_000_000_000_000 });

  test("it is typed in again, however it is grouped, in small letters, with O for 0 and I or L for 1", () => {
    const signing = signingOf(office.key);
    fc.assert(
      fc.property(somewhere, at, (head, when) => {
        const checkpoint = signCheckpoint(head, when, signing);
        const text = toText(checkpoint);
        expect(text).toMatch(/^BC[RP]1(-[0-9A-HJKMNP-TV-Z]{5}){36}$/);
        const sloppy = text.slice(4).replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l").toLowerCase();
        for (const typed of [text, `  ${text}\n`, text.slice(0, 4) + sloppy, text.replace(/(.{40})/g, "$1\n")])
          expect(fromText(typed, signing)).toEqual(checkpoint);
        expect(fromLine(toLine(checkpoint, signing.installation), signing)).toEqual(checkpoint);
      }),
      { numRuns: 50 },
    );
  });

  test("a slip of the pen anywhere, another's key, or the other chain's mark is none", () => {
    const signing = signingOf(office.key);
    const checkpoint = signCheckpoint({ chain: "register", seq: 7, hash: "ab".repeat(32) }, 9, signing);
    const text = toText(checkpoint);
    for (let index = 0; index < text.length; index++) {
      if (text[index] === "-") continue;
      const other = text[index] === "7" ? "8" : "7";
      expect(fromText(text.slice(0, index) + other + text.slice(index + 1), signing), `${index}`).toBe(null);
    }
    expect(fromText(text.replace("BCR1", "BCP1"), signing)).toBe(null);
    for (const odd of ["", "BCR1", text.slice(0, -1), `${text}0`, "hello"]) expect(fromText(odd, signing)).toBe(null);
    const elsewhere = scratch();
    const stranger = signingOf(keyIn(elsewhere.folder));
    elsewhere.remove();
    expect([fromText(text, stranger), fromLine(toLine(checkpoint, signing.installation), stranger)]).toEqual([
      null,
      null,
    ]);
  });

  test("base 32 there and back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) =>
        Buffer.from(fromBase32(toBase32(bytes)) ?? "x").equals(bytes),
      ),
    );
    expect([fromBase32("U"), fromBase32("00"), fromBase32("01"), fromBase32("0")]).toEqual([
      null,
      Uint8Array.of(0),
      null,
      null,
    ]);
  });

  test("a line of the file altered anywhere is none", () => {
    const signing = signingOf(office.key);
    const line = toLine(
      signCheckpoint({ chain: "play", seq: 7, hash: "ab".repeat(32) }, 9, signing),
      signing.installation,
    );
    for (let index = 0; index < line.length; index++) {
      const byte = line.charCodeAt(index);
      const other = String.fromCharCode(byte >= 0x30 && byte < 0x39 ? byte + 1 : byte ^ 1);
      expect(fromLine(line.slice(0, index) + other + line.slice(index + 1), signing), `${index}`).toBe(null);
    }
  });
});

describe("their file", () => {
  const file = () => join(office.folder, checkpointFile);
  const broken: unknown[] = [];
  const make = () => {
    broken.length = 0;
    return new Checkpoints({
      file: file(),
      ledger: office.store.ledger,
      signing: signingOf(office.key),
      clock: { now: () => 1 },
      broken: (fault) => broken.push(fault),
      failed: (error) => broken.push(error),
    });
  };
  const kept = () => readCheckpoints(file(), signingOf(office.key));
  const places = async () => (await kept()).good.map(({ chain, seq }) => `${chain} ${seq}`);

  test("is only added to: one line a chain that has grown; nobody else may read it", async () => {
    const checkpoints = make();
    await checkpoints.write();
    expect(existsSync(file())).toBe(false);
    await note(office.store, 1);
    await checkpoints.write();
    await checkpoints.write();
    await note(office.store, 2, "play");
    await note(office.store, 3, "play");
    await checkpoints.write();
    await note(office.store, 4);
    await make().write();
    expect(await places()).toEqual(["register 1", "play 2", "register 2"]);
    expect([statSync(file()).mode & 0o777, broken]).toEqual([0o600, []]);
    expect(await office.verified((await kept()).good)).toEqual([]);
  });

  test("is written at most once a second, and at the end", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const checkpoints = make();
      const write = vi.spyOn(checkpoints, "write");
      for (let index = 1; index <= 5; index++) {
        await note(office.store, index);
        checkpoints.changed();
      }
      expect(write).toHaveBeenCalledTimes(0);
      vi.advanceTimersByTime(999);
      expect(write).toHaveBeenCalledTimes(0);
      vi.advanceTimersByTime(1);
      expect(write).toHaveBeenCalledTimes(1);
      await checkpoints.stop();
      expect(write).toHaveBeenCalledTimes(1);
      await note(office.store, 6);
      checkpoints.changed();
      await checkpoints.stop();
      expect(await places()).toEqual(["register 5", "register 6"]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("half a line that a power cut left counts for nothing and is taken away", async () => {
    await note(office.store, 1);
    await make().write();
    const whole = readFileSync(file(), "utf8");
    appendFileSync(file(), whole.slice(0, 100));
    expect(await kept()).toMatchObject({ good: [{ seq: 1 }], faults: [] });
    await note(office.store, 2);
    await make().write();
    expect(await places()).toEqual(["register 1", "register 2"]);
    expect((await kept()).faults).toEqual([]);
  });

  test("a line that somebody altered or added is named; the others count", async () => {
    for (let index = 1; index <= 3; index++) {
      await note(office.store, index);
      await make().write();
    }
    writeFileSync(file(), readFileSync(file(), "utf8").replace('"seq":2', '"seq":9'));
    expect(await places()).toEqual(["register 1", "register 3"]);
    expect((await kept()).faults).toEqual([{ code: "ledger/checkpoint", where: "ledger-checkpoints.jsonl:2" }]);
    writeFileSync(file(), "x".repeat(limits.ledgerCheckpointBytes + 1));
    expect(await kept()).toEqual({
      good: [],
      faults: [{ code: "ledger/checkpoint", where: "ledger-checkpoints.jsonl:1" }],
    });
  });

  test("does not grow without end: of old lines every second goes, the newer half stays", async () => {
    await note(office.store, 1);
    const signing = signingOf(office.key);
    const head = await office.store.ledger.head("register");
    const lines = Array.from({ length: limits.ledgerCheckpoints }, (_, at) =>
      toLine(signCheckpoint(head, at, signing), signing.installation),
    );
    writeFileSync(file(), lines.map((line) => `${line}\n`).join(""), { mode: 0o600 });
    await note(office.store, 2);
    await make().write();
    const left = readFileSync(file(), "utf8").split("\n");
    expect(left.length - 1).toBeLessThanOrEqual(limits.ledgerCheckpoints * 0.75 + 1);
    expect(left[0]).toBe(lines[0]);
    expect(left.slice(-limits.ledgerCheckpoints / 2, -2)).toEqual(lines.slice(1 - limits.ledgerCheckpoints / 2 + 1));
    expect([statSync(file()).mode & 0o777, broken]).toEqual([0o600, []]);
  });

  test("a tail that was cut off or altered since is told of, and not signed", async () => {
    for (let index = 1; index <= 5; index++) await note(office.store, index);
    const checkpoints = make();
    await checkpoints.write();
    office.vandal.exec("CREATE TABLE kept AS SELECT * FROM ledger");
    const tries: [string, object][] = [
      ["DELETE FROM ledger WHERE seq > 3", { seq: 4, what: "missing", until: 5 }],
      ["UPDATE ledger SET hash = zeroblob(32) WHERE seq = 5", { seq: 5, what: "rewritten" }],
      ["DELETE FROM ledger", { seq: 1, what: "missing", until: 5 }],
    ];
    for (const [statement, fault] of tries) {
      office.vandal.exec(statement);
      for (const each of [checkpoints, make()]) {
        broken.length = 0;
        await each.write();
        expect(broken, statement).toMatchObject([fault]);
      }
      office.vandal.exec("DELETE FROM ledger; INSERT INTO ledger SELECT * FROM kept");
    }
    await note(office.store, 6);
    await note(office.store, 7);
    office.vandal.exec("UPDATE ledger SET by = 'nobody' WHERE seq = 6");
    broken.length = 0;
    await checkpoints.write();
    expect(broken).toMatchObject([{ seq: 6, what: "altered" }]);
    expect(await places()).toEqual(["register 5"]);
  });
});
