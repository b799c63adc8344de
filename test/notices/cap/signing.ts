/** CAP files, and signing them as senders do. The keys are for tests alone. */
import { sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { SignedXml } from "xml-crypto";

const fixture = (name: string) => readFileSync(new URL(`../../../fixtures/cap/${name}.xml`, import.meta.url), "utf8");
export const keyFile = (name: string) => readFileSync(new URL(`keys/${name}`, import.meta.url), "utf8");

export const files = {
  security: fixture("security-level"),
  thunderstorm: fixture("thunderstorm"),
  earthquake: fixture("earthquake-update"),
  child: fixture("missing-child"),
  rain: fixture("rainstorm-orange"),
  cancel: fixture("rainstorm-cancel"),
};

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Of the rainstorm: other values of fields, by name. */
export function rain(change: Readonly<Record<string, string>> = {}, text = files.rain): string {
  let changed = text;
  for (const [name, value] of Object.entries(change)) {
    const before = changed;
    changed = changed.replace(new RegExp(`<${name}>[^<]*</${name}>`), `<${name}>${value}</${name}>`);
    if (changed === before && !before.includes(`<${name}>${value}</${name}>`)) throw new Error(`no ${name}`);
  }
  return changed;
}

export const algorithms = {
  c14n: "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
  enveloped: "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  sha1: "http://www.w3.org/2000/09/xmldsig#sha1",
  sha256: "http://www.w3.org/2001/04/xmlenc#sha256",
  rsaSha1: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
  rsaSha256: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  ecdsaSha256: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
};

class Ecdsa {
  getSignature(text: string, privateKey: string): string {
    return sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64");
  }
  verifySignature(): boolean {
    throw new Error("not here");
  }
  getAlgorithmName(): string {
    return algorithms.ecdsaSha256;
  }
}

export interface Signing {
  readonly key?: "rsa" | "ec" | "other";
  readonly algorithm?: string;
  readonly canonical?: string;
  readonly digest?: string;
  readonly transforms?: readonly string[];
  readonly xpath?: string;
  /** The certificate goes into KeyInfo. */
  readonly certificate?: string;
}

export function signed(text: string, how: Signing = {}): string {
  const key = how.key ?? "rsa";
  const canonical = how.canonical ?? algorithms.exclusive;
  const signing = new SignedXml({
    privateKey: keyFile(`${key}.key`),
    signatureAlgorithm: how.algorithm ?? (key === "ec" ? algorithms.ecdsaSha256 : algorithms.rsaSha256),
    canonicalizationAlgorithm: canonical as never,
    ...(how.certificate !== undefined && { publicCert: how.certificate }),
  });
  signing.SignatureAlgorithms = { ...signing.SignatureAlgorithms, [algorithms.ecdsaSha256]: Ecdsa as never };
  signing.addReference({
    xpath: how.xpath ?? "/*",
    digestAlgorithm: how.digest ?? algorithms.sha256,
    transforms: [...(how.transforms ?? [algorithms.enveloped, canonical])],
    ...(how.xpath === undefined && { uri: "", isEmptyUri: true }),
  });
  signing.computeSignature(text, { location: { reference: "/*", action: "append" } });
  return signing.getSignedXml();
}
