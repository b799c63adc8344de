/** The boards as devices, without a browser: which comes first, what is said of a link, what a check looks at. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { patternsOf } from "../../src/message/index.ts";
import type { BoardJson } from "../../src/web/api.ts";
import { found, reportOf, stepsOf } from "../../src/web/boards/check.ts";
import {
  changesOf,
  documentOf,
  emptyForm,
  hoursFields,
  hoursOf,
  linkChanged,
  linkFields,
  stepsFor,
} from "../../src/web/boards/installation.ts";
import { editSite } from "../../src/config/edit.ts";
import { board as boardText, file as fileText } from "../config/small-file.ts";
import { percentOf, spellOf, stretchesOf } from "../../src/web/boards/health.ts";
import { reasonOf } from "../../src/web/boards/why.ts";
import { matches, ranked, type Trouble, troubleOf } from "../../src/web/boards/rank.ts";
import { judgeFacts } from "../../src/web/facts.ts";
import { fakeOffice, practiceStart } from "../preview/fake-office.ts";
import zh from "../../src/web/locales/boards.zh-CN.json" with { type: "json" };

const board = (id: string, more: Partial<BoardJson> = {}) =>
  ({ id, name: `${id}屏`, place: "大厅", model: "P10 单红", link: { shared: null }, ...more }) as BoardJson;

const answering = { link: { kind: "serial" }, capabilities: { readBack: true } } as const;

describe("the table", () => {
  test("trouble first, then what is to be watched, then by number", () => {
    const of = (id: string, trouble: Trouble) => ({ board: board(id), trouble });
    const all = [of("B10", "none"), of("B9", "waiting"), of("B2", "none"), of("B11", "bad"), of("B3", "bad")];
    expect(ranked(all).map((one) => one.board.id)).toEqual(["B3", "B11", "B9", "B2", "B10"]);
  });

  test("boards of one line are together, where the first of them is", () => {
    const of = (id: string, trouble: Trouble, ...mates: readonly string[]) => {
      const shared = mates.length === 0 ? null : { number: 1, with: mates };
      return { board: board(id, { link: { shared } as unknown as BoardJson["link"] }), trouble };
    };
    const all = [of("B1", "none"), of("B2", "none", "B9", "B4"), of("B3", "bad"), of("B4", "none", "B2", "B9")];
    const with9 = (trouble: Trouble) => ranked([...all, of("B9", trouble, "B2", "B4")]).map((one) => one.board.id);
    expect(with9("none")).toEqual(["B3", "B1", "B2", "B4", "B9"]);
    expect(with9("bad")).toEqual(["B3", "B9", "B2", "B4", "B1"]);
    // One of them is not among those that are sought.
    expect(ranked(all).map((one) => one.board.id)).toEqual(["B3", "B1", "B2", "B4"]);
  });

  test("a line that is down is trouble, a reminder is to be watched, dark is, too", async () => {
    const known = (await fakeOffice()).preview().boards[1] ?? expect.fail();
    const of = (change: Partial<typeof known>) => {
      const preview = { ...known, ...change };
      return troubleOf(preview, judgeFacts(preview, answering, practiceStart + 2000, true));
    };
    const facts = { ...known.facts, faults: [] };
    const stale = { code: "board/stale", board: "B2", since: "2017-10-01", days: 30 } as const;
    const dark = { since: practiceStart, by: "丁", reason: "画面异常" };
    expect(of({ facts })).toBe("none");
    expect(of({ facts: { ...facts, link: "down" } })).toBe("bad");
    expect(of({ facts: { ...facts, faults: [{ fault: { code: "panel/unseen", board: "B2" }, at: 0 }] } })).toBe("bad");
    expect(of({ facts: { ...facts, faults: [{ fault: stale, at: 0 }] } })).toBe("waiting");
    expect(of({ facts, above: { dark, maintenance: null, reports: [] } })).toBe("waiting");
    const intended = (above?: NonNullable<typeof known.above>) =>
      judgeFacts({ ...known, ...(above && { above }) }, answering, practiceStart + 2000, true)[0]?.state;
    expect([intended(), intended({ dark, maintenance: null, reports: [] })]).toEqual(["planned", "dark"]);
    const maintenance = { pattern: "border", until: practiceStart + 60_000, by: "丁", reason: "检修" };
    expect(intended({ dark: null, maintenance, reports: [] })).toBe("test-picture");
    expect(troubleOf(undefined, [])).toBe("none");
  });

  test("every word is sought, wherever it stands", () => {
    expect(matches(board("B12"), "屏幕管理员丁", "b12 大厅 丁")).toBe(true);
    expect(matches(board("B12"), "屏幕管理员丁", "b12 二楼")).toBe(false);
    expect(matches(board("B12"), "", "")).toBe(true);
  });
});

describe("a link in words", () => {
  test("never whole where anything was missing, never nothing where anything was there", () => {
    expect([1, 0.9999, 0.987, 0.0001, 0].map(percentOf)).toEqual(["100", "99.9", "98.7", "0.1", "0"]);
  });

  test("as people say how long", () => {
    const said = [200, 40_000, 720_000, 3 * 3_600_000, 3 * 86_400_000].map(spellOf);
    expect(said.map(({ unit, count }) => `${count} ${unit}`)).toEqual([
      ...["1 seconds", "40 seconds", "12 minutes", "3 hours", "3 days"],
    ]);
  });

  test("the stretches of a strip are its parts, put together", () => {
    const state = fc.constantFrom("reached" as const, "unreached" as const, "dark" as const);
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 120 }), (cells) => {
        const stretches = stretchesOf(cells);
        for (const [index, cell] of cells.entries()) {
          const middle = ((index + 0.5) * 100) / cells.length;
          expect(stretches.find(({ from, width }) => from <= middle && middle < from + width)?.state).toBe(cell);
        }
        for (const [index, one] of stretches.entries()) expect(stretches[index + 1]?.state).not.toBe(one.state);
      }),
    );
  });
});

test("why a line broke is said in words, with what to do; what nobody knows, too", () => {
  const words = zh.boards.why as Readonly<Record<string, { what: string; do: string }>>;
  for (const code of ["link/lost", "panel/frame", "no-read-back", "seal/refused"])
    expect(words[reasonOf(code)]).toMatchObject({ what: expect.stringMatching(/./), do: expect.stringMatching(/./) });
  expect(reasonOf("link/lost")).toBe("link-lost");
  expect(reasonOf("seal/refused")).toBe("other");
});

describe("the check", () => {
  const panel = (colour: "mono" | "dual" | "rgb") => ({ width: 64, height: 32, colour, ledColour: null });

  test.each(["mono", "dual", "rgb"] as const)(
    "%s: pictures that such a panel has, the line first, every dot last",
    (colour) => {
      const steps = stepsOf({ panel: panel(colour), device: "led" });
      const names = steps.map(({ name }) => name);
      expect([names[0], names[names.length - 1], new Set(names).size]).toEqual(["link", "all", names.length]);
      for (const { pattern } of steps) if (pattern !== null) expect(patternsOf(colour)).toContain(pattern);
      for (const { name, causes } of steps) {
        expect(zh.boards.check.step).toHaveProperty(name);
        for (const cause of causes) expect(zh.boards.check.cause).toHaveProperty(cause);
        expect(causes[causes.length - 1]).toBe("other");
      }
    },
  );

  test("a screen has no modules; three colours are looked at where there are three", () => {
    const names = (colour: "mono" | "rgb", device: "led" | "lcd") =>
      stepsOf({ panel: panel(colour), device }).map(({ name }) => name);
    expect(names("rgb", "lcd")).not.toContain("modules");
    expect(names("rgb", "led")).toEqual(expect.arrayContaining(["red", "green", "blue", "modules"]));
    expect(names("mono", "led").filter((name) => ["red", "green", "blue", "lit"].includes(name))).toEqual(["lit"]);
  });

  test("who looks again has the last word; a long report says that it is cut", () => {
    const first = found([], { step: "red", cause: "colours", words: "偏绿" });
    expect(found(first, { step: "red", cause: null, words: "" })).toEqual([{ step: "red", cause: null, words: "" }]);
    expect(reportOf(["一二三", "四五"], 10, "…")).toBe("一二三四五");
    expect(reportOf(["一二三", "四五六"], 5, "…")).toBe("一二三四…");
  });
});

describe("the form of a board", () => {
  const filled = {
    ...emptyForm(["B1", "B9", "C3"]),
    name: " 东门 ",
    place: "东门",
    width: 96,
    height: 32,
    host: " h ",
  };

  test("its id is the next one; what is usual is left out, as people leave it out", () => {
    expect(filled.id).toBe("B10");
    expect(documentOf({ ...filled, custodian: " ", model: "" })).toEqual({
      ...{ id: "B10", name: "东门", place: "东门", device: "led" },
      panel: { width: 96, height: 32, colour: "mono", led: "#ff2a12" },
      link: { kind: "tcp-out", host: "h", port: 5005 },
    });
    expect(documentOf({ ...filled, device: "lcd", colour: "mono" })).toMatchObject({
      panel: { width: 96, height: 32, colour: "rgb" },
      link: { kind: "browser" },
    });
    const cabinet = documentOf({ ...filled, device: "paper", paper: "A3", from: "08:00" });
    expect(cabinet).toEqual({ id: "B10", name: "东门", place: "东门", device: "paper", paper: "A3" });
    expect(stepsFor("paper")).toEqual(["where", "panel", "write"]);
  });

  test("whatever is filled in, the installation file takes it", () => {
    const forms = fc.record({
      device: fc.constantFrom("led" as const, "lcd" as const, "paper+led" as const, "paper" as const),
      link: fc.constantFrom("tcp-out" as const, "tcp-in" as const, "serial" as const, "carried" as const),
      colour: fc.constantFrom("mono" as const, "dual" as const, "rgb" as const),
      days: fc.constantFrom("everyday" as const, "workday" as const, "restday" as const),
      from: fc.constantFrom("", "07:30"),
      until: fc.constantFrom("", "21:00", "06:00"),
      address: fc.constantFrom("" as const, 1, 254),
      baud: fc.constantFrom(9600, 115_200),
      behindServer: fc.boolean(),
      custodian: fc.constantFrom("", "丁"),
    });
    fc.assert(
      fc.property(forms, (form) => {
        const document = documentOf({ ...filled, path: "/dev/ttyUSB0", ...form });
        const edit = editSite(fileText(boardText("B1")), "f", { kind: "add", board: document });
        expect(edit).toMatchObject({ ok: true });
        expect(hoursOf(hoursFields(document.hours))).toBe(document.hours ?? null);
        const { link } = document;
        if (link)
          expect(linkChanged(link, { ...filled, device: form.device, ...linkFields(link, null) }, null)).toBe(link);
      }),
    );
  });

  test("a serial server before the sign has a speed, whichever it is; without one there is none", () => {
    const written = { kind: "tcp-out", host: "h", port: 5005 } as const;
    for (const baud of [9600, 115_200]) {
      const behind = { ...written, baud };
      const form = { ...filled, ...linkFields(behind, null) };
      expect(form).toMatchObject({ behindServer: true, baud });
      expect(linkChanged(behind, { ...form, behindServer: false }, null)).toEqual(written);
      const bare = { ...filled, ...linkFields(written, null) };
      expect(linkChanged(written, { ...bare, behindServer: true, baud }, null)).toEqual(behind);
    }
  });

  test("only what is otherwise is sent, and null for what is gone", () => {
    const before = { ...documentOf(filled), custodian: "丁", quiet: ["22:00-07:00"] };
    expect(changesOf(before, { name: "东门", custodian: "丁", quiet: ["22:00-07:00"], model: null })).toBeNull();
    expect(changesOf(before, { custodian: null, place: "西门" })).toEqual({ custodian: null, place: "西门" });
  });

  test.each([
    ["08:00-18:00 工作日", { from: "08:00", until: "18:00", days: "workday" }],
    ["00:00-24:00 restday", { from: "00:00", until: "", days: "restday" }],
    [undefined, { from: "", until: "", days: "everyday" }],
  ] as const)("hours as somebody wrote them: %s", (written, fields) => {
    expect(hoursFields(written)).toEqual(fields);
  });
});
