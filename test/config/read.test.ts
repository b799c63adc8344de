import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { assetUrl, readSite, SiteFileError } from "../../src/config/index.ts";
import { siteJsonSchema } from "../../src/config/schema.ts";
import { remedy, sentence } from "../../src/fault.ts";
import { board, file, mistakes, remedies } from "./small-file.ts";

const example = await readFile(assetUrl("boardcast.example.yaml"), "utf8");

describe("the example", () => {
  test("is a faultless installation with every kind of link", () => {
    const result = readSite(example, "boardcast.example.yaml");
    if (!result.ok) throw new SiteFileError(result.faults);
    expect(result.site.boards.map((one) => one.link.kind)).toEqual([
      "tcp-out",
      "serial",
      "tcp-in",
      "browser",
      "carried",
    ]);
    expect(result.site.boards[1]).toMatchObject({
      link: { kind: "serial", path: "/dev/ttyUSB0", baud: 115200, address: 2 },
      shape: { width: 256, height: 32, colour: "dual" },
      ledColour: null,
      hours: { fromMinute: 480, untilMinute: 1080, days: "workday" },
    });
    expect(result.site).toMatchObject({ practice: false, zone: "Asia/Shanghai", holdMs: 7_200_000 });
    expect(result.site.listen).toEqual({ host: "127.0.0.1", port: 8080 });
  });

  test("panels that take turns on one line have a number each: on a serial port, behind one serial server", () => {
    const small = (...boards: readonly string[]) => file(...boards).replaceAll("height: 32", "height: 16");
    const on = (link: string, more = "") =>
      mistakes(small(...[1, 2, 3].map((n) => board(`B${n}`, link.replace("N", `${n}`), more.replace("N", `${n}`)))));
    expect(on("{ kind: serial, path: /dev/x, address: N }")).toEqual([]);
    expect(on("{ kind: tcp-out, host: h, port: 5, address: N }")).toEqual([]);
    expect(on("{ kind: serial, path: /dev/x, address: N }", "    driver: { kind: onbon }\n")).toEqual([]);
    // What these answer does not say whose it is; that they have numbers of their own to be called by is no use then.
    const alpha = "    driver: { kind: alpha, sign: N }\n";
    expect(on("{ kind: serial, path: /dev/x }", alpha)).toEqual([]);
    expect(on("{ kind: serial, path: /dev/x }", alpha.replace(" }", ", answers: true }"))).toHaveLength(2);
    expect(on("{ kind: tcp-out, host: h, port: 5, address: N }", "    driver: { kind: huidu }\n")).toHaveLength(2);
  });

  test("a card may draw with a font of its own; left out, it is sent pixels", () => {
    const one = board("B1", undefined, "    glyphs: GBK\n");
    const read = readSite(file(one, board("B2")), "f");
    expect(read.ok && read.site.boards.map(({ glyphs }) => glyphs)).toEqual(["GBK", undefined]);
    const wrong = file(board("B1", undefined, "    glyphs: GB231\n"));
    expect(mistakes(wrong)).toEqual(['9:13 card\'s font (glyphs) cannot be "GB231"']);
    expect(remedies(wrong)).toEqual(["Did you mean GB2312? One of: GB2312, GBK, GB18030."]);
  });

  test("a sign needs an id, a panel and a link: name, device and a card's own port are left out", () => {
    const bare = (more: string) =>
      readSite(`office: o\nboards:\n  - { id: sign, panel: { width: 80, height: 7, colour: mono }, ${more} }\n`, "f");
    const made = (more: string) => {
      const read = bare(more);
      return read.ok ? read.site.boards[0] : read.faults.map(({ what }) => what.en);
    };
    const out = (more = "") => `${more}link: { kind: tcp-out, host: h }`;
    expect(made(out())).toMatchObject({ name: "sign", place: "", device: "led", defaultLines: ["sign"] });
    const port = (more: string) => made(out(more));
    expect(port("")).toMatchObject({ link: { port: 5005 } });
    expect(port("driver: { kind: onbon }, ")).toMatchObject({ link: { port: 5005 } });
    expect(port("driver: { kind: alpha }, ")).toMatchObject({ link: { port: 10_001 } });
    expect(made("link: { kind: browser }")).toMatchObject({ device: "lcd" });
    expect(bare("driver: { kind: alpha }").ok).toBe(false);
  });

  test("what is left out has the documented default", () => {
    const result = readSite(file(board("B1")), "f");
    expect(result).toMatchObject({
      ok: true,
      site: {
        zone: "Asia/Shanghai",
        calendar: { kind: "state-council", overrides: [] },
        boards: [
          {
            ledColour: "#ff2a12",
            link: { address: 1 },
            hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" },
            defaultLines: ["n"],
          },
        ],
      },
    });
  });

  test("the JSON Schema beside the code is the schema that checks", async () => {
    const stored = await readFile(new URL("../../src/config/boardcast.schema.json", import.meta.url), "utf8");
    expect(JSON.parse(stored), "run: npx tsx src/config/write-schema.ts").toEqual(siteJsonSchema());
  });
});

