import { describe, expect, it } from "vitest";
import { faceOf } from "../../src/typeset/fonts/index.ts";
import { balancedLines, breakLines, longestRun } from "../../src/typeset/line-break.ts";
import { cellsOf, textOf } from "../../src/typeset/text.ts";

const character = 16;
const face = faceOf({ sizePx: 16, weight: "regular" });

function broken(text: string, characters: number, firstCharacters = characters): string[] {
  const { cells } = cellsOf(text, face);
  return breakLines(cells, characters * character, firstCharacters * character).map(textOf);
}

describe("a line of running text ends where the rules let it", () => {
  // Full-width marks as escapes: editors fold them. \uff0c comma, \uff1a colon, \uff08 \uff09 brackets, \uff05 per cent.
  it.each([
    ["a full stop never begins a line", "低保评定结果公示了。", 8, "低保评定结果公|示了。"],
    ["nor a comma", "低保评定结果公示\uff0c公开", 8, "低保评定结果公|示\uff0c公开"],
    ["nor a closing bracket, quotation mark or title mark", "见《信息公开条例》办", 8, "见《信息公开条|例》办"],
    ["nor two marks together", "见关于“三公经费”。", 7, "见关于“三公|经费”。"],
    ["an opening bracket never ends a line", "社区服务中心\uff08总站\uff09", 8, "社区服务中心|\uff08总站\uff09"],
    ["nor an opening title mark", "根据中央精神《条例》", 7, "根据中央精神|《条例》"],
    ["nor with a space behind it", "社区服务中心\uff08 总站\uff09", 8, "社区服务中心|\uff08 总站\uff09"],
    [
      "nor does a mark begin one with a space before it",
      "社区服务中心站点 \uff0c公开",
      8,
      "社区服务中心站|点 \uff0c公开",
    ],
    ["a sign stands with its number behind a space", "今天的最低气温 -5℃左右", 7, "今天的最低气温|-5℃左右"],
    ["narrow lines rather end between words", "我们的街道办事处公开栏", 6, "我们的街道|办事处公开栏"],
    ["a number is not parted", "拨付资金共计12345678", 8, "拨付资金共计|12345678"],
    ["nor from its decimals", "考核得分为93.5分", 6, "考核得分为|93.5分"],
    ["nor from its unit", "管网铺设长度1200米", 8, "管网铺设长度|1200米"],
    ["nor from a unit of two characters", "降雨将达到50毫米", 6, "降雨将达到|50毫米"],
    ["which is not parted itself", "降雨将达到50毫米", 7, "降雨将达到|50毫米"],
    ["nor from its per cent sign", "工程完成了85\uff05", 6, "工程完成了|85\uff05"],
    ["a date is not parted", "期限到2017年3月8日止", 7, "期限到|2017年3月8日止"],
    ["nor a time of day", "请于下午的16时30分来", 8, "请于下午的|16时30分来"],
    ["nor one with a colon", "停水自早上8:30开始", 6, "停水自早上|8:30开始"],
    ["the number of a document is not parted", "现根据鄂政办发〔2017〕15号文件", 12, "现根据|鄂政办发〔2017〕15号文件"],
    ["a telephone number is not parted", "监督电话0715-0000000", 8, "监督电话|0715-0000000"],
    ["a Latin word is not parted", "用手机扫码加WeChat群", 8, "用手机扫码加|WeChat群"],
    ["nor an address on the net", "网址www.example.gov.cn", 11, "网址www.example.gov.cn"],
    ["Latin words part at the space, which nobody sees", "OPEN DATA CENTRE", 5, "OPEN DATA|CENTRE"],
    ["a masked name is not parted", "户主是欧阳王*兰女士", 7, "户主是欧阳|王*兰女士"],
    ["an ordinal is not parted", "刊登于简报的第11期上", 8, "刊登于简报的|第11期上"],
    ["what is longer than a line is cut where the line is full", "620000000000000005", 4, "62000000|00000000|05"],
    ["but a date first between year and month", "于2017年9月25日止", 5, "于2017年|9月25日止"],
    ["and a document number behind its year", "国办发〔2017〕5号", 7, "国办发〔2017〕|5号"],
    ["and an address behind a solidus", "www.town.example/zwgk/gs.html", 10, "www.town.example/|zwgk/gs.html"],
    ["an indent shortens the first line only", "一二三四五六七八九十", 4, "一二|三四五六|七八九十", 2],
    ["a last line of one character takes two more", "一二三四五六七八九十百千万", 12, "一二三四五六七八九十|百千万"],
    ["and rather a whole bracket", "本次公开到此为止\uff08数据\uff09", 11, "本次公开到此为止|\uff08数据\uff09"],
  ] as const)("%s", (_, text, characters, lines, first: number = characters) => {
    expect(broken(text, characters, first).join("|")).toBe(lines);
  });
});

