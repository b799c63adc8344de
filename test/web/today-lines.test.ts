/** What today's list, the places and the tour say and lead to, without a browser. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { todayGroups, todayKinds } from "../../src/api/today.ts";
import type { TodayJson } from "../../src/api/today-schemas.ts";
import type { Role } from "../../src/people/types.ts";
import { bottomOf, isHere, placesFor, waitingAt } from "../../src/web/places.ts";
import { allOf, countDo, nextOf, type TodayItemJson } from "../../src/web/today-lines.ts";
import { wayOf, ways } from "../../src/web/today-ways.ts";
import { viewNames } from "../../src/web/view-names.ts";
import { isDone, readKept, tourPlaces, tourSteps } from "../../src/web/tour-steps.ts";

const wordsOf = (area: string, language: string) =>
  JSON.parse(readFileSync(new URL(`../../src/web/locales/${area}.${language}.json`, import.meta.url), "utf8"))[area];
const item = (differences: Partial<TodayItemJson>): TodayItemJson => ({
  ...{ kind: "draft", title: "题", notice: null, case: null, draft: false, boards: [], number: null },
  ...{ since: null, until: null, late: false, people: [], says: null, remedy: null, ...differences },
});

describe("today's list", () => {
  test("every kind and group has its words, and every kind its one thing to do", () => {
    for (const language of ["zh-CN", "en"]) {
      const { kind, next, group } = wordsOf("today", language);
      const { plays: _, ...does } = next;
      expect(Object.keys(kind).sort()).toEqual([...todayKinds].sort());
      // What a fault leads to says it itself.
      expect(Object.keys({ ...does, fault: "", reminder: "" }).sort()).toEqual([...todayKinds].sort());
      expect(Object.keys(wordsOf("today", language).way).sort()).toEqual([...ways].sort());
      expect(Object.keys(group)).toEqual([...todayGroups]);
    }
  });

  test("a line leads straight there, whatever its names have in them", () => {
    const all = { notice: "a/b", case: "2017-0001", boards: ["B 1"], number: "3" };
    const led = Object.fromEntries(todayKinds.map((kind) => [kind, nextOf(item({ ...all, kind }))]));
    expect(led).toEqual({
      received: { go: "#/warnings/3" },
      countersignature: { go: "#/cases/2017-0001" },
      overdue: { go: "#/cases/2017-0001" },
      held: { go: "#/draft/a%2Fb" },
      result: { open: "result", notice: "a/b" },
      dark: { open: "dark" },
      takedown: { open: "takedown", id: "3" },
      fault: { go: "#/board/B%201", way: "see" },
      report: { go: "#/board/B%201" },
      signature: { go: "#/cases/2017-0001" },
      "office-review": { go: "#/cases/2017-0001" },
      returned: { go: "#/draft/a%2Fb" },
      "handed-in": { go: "#/draft/a%2Fb" },
      decision: { go: "#/draft/a%2Fb" },
      draft: { go: "#/draft/a%2Fb" },
      post: { go: "#/paper" },
      "take-down": { go: "#/paper" },
      carry: { go: "#/paper" },
      reminder: { go: "#/board/B%201", way: "see" },
      calendar: { go: "#/settings/calendar" },
      people: { go: "#/people" },
      "first-board": { go: "#/boards/~new" },
    });
    expect(nextOf(item({ kind: "overdue", notice: "N1", draft: true }))).toEqual({ go: "#/draft/N1" });
    expect(nextOf(item({ kind: "fault" }))).toEqual({ go: "#/", way: "see" });
    expect(todayGroups.map(allOf)).toEqual([
      ...["#/warnings", null, null, null, "#/cases", "#/cases", "#/drafts", "#/paper", "#/paper", null],
    ]);
  });
});

describe("a fault leads to where something can be done about it", () => {
  const go = (code: string, differences: Partial<TodayItemJson> = {}) => {
    const { way, go: address } = wayOf(item({ kind: "fault", boards: ["B1"], code, ...differences }));
    return `${way} ${address}`;
  };
  /** By hand, from what each says is to be done: those that can stand on a board. */
  const table: Readonly<Record<string, string>> = {
    "panel/key-ends": "screen #/boards/B1",
    "panel/no-page": "screen #/boards/B1",
    "panel/unseen": "screen #/boards/B1",
    "panel/hidden": "screen #/boards/B1",
    "panel/clock": "line #/boards/B1",
    "panel/card": "line #/boards/B1",
    "link/refused": "line #/boards/B1",
    "link/lost": "line #/boards/B1",
    "link/no-answer": "line #/boards/B1",
    "wire/noise": "line #/boards/B1",
    "board/unchecked": "check #/boards/B1/check",
    "board/stale": "write #/new",
    "board/empty-slot": "write #/new",
    "board/expired-lit": "see #/board/B1",
    "board/overfull": "schedule #/schedule/B1",
    "board/default-unsigned": "device #/boards/B1",
    "board/dark-unkept": "dark null",
    "seal/refused": "notice #/notices/N1",
    "notice/does-not-fit": "notice #/notices/N1",
    "message/altered": "see #/board/B1",
    "calendar/unknown": "calendar #/settings/calendar",
    "calendar/ending": "calendar #/settings/calendar",
    "job/failed": "backup #/settings/backup",
    "job/no-backup": "backup #/settings/backup",
    "ledger/broken": "ledger #/ledger/check",
    "door/certificate": "network #/settings/network",
    "clock/wrong": "device #/boards/B1",
    "warning/waiting": "warnings #/warnings",
    "paper/not-posted": "paper #/paper",
    "publicity/running": "publicity #/settings/publicity",
  };
  const ofNotice = new Set(["seal/refused", "notice/does-not-fit"]);

  test("each to its own place", () => {
    const led = Object.keys(table).map((code) => [code, go(code, ofNotice.has(code) ? { notice: "N1" } : {})]);
    expect(Object.fromEntries(led)).toEqual(table);
    expect(go("board/empty-slot", { notice: "N1", draft: true })).toBe("draft #/draft/N1");
    expect(go("clock/wrong", { boards: [] })).toBe("device #/boards");
    expect(go("link/lost", { boards: [] })).toBe("device #/boards");
  });

  test("no code that there is leads nowhere", () => {
    const source = readFileSync(new URL("../house/faults.test.ts", import.meta.url), "utf8");
    const codes = [...source.matchAll(/^ {2}"([a-z]+\/[a-z-]+)":/gm)].flatMap(([, code]) => code ?? []);
    expect(codes.length).toBeGreaterThan(120);
    expect(codes.filter((code) => code in table).sort()).toEqual(Object.keys(table).sort());
    for (const code of codes)
      for (const boards of [[], ["B1"]]) {
        const next = nextOf(item({ kind: "fault", code, boards }));
        if (!("go" in next)) continue;
        const [name] = next.go.slice(2).split("/");
        expect([code, ["", "board", ...viewNames].includes(name ?? "?")]).toEqual([code, true]);
      }
  });
});

