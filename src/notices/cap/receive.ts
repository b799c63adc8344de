/** A message comes in: read, judged, put on record; and shown at once if it is signed by a sender that is believed. */
import { createHash } from "node:crypto";
import { FaultError, type Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import { actingAs } from "../review/persons.ts";
import { formatCivil } from "../../time/zone.ts";
import type { CapReference } from "./alert.ts";
import { readCap } from "./alert.ts";
import { reachOf } from "./boards.ts";
import { namedBy, tellOfConflict, tellOfNamed, tellOfOwn } from "./named.ts";
import { type CapParts, type Read, readAgain, senderActing } from "./parts.ts";
import { inboxSubject, refusalOf } from "./refused-files.ts";
import { believed } from "./senders.ts";
import { checkSignature } from "./signature.ts";
import type { ReceivedVerbs, ReceivedWarning, SignatureWorth } from "./store.ts";
import { endReceived, prepareTaking, sealedBy, subjectOf, take } from "./take.ts";
import { refused, textOf } from "./xml.ts";

/** Who brought it. */
export interface Bringer {
  readonly by: string;
  readonly name: string;
  readonly via: "api" | "inbox";
}

export interface Received {
  readonly warning: ReceivedWarning;
  /** It had come before, the same bytes: nothing was done. */
  readonly known: boolean;
}

export interface ReceiveVerbs {
  /** FaultError `warning/refused`, which is on record then; nothing else is. */
  receive(caller: Caller, bytes: Uint8Array): Promise<Received>;
  /** From the watched folder. `name`: of the file, for errors. */
  receiveFile(bytes: Uint8Array, name: string): Promise<Received>;
}

/** A message that was read, and what its signature is worth. */
interface Arrived extends Read {
  readonly text: string;
  readonly worth: SignatureWorth;
  readonly told: readonly Sentence[];
}

export function receiveVerbs(parts: CapParts): ReceiveVerbs {
  const { store, clock } = parts;

  return {
    async receive(caller, bytes) {
      const acting = await actingAs(parts, caller, ["maker", "operator", "signer"], { scope: "cap" });
      return comeIn(bytes, { by: acting.by.account, name: acting.by.name, via: "api" }, "body");
    },
    receiveFile: (bytes, name) => comeIn(bytes, { by: "inbox", name: "cap-inbox", via: "inbox" }, name),
  };

  async function comeIn(bytes: Uint8Array, from: Bringer, name: string): Promise<Received> {
    const digest = createHash("sha256").update(bytes).digest("hex");
    try {
      const now = clock.now();
      const arrived = await read(bytes, name, now);
      const done = await keep(arrived, from, digest, now);
      if (!done.known) await parts.changed();
      return done;
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === "warning/refused") {
        const subject = from.via === "inbox" ? inboxSubject : "received";
        const why = refusalOf(error.fault, name);
        const data = { name: from.name, via: from.via, digest, bytes: bytes.length, ...why };
        await store.change(from.by, (tx) => tx.record({ action: "warning/refused", subject, data }));
      }
      throw error;
    }
  }

  async function read(bytes: Uint8Array, name: string, now: Instant): Promise<Arrived> {
    const text = textOf(bytes, name);
    const { sender } = readCap(text, parts.zone);
    const certificates = await believed(parts, sender);
    const checked = checkSignature(text, certificates);
    if (checked.worth === "verified") {
      const signed = readAgain(parts, checked.signed, now);
      // Nobody speaks in another's name, and everything that is read is what was signed.
      if (signed.alert.sender !== sender) refused("Signature", "签的不是这份文件", "it covers another message");
      return { ...signed, text: checked.signed, worth: "verified", told: signed.judged.told };
    }
    const as = readAgain(parts, text, now);
    const worth = checked.worth === "broken" && certificates.length === 0 ? "unknown" : checked.worth;
    return { ...as, text, worth, told: [...as.judged.told, ...tellOf(worth, checked)] };
  }

  async function keep(arrived: Arrived, from: Bringer, digest: string, now: Instant): Promise<Received> {
    const { alert, judged, laid, worth } = arrived;
    const { sender, identifier, sent, msgType, references } = alert;
    const alone = worth === "verified" && judged.kind !== "noted" && references.every((to) => to.sender === sender);
    const acting = senderActing(sender);
    const reach = alone ? await reachOf(parts, "cap", arrived) : [];
    const shown = laid !== null && reach.some(({ message }) => message !== null);
    const ready = alone && (laid === null || shown);
    const key = digest.slice(0, 16);
    const taking = ready ? await prepareTaking(parts, key, arrived, reach, now, acting.by.account) : null;
    return store.change(ready ? acting.by.account : from.by, async (tx) => {
      const same = await tx.received.sameBytes(sender, identifier, digest);
      if (same) return { warning: same, known: true };
      const before = await tx.received.named(sender, identifier);
      const [gone] = await tx.received.letGo(sender, identifier);
      // Whoever sends a false one of that name first must not keep the true one out. Of two that nobody can vouch for, a
      // person decides; against one whose signature verifies no other text counts.
      if (before.some((one) => one.signature === "verified"))
        refused(
          "alert.identifier",
          `编号 ${identifier} 用过了\uff0c内容不同`,
          `${identifier} came before with another text`,
        );
      if (before.length >= limits.capVersions)
        refused("alert.identifier", `编号 ${identifier} 来过太多次`, `${identifier} came too many times`);
      const ended = await endedBefore(tx.received, { sender, identifier, sent });
      const state = judged.kind === "noted" ? "noted" : ended ? "cancelled" : "waiting";
      if (state === "waiting" && taking === null) await assertRoom(tx.received);
      const named = await namedBy(tx.received, alert);
      const ours: Sentence[] = [];
      if (msgType === "Cancel" || msgType === "Update")
        for (const to of references)
          for (const { id, content } of (await tx.notices.warnings(to.identifier)).slice(0, limits.capVersions))
            if (!id.startsWith("cap-")) ours.push(tellOfOwn(to.identifier, content.title));
      const warning = await tx.received.add(
        {
          sender,
          identifier,
          sent,
          digest,
          state,
          msgType,
          via: from.via,
          by: from.by,
          name: from.name,
          receivedAt: now,
          expires: judged.kind === "noted" ? null : judged.expires,
          title: laid?.content.title ?? `${msgType} ${identifier}`.slice(0, limits.titleChars),
          signature: worth,
          told: [
            ...arrived.told,
            ...(laid?.told ?? []),
            ...named.flatMap((one) => tellOfNamed(alert, one)),
            ...ours,
            ...(gone ? [tellOfGone(gone)] : []),
            ...before.map(tellOfConflict),
            ...(ended ? [cancelledBefore] : []),
            ...(worth === "verified" && judged.kind !== "noted" && !ready ? [others] : []),
          ],
          notice: null,
          decided: ended ? { by: ended.decided?.by ?? ended.sender, at: now, words: ended.identifier } : null,
          pixels: [],
        },
        references,
        new TextEncoder().encode(arrived.text),
      );
      await tellWaiting(tx.received, warning);
      for (const one of before) await tx.received.put({ ...one, told: [...one.told, tellOfConflict(warning)] });
      const data = { sender, identifier, msgType, digest, signature: worth, via: from.via, state, name: from.name };
      await tx.record({ action: "warning/received", subject: subjectOf(warning), data });
      if (state !== "waiting" || taking === null) return { warning, known: false };
      for (const one of await tx.received.named(sender, identifier))
        if (one.number !== warning.number)
          await endReceived(tx, one, { acting, now, showing: taking.showing }, "displaced");
      const by = sealedBy(acting);
      const how = { read: arrived, acting, by, hands: [acting.by], now, words: "", alone: false, others: false };
      return { warning: await take(parts, tx, warning, { ...how, ...taking }), known: false };
    });
  }

  /** Others that wait named it before it came, and whoever decides was told that it had not. */
  async function tellWaiting(received: ReceivedVerbs, warning: ReceivedWarning): Promise<void> {
    const { sender, identifier, sent } = warning;
    for (const one of await received.referring({ sender, identifier, sent })) {
      if (one.state !== "waiting") continue;
      const named = { sender, identifier, sent, another: one.sender !== sender };
      const [unknown] = tellOfNamed(one, { ...named, found: [] });
      const told = one.told.flatMap((said) =>
        said.zh === unknown?.zh ? tellOfNamed(one, { ...named, found: [warning] }) : said,
      );
      await received.put({ ...one, told });
    }
  }

  function tellOfGone({ decided }: ReceivedWarning): Sentence {
    if (decided === null)
      return {
        zh: "这个编号下另一份内容无人确认，已过时",
        en: "another text under this number was decided on by nobody in time",
      };
    const at = formatCivil(parts.zone, decided.at).replace("T", " ").slice(0, 16);
    return {
      zh: `这个编号下另一份内容已于 ${at} 由 ${decided.by} 拒绝`,
      en: `another text under this number was refused at ${at} by ${decided.by}`,
    };
  }

  async function assertRoom(received: ReceivedVerbs): Promise<void> {
    if ((await received.waiting()).length < limits.capWaiting) return;
    refused("received", `等人确认的已有 ${limits.capWaiting} 条`, `${limits.capWaiting} are waiting already`, {
      zh: "先在“收到的预警”里确认或拒绝\uff0c再发一次。",
      en: "Confirm or refuse some of them, then send it again.",
    });
  }
}

