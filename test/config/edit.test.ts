/** Boards that are added to, changed in and taken out of an installation file, which somebody wrote and will read. */
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assetUrl } from "../../src/config/index.ts";
import { type BoardEdit, editSite, writtenBoards } from "../../src/config/edit.ts";
import type { BoardDocument } from "../../src/config/schema.ts";
import { board, file } from "./small-file.ts";

const example = await readFile(assetUrl("boardcast.example.yaml"), "utf8");
const fresh: BoardDocument = {
  ...{ id: "B10", name: "新屏: 一号 # 东", place: "大厅", device: "led" },
  panel: { width: 64, height: 32, colour: "mono", led: "#ff2a12" },
  link: { kind: "tcp-out", host: "192.0.2.30", port: 5005 },
  hours: "08:00-18:00 工作日",
  default: ["第一行", "第二行"],
};

function done(text: string, edit: BoardEdit) {
  const result = editSite(text, "f", edit);
  if (!result.ok) throw new Error(result.faults.map(({ what }) => what.en).join("\n"));
  return result;
}
const lines = (text: string) => text.split("\n");

describe("the example", () => {
  test("a board that is added stands last; nothing else is touched", () => {
    const { text, site } = done(example, { kind: "add", board: fresh });
    expect(text.startsWith(example.trimEnd())).toBe(true);
    expect(text.slice(example.trimEnd().length)).toBe(`

  - id: B10
    name: "新屏: 一号 # 东"
    place: 大厅
    device: led
    panel: { width: 64, height: 32, colour: mono, led: "#ff2a12" }
    link: { kind: tcp-out, host: 192.0.2.30, port: 5005 }
    hours: 08:00-18:00 工作日
    default: [ 第一行, 第二行 ]
`);
    expect(site.boards.at(-1)).toMatchObject({
      id: "B10",
      name: "新屏: 一号 # 东",
      defaultLines: ["第一行", "第二行"],
    });
  });

  test("what is changed is changed in its line, whose comment stays", () => {
    const set = { device: "led", paper: null, custodian: "甲", hours: "09:00-17:00", quiet: ["12:00-13:00"] } as const;
    const { text } = done(example, { kind: "change", id: "B9", set: { ...set, quiet: [...set.quiet] } });
    const gone = lines(example).filter((line) => !lines(text).includes(line));
    const come = lines(text).filter((line) => !lines(example).includes(line));
    expect(gone.map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      ...["device: paper+led", "paper: A4", 'hours: "08:00-17:30"'],
    ]);
    expect(come).toEqual([
      expect.stringMatching(/^ {4}device: led {10}# /),
      ...["    hours: 09:00-17:00", "    custodian: 甲", "    quiet: [ 12:00-13:00 ]"],
    ]);
  });

  test("a board that is retired takes the comment above it along, and nothing more", () => {
    const { text, site } = done(example, { kind: "retire", id: "B6" });
    expect(site.boards.map(({ id }) => id)).toEqual(["B1", "B2", "B4", "B9"]);
    const gone = lines(example).filter((line) => !lines(text).includes(line));
    expect(gone[0]).toContain("4G");
    expect(lines(example)).toHaveLength(lines(text).length + 10);
    expect(gone.every((line) => /4G|B6|文体广场|P10 双色|160|5006|20:30/.test(line))).toBe(true);
  });
});

test("what the file's rules do not allow is not written", () => {
  const clash = editSite(example, "f", { kind: "add", board: { ...fresh, id: "B1" } });
  expect(clash).toMatchObject({ ok: false, of: "after", faults: [{ what: { en: expect.stringContaining("B1") } }] });
  expect(editSite("office: [", "f", { kind: "add", board: fresh })).toMatchObject({ ok: false, of: "before" });
});

test("the first board is added, and the last one retired", () => {
  const none = "# ours\noffice: o\nboards: []\n";
  const first = editSite(none, "f", { kind: "add", board: fresh });
  expect(first).toMatchObject({ ok: true, site: { boards: [{ id: fresh.id }] } });
  if (!first.ok) return;
  expect(first.text).toContain("# ours\n");
  expect(editSite(first.text, "f", { kind: "retire", id: fresh.id })).toMatchObject({ ok: true, site: { boards: [] } });
});

