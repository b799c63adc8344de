/** The people of the model's office: several of each role, one who has all of them, and pairs that no rule forbids. */
import { join } from "node:path";
import { mkdirSync } from "node:fs";
import { defaultPicture, importNotices } from "../../src/notices/importer.ts";
import type { Role } from "../../src/people/types.ts";
import { at, boards, partsFor, scratch } from "../store/small-office.ts";
import { openOffice, siteWith, type Time } from "./living-office.ts";

export interface Part {
  readonly login: string;
  readonly roles: readonly Role[];
  readonly unit?: string;
  readonly boards?: readonly string[];
}

export const cast: readonly Part[] = [
  { login: "mai", roles: ["maker"] },
  { login: "mo", roles: ["maker"] },
  { login: "con", roles: ["contributor"], unit: "民政办" },
  { login: "cun", roles: ["contributor"], unit: "社区" },
  { login: "rev", roles: ["reviewer"] },
  { login: "ron", roles: ["reviewer"] },
  { login: "sig", roles: ["signer"] },
  { login: "sun", roles: ["signer"] },
  { login: "ope", roles: ["operator"] },
  { login: "opb", roles: ["operator"], boards: ["B1"] },
  { login: "aud", roles: ["auditor"] },
  { login: "adm", roles: ["administrator"] },
  { login: "ada", roles: ["administrator"] },
  { login: "all", roles: ["contributor", "maker", "reviewer", "signer", "operator", "administrator"], unit: "民政办" },
  { login: "two", roles: ["maker", "signer"] },
  { login: "tri", roles: ["contributor", "signer"], unit: "民政办" },
];

export const passwordOf = (login: string): string => `plum tree by gate ${login}`;
export const began = at("2017-11-06T08:30");
export const wallBegan = Date.parse("2026-11-20T09:00:00+08:00");
export const freshTime = (): Time => ({ board: began, wall: wallBegan });

export interface Founded {
  readonly folder: string;
  /** Account ids by login. */
  readonly ids: ReadonlyMap<string, string>;
  remove(): void;
}

/** Default pictures signed, everybody with an account and a password: to be copied for each run. */
export async function found(parts: readonly Part[] = cast): Promise<Founded> {
  const place = scratch();
  const folder = join(place.folder, "data");
  mkdirSync(folder);
  const site = siteWith();
  const office = await openOffice(folder, freshTime(), site);
  const accepted = boards.map((board) => defaultPicture(board, site.office, 0));
  const signAs = { kind: "imported", by: "boardcast.yaml" } as const;
  await importNotices({ accepted, refused: [] }, partsFor(office.store, office.key, signAs, 0));
  const ids = new Map<string, string>();
  for (const { login, roles, unit = "", boards: own = null } of parts) {
    const wish = { name: `${login}姓名`, unit, roles, boards: own };
    const { account, link } = await office.people.accounts.add("system", login, wish);
    await office.people.passwords.byLink(link.path.split("/").at(-1) ?? "", passwordOf(login), "192.0.2.1");
    ids.set(login, account.id);
  }
  await office.close();
  return { folder, ids, remove: place.remove };
}
