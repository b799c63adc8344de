/** Generated texts as offices write them, and what a reader would call one piece. Full-width marks as escapes: editors fold them. */
import fc from "fast-check";
import type { Cell } from "../../src/typeset/text.ts";

/** What must stay whole while it fits a line; each between ideographs. */
export const wholes = [
  "0715-0000000",
  "400-000-0000",
  "+86 715 0000000",
  "\uff080715\uff090000000",
  "138****0000",
  "16时30分",
  "8:30",
  "8:30—12:00",
  "93.5分",
  "1,234.80元",
  "18.60万元",
  "200多户",
  "10个工作日",
  "3个月",
  "2017年8月12日",
  "9月25日—30日",
  "2017年9月25日—2018年1月8日",
  "2017年度",
  "二〇一七年十二月三十一日",
  "鄂政办发〔2017〕15号",
  "第11期",
  "第十二条",
  "85%",
  "5%—8%",
  "LED",
  "WeChat",
  "PM2.5",
  "COVID-19",
  "50毫米",
  "120平方米",
  "王*兰",
  "欧阳*成",
  "李**",
  "www.example.gov.cn",
  "a.b@example.cn",
  "12345",
] as const;
const whole = fc.constantFrom(...wholes);

/** None of them is a unit, a numeral or a part of an organ's code. */
const hanWords = "街道 社区 居委 群众 服务 公开 建设 项目 医疗 保险 缴纳 情况 有关 要求 根据 关于 为 的 了 和".split(
  " ",
);
const han = fc.array(fc.constantFrom(...hanWords), { minLength: 1, maxLength: 5 }).map((parts) => parts.join(""));
const between = fc.constantFrom(
  "\uff0c",
  "。",
  "\uff1b",
  "、",
  "\uff1a",
  "\uff1f",
  "\uff01",
  "——",
  "……",
  " ",
  "\u3000",
  "·",
);
const pairs = [
  ["\uff08", "\uff09"],
  ["《", "》"],
  ["“", "”"],
  ["「", "」"],
  ["【", "】"],
  ["(", ")"],
] as const;

/** Words and wholes, never two wholes side by side, which would be another whole. */
const plain = fc
  .tuple(han, fc.option(whole), han)
  .map(([before, middle, after]) => (middle === null ? before : `${before}${middle}${after}`));
const clause: fc.Memo<string> = fc.memo((depth) => {
  if (depth <= 1) return plain;
  const inner = clause(depth - 1);
  const bracketed = fc.tuple(fc.constantFrom(...pairs), inner).map(([[open, close], text]) => `${open}${text}${close}`);
  return fc.oneof(
    { weight: 3, arbitrary: plain },
    { weight: 1, arbitrary: bracketed },
    { weight: 1, arbitrary: fc.tuple(plain, bracketed).map((parts) => parts.join("")) },
  );
});

/** A paragraph: clauses with marks between, sometimes two of them, brackets up to two deep. */
export const officeText: fc.Arbitrary<string> = fc
  .array(fc.tuple(clause(3), between, fc.option(between, { freq: 8 })), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.map(([text, mark, second]) => text + mark + (second ?? "")).join(""));

/** Anything that cells can be made of, in any order. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."中一二日年月12.,:-/ \u3000aZ的*《》“”\uff08\uff09\uff0c。、\uff1b—…·%〔〕号第@w\u200d"),
      whole,
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(""));

export const widthOfLine = (line: readonly Cell[]): number => line.reduce((sum, { width }) => sum + width, 0);
export const textOfLine = (line: readonly Cell[]): string => line.map(({ text }) => text).join("");

export const mayNotBegin = /^[\uff0c\uff1b\uff1a\uff1f\uff01\uff09\uff05\uff5e、。》”’』」】〕〉…—·,;:?!.)%℃‰]/;
export const mayNotEnd = /[\uff08《“‘『「【〔〈([{\uffe5¥$\uff04]$/;
