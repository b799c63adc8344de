/**
 * A folder as one file to be fetched: ZIP, every entry stored as it is (PNGs are packed already), names in ASCII, without
 * dates, so that the same files are the same bytes. PKWARE APPNOTE 6.3.3: 4.3.7 local header, 4.3.12 central directory,
 * 4.3.16 its end. Nothing here needs ZIP64: `limits.carriedBytes` and `limits.carriedFiles` are far below.
 */
import { limits } from "../../limits.ts";
import { crc32 } from "../../message/index.ts";

/** A path below the folder, ASCII, its parts joined by `/`; and what is in it. */
export interface CarriedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50];
/** 1980-01-01, the first day that the format knows. */
const firstDay = 0x0021;
const version = 20;
const [localBytes, centralBytes, endBytes] = [30, 46, 22];
/** A part of a path: no drive, no parent, nothing hidden. */
const part = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Letters, figures, `.`, `-`, `_`; no part begins with a dot; 100 at most. */
export const isCarriedName = (name: string): boolean =>
  name.length <= 100 && name.split("/").every((one) => part.test(one));

/** RangeError: a name that is none, or more than `limits` has. */
export function zipOf(files: readonly CarriedFile[]): Uint8Array {
  const whole = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (files.length > limits.carriedFiles || whole > limits.carriedBytes)
    throw new RangeError(`${files.length} files of ${whole} bytes`);
  const locals: Uint8Array[] = [];
  const centrals: Uint8Array[] = [];
  let at = 0;
  for (const { name, bytes } of files) {
    if (!isCarriedName(name)) throw new RangeError(`the name ${JSON.stringify(name)}`);
    const label = Buffer.from(name, "latin1");
    // What both headers have alike: version, flags, method 0, time, day, CRC, twice the size, lengths of name and extra.
    const alike = Buffer.alloc(26);
    alike.writeUInt16LE(version, 0);
    alike.writeUInt16LE(firstDay, 8);
    alike.writeUInt32LE(crc32(bytes), 10);
    alike.writeUInt32LE(bytes.length, 14);
    alike.writeUInt32LE(bytes.length, 18);
    alike.writeUInt16LE(label.length, 22);
    const local = Buffer.alloc(localBytes);
    local.writeUInt32LE(localMark, 0);
    local.set(alike, 4);
    const central = Buffer.alloc(centralBytes);
    central.writeUInt32LE(centralMark, 0);
    central.writeUInt16LE(version, 4);
    central.set(alike, 6);
    central.writeUInt32LE(at, 42);
    locals.push(local, label, bytes);
    centrals.push(central, label);
    at += localBytes + label.length + bytes.length;
  }
  const size = centrals.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...centrals, end]);
}

/**
 * What `zipOf` made. Never throws: null for whatever is not exactly of that form (packed or encrypted entries, names that
 * lead out of the folder, sums that are wrong, more than `limits` has).
 */
export function unzip(archive: Uint8Array): readonly CarriedFile[] | null {
  const file = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const end = file.length - endBytes;
  if (end < 0 || file.readUInt32LE(end) !== endMark) return null;
  const [count, start] = [file.readUInt16LE(end + 10), file.readUInt32LE(end + 16)];
  if (count > limits.carriedFiles || file.length > limits.carriedBytes + count * 300 + endBytes) return null;
  const files: CarriedFile[] = [];
  let [central, local] = [start, 0];
  for (let index = 0; index < count; index++) {
    if (central + centralBytes > end || file.readUInt32LE(central) !== centralMark) return null;
    const length = file.readUInt16LE(central + 28);
    const [flags, method, size] = [8, 10, 24].map((at) =>
      at === 24 ? file.readUInt32LE(central + at) : file.readUInt16LE(central + at),
    ) as [number, number, number];
    const head = localBytes + length;
    if (flags !== 0 || method !== 0 || file.readUInt32LE(central + 42) !== local) return null;
    if (central + centralBytes + length > end || local + head + size > start) return null;
    const name = file.toString("latin1", central + centralBytes, central + centralBytes + length);
    if (!isCarriedName(name) || file.toString("latin1", local + localBytes, local + head) !== name) return null;
    const bytes = Uint8Array.from(file.subarray(local + head, local + head + size));
    if (file.readUInt32LE(local) !== localMark || crc32(bytes) !== file.readUInt32LE(central + 16)) return null;
    files.push({ name, bytes });
    central += centralBytes + length;
    local += head + size;
  }
  return local === start && central === end ? files : null;
}
