/** Frames as pixels: whatever was painted before, and however it is said to have moved, the picture is that of the frame. */
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { bitmapBytes, bitsPerDot, emptyFrame } from "../../src/message/index.ts";
import type { Frame, Shape } from "../../src/message/types.ts";
import { copyWindow } from "../../src/message/window.ts";
import { LampPainter } from "../../src/web/player/lamp-painter.ts";
import type { Painter, Rectangle } from "../../src/web/player/painter.ts";
import { unmoved } from "../../src/web/player/moved.ts";
import { ShrunkPainter } from "../../src/web/player/shrunk-painter.ts";

beforeAll(() => {
  // As browsers have it.
  vi.stubGlobal(
    "ImageData",
    class {
      readonly data: Uint8ClampedArray;
      readonly width: number;
      readonly height: number;
      constructor(width: number, height: number) {
        this.width = width;
        this.height = height;
        this.data = new Uint8ClampedArray(width * height * 4);
      }
    },
  );
  return () => void vi.unstubAllGlobals();
});

const shape: Shape = { width: 24, height: 8, colour: "dual" };
const look = { kind: "led", ledColour: null } as const;
const lamps = (cell: number) => new LampPainter(shape, look, 0xc08a50, cell);
const pixelsOf = ({ image }: Painter) => new Uint32Array(image.data.buffer);
const frame = fc.uint8Array({ minLength: 48, maxLength: 48 }).map((pixels): Frame => ({ shape, pixels }));
const moves = fc.record({ left: fc.integer({ min: -3, max: 30 }), up: fc.integer({ min: -3, max: 10 }) });

describe("lamps", () => {
  test("after any frames, with any hint, the picture is what it would be painted afresh, and so is what was said to change", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(frame, moves), { maxLength: 6 }), fc.integer({ min: 1, max: 5 }), (steps, cell) => {
        const painter = lamps(cell);
        const seen = new Uint32Array(pixelsOf(painter).length);
        for (const [one, moved] of steps) {
          const changed = painter.paint(one, moved);
          if (changed !== null) copy(pixelsOf(painter), seen, painter.image.width, changed);
          const afresh = lamps(cell);
          afresh.paint(one, unmoved);
          expect(pixelsOf(painter)).toEqual(pixelsOf(afresh));
          expect(seen).toEqual(pixelsOf(afresh));
        }
      }),
      { numRuns: 40 },
    );
  });

  test("the same frame again changes nothing; one dot changes its lamp", () => {
    const painter = lamps(3);
    const pixels = new Uint8Array(48);
    painter.paint({ shape, pixels }, unmoved);
    expect(painter.paint({ shape, pixels }, unmoved)).toBeNull();
    pixels[4] = 0x40;
    expect(painter.paint({ shape, pixels }, unmoved)).toEqual({ x: 27, y: 3, width: 3, height: 3 });
  });
});

