/** What Word, WPS and Excel put on the clipboard becomes a notice's text: its words, paragraphs and tables, nothing else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { piecesOf } from "../../src/web/notice/html.ts";
import { isTsv, pastedOf } from "../../src/web/notice/paste.ts";

/** In the shape of Word 2016 for Windows. */
const word = `Version:1.0\r\nStartHTML:0000000105\r\n<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal { mso-style-parent:""; font-family:"仿宋_GB2312"; } --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center'><b><span style='font-size:22.0pt;font-family:方正小标宋简体'>停水通知<span lang=EN-US><o:p></o:p></span></span></b></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt'>因供水管网检修,</span><span
lang=EN-US>7</span><span>月</span><span lang=EN-US>18</span><span>日</span><span lang=EN-US>9:00</span><span>至</span><span lang=EN-US>17:00</span><span>停水。</span></p>
<p class=MsoListParagraph><![if !supportLists]><span lang=EN-US>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]><span>请储水&ldquo;备用&rdquo;。</span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<!--EndFragment--></body></html>`;

const wordTable = `<p class=MsoNormal>2016年度决算</p><table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'>
<td width=189 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal><b>项目<o:p></o:p></b></p></td><td><p class=MsoNormal>预算<br>数</p></td></tr>
<tr><td><p class=MsoNormal>公务接待费</p></td><td><p class=MsoNormal><span lang=EN-US>9.50</span></p></td></tr></table><p class=MsoNormal>单位：万元</p>`;

/** In the shape of Excel: its own fragment marks, `x:num`, an empty column, merged cells. */
const excel = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"0\\.00";}--></style></head><body link=blue>
<table border=0 cellpadding=0 cellspacing=0 width=216 style='border-collapse:collapse'><!--StartFragment-->
 <col width=72 span=3><tr height=19><td colspan=3 class=xl66 width=216>村级补贴</td></tr>
 <tr height=19><td rowspan=2 class=xl65>柳林村</td><td>何*发</td><td class=xl65 align=right x:num="436.8">436.80</td></tr>
 <tr height=19><td>汪|珍</td><td align=right>252.00</td></tr>
 <tr height=19><td>&nbsp;</td><td></td><td></td></tr>
<!--EndFragment--></table></body></html>`;

const text = (html: string, plain = "") => pastedOf(html, plain, 20_000)?.text;

describe("from Word", () => {
  test("paragraphs stay, and how they looked does not", () => {
    const said = text(word)?.split("\n") ?? [];
    expect(said.slice(-3)).toEqual([
      "停水通知",
      "因供水管网检修,7月18日9:00至17:00停水。",
      "1. 请储水\u201c备用\u201d。",
    ]);
    expect(text(word)).not.toMatch(/mso|仿宋|Normal/);
  });

  test("a table is the notice's table, with what stands before and after it", () => {
    expect(text(wordTable)).toBe("2016年度决算\n项目|预算 数\n公务接待费|9.50\n单位：万元");
    expect(pastedOf(wordTable, "", 20_000)?.hasTable).toBe(true);
  });
});

describe("from Excel", () => {
  test("rows and columns, merged cells once, none that is empty at the end, and no | that would part a cell", () => {
    expect(text(excel)).toBe("村级补贴||\n柳林村|何*发|436.80\n|汪\uff5c珍|252.00");
  });

  test("without HTML, tabs part the columns; a cell of two lines is one", () => {
    expect(text("", '项目\t数量\r\n"危房\n改造"\t3\r\n"说""好"""\t1\r\n')).toBe('项目|数量\n危房 改造|3\n说"好"|1');
    expect([isTsv("一行\t字"), isTsv("一行字"), isTsv("一\t二\n三"), isTsv("")]).toEqual([true, false, false, false]);
  });
});

describe("whatever is on the clipboard", () => {
  test("plain words are pasted as ever", () => {
    expect(pastedOf("", "停水通知\n明天", 20_000)).toBeNull();
    expect(pastedOf("<meta charset='utf-8'><span>停水</span>", "停水", 20_000)).toBeNull();
  });

  test("scripts, comments and marks that are none are no words; entities are", () => {
    expect(
      text("<p>一<script>alert('<p>二')</script><!-- 三 --><img src=x onerror='a>b'>四 &lt;p&gt; 1 < 2 &#20116;</p>"),
    ).toBe("一四 <p> 1 < 2 五");
  });

  test("too long a text is cut between two characters, and said to be", () => {
    expect(pastedOf("<p>一二三𠀀五</p>", "", 4)).toEqual({ text: "一二三", hasTable: false, cut: true });
    expect(pastedOf("<p>一二三</p>", "", 3)).toMatchObject({ text: "一二三", cut: false });
  });

  test("nothing makes it fail, run on, or give rows of unlike width", () => {
    const bit = fc.oneof(
      fc.constantFrom(
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<td colspan=999>",
        "<td rowspan=9>",
        "<p>",
        "</p>",
        "<!--",
        "-->",
        "<",
        ">",
        "&#x;",
        "<br/>",
        "'",
        '="',
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 60 }), (bits) => {
        const html = `<table>${bits.join("")}`;
        for (const piece of piecesOf(html)) expect(piece).toBeDefined();
        const pasted = pastedOf(html, "", 20_000);
        expect(pasted?.text.length).toBeLessThanOrEqual(20_000);
      }),
    );
    const cells = fc.array(fc.array(fc.stringMatching(/^[一-龥0-9.|]{1,6}$/), { minLength: 2, maxLength: 5 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(cells, (rows) => {
        const html = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td><p>${cell}</p></td>`).join("")}</tr>`).join("")}</table>`;
        const width = Math.max(...rows.map((row) => row.length));
        const out = (text(html) ?? "").split("\n").map((line) => line.split("|"));
        expect(out).toEqual(
          rows.map((row) => Array.from({ length: width }, (_, at) => (row[at] ?? "").replaceAll("|", "\uff5c"))),
        );
      }),
    );
  });
});
