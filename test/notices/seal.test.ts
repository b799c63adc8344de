/** Seals: one text for one value, and no letter of it altered. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical-json.ts";
import { frozen } from "../../src/notices/frozen.ts";
import { revisionHash } from "../../src/notices/revision.ts";
import { loadOrCreateKey, signSeal, verdict, verifySeal } from "../../src/notices/seal.ts";
import type { NoticeRecord, SealBody } from "../../src/notices/types.ts";
import { scratch } from "../store/small-office.ts";
import { sample } from "./samples.ts";

const { folder, remove } = scratch();
afterAll(remove);
const key = loadOrCreateKey(join(folder, "signing.key"));

describe("canonical JSON (RFC 8785, for what we sign)", () => {
  test.each<[string, unknown, string]>([
    ["keys are sorted", { b: 1, a: 2 }, '{"a":2,"b":1}'],
    [
      "by UTF-16 units, as RFC 8785 section 3.2.3 shows",
      { "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7 },
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    ],
    ["at every depth", [{ y: { d: 0, c: [] } }], '[{"y":{"c":[],"d":0}}]'],
    ["strings are escaped no more than needed", "\u20ac$\u000f\nA'B\"\\/", '"\u20ac$\\u000f\\nA\'B\\"\\\\/"'],
    ["minus nought is nought", -0, "0"],
    ["literals", [null, true, false], "[null,true,false]"],
    ["the largest whole numbers", [9007199254740991, -9007199254740991], "[9007199254740991,-9007199254740991]"],
  ])("%s", (_what, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each<[string, unknown]>([
    ["a fraction", 0.5],
    ["more than 2^53", 2 ** 53],
    ["no number", Number.NaN],
    ["undefined", { a: undefined }],
    ["a hole in an array", Array(1)],
    ["half a character", "\ud800"],
    ["half a character as a key", { "\udc00": 1 }],
    ["a date", new Date(0)],
    ["a map", new Map([[1, 2]])],
    ["bytes", new Uint8Array(1)],
    ["a function", () => 1],
    ["a BigInt", 1n],
  ])("%s cannot be signed", (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  test("the same whatever the order of the keys, and read back as the same value", () => {
    const leaf = fc.oneof(fc.string({ unit: "grapheme" }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
    const { value: values } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("value")), tie("object")),
      object: fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: "grapheme" }), values, { noNullPrototype: true }), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

const { id, content, schedule } = sample("N01");
const body: SealBody = {
  v: 1,
  installation: key.installation,
  revision: revisionHash(content),
  notice: id,
  envelope: { boards: ["B1", "B7"], from: schedule.from, until: schedule.until, bestPriority: 5 },
  pixels: [{ board: "B1", message: "ab".repeat(32) }],
  form: null,
  by: "P03",
  at: schedule.from,
  kind: "signed",
};
const seal = signSeal(body, key);
const record: NoticeRecord = {
  id,
  revision: body.revision,
  revisionNumber: 1,
  content,
  schedule,
  seal,
  makerId: null,
  importedAt: 0,
  withdrawnAt: null,
  supersededAt: null,
};

describe("a seal", () => {
  test("verifies as signed", () => {
    expect(verifySeal(seal, key.publicKey)).toBe(true);
    expect(verdict(record, key.publicKey)).toMatchObject({ ok: true, signedAt: body.at });
  });

  test("verifies whatever the order of its keys", () => {
    const turned = Object.fromEntries(Object.entries(body).reverse()) as unknown as SealBody;
    expect(verifySeal({ body: turned, signature: seal.signature }, key.publicKey)).toBe(true);
  });

  test("refuses any altered byte of its body", () => {
    const text = JSON.stringify(body);
    let read = 0;
    for (let index = 0; index < text.length; index++) {
      for (const other of ["0", "9", "a", '"', " "]) {
        const altered = text.slice(0, index) + other + text.slice(index + 1);
        const parsed = parsedOr(altered);
        if (altered === text || parsed === null || canonicalOr(parsed) === canonicalJson(body)) continue;
        read++;
        expect(verifySeal({ body: parsed as SealBody, signature: seal.signature }, key.publicKey), altered).toBe(false);
      }
    }
    expect(read).toBeGreaterThan(500);
  });

  test("refuses any altered digit of its signature", () => {
    for (let index = 0; index < 128; index++) {
      const digit = (Number.parseInt(seal.signature[index] as string, 16) ^ 1).toString(16);
      const signature = seal.signature.slice(0, index) + digit + seal.signature.slice(index + 1);
      expect(verifySeal({ body, signature }, key.publicKey)).toBe(false);
    }
    for (const signature of ["", "00", seal.signature.toUpperCase(), `${seal.signature}00`])
      expect(verifySeal({ body, signature }, key.publicKey)).toBe(false);
  });

  test("refuses another installation's key", () => {
    const other = loadOrCreateKey(join(folder, "other.key"));
    expect(verifySeal(signSeal({ ...body, installation: other.installation }, other), key.publicKey)).toBe(false);
    expect(verifySeal(signSeal(body, other), key.publicKey)).toBe(false);
  });

  test.each<[string, Partial<SealBody>]>([
    ["nobody's", { by: "" }],
    ["a form number without end", { form: "x".repeat(201) }],
    ["before 1970", { at: -1 }],
    ["beyond the calendar", { at: 8.64e15 }],
  ])("is not made where it could not be read back: %s", (_what, change) => {
    expect(() => signSeal({ ...body, ...change }, key)).toThrow();
  });
});

describe("what a record is worth", () => {
  const altered = { ...content, body: `${content.body}!` };
  test.each<[string, Partial<NoticeRecord>, string]>([
    ["no seal", { seal: null }, "draft"],
    ["another text", { content: altered }, "revision-altered"],
    ["another text, and its hash", { content: altered, revision: revisionHash(altered) }, "revision-altered"],
    ["another hash", { revision: "00".repeat(32) }, "revision-altered"],
    ["another notice's name", { id: "N02" }, "seal-broken"],
    ["a seal of other words", { seal: { ...seal, body: { ...body, at: body.at + 1 } } }, "seal-broken"],
    ["not for disclosure (R04)", { content: { ...content, openness: "依申请公开" } }, "not-public"],
    ["never for disclosure (R04)", { content: { ...content, openness: "不予公开" } }, "not-public"],
    ["a mobile number in the body", { content: { ...content, body: "13800138000" } }, "screening"],
    ["a mobile number in the title", { content: { ...content, title: "13800138000" } }, "screening"],
    [
      "a mobile number in the signature",
      { content: { ...content, signature: { org: "13800138000", date: null } } },
      "screening",
    ],
  ])("%s", (_what, change, why) => {
    expect(verdict({ ...record, ...change }, key.publicKey)).toEqual({ ok: false, why });
  });

  test.each<[string, Partial<NoticeRecord>, string | null]>([
    ["another text", { content: frozen(structuredClone(altered)) }, "revision-altered"],
    ["a mobile number", { content: frozen({ ...structuredClone(content), body: "13800138000" }) }, "screening"],
    ["another hash", { revision: "00".repeat(32) }, "revision-altered"],
    ["another notice's name", { id: "N02" }, "seal-broken"],
    ["no seal", { seal: null }, "draft"],
    ["withdrawn", { withdrawnAt: 5 }, null],
    ["superseded, and off one board", { supersededAt: 7, takenOff: { B1: 6 } }, null],
  ])("of what is frozen it is not worked out twice, and yet with %s it is another", (_what, change, why) => {
    const fixed = { ...record, content: frozen(structuredClone(content)), seal: frozen(structuredClone(seal)) };
    const pixels = (of: NoticeRecord, by = key) => {
      const worth = verdict(of, by.publicKey);
      return worth.ok ? worth.pixels : worth.why;
    };
    const first = pixels(fixed);
    expect(pixels({ ...fixed })).toBe(first);
    const { withdrawnAt = null, supersededAt = null, takenOff } = change;
    const lit = { withdrawnAt, supersededAt, ...(takenOff && { takenOff }) };
    const worth = verdict({ ...fixed, ...change }, key.publicKey);
    expect(worth).toMatchObject(why === null ? { ok: true, ...lit } : { ok: false, why });
    expect(pixels(fixed, loadOrCreateKey(join(folder, "other.key")))).toBe("seal-broken");
    expect(pixels(fixed)).toEqual(first);
  });

  test("what somebody may still alter is worked out each time; what is frozen nobody alters", () => {
    const loose = { ...record, content: structuredClone(content), seal: structuredClone(seal) };
    expect(verdict(loose, key.publicKey).ok).toBe(true);
    Object.assign(loose.seal.body.envelope, { until: body.envelope.until + 1 });
    expect(verdict(loose, key.publicKey)).toEqual({ ok: false, why: "seal-broken" });
    const fixed = frozen(structuredClone(seal));
    expect(() => Object.assign(fixed.body.envelope, { until: 0 })).toThrow(TypeError);
    expect(() => Object.assign(fixed.body.pixels[0] ?? {}, { message: "" })).toThrow(TypeError);
    // Frozen by somebody else, and only its outside: it is not taken for whole.
    const shell = { ...record, seal: Object.freeze(structuredClone(seal)) };
    expect(verdict(shell, key.publicKey).ok).toBe(true);
    Object.assign(shell.seal.body, { at: body.at + 1 });
    expect(verdict(shell, key.publicKey)).toEqual({ ok: false, why: "seal-broken" });
    expect(() => frozen({ bytes: new Uint8Array(1) })).toThrow(TypeError);
    expect(() => frozen([new Map()])).toThrow(TypeError);
  });

  test("nobody who reads what was found out alters it for the next", () => {
    const fixed = { ...record, content: frozen(structuredClone(content)), seal: frozen(structuredClone(seal)) };
    const read = () => {
      const worth = verdict(fixed, key.publicKey);
      return worth.ok ? worth : expect.fail(worth.why);
    };
    const [{ pixels }, signed] = [read(), body.pixels.map(({ board, message }) => [board, message])];
    for (const change of [
      () => Map.prototype.set.call(pixels, "B9", ""),
      () => Map.prototype.delete.call(pixels, "B1"),
      () => Map.prototype.clear.call(pixels),
      () => Object.assign(pixels, { get: () => "" }),
      () => pixels.forEach((_, __, itself) => void (itself as Map<string, string>).set("B9", "")),
      () => Object.assign(read().envelope, { until: 0 }),
      () => Object.assign(read().envelope.boards, { 0: "B9" }),
    ])
      expect(change).toThrow(TypeError);
    for (const entry of pixels) entry[1] = "";
    expect([...read().pixels]).toEqual(signed);
    const broken = { ...fixed, id: "N02" };
    const refusal = verdict(broken, key.publicKey);
    expect(refusal).toBe(verdict(broken, key.publicKey));
    expect(() => Object.assign(refusal, { ok: true })).toThrow(TypeError);
  });

  test("a seal that covers what may not be disclosed lights nothing all the same", () => {
    const secret = { ...content, openness: "不予公开" as const, opennessReason: "x" };
    const revision = revisionHash(secret);
    const forced = { ...record, content: secret, revision, seal: signSeal({ ...body, revision }, key) };
    expect(verdict(forced, key.publicKey)).toEqual({ ok: false, why: "not-public" });
  });
});

describe("the key's file", () => {
  test("is the owner's alone, and the same at the next start", () => {
    expect(statSync(join(folder, "signing.key")).mode & 0o777).toBe(0o600);
    expect(loadOrCreateKey(join(folder, "signing.key")).installation).toBe(key.installation);
    expect(readdirSync(folder).filter((name) => name.startsWith("signing.key"))).toEqual(["signing.key"]);
  });

  test.each([0o640, 0o604, 0o620, 0o660, 0o777])("is refused when others may read or write it: mode %o", (mode) => {
    const file = join(folder, `open-${mode}`);
    loadOrCreateKey(file);
    chmodSync(file, mode);
    expect(() => loadOrCreateKey(file)).toThrow(/权限是 .* \/ the signing key's mode is .*chmod 600/);
  });

  test("a half key left by a crash is in nobody's way", () => {
    const file = join(folder, "crashed");
    writeFileSync(`${file}.${process.pid}`, "-----BEGIN");
    expect(loadOrCreateKey(file).installation).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each([
    ["empty", ""],
    ["cut off", readFileSync(join(folder, "signing.key"), "utf8").slice(0, 60)],
    [
      "of another kind",
      String(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" })),
    ],
  ])("%s: refused in both languages, and not replaced", (name, text) => {
    mkdirSync(join(folder, name));
    const file = join(folder, name, "key");
    writeFileSync(file, text, { mode: 0o600 });
    expect(() => loadOrCreateKey(file)).toThrow(/不是 Ed25519 密钥.* \/ not an Ed25519 key/);
    expect(readFileSync(file, "utf8")).toBe(text);
  });
});

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function canonicalOr(value: unknown): string | null {
  try {
    return canonicalJson(value);
  } catch {
    return null;
  }
}
