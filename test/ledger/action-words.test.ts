/** The register's sheets are read by people: no row of theirs has only a code for what was done. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { actionSentence, actionWords } from "../../src/ledger/reports/index.ts";
import { projectFiles, root } from "../house/files.ts";

/** Kinds of rows, with the faults' and other codes of that form left out. */
const kinds =
  "notice|draft|review|account|session|ledger|play|backup|handover|deputy|password-link|token|set-up|picture|password|installation";
const literal = new RegExp(`(?:code: |case )?"((?:${kinds})/[a-z-]+)"`, "g");
const recorded = /action: (?:"([a-z-]+\/[a-z-]+)")/g;

const sources = projectFiles().filter((path) => /^src\/.*\.ts$/.test(path));

test("every action that is recorded has its words, in Chinese and in English", () => {
  const found = new Set<string>();
  for (const path of sources) {
    const text = readFileSync(join(root, path), "utf8");
    for (const [, action = ""] of text.matchAll(recorded)) found.add(action);
    // Handed on to where they are recorded: literals beside a verb that records.
    if (/record\(|addStep\(|action/.test(text) && !/-fault\.ts$/.test(path))
      for (const [whole, action = ""] of text.matchAll(literal))
        if (!/^(code|case)/.test(whole) && !isFault(action)) found.add(action);
  }
  expect(found.size).toBeGreaterThan(30);
  const bare = [...found].filter((action) => !/[\u4e00-\u9fff]/.test(actionWords(action)));
  expect(bare, "give it words in src/ledger/reports/action-words.ts").toEqual([]);
  expect([...found].filter((action) => actionSentence(action).en === action)).toEqual([]);
});

const faults = sources
  .filter((path) => /fault\.ts$/.test(path))
  .map((path) => readFileSync(join(root, path), "utf8"))
  .join("\n");
const isFault = (code: string) => faults.includes(`"${code}"`) || onlySaid.has(code);
/** Codes in what commands print, which no row has. */
const onlySaid = new Set(["ledger/cut", "notice/saved"]);