test("every view says what it is for, in both languages", () => {
  const source = readFileSync(new URL("../../src/web/view-names.ts", import.meta.url), "utf8");
  const views = [...(/viewNames = \[([^\]]*)\]/.exec(source)?.[1] ?? "").matchAll(/"([\w-]+)"/g)].map(
    ([, view]) => view,
  );
  expect(views).toContain("wall");
  for (const language of ["zh-CN", "en"]) {
    const { view } = wordsOf("help", language);
    expect(views.filter((one) => one !== undefined && !(one in view))).toEqual([]);
    for (const one of Object.values(view)) expect(Object.keys(one as object)).toEqual(["title", "what", "next"]);
  }
});

describe("places", () => {
  const visitor = (roles: readonly Role[], account = roles.length > 0) => ({
    ...{ reads: true, known: account, account },
    may: (...some: readonly Role[]) => some.some((role) => roles.includes(role)),
  });
  const names = (roles: readonly Role[]) => placesFor(visitor(roles)).map(({ view }) => view);

  test("each sees what is theirs, today first; a visitor begins with the boards", () => {
    expect(names([])[0]).toBe("wall");
    expect(names([]).filter((view) => ["today", "drafts", "settings", "warnings"].includes(view))).toEqual([]);
    expect(names(["maker"])[0]).toBe("today");
    expect(names(["maker"])).toContain("drafts");
    expect(names(["signer"])).not.toContain("drafts");
    expect([names(["signer"]), names(["maker"])].map((all) => all.includes("notices"))).toEqual([true, false]);
    expect(names(["contributor"])).not.toContain("warnings");
  });

  test("on a phone four are at hand, in the order of all", () => {
    for (const roles of [[], ["maker"], ["signer"], ["auditor"], ["contributor"]] as const) {
      const places = placesFor(visitor(roles));
      const bottom = bottomOf(places);
      expect(bottom.length).toBeLessThanOrEqual(4);
      expect(places.filter((place) => bottom.includes(place))).toEqual(bottom);
    }
    expect(bottomOf(placesFor(visitor(["maker"]))).map(({ view }) => view)).toEqual([
      "today",
      "wall",
      "drafts",
      "cases",
    ]);
  });

  test("what waits is counted where it is done, with what is not listed; reminders wait for nobody", () => {
    const groups: TodayJson["groups"] = [
      { group: "late", items: [item({}), item({})], more: 0 },
      { group: "sign", items: [item({})], more: 4 },
      { group: "reminders", items: [item({})], more: 0 },
    ];
    const today = { at: "2017-11-06T00:30:00.000Z", groups };
    const at = (view: string) => {
      const place = placesFor(visitor(["maker", "signer"])).find((one) => one.view === view);
      return place && waitingAt(place, today);
    };
    expect([at("today"), at("cases"), at("drafts"), at("wall")]).toEqual([7, 5, 0, 0]);
    expect(countDo(groups)).toBe(7);
  });

  test("a notice that is written belongs to the notices", () => {
    const drafts = placesFor(visitor(["maker"])).find(({ view }) => view === "drafts");
    expect(drafts && [isHere(drafts, "draft"), isHere(drafts, "drafts"), isHere(drafts, "wall")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("the tour", () => {
  const seen = (differences: object) => ({ view: "wall", words: [], roles: [], state: null, ...differences }) as never;

  test("every step has its words and its place", () => {
    for (const language of ["zh-CN", "en"]) expect(Object.keys(wordsOf("tour", language).do)).toEqual([...tourSteps]);
    expect(Object.keys(tourPlaces)).toEqual([...tourSteps]);
  });

  test("a step is done by what is seen, and by nothing of another step", () => {
    const done: Partial<Record<(typeof tourSteps)[number], object>> = {
      enter: { roles: ["maker"] },
      write: { view: "draft", words: ["2017-0001"] },
      submit: { view: "cases", words: ["2017-0001"] },
      signer: { roles: ["signer"] },
      sign: { state: "signed" },
      withdraw: { state: "withdrawn" },
    };
    for (const step of tourSteps) {
      expect(isDone(step, seen({})), step).toBe(false);
      // What was signed and withdrawn since was signed.
      for (const [other, what] of Object.entries(done))
        if (!(step === "sign" && other === "withdraw"))
          expect(isDone(step, seen(what)), `${step} ${other}`).toBe(step === other);
    }
  });

  test("what was kept by anything else is as if nothing had been", () => {
    const kept = { state: "asked", step: 3, case: "2017-0001" };
    expect(readKept(JSON.stringify(kept))).toEqual(kept);
    const nothing = { state: "new", step: 0, case: null };
    for (const text of [
      null,
      "",
      "{",
      "3",
      '{"state":"on","step":99}',
      '{"state":"on","step":-1}',
      '{"state":"x","step":1}',
    ])
      expect(readKept(text), String(text)).toEqual(nothing);
  });
});
