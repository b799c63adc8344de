/** A page being drawn: one mask an ink (and planes of shades, where a panel has them), made into the panel's kind of bitmap at the end. */
import { type Bitmap, bitmapBytes, type ColourKind, copyBits, type PixelFormat, rowStride } from "../message/index.ts";
import { createMask, drawCells, freeMask, type Mask } from "./blit.ts";
import { spreadInto } from "./kernel/spread.ts";
import { colourOf, type Ink, type Rgb } from "./ink.ts";
import { pictureCanvas } from "./picture-page.ts";
import { packPlanes, shadePalette } from "./shade-pack.ts";
import {
  createPlane,
  cutCells,
  freePlane,
  hasShades,
  inksPerPlane,
  type Plane,
  shadeCells,
  shadeMask,
} from "./shades.ts";
import { type Cell, textOf } from "./text.ts";

/** One a colour, in the order of their first use. */
export interface Layer {
  readonly colour: Rgb;
  /** Null while all of its text has shades. */
  mask: Mask | null;
}

export interface Placed {
  readonly bitmap: Bitmap;
  readonly x: number;
  readonly y: number;
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  private readonly colour: ColourKind;
  private readonly soft: boolean;
  private readonly layers: Layer[] = [];
  private readonly layerOfInk = new Map<Ink, number>();
  private readonly pictures: Placed[] = [];
  /** The first inks' first. */
  private readonly planes: Plane[] = [];
  private made: Bitmap | null = null;

  /** `soft`: edges in shades, on panels that have them; else every dot is on or off. */
  constructor(width: number, height: number, colour: ColourKind, soft = true) {
    this.width = width;
    this.height = height;
    this.colour = colour;
    this.soft = soft && colour === "rgb";
  }

  /** `x`, `y`: left top corner of the line box in dots. RangeError where a glyph would not lie inside: nothing is cut off in silence. */
  text(cells: readonly Cell[], x: number, y: number, ink: Ink): void {
    mustLieInside(cells, x, y, this);
    const index = this.layerOfInk.get(ink) ?? this.layerFor(ink);
    if (this.soft && hasShades(cells)) {
      shadeCells(this.planeOf(index), x, y, cells, index % inksPerPlane);
    } else drawCells(this.maskOf(index), x, y, cells);
  }

  /** A filled rectangle: rules and frames are made of these. Dots; it must lie inside. */
  box(x: number, y: number, width: number, height: number, ink: Ink): void {
    const { bits, stride } = this.maskOf(this.layerOfInk.get(ink) ?? this.layerFor(ink));
    const right = x + width - 1;
    for (let row = y; row < y + height; row++)
      for (let byte = x >> 3; byte <= right >> 3; byte++) {
        const first = Math.max(0, x - byte * 8);
        const last = Math.min(7, right - byte * 8);
        const at = row * stride + byte;
        bits[at] = (bits[at] as number) | ((0xff >> first) & (0xff << (7 - last)));
      }
  }

  /** Text cut out of a box of this ink: its dots are dark. Every glyph must lie inside the box; RangeError outside the page. */
  cut(cells: readonly Cell[], x: number, y: number, ink: Ink): void {
    mustLieInside(cells, x, y, this);
    const index = this.layerOfInk.get(ink) ?? this.layerFor(ink);
    const mask = this.maskOf(index);
    if (this.soft && hasShades(cells)) {
      cutCells(this.planeOf(index), mask, x, y, cells, index % inksPerPlane);
      return;
    }
    const stencil = createMask(this.width, this.height);
    drawCells(stencil, x, y, cells);
    for (let at = 0; at < mask.bits.length; at++)
      mask.bits[at] = (mask.bits[at] as number) & ~(stencil.bits[at] as number);
    freeMask(stencil);
  }

  /** A bitmap of the panel's own kind, under all text. It must lie inside. */
  picture(bitmap: Bitmap, x: number, y: number): void {
    this.pictures.push({ bitmap, x, y });
  }

  private layerFor(ink: Ink): number {
    const colour = colourOf(ink, this.colour);
    let index = this.layers.findIndex((one) => one.colour.every((value, channel) => value === colour[channel]));
    if (index < 0) index = this.layers.push({ colour, mask: null }) - 1;
    this.layerOfInk.set(ink, index);
    return index;
  }

  private planeOf(index: number): Plane {
    this.mustBeOpen();
    while (this.planes.length * inksPerPlane <= index) this.planes.push(createPlane(this.width, this.height));
    return this.planes[Math.floor(index / inksPerPlane)] as Plane;
  }

  private maskOf(index: number): Mask {
    this.mustBeOpen();
    const layer = this.layers[index] as Layer;
    layer.mask ??= createMask(this.width, this.height);
    return layer.mask;
  }

