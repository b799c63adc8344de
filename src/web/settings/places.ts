/** The parts of the settings, and who is shown which; the daemon decides all the same. */
import type { Visitor } from "../places.ts";
import { staff } from "../rights.ts";

export const settingsNames = [
  "calendar",
  "publicity",
  "catalogue",
  "issues",
  "screening",
  "senders",
  "network",
  "backup",
] as const;
export type SettingsName = (typeof settingsNames)[number];

export interface SettingsPlace {
  readonly name: SettingsName | "people";
  readonly hash: string;
}

export function maySee(name: SettingsName, { reads, may }: Pick<Visitor, "reads" | "may">): boolean {
  if (name === "senders") return may(...staff);
  if (name === "screening") return may("maker", "reviewer", "signer", "auditor", "administrator");
  if (name === "network" || name === "backup") return may("administrator", "auditor");
  return reads;
}

export function settingsPlaces(visitor: Pick<Visitor, "reads" | "account" | "may">): readonly SettingsPlace[] {
  const people: readonly SettingsPlace[] = visitor.account ? [{ name: "people", hash: "#/people" }] : [];
  const rest = settingsNames.filter((name) => maySee(name, visitor));
  return [...people, ...rest.map((name) => ({ name, hash: `#/settings/${name}` }))];
}

export const settingsName = (word: string | undefined): SettingsName | null =>
  settingsNames.find((name) => name === word) ?? null;
