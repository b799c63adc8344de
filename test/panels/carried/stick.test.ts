/** From seals to a stick to a card: the signed dots and no others; a folder is there whole, or the one before it is. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Message, messageFrame } from "../../../src/message/index.ts";
import { type CarriedFile, isCarriedName, unzip, zipOf } from "../../../src/panels/carried/zip.ts";
import { differing, removeFolder, replaceFolder } from "../../../src/panels/carried/folder.ts";
import { changesByItself, clearItems, codeOf, loadId } from "../../../src/panels/carried/load.ts";
import { SimulatedCard } from "../../../src/panels/carried/simulator/card.ts";
import { epoch, messages, shapes } from "../../message/arbitrary.ts";
import { picture as filled } from "../card-town.ts";
import { type FakeSeals, picture } from "../town.ts";
import { carried, itemOf, lamps, signedFor } from "./carry.ts";

let stick = "";
beforeEach(() => {
  stick = mkdtempSync(join(tmpdir(), "boardcast-stick-"));
});
afterEach(() => rmSync(stick, { recursive: true, force: true }));

const still = (message: Message): Message[] => (changesByItself(message) ? [] : [message]);
const some = shapes.chain((shape) => fc.array(fc.constant(shape).chain(messages), { minLength: 1, maxLength: 3 }));

test("what a card shows from a stick are the signed pages' dots, in their order, for their times; then from the beginning", async () => {
  await fc.assert(
    fc.asyncProperty(some, async (drawn) => {
      const all = drawn.flatMap(still);
      const [first] = all;
      if (!first) return;
      const files = await carried("B1", all);
      expect(await replaceFolder(stick, "B1", files)).toBeNull();
      const card = new SimulatedCard(first.shape);
      expect(card.insert(join(stick, "B1"))).toEqual([]);
      expect(card.items).toEqual(all.map((_, index) => `R${index}`));
      const whole = all.reduce((sum, { durationMs }) => sum + durationMs, 0);
      let startMs = 0;
      for (const message of all) {
        let pageMs = 0;
        for (const page of message.pages) {
          // A page that stands whole from its beginning: with an entry, a blink or a strip the maker's program moves it.
          if (page.motion === "hold" && !page.entry && page.holdMs > 0) {
            const wanted = lamps(messageFrame(message, pageMs, epoch, 0));
            for (const round of [0, whole])
              expect(Buffer.compare(card.lit(round + startMs + pageMs), wanted), page.motion).toBe(0);
          }
          pageMs += message.pages.length === 1 ? message.durationMs : page.holdMs;
          if (page.motion !== "hold" || page.entry || page.exit) break;
        }
        startMs += message.durationMs;
      }
    }),
    { numRuns: 40 },
  );
});

test.each(["mono", "dual", "rgb"] as const)("each colour of a %s panel comes out as it was signed", async (colour) => {
  const shape = { width: 33, height: 9, colour };
  const all = [1, 2, 3].map((seed) => filled(shape, seed));
  expect(await replaceFolder(stick, "B1", await carried("B1", all))).toBeNull();
  const card = new SimulatedCard(shape);
  expect(card.insert(join(stick, "B1"))).toEqual([]);
  let at = 0;
  for (const message of all) {
    expect(Buffer.compare(card.lit(at), lamps(messageFrame(message, 0, epoch, 0)))).toBe(0);
    at += message.durationMs;
  }
  expect(Buffer.compare(card.lit(at), card.lit(0))).toBe(0);
  card.power(false, at);
  expect(card.lit(at).every((byte) => byte === 0)).toBe(true);
});

test("not a dot of what is not signed, is another board's, or is over reaches a stick; the others do", () => {
  const [good, other] = [picture(0x0f), picture(0xf0)];
  const items = [itemOf("R0", good), itemOf("R1", other)];
  const refusedBy = (seals: FakeSeals, board = "B1", now = epoch) => {
    const looked = clearItems(board, good.shape, items, seals, now);
    return [looked.items.map(({ notice }) => notice), looked.faults.map(({ code }) => code)];
  };
  expect(refusedBy(signedFor("B1", [good, other]))).toEqual([["R0", "R1"], []]);
  expect(refusedBy(signedFor("B1", [good]))).toEqual([["R0"], ["seal/refused"]]);
  expect(refusedBy(signedFor("B1", [good, good]))).toEqual([["R0"], ["seal/refused"]]);
  expect(refusedBy(signedFor("B2", [good, other]))).toEqual([[], ["seal/refused", "seal/refused"]]);
  expect(refusedBy(signedFor("B1", [good, other], epoch + 1))).toEqual([[], ["seal/refused", "seal/refused"]]);
});

test("a load is called by what is on it", () => {
  const message = picture(0x0f);
  const item = itemOf("R0", message);
  const id = (board: string, ...items: (typeof item)[]) => loadId(board, message.shape, items);
  expect(codeOf(id("B1", item))).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/);
  expect(id("B1", item)).toBe(id("B1", { ...item, title: "another word for it" }));
  const all = [id("B1"), id("B1", item), id("B2", item), id("B1", { ...item, until: item.until + 1 })];
  all.push(id("B1", { ...item, number: 2 }), id("B1", item, item));
  expect(new Set(all).size).toBe(all.length);
});

const small = (text: string): readonly CarriedFile[] => [
  { name: "manifest.json", bytes: Buffer.from('{\n  "kind": "boardcast-card"\n}\n') },
  { name: "01-R0-01.png", bytes: Buffer.from(text) },
];

test("a folder is replaced as a whole; what was left half done by who went before is cleared away", async () => {
  expect(await replaceFolder(stick, "B1", small("one"))).toBeNull();
  writeFileSync(join(stick, "B1", "left-over.png"), "old");
  // The stick was pulled out meanwhile.
  mkdirSync(join(stick, "B1.new"));
  writeFileSync(join(stick, "B1.new", "manifest.json"), '{\n  "kind": "boardcast-card"\n}');
  expect(await replaceFolder(stick, "B1", small("two"))).toBeNull();
  expect(readdirSync(stick)).toEqual(["B1"]);
  expect(await differing(join(stick, "B1"), small("two"))).toBeNull();
  expect(await differing(join(stick, "B1"), small("one"))).toBe("01-R0-01.png");
  await removeFolder(stick, "B1");
  expect(readdirSync(stick)).toEqual([]);
});

test("what somebody else keeps under that name is not touched", async () => {
  mkdirSync(join(stick, "B1"));
  writeFileSync(join(stick, "B1", "wedding.jpg"), "dear");
  expect(await replaceFolder(stick, "B1", small("one"))).toMatchObject({ code: "card/folder", why: "not-ours" });
  await removeFolder(stick, "B1");
  expect(readdirSync(join(stick, "B1"))).toEqual(["wedding.jpg"]);
  writeFileSync(join(stick, "B2"), "a file");
  expect(await replaceFolder(stick, "B2", small("one"))).toMatchObject({ why: "not-ours" });
});

test("what cannot be written is a fault, and the folder of before stays", async () => {
  expect(await replaceFolder(stick, "B1", small("one"))).toBeNull();
  // A name that is a folder cannot be a file, too: the second of these fails half way.
  const broken = [...small("two"), { name: "01-R0-01.png/x.png", bytes: Buffer.from("x") }];
  expect(await replaceFolder(stick, "B1", broken)).toMatchObject({ code: "card/folder", why: "write" });
  expect(await differing(join(stick, "B1"), small("one"))).toBeNull();
  await expect(replaceFolder(stick, "B1", [{ name: "../x", bytes: Buffer.from("") }])).rejects.toThrow(RangeError);
});

const names = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,8}(\/[A-Za-z0-9_][A-Za-z0-9._-]{0,8})?$/);
const archives = fc.uniqueArray(fc.record({ name: names, bytes: fc.uint8Array({ maxLength: 60 }) }), {
  ...{ maxLength: 6, selector: ({ name }) => name },
});

test("a ZIP gives back the same files, the same bytes each time; whatever else is none, and never throws", () => {
  fc.assert(
    fc.property(archives, fc.nat(), fc.nat(255), (files, place, byte) => {
      const whole = zipOf(files);
      expect(unzip(whole)).toEqual(files.map(({ name, bytes }) => ({ name, bytes: Uint8Array.from(bytes) })));
      expect(Buffer.compare(zipOf(files), whole)).toBe(0);
      for (const length of [0, 3, whole.length - 1, place % whole.length])
        if (length < whole.length) unzip(whole.subarray(0, length));
      const bent = Uint8Array.from(whole);
      bent[place % bent.length] = byte;
      for (const file of unzip(bent) ?? []) expect(isCarriedName(file.name)).toBe(true);
    }),
  );
  for (const name of ["", "../x", "/x", "a//b", ".x", "a/../b", "C:x", "名.png", "x".repeat(101)])
    expect(() => zipOf([{ name, bytes: new Uint8Array(0) }])).toThrow(RangeError);
});

test("an archive is one to others, too", () => {
  const files = small("two");
  writeFileSync(join(stick, "x.zip"), zipOf(files));
  const bytes = readFileSync(join(stick, "x.zip"));
  // The first local header: "PK\3\4", stored, and a name at 30.
  expect([bytes.toString("latin1", 0, 4), bytes.readUInt16LE(8), bytes.toString("latin1", 30, 43)]).toEqual([
    ...["PK\u0003\u0004", 0, "manifest.json"],
  ]);
});
