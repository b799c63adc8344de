/** The public vectors both ways, on our codec and on the simulated card; and readers that survive whatever they hear. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as huidu from "../../../src/panels/huidu/codec.ts";
import { addProgramme, getIfVersion, method, noSession } from "../../../src/panels/huidu/methods.ts";
import { pngOf } from "../../../src/panels/cards/png.ts";
import { createReader, xmlOf } from "../../../src/panels/huidu/reader.ts";
import { HuiduCard } from "../../../src/panels/huidu/simulator/card.ts";
import { picturePixels } from "../../../src/panels/huidu/simulator/picture.ts";
import { readMethod } from "../../../src/panels/huidu/simulator/xml.ts";
import { allNamed, element, parseXml } from "../../../src/panels/huidu/xml.ts";
import { picture } from "../card-town.ts";
import { mutations } from "../protocol-vectors.ts";

/** For the long run alone, which is to end by its number. */
const longMs = 600_000;

interface Vector {
  readonly name: string;
  readonly hex: string;
  readonly fields?: { readonly xml?: string; readonly len?: number; readonly cmd?: string };
}
const vectors = JSON.parse(readFileSync("fixtures/protocols/huidu-sdk2.json", "utf8")) as readonly Vector[];
const hexOf = (packets: readonly Uint8Array[]) => Buffer.concat(packets).toString("hex");
const named = (name: string) => vectors.find((vector) => vector.name === name)?.hex ?? "";

describe("vectors", () => {
  const framed = vectors.filter(({ name }) => name !== "hd2-udp-search-ask");
  test.each(framed.map((vector) => [vector.name, vector] as const))("%s", (_name, { hex, fields }) => {
    const bytes = Buffer.from(hex, "hex");
    const packet = huidu.decodePacket(bytes);
    if (!packet) throw new Error("not decoded");
    if (fields?.cmd) expect(packet.command).toBe(Number(fields.cmd));
    expect(hexOf(encoded(packet))).toBe(hex);
    if (packet.kind !== "xml") return;
    expect(new TextDecoder().decode(packet.part)).toBe(fields?.xml);
    // What our writer makes of what our reader read is the same, attribute for attribute.
    const root = parseXml(fields?.xml ?? "");
    expect(root && written(root)).toBe(emptied(fields?.xml ?? ""));
  });

  test("hd2-udp-search-ask, and its answer", () => {
    expect(hexOf([huidu.encodeSearch()])).toBe(named("hd2-udp-search-ask"));
    const answer = Buffer.concat([
      Buffer.from("050000010210", "hex"),
      Buffer.from("C16L-D20-A1234\0"),
      Buffer.alloc(4),
    ]);
    const id = "C16L-D20-A1234";
    expect(huidu.decodeSearchAnswer(answer)).toEqual({ version: huidu.transportVersion, id, changes: 0 });
    expect(huidu.decodeSearchAnswer(answer.subarray(0, 20))).toBe(null);
  });

  test("refusals and files' answers, to the last byte that a card may have already", () => {
    const start = huidu.commands.fileStartAnswer;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), fc.option(fc.maxSafeNat()), (status, existing) => {
        const packet = huidu.decodePacket(huidu.encodeFileAnswer(start, status, existing));
        expect(packet).toEqual({ command: start, kind: "file", status, existing });
        expect(huidu.decodePacket(huidu.encodeError(status))).toMatchObject({ kind: "error", code: status });
      }),
    );
    expect(hexOf([huidu.encodeFileAnswer(start, 1, 0x0102_0304_0506)])).toBe("0e00028001000605040302010000");
    expect(hexOf([huidu.encodeError(43)])).toBe("060000202b00");
  });

  test("our own words are the public clients' words", () => {
    const guid = "b7d5b9b7c8a24f5e8d3a0c1e2f4a6b8c";
    expect(hexOf(huidu.encodeXml(method(guid, "OpenScreen")))).toBe(named("hd2-sdk-ask-OpenScreen"));
    expect(hexOf(huidu.encodeXml(method(guid, "CloseScreen")))).toBe(named("hd2-sdk-ask-CloseScreen"));
    const version = method(noSession, "GetIFVersion", element("version", { value: 1_000_007 }));
    expect(hexOf(huidu.encodeXml(version))).toBe(named("hd2-sdk-ask-GetIFVersion"));
    expect(getIfVersion()).toContain('<version value="1000000"/>');
    expect(hexOf([huidu.encodeVersion()])).toBe(named("hd2-go-version"));
    expect(hexOf([huidu.encodePacket(huidu.commands.fileEnd)])).toBe(named("hd2-file-end-ask"));
    const head = Buffer.from("89504e470d0a1a0a", "hex");
    const md5 = createHash("md5").update(head).digest("hex");
    expect(hexOf([huidu.encodeFileStart({ md5, size: 8, type: 0, name: "x.png" })])).toBe(named("hd2-file-start-ask"));
    expect(hexOf(huidu.encodeFileContent(head))).toBe(named("hd2-file-content-ask"));
  });

  test("the simulated card answers a public client's session as that client was answered", () => {
    const card = new HuiduCard(128, 64);
    const say = (name: string) => card.hear(Buffer.from(named(name), "hex"), 0);
    expect(hexOf(say("hd2-go-version"))).toBe(named("hd2-version-answer"));
    const words = Buffer.concat(say("hd2-sdk-ask-GetIFVersion")).toString("latin1");
    expect(words).toMatch(/guid="[0-9a-f]{32}".*method="GetIFVersion" result="kSuccess"/);
    // The recorded session's name is not this one's.
    expect(Buffer.concat(say("hd2-sdk-ask-OpenScreen")).toString("latin1")).toContain("kInvalidGUID");
    expect(hexOf(say("hd2-file-start-ask"))).toBe(`0e0002800000${"00".repeat(8)}`);
    expect(say("hd2-file-content-ask")).toEqual([]);
    expect(hexOf(say("hd2-file-end-ask"))).toBe(named("hd2-file-end-answer"));
    expect(card.files.get("x.png")?.size).toBe(8);
    // The same again: it is there.
    expect(hexOf(say("hd2-file-start-ask"))).toBe(`0e000280000008${"00".repeat(7)}`);
  });

  test("a public client's programme is read as it was meant", () => {
    const xml = vectors.find(({ name }) => name === "hd2-sdk-ask-AddProgram")?.fields?.xml ?? "";
    const asked = readMethod(xml);
    expect(asked?.stamp).toBe("1700000000");
    expect(asked?.programmes[0]?.areas).toEqual([
      { x: 0, y: 0, width: 64, height: 16, file: "", md5: "" },
      { x: 64, y: 0, width: 64, height: 64, file: "x.png", md5: "d41d8cd98f00b204e9800998ecf8427e" },
    ]);
  });
});

