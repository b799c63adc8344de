/** 可信发布单位: whose signed warnings are shown without waiting. Two persons put one on the list, one takes it off. */
import { canonicalJson } from "../../canonical-json.ts";
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { wallClock } from "../../time/clock.ts";
import { refuse } from "../review/parts.ts";
import { type Acting, actingAs } from "../review/persons.ts";
import { readWords } from "../review/steps.ts";
import { signText, verifyText } from "../seal.ts";
import { type CapParts, changeIn } from "./parts.ts";
import { type Certificate, readCertificate } from "./signature.ts";
import type { Believed, CapSender } from "./store.ts";

export interface SenderVerbs {
  senders(): Promise<readonly CapSender[]>;
  /** FaultError `warning/sender`. */
  proposeSender(caller: Caller, sender: string, certificate: string): Promise<CapSender>;
  /** By another person than proposed it. FaultErrors `warning/unknown`, `warning/sender`. */
  confirmSender(caller: Caller, sender: string, fingerprint: string): Promise<CapSender>;
  removeSender(caller: Caller, sender: string, fingerprint: string, reason: string): Promise<void>;
}

/** What the installation's key signs when the second person confirms; it says by its own form what it is. */
const signedText = ({ signature: _, ...sender }: CapSender) => canonicalJson({ what: "cap-sender", ...sender });

/** A row that somebody put into the table is believed as little as a seal without a signature. */
export const isConfirmed = (sender: CapSender, { key }: Pick<CapParts, "key">): boolean =>
  sender.confirmed !== null &&
  sender.signature !== null &&
  verifyText(signedText(sender), sender.signature, key.publicKey);

/** Certificates by which a sender is believed today, by the computer's own clock. */
export async function believed(parts: CapParts, sender: string): Promise<readonly Certificate[]> {
  const now = wallClock.now();
  return (await parts.store.received.senders())
    .filter((one) => one.sender === sender && isConfirmed(one, parts))
    .map(({ certificate }) => readCertificate(certificate))
    .filter((one): one is Certificate => "key" in one && one.from <= now && now < one.until);
}

export function senderVerbs(parts: CapParts): SenderVerbs {
  const { store, clock, key } = parts;
  const asBelieved = ({ by, instead }: Acting): Believed => ({
    account: by.account,
    name: by.name,
    instead: instead?.account ?? null,
    at: clock.now(),
  });
  const find = async (received: Pick<CapParts["store"]["received"], "senders">, sender: string, fingerprint: string) =>
    (await received.senders()).find((one) => one.sender === sender && one.fingerprint === fingerprint) ??
    refuse({ code: "warning/unknown", what: "sender", id: sender });

  return {
    senders: () => store.received.senders(),

    async proposeSender(caller, sender, certificate) {
      const acting = await actingAs(parts, caller, ["signer", "administrator"]);
      const no = (zh: string, en: string) => refuse({ code: "warning/sender", sender, why: { zh, en } });
      if (parts.rules.kind === "none") no("本机不设审核\uff0c没有第二个人确认", "nobody is here to confirm it");
      if (!/^[^\s,<&]{1,200}$/.test(sender)) no("名称不能有空格、逗号", "its name has blanks or commas");
      const read = readCertificate(certificate);
      if (!("key" in read)) return refuse({ code: "warning/sender", sender, why: read });
      const { fingerprint } = read;
      const proposed = asBelieved(acting);
      const made: CapSender = { sender, fingerprint, certificate, proposed, confirmed: null, signature: null };
      return changeIn(parts, acting, async (tx) => {
        const all = await tx.received.senders();
        if (all.some((one) => one.sender === sender && one.fingerprint === fingerprint))
          no("已在名单", "it is listed already");
        if (all.length >= limits.capSenders)
          no(`名单已满(${limits.capSenders})`, `the list has ${limits.capSenders} already`);
        await tx.received.putSender(made);
        await tx.record({
          action: "cap-sender/proposed",
          subject: sender,
          data: { fingerprint, name: acting.by.name },
        });
        return made;
      });
    },

    async confirmSender(caller, sender, fingerprint) {
      const acting = await actingAs(parts, caller, ["signer", "administrator"]);
      return changeIn(parts, acting, async (tx) => {
        const found = await find(tx.received, sender, fingerprint);
        const { proposed } = found;
        const persons = [acting.by.account, acting.instead?.account];
        if (persons.includes(proposed.account) || (proposed.instead !== null && persons.includes(proposed.instead)))
          return refuse({
            code: "warning/sender",
            sender,
            why: { zh: "要由另一人确认", en: "another person confirms it" },
          });
        if (found.confirmed !== null)
          return refuse({ code: "warning/sender", sender, why: { zh: "已确认", en: "it is confirmed already" } });
        const bare: CapSender = { ...found, confirmed: asBelieved(acting), signature: null };
        const done = { ...bare, signature: signText(signedText(bare), key) };
        await tx.received.putSender(done);
        const data = { fingerprint, proposed: proposed.name, name: acting.by.name };
        await tx.record({ action: "cap-sender/confirmed", subject: sender, data });
        return done;
      });
    },

    async removeSender(caller, sender, fingerprint, reason) {
      const words = readWords(sender, "reason", reason, true);
      const acting = await actingAs(parts, caller, ["signer", "administrator", "operator", "maker"]);
      await changeIn(parts, acting, async (tx) => {
        await find(tx.received, sender, fingerprint);
        await tx.received.dropSender(sender, fingerprint);
        const data = { fingerprint, name: acting.by.name, words };
        await tx.record({ action: "cap-sender/removed", subject: sender, data });
      });
    },
  };
}
