import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { screenContent, screenNumbers } from "../../src/notices/screening/index.ts";

const hits = (text: string) => screenNumbers(text).map(({ rule, proposal }) => `${rule} ${proposal}`);

describe("found, wherever it stands", () => {
  test.each([
    ["alone", "13800138000", ["mobile 138****8000"]],
    ["between characters", "电话13800138000联系", ["mobile 138****8000"]],
    [
      "with full-width digits",
      "\uFF11\uFF13\uFF18\uFF10\uFF10\uFF11\uFF13\uFF18\uFF10\uFF10\uFF10",
      ["mobile 138****8000"],
    ],
    ["in groups", "138 0013 8000 或 138-0013-8000", ["mobile 138****8000", "mobile 138****8000"]],
    ["identity number", "999999198001010011", ["id18 99*************011"]],
    ["identity number ending in x", "99999919800101002x", ["id18 99*************02X"]],
    ["identity number in groups", "999999 19800101 0011", ["id18 99*************011"]],
    ["bank card of 16", "6200000000000005", ["bankcard 6200********0005"]],
    ["bank card in groups", "6200 0000 0000 0005", ["bankcard 6200********0005"]],
    [
      "several, in the order of the text",
      "6200000000000005,13800138000",
      ["bankcard 6200********0005", "mobile 138****8000"],
    ],
  ])("%s", (_what, text, wanted) => {
    expect(hits(text)).toEqual(wanted);
  });
});

describe("a notice is screened in everything that is lit", () => {
  const plain = { title: "公示", body: "正文", signature: { org: "青石港办事处", date: null }, publicity: null };
  const period = { required: 7, unit: "day" } as const;
  const found = (differences: object) => screenContent({ ...plain, ...differences }).map(({ rule }) => rule);
  test.each<readonly [string, object, readonly string[]]>([
    ["the title", { title: "张三13800138000" }, ["mobile"]],
    ["the signature", { signature: { org: "张三13800138000", date: null } }, ["mobile"]],
    ["a caption", { pictures: [{ sha256: "", caption: "张三13800138000" }] }, ["mobile"]],
    ["who hears objections", { publicity: { ...period, contact: "联系人张三 999999198001010011" } }, ["id18"]],
    ["a telephone that is a mobile", { publicity: { ...period, phone: "13812345678" } }, ["mobile"]],
    ["an office's telephone", { publicity: { ...period, contact: "镇纪委", phone: "0715-8812345" } }, []],
    ["a land line without a dash", { publicity: { ...period, phone: "07158812345" } }, []],
    ["hotlines", { publicity: { ...period, phone: "12345、12388、400-123-4567" } }, []],
    ["two fields that would make one number", { publicity: { ...period, contact: "138", phone: "00138000" } }, []],
  ])("%s", (_what, differences, types) => {
    expect(found(differences)).toEqual(types);
  });
});

describe("not mistaken", () => {
  test.each([
    ["a land line", "0715-0000000"],
    ["a masked mobile", "138****8000"],
    ["a masked identity number", "99*************011"],
    ["a mobile's digits inside a longer run", "213800138000"],
    ["a number of 12", "138001380001"],
    ["no such mobile prefix", "12800138000"],
    ["an identity number with a wrong check digit", "999999198001010012"],
    ["an identity number born on 30 February", "999999198002300010"],
    ["16 digits that fail Luhn", "6200000000000006"],
    ["a unified social credit code", "11421200MB0000000T"],
    ["a credit code of digits but the last", "91420000000000000N"],
    ["a project number of 21 digits", "420000201706150000018"],
    ["a date and a time", "2017-11-06 08:30"],
    ["amounts", "1234567.89万元"],
    ["the words without a number", "请带身份证和银行卡"],
  ])("%s", (_what, text) => {
    expect(hits(text)).toEqual([]);
  });
});

test("any valid identity number is found, and its masked form is not", () => {
  const born = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 100000, max: 999999 }),
      born,
      fc.integer({ min: 0, max: 999 }),
      (region, date, serial) => {
        const first = `${region}${date.toISOString().slice(0, 10).replaceAll("-", "")}${String(serial).padStart(3, "0")}`;
        // GB 11643: the weights are powers of 2 modulo 11, and the sum with the check digit is 1 modulo 11.
        let sum = 0;
        for (const digit of first) sum = (sum * 2 + Number(digit)) % 11;
        const check = "0123456789X"[(12 - ((sum * 2) % 11)) % 11];
        const [hit] = screenNumbers(`号${first}${check}。`);
        expect(hit).toMatchObject({ rule: "id18", index: 1, found: `${first}${check}` });
        expect(screenNumbers(hit?.proposal ?? "")).toEqual([]);
      },
    ),
  );
});

test("no text is too odd to screen", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      for (const { index, found } of screenNumbers(text)) expect(text.slice(index, index + found.length)).toBe(found);
    }),
  );
});