  private mustBeOpen(): void {
    if (this.made !== null) throw new Error("the page is made: its masks are others' now");
  }

  /** The page. Its masks and planes are given back, so nothing more can be drawn. */
  bitmap(): Bitmap {
    if (this.made !== null) return this.made;
    this.made = this.drawn();
    for (const { mask } of this.layers) if (mask !== null) freeMask(mask);
    for (const plane of this.planes) freePlane(plane);
    return this.made;
  }

  private drawn(): Bitmap {
    if (this.colour === "rgb") return this.drawnInFull();
    const { width, height, layers, pictures } = this;
    const format: PixelFormat = this.colour === "mono" ? "mono1" : "dual2";
    const pixels = new Uint8Array(bitmapBytes(width, height, format));
    const planeBytes = rowStride(width, "mono1") * height;
    const planes = this.colour === "dual" ? 2 : 1;
    for (const picture of pictures)
      for (let which = 0; which < planes; which++) copyPlane(picture, which, pixels, which * planeBytes, width);
    const drawnOn = [pictures.length > 0, pictures.length > 0];
    for (const { colour, mask } of layers)
      for (let which = 0; which < planes; which++) {
        if (mask === null || (colour[which] ?? 0) === 0) continue;
        if (drawnOn[which]) orInto(pixels, which * planeBytes, mask.bits);
        else pixels.set(mask.bits, which * planeBytes);
        drawnOn[which] = true;
      }
    return { width, height, format, pixels, palette: new Uint8Array(0) };
  }

  private drawnInFull(): Bitmap {
    const { width, height, layers, planes, pictures } = this;
    if (pictures.length === 0 && planes.length === 0) return indexed(width, height, layers);
    for (const [index, { mask }] of layers.entries())
      if (mask !== null) shadeMask(this.planeOf(index), mask, index % inksPerPlane);
    const colours = layers.map(({ colour }) => colour);
    if (pictures.length > 0) return pictureCanvas(width, height, pictures, colours, planes);
    return { width, height, ...packPlanes(width, height, planes, colours.length), palette: shadePalette(colours) };
  }
}

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A line's width and height first; a space may hang out of it, so only a line that is too long is looked at glyph by glyph. */
function mustLieInside(cells: readonly Cell[], x: number, y: number, extent: Extent): void {
  let right = x;
  let tall = 0;
  for (const { glyphs, width, wide } of cells) {
    right += width;
    if (wide !== 0) tall = Math.max(tall, 16);
    else for (const { top, height } of glyphs) tall = Math.max(tall, top + height);
  }
  if (x >= 0 && y >= 0 && right <= extent.width && y + tall <= extent.height) return;
  let at = x;
  for (const cell of cells) {
    for (const glyph of cell.glyphs) {
      const left = at + cell.dx + glyph.left;
      const top = y + glyph.top;
      const isInside =
        left >= 0 && top >= 0 && left + glyph.width <= extent.width && top + glyph.height <= extent.height;
      if (!isInside && glyph.width > 0 && glyph.height > 0)
        throw new RangeError(`“${textOf(cells)}”超出画面 / "${textOf(cells)}" lies outside its page`);
    }
    at += cell.width;
  }
}

function orInto(pixels: Uint8Array, start: number, bits: Uint8Array): void {
  for (let at = 0; at < bits.length; at++) {
    const byte = bits[at] as number;
    if (byte !== 0) pixels[start + at] = (pixels[start + at] as number) | byte;
  }
}

function copyPlane({ bitmap, x, y }: Placed, which: number, into: Uint8Array, start: number, width: number): void {
  const stride = rowStride(bitmap.width, "mono1");
  const intoStride = rowStride(width, "mono1");
  for (let row = 0; row < bitmap.height; row++) {
    const from = (which * bitmap.height + row) * stride * 8;
    copyBits(bitmap.pixels, from, into, (start + (y + row) * intoStride) * 8 + x, bitmap.width);
  }
}

/** Black is entry 0; the smallest index format that holds the inks that were used. Where two meet, the later is seen. */
function indexed(width: number, height: number, layers: readonly Layer[]): Bitmap {
  const bits = layers.length < 2 ? 1 : layers.length < 4 ? 2 : 4;
  const format: PixelFormat = bits === 1 ? "index1" : bits === 2 ? "index2" : "index4";
  const palette = Uint8Array.from([0, 0, 0, ...layers.flatMap(({ colour }) => [...colour])]);
  const pixels = new Uint8Array(bitmapBytes(width, height, format));
  for (const [index, { mask }] of layers.entries()) {
    if (mask === null) continue;
    if (bits === 1) orInto(pixels, 0, mask.bits);
    else spreadInto(pixels, rowStride(width, format), mask, bits, index + 1);
  }
  return { width, height, format, pixels, palette };
}
