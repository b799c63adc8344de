/** Pictures from an import file to the lights: taken, named, signed, stored, set again from the store. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decodeMessage, messageFrame, type Shape } from "../../src/message/index.ts";
import { importNotices, type ImportSummary } from "../../src/notices/importer.ts";
import type { ImportRecord } from "../../src/notices/import.ts";
import { type PictureTaking, type ReadBeside, takeUploads } from "../../src/notices/pictures.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { screenContent } from "../../src/notices/screening/index.ts";
import { type SigningKey, verdict } from "../../src/notices/seal.ts";
import type { Store } from "../../src/store/index.ts";
import { openStore } from "../../src/store/index.ts";
import { createTypesetter } from "../../src/typeset/index.ts";
import { decodeUpload } from "../../src/typeset/pictures/decode.ts";
import { keep } from "../../src/typeset/pictures/picturing.ts";
import { typeset } from "../../src/typeset/typeset.ts";
import { at, boards, keyIn, parseRecords, partsFor, practice, record, scratch, zone } from "../store/small-office.ts";
import { image, pdf, photo, raster } from "../typeset/picture-files.ts";

const shape: Shape = { width: 64, height: 32, colour: "dual" };
const wide = boards.map((board) => ({ ...board, shape }));

let place: ReturnType<typeof scratch>;
let store: Store;
let key: SigningKey;
beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder);
  key = keyIn(place.folder);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

const flag = raster(64, 32, (x) => (x < 32 ? [255, 0, 0] : [0, 255, 0]));
const png = () => image(flag).png().toBuffer();

const pictureRecord = (id: string, pictures: readonly unknown[] | undefined, change = {}) =>
  record(id, { displayKind: "picture", pictures, ...change });

/** Imports with the real decoder and the real typesetter, both here rather than in their threads. */
function take(records: readonly unknown[], readBeside?: ReadBeside): Promise<ImportSummary> {
  return importNotices(parseRecords(records), {
    ...partsFor(store, key, practice, at("2017-11-06T08:30")),
    boards: wide,
    typesetting: { ask: async (request) => typeset(request) },
    taking: { take: async (bytes, name) => keep(await decodeUpload(bytes, name)) },
    ...(readBeside && { readBeside }),
  });
}