describe("every mistake, with its line and column", () => {
  test.each<[string, string, string[]]>([
    ["an empty file", "", ["1:1 the file is empty"]],
    ["a list", "- a", ['1:1 the file must be a group of "key: value", not […]']],
    ["a tab", "office:\n\tname: x", ["2:1 a tab is used to indent"]],
    ["a key twice", `office: a\n${file(board("B1"))}`, ["2:1 this key stands here twice"]],
    ["two documents", "a: 1\n---\nb: 1", ["2:1 the file holds more than one document (---)"]],
    ["an alias of nothing", "office: *o", ["1:9 an alias of nothing: *o"]],
    [
      "a reserved beginning",
      "office: @o",
      ["1:9 text cannot begin like this: Plain value cannot start with reserved character @"],
    ],
    [
      "a tag",
      "office: !secret o",
      ["1:9 unknown tag: tag:yaml.org,2002:secret"].map(() => "1:9 unknown tag: Unresolved tag: !secret"),
    ],
    ["a slip in a key", `zoen: Asia/Shanghai\n${file(board("B1"))}`, ['1:1 unknown key "zoen"']],
    ["a slip deep down", file(board("B1", "{ kind: tcp-out, host: h, prot: 5 }")), ['8:37 unknown key "prot"']],
    [
      "a slip in a choice",
      file(board("B1", "{ kind: tcp-ou, host: h, port: 5 }")),
      ['8:19 link (kind) cannot be "tcp-ou"'],
    ],
    [
      "a port out of range",
      file(board("B1", "{ kind: tcp-in, port: 70000 }")),
      ['8:33 "port" is too large: at most 65535'],
    ],
    [
      "a number for a text",
      file(board("B1")).replace("office: o", "office: 12"),
      ['1:9 "office" must be text; 12 needs quotes'],
    ],
    ["an empty value", file(board("B1")).replace("name: n", "name:"), ['4:5 "name" is empty']],
    ["no word of boards", "office: o", ['1:1 "boards" is missing']],
    ["no such zone", `zone: Mars/Base\n${file(board("B1"))}`, ['1:7 there is no time zone "Mars/Base"']],
    ["a hold of seconds", `hold: 5s\n${file(board("B1"))}`, ["1:7 hold 5s is not between 1m and 24h"]],
    ["an id twice", file(board("B1"), board("B1", "{ kind: browser }")), ["9:9 id B1 is also that of board number 1"]],
    [
      "two panels at one address",
      file(board("B1", "{ kind: tcp-out, host: h, port: 5 }"), board("B2", "{ kind: tcp-out, host: h, port: 5 }")),
      ["14:11 on h:5, the number of B1 is 1 too"],
    ],
    [
      "two panels of one number on one line",
      file(
        board("B1", "{ kind: serial, path: /dev/x, address: 2 }"),
        board("B2", "{ kind: serial, path: /dev/x }"),
        board("B3", "{ kind: serial, path: /dev/x, address: 2 }"),
      ),
      ["20:50 on /dev/x, the number of B1 is 2 too"],
    ],
    [
      "two speeds on one line",
      file(
        board("B1", "{ kind: serial, path: /dev/x, baud: 9600 }"),
        board("B2", "{ kind: serial, path: /dev/x, address: 2 }"),
      ),
      ["14:11 on /dev/x, B1 is at 9600 baud, and this one at 115200 baud"],
    ],
    [
      "two protocols on one line",
      file(
        board("B1", "{ kind: serial, path: /dev/x }"),
        board("B2", "{ kind: serial, path: /dev/x, address: 2 }", "    driver: { kind: onbon }\n"),
      ),
      ["14:33 on /dev/x, B1 has driver our own, and this one onbon"],
    ],
    [
      "a stream on one line with another panel, whoever is first",
      file(
        board("B1", "{ kind: serial, path: /dev/x }"),
        board("B2", "{ kind: serial, path: /dev/x, address: 2 }", "    driver: { kind: adalight }\n"),
      ),
      [
        "14:33 /dev/x is already used by B1, and a panel of driver adalight has no number of its own on a line: it cannot be shared",
      ],
    ],
    [
      "two panels dialling one port, whatever their numbers",
      file(board("B1", "{ kind: tcp-in, port: 5006 }"), board("B2", "{ kind: tcp-in, port: 5006, address: 2 }")),
      ["14:33 5006 is already used by B1"],
    ],
    ["the page's port", file(board("B1", "{ kind: tcp-in, port: 8080 }")), ["8:33 port 8080 is the web page's"]],
    [
      "one folder twice",
      file(board("B1", "{ kind: carried, folder: u }"), board("B2", "{ kind: carried, folder: u }")),
      ["14:36 u is already used by B1"],
    ],
    [
      "hours without length",
      file(board("B1", undefined, "    hours: 20:00-20:00\n")),
      ["9:12 hours 20:00-20:00 have no length, or are after 24:00"],
    ],
    [
      "hours after 24:00",
      file(board("B1", undefined, "    hours: 20:00-24:30\n")),
      ["9:12 hours 20:00-24:30 have no length, or are after 24:00"],
    ],
    ["no calendar's name", `calendar: nonee\n${file(board("B1"))}`, ['1:11 "calendar" cannot be "nonee"']],
    [
      "within what could also be one word",
      `calendar: { kind: lunar }\nreview: { paper: 3, officee: true }\n${file(board("B1"))}`,
      [
        '1:19 calendar (kind) cannot be "lunar"',
        "2:18 signing on paper (paper) must be true or false, not 3",
        '2:21 unknown key "officee"',
      ],
    ],
    [
      "hours in words",
      file(board("B1", undefined, "    hours: 7点到9点\n")),
      ['9:12 opening hours (hours) cannot be "7点到9点"'],
    ],
    [
      "a colour for a colour panel",
      file(board("B1").replace("mono", 'rgb, led: "#00ff00"')),
      ["7:55 a rgb panel's content decides its colours"],
    ],
    [
      "an unquoted colour",
      file(board("B1").replace("mono }", "mono, led: #00ff00\n      }")),
      ["7:51 LED colour (led) is empty"],
    ],
    [
      "days of another year, that do not exist, weekdays as weekends, twice",
      `calendar: { kind: state-council, overrides: [{ year: 2027, source: s,
  restDays: [2026-12-31, 2027-02-30, 2027-01-01, 2027-01-01],
  workingWeekends: [2027-01-04] }] }\n${file(board("B1"))}`,
      [
        "2:14 2026-12-31 is not a day of 2027",
        "2:26 2027-02-30 is not a day of 2027",
        "2:50 2027-01-01 stands here twice",
        "3:21 2027-01-04 is not a Saturday or Sunday",
      ],
    ],
  ])("%s", (_, text, expected) => {
    expect(mistakes(text)).toEqual(expected);
  });

  test("all at once, in the order of the lines, whatever check found them", () => {
    const text = `zone: Mars/Base\nofice: o\n${file(board("B1", "{ kind: tcp }"), board("B1", undefined, "    hours: 9\n"))}`;
    expect(mistakes(text).map((line) => line.split(" ")[0])).toEqual(["1:7", "2:1", "10:19", "11:9", "17:12"]);
  });

  test("a remedy names what was meant, or shows how it is written", () => {
    expect(remedies(`zoen: x\n${file(board("B1"))}`)).toEqual(['Did you mean "zone"?']);
    expect(remedies(file(board("B1", "{ kind: tcp-ou }")))[0]).toMatch(/^Did you mean tcp-out\?/);
    expect(remedies(file(board("B1", undefined, "    hours: 9\n")))).toEqual([
      'For example: hours: "08:00-18:00 工作日"',
    ]);
    expect(remedies(`calendar: non\nreview: [none]\nlisten: { tls: of }\n${file(board("B1"))}`)).toEqual([
      "Did you mean none? One of: none, { kind: state-council }.",
      "Did you mean none? One of: none, { office: true, reminderHours: 16 }.",
      "One of: generated, none, { cert: tls/office.crt, key: tls/office.key }.",
    ]);
  });

  test("file, line and column lead the sentence in both languages", () => {
    const result = readSite("office: 1\nboards: []", "etc/boardcast.yaml");
    const [fault] = result.ok ? [] : result.faults;
    if (fault === undefined) throw new Error("the file is wrong");
    expect(sentence(fault).zh).toBe("etc/boardcast.yaml:1:9 单位（office）应是文字，现在是 1");
    expect(sentence(fault).en).toBe('etc/boardcast.yaml:1:9 "office" must be text; 1 needs quotes');
    expect(remedy(fault).zh).not.toBe("");
  });
});
