/** Promise 1: what is not sealed for this board, for this time, dot for dot, is not cleared, and not a byte of it leaves. */
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { blankMessage, blankOwner, type Message } from "../../src/message/index.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { installationOf, signSeal, verdict } from "../../src/notices/seal.ts";
import type { Content, NoticeRecord, SealVerdict } from "../../src/notices/types.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { clear, type Seals } from "../../src/panels/delivery/clear.ts";
import { advance, base, FakeSeals, fakes, picture, sealed, shape, Town, wantedOf } from "./town.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const installation = installationOf(publicKey);
const message = picture(0x5a);
const content: Content = {
  title: "低保评定结果公示",
  body: "经评议,现予公示。",
  category: "民政",
  track: "政府信息",
  openness: "主动公开",
  opennessReason: null,
  fiveOpen: "结果公开",
  displayKind: "notice",
  formedOn: "2017-11-01",
  signature: { org: "街道办事处", date: "2017-11-02" },
  publicity: { required: 7, unit: "workday" },
  alert: null,
};
const hour = 3_600_000;
const record: NoticeRecord = {
  id: "R1",
  revision: revisionHash(content),
  revisionNumber: 1,
  content,
  schedule: {
    boards: ["B1"],
    from: base,
    until: base + hour,
    cron: null,
    slotMinutes: 1,
    calendar: "everyday",
    priority: 5,
    weight: 1,
  },
  seal: signSeal(
    {
      v: 1,
      installation,
      revision: revisionHash(content),
      notice: "R1",
      envelope: { boards: ["B1", "B2"], from: base, until: base + hour, bestPriority: 5 },
      pixels: [{ board: "B1", message: message.hash }],
      form: "2017-31",
      by: "张三",
      at: base - 1000,
      kind: "signed",
    },
    { privateKey, publicKey, installation },
  ),
  makerId: null,
  importedAt: base - 5000,
  withdrawnAt: null,
  supersededAt: null,
};
const wanted = wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", message]] }]);

/** What a database that somebody wrote into would make of it. */
const sealsOf = (altered: NoticeRecord): Seals => ({
  verdict: (notice) => (notice === altered.id ? verdict(altered, publicKey) : { ok: false, why: "unknown-notice" }),
});

