/** 收到的预警, and the senders that are believed: what is asked of whatever keeps them. */
import type { Sentence } from "../../fault.ts";
import type { Instant, MessageHash } from "../../message/types.ts";
import type { BoardId, NoticeId } from "../types.ts";
import type { CapMsgType, CapReference } from "./alert.ts";

/**
 * `waiting`: for one person. `taken`: somebody, or its sender's signature, had it shown, or done what it cancels. `cancelled`:
 * another message ended it before or after. `refused`: by a person. `over`: nobody decided while it held. `noted`: Ack and
 * Error, which nobody has to decide on.
 */
export type ReceivedState = "waiting" | "taken" | "cancelled" | "refused" | "over" | "noted";

/** What its XML signature is worth: none; by a sender that is believed; by somebody else; broken. */
export type SignatureWorth = "none" | "verified" | "unknown" | "broken";

export interface ReceivedWarning {
  /** From 1, without gaps. */
  readonly number: number;
  readonly sender: string;
  readonly identifier: string;
  readonly sent: Instant;
  /** SHA-256 of the bytes as they came, 64 hex digits. */
  readonly digest: string;
  readonly state: ReceivedState;
  readonly msgType: CapMsgType;
  /** "api", "inbox". */
  readonly via: string;
  /** An account's id, or "inbox", "local". */
  readonly by: string;
  /** As people call them. */
  readonly name: string;
  /** Board clock. */
  readonly receivedAt: Instant;
  /** As its sender says; null: says nothing. */
  readonly expires: Instant | null;
  readonly title: string;
  readonly signature: SignatureWorth;
  /** What whoever decides is told: cut times, masked numbers, unknown references. */
  readonly told: readonly Sentence[];
  /** Shown as this; null: not shown. */
  readonly notice: NoticeId | null;
  /** Who decided, as people call them, and when; null: nobody yet. */
  readonly decided: { readonly by: string; readonly at: Instant; readonly words: string } | null;
  readonly pixels: readonly { readonly board: BoardId; readonly message: MessageHash }[];
}

export interface ReceivedReads {
  get(number: number): Promise<ReceivedWarning | null>;
  /** Of that name but those that were let go, the oldest first; at most `limits.capVersions`. */
  named(sender: string, identifier: string): Promise<readonly ReceivedWarning[]>;
  /** Of that name, refused by a person or over undecided: they hold no name. The newest first; at most `limits.capVersions`. */
  letGo(sender: string, identifier: string): Promise<readonly ReceivedWarning[]>;
  /** Of that name and those bytes, whatever became of it. */
  sameBytes(sender: string, identifier: string, digest: string): Promise<ReceivedWarning | null>;
  /** That refer to this one, the oldest first. */
  referring(to: CapReference): Promise<readonly ReceivedWarning[]>;
  /** The newest first, `before` this number; at most `limits.capAtOnce`. */
  list(before?: number): Promise<readonly ReceivedWarning[]>;
  /** In that state, the oldest first. */
  waiting(): Promise<readonly ReceivedWarning[]>;
  /** What was read: of a signed message the bytes that were signed. null: none of that number. */
  bytes(number: number): Promise<Uint8Array | null>;
  senders(): Promise<readonly CapSender[]>;
}

/** In a transaction; the caller records what they mean. */
export interface ReceivedVerbs extends ReceivedReads {
  /** Its number. */
  add(
    warning: Omit<ReceivedWarning, "number">,
    references: readonly CapReference[],
    bytes: Uint8Array,
  ): Promise<ReceivedWarning>;
  put(warning: ReceivedWarning): Promise<void>;
  putSender(sender: CapSender): Promise<void>;
  /** false: there is none. */
  dropSender(sender: string, fingerprint: string): Promise<boolean>;
}

export interface Believed {
  readonly account: string;
  readonly name: string;
  /** The account in whose place it was; null: their own. */
  readonly instead: string | null;
  readonly at: Instant;
}

/** 可信发布单位: one person proposes it, another confirms. */
export interface CapSender {
  readonly sender: string;
  /** SHA-256 of the certificate (DER), 64 hex digits. */
  readonly fingerprint: string;
  /** PEM. */
  readonly certificate: string;
  readonly proposed: Believed;
  readonly confirmed: Believed | null;
  /** With the installation's key, over all of the above; null until it is confirmed. A row that somebody put there has none. */
  readonly signature: string | null;
}
