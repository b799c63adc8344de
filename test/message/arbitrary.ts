/** Random shapes, bitmaps, messages and programmes for property tests. */
import fc from "fast-check";
import {
  bitmapBytes,
  bitsPerDot,
  makeMessage,
  messageProblem,
  motions,
  rowStride,
  type Bitmap,
  type ColourKind,
  type Field,
  type Message,
  type Page,
  type PixelFormat,
  type Programme,
  type Shape,
  type Transition,
} from "../../src/message/index.ts";
import { formatsOf } from "../../src/message/check.ts";

export const epoch = Date.UTC(2017, 10, 6);

export const shapes: fc.Arbitrary<Shape> = fc.record({
  // Panels are whole words wide, or anything.
  width: fc.oneof({ arbitrary: fc.integer({ min: 1, max: 70 }), weight: 3 }, fc.constantFrom(32, 64, 96)),
  height: fc.integer({ min: 1, max: 40 }),
  colour: fc.constantFrom<ColourKind>("mono", "dual", "rgb"),
});

export function bitmaps(width: number, height: number, format: PixelFormat): fc.Arbitrary<Bitmap> {
  const entries = format.startsWith("index") ? 2 ** bitsPerDot[format] : 0;
  return fc
    .record({
      seed: fc.uint8Array({ minLength: 64, maxLength: 64 }),
      palette: fc.uint8Array({ minLength: entries * 3, maxLength: entries * 3 }),
    })
    .map(({ seed, palette }) => {
      const pixels = new Uint8Array(bitmapBytes(width, height, format));
      for (let at = 0; at < pixels.length; at++)
        pixels[at] = ((seed[at % 64] ?? 0) * (1 + (at >> 6)) + (at >> 3)) & 0xff;
      const stride = rowStride(width, format);
      const unused = (8 - ((width * bitsPerDot[format]) % 8)) % 8;
      for (let at = stride - 1; at < pixels.length; at += stride) pixels[at] = (pixels[at] ?? 0) & (0xff << unused);
      return { width, height, format, pixels, palette };
    });
}

