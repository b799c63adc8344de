import { describe, expect, test } from "vitest";
import { inMemory, messagesOf, newKey, officeNow, practice, signedNotices } from "../../bench/peers/office.ts";
import { alarmsOf } from "../../src/daemon/alarms.ts";
import { Book } from "../../src/daemon/book.ts";
import { signSeal } from "../../src/notices/seal.ts";
import type { NoticeList } from "../../src/notices/store.ts";
import type { NoticeRecord } from "../../src/notices/types.ts";
import { lifeOf } from "../../src/playlist/playlist.ts";

const key = newKey();
const site = practice();
const records = signedNotices(600, key, messagesOf(site));
const dayMs = 86_400_000;

function bookOf(list: () => Promise<NoticeList>): Book {
  return new Book(inMemory(list), key.publicKey);
}

const holding = (held: readonly NoticeRecord[]) => async () => ({ records: held, earlier: [], unreadable: [] });

describe("a board that is limited to some categories", () => {
  const [first] = records as [NoticeRecord, ...NoticeRecord[]];
  const [board = ""] = first.schedule.boards;
  const asked = async (record: NoticeRecord, allows: readonly string[] | undefined) => {
    const book = new Book(inMemory(holding([record])), key.publicKey, "practice", [
      { id: board, ...(allows && { allows }) },
    ]);
    await book.reload();
    const blocked = book.candidates(board).map((one) => [one.blocked, one.message === null]);
    return { blocked, alarms: alarmsOf(book, board).length };
  };

  test("shows no other: it is blocked, and no alarm, for nobody altered anything", async () => {
    const { track, category } = first.content;
    expect(await asked(first, ["no such"])).toEqual({ blocked: [["category", true]], alarms: 0 });
    for (const allows of [undefined, [track], ["no such", category]])
      expect(await asked(first, allows)).toEqual({ blocked: [[null, false]], alarms: 0 });
  });

  test("what is altered besides stays an alarm", async () => {
    const altered = { ...first, content: { ...first.content, body: "altered" } };
    expect(await asked(altered, ["no such"])).toEqual({ blocked: [["revision-altered", true]], alarms: 1 });
  });
});

test("a schedule's hours, weekdays, exceptions and pin are its candidates'", async () => {
  const [first] = records as [NoticeRecord, ...NoticeRecord[]];
  const hours = { fromMinute: 480, untilMinute: 720 };
  const exceptions = [{ name: "春节", from: "2018-02-15", until: "2018-02-21", plays: false }];
  const more = { hours, weekdays: [1], exceptions, pinned: true as const };
  const book = bookOf(holding([{ ...first, schedule: { ...first.schedule, ...more } }]));
  await book.reload();
  const [candidate] = book.candidates(first.schedule.boards[0] ?? "");
  expect(candidate).toMatchObject({ pinned: true, rule: { hours, weekdays: [1], exceptions } });
});

describe("the book of all notices", () => {
  test("is read in pieces: others get their turn meanwhile", async () => {
    const book = bookOf(holding(records));
    let turns = 0;
    let reading = true;
    const others = () => {
      turns++;
      if (reading) setImmediate(others);
    };
    const read = book.reload().then(() => {
      reading = false;
    });
    others();
    await read;
    expect(book.all()).toHaveLength(records.length);
    // 600 signatures are several pieces on any computer.
    expect(turns).toBeGreaterThan(2);
  });

  test("is read once at a time; all who ask meanwhile get the next reading", async () => {
    let lists = 0;
    let open = 0;
    const book = bookOf(async () => {
      lists++;
      expect(++open).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      open--;
      return holding(records.slice(0, lists))();
    });
    const first = book.reload();
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, book.reload(), book.reload(), book.reload()]);
    expect(lists).toBe(2);
    expect(book.all()).toHaveLength(2);
  });

  test("keeps what it had when it cannot be read, and reads again when asked again", async () => {
    let broken = false;
    const book = bookOf(() => (broken ? Promise.reject(new Error("disk")) : holding(records.slice(0, 5))()));
    await book.reload();
    broken = true;
    await expect(book.reload()).rejects.toThrow("disk");
    expect(book.all()).toHaveLength(5);
    broken = false;
    await book.reload();
    expect(book.version).toBe(2);
  });

  test("knows who is alive in a few days, on each board", async () => {
    const book = bookOf(holding(records));
    await book.reload();
    const window = { from: officeNow, until: officeNow + 2 * dayMs };
    for (const { id } of site.boards) {
      const alive = book.candidates(id).filter((one) => {
        const life = lifeOf(one);
        return life.from < window.until && life.until > window.from;
      });
      expect(alive.length).toBeGreaterThan(10);
      expect(alive.length).toBeLessThan(book.candidates(id).length);
      expect(book.alive(id, window)).toEqual(alive);
    }
  });

  test("tells sealed notices that may not be shown from drafts, and a notice's places", async () => {
    const [genuine, altered, draft] = records as readonly [NoticeRecord, NoticeRecord, NoticeRecord];
    const changed = { ...altered, content: { ...altered.content, title: "改过的标题" } };
    const book = bookOf(holding([genuine, changed, { ...draft, seal: null }]));
    await book.reload();
    for (const { id } of site.boards) {
      const refused = book.refused(id).map(({ notice, blocked }) => [notice, blocked]);
      expect(refused).toEqual(changed.schedule.boards.includes(id) ? [[changed.id, "revision-altered"]] : []);
    }
    expect(book.places(genuine.id).map(({ board }) => board)).toEqual(genuine.schedule.boards);
    expect(book.places("nobody")).toEqual([]);
  });

  test("raises no alarm over a template that is signed, and does over one that was altered", async () => {
    const [one, other] = records as readonly [NoticeRecord, NoticeRecord];
    const template = asTemplate(one);
    const altered = { ...asTemplate(other), content: { ...other.content, title: "改过的标题" } };
    const book = bookOf(holding([template, altered]));
    await book.reload();
    expect(book.verdict(template.id)).toEqual({ ok: false, why: "draft" });
    for (const { id } of site.boards) {
      const due = altered.schedule.boards.includes(id) ? [altered.id] : [];
      expect(alarmsOf(book, id).map((fault) => "notice" in fault && fault.notice)).toEqual(due);
    }
    expect(template.schedule.boards.length).toBeGreaterThan(0);
  });
});

/** Signed to be filled in. */
function asTemplate(record: NoticeRecord): NoticeRecord {
  if (record.seal === null) throw new Error("not sealed");
  return { ...record, seal: signSeal({ ...record.seal.body, kind: "template" }, key) };
}
