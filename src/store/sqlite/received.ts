import { z } from "zod";
import { limits } from "../../limits.ts";
import type { CapSender, ReceivedReads, ReceivedVerbs, ReceivedWarning } from "../../notices/cap/store.ts";
import { instant } from "../../notices/schedule-format.ts";
import type { Database } from "./database.ts";
import { draftStore } from "./drafts.ts";
import type { Written } from "./guarded.ts";

const sentence = z.strictObject({ zh: z.string(), en: z.string() });
const hex = z.string().regex(/^[0-9a-f]{64}$/);
const blob = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));
const states = z.enum(["waiting", "taken", "cancelled", "refused", "over", "noted"]);
const body = z.strictObject({
  msgType: z.enum(["Alert", "Update", "Cancel", "Ack", "Error"]),
  via: z.string(),
  by: z.string(),
  name: z.string(),
  receivedAt: instant,
  expires: instant.nullable(),
  title: z.string(),
  signature: z.enum(["none", "verified", "unknown", "broken"]),
  told: z.array(sentence),
  notice: z.string().nullable(),
  decided: z.strictObject({ by: z.string(), at: instant, words: z.string() }).nullable(),
  pixels: z.array(z.strictObject({ board: z.string(), message: hex })),
});
const believed = z.strictObject({ account: z.string(), name: z.string(), instead: z.string().nullable(), at: instant });
const senderBody = z.strictObject({
  certificate: z.string(),
  proposed: believed,
  confirmed: believed.nullable(),
  signature: z.string().nullable(),
});

/** Whose name another text may come under. */
const letGo = ["refused", "over"];

interface Row {
  readonly number: number;
  readonly sender: string;
  readonly identifier: string;
  readonly sent: number;
  readonly state: string;
  readonly digest: Uint8Array;
  readonly body: string;
}

export function receivedStore(db: Database, site: string): ReceivedReads {
  const rows = () =>
    db
      .selectFrom("received_warning")
      .where("site", "=", site)
      .select(["number", "sender", "identifier", "sent", "state", "digest", "body"]);
  const read = (found: readonly Row[]) => found.flatMap((row) => toWarning(row) ?? []);
  return {
    async get(number) {
      return read(await rows().where("number", "=", number).execute())[0] ?? null;
    },
    async named(sender, identifier) {
      const named = rows().where("sender", "=", sender).where("identifier", "=", identifier);
      const holding = named.where("state", "not in", letGo);
      return read(await holding.orderBy("number").limit(limits.capVersions).execute());
    },
    async letGo(sender, identifier) {
      const named = rows().where("sender", "=", sender).where("identifier", "=", identifier);
      const gone = named.where("state", "in", letGo).orderBy("number", "desc");
      return read(await gone.limit(limits.capVersions).execute());
    },
    async sameBytes(sender, identifier, digest) {
      const named = rows().where("sender", "=", sender).where("identifier", "=", identifier);
      const same = named.where("digest", "=", blob(digest)).orderBy("number", "desc");
      return read(await same.limit(1).execute())[0] ?? null;
    },
    async referring({ sender, identifier, sent }) {
      const numbers = db
        .selectFrom("received_reference")
        .where("site", "=", site)
        .where("sender", "=", sender)
        .where("identifier", "=", identifier)
        .where("sent", "=", sent)
        .orderBy("number")
        .limit(limits.capAtOnce)
        .select("number");
      return read(await rows().where("number", "in", numbers).orderBy("number").execute());
    },
    async list(before) {
      const newest = rows().orderBy("number", "desc").limit(limits.capAtOnce);
      return read(await (before === undefined ? newest : newest.where("number", "<", before)).execute());
    },
    async waiting() {
      const waiting = rows().where("state", "=", "waiting").orderBy("number");
      return read(await waiting.limit(limits.capWaiting).execute());
    },
    async bytes(number) {
      const row = await db
        .selectFrom("received_warning")
        .where("site", "=", site)
        .where("number", "=", number)
        .select("bytes")
        .executeTakeFirst();
      return row?.bytes ?? null;
    },
    async senders() {
      const found = await db
        .selectFrom("cap_sender")
        .where("site", "=", site)
        .orderBy("sender")
        .orderBy("fingerprint")
        .limit(limits.capSenders)
        .selectAll()
        .execute();
      return found.flatMap((row) => toSender(row) ?? []);
    },
  };
}

export function receivedVerbs(trx: Database, site: string, written: Written): ReceivedVerbs {
  return {
    ...receivedStore(trx, site),
    async add(warning, references, bytes) {
      const number = await draftStore(trx, site).next("received warning");
      const { sender, identifier, sent, state, digest, ...rest } = warning;
      await trx
        .insertInto("received_warning")
        .values({
          site,
          number,
          sender,
          identifier,
          sent,
          state,
          digest: blob(digest),
          body: JSON.stringify(rest),
          bytes,
        })
        .execute();
      for (const to of references)
        await trx
          .insertInto("received_reference")
          .values({ site, number, ...to })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      written.add("received", number);
      return { ...warning, number };
    },
    async put({ number, state, sender: _, identifier: _identifier, sent: _sent, digest: _digest, ...rest }) {
      await trx
        .updateTable("received_warning")
        .set({ state, body: JSON.stringify(rest) })
        .where("site", "=", site)
        .where("number", "=", number)
        .execute();
      written.add("received", number);
    },
    async putSender({ sender, fingerprint, ...rest }) {
      const columns = { body: JSON.stringify(rest) };
      await trx
        .insertInto("cap_sender")
        .values({ site, sender, fingerprint, ...columns })
        .onConflict((conflict) => conflict.columns(["site", "sender", "fingerprint"]).doUpdateSet(columns))
        .execute();
      written.add("sender", sender, fingerprint);
    },
    async dropSender(sender, fingerprint) {
      const { numDeletedRows } = await trx
        .deleteFrom("cap_sender")
        .where("site", "=", site)
        .where("sender", "=", sender)
        .where("fingerprint", "=", fingerprint)
        .executeTakeFirst();
      written.add("sender", sender, fingerprint);
      return numDeletedRows > 0n;
    },
  };
}

/** null: not what we wrote. */
function toWarning({ number, sender, identifier, sent, state, digest: hash, body: text }: Row): ReceivedWarning | null {
  try {
    const digest = hex.parse(Buffer.from(hash).toString("hex"));
    return { number, sender, identifier, sent, digest, state: states.parse(state), ...body.parse(JSON.parse(text)) };
  } catch {
    return null;
  }
}

function toSender(row: {
  readonly sender: string;
  readonly fingerprint: string;
  readonly body: string;
}): CapSender | null {
  try {
    return { sender: row.sender, fingerprint: row.fingerprint, ...senderBody.parse(JSON.parse(row.body)) };
  } catch {
    return null;
  }
}
