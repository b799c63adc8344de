/** 收到的预警 (R31): from a CAP 1.2 message to a sealed warning on the boards, and off them again. */
import { type DecideVerbs, decideVerbs } from "./decide.ts";
import type { CapParts } from "./parts.ts";
import { type ReceiveVerbs, receiveVerbs } from "./receive.ts";
import { type SenderVerbs, senderVerbs } from "./senders.ts";

export interface CapDesk extends ReceiveVerbs, DecideVerbs, SenderVerbs {}

export function createCapDesk(parts: CapParts): CapDesk {
  return { ...receiveVerbs(parts), ...decideVerbs(parts), ...senderVerbs(parts) };
}

export type { BoardView, CapView, Chosen } from "./decide.ts";
export type { CapParts } from "./parts.ts";
export type { Received } from "./receive.ts";
export type { CapSender, ReceivedWarning } from "./store.ts";