function fieldsFor(shape: Shape): fc.Arbitrary<Field[]> {
  if (shape.width < 3 || shape.height < 5) return fc.constant([]);
  const field = fc
    .record({
      atlas: fc.uint8Array({ minLength: 5 * 12, maxLength: 5 * 12 }),
      ink: fc.constantFrom<[number, number, number]>([255, 0, 0], [0, 255, 0], [255, 255, 0], [255, 255, 255]),
      cells: fc.array(
        fc.record({
          x: fc.integer({ min: 0, max: shape.width - 3 }),
          y: fc.integer({ min: 0, max: shape.height - 5 }),
          unit: fc.constantFrom("Y", "m", "d", "weekday", "H", "M", "S" as const),
          divisor: fc.constantFrom(1, 10, 100, 1000),
          modulus: fc.integer({ min: 1, max: 10 }),
          base: fc.integer({ min: 0, max: 2 }),
          blankZero: fc.boolean(),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    })
    .map(({ atlas, ink, cells }) => ({ cellWidth: 3, cellHeight: 5, ink, atlas, glyphCount: 12, cells }) as Field);
  return fc.array(field, { maxLength: 2 });
}

const motionNames = Object.keys(motions) as Page["motion"][];
const directionsOf = {
  wipe: ["left", "right", "up", "down"],
  push: ["left", "right", "up", "down"],
  reveal: ["horizontal", "vertical"],
} as const;

/** One of the twelve, or none; at most a second and a half on the largest shape. */
export const someTransition: fc.Arbitrary<Transition | null> = fc.option(
  fc.constantFrom("wipe" as const, "push" as const, "reveal" as const).chain((name) =>
    fc.record({
      name: fc.constant(name),
      direction: fc.constantFrom<Transition["direction"]>(...directionsOf[name]),
      msPerPx: fc.integer({ min: 1, max: 15 }),
    }),
  ),
);

/** A page of this motion. */
export function pagesThat(motion: Page["motion"], shape: Shape): fc.Arbitrary<Omit<Page, "step" | "window">> {
  return fc.constantFrom(...formatsOf[shape.colour]).chain((format) =>
    fc.record({ extra: fc.integer({ min: 0, max: 90 }), msPerPx: fc.integer({ min: 1, max: 60 }) }).chain((size) => {
      const sideways = motion === "scroll-left" || motion === "scroll-right";
      const upright = motion === "scroll-up" || motion === "scroll-down";
      const half = 167 + size.extra;
      const common = {
        bitmap: bitmaps(shape.width + (sideways ? size.extra : 0), shape.height + (upright ? size.extra : 0), format),
        motion: fc.constant(motion),
        msPerPx: fc.constant(motion === "hold" ? 0 : motion === "blink" ? half : size.msPerPx),
        holdMs:
          motion === "blink"
            ? fc.integer({ min: 1, max: 5 }).map((times) => times * half * 2)
            : fc.integer({ min: motion === "hold" ? 1 : 0, max: 3000 }),
      };
      const none = { fields: fc.constant<Field[]>([]), entry: fc.constant(null), exit: fc.constant(null) };
      const held = { fields: fieldsFor(shape), entry: someTransition, exit: someTransition };
      return fc.record({ ...common, ...(motion === "hold" ? held : none) });
    }),
  );
}

function pages(shape: Shape): fc.Arbitrary<Omit<Page, "step" | "window">> {
  return fc
    .oneof({ arbitrary: fc.constant<Page["motion"]>("hold"), weight: 3 }, fc.constantFrom(...motionNames))
    .chain((motion) => pagesThat(motion, shape));
}

/** One to four steps; some with day-windowed alternatives around `epoch`. */
export function messages(shape: Shape): fc.Arbitrary<Message> {
  const step = fc.tuple(pages(shape), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 20_000 }));
  return fc
    .array(step, { minLength: 1, maxLength: 4 })
    .map((steps) =>
      steps.flatMap(([page, alternatives, gap], index): Page[] => {
        if (alternatives === 0) return [{ ...page, step: index, window: null }];
        return Array.from({ length: alternatives }, (_, which) => ({
          ...page,
          bitmap: which === 0 ? page.bitmap : inverted(page.bitmap),
          step: index,
          window: { from: epoch + which * 30_000 + gap, until: epoch + (which + 1) * 30_000 },
        })).filter((one) => one.window.from < one.window.until);
      }),
    )
    .filter((made) => messageProblem(shape, made)?.includes("flashes") !== true)
    .map((made) => makeMessage(shape, made));
}

function inverted(bitmap: Bitmap): Bitmap {
  const pixels = bitmap.pixels.map((byte) => ~byte & 0xff);
  const stride = rowStride(bitmap.width, bitmap.format);
  const unused = (8 - ((bitmap.width * bitsPerDot[bitmap.format]) % 8)) % 8;
  for (let at = stride - 1; at < pixels.length; at += stride) pixels[at] = (pixels[at] ?? 0) & (0xff << unused);
  return { ...bitmap, pixels };
}

export interface Playing {
  readonly programme: Programme;
  readonly messages: ReadonlyMap<string, Message>;
}

/** A programme of up to a minute and a half with gaps, uneven leads and several messages. */
export const playing: fc.Arbitrary<Playing> = shapes.chain((shape) =>
  fc
    .record({
      messages: fc.array(messages(shape), { minLength: 1, maxLength: 4 }),
      spans: fc.array(
        fc.record({
          gap: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 })),
          length: fc.integer({ min: 1, max: 20_000 }),
          lead: fc.nat(0x7fff_ffff),
          offset: fc.integer({ min: -840, max: 840 }),
          turns: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
        }),
        { maxLength: 5 },
      ),
      tail: fc.integer({ min: 0, max: 3000 }),
    })
    .map(({ messages: all, spans, tail }) => {
      let clock = 0;
      const made = spans.map((span) => {
        let end = 0;
        const turns = span.turns.map((which) => {
          const index = which % all.length;
          end += all[index]?.durationMs ?? 1;
          return { message: index, endMs: end };
        });
        const startMs = clock + span.gap;
        clock = startMs + span.length;
        return { startMs, endMs: clock, leadMs: span.lead % end, turns, utcOffsetMin: span.offset };
      });
      const programme: Programme = {
        shape,
        base: epoch,
        endMs: clock + tail,
        messages: all.map((message) => message.hash),
        spans: made,
      };
      return { programme, messages: new Map(all.map((message) => [message.hash, message])) };
    }),
);
