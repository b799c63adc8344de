/** Boards that pages play: each page is held to what it was offered; the board is as sure as the least sure of them. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { limits } from "../../src/limits.ts";
import { blankMessage, crc32, frameAt, lookup, programmeId } from "../../src/message/index.ts";
import type { PlayEvent, Wanted } from "../../src/panels/contract.ts";
import { pageBoard } from "../../src/panels/delivery/page-board.ts";
import type { PageGuest, PageReport } from "../../src/panels/pages.ts";
import { base, FakeSeals, picture, sealed, shape, wantedOf } from "./town.ts";

const hour = 3_600_000;
const [red, blue] = [picture(0x0f), picture(0xf0)];
let now = base;
let seals: FakeSeals;
let events: PlayEvent[];
let board: ReturnType<typeof pageBoard>;
const open = (expected = false, holdMs = 0) =>
  pageBoard(wantedOf([]), {
    ...{ seals, expected, holdMs, clock: { now: () => now }, monotonicMs: () => now },
    ...{ changed: () => {}, witness: (event: PlayEvent) => events.push(event) },
  });
const showing = (notice: string, message = red, change: Partial<Wanted> = {}) =>
  sealed(seals, wantedOf([{ fromMs: 0, untilMs: 2 * hour, show: [[notice, message]] }], change));

beforeEach(() => {
  vi.useFakeTimers();
  now = base + 5000;
  seals = new FakeSeals();
  events = [];
  board = open();
});
afterEach(async () => {
  await board.stop();
  vi.useRealTimers();
});

/** A page that does as it is told, and says so. */
class Page {
  readonly guest: PageGuest;
  plays: Wanted | null = null;
  dark = false;

  constructor(id: string) {
    const guest = board.join({ id, from: "192.0.2.9" }, () => this.look());
    if (!guest) throw new Error("full");
    this.guest = guest;
    this.look();
  }
  look(): void {
    const offer = this.guest?.next();
    if (!offer) return;
    this.dark = offer.dark;
    if (offer.programme) this.plays = offer.programme.wanted;
  }
  says(change: Partial<PageReport> = {}): void {
    const { plays } = this;
    const found = plays && lookup(plays.programme, now);
    const lit =
      this.dark || !plays
        ? new Uint8Array(32)
        : frameAt(plays.programme, (hash) => plays.messages.get(hash), now).pixels;
    const why = this.dark ? "dark" : !plays ? "bare" : found?.message ? "turn" : "blank";
    const times = { at: now, sentAt: now, roundTripMs: 4 };
    const programme = plays && programmeId(plays.programme);
    const message = this.dark ? null : (found?.message ?? null);
    const said = { ...times, programme, message, why, frameCrc: crc32(lit), hidden: false, ...change } as const;
    this.guest.heard(said, { askedAt: now - 4, heardAt: now });
  }
}

const codes = () => board.facts().faults.map(({ fault }) => fault.code);

