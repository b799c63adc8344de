/**
 * XML-DSig of a CAP message (CAP 1.2, 3.3.4.1: one enveloped signature). The key comes from the senders that this office
 * believes, never from the message; and what is read afterwards are the bytes that were signed, so that nothing can be wrapped
 * around them.
 */
import { type KeyObject, verify, X509Certificate } from "node:crypto";
import { type Document, DOMParser, type Element } from "@xmldom/xmldom/lib/index.js";
import { SignedXml } from "xml-crypto";
import type { Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";

const dsig = "http://www.w3.org/2000/09/xmldsig#";
const enveloped = `${dsig}enveloped-signature`;
const canonical = ["http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2001/10/xml-exc-c14n#"];
const sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const ecdsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
/** What an RSA key has at least, bits; of curves P-256 and those above it. */
const rsaBitsLeast = 2048;
const curves = ["prime256v1", "secp384r1", "secp521r1"];

export interface Certificate {
  readonly fingerprint: string;
  readonly key: KeyObject;
  readonly from: Instant;
  readonly until: Instant;
}

/** PEM of one certificate. null with the reason: not one, or its key is too weak. */
export function readCertificate(pem: string): Certificate | Sentence {
  if (pem.length > limits.capCertificateChars || (pem.match(/-----BEGIN/g) ?? []).length !== 1)
    return { zh: "应为一张 PEM 证书", en: "one PEM certificate is needed" };
  try {
    const certificate = new X509Certificate(pem);
    const key = certificate.publicKey;
    const { modulusLength = 0, namedCurve = "" } = key.asymmetricKeyDetails ?? {};
    const rsa = key.asymmetricKeyType === "rsa" && modulusLength >= rsaBitsLeast;
    const ec = key.asymmetricKeyType === "ec" && curves.includes(namedCurve);
    if (!rsa && !ec)
      return { zh: "密钥应为 2048 位以上 RSA 或 P-256 以上", en: "its key must be RSA of 2048 bits or P-256 at least" };
    return {
      fingerprint: certificate.fingerprint256.replaceAll(":", "").toLowerCase(),
      key,
      from: Date.parse(certificate.validFrom),
      until: Date.parse(certificate.validTo),
    };
  } catch {
    return { zh: "不是证书", en: "it is no certificate" };
  }
}

export type Checked =
  | { readonly worth: "none" }
  /** `signed`: what the signature is over, as it is to be read. */
  | { readonly worth: "verified"; readonly signed: string; readonly fingerprint: string }
  | { readonly worth: "broken"; readonly why: Sentence };

/** Of a document that `parseXml` has accepted. `certificates`: of whom it says it is from; none: nothing can be verified. Never throws. */
export function checkSignature(text: string, certificates: readonly Certificate[]): Checked {
  try {
    const xml = text.replace(/^\uFEFF/, "");
    const document = new DOMParser({ errorHandler: () => {} }).parseFromString(xml, "text/xml");
    const signatures = document.getElementsByTagNameNS(dsig, "Signature");
    const [signature] = Array.from(signatures);
    if (!signature) return { worth: "none" };
    const flaw = flawOf(document, signature, signatures.length);
    if (flaw !== null) return { worth: "broken", why: flaw };
    for (const { key, fingerprint } of certificates) {
      const signed = signedBy(xml, signature, key);
      if (signed !== null) return { worth: "verified", signed, fingerprint };
    }
    return { worth: "broken", why: { zh: "签名与内容或证书不符", en: "it does not fit the text or the certificate" } };
  } catch {
    return { worth: "broken", why: { zh: "签名读不出", en: "the signature cannot be read" } };
  }
}

/** Whatever is not the one form that is accepted: named, so that a sender can be told. */
function flawOf(document: Document, signature: Element, count: number): Sentence | null {
  const root = document.documentElement;
  if (count !== 1) return { zh: "有不止一个签名", en: "there is more than one signature" };
  if (signature.parentNode !== root) return { zh: "签名不在最外层", en: "the signature is not the root's own child" };
  const all = (name: string) => Array.from(signature.getElementsByTagNameNS(dsig, name));
  const [info, ...infos] = all("SignedInfo");
  const [reference, ...references] = all("Reference");
  if (!info || infos.length > 0 || info.parentNode !== signature || all("Object").length > 0)
    return { zh: "签名的结构不对", en: "the signature is not built as it should be" };
  if (!reference || references.length > 0 || reference.parentNode !== info)
    return { zh: "应只签一处", en: "exactly one reference is needed" };
  const uri = reference.getAttribute("URI");
  const ids = ["Id", "ID", "id"].flatMap((name) => root?.getAttribute(name) || []);
  if (!reference.hasAttribute("URI") || !(uri === "" || (uri?.startsWith("#") && ids.includes(uri.slice(1)))))
    return { zh: "签的不是整份文件", en: "it does not cover the whole document" };
  const algorithms = (name: string) => all(name).map((one) => one.getAttribute("Algorithm") ?? "");
  const transforms = algorithms("Transform");
  const known =
    transforms[0] === enveloped &&
    transforms.slice(1).every((one) => canonical.includes(one)) &&
    transforms.length <= 2 &&
    only(algorithms("CanonicalizationMethod"), canonical) &&
    only(algorithms("DigestMethod"), [sha256]) &&
    only(algorithms("SignatureMethod"), [rsaSha256, ecdsaSha256]);
  return known ? null : { zh: "签名算法不接受", en: "its algorithms are not accepted" };
}

const only = ([one = "", ...more]: readonly string[], known: readonly string[]) =>
  more.length === 0 && known.includes(one);

/** The signed bytes; null: not by this key. */
function signedBy(xml: string, signature: Element, key: KeyObject): string | null {
  try {
    const checking = new SignedXml({ publicCert: key.export({ type: "spki", format: "pem" }) });
    // The message's own word for its key counts for nothing.
    checking.getCertFromKeyInfo = () => null;
    checking.HashAlgorithms = pick(checking.HashAlgorithms, [sha256]);
    checking.CanonicalizationAlgorithms = pick(checking.CanonicalizationAlgorithms, [...canonical, enveloped]);
    const isRsa = key.asymmetricKeyType === "rsa";
    checking.SignatureAlgorithms = isRsa
      ? pick(checking.SignatureAlgorithms, [rsaSha256])
      : { [ecdsaSha256]: EcdsaSha256 };
    checking.loadSignature(signature);
    if (!checking.checkSignature(xml)) return null;
    const [signed, ...more] = checking.getSignedReferences();
    return signed === undefined || more.length > 0 ? null : signed;
  } catch {
    return null;
  }
}

function pick<T>(all: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}

/** RFC 4051, 3.3.1: r and s one after the other (IEEE P1363), not DER. The package does not have it. */
class EcdsaSha256 {
  getSignature(): never {
    throw new Error("nothing is signed here");
  }
  verifySignature(material: string, key: string, value: string): boolean {
    const signature = Buffer.from(value, "base64");
    return verify("sha256", Buffer.from(material), { key, dsaEncoding: "ieee-p1363" }, signature);
  }
  getAlgorithmName(): string {
    return ecdsaSha256;
  }
}