describe("a picture in an import file", () => {
  test("is signed, stored under its name, and set from the store with the very dots that were signed", async () => {
    const data = (await png()).toString("base64");
    const summary = await take([pictureRecord("P1", [{ data }])]);
    expect(summary).toMatchObject({ added: 1, sealed: 1, refused: [] });
    expect(summary.notes.map(({ why }) => why.en)).toEqual([expect.stringContaining("not screened")]);

    const kept = await store.notices.get("P1");
    if (!kept?.seal) throw new Error("no seal");
    expect(kept.content.pictures).toEqual([{ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(verdict(kept, key.publicKey).ok).toBe(true);
    const sha256 = kept.content.pictures?.[0]?.sha256 as string;
    const bytes = await store.pictures.get(sha256);
    if (!bytes) throw new Error("no picture");

    const again = typeset({
      notice: "P1",
      content: kept.content,
      shape,
      zone,
      window: kept.schedule,
      pictures: [{ sha256, bytes }],
    });
    if (!again.ok) throw new Error("not set");
    expect(again.message.hash).toBe(kept.seal.body.pixels[0]?.message);
    const message = decodeMessage((await store.messages.get(again.message.hash)) as Uint8Array);
    if (!message.ok) throw new Error(message.what);
    const { pixels } = messageFrame(message.message, 1000, 0, 0);
    // 32 dots of red in the first plane, 32 of green in the second, on every row.
    const row = [255, 255, 255, 255, 0, 0, 0, 0];
    expect([...pixels.subarray(0, 256)]).toEqual(Array.from({ length: 32 }, () => row).flat());
    expect([...pixels.subarray(256)]).toEqual(Array.from({ length: 32 }, () => row.toReversed()).flat());
  });

  test("goes through the typesetter's own thread as well", async () => {
    const kept = keep(await decodeUpload(await png(), "a"));
    if (!kept.ok) throw new Error("refused");
    const content = { ...parseRecords([pictureRecord("P1", [{ data: "AAAA" }])]).accepted[0]?.content };
    const request = {
      notice: "P1",
      content: { ...content, pictures: kept.pictures.map(({ sha256 }) => ({ sha256 })) } as Parameters<
        typeof typeset
      >[0]["content"],
      shape,
      zone,
      window: { from: 0, until: 1 },
      pictures: kept.pictures.map(({ sha256, bytes }) => ({ sha256, bytes })),
    };
    const here = typeset(request);
    const there = await createTypesetter().ask(request);
    if (!here.ok || !there.ok) throw new Error("not set");
    expect(there.message.hash).toBe(here.message.hash);
  });

  test("again: nothing new; another picture, another caption: another revision", async () => {
    const data = (await png()).toString("base64");
    await take([pictureRecord("P1", [{ data }])]);
    expect(await take([pictureRecord("P1", [{ data }])])).toMatchObject({ unchanged: 1, revised: 0, sealed: 0 });
    expect(await take([pictureRecord("P1", [{ data, caption: "新" }])])).toMatchObject({ revised: 1 });
    const other = (await image(photo(64, 32)).png().toBuffer()).toString("base64");
    expect(await take([pictureRecord("P1", [{ data: other, caption: "新" }])])).toMatchObject({ revised: 1 });
    expect((await store.notices.get("P1"))?.revisionNumber).toBe(3);
  });

  test("the same dots in another file are the same picture", async () => {
    await take([pictureRecord("P1", [{ data: (await png()).toString("base64") }])]);
    const webp = (await image(flag).webp({ lossless: true }).toBuffer()).toString("base64");
    expect(await take([pictureRecord("P1", [{ data: `data:image/webp;base64,${webp}` }])])).toMatchObject({
      unchanged: 1,
    });
  });

  test("a document: one picture a page, its caption with each", async () => {
    const data = pdf({ pages: 2, size: [100, 50], drawing: "1 0 0 rg 0 0 50 50 re f" }).toString("base64");
    await take([pictureRecord("P1", [{ data, caption: "页", fit: "whole" }])]);
    const kept = await store.notices.get("P1");
    expect(kept?.content.pictures).toMatchObject([
      { caption: "页", fit: "whole" },
      { caption: "页", fit: "whole" },
    ]);
  });

  test("what cannot be read of it is said for each board", async () => {
    const small = (
      await image(raster(20, 12, (x, y) => [x * 12, y * 20, 90]))
        .png()
        .toBuffer()
    ).toString("base64");
    const { notes } = await take([pictureRecord("P1", [{ data: small }])]);
    expect(notes.map(({ why }) => why.en)).toContainEqual(expect.stringMatching(/^B1: picture 1 has only 20x12 dots/));
  });
});

describe("files beside the import file", () => {
  test("are read by name", async () => {
    const asked: string[] = [];
    const bytes = await png();
    const summary = await take([pictureRecord("P1", [{ file: "图片/a.png" }])], async (name) => {
      asked.push(name);
      return bytes;
    });
    expect(asked).toEqual(["图片/a.png"]);
    expect(summary).toMatchObject({ added: 1, refused: [] });
  });

  test("are refused where there is none, and where no files are read", async () => {
    for (const read of [async () => null, undefined]) {
      const { refused, added } = await take([pictureRecord("P1", [{ file: "a.png" }])], read);
      expect(added).toBe(0);
      expect(refused).toMatchObject([
        { place: "notices[0].pictures[0]", id: "P1", why: { en: expect.stringContaining("a.png") } },
      ]);
    }
  });

  test.each([
    "../a.png",
    "a/../../b.png",
    "/etc/passwd",
    "C:\\a.png",
    "\\\\server\\a.png",
    "..",
    "a/..",
    "./a.png",
    "a\0.png",
    "a\n/../../b.png",
    "a\n.png",
    "a\r/..",
    "a\u2028/../b.png",
    "a\u0085.png",
  ])("are never above it or elsewhere: %j", (file) => {
    const { refused } = parseRecords([pictureRecord("P1", [{ file }])]);
    expect(refused).toMatchObject([{ place: "notices[0].pictures[0].file" }]);
  });

  test.each(["a.png", "图片/封面 1.jpg", "a..b.png", "...png"])("%j is a name", (file) => {
    expect(parseRecords([pictureRecord("P1", [{ file }])]).refused).toEqual([]);
  });
});

describe("refused, with its place", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["a picture notice without pictures", { pictures: undefined }, ".pictures"],
    ["another kind with pictures", { displayKind: "slogan" }, ".pictures"],
    ["neither file nor data", { pictures: [{}] }, ".pictures[0]"],
    ["both", { pictures: [{ file: "a.png", data: "AAAA" }] }, ".pictures[0]"],
    ["what is not base64", { pictures: [{ data: "公示" }] }, ".pictures[0].data"],
    ["an unknown fit", { pictures: [{ data: "AAAA", fit: "cover" }] }, ".pictures[0].fit"],
    ["a long caption", { pictures: [{ data: "AAAA", caption: "字".repeat(101) }] }, ".pictures[0].caption"],
    ["too many", { pictures: Array.from({ length: 21 }, () => ({ data: "AAAA" })) }, ".pictures"],
    ["none", { pictures: [] }, ".pictures"],
  ])("%s", (_, change, path) => {
    const { refused, accepted } = parseRecords([{ ...pictureRecord("P1", [{ data: "AAAA" }]), ...change }]);
    expect(accepted).toEqual([]);
    expect(refused.map((one) => one.place)).toContain(`notices[0]${path}`);
  });

  test.each([
    ["spaces", "A".padEnd(100_000)],
    ["spaces around the signs at its end", `A${"=".padEnd(50_000)}${"=".padEnd(50_000)}`],
  ])("what is not base64 for one sign after a hundred thousand %s, at once", (_, data) => {
    const refusedOf = (text: string) => parseRecords([pictureRecord("P1", [{ data: text }])]).refused;
    expect(refusedOf(data)).toEqual([]);
    expect(refusedOf(`${data}!`)).toMatchObject([{ place: "notices[0].pictures[0].data" }]);
  });

  test("a broken file, with what to do, and nothing of the record goes in", async () => {
    const good = (await png()).toString("base64");
    const { refused, added } = await take([
      pictureRecord("P1", [{ data: good }, { data: Buffer.from("<svg/>").toString("base64") }]),
    ]);
    expect(added).toBe(0);
    expect(refused).toMatchObject([
      {
        place: "notices[0].pictures[1]",
        id: "P1",
        why: { zh: expect.stringContaining("另存为"), en: expect.stringContaining("Save it as PNG") },
      },
    ]);
    expect(await store.notices.get("P1")).toBe(null);
  });

  test("documents that together have more pages than a notice may have", async () => {
    const data = pdf({ pages: 11, size: [20, 20] }).toString("base64");
    const { refused } = await take([pictureRecord("P1", [{ data }, { data }])]);
    expect(refused).toMatchObject([{ place: "notices[0].pictures", why: { en: expect.stringContaining("22 pages") } }]);
  });

  test("what comes after them is not decoded any more", async () => {
    const data = pdf({ pages: 11, size: [20, 20] }).toString("base64");
    const { accepted } = parseRecords([pictureRecord("P1", [{ data }, { data }, { data }, { data }])]);
    const decoded: string[] = [];
    const taking: PictureTaking = {
      async take(bytes, name) {
        decoded.push(name);
        return keep(await decodeUpload(bytes, name));
      },
    };
    const taken = await takeUploads(accepted[0] as ImportRecord, taking, null);
    expect(taken).toMatchObject({ ok: false, refused: [{ why: { en: expect.stringContaining("22 pages") } }] });
    expect(decoded).toHaveLength(2);
  });

  test("a caption with a telephone number stays a draft", async () => {
    const data = (await png()).toString("base64");
    const { sealed, added } = await take([pictureRecord("P1", [{ data, caption: "联系 13800138000" }])]);
    expect({ sealed, added }).toEqual({ sealed: 0, added: 1 });
    const kept = await store.notices.get("P1");
    expect(kept && screenContent(kept.content)).toMatchObject([{ rule: "mobile" }]);
  });
});

test("notices without pictures keep the revisions that they had", () => {
  const [plain] = parseRecords([record("plain")]).accepted;
  if (!plain) throw new Error("refused");
  // Computed before there were pictures.
  expect(revisionHash(plain.content)).toBe("4758f412114e33c62be8b88febae876ec3087b0d318b8ef5cb3125060e851641");
  expect(Object.keys(plain.content)).not.toContain("pictures");
});
