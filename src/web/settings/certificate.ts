/** Certificates as they are compared by eye, and as they come in files. */

/** "ab12…" → "AB:12:…", the way that openssl and browsers write a SHA-256 fingerprint. */
export const fingerprintWords = (hex: string): string => (hex.toUpperCase().match(/../g) ?? []).join(":");

/** PEM as it is; DER, which Windows exports first, as PEM. */
export function pemOf(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  if (text.includes("-----BEGIN")) return text;
  const lines = btoa(text).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
