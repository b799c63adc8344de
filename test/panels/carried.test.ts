/** Boards without a line: a file for a person to carry. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decodeMessage, encodeProgramme } from "../../src/message/index.ts";
import { carriedBoard } from "../../src/panels/delivery/without-line.ts";
import { base, FakeSeals, picture, poll, sealed, wantedOf } from "./town.ts";

const clock = { now: () => base + 5000 };
const [red, blue] = [picture(0x0f), picture(0xf0)];
const playing = (notice: string, message = red) =>
  wantedOf([{ fromMs: 0, untilMs: 3_600_000, show: [[notice, message]] }]);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "boardcast-carried-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** "BCB1", the programme, a count, the messages, each after its length. */
function unpack(bytes: Buffer) {
  let at = 4;
  const sized = () => {
    const length = bytes.readUInt32LE(at);
    at += 4 + length;
    return bytes.subarray(at - length, at);
  };
  const programme = sized();
  const count = bytes.readUInt32LE(at);
  at += 4;
  const messages = Array.from({ length: count }, sized);
  return { magic: bytes.toString("latin1", 0, 4), programme, messages, left: bytes.length - at };
}

test("a carried file holds the programme and its messages; sent, never confirmed", async () => {
  const seals = new FakeSeals();
  const board = carriedBoard(join(folder, "new"), seals, clock, wantedOf([]), () => {});
  const wanted = sealed(seals, playing("R1"));
  board.want(wanted);
  await board.stop();
  expect(readdirSync(join(folder, "new"))).toEqual(["B1.bcb"]);
  const { magic, programme, messages, left } = unpack(readFileSync(join(folder, "new", "B1.bcb")));
  expect([magic, left, messages.length]).toEqual(["BCB1", 0, 1]);
  expect(Buffer.from(encodeProgramme(wanted.programme)).equals(programme)).toBe(true);
  expect(decodeMessage(messages[0] ?? new Uint8Array(0))).toMatchObject({ ok: true, message: { hash: red.hash } });
  expect(board.facts()).toMatchObject({ link: "carried", sent: { notice: "R1" }, confirmed: null, faults: [] });
});

test("what may not be lit is not written, and what lay there for carrying is taken away", async () => {
  const seals = new FakeSeals();
  const told: string[] = [];
  const board = carriedBoard(
    folder,
    seals,
    clock,
    wantedOf([]),
    () => {},
    (faults) => told.push(...faults.map(({ code }) => code)),
  );
  board.want(sealed(seals, playing("R1")));
  await poll(() => board.facts().sent !== null, "written");
  board.want(playing("forged", blue));
  await poll(() => board.facts().faults.length > 0, "refused");
  await board.stop();
  expect(readdirSync(folder)).toEqual([]);
  expect(told).toEqual(["seal/refused"]);
  expect(board.facts().sent).toBeNull();
});

test("a folder that cannot be written is a fault", async () => {
  writeFileSync(join(folder, "file"), "");
  const seals = new FakeSeals();
  const board = carriedBoard(join(folder, "file"), seals, clock, wantedOf([]), () => {});
  board.want(sealed(seals, playing("R1")));
  await board.stop();
  expect(board.facts()).toMatchObject({ sent: null, faults: [{ fault: { code: "link/refused" } }] });
});
