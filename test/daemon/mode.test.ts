/** R53: practice and what is real never meet. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inMemory } from "../../bench/peers/office.ts";
import { Book } from "../../src/daemon/book.ts";
import { assertPracticeStaysHere, keepMode } from "../../src/daemon/mode.ts";
import type { LinkConfig } from "../../src/config/types.ts";
import { FaultError } from "../../src/fault.ts";
import { plainContent } from "../../src/notices/draft.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { loadOrCreateKey, signSeal } from "../../src/notices/seal.ts";
import type { NoticeRecord, SealBody } from "../../src/notices/types.ts";

function settings(kept: Record<string, string> = {}) {
  const map = new Map(Object.entries(kept));
  return {
    map,
    get: async (key: string) => map.get(key) ?? null,
    set: async (key: string, value: string) => void map.set(key, value),
  };
}

async function opened(store: ReturnType<typeof settings>, practice: boolean): Promise<string> {
  try {
    await keepMode(store, { practice }, "data/x");
    return "open";
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== "door/other-office") throw error;
    return `holds ${error.fault.holds}`;
  }
}

describe("a data folder", () => {
  it.each([
    [true, "holds practice"],
    [false, "holds real"],
  ])("opened with practice: %s once, is that for ever", async (practice, words) => {
    const store = settings();
    expect(await opened(store, practice)).toBe("open");
    expect(await opened(store, !practice)).toBe(words);
    expect(await opened(store, practice)).toBe("open");
  });

  it("of before the mode was kept: one with a practice clock was practised with", async () => {
    const old = () => settings({ "practice.clock-offset-ms": "-1000" });
    expect(await opened(old(), false)).toBe("holds practice");
    expect(await opened(old(), true)).toBe("open");
  });
});

describe("a seal of practice", () => {
  const folder = mkdtempSync(join(tmpdir(), "boardcast-mode-"));
  const [ours, theirs] = ["ours", "theirs"].map((name) => loadOrCreateKey(join(folder, name)));
  rmSync(folder, { recursive: true });
  if (!ours || !theirs) throw new Error("two keys");
  const content = { ...plainContent, title: "停水通知", body: "明天停水。" };
  const record = (kind: SealBody["kind"], key = ours): NoticeRecord => {
    const revision = revisionHash(content);
    const envelope = { boards: ["B1"], from: 0, until: 9_999, bestPriority: 5 };
    const pixels = [{ board: "B1", message: "ab".repeat(32) }];
    const { installation } = key;
    const body = {
      v: 1,
      kind,
      notice: "N01",
      revision,
      envelope,
      pixels,
      by: "x",
      form: "2026-1",
      at: 5,
      installation,
    } as SealBody;
    const schedule = {
      boards: ["B1"],
      from: 0,
      until: 9_999,
      cron: "0 8 * * *",
      slotMinutes: 1,
      priority: 5,
      weight: 1,
    };
    return {
      id: "N01",
      revision,
      revisionNumber: 1,
      content,
      schedule: { ...schedule, calendar: "everyday" },
      seal: signSeal(body, key),
      makerId: null,
      importedAt: 0,
      withdrawnAt: null,
      supersededAt: null,
    };
  };
  const judged = async (one: NoticeRecord, mode: "real" | "practice") => {
    const book = new Book(
      inMemory(async () => ({ records: [one], earlier: [], unreadable: [] })),
      ours.publicKey,
      mode,
    );
    await book.reload();
    const verdict = book.verdict("N01");
    const [candidate] = book.candidates("B1");
    return [verdict.ok || verdict.why, candidate?.blocked];
  };

  it("lights nothing in a real office, even by the office's own key", async () => {
    expect(await judged(record("practice"), "real")).toEqual(["seal-broken", "seal-broken"]);
    expect(await judged(record("practice"), "practice")).toEqual([true, null]);
    expect(await judged(record("imported"), "real")).toEqual([true, null]);
  });

  it("of another installation lights nothing anywhere", async () => {
    expect(await judged(record("imported", theirs), "real")).toEqual(["seal-broken", "seal-broken"]);
    expect(await judged(record("practice", theirs), "practice")).toEqual(["seal-broken", "seal-broken"]);
  });
});

describe("practice opens no line but its own", () => {
  const allowed: LinkConfig[] = [
    { kind: "tcp-out", host: "127.0.0.1", port: 5005, address: 1 },
    { kind: "tcp-in", port: 5006, address: 1 },
    { kind: "serial", path: "/data/p/pty/B3-daemon-7", baud: 9600, address: 1 },
    { kind: "serial", path: "", baud: 9600, address: 1 },
    { kind: "browser" },
    { kind: "carried", folder: "/data/p/usb/B9" },
  ];
  const refused: LinkConfig[] = [
    { kind: "tcp-out", host: "192.0.2.7", port: 5005, address: 1 },
    { kind: "tcp-out", host: "panel.example.org", port: 5005, address: 1 },
    { kind: "serial", path: "/dev/ttyUSB0", baud: 9600, address: 1 },
    { kind: "serial", path: "/data/p/../../dev/ttyUSB0", baud: 9600, address: 1 },
    { kind: "carried", folder: "/media/usb" },
    { kind: "carried", folder: "/data/p2" },
  ];
  it.each(allowed)("%j: its own", (link) => {
    expect(() => assertPracticeStaysHere([{ id: "B1", link }], "/data/p")).not.toThrow();
  });
  it.each(refused)("%j: not", (link) => {
    expect(() => assertPracticeStaysHere([{ id: "B1", link }], "/data/p")).toThrow("B1: practice would open");
  });
});
