/** Opens the doors: who may come in, from where, and by which first link. */
import { hkdfSync } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assetUrl } from "../config/assets.ts";
import { defaults } from "../config/site.ts";
import type { Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { loadOrCreateKey } from "../notices/seal.ts";
import { addPracticePeople, createPeople, isLoopback, type People, practicePeople } from "../people/index.ts";
import { openStore, type Store } from "../store/index.ts";
import { type Clock, wallClock } from "../time/clock.ts";

export interface PeopleOptions {
  readonly site: Site;
  readonly folder: string;
  readonly store: Pick<Store, "people" | "change">;
  /** The boards'. */
  readonly clock: Clock;
}

/** Rejects with `people/not-alone` where `review: none` meets accounts. */
export async function openPeople({ site, folder, store, clock }: PeopleOptions): Promise<People> {
  const mode = site.practice ? "practice" : site.review === "none" ? "alone" : "real";
  const people = createPeople({
    store: store.people,
    change: store.change,
    mode,
    board: clock,
    wall: wallClock,
    boards: [...site.boards, ...(site.cabinets ?? [])].map(({ id }) => id),
    key: doorKey(folder),
  });
  if (mode === "alone" && (await store.people.any()))
    throw new FaultError({ code: "people/not-alone", accounts: (await store.people.accounts()).length });
  if (mode === "practice") {
    const fixture: unknown = JSON.parse(await readFile(assetUrl("sample-notices.json"), "utf8"));
    await addPracticePeople({ store: store.people, change: store.change }, practicePeople(fixture));
  }
  return people;
}

/** Under which secrets are kept: of the signing key, so that who edits the database alone makes no session. */
function doorKey(folder: string): Uint8Array {
  const { privateKey } = loadOrCreateKey(join(folder, "signing.key"));
  const key = privateKey.export({ type: "pkcs8", format: "der" });
  return new Uint8Array(hkdfSync("sha256", key, "", "boardcast people", 32));
}

export interface Listening {
  readonly listen: Site["listen"];
  /** The installation file wants more, but nobody beyond this computer is answered until there are accounts. */
  readonly held: boolean;
}

/** Where to listen: beyond this computer only if somebody has to sign in there, or has a key. */
export async function listening(site: Site, folder: string): Promise<Listening> {
  const { listen } = site;
  if (isLoopback(listen.host) || listen.host === "localhost") return { listen, held: false };
  const isOpen = site.review === "none" ? hasTextKeys(site, folder) : hasAccounts(folder);
  if (!site.practice && (await isOpen)) return { listen, held: false };
  return { listen: { ...listen, host: defaults.host }, held: true };
}

async function hasAccounts(folder: string): Promise<boolean> {
  const store = await openStore(folder);
  try {
    return await store.people.any();
  } finally {
    await store.close();
  }
}

/** Nobody signs in there: others are answered where a program of theirs has a key, and it alone is told anything. */
async function hasTextKeys(site: Site, folder: string): Promise<boolean> {
  const store = await openStore(folder);
  try {
    const people = await openPeople({ site, folder, store, clock: wallClock });
    return (await people.tokens.texts()).length > 0;
  } finally {
    await store.close();
  }
}

/** A new password link for whoever holds the data folder and its key, also while the daemon runs; null: no such active account. */
export async function recoverAccount(
  place: { readonly site: Site; readonly folder: string },
  login: string,
): Promise<string | null> {
  const store = await openStore(place.folder);
  try {
    const people = await openPeople({ ...place, store, clock: wallClock });
    const found = (await people.accounts.list()).find((one) => one.login.toLowerCase() === login.toLowerCase());
    return found?.active ? (await people.accounts.reset("console", found.id)).path : null;
  } finally {
    await store.close();
  }
}
