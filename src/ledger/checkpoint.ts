/**
 * Checkpoints: where a chain ended at some time, signed with the office's key. The chain alone shows what was altered in
 * it; only these show that its end was cut off, or that all of it was written anew. As JSON, a line of a file; as text that
 * fits on a line of paper and can be typed again.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import type { Instant } from "../time/clock.ts";
import { fromBase32, toBase32 } from "./base32.ts";
import type { Chain, Head } from "./types.ts";

/** The office's key, as far as it is needed here. Signatures are 128 hex digits (Ed25519). */
export interface Verifying {
  /** Names the key; 32 hex digits. */
  readonly installation: string;
  verify(text: string, signature: string): boolean;
}
export interface Signing extends Verifying {
  sign(text: string): string;
}

export interface Checkpoint extends Head {
  /** Wall clock. */
  readonly at: Instant;
  readonly signature: string;
}

const said = (installation: string, { chain, seq, hash, at }: Omit<Checkpoint, "signature">): string =>
  canonicalJson({ v: 1, installation, chain, seq, hash, at });

export function signCheckpoint(head: Head, at: Instant, signing: Signing): Checkpoint {
  const { chain, seq, hash } = head;
  const signature = signing.sign(said(signing.installation, { chain, seq, hash, at }));
  return { chain, seq, hash, at, signature };
}

/** Whether this key signed it, letter for letter. Never throws. */
export function checkpointHolds(checkpoint: Checkpoint, verifying: Verifying): boolean {
  return verifying.verify(said(verifying.installation, checkpoint), checkpoint.signature);
}

const instant = z.int().min(0).max(8_640_000_000_000_000);
const checkpointSchema = z.strictObject({
  v: z.literal(1),
  installation: z.string().regex(/^[0-9a-f]{32}$/),
  chain: z.enum(["register", "play"]),
  seq: z.int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: instant,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

/** A line of the file, without its end. */
export function toLine({ chain, seq, hash, at, signature }: Checkpoint, installation: string): string {
  return canonicalJson({ v: 1, installation, chain, seq, hash, at, signature });
}

/** null for what is no checkpoint of this key. */
export function fromLine(line: string, verifying: Verifying): Checkpoint | null {
  const parsed = checkpointSchema.safeParse(jsonOf(line));
  if (!parsed.success || parsed.data.installation !== verifying.installation) return null;
  const { chain, seq, hash, at, signature } = parsed.data;
  const checkpoint: Checkpoint = { chain, seq, hash, at, signature };
  return checkpointHolds(checkpoint, verifying) ? checkpoint : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const marks: Readonly<Record<Chain, string>> = { register: "BCR1", play: "BCP1" };
const numberBytes = 6;
const hashBytes = 32;
const signatureBytes = 64;
const sumBytes = 4;
const lettersInGroup = 5;

/** "BCR1-" and 36 groups of five letters: row, instant, hash, signature, and four bytes that tell a slip of the pen. */
export function toText({ chain, seq, hash, at, signature }: Checkpoint): string {
  const body = Buffer.alloc(2 * numberBytes);
  body.writeUIntBE(seq, 0, numberBytes);
  body.writeUIntBE(at, numberBytes, numberBytes);
  const bytes = Buffer.concat([body, Buffer.from(hash, "hex"), Buffer.from(signature, "hex")]);
  const letters = toBase32(Buffer.concat([bytes, sumOf(marks[chain], bytes)]));
  return [marks[chain], ...(letters.match(new RegExp(`.{1,${lettersInGroup}}`, "g")) ?? [])].join("-");
}

/** However it was grouped, in capitals or not. null for what is no checkpoint of this key, or was mistyped. */
export function fromText(text: string, verifying: Verifying): Checkpoint | null {
  const [, chain, letters] = /^\s*BC([RP])1[\s-]+(.*)$/is.exec(text) ?? [];
  const bytes = letters === undefined ? null : fromBase32(letters);
  if (chain === undefined || bytes?.length !== 2 * numberBytes + hashBytes + signatureBytes + sumBytes) return null;
  const name: Chain = chain.toUpperCase() === "R" ? "register" : "play";
  const body = Buffer.from(bytes.subarray(0, -sumBytes));
  if (!sumOf(marks[name], body).equals(bytes.subarray(-sumBytes))) return null;
  const hex = (from: number, length: number) => body.toString("hex", from, from + length);
  const checkpoint: Checkpoint = {
    chain: name,
    seq: body.readUIntBE(0, numberBytes),
    at: body.readUIntBE(numberBytes, numberBytes),
    hash: hex(2 * numberBytes, hashBytes),
    signature: hex(2 * numberBytes + hashBytes, signatureBytes),
  };
  return checkpointHolds(checkpoint, verifying) ? checkpoint : null;
}

function sumOf(mark: string, bytes: Uint8Array): Buffer {
  return createHash("sha256").update(mark).update(bytes).digest().subarray(0, sumBytes);
}
