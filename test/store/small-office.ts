/** A small office on a real database: two boards, tiny pixels, one notice of every kind that a database can hold. */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BoardConfig, Site } from "../../src/config/types.ts";
import { bitmapBytes, makeMessage, type Message, type Shape } from "../../src/message/index.ts";
import { type ImportRecord, parseImport } from "../../src/notices/import.ts";
import {
  defaultPicture,
  importNotices,
  type ImportParts,
  type SignAs,
  type Typesetting,
} from "../../src/notices/importer.ts";
import { loadOrCreateKey, type SigningKey } from "../../src/notices/seal.ts";
import type { Store } from "../../src/store/index.ts";
import { parseCron } from "../../src/playlist/index.ts";
import { parseCivil } from "../../src/time/zone.ts";

export const zone = "Asia/Shanghai";
export const at = (civil: string): number => parseCivil(zone, civil) ?? Number.NaN;

/** A fresh folder that is gone after the test file. */
export function scratch(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "boardcast-store-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function board(id: string, width: number): BoardConfig {
  return {
    id,
    name: id,
    place: "门口",
    model: "P10",
    device: "led",
    shape: { width, height: 8, colour: "mono" },
    ledColour: "#ff0000",
    link: { kind: "browser" },
    hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" },
    defaultLines: [id],
    custodian: "P04",
  };
}

export const boards: readonly BoardConfig[] = [board("B1", 16), board("B2", 8)];

export const site: Site = {
  practice: false,
  office: "办事处",
  zone,
  calendar: { kind: "none", overrides: [] },
  boards,
  listen: { host: "127.0.0.1", port: 0 },
  holdMs: 7_200_000,
  readingCharactersPerSecond: 5,
};

/** Pixels that are different for every text and shape: its SHA-256, over and over. */
export function pixelsOf(text: string, shape: Shape): Message {
  const digest = createHash("sha256").update(`${text} ${shape.width}`).digest();
  const pixels = Uint8Array.from(
    { length: bitmapBytes(shape.width, shape.height, "mono1") },
    (_, index) => digest[index % 32] ?? 0,
  );
  const bitmap = {
    width: shape.width,
    height: shape.height,
    format: "mono1" as const,
    pixels,
    palette: new Uint8Array(0),
  };
  return makeMessage(shape, [
    { bitmap, motion: "hold", msPerPx: 0, holdMs: 60_000, step: 0, window: null, fields: [] },
  ]);
}

export const typesetting: Typesetting = {
  ask: async ({ content, shape }) => ({ ok: true, message: pixelsOf(`${content.title}\n${content.body}`, shape) }),
};

export function partsFor(store: Store, key: SigningKey, signAs: SignAs | null, now: number): ImportParts {
  return {
    store: store.notices,
    typesetting,
    key,
    boards,
    zone,
    calendar: { kind: "state-council", overrides: [] },
    now,
    signAs,
  };
}

export const keyIn = (folder: string): SigningKey => loadOrCreateKey(join(folder, "signing.key"));

/** A record of an import file. */
export function record(id: string, differences: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    title: id,
    body: "字",
    category: "通知",
    track: "屏幕服务",
    openness: "主动公开",
    fiveOpen: null,
    displayKind: "slogan",
    formedOn: null,
    signature: { org: "处", date: null },
    from: "2017-11-06T08:00",
    until: "2017-11-06T10:00",
    rotation: { cron: "0 8 * * *", slotMinutes: 120, calendar: "everyday", tz: zone },
    boards: ["B1"],
    priority: 5,
    review: { state: "approved", signerId: "P03", signedAt: "2017-11-06T07:00" },
    ...differences,
  };
}

const context = {
  zone,
  boards: new Set(boards.map(({ id }) => id)),
  checkCron(expression: string) {
    const parsed = parseCron(expression);
    return parsed.ok ? null : parsed;
  },
};

export const parseRecords = (records: readonly unknown[]) => parseImport(JSON.stringify({ notices: records }), context);
export const parseText = (text: string) => parseImport(text, context);

export const practice: SignAs = { kind: "practice", by: "practice" };

/** Imports records; `signAs` as in `ImportParts`. */
export function importRecords(
  store: Store,
  key: SigningKey,
  records: readonly unknown[],
  signAs: SignAs | null = practice,
  now = at("2017-11-06T08:30"),
) {
  return importNotices(parseRecords(records), partsFor(store, key, signAs, now));
}

export function signDefaults(store: Store, key: SigningKey) {
  const accepted: ImportRecord[] = boards.map((one) => defaultPicture(one, site.office, 0));
  return importNotices({ accepted, refused: [] }, partsFor(store, key, practice, at("2017-11-06T08:30")));
}