/** Every place in a JSON value, and what else could stand there. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
function otherThan(value: unknown, luck: number): unknown {
  if (typeof value === "number") return value + (luck % 2 === 0 ? 1 : -1) * (1 + (luck % 1000));
  if (typeof value !== "string") return "x";
  const at = luck % (value.length + 1);
  const changed = `${value.slice(0, at)}${String.fromCharCode((value.charCodeAt(at) || 0x61) ^ 1)}${value.slice(at + 1)}`;
  return changed === value ? `${value}x` : changed;
}
function altered<T>(value: T, path: readonly (string | number)[], luck: number): T {
  const copy = structuredClone(value) as Record<string | number, unknown>;
  let place = copy;
  for (const key of path.slice(0, -1)) place = place[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? "";
  place[last] = otherThan(place[last], luck);
  return copy as T;
}
const sealedPlaces = placesOf(record).filter(
  ([first]) => first === "content" || first === "seal" || first === "id" || first === "revision",
);

const withBytes = (bytes: Uint8Array): Wanted => ({
  ...wanted,
  messages: new Map<string, Message>([[message.hash, { ...message, bytes }]]),
});
const flipped = (at: number, bit: number) => {
  const bytes = Uint8Array.from(message.bytes);
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << (bit % 8));
  return bytes;
};
const moved = (fromMs: number, untilMs: number) => wantedOf([{ fromMs, untilMs, show: [["R1", message]] }]);
const other = picture(0x77);

interface Tampering {
  readonly name: string;
  readonly record: NoticeRecord;
  readonly wanted: Wanted;
}
const tamperings: fc.Arbitrary<Tampering> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom(...sealedPlaces), fc.nat()).map(([path, luck]) => ({
      name: `record: ${path.join(".")}`,
      record: altered(record, path, luck),
      wanted,
    })),
  },
  fc
    .tuple(fc.nat(), fc.nat())
    .map(([at, bit]) => ({ name: "a bit of the bytes", record, wanted: withBytes(flipped(at, bit)) })),
  fc.constantFrom<Tampering>(
    { name: "no bytes", record, wanted: withBytes(new Uint8Array(0)) },
    { name: "a message that is not there", record, wanted: { ...wanted, messages: new Map() } },
    {
      name: "other pixels, well named",
      record,
      wanted: wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", other]] }]),
    },
    { name: "another board's", record, wanted: { ...wanted, board: "B2" } },
    { name: "a board that was not signed for", record, wanted: { ...wanted, board: "B3" } },
    { name: "nobody's", record, wanted: { ...wanted, owners: [] } },
    { name: "somebody else's", record, wanted: { ...wanted, owners: [["R2"]] } },
    { name: "called blank, and not black", record, wanted: { ...wanted, owners: [[blankOwner]] } },
    { name: "a millisecond past its window", record, wanted: moved(0, hour + 1) },
    { name: "withdrawn", record: { ...record, withdrawnAt: base }, wanted },
    { name: "withdrawn while it is to play", record: { ...record, withdrawnAt: base + hour - 1 }, wanted },
    { name: "superseded while it is to play", record: { ...record, supersededAt: base + 5000 }, wanted },
    { name: "a draft", record: { ...record, seal: null }, wanted },
  ),
);

describe("tampering with any field of seal, content, pixels, boards or window", () => {
  test("the untouched record clears, or the rest would prove nothing", () => {
    expect(clear(wanted, sealsOf(record), base)).toMatchObject({ ok: true });
  });

  test("gives no clearance", () => {
    fc.assert(
      fc.property(tamperings, ({ record: forged, wanted: asked }) => {
        const { ok, ...rest } = clear(asked, sealsOf(forged), base);
        expect(ok).toBe(false);
        expect(Object.keys(rest)).toEqual(["faults"]);
      }),
      { numRuns: 1500 },
    );
  });

  describe("on a line", () => {
    beforeEach(() => void vi.useFakeTimers(fakes));
    afterEach(() => void vi.useRealTimers());

    test("lets not one byte of it out: the panel hears no PUT, STAGE or ACTIVATE", async () => {
      await fc.assert(
        fc.asyncProperty(tamperings, async ({ record: forged, wanted: asked }) => {
          const town = new Town({ seals: sealsOf(forged) });
          town.loop.want(asked);
          await advance(8000, town);
          const heard = [...new Set(town.verbs.split(" "))].sort();
          expect(["BLANK CLOCK HELLO STATUS", "CLOCK HELLO STATUS"]).toContain(heard.join(" "));
          expect(town.loop.facts().sent).toBeNull();
          expect(town.faultCodes().some((code) => code === "seal/refused" || code === "message/altered")).toBe(true);
          await town.stop();
        }),
        { numRuns: 60 },
      );
    });
  });
});

describe("what is allowed", () => {
  const ok = (asked: Wanted, seals: Seals, now = base) => clear(asked, seals, now).ok;

  test("blank is nobody's, and always", () => {
    const blank = blankMessage(shape);
    const asked = wantedOf([{ fromMs: 0, untilMs: hour, show: [[blankOwner, blank]] }]);
    expect(ok(asked, { verdict: () => ({ ok: false, why: "unknown-notice" }) })).toBe(true);
  });

  test("an empty programme", () => expect(ok(wantedOf([]), new FakeSeals())).toBe(true));

  test("what is over is not asked about: a notice that was withdrawn since may have played", () => {
    const seals = sealsOf({ ...record, withdrawnAt: base + 10_000 });
    const blank = blankMessage(shape);
    const asked = wantedOf([
      { fromMs: 0, untilMs: 20_000, show: [["R1", message]] },
      { fromMs: 20_000, untilMs: hour, show: [[blankOwner, blank]] },
    ]);
    expect(ok(asked, seals, base + 19_999)).toBe(false);
    expect(ok(asked, seals, base + 20_000)).toBe(true);
  });

  test.each([
    [base - 1, false],
    [base, true],
  ])("a programme that began before the window, at %i", (now, allowed) => {
    const early = { ...moved(0, hour), programme: { ...moved(0, hour).programme, base: base - 1000 } };
    expect(ok(early, sealsOf(record), now)).toBe(allowed);
  });

  test("a notice that is signed anew with the same pixels plays on; with other pixels, or a gap, it does not", () => {
    const first: SealVerdict = {
      ...(verdict(record, publicKey) as Extract<SealVerdict, { ok: true }>),
      supersededAt: base + 1000,
    };
    const next = (change: Partial<typeof first>): SealVerdict => ({
      ...first,
      supersededAt: null,
      signedAt: base + 1000,
      ...change,
    });
    const seals = (second: SealVerdict): Seals => ({ verdict: (_id, at) => (at < base + 1000 ? first : second) });
    expect(ok(wanted, seals(next({})))).toBe(true);
    expect(ok(wanted, seals(next({ pixels: new Map([["B1", other.hash]]) })))).toBe(false);
    expect(ok(wanted, seals(next({ signedAt: base + 1001 })))).toBe(false);
    expect(ok(wanted, seals(next({ withdrawnAt: base + 2000 })))).toBe(false);
    expect(ok(wanted, seals({ ok: false, why: "seal-broken" }))).toBe(false);
  });

  test("pixels for a board outside the envelope are of no use", () => {
    const seals = new FakeSeals();
    seals.sign("R1", message, { envelope: { boards: ["B2"], from: base, until: base + hour, bestPriority: 0 } });
    expect(ok(wanted, seals)).toBe(false);
  });

  test("a notice that is withdrawn, and signed anew later, plays before and after, not in between", () => {
    const judged = verdict(record, publicKey) as Extract<SealVerdict, { ok: true }>;
    const first = { ...judged, withdrawnAt: base + 1000, supersededAt: base + 2000 };
    const seals: Seals = {
      verdict: (_id, at) => (at < base + 2000 ? first : { ...judged, signedAt: base + 2000 }),
    };
    const twice = (untilMs: number) =>
      wantedOf([
        { fromMs: 0, untilMs, show: [["R1", message]] },
        { fromMs: 2000, untilMs: hour, show: [["R1", message]] },
      ]);
    expect(ok(twice(1000), seals)).toBe(true);
    expect(ok(twice(1001), seals)).toBe(false);
  });

  test("one bad turn among many refuses all, and names it", () => {
    const seals = new FakeSeals();
    const parts = Array.from({ length: 50 }, (_, index) => ({
      fromMs: index * 1000,
      untilMs: (index + 1) * 1000,
      show: [
        ["R1", message],
        [`N${index}`, picture(index)],
      ] as const,
    }));
    const asked = sealed(seals, wantedOf(parts));
    expect(ok(asked, seals)).toBe(true);
    seals.verdicts.set("N31", { ok: false, why: "screening" });
    expect(clear(asked, seals, base)).toEqual({
      ok: false,
      faults: [{ code: "seal/refused", board: "B1", notice: "N31", why: "screening" }],
    });
    // Its time is over.
    expect(ok(asked, seals, base + 32_000)).toBe(true);
  });
});
