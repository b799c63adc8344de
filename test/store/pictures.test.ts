/** Pictures in the store: in with the revision that names them, out only under their own name. */
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { DatabaseSync } from "@photostructure/sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { revisionHash } from "../../src/notices/revision.ts";
import type { NoticeEntry } from "../../src/notices/store.ts";
import type { Store } from "../../src/store/index.ts";
import { openStore } from "../../src/store/index.ts";
import { type KeptPicture, keep } from "../../src/typeset/pictures/picturing.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";
import { photo } from "../typeset/picture-files.ts";
import { parseRecords, record, scratch } from "./small-office.ts";

let place: ReturnType<typeof scratch>;
let store: Store;
beforeEach(async () => {
  place = scratch();
  store = await openStore(place.folder);
});
afterEach(async () => {
  await store.close();
  place.remove();
});

function pictureOf(raster: Raster): KeptPicture {
  const taken = keep({ ok: true, rasters: [raster], warnings: [] });
  if (!taken.ok || !taken.pictures[0]) throw new Error("refused");
  return taken.pictures[0];
}

const picture = pictureOf(photo(40, 30));

/** A draft with the picture; `caption` makes it another revision. */
function entry(sha256: string, caption = "图"): NoticeEntry {
  const { accepted } = parseRecords([record("P1", { displayKind: "picture", pictures: [{ data: "AAAA" }] })]);
  const [one] = accepted;
  if (!one) throw new Error("refused");
  const content = { ...one.content, pictures: [{ sha256, caption }] };
  const revision = revisionHash(content);
  const pictures = [{ sha256, bytes: picture.bytes }];
  return {
    id: "P1",
    content,
    revision,
    schedule: one.schedule,
    makerId: null,
    importedAt: 0,
    seal: null,
    messages: [],
    pictures,
  };
}

/** Straight into the database, past the store. */
function row<T>(act: (database: InstanceType<typeof DatabaseSync>) => T): T {
  const database = new DatabaseSync(join(place.folder, "boardcast.db"));
  try {
    return act(database);
  } finally {
    database.close();
  }
}

function overwrite(deflated: Uint8Array): void {
  row((database) => database.prepare("UPDATE picture SET deflated = ?").run(deflated));
}

test("a picture comes back as it went in, under its name only", async () => {
  expect(await store.notices.save(entry(picture.sha256))).toBe("added");
  expect(Buffer.from((await store.pictures.get(picture.sha256)) ?? "").equals(Buffer.from(picture.bytes))).toBe(true);
  for (const other of ["0".repeat(64), picture.sha256.toUpperCase(), "nonsense", ""])
    expect(await store.pictures.get(other)).toBe(null);
  await store.close();
  store = await openStore(place.folder);
  expect(await store.pictures.get(picture.sha256)).not.toBe(null);
  expect((await store.notices.get("P1"))?.content.pictures).toEqual([{ sha256: picture.sha256, caption: "图" }]);
});

test("several revisions share one", async () => {
  await store.notices.save(entry(picture.sha256));
  await store.notices.save(entry(picture.sha256, "又"));
  expect(row((database) => database.prepare("SELECT count(*) AS n FROM picture").get())).toEqual({ n: 1 });
});

test("whatever byte of it is altered on disk: the picture that its name says, or none", async () => {
  await store.notices.save(entry(picture.sha256));
  const { deflated } = row((database) => database.prepare("SELECT deflated FROM picture").get()) as {
    deflated: Uint8Array;
  };
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: deflated.length - 1 }), fc.integer({ min: 1, max: 255 }), async (index, by) => {
      const bytes = Uint8Array.from(deflated);
      bytes[index] = (bytes[index] as number) ^ by;
      overwrite(bytes);
      const got = await store.pictures.get(picture.sha256);
      // zlib's head has bits that change nothing.
      return got === null || Buffer.from(got).equals(Buffer.from(picture.bytes));
    }),
    { numRuns: 100 },
  );
});

test("another picture under its name, well packed, is none; taken in again, it is mended", async () => {
  await store.notices.save(entry(picture.sha256));
  overwrite(deflateSync(pictureOf(photo(9, 9)).bytes));
  expect(await store.pictures.get(picture.sha256)).toBe(null);
  // A few bytes that would be as many as a bomb's.
  overwrite(deflateSync(new Uint8Array(40_000_000)));
  expect(await store.pictures.get(picture.sha256)).toBe(null);
  expect(await store.notices.save(entry(picture.sha256))).toBe("unchanged");
  expect(await store.pictures.get(picture.sha256)).not.toBe(null);
});

test("bytes under a name that they do not bear are refused, and the revision with them", async () => {
  await expect(store.notices.save(entry("0".repeat(64)))).rejects.toThrow("another's bytes");
  expect(await store.notices.get("P1")).toBe(null);
});

test("a revision that cannot be stored leaves no picture behind", async () => {
  const bad = { ...entry(picture.sha256), revision: "zz", makerId: {} as unknown as string };
  await expect(store.notices.save(bad)).rejects.toThrow();
  expect(await store.pictures.get(picture.sha256)).toBe(null);
});
