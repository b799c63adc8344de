import { describe, expect, it } from "vitest";
import { type Fault, remedy, sentence } from "../../src/fault.ts";

type Samples = { readonly [Code in Fault["code"]]: Extract<Fault, { code: Code }> };

const text = { zh: "样例文字", en: "sample words" };

const sheet = {
  board: "B9",
  notice: "N06",
  title: "Housing list",
  since: "2017-05-22 08:00",
  place: "village hall",
  custodian: "D",
};

const card = { board: "B9", since: "2017-05-22 08:00", place: "village hall", custodian: "D" };

/** One of each; the compiler asks for a sample of every new code. */
const samples: Samples = {
  "link/refused": { code: "link/refused", board: "B1", where: "tcp 192.0.2.7:5005", detail: "ECONNREFUSED" },
  "link/lost": { code: "link/lost", board: "B1", where: "tcp 192.0.2.7:5005", detail: "ECONNRESET" },
  "link/no-answer": { code: "link/no-answer", board: "B1", where: "tcp 192.0.2.7:5005", label: "STATUS" },
  "wire/noise": { code: "wire/noise", board: "B1", bytes: 17 },
  "wire/refused": { code: "wire/refused", board: "B1", label: "ACTIVATE", detail: "missing" },
  "panel/clock": { code: "panel/clock", board: "B1", errorMs: 1234 },
  "panel/shape": { code: "panel/shape", board: "B1", wanted: "128x32:mono", found: "64x32:rgb" },
  "panel/version": { code: "panel/version", board: "B1", found: "9" },
  "panel/frame": { code: "panel/frame", board: "B1", wanted: "0badcafe", found: "deadbeef" },
  "panel/full": { code: "panel/full", board: "B1", needs: 4096, has: 1024 },
  "panel/card": { code: "panel/card", board: "B1", label: "A7 00", what: text, todo: text },
  "panel/unseen": { code: "panel/unseen", board: "B4" },
  "panel/no-page": { code: "panel/no-page", board: "B4" },
  "panel/key-ends": { code: "panel/key-ends", board: "B4", on: "2027-11-27" },
  "panel/hidden": { code: "panel/hidden", board: "B4", from: "192.0.2.9" },
  "seal/refused": { code: "seal/refused", board: "B1", notice: "N27", why: "signature" },
  "message/altered": { code: "message/altered", board: "B1", message: "3f2a91".repeat(8) },
  "board/overfull": { code: "board/overfull", board: "B1", spans: 5000, max: 4096 },
  "board/stale": { code: "board/stale", board: "B5", since: "2017-11-06", days: 30 },
  "board/expired-lit": { code: "board/expired-lit", board: "B5", notice: "N07", until: "2017-11-14 17:30" },
  "board/empty-slot": { code: "board/empty-slot", board: "B5", day: "2017-12-06", notice: "N07" },
  "clock/wrong": { code: "clock/wrong", what: "jumped", seconds: 3600 },
  "board/default-unsigned": { code: "board/default-unsigned", board: "B1", why: text },
  "board/default-stays": { code: "board/default-stays", board: "B1" },
  "board/unknown": { code: "board/unknown", board: "B77" },
  "board/unchecked": { code: "board/unchecked", board: "B10" },
  "board/text-signed": { code: "board/text-signed", board: "B1" },
  "board/others": { code: "board/others", boards: ["B3", "B4"] },
  "board/dark": { code: "board/dark", board: "B3" },
  "board/not-dark": { code: "board/not-dark", boards: ["B3"] },
  "board/dark-unconfirmed": { code: "board/dark-unconfirmed", board: "B3", place: "Hall 1", custodian: "P04" },
  "board/dark-unkept": { code: "board/dark-unkept", boards: ["B3"], detail: "ENOSPC" },
  "board/pattern": { code: "board/pattern", board: "B3", pattern: "blue", known: ["red", "row"] },
  "board/warning": { code: "board/warning", board: "B3" },
  "board/not-maintained": { code: "board/not-maintained", board: "B3" },
  "board/reports-full": { code: "board/reports-full", board: "B3", max: 20 },
  "board/report-unknown": { code: "board/report-unknown", board: "B3", number: 4 },
  "job/failed": { code: "job/failed", job: "backup", why: "ENOSPC" },
  "job/hangs": { code: "job/hangs", job: "report", minutes: 30 },
  "job/no-backup": { code: "job/no-backup", since: "2017-11-06" },
  "index/unknown": { code: "index/unknown", index: "01-C031-2017-0001" },
  "index/voided": { code: "index/voided", index: "01-C031-2017-0001" },
  "issue/unknown": { code: "issue/unknown", id: "2017-9" },
  "issue/empty": { code: "issue/empty" },
  "issue/not-on": { code: "issue/not-on", board: "B3", notice: "N13" },
  "issue/too-long": { code: "issue/too-long", board: "B3", max: 500 },
  "takedown/open": {
    code: "takedown/open",
    board: "B3",
    what: { zh: "撤下 N06", en: "taking N06 down" },
    since: "15:02:10",
    darkBy: "17:02",
  },
  "installation/sample": { code: "installation/sample", board: "B1" },
  "installation/none": { code: "installation/none" },
  "installation/unwritable": { code: "installation/unwritable", file: "boardcast.yaml", detail: "EACCES" },
  "installation/lit": { code: "installation/lit", board: "B6" },
  "installation/loaded": { code: "installation/loaded", board: "B9", notices: 2 },
  "installation/hanging": { code: "installation/hanging", board: "B9", sheets: 2 },
  "installation/starting": { code: "installation/starting" },
  "installation/stands": { code: "installation/stands" },
  "installation/chosen": { code: "installation/chosen" },
  "installation/from-afar": { code: "installation/from-afar" },
  "installation/alone": { code: "installation/alone" },
  "card/not-loaded": { code: "card/not-loaded", ...card, notices: 2, load: "3F2A-91BC" },
  "card/still-on": { code: "card/still-on", ...card, notice: "N07", title: "List", more: 1 },
  "card/unknown": { code: "card/unknown", board: "B1" },
  "card/dark": { code: "card/dark", board: "B9" },
  "card/no-load": { code: "card/no-load", board: "B9", load: "3F2A-91BC" },
  "card/over": {
    ...{ code: "card/over", board: "B9", load: "3F2A-91BC", notice: "N07", title: "Water" },
    ...{ at: "2017-05-22 08:00", more: 0 },
  },
  "card/said": { code: "card/said", board: "B9", load: "3F2A-91BC" },
  "card/folder": { code: "card/folder", folder: "usb/B9", why: "write", detail: "ENOSPC" },
  "paper/not-posted": { code: "paper/not-posted", ...sheet },
  "paper/still-hanging": { code: "paper/still-hanging", ...sheet },
  "paper/unknown": { code: "paper/unknown", notice: "N06", board: "B9" },
  "paper/state": { code: "paper/state", notice: "N06", board: "B9", what: "taken", state: "hanging" },
  "paper/gone": { code: "paper/gone", notice: "N06", board: "B9" },
  "paper/several-pages": { code: "paper/several-pages", has: 3 },
  "takedown/unknown": { code: "takedown/unknown", id: "99" },
  "takedown/not-waiting": { code: "takedown/not-waiting", id: "3", board: "B3" },
  "calendar/ending": { code: "calendar/ending", year: 2027, days: 30 },
  "warning/refused": {
    code: "warning/refused",
    where: "line 3",
    what: { zh: "不认识", en: "is not known" },
    remedy: { zh: "请核对。", en: "Check it." },
  },
  "warning/unknown": { code: "warning/unknown", what: "cap", id: "3" },
  "warning/decided": { code: "warning/decided", id: "3", state: "refused" },
  "warning/board": { code: "warning/board", id: "3", board: "B1", why: text },
  "warning/another-sender": {
    code: "warning/another-sender",
    id: "3",
    sender: "met@b",
    others: ["met@a A1"],
  },
  "warning/sender": { code: "warning/sender", sender: "421200416", why: text },
  "warning/waiting": { code: "warning/waiting", count: 2, title: "SEVERE THUNDERSTORM" },
  "notice/overdue": { code: "notice/overdue", notice: "N04", dueOn: "2017-10-19", days: 3 },
  "publicity/unknown": { code: "publicity/unknown", notice: "N01" },
  "publicity/running": { code: "publicity/running", notice: "N05" },
  "publicity/result": { code: "publicity/result", notice: "N22", result: "N22" },
  "calendar/unknown": { code: "calendar/unknown", year: 2031 },
  "notice/missing-glyph": {
    code: "notice/missing-glyph",
    notice: "N33",
    part: "body",
    character: "X",
    position: 4,
    font: "Unifont",
  },
  "notice/more-missing-glyphs": { code: "notice/more-missing-glyphs", notice: "N33", count: 300 },
  "notice/script": {
    code: "notice/script",
    notice: "N33",
    part: "body",
    character: "X",
    position: 4,
    script: { zh: "藏文", en: "Tibetan" },
  },
  "notice/does-not-fit": {
    code: "notice/does-not-fit",
    notice: "N09",
    panel: "16x16:mono",
    detail: { zh: "3 栏", en: "3 columns" },
  },
  "notice/typeset-stopped": {
    code: "notice/typeset-stopped",
    notice: "N09",
    panel: "16x16:mono",
    seconds: 30,
  },
  "door/certificate": { code: "door/certificate", file: "tls/office.crt", why: text },
  "door/other-office": { code: "door/other-office", folder: "data/office", holds: "practice" },
  "ledger/broken": { code: "ledger/broken", chain: "register", seq: 17, what: "missing", until: 19 },
  "ledger/checkpoint": { code: "ledger/checkpoint", where: "ledger-checkpoints.jsonl:3" },
  "ledger/disagrees": { code: "ledger/disagrees", notice: "N27", number: 2, what: "content" },
  "notice/picture-format": { code: "notice/picture-format", name: "logo.svg", found: text },
  "notice/picture-too-large": { code: "notice/picture-too-large", name: "a.png", unit: text, has: 9, max: 8 },
  "notice/picture-broken": { code: "notice/picture-broken", name: "a.jpg", detail: "premature end" },
  "notice/picture-slow": { code: "notice/picture-slow", name: "a.pdf", seconds: 30 },
  "notice/picture-locked": { code: "notice/picture-locked", name: "a.pdf" },
  "notice/picture-font": { code: "notice/picture-font", name: "a.pdf", page: 2, character: "X" },
  "notice/picture-missing": { code: "notice/picture-missing", notice: "P01", picture: "3f2a91".repeat(8) },
  "people/sign-in": { code: "people/sign-in" },
  "people/wait": { code: "people/wait", seconds: 64 },
  "people/busy": { code: "people/busy", max: 32 },
  "people/successor": { code: "people/successor", name: "Zhang San", drafts: 2, unit: null },
  "people/password": { code: "people/password", why: text },
  "people/must-change": { code: "people/must-change" },
  "people/link": { code: "people/link" },
  "people/same-name": { code: "people/same-name", name: "Li Si", login: "li.si" },
  "people/login-taken": { code: "people/login-taken", login: "li.si" },
  "people/unknown": { code: "people/unknown", what: text },
  "people/last-administrator": { code: "people/last-administrator" },
  "people/roles": { code: "people/roles", why: text },
  "people/deputy": { code: "people/deputy", why: text },
  "people/full": { code: "people/full", what: text, max: 500 },
  "people/alone": { code: "people/alone" },
  "people/not-alone": { code: "people/not-alone", accounts: 3 },
  "people/practice-only": { code: "people/practice-only" },
  "people/altered": { code: "people/altered", account: "li.si" },
  "review/not-ready": { code: "review/not-ready", notice: "N09", faults: [{ code: "calendar/unknown", year: 2031 }] },
  "review/field": { code: "review/field", notice: "N09", field: "fiveOpen", what: text },
  "review/hit": {
    code: "review/hit",
    notice: "N29",
    key: "id18:body:0123456789abcdef",
    part: "body",
    index: 4,
    explain: true,
    proposal: "4203**********1234",
    why: text,
  },
  "review/conflict": { code: "review/conflict", notice: "N09", yours: 3, current: 5 },
  "review/unknown": { code: "review/unknown", what: "case", id: "2017-0012" },
  "review/state": { code: "review/state", case: "2017-0012", state: "returned" },
  "review/role": { code: "review/role", role: "signer" },
  "review/two-steps": { code: "review/two-steps", notice: "N09", name: "P03" },
  "review/not-yours": { code: "review/not-yours", notice: "N09" },
  "review/password": { code: "review/password" },
  "review/not-looked": { code: "review/not-looked", case: "2017-0012", boards: ["B1"] },
  "review/checks": { code: "review/checks", case: "2017-0012", checks: ["privacy"], found: true },
  "review/pixels": { code: "review/pixels", case: "2017-0012", board: "B1" },
  "review/personal-past": { code: "review/personal-past", case: "2017-0012" },
  "review/altered": { code: "review/altered", case: "2017-0012" },
  "review/others-boards": { code: "review/others-boards", notice: "N09", boards: ["B1"] },
  "review/record": { code: "review/record", case: "2017-0012" },
  "review/open-case": { code: "review/open-case", notice: "N09", case: "2017-0012" },
  "review/outside-envelope": { code: "review/outside-envelope", notice: "N09", what: [text] },
  "review/schedule-changed": { code: "review/schedule-changed", notice: "N09", by: "P05", was: text, now: text },
  "review/taken-down": { code: "review/taken-down", notice: "N09" },
  "review/off": { code: "review/off", what: text },
  "review/too-many": { code: "review/too-many", what: text, max: 50 },
  "review/waiting": {
    code: "review/waiting",
    notice: "N09",
    case: "2017-0012",
    title: "T",
    state: "signature",
    hours: 16,
  },
  "review/held": { code: "review/held", notice: "N09", reviewBy: "2017-12-05" },
  "review/to-countersign": {
    code: "review/to-countersign",
    notice: "T1-2017-1",
    title: "Rainstorm",
    until: "2017-11-06 12:30",
  },
  "review/uncountersigned": { code: "review/uncountersigned", notice: "N19", hours: 4 },
  "config/invalid": { code: "config/invalid", file: "boardcast.yaml", line: 3, column: 5, what: text, remedy: text },
  "backup/refused": { code: "backup/refused", file: "office.backup", why: "damaged" },
  "input/busy": { code: "input/busy", waiting: 8, max: 8 },
  "input/invalid": { code: "input/invalid", where: "at", what: "not an instant", remedy: "write 2017-12-05T09:00" },
};