describe("one page", () => {
  test("nothing is said to be sent before the page has it, nothing confirmed before it was read back", () => {
    board.want(showing("R1"));
    expect(board.facts()).toMatchObject({ intended: { notice: "R1" }, sent: null, confirmed: null, link: "browser" });
    const page = new Page("p1");
    expect(board.facts()).toMatchObject({ sent: null, confirmed: null, link: "connected" });
    page.says();
    expect(board.facts()).toMatchObject({ sent: { notice: "R1" }, confirmed: { notice: "R1", at: now } });
    expect(board.facts().faults).toEqual([]);
    expect(events.map(({ kind }) => kind)).toEqual(["told", "confirmed"]);
  });

  const dishonest: [string, Partial<PageReport>, string][] = [
    ["another frame", { frameCrc: 1 }, "panel/frame"],
    ["another message", { message: blue.hash }, "panel/frame"],
    [
      "black where something is due",
      { message: null, why: "blank", frameCrc: crc32(new Uint8Array(32)) },
      "panel/frame",
    ],
    ["a clock a second ahead", { sentAt: base + 6000, at: base + 6000 }, "panel/clock"],
    ["a clock a second behind", { sentAt: base + 4000, at: base + 4000 }, "panel/clock"],
    ["a frame of long ago", { at: base - 10_000 }, "panel/frame"],
    ["a page that nobody sees", { hidden: true }, "panel/hidden"],
  ];
  test.each(dishonest)("%s is not confirmed", (_name, change, code) => {
    board.want(showing("R1"));
    const page = new Page("p1");
    page.says(change);
    expect(board.facts().confirmed).toBeNull();
    expect(codes()).toContain(code);
    expect(events.filter(({ kind }) => kind === "confirmed")).toEqual([]);
    page.says();
    expect(board.facts().confirmed).toMatchObject({ notice: "R1" });
    expect(codes()).toEqual([]);
  });

  test("a programme that it was never offered is no confirmation", () => {
    board.want(showing("R1"));
    const page = new Page("p1");
    page.says({ programme: "ab".repeat(32) });
    expect(board.facts()).toMatchObject({ sent: null, confirmed: null });
  });

  test("dark at once, and confirmed dark by black dots only", () => {
    board.want(showing("R1"));
    const page = new Page("p1");
    page.says();
    board.want(showing("R1", red, { dark: true }));
    expect(page.dark).toBe(true);
    page.says({ frameCrc: 1 });
    expect(board.facts().dark).toBeNull();
    now += 10;
    page.says();
    expect(board.facts()).toMatchObject({ dark: now, confirmed: { message: blankMessage(shape).hash, notice: null } });
    expect(board.holding().readBack?.wanted.dark).toBe(true);
    expect(events.filter(({ kind }) => kind === "dark")).toMatchObject([{ on: true }]);
  });

  test("what may not be lit any more is offered to nobody, its dots least of all, and what has it goes dark", () => {
    board.want(showing("R1"));
    const page = new Page("p1");
    page.says();
    expect(board.message(red.hash)?.hash).toBe(red.hash);
    seals.sign("R1", red, { withdrawnAt: now });
    now += 1100;
    page.look();
    expect(board.message(red.hash)).toBeNull();
    now += 2100;
    page.look();
    expect(page.dark).toBe(true);
    expect(codes()).toContain("seal/refused");
  });

  test("a message that no page is offered is nobody's", () => {
    board.want(showing("R1"));
    expect(board.message(red.hash)).toBeNull();
    new Page("p1");
    expect(board.message(blue.hash)).toBeNull();
  });

  test("unheard for a quarter of a minute it is not seen since", () => {
    board.want(showing("R1"));
    const page = new Page("p1");
    page.says();
    const seen = now;
    now += limits.pageSilenceMs;
    expect(codes()).toEqual([]);
    now += 1;
    expect(board.facts().faults).toEqual([{ fault: { code: "panel/unseen", board: "B1" }, at: seen }]);
    expect(board.facts().confirmed?.at).toBe(seen);
    page.guest.leave();
    expect(board.facts()).toMatchObject({ link: "waiting", confirmed: { at: seen } });
  });

  test("where pages are expected, none at all is a fault too, after a while", () => {
    board = open(true);
    expect([codes(), board.facts().link]).toEqual([[], "waiting"]);
    now += limits.pageSilenceMs + 1;
    expect(board.facts().faults).toMatchObject([{ fault: { code: "panel/no-page" } }]);
  });
});