describe("the lines of a centred text", () => {
  const even = (text: string, characters: number, most = Number.POSITIVE_INFINITY, strict = false) =>
    balancedLines(cellsOf(text, face).cells, characters * character, most, strict)
      ?.map(textOf)
      .join("/") ?? null;

  it.each([
    ["two halves of a slogan", "建设鄂南首善之区 服务辖区千家万户", 12, "建设鄂南首善之区/服务辖区千家万户"],
    ["one line where it fits", "建设鄂南首善之区 服务辖区千家万户", 17, "建设鄂南首善之区 服务辖区千家万户"],
    ["evenly, not full and rest", "城乡居民医疗保险缴费通知", 11, "城乡居民医疗/保险缴费通知"],
    [
      "broken between two words that are one",
      "关于征求棚户区改造项目房屋征收补偿方案意见的公告",
      16,
      "关于征求棚户区改造项目/房屋征收补偿方案意见的公告",
    ],
    [
      "broken before a document number",
      "关于印发《信息公开办法》的通知\uff08鄂政办发〔2017〕15号\uff09",
      16,
      "关于印发《信息公开办法》的通知/\uff08鄂政办发〔2017〕15号\uff09",
    ],
    [
      "broken between words rather than in one made of two",
      "城乡居民医疗保险缴费工作通知",
      10,
      "城乡居民医疗保险/缴费工作通知",
    ],
    ["not begun with what leans back", "做好缴费的通知工作", 6, "做好缴费的/通知工作"],
    ["not begun with a particle", "关于做好城乡居民医疗保险缴费的通知", 14, "关于做好城乡居民/医疗保险缴费的通知"],
    ["never one character alone", "办事处政务公开栏", 7, "办事处/政务公开栏"],
    ["after a mark rather than within a clause", "公开是常态\uff0c不公开是例外", 8, "公开是常态\uff0c/不公开是例外"],
  ])("are %s", (_, text, characters, lines) => expect(even(text, characters)).toBe(lines));

  it("are none rather than too many", () => expect(even("城乡居民医疗保险缴费通知", 5, 2)).toBeNull());

  it("are none rather than a broken number, where that is asked for", () => {
    expect(even("电话0715-0000000", 4, 5, true)).toBeNull();
    expect(even("电话0715-0000000", 4, 5)).not.toBeNull();
  });

  it("are none rather than a broken word, or a line beside which another is short, where that is asked for", () => {
    const words = "不忘初心牢记使命深入学习贯彻党的十九大精神";
    expect(even(words, 7.5, 3)).toBe("不忘初心牢记使/命深入学习贯彻/党的十九大精神");
    expect(even(words, 7.5, 3, true)).toBeNull();
    expect(even("公示www.example.gov.cn", 9)).toBe("公示/www.example.gov.cn");
    expect(even("公示www.example.gov.cn", 9, 2, true)).toBeNull();
  });

  it("have no blank halves at their edges, which would push their ink aside", () => {
    const lines =
      balancedLines(cellsOf("《公开条例》实施之日\uff0c《公开办法》废止之时。", face).cells, 11 * character, 2) ?? [];
    expect(lines.map((line) => textOf(line))).toEqual(["《公开条例》实施之日\uff0c", "《公开办法》废止之时。"]);
    expect(lines.map((line) => [line[0]?.dx, line[0]?.width, line.at(-1)?.width])).toEqual([
      [-5, 11, 10],
      [-5, 11, 8],
    ]);
  });
});

describe("the longest run", () => {
  it("is as wide as a line must be for nothing to be broken, to the dot", () => {
    for (const run of ["0715-0000000", "〔2017〕15号", "《王*兰》", "\uff08二〇一七年十二月\uff09\uff0c"]) {
      const { cells } = cellsOf(`街道${run}街道`, face);
      const width = longestRun(cells);
      expect(breakLines(cells, width).map(textOf)).toContain(run);
      expect(breakLines(cells, width - 1).map(textOf)).not.toContain(run);
    }
  });
});
