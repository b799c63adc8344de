/** The two checks of Onbon's cards (protocol note, "Frame", "Commands"). */

/** CRC16: 0x8005 reflected, from 0, nothing at the end; "123456789" gives 0xBB3D. Sent low byte first. */
export function crc16(bytes: Uint8Array, from = 0, until = bytes.length): number {
  let crc = 0;
  for (let at = from; at < until; at++) {
    crc ^= bytes[at] ?? 0;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC32 of a file in the card's flash: the usual polynomial, but from 0 and with nothing at the end. Sent low byte first. */
export function fileCrc32(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc >>> 0;
}
