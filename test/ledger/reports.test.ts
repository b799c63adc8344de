/** What leaves the house of the ledger: no formula, nothing that runs, and totals that are the register's. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  byteOrderMark,
  csvCell,
  csvLine,
  RegisterLines,
  registerCsv,
  registerSheet,
  rowCsv,
  rowJson,
  rowsCsvHead,
  type SheetParts,
} from "../../src/ledger/reports/index.ts";
import { rowHash, noHash } from "../../src/ledger/row.ts";
import type { LedgerData, LedgerRow } from "../../src/ledger/types.ts";
import { limits } from "../../src/limits.ts";

const zone = "Asia/Shanghai";
const at = (civil: string) => Date.parse(`${civil}+08:00`);

function rowsOf(told: readonly (readonly [string, LedgerRow["action"], string, LedgerData])[]): LedgerRow[] {
  return told.map(([when, action, subject, data], index) => {
    const [boardAt, wallAt] = [at(when), at(when) + 1000];
    return {
      chain: "register",
      seq: index + 1,
      boardAt,
      wallAt,
      by: "a1",
      action,
      subject,
      data,
      hash: "ab".repeat(32),
    };
  });
}

/** As RFC 4180 has it, by a reader that knows nothing of the writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[index + 1] === '"') cell += text[++index];
      else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ",") {
      rows.at(-1)?.push(cell);
      cell = "";
    } else if (letter === "\r" && text[index + 1] === "\n") {
      rows.at(-1)?.push(cell);
      rows.push([]);
      cell = "";
      index++;
    } else cell += letter;
  }
  return rows.slice(0, -1);
}

describe("CSV", () => {
  test("any cells come back as they were, but those that would be formulas, which get an apostrophe", () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "=1+1",
        "+8613800000000",
        "-5",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "\uff1d1",
        '"',
        ",",
        "a\r\nb",
        "'=",
      ),
      fc.string({ unit: fc.constantFrom("=", ",", '"', "\r", "\n", "a") }),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const back = parseCsv(rows.map(csvLine).join(""));
        expect(back.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        for (const [y, row] of rows.entries())
          for (const [x, value] of row.entries()) {
            const got = back[y]?.[x] ?? "";
            const dangerous = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
            expect(got).toBe(dangerous.test(value) ? `'${value}` : value);
            expect(dangerous.test(got)).toBe(false);
          }
      }),
    );
  });

  test("our own numbers stay numbers", () => {
    expect(csvCell(-5)).toBe("-5");
    expect(csvCell("-5")).toBe("'-5");
    expect(csvCell(null)).toBe("");
  });

  test("a row: both times, the action in words, all of its data", () => {
    const [row] = rowsOf([["2017-12-05T09:00:00", "review/signed", "=N1", { name: '甲"乙', number: 2 }]]) as [
      LedgerRow,
    ];
    expect(rowsCsvHead.startsWith(byteOrderMark)).toBe(true);
    const [cells = []] = parseCsv(rowCsv(row, zone, () => "张三"));
    expect(cells.slice(0, 7)).toEqual([
      "1",
      "2017-12-05 09:00:00",
      "2017-12-05 09:00:01",
      "张三",
      "签发",
      "review/signed",
      "'=N1",
    ]);
    expect(JSON.parse(cells[7] ?? "")).toEqual(row.data);
  });

  test("a JSON line has all that the row's hash is over", () => {
    const [made] = rowsOf([["2017-12-05T09:00:00", "notice/added", "N1", { number: 1 }]]) as [LedgerRow];
    const row = { ...made, hash: rowHash(noHash, made) };
    const { hash, ...said } = JSON.parse(rowJson(row)) as LedgerRow & { v: number };
    expect(rowHash(noHash, said)).toBe(hash);
  });
});

const all = { from: at("2017-01-01T00:00:00"), until: at("2019-01-01T00:00:00") };
function linesOf(rows: readonly LedgerRow[], period = all) {
  const lines = new RegisterLines(zone, period);
  for (const row of rows) lines.add(row);
  return lines;
}
const submitted = (number: number, title = "通知"): LedgerData => ({
  case: "2017-00001",
  form: "BM2017-001",
  number,
  title,
  category: "通知公告",
  openness: "主动公开",
  name: "甲",
  instead: null,
  unit: "民政办",
  source: "document: 青政发〔2017〕3号",
  boards: ["B1", "B3"],
  from: at("2017-12-05T08:00:00"),
  until: at("2017-12-09T18:00:00"),
});
const story = rowsOf([
  [
    "2017-12-04T09:00:00",
    "notice/added",
    "default:B1",
    { number: 1, title: "待机", boards: ["B1"], signed: { by: "x" } },
  ],
  ["2017-12-04T09:00:00", "notice/added", "N1", { number: 1, title: "通知", boards: ["B1", "B3"], signed: null }],
  ["2017-12-04T09:00:00", "review/submitted", "N1", submitted(1)],
  ["2017-12-04T10:00:00", "review/returned", "N1", { number: 1, name: "乙", words: "日期不对" }],
  ["2017-12-04T11:00:00", "notice/revised", "N1", { number: 2, title: "通知", boards: ["B1"], signed: null }],
  ["2017-12-04T11:00:00", "review/submitted", "N1", submitted(2)],
  ["2017-12-04T12:00:00", "review/reviewed", "N1", { number: 2, name: "乙", instead: null }],
  [
    "2017-12-05T07:00:00",
    "notice/sealed",
    "N1",
    { number: 2, title: "通知", signed: { by: `丁 (${"ab".repeat(16)})` } },
  ],
  ["2017-12-05T07:00:00", "review/signed", "N1", { number: 2, name: "丁", instead: "丙 a3" }],
  ["2017-12-06T07:00:00", "something/new", "N1", { number: 2 }],
  ["2017-12-06T08:00:00", "notice/withdrawn", "N1", { at: at("2017-12-06T08:00:00"), numbers: [2], why: "有误" }],
  ["2017-12-07T08:00:00", "notice/added", "N2", { number: 1, title: "草稿", boards: ["B1"], signed: null }],
  ["2018-01-02T08:00:00", "notice/added", "N3", { number: 1, title: "导入", boards: ["B2"], signed: { by: "P03" } }],
]);

describe("登记台账", () => {
  test("a line for each revision handed in or signed, with what became of it", () => {
    const lines = linesOf(story).all();
    expect(
      lines.map(({ no, notice, number, maker, reviewer, signer, remarks }) => [
        no,
        notice,
        number,
        maker,
        reviewer,
        signer,
        remarks,
      ]),
    ).toEqual([
      [1, "N1", 1, "甲", "", "", ["12-04 退回:日期不对"]],
      [2, "N1", 2, "甲", "乙", "丁(代 丙)", ["12-06 撤下:有误"]],
      [1, "N3", 1, "", "", "P03", []],
    ]);
    expect(lines[1]).toMatchObject({
      form: "BM2017-001",
      source: "青政发〔2017〕3号",
      unit: "民政办",
      boards: ["B1", "B3"],
    });
  });

  test("of a time: the numbers are those of the whole year", () => {
    const lines = linesOf(story, { from: at("2017-12-04T10:30:00"), until: at("2018-01-01T00:00:00") }).all();
    expect(lines.map(({ no, notice, number }) => [no, notice, number])).toEqual([[2, "N1", 2]]);
  });

  test("more than a sheet holds is said, and no more is kept", () => {
    const lines = new RegisterLines(zone, all);
    for (let index = 0; index <= limits.sheetLines; index++)
      for (const row of rowsOf([["2017-12-04T09:00:00", "review/submitted", `N${index}`, submitted(1)]]))
        lines.add(row);
    expect(lines.overfull).toBe(true);
    expect(lines.all()).toHaveLength(limits.sheetLines);
  });

  const parts = (title: string): SheetParts => ({
    office: "青石港办事处",
    zone,
    practice: true,
    period: "2017年",
    lines: linesOf(rowsOf([["2017-12-04T09:00:00", "review/submitted", "N1", submitted(1, title)]])).all(),
    detailOf: async () => null,
    foot: { seq: 13, hash: "ab".repeat(32), checkpoint: "BCR1-00000" },
    printedAt: at("2017-12-31T09:00:00"),
  });
  const text = async (pieces: AsyncIterable<string>) => {
    let all = "";
    for await (const piece of pieces) all += piece;
    return all;
  };

  test("on paper nothing that people wrote becomes markup, and nothing is loaded from elsewhere", async () => {
    const hostile = `<img src=x onerror="alert(1)">'&\u{202e}`;
    const sheet = await text(registerSheet(parts(hostile)));
    expect(sheet).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;");
    expect(sheet).not.toMatch(/<script|<style|style=|onerror="|https?:/);
    expect(sheet.match(/(src|href)="[^"]*"/g)).toEqual(['href="/api/v1/ledger/sheet.css"']);
    expect(sheet).toContain("登记台账至第 13 行，校验码 ABAB-ABAB-ABAB-ABAB");
    expect(sheet).toContain("BCR1-00000");
    expect(sheet).toContain("演练");
  });

  test("the columns of the paper ledger, on paper and as CSV", async () => {
    const heads = [
      "序号",
      "日期",
      "标题",
      "文号/表号",
      "类别",
      "公开方式",
      "公开栏",
      "起止",
      "经办",
      "审核",
      "签发",
      "备注",
    ];
    const sheet = await text(registerSheet(parts("=通知")));
    expect([...sheet.matchAll(/<th scope="col">([^<]*)<\/th>/g)].map(([, head]) => head)).toEqual(heads);
    const [head, line] = parseCsv((await text(registerCsv(parts("=通知")))).replace(byteOrderMark, ""));
    expect(head?.slice(0, 12)).toEqual(heads);
    expect(line?.slice(0, 9)).toEqual([
      "1",
      "2017-12-04",
      "'=通知",
      "青政发〔2017〕3号\nBM2017-001\n2017-00001",
      "通知公告",
      "主动公开",
      "B1、B3",
      "2017-12-05 08:00\n2017-12-09 18:00",
      "甲",
    ]);
  });
});
