/** The card's own picture of pixels: what its lamps show, dot by dot. From the protocol note, "Pixels". */

export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly colour: "mono" | "dual" | "rgb";
  readonly generation: 5 | 6;
  /** How its two planes are wired. */
  readonly planes: "RG" | "GR";
  readonly rgb: "888" | "565-be" | "565-le";
}

/** Red, green, blue of each dot, row by row. */
export type Dots = Uint8Array;

/** Bytes of an area's picture, `x` being where it begins on the screen; null: too few of them. */
export function dotsOf(bytes: Uint8Array, width: number, height: number, x: number, screen: Screen): Dots | null {
  const dots = new Uint8Array(width * height * 3);
  if (screen.colour === "rgb") {
    const each = screen.rgb === "888" ? 3 : 2;
    if (bytes.length < width * height * each) return null;
    for (let dot = 0; dot < width * height; dot++) {
      if (each === 3) dots.set(bytes.subarray(dot * 3, dot * 3 + 3), dot * 3);
      else {
        const [first = 0, second = 0] = bytes.subarray(dot * 2, dot * 2 + 2);
        const value = screen.rgb === "565-be" ? first * 256 + second : second * 256 + first;
        dots.set([(value >> 11) << 3, ((value >> 5) & 63) << 2, (value & 31) << 3], dot * 3);
      }
    }
    return dots;
  }
  const unit = screen.generation === 5 ? 8 : 32;
  const lead = x % unit;
  const row = (Math.ceil((lead + width) / unit) * unit) / 8;
  const planes = screen.colour === "dual" ? 2 : 1;
  if (bytes.length < row * height * planes) return null;
  for (let plane = 0; plane < planes; plane++) {
    const colour = screen.colour === "dual" && screen.planes === "GR" ? 1 - plane : plane;
    for (let y = 0; y < height; y++)
      for (let dot = 0; dot < width; dot++) {
        const column = lead + dot;
        const byte = y * row + Math.floor(column / 8);
        const at = screen.generation === 5 ? byte * planes + plane : plane * row * height + byte;
        const lit = ((bytes[at] ?? 0xff) & (1 << (7 - (column % 8)))) === 0;
        if (lit) dots[(y * width + dot) * 3 + colour] = 255;
      }
  }
  return dots;
}

/** What a board's own picture would be: packed as our frames are. */
export function packed(dots: Dots, { width, height, colour }: Screen): Uint8Array {
  if (colour === "rgb") return dots.slice();
  const stride = Math.ceil(width / 8);
  const planes = colour === "dual" ? 2 : 1;
  const pixels = new Uint8Array(stride * height * planes);
  for (let plane = 0; plane < planes; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        if (dots[(y * width + x) * 3 + plane]) {
          const at = (plane * height + y) * stride + (x >> 3);
          pixels[at] = (pixels[at] ?? 0) | (0x80 >> (x & 7));
        }
  return pixels;
}
