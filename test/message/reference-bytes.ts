/** Message and programme bytes, read slowly as firmware-protocol/SPEC.md says; shares nothing with `src/message`. */

export interface RefCell {
  readonly x: number;
  readonly y: number;
  readonly unit: number;
  readonly blankZero: boolean;
  readonly divisor: number;
  readonly modulus: number;
  readonly base: number;
}
export interface RefField {
  readonly width: number;
  readonly height: number;
  readonly ink: readonly number[];
  readonly atlas: Uint8Array;
  readonly cells: readonly RefCell[];
}
export interface RefTransition {
  readonly kind: number;
  readonly direction: number;
  readonly msPerPx: number;
}
export interface RefPage {
  readonly step: number;
  readonly motion: number;
  readonly format: number;
  readonly width: number;
  readonly height: number;
  readonly msPerPx: number;
  readonly holdMs: number;
  readonly window: readonly [number, number] | null;
  readonly entry: RefTransition;
  readonly exit: RefTransition;
  readonly palette: Uint8Array;
  readonly pixels: Uint8Array;
  readonly fields: readonly RefField[];
}
export interface RefMessage {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  readonly pages: readonly RefPage[];
}
export interface RefProgramme {
  readonly width: number;
  readonly height: number;
  readonly colour: number;
  readonly hashes: readonly string[];
  readonly base: number;
  readonly endMs: number;
  readonly spans: readonly {
    readonly startMs: number;
    readonly endMs: number;
    readonly leadMs: number;
    readonly utcOffsetMin: number;
    readonly turns: readonly { readonly message: number; readonly endMs: number }[];
  }[];
}
function scanner(bytes: Uint8Array) {
  let at = 0;
  const number = (count: number) => {
    let value = 0;
    for (let index = count - 1; index >= 0; index--) value = value * 256 + (bytes[at + index] ?? Number.NaN);
    at += count;
    return value;
  };
  const raw = (count: number) => {
    at += count;
    return bytes.slice(at - count, at);
  };
  return { number, raw };
}

/** SPEC 5. The bytes are known to be valid. */
export function readMessage(bytes: Uint8Array): RefMessage {
  const { number, raw } = scanner(bytes);
  raw(4);
  const [width, height, colour] = [number(2), number(2), number(1)];
  number(1);
  const pages: RefPage[] = [];
  for (let count = number(2); count > 0; count--) {
    const [step, motion, format] = [number(2), number(1), number(1)];
    const [pageWidth, pageHeight, msPerPx, holdMs] = [number(2), number(2), number(2), number(4)];
    const [flags, fieldCount, entries] = [number(1), number(1), number(2)];
    const window = flags % 2 === 1 ? ([number(6), number(6)] as const) : null;
    const transition = () =>
      flags >= 2
        ? { kind: number(1), direction: number(1), msPerPx: number(2) }
        : { kind: 0, direction: 0, msPerPx: 0 };
    const [entry, exit] = [transition(), transition()];
    const palette = raw(entries * 3);
    const bits = [0, 1, 1, 1, 2, 4, 8, 24][format] ?? 0;
    const pixels = raw(Math.ceil((pageWidth * bits) / 8) * pageHeight * (format === 2 ? 2 : 1));
    const fields = Array.from({ length: fieldCount }, () => readField(number, raw));
    pages.push({
      step,
      motion,
      format,
      width: pageWidth,
      height: pageHeight,
      msPerPx,
      holdMs,
      window,
      entry,
      exit,
      palette,
      pixels,
      fields,
    });
  }
  return { width, height, colour, pages };
}

function readField(number: (count: number) => number, raw: (count: number) => Uint8Array): RefField {
  const [width, height] = [number(1), number(1)];
  const ink = [number(1), number(1), number(1)];
  const [cellCount, glyphs] = [number(1), number(2)];
  const atlas = raw(Math.ceil(width / 8) * height * glyphs);
  const cells = Array.from({ length: cellCount }, () => ({
    x: number(2),
    y: number(2),
    unit: number(1),
    blankZero: number(1) === 1,
    divisor: number(2),
    modulus: number(2),
    base: number(2),
  }));
  return { width, height, ink, atlas, cells };
}

/** SPEC 6. The bytes are known to be valid. */
export function readProgramme(bytes: Uint8Array): RefProgramme {
  const { number, raw } = scanner(bytes);
  raw(4);
  const [width, height, colour] = [number(2), number(2), number(1)];
  number(1);
  const messageCount = number(2);
  const [base, endMs, spanCount] = [number(6), number(4), number(2)];
  const hashes = Array.from({ length: messageCount }, () =>
    [...raw(32)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  );
  const spans = Array.from({ length: spanCount }, () => {
    const [startMs, spanEndMs, leadMs, offset] = [number(4), number(4), number(4), number(2)];
    const turns = Array.from({ length: number(2) }, () => ({ message: number(2), endMs: number(4) }));
    return { startMs, endMs: spanEndMs, leadMs, utcOffsetMin: offset >= 0x8000 ? offset - 0x10000 : offset, turns };
  });
  return { width, height, colour, hashes, base, endMs, spans };
}
