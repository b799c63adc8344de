/** The watched folder: files are taken when they are whole, moved with a word beside them, and never followed anywhere. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FaultError } from "../../src/fault.ts";
import { createInbox, type Inbox } from "../../src/daemon/cap-inbox.ts";
import { limits } from "../../src/limits.ts";
import { scratch } from "../store/small-office.ts";

let place: ReturnType<typeof scratch>;
let inbox: Inbox;
let taken: string[] = [];
let failures: unknown[] = [];
let unread: string[] = [];
const refusal = { where: "line 1", what: { zh: "错", en: "bad" }, remedy: { zh: "改", en: "mend" } };

beforeEach(async () => {
  place = scratch();
  taken = [];
  failures = [];
  unread = [];
  inbox = createInbox({
    folder: place.folder,
    unread: async (_, name) => void unread.push(name),
    failed: (error) => void failures.push(error),
    async take(bytes) {
      const text = new TextDecoder().decode(bytes);
      if (text.startsWith("bad")) throw new FaultError({ code: "warning/refused", ...refusal });
      taken.push(text);
      return "1 waiting";
    },
  });
  await inbox.look();
});
afterEach(() => {
  expect(failures).toEqual([]);
  place.remove();
});

const at = (...parts: string[]) => join(place.folder, ...parts);
const put = (name: string, text: string) => writeFileSync(at("cap-inbox", name), text);
const twice = async () => {
  await inbox.look();
  await inbox.look();
};

test("taken at the second look that sees the same, and moved with a word", async () => {
  put("a.xml", "one");
  await inbox.look();
  expect(taken).toEqual([]);
  await inbox.look();
  expect(taken).toEqual(["one"]);
  expect(readdirSync(at("cap-inbox"))).toEqual([]);
  const done = readdirSync(at("cap-done"));
  expect(done.map((name) => name.slice(-4)).sort()).toEqual([".txt", ".xml"]);
  const word = done.find((name) => name.endsWith(".txt")) ?? "";
  expect(readFileSync(at("cap-done", word), "utf8")).toBe("a.xml\n1 waiting\n");
});

test("not while it grows, nor under a name for what is not finished", async () => {
  put("a.xml", "on");
  await inbox.look();
  appendFileSync(at("cap-inbox", "a.xml"), "e");
  await inbox.look();
  expect(taken).toEqual([]);
  for (const name of [".b.xml", "c.xml.part", "d.tmp", "e.xml~"]) put(name, "half");
  await twice();
  expect(taken).toEqual(["one"]);
  renameSync(at("cap-inbox", "c.xml.part"), at("cap-inbox", "c.xml"));
  await twice();
  expect(taken).toEqual(["one", "half"]);
});

test("refused with the reason beside it", async () => {
  put("x.xml", "bad");
  await twice();
  const [word = ""] = readdirSync(at("cap-refused")).filter((name) => name.endsWith(".txt"));
  expect(readFileSync(at("cap-refused", word), "utf8")).toMatch(/^x\.xml\nline 1.*错\n改\nline 1: bad\nmend\n$/);
  expect(existsSync(at("cap-refused", word.replace(".txt", ".xml")))).toBe(true);
});

test("links, folders, pipes and large files are refused, and nothing is read through them", async () => {
  writeFileSync(at("secret"), "secret");
  symlinkSync(at("secret"), at("cap-inbox", "link.xml"));
  symlinkSync("/dev/zero", at("cap-inbox", "zero.xml"));
  mkdirSync(at("cap-inbox", "folder.xml"));
  writeFileSync(at("cap-inbox", "folder.xml", "inner"), "x");
  execFileSync("mkfifo", [at("cap-inbox", "pipe.xml")]);
  put("large.xml", "x".repeat(limits.capBytes + 1));
  await twice();
  expect(taken).toEqual([]);
  expect(readdirSync(at("cap-inbox"))).toEqual([]);
  expect(readdirSync(at("cap-refused")).filter((name) => name.endsWith(".txt"))).toHaveLength(5);
  expect([...unread].sort()).toEqual(["folder.xml", "large.xml", "link.xml", "pipe.xml", "zero.xml"]);
  expect(readFileSync(at("secret"), "utf8")).toBe("secret");
  // Those that come again take their place.
  symlinkSync(at("secret"), at("cap-inbox", "link.xml"));
  await twice();
  expect(readdirSync(at("cap-refused")).filter((name) => name.endsWith(".txt"))).toHaveLength(5);
});

test("names are words, not paths", async () => {
  put("a\\..\\evil.xml", "one");
  put("二\n三.xml", "two");
  await twice();
  expect([...taken].sort()).toEqual(["one", "two"]);
  for (const name of readdirSync(at("cap-done"))) expect(name).toMatch(/^[0-9a-f]{32}\.(xml|txt)$/);
});

test("so many at a look, and so many kept", async () => {
  for (let n = 0; n < limits.capFilesAtOnce + 5; n++) put(`${n}.xml`, `text ${n}`);
  await twice();
  expect(taken).toHaveLength(limits.capFilesAtOnce);
  for (let round = 0; round < 3; round++) await twice();
  expect(taken).toHaveLength(limits.capFilesAtOnce + 5);
});
