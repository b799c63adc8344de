/** What a card's own font lacks, and mistyped noughts: told with part, place and proposal before anything is submitted (R14). */
import { describe, expect, test } from "vitest";
import type { Content } from "../../src/notices/types.ts";
import { glyphNotes, glyphSentence, glyphWarnings } from "../../src/typeset/card-glyphs.ts";
import { typeset } from "../../src/typeset/index.ts";
import { saidOf } from "../../src/typeset/report-words.ts";
import { content, noticeIds, sampleContent, sampleRequest } from "./samples.ts";

const told = (text: Partial<Content>, profile: "GB2312" | "GBK" | "GB18030" | null) =>
  glyphWarnings(content(text), profile).map((one) =>
    one.code === "more-glyphs"
      ? `${one.code} ${one.of} ${one.count}`
      : `${one.code} ${one.part} ${one.position} ${one.character}`,
  );

describe("N33", () => {
  test.each([
    ["GB2312", ["8 喆", "11 堃", "14 翀", "17 䶮", "49 〇"]],
    ["GBK", ["17 䶮"]],
    ["GB18030", []],
  ] as const)("on a card with %s", (profile, lacks) => {
    expect(told(sampleContent("N33"), profile)).toEqual([
      ...lacks.map((place) => `card-lacks body ${place}`),
      "mistyped-zero body 65 0",
    ]);
    const graphemes = [...sampleContent("N33").body];
    for (const place of lacks) {
      const [position, character] = place.split(" ");
      expect(graphemes[Number(position)]).toBe(character);
    }
  });

  test("without such a card only the nought that was mistyped", () => {
    expect(told(sampleContent("N33"), null)).toEqual(["mistyped-zero body 65 0"]);
  });

  test("says what may be done: a name is not exchanged, a year is written in figures, a nought is 〇", () => {
    const said = glyphWarnings(sampleContent("N33"), "GB2312").map((one) => glyphSentence(one));
    expect(said.map(({ what }) => what.zh)).toEqual([
      ...["9 个字“喆", "12 个字“堃", "15 个字“翀", "18 个字“䶮", "50 个字“〇"].map(
        (place) => `正文第 ${place}”不在控制卡的 GB2312 字库里。`,
      ),
      "正文第 66 个字“0”夹在中文数字里\uff0c不是“〇”。",
    ]);
    expect(said[0]?.todo?.en).toMatch(/must not be exchanged/);
    expect(said[4]?.todo?.en).toMatch(/2017年12月/);
    expect(said[5]?.todo?.en).toBe('It may be written "〇", which means the same.');
  });

  test("is set all the same, with its remarks", () => {
    const asked = sampleRequest("N33", { width: 128, height: 64, colour: "dual" });
    const result = typeset(asked);
    if (!result.ok) throw new Error("not set");
    const options = { charactersPerSecond: 5, hasMs: null, pitchMm: null } as const;
    const { words } = saidOf(asked, result, { ...options, glyphs: "GB2312" }, typeset);
    expect(words.remarks.map(({ code }) => code).filter((code) => code === "card-lacks")).toHaveLength(5);
    const bare = saidOf(asked, result, options, typeset).words.remarks.map(({ code }) => code);
    expect([bare.includes("card-lacks"), bare.includes("mistyped-zero")]).toEqual([false, true]);
  });
});

test("the other samples have nothing to tell", () => {
  const found = noticeIds
    .filter((id) => id !== "N33")
    .flatMap((id) =>
      glyphWarnings(sampleContent(id), "GB2312").map((one) => `${id} ${"character" in one ? one.character : one.code}`),
    );
  expect(found).toEqual([]);
});

test("every part that can be lit is looked at, and nothing else", () => {
  const publicity = { required: 5, unit: "workday", contact: "阿翀" } as const;
  const pictures = [
    { sha256: "0".repeat(64), caption: "一" },
    { sha256: "1".repeat(64), caption: "堃" },
  ];
  const text = { title: "喆", body: "好\n䶮", signature: { org: "堃办", date: null }, publicity, pictures };
  expect(told(text, "GB2312")).toEqual([
    "card-lacks title 0 喆",
    "card-lacks body 2 䶮",
    "card-lacks signature 0 堃",
    "card-lacks contact 1 翀",
    "card-lacks caption 1 堃",
  ]);
  expect(told({ title: "图", body: "喆", displayKind: "picture" }, "GB2312")).toEqual([]);
  expect(told({ title: "码", body: "{{qr:喆堃}}\n喆", displayKind: "qrcode" }, "GB2312")).toEqual([
    "card-lacks body 10 喆",
  ]);
});

test("twenty are told one by one, the others counted", () => {
  const lines = told({ body: `${"喆".repeat(50)}${"二0".repeat(31)}一` }, "GB2312");
  expect(lines).toHaveLength(42);
  expect([lines[20], lines[41]]).toEqual(["more-glyphs card-lacks 30", "more-glyphs mistyped-zero 11"]);
});

test("an import tells boards with the same card together", () => {
  const boards = [
    { id: "B1", glyphs: "GBK" },
    { id: "B2" },
    { id: "B3", glyphs: "GBK" },
    { id: "B4", glyphs: "GB2312" },
  ] as const;
  const notes = glyphNotes(content({ body: "龚䶮二0一七" }), boards);
  expect(notes.map(({ en }) => en.split(" font.")[0])).toEqual([
    'B1, B3: Body, character 2: "䶮" is not in the card\'s GBK',
    'B4: Body, character 2: "䶮" is not in the card\'s GB2312',
    'Body, character 4: "0" stands among Chinese figures, where a nought is 〇. It may be written "〇", which means the same.',
  ]);
  expect(notes[0]?.zh).toMatch(/^B1、B3.正文第 2 个字“䶮”不在控制卡的 GBK 字库里。人名/);
  expect(glyphNotes(content({}), boards)).toEqual([]);
});
