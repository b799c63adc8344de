/**
 * What a row says, in one hash that stands in the register beside each change: whoever edits the row alone gives
 * nobody a role, a password or a deputy.
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "../canonical-json.ts";
import type { AccountRecord } from "./store.ts";
import type { Deputy } from "./types.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

export function accountState(record: AccountRecord): string {
  const { id, login, name, unit, roles, boards, active, mustChange, password } = record;
  const secret = password === null ? null : digest(password);
  return digest(canonicalJson({ id, login, name, unit, roles, boards, active, mustChange, password: secret }));
}

export function deputyState({ id, of, deputy, role, from, until }: Deputy): string {
  return digest(canonicalJson({ id, of, deputy, role, from, until }));
}
