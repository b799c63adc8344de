/** Seals (semantics.md "Seal"): Ed25519 over canonical JSON, with a key that lives outside the database. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { canonicalJson } from "../canonical-json.ts";
import { limits } from "../limits.ts";
import { frozenMap, isFrozen } from "./frozen.ts";
import { revisionHash } from "./revision.ts";
import { screenContent } from "./screening/index.ts";
import { sealBodySchema } from "./seal-format.ts";
import type { NoticeRecord, Seal, SealBody, SealVerdict } from "./types.ts";

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Names the key: first 16 bytes of SHA-256 of the public key (SPKI DER), 32 hex digits. */
  readonly installation: string;
}

/** Reads the key, or makes one. Refuses a file that others may read: whoever reads it can light the boards. */
export function loadOrCreateKey(file: string): SigningKey {
  if (!existsSync(file)) createKeyFile(file);
  const mode = statSync(file).mode & 0o777;
  if ((mode & 0o077) !== 0 && process.platform !== "win32")
    throw new Error(
      `${file}: 签名密钥的权限是 ${mode.toString(8)},别人也能读；请改为 600 / the signing key's mode is ${mode.toString(8)}: others can read it; run chmod 600`,
    );
  const privateKey = privateKeyIn(readFileSync(file));
  if (privateKey?.asymmetricKeyType !== "ed25519")
    throw new Error(`${file}: 不是 Ed25519 密钥，请恢复备份 / not an Ed25519 key; restore it from the backup`);
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, installation: installationOf(publicKey) };
}

function privateKeyIn(pem: Buffer): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

function createKeyFile(file: string): void {
  const { privateKey } = generateKeyPairSync("ed25519");
  // Written whole under another name and linked into place: a crash leaves no half key, a race leaves the first one.
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  const handle = openSync(draft, "wx", 0o600);
  try {
    fchmodSync(handle, 0o600);
    writeSync(handle, String(privateKey.export({ type: "pkcs8", format: "pem" })));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  keepName(dirname(file));
}

/** Puts a folder's names on disk: every seal is worthless without the key. */
function keepName(folder: string): void {
  if (process.platform === "win32") return;
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const installations = new WeakMap<KeyObject, string>();

export function installationOf(publicKey: KeyObject): string {
  let name = installations.get(publicKey);
  if (name === undefined) {
    const der = publicKey.export({ type: "spki", format: "der" });
    name = createHash("sha256").update(der).digest("hex").slice(0, 32);
    installations.set(publicKey, name);
  }
  return name;
}

/** 128 hex digits. `text` says by its own form what it is, or it could be passed off as something else that was signed. */
export function signText(text: string, key: SigningKey): string {
  return sign(null, Buffer.from(text), key.privateKey).toString("hex");
}

/** True only for what this key signed, letter for letter. Never throws. */
export function verifyText(text: string, signature: string, publicKey: KeyObject): boolean {
  try {
    if (!/^[0-9a-f]{128}$/.test(signature)) return false;
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "hex"));
  } catch {
    return false;
  }
}

/** Throws for a body that could not be read back: a seal that nobody can check is worse than none. */
export function signSeal(given: SealBody, key: SigningKey): Seal {
  const body = sealBodySchema.parse(given);
  return { body, signature: signText(canonicalJson(body), key) };
}

/** As `verifyText`. */
export function verifySeal(seal: Seal, publicKey: KeyObject): boolean {
  try {
    if (seal.body.installation !== installationOf(publicKey)) return false;
    return verifyText(canonicalJson(seal.body), seal.signature, publicKey);
  } catch {
    return false;
  }
}

/** What is wrong with a record's seal, whatever else there is to be said of it; null: it is the one that was given. */
export function sealFlaw(
  record: Pick<NoticeRecord, "id" | "revision" | "content">,
  seal: Seal,
  publicKey: KeyObject,
): "seal-broken" | "revision-altered" | null {
  if (!verifySeal(seal, publicKey) || seal.body.notice !== record.id) return "seal-broken";
  const hash = revisionHash(record.content);
  return hash === seal.body.revision && hash === record.revision ? null : "revision-altered";
}

/** What a seal is worth as long as nothing happens to its notice. */
type Worth =
  | Pick<SealVerdict & { ok: true }, "ok" | "envelope" | "pixels" | "signedAt">
  | (SealVerdict & { ok: false });

interface Judged extends Pick<NoticeRecord, "id" | "revision" | "content"> {
  readonly publicKey: KeyObject;
  readonly worth: Worth;
}

/** Of seals and contents that are frozen: they were looked at, and nothing in them can be another since. */
const judged = new WeakMap<Seal, Judged>();

/**
 * Whether a notice may be lit, worked out from the record and the key alone. It is asked before each sending, by a thousand
 * boards each second: what cannot have changed in memory is not worked out again; what is read from the store is.
 */
export function verdict(record: NoticeRecord, publicKey: KeyObject): SealVerdict {
  const { id, revision, content, seal, withdrawnAt, supersededAt, takenOff } = record;
  const known = seal === null ? undefined : judged.get(seal);
  const isSame = known?.content === content && known.id === id && known.revision === revision;
  const worth = isSame && known.publicKey === publicKey ? known.worth : worthOf(record, publicKey);
  if (worth !== known?.worth && seal !== null && isFrozen(seal) && isFrozen(content))
    judged.set(seal, { id, revision, content, publicKey, worth: Object.freeze(worth) });
  return worth.ok ? { ...worth, withdrawnAt, supersededAt, ...(takenOff && { takenOff }) } : worth;
}

/** The rules stand here in the order in which they are told. */
function worthOf(record: NoticeRecord, publicKey: KeyObject): Worth {
  const { content, seal } = record;
  if (content.openness !== "主动公开") return { ok: false, why: "not-public" };
  if (screenContent(content).length > 0) return { ok: false, why: "screening" };
  if (!seal) return { ok: false, why: "draft" };
  const flaw = sealFlaw(record, seal, publicKey);
  if (flaw !== null) return { ok: false, why: flaw };
  // Signed to be filled in, not to be shown; and what one person sends out ends by itself, whatever was written.
  const { kind, envelope, at, pixels } = seal.body;
  if (kind === "template" || content.slots) return { ok: false, why: "draft" };
  if (kind === "emergency" && envelope.until - envelope.from > limits.emergencyHours * 3_600_000)
    return { ok: false, why: "seal-broken" };
  const signed = frozenMap(pixels.map(({ board, message }) => [board, message] as const));
  return { ok: true, envelope, pixels: signed, signedAt: at };
}
