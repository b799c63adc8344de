/** The play log's rows: programmes and not frames, bounded, and answering what was on at any instant as it was. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PlayFact, PlayRecorder } from "../../src/ledger/play.ts";
import { wasOn } from "../../src/ledger/play-was.ts";
import type { Entry } from "../../src/ledger/types.ts";
import { limits } from "../../src/limits.ts";
import { base, FakePlay, programme } from "./fake-play.ts";

const minute = 60_000;
const confirmed = (at: number, one: string | null = "a".repeat(64)): PlayFact => ({
  board: "B1",
  at,
  kind: "confirmed",
  programme: one,
});
const told = (at: number, hash = "a".repeat(64), until = at + 120 * minute): PlayFact => ({
  board: "B1",
  at,
  kind: "told",
  programme: hash,
  until,
  via: "line",
  notices: [{ id: "N15", number: 2, messages: [0] }],
});
const short = ({ action, data }: Entry) => [
  action.slice(5),
  ...["from", "to", "why"].flatMap((key) => (data[key] === undefined ? [] : [data[key]])),
];

describe("rows", () => {
  test("two hours of a board that goes on as it should: one for the programme, one a quarter of an hour", () => {
    const recorder = new PlayRecorder();
    const rows = [...recorder.note(told(0))];
    for (let at = 1000; at <= 120 * minute; at += 5000) {
      rows.push(...recorder.note(confirmed(at)), ...recorder.look(at + 900, () => null));
    }
    rows.push(...recorder.close());
    expect(rows.map(short)[0]).toEqual(["told", 0]);
    const stretches = rows.slice(1).map(({ data }) => [data.from as number, data.to as number] as const);
    expect(rows).toHaveLength(9);
    // Together they say one unbroken stretch.
    for (const [index, [from]] of stretches.entries())
      expect(from).toBe(index === 0 ? 1000 : stretches[index - 1]?.[1]);
    expect(stretches.at(-1)?.[1]).toBeGreaterThan(120 * minute - 5000);
    for (const [from, to] of stretches) expect(to - from).toBeLessThan(limits.playStillMs + 5001);
  });

  test("a cable cut: confirmed until the last read-back, then once that it is not, with the reason; then again", () => {
    const recorder = new PlayRecorder();
    const rows = [...recorder.note(told(0)), ...recorder.note(confirmed(1000)), ...recorder.note(confirmed(6000))];
    for (let at = 7000; at < 10 * minute; at += 1000) rows.push(...recorder.look(at, () => "link/lost"));
    rows.push(...recorder.note(confirmed(10 * minute)), ...recorder.close());
    expect(rows.map(short)).toEqual([
      ["told", 0],
      ["confirmed", 1000, 6000],
      ["unconfirmed", 6000, "link/lost"],
      ["confirmed", 10 * minute, 10 * minute],
    ]);
  });

  test("a panel that lights the wrong dots is not confirmed from that moment", () => {
    const recorder = new PlayRecorder();
    const rows = [told(0), confirmed(1000)].flatMap((fact) => recorder.note(fact));
    for (const at of [6000, 11_000, 16_000])
      rows.push(...recorder.note({ board: "B1", at, kind: "wrong", why: "panel/frame" }));
    expect(rows.map(short)).toEqual([
      ["told", 0],
      ["confirmed", 1000, 1000],
      ["unconfirmed", 6000, "panel/frame"],
    ]);
  });

  test("of a carried file nothing is said to be confirmed, nor that it is not; a page that falls silent is told of", () => {
    const rowsOf = (via: "page" | "file") => {
      const recorder = new PlayRecorder();
      const rows = [...recorder.note({ ...told(0), via } as PlayFact)];
      for (let at = 0; at < 60 * minute; at += 1000) rows.push(...recorder.look(at, () => "panel/unseen"));
      return rows.map(short);
    };
    expect(rowsOf("file")).toEqual([["told", 0]]);
    expect(rowsOf("page")).toEqual([
      ["told", 0],
      ["unconfirmed", 0, "panel/unseen"],
    ]);
  });

  test("told again the same: no row; told another: what it had before, and until when", () => {
    const recorder = new PlayRecorder();
    const facts = [told(0), told(10), confirmed(1000), told(9000, "b".repeat(64))];
    const rows = facts.flatMap((fact) => recorder.note(fact));
    expect(rows.map(short)).toEqual([
      ["told", 0],
      ["confirmed", 1000, 1000],
      ["told", 9000],
    ]);
    expect(rows[0]?.data.before).toBeNull();
    expect(rows[2]?.data.before).toEqual({ programme: "a".repeat(64), to: 9000 });
  });

  test("a panel that lost its power ends what it had", () => {
    const recorder = new PlayRecorder();
    const rows = [told(0), { board: "B1", at: 500, kind: "ended", why: "bare" } as const, told(2000)].flatMap((fact) =>
      recorder.note(fact),
    );
    expect(rows.map(short)).toEqual([
      ["told", 0],
      ["ended", 500, "bare"],
      ["told", 2000],
    ]);
    expect(rows[2]?.data.before).toBeNull();
  });

  test("a row of a programme of very many notices fits, and says how many it leaves out", () => {
    const notices = Array.from({ length: 5000 }, (_, index) => ({
      id: `${"长".repeat(60)}${index}`,
      number: 1,
      messages: [index],
    }));
    const [row] = new PlayRecorder().note({ ...told(0), notices } as PlayFact);
    expect(JSON.stringify(row?.data).length).toBeLessThan(limits.ledgerDataBytes);
    const { notices: kept, more } = row?.data ?? {};
    expect((kept as unknown[]).length + (more as number)).toBe(5000);
  });

  test("a clock that is set back ends what was on when it was last seen", () => {
    const recorder = new PlayRecorder();
    const rows = [told(100 * minute), confirmed(101 * minute), told(40 * minute, "b".repeat(64))].flatMap((fact) =>
      recorder.note(fact),
    );
    expect(rows[1]?.data).toMatchObject({ from: 101 * minute, to: 101 * minute });
    expect(rows[2]?.data.before).toEqual({ programme: "a".repeat(64), to: 101 * minute });
  });
});

/** What happens to a board, second by second, in the plainest words; and the rows that the recorder makes of it. */
type Happening = "tell" | "confirm" | "wrong" | "lose" | "dark" | "lit" | "nothing" | "restart";
const happenings = fc.array(
  fc.tuple(
    fc.constantFrom<Happening>(
      "tell",
      "confirm",
      "confirm",
      "confirm",
      "wrong",
      "lose",
      "dark",
      "lit",
      "nothing",
      "restart",
    ),
    fc.integer({ min: 1, max: 20 }),
  ),
  { minLength: 1, maxLength: 60 },
);

