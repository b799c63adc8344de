/** For whom the page is answered, changed in a file that somebody wrote and will read. */
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { assetUrl } from "../../src/config/index.ts";
import { editListen } from "../../src/config/edit-listen.ts";
import { firstOffice } from "../../src/config/first-office.ts";
import { board, file } from "./small-file.ts";

const example = await readFile(assetUrl("boardcast.example.yaml"), "utf8");
const begun = firstOffice({ office: "甲", review: "two", calendar: "none", zone: "Asia/Shanghai" });
const plain = file(board("B1"));

function done(text: string, host: string): string {
  const result = editListen(text, "f", host);
  if (!result.ok) throw new Error(result.faults.map(({ what }) => what.en).join("\n"));
  expect(result.site.listen.host).toBe(host);
  return result.text;
}
const differs = (before: string, after: string) => {
  const [old, made] = [before.split("\n"), after.split("\n")];
  return { gone: old.filter((line) => !made.includes(line)), come: made.filter((line) => !old.includes(line)) };
};

describe("for the office's network", () => {
  test.each([
    ["the example, whose comment stays", example, /^ {2}host: 0\.0\.0\.0 {14}# /],
    ["a file that says nothing of it", begun.ok ? begun.text : "", /^listen: \{ host: 0\.0\.0\.0 \}$/],
    [
      "one in braces",
      plain.replace("boards:", "listen: { port: 8090 }\nboards:"),
      /^listen: \{ host: 0\.0\.0\.0, port: 8090 \}$/,
    ],
    [
      "one in lines without a host",
      plain.replace("boards:", "listen:\n    port: 8090\nboards:"),
      /^ {4}host: 0\.0\.0\.0$/,
    ],
    ["one with a carriage return on each line", plain.replace(/\n/g, "\r\n"), /^listen: \{ host: 0\.0\.0\.0 \}\r$/],
  ])("%s: one line comes, and nothing else is touched", (_, text, line) => {
    const made = done(text, "0.0.0.0");
    const { gone, come } = differs(text, made);
    expect(come).toEqual([expect.stringMatching(line)]);
    expect(gone.length).toBeLessThanOrEqual(1);
    // And back: only this computer.
    expect(done(made, "127.0.0.1")).toBe(made.replace("0.0.0.0", "127.0.0.1"));
  });

  test("a file all in braces is written anew as a whole; one with a mistake is left as it is", () => {
    const braces = `{ office: 甲, boards: [], calendar: { kind: none } }\n`;
    expect(done(braces, "0.0.0.0")).toContain("host: 0.0.0.0");
    const wrong = editListen("office: 甲\n", "f", "0.0.0.0");
    expect(wrong).toMatchObject({ ok: false, of: "before" });
  });
});