const chinese = /\p{Script=Han}/u;
/** Faults that carry their own words; the importer gives them in both languages itself. */
const carriesWords: ReadonlySet<string> = new Set(["input/invalid"]);

/** Words that each language has of its own, and what the remedy or the page says: a proposal, a hit's key and place. */
const ownWords: ReadonlySet<string> = new Set([
  ...["part", "what", "why", "state", "chain", "holds", "found", "explain"],
  ...["key", "index", "proposal"],
]);

describe.each(Object.values(samples))("fault $code", (fault: Fault) => {
  it.each([
    ["sentence", sentence],
    ["remedy", remedy],
  ] as const)("has its %s in Chinese and in English", (_, words) => {
    const { zh, en } = words(fault);
    for (const said of [zh, en]) {
      expect(said.trim()).toBe(said);
      expect(said.length).toBeGreaterThan(3);
      expect(said).not.toMatch(/undefined|NaN|null|\[object/);
    }
    expect(en).not.toMatch(chinese);
    if (!carriesWords.has(fault.code)) expect(zh).toMatch(chinese);
  });

  it("says what it is about", () => {
    const about = Object.entries(fault).filter(
      ([name, value]) => name !== "code" && name !== "remedy" && typeof value !== "object",
    );
    const said = sentence(fault);
    for (const [name, value] of about) {
      if (ownWords.has(name)) continue;
      // Positions count from 1 for people; a message's name is shown by its beginning.
      const shown = name === "position" ? String(Number(value) + 1) : String(value).slice(0, 12);
      expect(said.zh, name).toContain(shown);
      expect(said.en, name).toContain(shown);
    }
  });
});
