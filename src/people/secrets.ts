/** Secrets: how they are made, kept and compared. What is kept of one is useless to whoever reads it. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** 32 random bytes, base64url: sessions, links, devices. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** 16 random bytes, hex. */
export const newId = (): string => randomBytes(16).toString("hex");

/** For secrets of any length: neither where they differ nor how long they are shows in the time it takes. */
export function sameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** What a row says of whom it lets in, where and until when. */
type Said = string | number | null | readonly string[];

export interface Keeper {
  /** 64 hex digits, to find a secret by without having it. Nobody makes a row of the database fit without `key`. */
  hashOf(secret: string): string;
  /**
   * 32 hex digits: the name of a row that lets somebody in, bound to what it says. A row that was moved to another account,
   * or given other rights or times, no longer has its name, and is nobody's.
   */
  nameOf(kind: "session" | "token", says: readonly Said[]): string;
  /** 43 base64url characters, 128 bits at random: a secret that fits what it was made for alone, of 126 bits. */
  boundSecret(says: readonly Said[]): string;
  isBound(secret: string, says: readonly Said[]): boolean;
  /** Bound to the session's secret, and telling nothing of it. */
  csrfOf(secret: string): string;
}

/** Of a bound secret, what is random: 16 bytes, base64url. */
const startLength = 22;

/** `key`: kept outside the database. */
export function createKeeper(key: Uint8Array): Keeper {
  const mac = (purpose: string, secret: string) => createHmac("sha256", key).update(`${purpose}\n${secret}`);
  const ofLink = (start: string, says: readonly Said[]) =>
    `${start}${mac("link", JSON.stringify([start, ...says]))
      .digest("base64url")
      .slice(0, 43 - startLength)}`;
  return {
    nameOf: (kind, says) => mac(kind, JSON.stringify(says)).digest("hex").slice(0, 32),
    boundSecret: (says) => ofLink(randomBytes(16).toString("base64url"), says),
    isBound: (secret, says) => sameSecret(secret, ofLink(secret.slice(0, startLength), says)),
    hashOf: (secret) => mac("kept", secret).digest("hex"),
    csrfOf: (secret) => mac("csrf", secret).digest("base64url"),
  };
}
