/** QR codes as a camera would read them: off the frame that the panel lights, by a reader that is not ours. */
import fc from "fast-check";
import jsqr from "jsqr";
import { describe, expect, it } from "vitest";
import { type Message, messageFrame, type Shape } from "../../src/message/index.ts";
import { typeset } from "../../src/typeset/index.ts";
import { request } from "./samples.ts";

const address = "https://www.example.gov.cn/gk/2017/11";

function set(shape: Shape, body: string, title = "扫码看全文") {
  return typeset(request(shape, { displayKind: "qrcode", title, body }));
}

function made(shape: Shape, body: string) {
  const result = set(shape, body);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** The first page as a photograph: every dot `zoom` pixels, lit ones light, with the wall around it. */
function photograph({ shape, ...message }: Message): { pixels: Uint8ClampedArray; width: number; height: number } {
  const { pixels } = messageFrame({ shape, ...message }, 0, 0, 0);
  const zoom = Math.max(1, Math.ceil(400 / Math.max(shape.width, shape.height)));
  const [width, height] = [shape.width * zoom, shape.height * zoom];
  const out = new Uint8ClampedArray(width * height * 4);
  const stride = Math.ceil(shape.width / 8);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dotX, dotY] = [Math.floor(x / zoom), Math.floor(y / zoom)];
      const value =
        shape.colour === "rgb"
          ? (pixels[(dotY * shape.width + dotX) * 3] ?? 0)
          : ((pixels[dotY * stride + (dotX >> 3)] ?? 0) >> (7 - (dotX & 7))) & 1
            ? 255
            : 0;
      out.set([value, value, value, 255], (y * width + x) * 4);
    }
  }
  return { pixels: out, width, height };
}

function scanned(message: Message): string | undefined {
  const { pixels, width, height } = photograph(message);
  return jsqr(pixels, width, height)?.data;
}

const shapes: readonly Shape[] = [
  { width: 384, height: 192, colour: "rgb" },
  { width: 160, height: 80, colour: "dual" },
  { width: 128, height: 64, colour: "dual" },
  { width: 1920, height: 1080, colour: "rgb" },
  { width: 1080, height: 1920, colour: "rgb" },
  { width: 64, height: 64, colour: "mono" },
];

describe("a QR code", () => {
  it.each(shapes)("is read off $width x $height $colour", (shape) => {
    const { message } = made(shape, `{{qr:${address}}}\n扫码查看\n办事指南`);
    expect(scanned(message)).toBe(address);
  });

  it("holds Chinese too", () => {
    const { message } = made({ width: 384, height: 192, colour: "rgb" }, "{{qr:监督电话0715-0000000}}");
    expect(scanned(message)).toBe("监督电话0715-0000000");
  });

  it("is read whatever it holds", () => {
    const shape: Shape = { width: 384, height: 192, colour: "rgb" };
    const texts = fc.string({ unit: fc.constantFrom(..."abcXYZ0189/:.-?=&%"), minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(texts, (text) => {
        expect(scanned(made(shape, `{{qr:${text}}}`).message)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  it("has its caption beside it where there is room, with what it holds told to the signer", () => {
    const result = made({ width: 384, height: 192, colour: "rgb" }, `{{qr:${address}}}\n扫码查看`);
    expect(result.message.pages).toHaveLength(1);
    expect(result.lines).toEqual([`[二维码] ${address}`, "扫码查看"]);
    expect(result.warnings).toEqual([
      {
        zh: expect.stringMatching(/没有标题“扫码看全文”、落款单位“青石港办事处”、日期“2017年3月6日”/),
        en: expect.stringMatching(/not the title "扫码看全文", organisation .*, date "2017年3月6日"/),
      },
    ]);
  });

  it("has nothing to warn of where its caption says everything", () => {
    const shape = { width: 384, height: 192, colour: "rgb" } as const;
    const signature = { org: "青石港办事处", date: "2017-11-06" };
    const body = `{{qr:${address}}}\n扫码查看办事指南\n青石港办事处 2017年11月6日`;
    const all = typeset(request(shape, { displayKind: "qrcode", title: "办事指南", body, signature }));
    expect(all).toMatchObject({ ok: true, warnings: [] });
    const unsigned = {
      displayKind: "qrcode",
      title: "扫码",
      body: "{{qr:a}}",
      signature: { org: "", date: null },
    } as const;
    expect(typeset(request(shape, unsigned))).toMatchObject({ ok: true, warnings: [] });
  });

  it("has its title for a caption where no other is given", () => {
    expect(made({ width: 384, height: 192, colour: "rgb" }, `{{qr:${address}}}`).lines.slice(1).join("")).toBe(
      "扫码看全文",
    );
  });

  it("has its caption on a page of its own where there is no room", () => {
    const { message, lines } = made({ width: 64, height: 64, colour: "mono" }, `{{qr:${address}}}\n扫码查看办事指南`);
    expect(message.pages.map(({ step }) => step)).toEqual([0, 1]);
    expect(lines.slice(1).join("")).toBe("扫码查看办事指南");
  });

  it("warns where its modules are single dots", () => {
    const result = made({ width: 128, height: 32, colour: "mono" }, "{{qr:GOV.CN}}");
    expect(result.warnings).toContainEqual({
      zh: expect.stringContaining("每格只有 1 点"),
      en: expect.stringContaining("most telephones will not read it"),
    });
  });

  it.each([
    ["a panel too low", { width: 384, height: 16, colour: "mono" }, `{{qr:${address}}}`, /见方/],
    ["no text for it", { width: 384, height: 192, colour: "rgb" }, "扫码", /要写 \{\{qr:内容\}\}/],
    ["an empty text", { width: 384, height: 192, colour: "rgb" }, "{{qr: }}", /要写/],
    ["two of them", { width: 384, height: 192, colour: "rgb" }, "{{qr:a}} {{qr:b}}", /一个二维码/],
    ["more than a code holds", { width: 1920, height: 1080, colour: "rgb" }, `{{qr:${"公".repeat(1200)}}}`, /太长/],
  ] as const)("is refused for %s", (_, shape, body, said) => {
    expect(set(shape, body)).toMatchObject({
      ok: false,
      faults: [{ code: "notice/does-not-fit", detail: { zh: expect.stringMatching(said) } }],
    });
  });
});
