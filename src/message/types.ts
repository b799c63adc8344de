/**
 * The nouns of stage 4, "pixels in time". A message is one revision typeset for one shape of panel;
 * its SHA-256 is its name. A programme says which message plays when. `frameAt` turns the two into a frame.
 *
 * Nothing here (or anywhere in `message/`) knows fonts, clocks, files or Node: the daemon, the simulated
 * panel and the browser all run this very code.
 */

/** Milliseconds since 1970-01-01T00:00:00Z, a whole number (so up to 48 bits: never use `|`, `>>` on one). */
export type Instant = number;

/** 64 lower-case hexadecimal digits: SHA-256 of a message's canonical bytes. */
export type MessageHash = string;

/**
 * What a panel's dots can do: `mono` on/off, `dual` red and green (together yellow), `rgb` 8 bits a channel.
 * Values are nominal: plane order, gamma and brightness belong to the panel.
 */
export type ColourKind = "mono" | "dual" | "rgb";

/** The part of a panel that a message depends on, and nothing else of it. */
export interface Shape {
  /** Columns of dots. */
  readonly width: number;
  /** Rows of dots. */
  readonly height: number;
  readonly colour: ColourKind;
}

/**
 * How a bitmap's samples are packed. Rows are padded to whole bytes; the leftmost dot is the highest bit.
 * - `mono1`: 1 bit a dot.
 * - `dual2`: the red plane (all rows), then the green plane.
 * - `index1|2|4|8`: 1/2/4/8 bits a dot into `palette`.
 * - `rgb24`: red, green, blue bytes.
 * A mono message has mono1 pages, a dual one dual2, an rgb one index* or rgb24.
 */
export type PixelFormat = "mono1" | "dual2" | "index1" | "index2" | "index4" | "index8" | "rgb24";

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly format: PixelFormat;
  /** `bitmapBytes(width, height, format)` bytes; padding bits are 0. */
  readonly pixels: Uint8Array;
  /** index formats only: 3 bytes (red, green, blue) an entry, at most 2^bits entries. Else empty. */
  readonly palette: Uint8Array;
}

/**
 * How a page's bitmap passes over the panel. One file each in `motions/`.
 * - `hold`: the bitmap is exactly the panel's size and stands still.
 * - `blink`: the same, lit and black in turns of `msPerPx` ms each.
 * - `scroll-left`, `scroll-right`: the bitmap is the panel's height and at least its width; one whole seamless loop.
 * - `scroll-up`, `scroll-down`: the bitmap is the panel's width and at least its height; one whole seamless loop.
 *
 * A text that enters from the edge of a black panel, and leaves it again, is a strip that begins with a panel of black and
 * has no rest: in all four directions.
 */
export type MotionName = "hold" | "scroll-left" | "scroll-up" | "scroll-right" | "scroll-down" | "blink";

/** The way that things travel: an edge that uncovers, a page that is pushed, a curtain that opens from the middle. */
export type Direction = "left" | "right" | "up" | "down" | "horizontal" | "vertical";

/**
 * How a page that holds comes out of black, or goes into it. One file each in `motions/`.
 * - `wipe`: an edge travels over the page that stands still. left, right, up or down.
 * - `push`: the page moves in over the panel's edge, or out over it. left, right, up or down.
 * - `reveal`: a curtain before the page opens from the middle, or closes. horizontal or vertical.
 */
export type TransitionName = "wipe" | "push" | "reveal";

export interface Transition {
  readonly name: TransitionName;
  readonly direction: Direction;
  /** Milliseconds a dot of travel, 1 to 65535. */
  readonly msPerPx: number;
}

/** Half-open: `from` is in, `until` is out. */
export interface Window {
  readonly from: Instant;
  readonly until: Instant;
}

