/** A panel's frame as PNG, 8 bits a colour, without palette or gamma: what the card lights is what it was given. */
import { deflateSync, constants } from "node:zlib";
import { crc32, type Frame, rowStride } from "../../message/index.ts";

/** `ink`: of a mono panel's lit dot. */
export function pngOf(frame: Frame, ink: readonly [number, number, number]): Uint8Array {
  const { width, height } = frame.shape;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Depth 8, colour type 2: red, green, blue.
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((1 + width * 3) * height);
  const rgb = rgbOf(frame, ink);
  for (let y = 0; y < height; y++) rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1);
  // Runs alone: what zlib makes of those is the same on every processor, and so is the MD5 that the card knows it by.
  const data = deflateSync(rows, { level: 9, strategy: constants.Z_RLE });
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(8 + body.length);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), 4 + body.length);
  return framed;
}

/** Three bytes a dot, rows from the top. Both colours of a dual panel at once are amber, as its lamps mix them. */
function rgbOf({ shape, pixels }: Frame, ink: readonly [number, number, number]): Uint8Array {
  const { width, height, colour } = shape;
  if (colour === "rgb") return pixels;
  const rgb = new Uint8Array(width * height * 3);
  const stride = rowStride(width, "mono1");
  const lit = (plane: number, x: number, y: number) =>
    (pixels[(plane * height + y) * stride + (x >> 3)] ?? 0) & (0x80 >> (x & 7));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      if (colour === "dual") rgb.set([lit(0, x, y) ? 255 : 0, lit(1, x, y) ? 255 : 0, 0], at);
      else if (lit(0, x, y)) rgb.set(ink, at);
    }
  return rgb;
}
