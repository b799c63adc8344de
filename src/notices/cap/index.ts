/** 收到的预警 (R31): from a CAP 1.2 message to a sealed warning on the boards, and off them again. */
import { type DecideVerbs, decideVerbs } from "./decide.ts";
import type { CapParts } from "./parts.ts";
import { type ReceiveVerbs, receiveVerbs } from "./receive.ts";
import { type RefusedVerbs, refusedVerbs } from "./refused-files.ts";
import { type SenderVerbs, senderVerbs } from "./senders.ts";

export interface CapDesk extends ReceiveVerbs, DecideVerbs, RefusedVerbs, SenderVerbs {}

export function createCapDesk(parts: CapParts): CapDesk {
  return { ...receiveVerbs(parts), ...decideVerbs(parts), ...refusedVerbs(parts), ...senderVerbs(parts) };
}

export type { BoardView, CapView, Chosen } from "./decide.ts";
export type { CapParts } from "./parts.ts";
export type { Named } from "./named.ts";
export type { RefusedFile } from "./refused-files.ts";
export type { Received } from "./receive.ts";
export type { CapSender, ReceivedWarning } from "./store.ts";