export interface Page {
  readonly bitmap: Bitmap;
  readonly motion: MotionName;
  /** Milliseconds a dot of travel; 0 for `hold`. `blink`: how long it is lit, and how long black, at least 167 ms. */
  readonly msPerPx: number;
  /**
   * `hold`: how long the page stands whole. `blink`: how long all of it takes, whole blinks. Scrolls: how long it rests at
   * offset 0 before it moves. ms.
   */
  readonly holdMs: number;
  /**
   * Pages with the same step are alternatives: the one whose window holds the instant is shown (countdowns,
   * rosters), none leaves the step black. They last equally long and their windows do not overlap. Steps count
   * from 0 without gaps, in page order.
   */
  readonly step: number;
  readonly window: Window | null;
  /** Cells drawn over a `hold` page from the panel's clock; they move and are covered with it. */
  readonly fields: readonly Field[];
  /** `hold` only. Before holdMs, from black; absent or null: the page is there at once. */
  readonly entry?: Transition | null;
  /** `hold` only. After holdMs, to black; absent or null: the next page follows at once. */
  readonly exit?: Transition | null;
}

/** A civil quantity of the panel's clock (with the programme's UTC offset). weekday: 0 = Sunday. */
export type FieldUnit = "Y" | "m" | "d" | "weekday" | "H" | "M" | "S";

/** glyph = floor(value / divisor) mod modulus + base; `blankZero` leaves the cell blank where floor(value / divisor) is 0. */
export interface FieldCell {
  /** Cell's left top corner on the page, dots. */
  readonly x: number;
  readonly y: number;
  readonly unit: FieldUnit;
  readonly divisor: number;
  readonly modulus: number;
  readonly base: number;
  readonly blankZero: boolean;
}

/** A row of cells of one size, and every glyph that they can show: what is signed is every dot that can light. */
export interface Field {
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Red, green, blue, 0 or 255 on mono (r) and dual (r, g) panels. Set bits of a glyph get it; clear bits are transparent. */
  readonly ink: readonly [number, number, number];
  /** `glyphCount` masks of ceil(cellWidth / 8) × cellHeight bytes, rows top down, leftmost dot the highest bit. */
  readonly atlas: Uint8Array;
  readonly glyphCount: number;
  readonly cells: readonly FieldCell[];
}

export interface Message {
  readonly shape: Shape;
  readonly pages: readonly Page[];
  /** The sum over the steps. At least 1. ms. */
  readonly durationMs: number;
  /** The canonical bytes (`SPEC.md` §5 of firmware-protocol); read-only by agreement. */
  readonly bytes: Uint8Array;
  readonly hash: MessageHash;
}

/** One place in a span's ring: `message` indexes `programme.messages`; `endMs` is cumulative within the loop. */
export interface Turn {
  readonly message: number;
  readonly endMs: number;
}

/** While it lasts, the turns go round; at its start the ring stands at `leadMs`. Times are ms after `programme.base`. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
  readonly leadMs: number;
  readonly turns: readonly Turn[];
  /** Local civil time minus UTC, for clock fields. */
  readonly utcOffsetMin: number;
}

/**
 * What a board plays between `base` and `base + endMs`. Spans are in order and do not overlap; where there is none
 * the panel is black. Every number but `base` is an unsigned 32-bit value.
 */
export interface Programme {
  readonly shape: Shape;
  readonly base: Instant;
  /** The horizon: from `base + endMs` on the panel is black. */
  readonly endMs: number;
  readonly messages: readonly MessageHash[];
  readonly spans: readonly Span[];
}

/**
 * What is lit at one instant, in the panel's own depth whatever the page's format:
 * mono1 for mono, dual2 for dual, rgb24 for rgb; packed as in `PixelFormat`.
 */
export interface Frame {
  readonly shape: Shape;
  readonly pixels: Uint8Array;
}

/** Where in the programme an instant falls. `message` is null where nothing is programmed: black. */
export interface Lookup {
  readonly message: MessageHash | null;
  readonly span: number;
  readonly turn: number;
  /** ms since this turn began. */
  readonly elapsedMs: number;
  /** First instant at which `message`/`turn` may differ from now. */
  readonly until: Instant;
}

/** How a frame finds its messages; undefined means not here (a browser still loading): the frame is black. */
export type MessageSource = (hash: MessageHash) => Message | undefined;