function encoded(packet: huidu.Decoded): readonly Uint8Array[] {
  switch (packet.kind) {
    case "xml":
      return huidu.encodeXml(new TextDecoder().decode(packet.part), packet.command);
    case "version":
      return [
        packet.command === huidu.commands.version
          ? huidu.encodeVersion(packet.version)
          : huidu.encodeVersionAnswer(packet.version, packet.status),
      ];
    case "file-start":
      return [huidu.encodeFileStart(packet.file)];
    case "content":
      return huidu.encodeFileContent(packet.data);
    case "file":
      return [huidu.encodeFileAnswer(packet.command, packet.status, packet.existing)];
    case "error":
      return [huidu.encodeError(packet.code)];
    case "plain":
      return [huidu.encodePacket(packet.command)];
  }
}

function written({ name, attributes, children, text }: NonNullable<ReturnType<typeof parseXml>>): string {
  return element(name, attributes, text, ...children.map(written));
}
/** Our writer closes what is empty at once. */
const emptied = (xml: string) => xml.replace(/^<\?.*?\?>/, "").replace(/<(\w+)([^<>]*)><\/\1>/g, "<$1$2/>");

/** Any UTF-16 at all, halves of pairs and control characters included. */
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((codes) => String.fromCharCode(...codes));

function heard(pieces: readonly Uint8Array[]): Uint8Array[] {
  const reader = createReader();
  return pieces.flatMap((piece) => reader.read(piece));
}

test("an answer is the same in whatever pieces it comes, and however the card cut it", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 3000, unit: "grapheme" }),
      fc.integer({ min: 1, max: 800 }),
      fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 }),
      (words, cut, sizes) => {
        const xml = element("a", {}, element("b", { c: words }));
        const bytes = Buffer.concat(huidu.encodeXml(xml, huidu.commands.xmlAnswer, cut));
        const pieces: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(heard(pieces).map(xmlOf)).toEqual([xml]);
      },
    ),
    { numRuns: Math.ceil(mutations / 30) },
  );
});

