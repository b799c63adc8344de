/** The certificate of this computer's own, in one file of the data folder: made once, and again before it runs out. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isIP, isIPv4 } from "node:net";
import { join } from "node:path";
import type { Instant } from "../../time/clock.ts";
import { makeCertificate, type Pair } from "./certificate.ts";

const renewDays = 30;
const dayMs = 86_400_000;

export interface KeepOptions {
  readonly folder: string;
  readonly office: string;
  /** Names and addresses that it should be for. */
  readonly names: readonly string[];
  readonly now: Instant;
}

/**
 * Whoever has trusted it has to trust the next one again: a new one is made only where this one is about to end, or lacks
 * a name or an IPv4 address. (IPv6 addresses change every day; those of today are in.) Addresses of before stay in it, so
 * that a computer that is now here, now there does not get a new one each time.
 */
export function keptCertificate({ folder, office, names, now }: KeepOptions): Pair {
  const file = join(folder, "certificate.pem");
  const kept = pairIn(file);
  const certificate = kept && new X509Certificate(kept.cert);
  if (kept && certificate && stillGood(certificate, now) && names.every((name) => covers(certificate, name)))
    return kept;
  const before = certificate === null ? [] : addressesIn(certificate);
  const made = makeCertificate({ office, names: [...new Set([...names, ...before])], now });
  // Whole under another name first: a crash leaves the one that was there.
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  writeFileSync(draft, made.cert + made.key, { mode: 0o600, flag: "wx" });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
  return made;
}

function stillGood(certificate: X509Certificate, now: Instant): boolean {
  return Date.parse(certificate.validFrom) <= now && Date.parse(certificate.validTo) - now >= renewDays * dayMs;
}

function covers(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) === 0) return certificate.checkHost(name) !== undefined;
  return !isIPv4(name) || certificate.checkIP(name) !== undefined;
}

function addressesIn({ subjectAltName = "" }: X509Certificate): readonly string[] {
  return [...subjectAltName.matchAll(/IP Address:(\d+\.\d+\.\d+\.\d+)/g)].map(([, address = ""]) => address);
}

/** null: none, or none that can be used. */
function pairIn(file: string): Pair | null {
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  const [cert] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----\n/.exec(text) ?? [];
  const [key] = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----\n/.exec(text) ?? [];
  if (cert === undefined || key === undefined) return null;
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)) ? { cert, key } : null;
  } catch {
    return null;
  }
}
