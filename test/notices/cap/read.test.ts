/** CAP 1.2 as it is read: the standard's own examples by structure, and whatever is wrong refused whole, with its place. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FaultError, sentence } from "../../../src/fault.ts";
import { limits } from "../../../src/limits.ts";
import { readCap } from "../../../src/notices/cap/alert.ts";
import { contentOf, paragraphs } from "../../../src/notices/cap/content.ts";
import { judge } from "../../../src/notices/cap/judge.ts";
import { textOf } from "../../../src/notices/cap/xml.ts";
import { bytesOf, files, rain } from "./signing.ts";

const zone = "Asia/Shanghai";
const read = (text: string) => readCap(textOf(bytesOf(text), "file"), zone);
const whole = (bytes: Uint8Array, now: number, practice = false) => {
  const alert = readCap(textOf(bytes, "file"), zone);
  const judged = judge(alert, { now, practice });
  const info = judged.kind === "noted" ? null : judged.info;
  return { alert, judged, laid: info && contentOf(alert, info, { zone, practice }) };
};
const rainNow = Date.parse("2017-08-12T16:31:00+08:00");

function refusal(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "warning/refused") return error.fault;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("the public examples of the standard, by structure", () => {
  test("security advisory level: a colour named in a parameter", () => {
    const now = Date.parse("2003-04-02T15:00:00-05:00");
    const { alert, laid, judged } = whole(bytesOf(files.security), now);
    expect(alert).toMatchObject({ identifier: "SEC-LEVEL-2003-0501", msgType: "Alert", references: [] });
    expect(judged.kind).toBe("show");
    expect(laid?.content).toMatchObject({
      title: "Security advisory level raised to ORANGE",
      signature: { org: "Department of Public Safety", date: "2003-04-03" },
      alert: { msgType: "Alert", colour: "橙" },
    });
    expect(laid?.content.body).toBe(
      [
        "The department has raised the national advisory level to ORANGE.",
        "Instructions: At this level consider further protective measures beside those of lower levels.",
        "Area: Whole country and its waters",
        "In effect from 2003-04-03 03:39 to 2003-04-03 09:00.",
      ].join("\n"),
    );
  });

  test("severe thunderstorm: polygon and codes, lines broken for a teletype", () => {
    const { alert, laid } = whole(bytesOf(files.thunderstorm), Date.parse("2003-06-17T15:00:00-07:00"));
    const [info] = alert.infos;
    expect(info).toMatchObject({ event: "SEVERE THUNDERSTORM", severity: "Severe", colour: "橙", language: "en-US" });
    expect(info?.areas).toHaveLength(1);
    expect(laid?.content.body.split("\n")[0]).toContain("SOUTH CENTRAL ALPINE COUNTY, ABOUT 18 MILES");
  });

  test("earthquake: an update by reference, of what is past", () => {
    const { alert, judged } = whole(bytesOf(files.earthquake), Date.parse("2003-06-11T21:00:00-07:00"));
    expect(alert.references).toEqual([
      {
        sender: "seismic@quakes.example",
        identifier: "QUAKE-13970876-1",
        sent: Date.parse("2003-06-11T20:30:00-07:00"),
      },
    ]);
    expect(alert.infos[0]).toMatchObject({ severity: "Minor", colour: "蓝", urgency: "Past" });
    expect(judged.told.map(({ en }) => en)).toContain("its sender says that it is past");
  });

  test("missing child: two languages, the first is shown where none is Chinese", () => {
    const { alert, judged } = whole(bytesOf(files.child), Date.parse("2003-06-11T23:00:00-07:00"));
    expect(alert.infos.map(({ language }) => language)).toEqual(["en-US", "es-US"]);
    expect(judged).toMatchObject({ kind: "show", info: { language: "en-US" } });
    const chinese = files.child.replace("es-US", "zh-CN");
    expect(whole(bytesOf(chinese), Date.parse("2003-06-11T23:00:00-07:00")).judged).toMatchObject({
      info: { language: "zh-CN" },
    });
  });

  test("China's own: a colour in the place of a severity, in Chinese and in English", () => {
    const { laid } = whole(bytesOf(files.rain), rainNow);
    expect(laid?.content).toMatchObject({
      title: "青石市气象台发布暴雨橙色预警信号",
      displayKind: "emergency",
      openness: "主动公开",
      alert: { msgType: "Alert", identifier: "42120041600000_20170812163000", references: null, colour: "橙" },
      signature: { org: "青石市气象台", date: "2017-08-12" },
    });
    expect(laid?.content.body).toContain("\n防御指南\uff1a1.低洼地带居民注意防范。\n2.远离河道");
    for (const [severity, colour] of [
      ["红色", "红"],
      ["Ⅱ级", "橙"],
      ["yellow", "黄"],
      ["蓝", "蓝"],
      ["Extreme", "红"],
    ] as const)
      expect(read(rain({ severity })).infos[0]?.colour, severity).toBe(colour);
  });
});

describe("laid out", () => {
  test("lines are joined unless they end, begin a list, or are parted", () => {
    expect(paragraphs("  HAIL IS\n  LIKELY.\n  TAKE COVER\n\n  NOW")).toEqual(["HAIL IS LIKELY.", "TAKE COVER", "NOW"]);
    expect(paragraphs("远离河\n道\n1.防范\n2.撤离")).toEqual(["远离河道", "1.防范", "2.撤离"]);
  });

  test("a stranger's braces stand for nothing, and personal numbers are masked and told of", () => {
    const { laid } = whole(bytesOf(rain({ description: "{{qr:http://a}} 请拨 13800138000 求助。" })), rainNow);
    expect(laid?.content.body).toMatch(/^\{qr:http:\/\/a\} 请拨 138\*+\d* 求助。/);
    expect(laid?.told[0]?.en).toContain("1 personal number");
  });

  test("practice marks everything, a real one too", () => {
    for (const status of ["Actual", "Exercise"])
      expect(whole(bytesOf(rain({ status })), rainNow, true).laid?.content.title).toMatch(/^【演练】/);
  });

  test("more than a day is cut, and said", () => {
    const { judged } = whole(bytesOf(rain({ expires: "2017-08-15T00:00:00+08:00" })), rainNow);
    expect(judged.told.map(({ en }) => en)).toContain(
      `it expires too late: it is shown for ${limits.emergencyHours} hours at most`,
    );
  });
});

describe("refused whole, with its place", () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]>${files.rain.slice(39)}`;
  const deep = `${"<a>".repeat(60)}${"</a>".repeat(60)}`;
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(files.rain, "utf16le")]);
  const info = /<info>[\s\S]*<\/info>/.exec(files.rain)?.[0] ?? "";
  const cases: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ["nothing", "", /line 1/],
    ["no XML", "hello", /line 1/],
    ["a document type", files.rain.replace("<alert", "<!DOCTYPE alert><alert"), /line 2, column 1/],
    ["billion laughs", bomb, /DOCTYPE/],
    ["an external entity", files.rain.replace("<alert", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><alert'), /DOCTYPE/],
    ["an entity that is not declared", rain({ headline: "&nbsp;" }), /line \d+/],
    ["another namespace", files.rain.replace("emergency:cap:1.2", "emergency:cap:9"), /line 2.*CAP 1\.2/s],
    ["CAP 1.1", files.rain.replace("emergency:cap:1.2", "emergency:cap:1.1"), /CAP 1\.2/],
    ["no namespace", files.rain.replace(/ xmlns="[^"]*"/, ""), /CAP 1\.2/],
    ["another root", "<feed><alert/></feed>", /CAP 1\.2/],
    ["UTF-16", utf16, /UTF-8/],
    ["another encoding", files.rain.replace('encoding="UTF-8"', 'encoding="GBK"'), /GBK/],
    ["bytes that are no text", Uint8Array.of(0x3c, 0xff, 0xfe), /UTF-8/],
    ["a control character", rain({ headline: "暴雨\u0007" }), /headline|line/],
    ["text that is turned around", rain({ headline: "暴雨\u202e" }), /headline/],
    ["too deep", files.rain.replace("<info>", `<info>${deep}`), /deep/],
    ["too many elements", files.rain.replace("<info>", `<info>${"<a/>".repeat(9000)}`), /many/],
    ["too large", rain({ description: "雨".repeat(limits.capBytes) }), /bytes/],
    ["a field too long", rain({ description: "雨".repeat(limits.capTextChars + 1) }), /info\.description/],
    ["an identifier twice", files.rain.replace("<sender>", "<identifier>B</identifier><sender>"), /alert\.identifier/],
    ["a status twice", files.rain.replace("<msgType>", "<status>Test</status><msgType>"), /alert\.status/],
    ["two headlines", files.rain.replace("<headline>", "<headline>x</headline><headline>"), /info\.headline/],
    ["no identifier", files.rain.replace(/<identifier>.*<\/identifier>/, ""), /alert\.identifier/],
    ["no sender", rain({ sender: "" }), /alert\.sender/],
    ["a sender with a comma", rain({ sender: "a,b" }), /alert\.sender/],
    ["an identifier with blanks", rain({ identifier: "a b" }), /alert\.identifier/],
    [
      "a field of another namespace",
      files.rain.replace("<scope>Public", '<scope xmlns="urn:x">Public'),
      /alert\.scope/,
    ],
    ["an unknown status", rain({ status: "Real" }), /alert\.status/],
    ["an unknown message type", rain({ msgType: "Notify" }), /alert\.msgType/],
    ["an unknown severity", rain({ severity: "Huge" }), /info\.severity/],
    ["a date that is none", rain({ sent: "2017-13-41T00:00:00+08:00" }), /alert\.sent/],
    ["a date in words", rain({ sent: "yesterday" }), /alert\.sent/],
    ["expires before it is effective", rain({ expires: "2017-08-12T16:00:00+08:00" }), /info\.expires/],
    ["an update of nothing", rain({ msgType: "Update" }), /alert\.references/],
    ["a cancellation of nothing", rain({ msgType: "Cancel" }), /alert\.references/],
    ["a reference of two parts", rain({ references: "a,b" }, files.cancel), /alert\.references/],
    ["a reference without a time", rain({ references: "a,b,c" }, files.cancel), /alert\.references/],
    ["too many references", rain({ references: "a,b,2017-08-12T16:30:00+08:00 ".repeat(51) }, files.cancel), /51/],
    ["no event", rain({ event: "" }), /info\.event/],
    ["an area without a name", rain({ areaDesc: "" }), /area\.areaDesc/],
    ["no info", files.rain.replace(info, ""), /alert\.info/],
    ["no end", files.rain.replace(/<expires>.*<\/expires>/, ""), /info\.expires/],
    ["over", rain({ expires: "2017-08-12T16:30:30+08:00" }), /info\.expires/],
    ["a test", rain({ status: "Test" }), /alert\.status/],
    ["a system message", rain({ status: "System" }), /alert\.status/],
    ["a draft", rain({ status: "Draft" }), /alert\.status/],
    ["an exercise, really", rain({ status: "Exercise" }), /alert\.status/],
    ["restricted", rain({ scope: "Restricted" }), /alert\.scope/],
    ["private", rain({ scope: "Private" }), /alert\.scope/],
    ["a title as long as a page", rain({ event: "雨".repeat(300), headline: "" }), /info\.event/],
  ];
  test.each(cases)("%s", (_, file, place) => {
    const fault = refusal(() => whole(typeof file === "string" ? bytesOf(file) : file, rainNow));
    expect(sentence(fault).en).toMatch(place);
    expect(fault.where).not.toBe("");
  });

  test("cut off at any 50th byte", () => {
    const bytes = bytesOf(files.rain.trimEnd());
    for (let length = 0; length < bytes.length; length += 50)
      expect(refusal(() => whole(bytes.subarray(0, length), rainNow)).where).not.toBe("");
  });

  test("a byte order mark is none of this", () => {
    expect(read(`\uFEFF${files.rain}`)).toEqual(read(files.rain));
  });

  test("whatever is done to a good file, nothing but a refusal comes of it", () => {
    const good = Object.values(files).map(bytesOf);
    const edit = fc.record({ at: fc.nat(4000), cut: fc.nat(60), put: fc.uint8Array({ maxLength: 12 }) });
    const tag = fc.constantFrom(
      "<info>",
      "</info>",
      "<",
      "]]>",
      "<![CDATA[",
      "&#0;",
      "&lt;",
      "<?x?>",
      "<!--",
      'xmlns=""',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...good),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        tag,
        (file, edits, more) => {
          let bytes = Buffer.from(file);
          for (const { at, cut, put } of edits) {
            const from = at % bytes.length;
            bytes = Buffer.concat([bytes.subarray(0, from), put, Buffer.from(more), bytes.subarray(from + cut)]);
          }
          try {
            whole(bytes, rainNow);
          } catch (error) {
            if (!(error instanceof FaultError)) throw error;
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