/** A card's answers one after the other, as a session has them. */
const session = Buffer.concat([
  huidu.encodeVersionAnswer(huidu.transportVersion),
  ...huidu.encodeXml(
    '<sdk guid="b7"><out method="GetIFVersion" result="kSuccess"/></sdk>',
    huidu.commands.xmlAnswer,
    20,
  ),
  huidu.encodePacket(huidu.commands.heartbeat),
  huidu.encodePacket(huidu.commands.fileStartAnswer, new Uint8Array(10)),
  huidu.encodePacket(huidu.commands.error, Uint8Array.of(9, 0)),
]);
const beat = huidu.encodePacket(huidu.commands.heartbeatAnswer);
/** A length that lies takes what follows with it, a packet's worth at most. */
const beats = Buffer.concat(Array.from({ length: huidu.packetBytesMax / beat.length + 1 }, () => beat));

test("whatever is done to a card's bytes, its next answer is found again; nothing throws", { timeout: longMs }, () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(session.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      fc.uint8Array({ maxLength: 12 }),
      fc.nat(session.length),
      (changes, more, at) => {
        const bytes = Buffer.from(session);
        for (const [index, byte] of changes) bytes[index] = byte;
        const found = heard([bytes.subarray(0, at), more, bytes.subarray(at)]);
        for (const reply of found) {
          const xml = xmlOf(reply);
          if (xml === null) expect(huidu.decodePacket(reply)).not.toBe(null);
          else parseXml(xml);
        }
      },
    ),
    { numRuns: Math.ceil(mutations / 3) },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
      expect(hexOf(heard([noise, beats]).slice(-1))).toBe("04006000");
    }),
    { numRuns: Math.ceil(mutations / 100) },
  );
});

test("words that come back are the words that went, whatever characters they have", () => {
  fc.assert(
    fc.property(units, units, (value, text) => {
      // Characters that XML cannot hold at all are left out.
      const kept = (words: string) => words.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
      const read = parseXml(`<r>${element("e", { value }, text.replace(/[&<>]/g, ""))}</r>`);
      const [e] = read ? allNamed(read, "e") : [];
      expect(e?.attributes.value).toBe(kept(value));
    }),
    { numRuns: Math.ceil(mutations / 10) },
  );
});

test("XML that is damaged anywhere is read or refused, never thrown at; nesting and number have an end", {
  timeout: longMs,
}, () => {
  const xml = addProgramme("g", 1, { id: "0".repeat(12), width: 8, height: 8, file: { name: "a", md5: "b" } });
  fc.assert(
    fc.property(fc.nat(xml.length - 1), units, (at, instead) => {
      parseXml(xml.slice(0, at) + instead + xml.slice(at + 1));
    }),
    { numRuns: mutations },
  );
  expect(parseXml("<a>".repeat(50) + "</a>".repeat(50))).toBe(null);
  expect(parseXml(`<a>${"<b/>".repeat(5000)}</a>`)).toBe(null);
  expect(parseXml('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toBe(null);
});

test("a frame is the same picture dot for dot, in all colours, and always the same bytes", () => {
  const md5s = {
    rgb: "88725d07afaf9e04b278d8a8137efe00",
    dual: "49aefdd3adf0dee5f02fde7891820d45",
    mono: "caf5e3a640440a1ec2427574c59ddcc3",
  };
  for (const colour of ["rgb", "dual", "mono"] as const) {
    const shape = { width: 37, height: 9, colour };
    const pixels = picture(shape, 5).pages[0]?.bitmap.pixels ?? new Uint8Array(0);
    const png = pngOf({ shape, pixels }, [1, 2, 3]);
    const decoded = picturePixels(Buffer.from(png), 37, 9);
    expect(decoded?.length).toBe(37 * 9 * 3);
    if (colour === "rgb") expect(Buffer.from(decoded ?? [])).toEqual(Buffer.from(pixels));
    // Dot 0 is the highest bit of its row's first byte.
    if (colour === "mono")
      expect([...(decoded ?? []).slice(0, 3)]).toEqual((pixels[0] ?? 0) & 0x80 ? [1, 2, 3] : [0, 0, 0]);
    if (colour === "dual") {
      const green = pixels[5 * 9] ?? 0;
      expect([...(decoded ?? []).slice(0, 3)]).toEqual([(pixels[0] ?? 0) & 0x80 ? 255 : 0, green & 0x80 ? 255 : 0, 0]);
    }
    expect(createHash("md5").update(png).digest("hex")).toBe(md5s[colour]);
  }
});
