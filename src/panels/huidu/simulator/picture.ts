/** PNG as the card's own software reads it: truecolour of 8 bits, any filter, every chunk's CRC. */
import { inflateSync } from "node:zlib";

/** Three bytes a dot; null: not a picture, or not of that size. */
export function picturePixels(png: Buffer, width: number, height: number): Uint8Array | null {
  if (png.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return null;
  const parts: Buffer[] = [];
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    if (at + 12 + length > png.length || crc(body) !== png.readUInt32BE(at + 8 + length)) return null;
    const type = body.toString("latin1", 0, 4);
    const data = body.subarray(4);
    if (type === "IHDR" && (data.readUInt32BE(0) !== width || data.readUInt32BE(4) !== height)) return null;
    if (type === "IHDR" && (data[8] !== 8 || data[9] !== 2 || data[12] !== 0)) return null;
    if (type === "IDAT") parts.push(data);
    at += 12 + length;
  }
  return unfiltered(inflateSync(Buffer.concat(parts)), width, height);
}

function unfiltered(rows: Buffer, width: number, height: number): Uint8Array | null {
  const stride = width * 3;
  if (rows.length !== (1 + stride) * height) return null;
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (1 + stride)];
    for (let x = 0; x < stride; x++) {
      const left = x < 3 ? 0 : (pixels[y * stride + x - 3] ?? 0);
      const above = y === 0 ? 0 : (pixels[(y - 1) * stride + x] ?? 0);
      const corner = x < 3 || y === 0 ? 0 : (pixels[(y - 1) * stride + x - 3] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      pixels[y * stride + x] = (rows[y * (1 + stride) + 1 + x] ?? 0) + guess;
    }
  }
  return pixels;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function crc(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb8_8320 : 0);
  }
  return (sum ^ 0xffff_ffff) >>> 0;
}
