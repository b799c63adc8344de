/** With what the page is encrypted: this computer's own certificate, the office's, or nothing where the file says so. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Listen } from "../config/types.ts";
import { FaultError, type Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import { isLoopback } from "../people/index.ts";
import type { Instant } from "../time/clock.ts";
import type { Pair } from "./tls/certificate.ts";
import { keptCertificate } from "./tls/keep.ts";
import { isAnyAddress, lanAddresses, ownNames } from "./tls/lan.ts";

/** Whether only this computer is answered. */
export const staysHere = ({ host }: Pick<Listen, "host">): boolean => isLoopback(host) || host === "localhost";

/** What `tls` means where it is left out: beyond this computer passwords are never sent readable unless the file says so. */
export function tlsOf(listen: Listen): NonNullable<Listen["tls"]> {
  return listen.tls ?? (staysHere(listen) ? "none" : "generated");
}

export interface TlsOptions {
  readonly listen: Listen;
  readonly folder: string;
  readonly office: string;
  /** Wall clock. */
  readonly now: Instant;
}

/** null: plain HTTP. Throws `door/certificate` for files that cannot be used. */
export function openTls({ listen, folder, office, now }: TlsOptions): Pair | null {
  const tls = tlsOf(listen);
  if (tls === "none") return null;
  if (tls !== "generated") return pairOf(tls.cert, tls.key, now);
  return keptCertificate({ folder, office, names: namesFor(listen), now });
}

function namesFor({ host, names = [] }: Listen): readonly string[] {
  const addresses = isAnyAddress(host) ? lanAddresses() : [host];
  return [...new Set([...names, ...ownNames(), ...addresses, "localhost", "127.0.0.1", "::1"])];
}

function pairOf(certFile: string, keyFile: string, now: Instant): Pair {
  const refuse = (file: string, zh: string, en: string): FaultError => unusable(file, { zh, en });
  const cert = textOf(certFile);
  const key = textOf(keyFile);
  const certificate = attempt(() => new X509Certificate(cert));
  if (certificate === null) throw refuse(certFile, "不是 PEM 格式的证书", "is not a PEM certificate");
  const privateKey: KeyObject | null = attempt(() => createPrivateKey(key));
  if (privateKey === null)
    throw refuse(keyFile, "不是没有密码的 PEM 私钥", "is not a PEM private key without a passphrase");
  if (!certificate.checkPrivateKey(privateKey))
    throw refuse(keyFile, `不是证书 ${certFile} 的私钥`, `is not the key of certificate ${certFile}`);
  if (Date.parse(certificate.validTo) <= now)
    throw refuse(certFile, `证书已于 ${certificate.validTo} 过期`, `ran out on ${certificate.validTo}`);
  return { cert, key };
}

const unusable = (file: string, why: Sentence) => new FaultError({ code: "door/certificate", file, why });

function textOf(file: string): string {
  const bytes = Buffer.alloc(limits.certificateBytes);
  try {
    const handle = openSync(file, "r");
    try {
      return bytes.toString("utf8", 0, readSync(handle, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw unusable(file, { zh: `读不了（${code}）`, en: `cannot be read (${code})` });
  }
}

function attempt<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}
