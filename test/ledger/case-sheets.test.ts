/** 保密审查表: what is printed is what was typeset, long strips in pieces, and personal pages are not for everybody for ever. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseSheets } from "../../src/api/ledger.ts";
import { caseSheets, pieceOf } from "../../src/daemon/case-sheets.ts";
import { type Bitmap, bitmapBytes, bitsPerDot, type PixelFormat, rowStride } from "../../src/message/index.ts";
import type { ReviewCase } from "../../src/notices/review/types.ts";
import { at, site } from "../store/small-office.ts";
import { goodDocument, openReview, type SmallReview, signed, submitted } from "../review/small-review.ts";

describe("a long strip", () => {
  const formats = Object.keys(bitsPerDot) as PixelFormat[];
  /** One dot, read by its place alone; of two planes both. */
  function dotOf({ width, height, format, pixels }: Bitmap, x: number, y: number): number {
    const bits = bitsPerDot[format];
    let dot = 0;
    for (let plane = 0; plane < (format === "dual2" ? 2 : 1); plane++)
      for (let bit = 0; bit < bits; bit++) {
        const place = (plane * height + y) * rowStride(width, format) * 8 + x * bits + bit;
        dot = dot * 2 + (((pixels[place >> 3] ?? 0) >> (7 - (place & 7))) & 1);
      }
    return dot;
  }
  const strip = fc
    .record({
      format: fc.constantFrom(...formats),
      long: fc.integer({ min: 1, max: 1700 }),
      short: fc.integer({ min: 1, max: 5 }),
      across: fc.boolean(),
      seed: fc.integer(),
    })
    .map(({ format, long, short, across, seed }): Bitmap => {
      const [width, height] = across ? [long, short] : [short, long];
      const pixels = new Uint8Array(bitmapBytes(width, height, format));
      for (let index = 0, state = seed; index < pixels.length; index++) {
        state = (Math.imul(state, 1664525) + 1013904223) | 0;
        pixels[index] = state >>> 24;
      }
      return { width, height, format, pixels, palette: new Uint8Array(0) };
    });

  test("its pieces, laid side by side, are the strip dot for dot; there is none behind the last", () => {
    fc.assert(
      fc.property(strip, (bitmap) => {
        let [right, bottom] = [0, 0];
        for (let part = 0; ; part++) {
          const piece = pieceOf(bitmap, part);
          if (piece === null) break;
          expect(piece.width).toBeLessThanOrEqual(512);
          expect(piece.height).toBeLessThanOrEqual(384);
          expect(piece.format).toBe(bitmap.format);
          const [left, top] = bitmap.width > 512 ? [right, 0] : [0, bottom];
          let same = true;
          for (let y = 0; y < piece.height; y++)
            for (let x = 0; x < piece.width; x++) same &&= dotOf(piece, x, y) === dotOf(bitmap, left + x, top + y);
          expect(same, `piece ${part}`).toBe(true);
          [right, bottom] = [left + piece.width, top + piece.height];
        }
        expect([right, bottom]).toEqual([bitmap.width, bitmap.height]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a page with personal information", () => {
  let review: SmallReview;
  let sheets: CaseSheets;
  const personal = (title: string) =>
    goodDocument(title, { content: { ...(goodDocument().content as object), title, personal: true } });
  const see = (who: string, { notice, number }: ReviewCase) =>
    sheets.page({ notice, number, board: "B1", page: 0, part: 0 }, review.caller(who));
  const seen = async (who: string, one: ReviewCase) => {
    const found = await see(who, one);
    return found === null ? null : "bitmap" in found ? "seen" : found.status;
  };
  const everybody = ["mai", "rev", "sig", "adm", "aud"];
  const all = async (one: ReviewCase) => Promise.all(everybody.map((who) => seen(who, one)));
  const theirs = [403, 403, "seen", 403, "seen"];

  async function form({ notice, number }: ReviewCase, who: string) {
    let text = "";
    for await (const piece of (await sheets.form(notice, number, review.caller(who))) ?? []) text += piece;
    return text;
  }

  beforeAll(async () => {
    review = await openReview();
    const { store, clock } = review;
    sheets = caseSheets({ site, store, clock, foot: async () => ({ seq: 1, hash: "0".repeat(64), checkpoint: null }) });
  });
  afterAll(() => review.close());

  test("while it waits and while it is shown: those who work on it; when its time is over, auditors and signers", async () => {
    const plain = await signed(review, "mai", goodDocument("停水"));
    const waits = await submitted(review, "mai", personal("低保名单"));
    const done = await signed(review, "mai", personal("补贴名单"));
    expect(await all(waits)).toEqual(everybody.map(() => "seen"));
    expect(await all(done)).toEqual(everybody.map(() => "seen"));
    review.clock.set(at("2017-11-08T18:00") - 1);
    expect(await all(done)).toEqual(everybody.map(() => "seen"));
    review.clock.set(at("2017-11-08T18:00"));
    expect(await all(done)).toEqual(theirs);
    expect(await all(plain)).toEqual(everybody.map(() => "seen"));

    // The form itself stays, with the hash of what was signed and without the pictures.
    const [maker, signer] = [await form(done, "mai"), await form(done, "sig")];
    const { message } = done.pixels[0] as { message: string };
    for (const sheet of [maker, signer]) expect(sheet).toContain(message);
    expect(signer).toContain("<img");
    expect(maker).not.toContain("<img");
    expect(maker).toContain("请监督员或签发人查看");
    expect(await sheets.formData(done.notice, 9, review.caller("sig"))).toBeNull();
  });

  test("sent back, or taken down early: from then on", async () => {
    review.clock.set(at("2017-11-06T10:00"));
    const back = await submitted(review, "mai", personal("退回名单"));
    await review.desk.sendBack(review.caller("sig"), back.id, "日期不对");
    expect(await all(back)).toEqual(theirs);
    const down = await signed(review, "mai", personal("撤下名单"));
    expect(await all(down)).toEqual(everybody.map(() => "seen"));
    await review.desk.withdrawNotice(review.caller("ope"), down.notice, "误发");
    expect(await all(down)).toEqual(theirs);
  });

  test("erased: nobody, and the form says why", async () => {
    const one = await signed(review, "mai", personal("清除名单"));
    review.clock.set(at("2018-03-01T08:00"));
    await review.desk.tend(at("2018-03-01T08:00"));
    expect(await all(one)).toEqual([403, 403, 410, 403, 410]);
    expect(await form(one, "aud")).toContain("已按期清除");
  });
});
