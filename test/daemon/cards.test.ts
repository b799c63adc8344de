/** 装卡: what stands on a sign that nobody but a person reaches is what somebody says, load by load. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { CarriedCards } from "../../src/daemon/cards.ts";
import { sentence } from "../../src/fault.ts";
import type { PlayEvent } from "../../src/panels/contract.ts";
import { unzip } from "../../src/panels/carried/zip.ts";
import { SimulatedCard } from "../../src/panels/carried/simulator/card.ts";
import { lightsUntil } from "../../src/panels/delivery/index.ts";
import { codeOf, goodDocument, openReview, secret, signed, type SmallReview } from "../review/small-review.ts";
import { at, boards as two, site } from "../store/small-office.ts";

let folder = "";
let review: SmallReview;
let cards: CarriedCards;
let reading: () => Promise<void>;
let told: PlayEvent[];
let dark: boolean;
let failed: unknown[];
const jpeg = Uint8Array.of(0xff, 0xd8, 7);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "boardcast-card-"));
  [told, dark, failed] = [[], false, []];
  const boards: readonly BoardConfig[] = [
    two[0] as BoardConfig,
    {
      ...(two[1] as BoardConfig),
      ...{ place: "村委会", custodian: "保管人丁", link: { kind: "carried", folder, card: "HD-U63" } },
    },
  ];
  review = await openReview(undefined, (parts) => ({
    ...parts,
    ...{ boards, changed: () => reading() },
    taking: {
      take: async (bytes) =>
        bytes[0] === 0xff
          ? { ok: true, pictures: [{ sha256: "", bytes }], warnings: [] }
          : { ok: false, faults: [{ code: "notice/picture-slow", name: "photo", seconds: 30 }] },
    },
  }));
  const book = new Book(review.store.notices, review.key.publicKey, "real", boards);
  cards = new CarriedCards({
    ...review.parts,
    ...{ store: review.store, messages: review.store.messages, site: { ...site, boards } },
    ...{ publicKey: review.key.publicKey, book: { all: () => book.all(), of: (ids) => book.of(ids) } },
    seals: { verdict: (notice, when) => book.verdict(notice, when) },
    photoOf: async (bytes) => bytes,
    ordersFor: () => [],
    paperLingers: () => false,
    isDark: () => dark,
    witness: (event) => told.push(event),
    failed: (error) => failed.push(error),
    said: () => reading(),
    changed: () => {},
  });
  reading = async () => {
    await book.reload();
    await cards.read();
  };
  await reading();
});
afterEach(async () => {
  await review.close();
  rmSync(folder, { recursive: true, force: true });
});

const view = () => {
  const [one] = cards.list();
  if (!one) throw new Error("no carried board");
  return one;
};
const on = (title: string, more: object = {}) =>
  goodDocument(title, { schedule: { ...(goodDocument().schedule as object), boards: ["B1", "B2"], ...more } });
async function put(title: string, more: object = {}): Promise<string> {
  const { notice } = await signed(review, "mai", on(title, more));
  await reading();
  return notice;
}
async function to(time: string): Promise<void> {
  review.clock.set(at(time));
  await cards.look();
}
const say = (who: string, load: string, photo: Uint8Array | null = null) =>
  cards.say(review.caller(who), "B2", { load, words: "", photo });

test("what stands is ready to be carried; a person says that it was put in, and that is all that is known", async () => {
  const notice = await put("危房改造公告");
  expect(view().items).toEqual([]);
  await to("2017-11-06T09:10");
  expect(failed).toEqual([]);
  const waiting = view();
  expect(waiting).toMatchObject({ state: "to-carry", since: at("2017-11-06T09:00"), loaded: null });
  expect(waiting.items.map((one) => [one.notice, one.isNew])).toEqual([[notice, true]]);
  expect(cards.onCard("B2")).toMatchObject({ saidAt: null });
  // The folder is what a card, fed from the stick, shows.
  const card = new SimulatedCard({ width: 8, height: 8, colour: "mono" });
  expect(card.insert(join(folder, "B2"))).toEqual([]);
  expect(card.items).toEqual([notice]);
  expect(await codeOf(say("aud", waiting.code))).toBe("review/role");
  expect(await codeOf(say("ope", "0000-0000"))).toBe("card/no-load");
  const said = await say("ope", waiting.code, jpeg);
  expect(said).toMatchObject({ state: "said", loaded: { name: "ope姓名", at: at("2017-11-06T09:10") }, since: null });
  expect(cards.onCard("B2")).toMatchObject({ saidAt: at("2017-11-06T09:10") });
  expect(await cards.photo("B2")).toEqual(Buffer.from(jpeg));
  expect(told).toMatchObject([{ kind: "told", via: "file", board: "B2" }]);
  expect(await codeOf(say("ope", waiting.code))).toBe("card/said");
  const rows = await review.store.ledger.rows("register", 0, 1000);
  const its = rows.filter(({ action }) => action.startsWith("card/"));
  expect(its.map(({ action, by, subject }) => [action, by, subject])).toEqual([
    ["card/made", "system", "B2"],
    ["card/made", "system", "B2"],
    ["card/loaded", "ope", "B2"],
  ]);
});
