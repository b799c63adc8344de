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

export interface Keeper {
  /** 64 hex digits, to find a secret by without having it. Nobody makes a row of the database fit without `key`. */
  hashOf(secret: string): string;
  /** Bound to the session's secret, and telling nothing of it. */
  csrfOf(secret: string): string;
}

/** `key`: kept outside the database. */
export function createKeeper(key: Uint8Array): Keeper {
  const mac = (purpose: string, secret: string) => createHmac("sha256", key).update(`${purpose}\n${secret}`);
  return {
    hashOf: (secret) => mac("kept", secret).digest("hex"),
    csrfOf: (secret) => mac("csrf", secret).digest("base64url"),
  };
}