describe("several pages", () => {
  test("confirmed only if all agree; each is listed", () => {
    board.want(showing("R1"));
    const [one, other] = [new Page("p1"), new Page("p2")];
    one.says();
    expect(board.facts()).toMatchObject({ sent: null, confirmed: null });
    other.says({ frameCrc: 1 });
    expect(board.facts().confirmed).toBeNull();
    expect(board.pages().map(({ id, state }) => [id, state])).toEqual([
      ["p1", "confirmed"],
      ["p2", "wrong"],
    ]);
    now += 10;
    other.says();
    expect(board.facts().confirmed).toMatchObject({ notice: "R1", at: now - 10 });
  });

  test("withdrawn is confirmed when every one of them has gone on, also one that went away lit", () => {
    board.want(showing("R1"));
    const [one, other] = [new Page("p1"), new Page("p2")];
    one.says();
    other.says();
    other.guest.leave();
    now += 10;
    board.want(showing("R2", blue));
    one.says();
    expect(board.holding().readBack).toBeNull();
    expect(board.holding().may.some(({ owners }) => owners.flat().includes("R1"))).toBe(true);
    // Come back under its name, it says what it has.
    const again = new Page("p2");
    again.says();
    expect(board.holding().may.some(({ owners }) => owners.flat().includes("R1"))).toBe(false);
    expect(board.holding().readBack?.wanted.owners.flat()).toContain("R2");
  });

  test("one that went away dark holds nobody up; one that went away lit does until its programme ends", () => {
    board.want(showing("R1"));
    const [one, other] = [new Page("p1"), new Page("p2")];
    one.says();
    other.says();
    other.guest.leave();
    board.want(showing("R1", red, { dark: true }));
    one.says();
    expect(board.facts().dark).toBeNull();
    expect(board.holding().readBack).toBeNull();
    now = base + 2 * hour;
    expect(board.holding().may).toEqual([]);
    expect(board.facts().dark).not.toBeNull();
  });

  test("after a restart nothing is known for as long as a page that has not come back may go on", () => {
    board.want(showing("R1"));
    for (const id of ["p1", "p2"]) new Page(id).says();
    expect(board.holding().known).toBe(true);
    board = open(false, 2 * hour);
    board.want(showing("R2", blue));
    const back = new Page("p2");
    back.says();
    expect(board.holding()).toMatchObject({ known: false, readBack: { at: now } });
    now += 2 * hour - 1;
    expect(board.holding().known).toBe(false);
    now += 1;
    expect(board.holding().known).toBe(true);
  });

  test("one that went away lit is a fault, since when and until when, whatever the others say", () => {
    board.want(showing("R1"));
    const [one, other] = [new Page("p1"), new Page("p2")];
    one.says();
    other.says();
    const seen = now;
    other.guest.leave();
    now += 1000;
    one.says();
    const fault = { code: "panel/unseen", board: "B1", until: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d$/) };
    expect(board.facts().faults).toEqual([{ fault, at: seen }]);
    now = base + 2 * hour;
    one.says();
    expect(codes()).not.toContain("panel/unseen");
  });

  test("come back, it is no fault any more; gone dark, it never was", () => {
    board.want(showing("R1"));
    const [one, other] = [new Page("p1"), new Page("p2")];
    one.says();
    other.says();
    other.guest.leave();
    expect(codes()).toEqual(["panel/unseen"]);
    const again = new Page("p2");
    again.says();
    expect(codes()).toEqual([]);
    board.want(showing("R1", red, { dark: true }));
    one.says();
    again.says();
    again.guest.leave();
    expect(codes()).toEqual([]);
  });

  test("more than are remembered went away lit: until the last of those ends nothing is sure", () => {
    board.want(showing("R1"));
    const one = new Page("p1");
    one.says();
    const leave = (id: string) => new Page(id).guest.leave();
    leave("lost");
    const short = sealed(seals, wantedOf([{ fromMs: 0, untilMs: hour, show: [["R2", blue]] }]));
    board.want(short);
    for (let count = 0; count < limits.pagesRemembered; count++) leave(`q${count}`);
    one.says();
    now = base + hour;
    board.want(showing("R3", blue));
    one.says();
    expect(board.holding()).toMatchObject({ known: false, readBack: null });
    expect(codes()).toContain("panel/unseen");
    now = base + 2 * hour;
    one.says();
    expect(board.holding().known).toBe(true);
    expect(codes()).not.toContain("panel/unseen");
  });

  test("there is room for so many and no more", () => {
    for (let count = 0; count < limits.pagesPerBoard; count++) new Page(`p${count}`);
    expect(board.join({ id: "more", from: "192.0.2.9" }, () => {})).toBeNull();
    expect(board.pages()).toHaveLength(limits.pagesPerBoard);
  });
});