test("whatever happens, the record answers for every second what was told and what was confirmed", async () => {
  await fc.assert(
    fc.asyncProperty(happenings, async (story) => {
      const store = new FakePlay();
      let recorder = new PlayRecorder();
      /** By the second: what it had been told, whether dark, what was read back right. */
      const truth: { told: string | null; dark: boolean }[] = [];
      const heard: { at: number; programme: string | null; told: string | null }[] = [];
      let [has, dark, at, count] = [null as string | null, false, base, 0];
      for (const [what, seconds] of story) {
        const note = (fact: PlayFact) => store.add(recorder.note(fact), at);
        if (what === "tell") {
          const made = programme(at, count++);
          store.keep(made);
          has = made.hash;
          note({
            ...told(at, made.hash, at + 7200_000),
            notices: [{ id: `N${count}`, number: 1, messages: [0] }],
          } as PlayFact);
        }
        if (what === "confirm" && has !== null) {
          heard.push({ at, programme: dark ? null : has, told: has });
          note(confirmed(at, dark ? null : has));
        }
        if (what === "wrong" && has !== null) note({ board: "B1", at, kind: "wrong", why: "panel/frame" });
        if (what === "lose") {
          has = null;
          note({ board: "B1", at, kind: "ended", why: "bare" });
        }
        if (what === "dark" || what === "lit") {
          dark = what === "dark";
          note({ board: "B1", at, kind: "dark", on: dark });
        }
        if (what === "restart") {
          store.add(recorder.close(), at);
          const standing = has === null ? null : { programme: has, from: at, via: "line" as const };
          recorder = new PlayRecorder(new Map([["B1", { told: standing, dark }]]), at);
        }
        for (let second = 0; second < seconds; second++) {
          truth.push({ told: has, dark });
          at += 1000;
          store.add(
            recorder.look(at, () => "link/lost"),
            at,
          );
        }
      }
      for (const [index, is] of truth.entries()) {
        const asked = base + index * 1000;
        const was = await wasOn(store, "B1", asked, at, recorder.run("B1"));
        if (!was.known) {
          expect(is.told, `second ${index}: ${was.why}`).toBeNull();
          continue;
        }
        expect(was.told.programme, `second ${index}`).toBe(is.told);
        expect(was.dark).toBe(is.dark);
        expect(was.notices.length).toBe(is.dark ? 0 : 1);
        // Confirmed is never said without a right read-back of this very programme at most a gap before.
        if (was.confirmed.state === "yes") {
          const before = heard.findLast((one) => one.at <= asked);
          expect(before?.programme).toBe(is.dark ? null : is.told);
          expect(asked - (before?.at ?? 0)).toBeLessThanOrEqual(limits.playGapMs);
        }
        // And always said at the instant of one.
        if (heard.some((one) => one.at === asked)) expect(was.confirmed.state, `second ${index}`).toBe("yes");
      }
    }),
    { numRuns: 150 },
  );
});

test("before the log began, in the future, and nothing told are told apart", async () => {
  const store = new FakePlay();
  expect(await wasOn(store, "B1", base, base)).toEqual({ known: false, why: "before-log", logFrom: null });
  store.add(new PlayRecorder().note(told(base)), base);
  expect(await wasOn(store, "B1", base - 1, base)).toEqual({ known: false, why: "before-log", logFrom: base });
  expect(await wasOn(store, "B1", base + 2, base + 1)).toMatchObject({ known: false, why: "future" });
  expect(await wasOn(store, "B2", base, base)).toMatchObject({ known: false, why: "nothing-told" });
  // After the programme's own end the panel is black by itself.
  expect(await wasOn(store, "B1", base + 121 * minute, base + 200 * minute)).toMatchObject({ why: "nothing-told" });
  expect(await wasOn(store, "B1", base + 119 * minute, base + 200 * minute)).toMatchObject({
    known: true,
    programme: null,
  });
});