/** A cancellation, or an update, that came before what it is about and was confirmed. */
async function endedBefore(received: ReceivedVerbs, to: CapReference): Promise<ReceivedWarning | null> {
  const found = await received.referring(to);
  return (
    found.find(({ state, msgType }) => state === "taken" && (msgType === "Cancel" || msgType === "Update")) ?? null
  );
}

const cancelledBefore: Sentence = {
  zh: "来的时候已经取消或更新\uff0c不播",
  en: "it was cancelled or updated before it came: it is not shown",
};
const others: Sentence = {
  zh: "签名核对无误\uff0c但要由人确认\uff1a它涉及别的单位的预警\uff0c或没有屏能播",
  en: "its signature verifies, but a person decides: it is about another sender's warning, or no board can show it",
};

function tellOf(worth: SignatureWorth, checked: ReturnType<typeof checkSignature>): Sentence[] {
  if (worth === "none") return [{ zh: "没有签名", en: "it is not signed" }];
  if (worth === "unknown")
    return [{ zh: "有签名\uff0c但发布单位不在可信名单", en: "it is signed, but its sender is not on the list" }];
  if (checked.worth !== "broken") return [];
  return [{ zh: `签名不对\uff1a${checked.why.zh}`, en: `its signature is not good: ${checked.why.en}` }];
}
