/** Text files as Windows, other programs and damage leave them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstInvalidUtf8 } from "../../src/cli/verbs/render-text.ts";
import { closeFolder, dual, fileOf, firstLines, listed, openFolder, render } from "./rendering.ts";

beforeAll(openFolder);
afterAll(closeFolder);

describe("encodings", () => {
  /** 停水 in GBK; by chance it is UTF-8 too, of letters that nobody writes. */
  const gbk = Buffer.from("cda3cbae", "hex");
  const repeated = Buffer.concat(Array(10).fill(gbk));

  test("as Windows saves them", async () => {
    const utf16 = Buffer.from("\ufeff停水", "utf16le");
    for (const [name, bytes] of [
      ["utf16le", utf16],
      ["utf16be", Buffer.from(utf16).swap16()],
      ["utf8", Buffer.from("\ufeff停水")],
    ] as const)
      expect(await firstLines(await fileOf(`${name}.txt`, bytes), ...dual), name).toEqual(["停水"]);
  });

  test("GBK is seen, and said; or told", async () => {
    const file = await fileOf("gbk.txt", repeated);
    const [seen] = await listed(file, ...dual);
    expect(seen?.notes.map(({ en }) => en)).toEqual(["gbk.txt is not UTF-8; it was read as gb18030"]);
    expect(seen?.pages?.[0]?.lines.join("")).toBe("停水".repeat(10));
    const [told] = await listed(file, ...dual, "--encoding", "gb18030");
    expect([told?.message, told?.notes]).toEqual([seen?.message, []]);
    const wrong = await render(
      await fileOf("wrong.txt", Buffer.from("cda3cbffff", "hex")),
      ...dual,
      "--encoding",
      "utf-8",
    );
    expect(wrong.err).toMatch("is not text in utf-8");
  });

  test("letters of Europe in UTF-8 are not taken for Chinese", async () => {
    for (const text of ["Caf\u00e9", "\u041f\u0440\u0438\u0432\u0435\u0442", "\u00a9\u00b7\u00ae 2017"])
      expect((await listed(await fileOf("europe.txt", text), ...dual))[0]?.notes).toEqual([]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["bytes that are no UTF-8", Buffer.from("e9809ae79fa50aff", "hex"), /byte 8 \(line 2\), 0xFF, makes no sense/],
    ["Latin-1", Buffer.from("Gr\u00f6\u00dfe", "latin1"), /byte 3 \(line 1\), 0xF6/],
    ["a zero byte", Buffer.from("ab\0cd\0\0e"), /byte 3 is 0[\s\S]*Give a \.txt/],
    ["UTF-16 that is not marked", Buffer.from("Notice", "utf16le"), /byte 2 is 0[\s\S]*add --encoding utf-16le/],
    [
      "an office document",
      Buffer.from("PK\u0003\u0004xx", "latin1"),
      /office documents cannot be read[\s\S]*Save it as PDF/,
    ],
    ["only spaces", Buffer.from(" \n\u3000\n"), /is empty/],
  ])("%s", async (_, bytes, words) => {
    const { code, err } = await render(await fileOf("bytes.txt", bytes), ...dual);
    expect([code, err]).toEqual([1, expect.stringMatching(words)]);
  });

  test("the first wrong byte is where the decoder stops", () => {
    const decoder = () => new TextDecoder("utf-8", { fatal: true });
    for (const [hex, at] of [
      ["", 0],
      ["61", 1],
      ["e4bda0e5a5bd", 6],
      ["c0af", 0],
      ["61eda080", 1],
      ["f4908080", 0],
      ["f09f98", 0],
      ["e4bda0e5a5", 3],
      ["61e0809f", 1],
      ["f09f9880", 4],
    ] as const) {
      const bytes = Buffer.from(hex, "hex");
      expect(firstInvalidUtf8(bytes), hex).toBe(at);
      if (at === bytes.length) decoder().decode(bytes);
      else expect(() => decoder().decode(bytes), hex).toThrow();
    }
  });
});
