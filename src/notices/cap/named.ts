/** What a message refers to, in words for whoever decides: which warning it ends, whose that is, or that it never came. */
import type { Sentence } from "../../fault.ts";
import type { CapAlert, CapReference } from "./alert.ts";
import type { ReceivedReads, ReceivedWarning } from "./store.ts";

/** A reference, and the texts that came under it: usually one, none if it never came. */
export interface Named extends CapReference {
  /** Another sender's than that of the message which refers to it. */
  readonly another: boolean;
  readonly found: readonly ReceivedWarning[];
}

export type Referring = Pick<CapAlert, "sender" | "msgType">;

const endsIt = ({ msgType }: Pick<CapAlert, "msgType">) => msgType === "Cancel" || msgType === "Update";

/** Also those that a person refused, or nobody decided on: they came. */
export async function namedBy(
  received: Pick<ReceivedReads, "named" | "letGo">,
  { sender: own, references }: Pick<CapAlert, "sender" | "references">,
): Promise<readonly Named[]> {
  const named: Named[] = [];
  for (const { sender, identifier, sent } of references) {
    const all = [...(await received.named(sender, identifier)), ...(await received.letGo(sender, identifier))];
    const found = all.filter((one) => one.sent === sent);
    named.push({ sender, identifier, sent, another: sender !== own, found });
  }
  return named;
}

/** Of other senders that it would end: empty for a message that ends nothing. */
export function endsOfOthers(alert: Pick<CapAlert, "sender" | "msgType" | "references">): readonly CapReference[] {
  return endsIt(alert) ? alert.references.filter(({ sender }) => sender !== alert.sender) : [];
}

/** A sentence for each text that came under it, or one that none did. */
export function tellOfNamed(from: Referring, { sender, identifier, another, found }: Named): readonly Sentence[] {
  const whose: Sentence = another ? { zh: "\uff1b发布者不同", en: "; another sender's" } : { zh: "", en: "" };
  if (found.length === 0)
    return [
      {
        zh: `所指的预警没有收到过\uff1a${sender} 的 ${identifier}${whose.zh}`,
        en: `the warning that it refers to has not come: ${identifier} of ${sender}${whose.en}`,
      },
    ];
  return found.map(({ title, state }) => {
    const isOpen = state === "waiting" || state === "taken";
    const does = !endsIt(from)
      ? { zh: "提到", en: "it mentions" }
      : isOpen
        ? { zh: "将结束", en: "it ends" }
        : { zh: "所指的已不播\uff1a", en: "it refers to what is not shown any more:" };
    return {
      zh: `${does.zh} ${sender} 的预警 ${identifier}《${title}》${whose.zh}`,
      en: `${does.en} warning ${identifier} of ${sender}, "${title}"${whose.en}`,
    };
  });
}

/** A warning of this office's own that goes by the same identifier: whoever confirms ends it too. */
export const tellOfOwn = (identifier: string, title: string): Sentence => ({
  zh: `还将结束本单位编号 ${identifier} 的预警《${title}》`,
  en: `it also ends this office's own warning ${identifier}, "${title}"`,
});

/** Two texts under one number: to whoever decides on either. */
export function tellOfConflict({ number, title }: Pick<ReceivedWarning, "number" | "title">): Sentence {
  return {
    zh: `同一编号还来过另一份内容\uff1a第 ${number} 条《${title}》\u3002至少一份不是真的\uff0c请先向发布单位核实`,
    en: `another text came under the same number: No. ${number}, "${title}". At least one is not genuine: ask the sender first`,
  };
}
