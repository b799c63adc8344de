/**
 * A stream of bytes that only who knows the passphrase can read, and that is whole or refused: AES-256-GCM over pieces of
 * up to 1 MiB (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): the nonce counts the pieces and
 * marks the last, so that none can be changed, left out, moved, or cut off unseen. The key: scrypt (RFC 7914).
 *
 * On disk: one line of JSON, then for each piece its length (32 bits, big-endian) and its bytes with a tag of 16.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

export interface BackupHeader {
  readonly v: 1;
  readonly office: string;
  readonly practice: boolean;
  /** Wall clock, ms. */
  readonly at: number;
  readonly installation: string;
  /** base64, 16 bytes. */
  readonly salt: string;
  /** scrypt's cost: N = 2^cost, r = 8, p = 1. */
  readonly cost: number;
  /** The passphrase is empty: that it is whole is proved all the same, but anybody can read it. */
  readonly unsealed?: true;
}

/** What is wrong with it; nothing of such a file is used. */
export class BackupBroken extends Error {
  readonly why: "not-a-backup" | "newer" | "passphrase" | "damaged";
  constructor(why: BackupBroken["why"]) {
    super(`backup: ${why}`);
    this.why = why;
  }
}

const magic = "boardcast-backup ";
const headerBytesMax = 4096;
const pieceBytes = 1024 * 1024;
const tagBytes = 16;
/** 2^15: some 100 ms and 32 MiB. A file may ask for more, up to 2^20. */
const costUsual = 15;
const costMax = 20;

/** A header for a file of now, with a salt of its own. */
export function newHeader(
  about: Pick<BackupHeader, "office" | "practice" | "at" | "installation">,
  unsealed = false,
): BackupHeader {
  const salt = randomBytes(16).toString("base64");
  return { v: 1, ...about, salt, cost: costUsual, ...(unsealed && { unsealed }) };
}

function keyOf(passphrase: string, { salt, cost }: BackupHeader): Promise<Buffer> {
  const options = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** cost * 8 * 128 * 2 };
  return new Promise((resolve, reject) => {
    // One text for one passphrase, whatever keyboard wrote it (RFC 8265 uses NFC).
    scrypt(passphrase.normalize("NFC"), Buffer.from(salt, "base64"), 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Writes header and pieces to the end of `file`. `plain`: in portions of any size. */
export async function writeSealed(
  file: FileHandle,
  header: BackupHeader,
  passphrase: string,
  plain: AsyncIterable<Uint8Array>,
): Promise<void> {
  const line = Buffer.from(`${magic}${JSON.stringify(header)}\n`);
  if (line.length > headerBytesMax) throw new RangeError("a backup's header is too long");
  await file.write(line);
  const key = await keyOf(passphrase, header);
  let index = 0;
  const put = async (piece: Uint8Array, last: boolean) => {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(index++, last)).setAAD(line);
    const sealed = Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(sealed.length);
    await file.writev([length, sealed]);
  };
  let waiting = Buffer.alloc(0);
  for await (const portion of plain) {
    waiting = Buffer.concat([waiting, portion]);
    for (; waiting.length > pieceBytes; waiting = waiting.subarray(pieceBytes))
      await put(waiting.subarray(0, pieceBytes), false);
  }
  await put(waiting, true);
}

/** Its first line; throws BackupBroken. */
export async function readHeader(file: FileHandle): Promise<{ header: BackupHeader; line: Buffer }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytesMax), 0, headerBytesMax, 0);
  const end = buffer.subarray(0, bytesRead).indexOf(10);
  const line = buffer.subarray(0, end + 1);
  if (end < 0 || !line.subarray(0, magic.length).equals(Buffer.from(magic))) throw new BackupBroken("not-a-backup");
  let header: BackupHeader;
  try {
    header = JSON.parse(line.toString("utf8", magic.length)) as BackupHeader;
  } catch {
    throw new BackupBroken("damaged");
  }
  if (typeof header?.v === "number" && header.v > 1) throw new BackupBroken("newer");
  const { v, office, practice, at, installation, salt, cost, unsealed } = header ?? {};
  const sound =
    v === 1 &&
    typeof office === "string" &&
    typeof practice === "boolean" &&
    Number.isSafeInteger(at) &&
    /^[0-9a-f]{32}$/.test(installation) &&
    typeof salt === "string" &&
    Number.isInteger(cost) &&
    cost >= 10 &&
    cost <= costMax &&
    (unsealed === undefined || unsealed === true);
  if (!sound) throw new BackupBroken("damaged");
  return { header, line };
}

/** The plain portions, each proved before it is given out; that it is whole is known only when it ends. Throws BackupBroken. */
export async function* readSealed(file: FileHandle, passphrase: string): AsyncGenerator<Buffer> {
  const { header, line } = await readHeader(file);
  const key = await keyOf(passphrase, header);
  const { size } = await file.stat();
  let at = line.length;
  for (let index = 0; ; index++) {
    const length = (await exactly(file, at, 4)).readUInt32BE();
    at += 4;
    if (length < tagBytes || length > pieceBytes + tagBytes) throw new BackupBroken("damaged");
    const sealed = await exactly(file, at, length);
    at += length;
    const last = at === size;
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(index, last), { authTagLength: tagBytes }).setAAD(
      line,
    );
    decipher.setAuthTag(sealed.subarray(length - tagBytes));
    let plain: Buffer;
    try {
      plain = Buffer.concat([decipher.update(sealed.subarray(0, length - tagBytes)), decipher.final()]);
    } catch {
      // A wrong passphrase and a damaged first piece look alike.
      throw new BackupBroken(index === 0 ? "passphrase" : "damaged");
    }
    yield plain;
    if (last) return;
  }
}

async function exactly(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead < length) throw new BackupBroken("damaged");
  return buffer;
}
