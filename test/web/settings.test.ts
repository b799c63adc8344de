/** The parts of the settings that need no browser. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Catalogue, CatalogueNode } from "../../src/notices/catalogue.ts";
import type { ScreeningRules } from "../../src/notices/screening/index.ts";
import type { Role } from "../../src/people/types.ts";
import { dateOf, dayNumberOf, partsOf } from "../../src/time/days.ts";
import { detailsOf, isAsked, nothingAsked, searchQuery, shareOf } from "../../src/web/ledger/search.ts";
import { changed, changesBetween, flat, listOf, without, withNode } from "../../src/web/settings/catalogue.ts";
import { fingerprintWords, pemOf } from "../../src/web/settings/certificate.ts";
import { inOrder } from "../../src/web/settings/periods.ts";
import { isOther, namesAs, switched, withoutTerm, withTerm } from "../../src/web/settings/screening.ts";
import { settingsName, settingsPlaces } from "../../src/web/settings/places.ts";
import { decodeText, readYears, restRuns } from "../../src/web/settings/year.ts";

const year2017 = {
  year: 2017,
  source: "国办发明电〔2016〕17号",
  restDays: [
    "2017-01-02",
    "2017-01-27",
    "2017-01-30",
    "2017-01-31",
    "2017-02-01",
    "2017-02-02",
    ...["2017-10-02", "2017-10-03", "2017-10-04", "2017-10-05", "2017-10-06"],
  ],
  workingWeekends: ["2017-01-22", "2017-02-04", "2017-09-30"],
};

describe("a year as people read it", () => {
  test("weekends beside days off belong to them, unless they are worked", () => {
    expect(restRuns(year2017)).toEqual([
      { from: "2017-01-01", until: "2017-01-02", days: 2 },
      { from: "2017-01-27", until: "2017-02-02", days: 7 },
      { from: "2017-10-01", until: "2017-10-08", days: 8 },
    ]);
    expect(restRuns({ ...year2017, restDays: ["2017-12-29", "2018-01-01", "nonsense"] })).toEqual([
      { from: "2017-12-29", until: "2017-12-31", days: 3 },
    ]);
  });

  test("every day off that is not worked is in one run, and no worked day in any", () => {
    const day = fc.integer({ min: dayNumberOf("2017-01-01") ?? 0, max: dayNumberOf("2017-12-31") ?? 0 }).map(dateOf);
    fc.assert(
      fc.property(fc.array(day, { maxLength: 40 }), fc.array(day, { maxLength: 10 }), (restDays, workingWeekends) => {
        const runs = restRuns({ year: 2017, source: "", restDays, workingWeekends });
        const holding = (date: string) => runs.filter(({ from, until }) => from <= date && date <= until).length;
        for (const date of workingWeekends) expect(holding(date)).toBe(0);
        for (const date of restDays) expect(holding(date)).toBe(workingWeekends.includes(date) ? 0 : 1);
        for (const { from, until, days } of runs)
          expect((dayNumberOf(until) ?? 0) - (dayNumberOf(from) ?? 0) + 1).toBe(days);
        // A run is as long as it can be: the days beside it are workdays, or of another year.
        for (const { from, until } of runs)
          for (const beside of [(dayNumberOf(from) ?? 0) - 1, (dayNumberOf(until) ?? 0) + 1]) {
            const { weekday, year } = partsOf(beside);
            const worked = workingWeekends.includes(dateOf(beside)) || (weekday !== 0 && weekday !== 6);
            expect(year !== 2017 || worked).toBe(true);
          }
      }),
    );
  });
});

describe("a file of years", () => {
  const yaml = "year: 2027\nsource: 国办\nrestDays: [2027-01-01]\nworkingWeekends:\n  - 2027-01-03\n";
  const read = async (text: string) => {
    const found = await readYears(text);
    return found.ok ? found.years.map(({ year, restDays }) => [year, ...restDays]) : found;
  };

  test("one year, a list, or a list under years; YAML or JSON; the rest goes to the daemon as it is", async () => {
    expect(await read(yaml)).toEqual([[2027, "2027-01-01"]]);
    const one = { year: 2027, source: "s", restDays: ["2027-01-01"], workingWeekends: [], more: 1 };
    for (const text of [one, [one], { years: [one] }]) {
      const found = await readYears(JSON.stringify(text));
      const { year: _, ...rest } = one;
      expect(found.ok && found.years.map((each) => each.rest)).toEqual([rest]);
    }
  });

  test("what cannot be read says where", async () => {
    expect(await read("year: 2027\nrestDays: [2027-01-01\nsource: x")).toMatchObject({ ok: false, wrong: "syntax" });
    expect(await read("a: 1\nb: [")).toMatchObject({ line: 2 });
    expect(await read("[]")).toMatchObject({ wrong: "none" });
    expect(await read("- year: 2027\n- year: soon")).toEqual({ ok: false, wrong: "year", item: 2 });
    expect(await read(`[${"{year: 2027},".repeat(101)}]`)).toMatchObject({ wrong: "many" });
    expect(await read(" ".repeat(300_000))).toMatchObject({ wrong: "large" });
    // Each line ten times the one before: refused by the reader, not unfolded.
    const bomb = Array.from({ length: 9 }, (_, at) => `l${at}: &l${at} [${`*l${at - 1},`.repeat(at === 0 ? 0 : 10)}]`);
    expect(await read(bomb.join("\n"))).toMatchObject({ ok: false });
  });

  test("any text has an answer, and years that are shown have only dates in words", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        const found = await readYears(text);
        if (found.ok) for (const { restDays } of found.years) expect(restDays.every((one) => typeof one === "string"));
      }),
    );
  });

  test("UTF-8, and what older editors of Windows write", () => {
    expect(decodeText(new TextEncoder().encode("国办"))).toBe("国办");
    expect(decodeText(Uint8Array.of(0xb9, 0xfa, 0xb0, 0xec))).toBe("国办");
  });
});

test("certificates: PEM stays, DER becomes it; fingerprints in pairs", () => {
  const der = Uint8Array.from({ length: 700 }, (_, at) => (at * 7) & 255);
  const pem = pemOf(der);
  expect(pem.split("\n").every((line) => line.length <= 64)).toBe(true);
  const inner = pem.replace(/-----[^-]*-----/g, "").replace(/\n/g, "");
  expect(Uint8Array.from(Buffer.from(inner, "base64"))).toEqual(der);
  expect(pemOf(new TextEncoder().encode(pem))).toBe(pem);
  expect(fingerprintWords("00abff")).toBe("00:AB:FF");
});

test("publicity periods: what somebody has to do something about stands first", () => {
  const period = (notice: string, state: Parameters<typeof inOrder>[0][number]["state"], day: string) => ({
    ...{ notice, state },
    until: `2017-11-${day}T10:00:00.000Z`,
  });
  const sorted = inOrder([
    period("N1", "closed", "01"),
    period("N2", "running", "20"),
    period("N3", "closed", "05"),
    period("N4", "running", "10"),
    period("N5", "short", "12"),
    period("N6", "awaiting-result", "03"),
  ]);
  expect(sorted.map(({ notice }) => notice)).toEqual(["N6", "N5", "N4", "N2", "N3", "N1"]);
});

test("each sees the settings that are theirs", () => {
  const names = (roles: readonly Role[], reads = true) =>
    settingsPlaces({
      ...{ reads, account: roles.length > 0 },
      may: (...some: readonly Role[]) => some.some((role) => roles.includes(role)),
    }).map(({ name }) => name);
  expect(names(["administrator"])).toEqual([
    ...["people", "calendar", "publicity", "catalogue", "issues", "screening", "senders", "network", "backup"],
  ]);
  expect(names(["maker"])).not.toContain("network");
  expect(names(["contributor"])).not.toContain("senders");
  expect(names([])).toEqual(["calendar", "publicity", "catalogue", "issues"]);
  expect(names([], false)).toEqual([]);
  expect([settingsName("issues"), settingsName("people"), settingsName(undefined)]).toEqual(["issues", null, null]);
});

describe("the catalogue as it is being changed", () => {
  const node = (code: string, ...children: readonly CatalogueNode[]): CatalogueNode => ({
    ...{ code, name: `类${code}` },
    ...(children.length > 0 && { children }),
  });
  const before: Catalogue = {
    ...{ unit: "01", other: { code: "Z", name: "其他" } },
    nodes: [node("A", node("A1"), node("A2", node("A21"))), node("B")],
  };
  const codes = ({ nodes }: Catalogue) => flat(nodes).map(({ node: { code }, depth }) => `${depth}${code}`);

  test("added below or at the top, under a code of its own; changed in its place; taken out, never with what is below", () => {
    expect(codes(before)).toEqual(["0A", "1A1", "1A2", "2A21", "0B"]);
    const added = withNode(before, "A2", node("A22"));
    expect(added && codes(added)).toEqual(["0A", "1A1", "1A2", "2A21", "2A22", "0B"]);
    for (const taken of ["A21", "B", "Z"]) expect(withNode(before, null, node(taken))).toBeNull();
    expect(codes(without(before, "A2"))).toEqual(codes(before));
    // The last one below goes, and its parent is a leaf again: it can be taken out next.
    const leaf = without(before, "A21");
    expect(codes(without(leaf, "A2"))).toEqual(["0A", "1A1", "0B"]);
    const renamed = changed(before, { code: "A2", name: "新名", mandatory: true });
    expect(codes(renamed)).toEqual(codes(before));
    expect(changesBetween(before, renamed)).toEqual([{ code: "A2", name: "新名", what: "changed" }]);
    expect(changesBetween(before, without(before, "A1"))).toMatchObject([{ code: "A1", what: "removed" }]);
    expect(changesBetween(before, added ?? before)).toMatchObject([{ code: "A22", what: "added" }]);
    expect(changesBetween(before, changed(before, { code: "B", name: "类B" }))).toEqual([]);
  });

  test("words are parted by commas of either kind and spaces, each once", () => {
    expect(listOf(" 采购信息，政府采购、采购信息 a,b ")).toEqual(["采购信息", "政府采购", "a", "b"]);
  });
});

test("screening rules: what was changed and changed back is no change", () => {
  const rules: ScreeningRules = { watch: [], watchOff: ["a"], names: { x: "full" }, consultationDays: 30 };
  const term = withTerm(rules, { wrong: "清石", right: "青石" });
  expect([isOther(rules, term), isOther(rules, withoutTerm(term, "清石"))]).toEqual([true, false]);
  expect(withTerm(term, { wrong: "清石", right: "青石港" }).watch).toHaveLength(1);
  expect(isOther(rules, switched(switched(rules, "b", false), "b", true))).toBe(false);
  expect(isOther(rules, switched(rules, "a", true))).toBe(true);
  expect(isOther(rules, namesAs(namesAs(rules, "y", "masked"), "y", null))).toBe(false);
});

test("the register is asked for whole days, the last one included; wrong days are not asked for", () => {
  const of = (from: string, until: string) => searchQuery({ ...nothingAsked, words: " N05 ", from, until }, 9, 30);
  expect(of("2018-02-28", "2018-02-28")).toBe("words=N05&from=2018-02-28&until=2018-03-01&before=9&most=30");
  expect(of("", "")).toBe("words=N05&before=9&most=30");
  for (const [from, until] of [
    ["2018-02-30", ""],
    ["2018-03-02", "2018-03-01"],
    ["", "soon"],
  ] as const)
    expect(of(from, until)).toBeNull();
  expect([
    isAsked(nothingAsked),
    isAsked({ ...nothingAsked, words: " " }),
    isAsked({ ...nothingAsked, board: "B1" }),
  ]).toEqual([...[false, false, true]]);
  expect([shareOf(999, 1000), shareOf(1, 1), shareOf(0, 0)]).toEqual(["99.9 %", "100 %", "\u2014"]);
  const data = { title: "停水", reason: "停水", note: "已贴", name: "甲" };
  expect(detailsOf({ data })).toBe("停水 \u00b7 已贴");
});