const word = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }).filter((one) => one.trim() === one && one.trim() !== ""),
  fc.constantFrom("yes", "null", "1e3", "- a", "a: b", "#x", "{", "'", '"', "&a", "!t", "12:30", "~", "乙 # 丙"),
);
/** The same boards as people write them. */
const styles: readonly ((ids: readonly string[]) => string)[] = [
  (ids) => file(...ids.map((id) => board(id))),
  (ids) => file(...ids.map((id) => board(id))).replace(/\n/g, "\r\n"),
  (ids) => file(...ids.map((id) => `  # 板 ${id}\n${board(id)}\n`)).trimEnd(),
  (ids) => file(...ids.map((id) => board(id).replace(/^ {2}/gm, ""))),
  (ids) =>
    `boards: [${ids.map((id) => `{ id: ${id}, name: n, place: p, device: led, panel: { width: 64, height: 32, colour: mono }, link: { kind: tcp-out, host: h, port: ${5000 + Number(id.slice(1))} } }`).join(", ")}] # 全部\noffice: o\n`,
  (ids) => `${file(...ids.map((id) => board(id)))}hold: 3h # 之后\n`,
];

test("in whatever way a file is written: what was asked, and nothing else", () => {
  const edits = fc.record({
    style: fc.constantFrom(...styles),
    count: fc.integer({ min: 2, max: 5 }),
    one: fc.nat({ max: 4 }),
    kind: fc.constantFrom("add" as const, "change" as const, "retire" as const),
    name: word,
    custodian: fc.option(word),
  });
  fc.assert(
    fc.property(edits, ({ style, count, one, kind, name, custodian }) => {
      const ids = Array.from({ length: count }, (_, index) => `B${index + 1}`);
      const text = style(ids);
      const id = ids[one % count] ?? "B1";
      const before = writtenBoards(text);
      if (kind === "add") {
        const added = { ...fresh, name, ...(custodian !== null && { custodian }) };
        const made = done(text, { kind, board: added }).text;
        expect(writtenBoards(made)).toEqual([...before, added]);
        // Put in, not written anew, wherever boards stand in lines.
        if (!text.startsWith("boards: [")) expect(made.startsWith(text.replace(/\s*(hold.*)?\s*$/, ""))).toBe(true);
      } else if (kind === "retire") {
        expect(writtenBoards(done(text, { kind, id }).text)).toEqual(before.filter((board) => board.id !== id));
      } else {
        const once = done(text, { kind, id, set: { name, custodian: "丁" } }).text;
        const twice = done(once, { kind, id, set: { custodian } }).text;
        const { custodian: _, ...rest } = before.find((board) => board.id === id) ?? expect.fail();
        const now = { ...rest, name, ...(custodian !== null && { custodian }) };
        expect(writtenBoards(twice)).toEqual(before.map((board) => (board.id === id ? now : board)));
        expect(twice).toContain(text.includes("之后") ? "之后" : "");
      }
    }),
    { numRuns: 120 },
  );
});

test("the first board of an office that has only begun is written in lines, as those after it", () => {
  const begun = "office: 甲\n# 公开栏\nboards: []\nreview: { office: false }\n";
  const { text } = done(begun, { kind: "add", board: fresh });
  const both = done(text, { kind: "add", board: { ...fresh, id: "B11", link: { kind: "browser" }, device: "lcd" } });
  expect(lines(text).slice(0, 5)).toEqual([
    "office: 甲",
    "# 公开栏",
    "boards:",
    "  - id: B10",
    '    name: "新屏: 一号 # 东"',
  ]);
  expect(text.endsWith("\nreview: { office: false }\n")).toBe(true);
  expect(both.text.startsWith(text.slice(0, text.indexOf("\nreview")))).toBe(true);
  expect(both.site.boards.map(({ id }) => id)).toEqual(["B10", "B11"]);
});
