/**
 * A certificate that this computer gives to itself: of one server, not of an authority, so that whoever trusts it
 * trusts this server and nothing else. ECDSA on P-256, X.509 v3 (RFC 5280).
 */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { limits } from "../../limits.ts";
import type { Instant } from "../../time/clock.ts";
import { addressBytes, bits, identifier, instant, integer, octets, sequence, set, text, tlv, yes } from "./der.ts";

export const certificateDays = 730;
const dayMs = 86_400_000;

export interface CertificateWish {
  /** The owner, as people read it in the browser. */
  readonly office: string;
  /** Host names and IP addresses, the most telling first; at most `limits.certificateNames` count. */
  readonly names: readonly string[];
  /** Wall clock. */
  readonly now: Instant;
}

export interface Pair {
  /** PEM, PKCS #8. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

export function makeCertificate({ office, names, now }: CertificateWish): Pair {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const all = names.slice(0, limits.certificateNames);
  const owner = sequence(attribute("2.5.4.10", office), attribute("2.5.4.3", all[0] ?? "localhost"));
  const body = sequence(
    tlv(0xa0, integer(Uint8Array.of(2))),
    integer(randomBytes(16)),
    ecdsaWithSha256,
    owner,
    // A day early: the clocks of an office do not agree.
    sequence(instant(now - dayMs), instant(now + certificateDays * dayMs)),
    owner,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, extensions(all)),
  );
  const signature = sign("sha256", body, privateKey);
  const certificate = sequence(body, ecdsaWithSha256, bits(signature));
  return {
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    cert: pem("CERTIFICATE", certificate),
  };
}

const ecdsaWithSha256 = sequence(identifier("1.2.840.10045.4.3.2"));

/** Attributes have at most 64 letters. */
const attribute = (oid: string, value: string) =>
  set(sequence(identifier(oid), text([...value].slice(0, 64).join(""))));

function extensions(names: readonly string[]): Buffer {
  const alternatives = names.map((name) =>
    isIP(name) === 0 ? tlv(0x82, Buffer.from(name, "ascii")) : tlv(0x87, addressBytes(name)),
  );
  return sequence(
    // Of no authority: nothing else can be signed with it.
    sequence(identifier("2.5.29.19"), yes(), octets(sequence())),
    // digitalSignature, the first of the bits.
    sequence(identifier("2.5.29.15"), yes(), octets(bits(Uint8Array.of(0x80), 7))),
    // serverAuth.
    sequence(identifier("2.5.29.37"), octets(sequence(identifier("1.3.6.1.5.5.7.3.1")))),
    sequence(identifier("2.5.29.17"), octets(sequence(...alternatives))),
  );
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