describe("a screen in less room", () => {
  const shrunk = (from: Frame, width: number, height: number) => {
    const painter = new ShrunkPainter(from.shape, { kind: "pixels", ledColour: null }, width, height);
    painter.paint(from);
    return painter.image.data;
  };
  const screenOf = (width: number, height: number, colourOf: (x: number, y: number) => readonly number[]): Frame => ({
    shape: { width, height, colour: "rgb" },
    pixels: Uint8Array.from(
      Array.from({ length: width * height }, (_, at) => [...colourOf(at % width, Math.floor(at / width))]).flat(),
    ),
  });

  test("one colour stays itself, at every size", () => {
    const size = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.uint8Array({ minLength: 3, maxLength: 3 }),
        (width, height, share, [r = 0, g = 0, b = 0]) => {
          const [w, h] = [Math.max(1, Math.floor(width * share)), Math.max(1, Math.floor(height * share))];
          const data = shrunk(
            screenOf(width, height, () => [r, g, b]),
            w,
            h,
          );
          for (let at = 0; at < data.length; at += 4) expect([...data.subarray(at, at + 4)]).toEqual([r, g, b, 255]);
        },
      ),
    );
  });

  test("each pixel is the mean of those that it covers, by shares", () => {
    const [left, right] = [
      [0, 90, 255],
      [240, 30, 255],
    ] as const;
    const halves = shrunk(
      screenOf(4, 2, (x) => (x < 2 ? left : right)),
      2,
      1,
    );
    expect([...halves]).toEqual([...left, 255, ...right, 255]);
    const whole = shrunk(
      screenOf(4, 2, (x) => (x < 2 ? left : right)),
      1,
      1,
    );
    expect([...whole]).toEqual([120, 60, 255, 255]);
    const thirds = shrunk(
      screenOf(3, 3, (x, y) => (x === 1 && y === 1 ? [180, 0, 0] : [0, 0, 0])),
      2,
      2,
    );
    // A quarter of the middle pixel, in pixels of 1.5 × 1.5.
    for (const at of [0, 4, 8, 12]) expect(thirds[at]).toBe(20);
  });

  test("a page as it stands is the same picture as a frame of it, whatever its format, and whatever was painted before", () => {
    const format = fc.constantFrom("index1", "index2", "index4", "index8", "rgb24");
    const side = fc.integer({ min: 1, max: 40 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const page = fc.tuple(format, side, side).chain(([name, width, height]) => {
      const entries = name === "rgb24" ? 0 : 2 ** bitsPerDot[name];
      // Of few values, so that there are runs; what lies past a row's end is 0.
      const value = fc.constantFrom(0, 0, 0x00, 0x11, 0x1f, 0xff);
      return fc.record({
        page: fc.record({
          ...{ width: fc.constant(width), height: fc.constant(height), format: fc.constant(name) },
          pixels: fc
            .array(value, { minLength: bitmapBytes(width, height, name), maxLength: bitmapBytes(width, height, name) })
            .map((bytes) => Uint8Array.from(bytes)),
          palette: fc.uint8Array({ minLength: 3 * Math.min(entries, 20), maxLength: 3 * Math.min(entries, 20) }),
        }),
        width: share.map((one) => Math.max(1, Math.floor(width * one))),
        height: share.map((one) => Math.max(1, Math.floor(height * one))),
        /** Of the pages after it: where they differ from the one before, or a frame between. */
        edits: fc.array(fc.record({ places: fc.array(fc.nat(), { maxLength: 3 }), isFrame: fc.boolean() }), {
          maxLength: 4,
        }),
      });
    });
    fc.assert(
      fc.property(page, ({ page: bitmap, width, height, edits }) => {
        const onRgb = { width: bitmap.width, height: bitmap.height, colour: "rgb" } as const;
        const frame = emptyFrame(onRgb);
        copyWindow(bitmap, 0, 0, frame);
        const painter = new ShrunkPainter(onRgb, { kind: "pixels", ledColour: null }, width, height);
        painter.paint({ shape: onRgb, pixels: new Uint8Array(frame.pixels.length).fill(255) });
        painter.paintPage(bitmap);
        expect(painter.image.data).toEqual(shrunk(frame, width, height));
        const seen = new Uint32Array(pixelsOf(painter));
        let last = bitmap;
        for (const { places, isFrame } of edits) {
          const pixels = new Uint8Array(last.pixels);
          for (const place of places) pixels[place % pixels.length] = pixels[(place + 7) % pixels.length] ?? 0;
          if (isFrame) frame.pixels.fill(255);
          else {
            last = { ...last, pixels };
            copyWindow(last, 0, 0, frame);
          }
          const changed = isFrame ? painter.paint(frame) : painter.paintPage(last);
          if (changed) copy(pixelsOf(painter), seen, width, changed);
          expect(painter.image.data).toEqual(shrunk(frame, width, height));
          expect(seen).toEqual(pixelsOf(painter));
          if (!isFrame) expect(painter.paintPage({ ...last, pixels: new Uint8Array(pixels) })).toBeNull();
        }
      }),
    );
  });
});

function copy(from: Uint32Array, to: Uint32Array, stride: number, { x, y, width, height }: Rectangle): void {
  for (let row = y; row < y + height; row++) {
    const start = row * stride + x;
    to.set(from.subarray(start, start + width), start);
  }
}
