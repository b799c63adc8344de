/** Which boards a received warning can go to, and what it looks like there. */
import { sentence, type Sentence } from "../../fault.ts";
import type { Message } from "../../message/types.ts";
import { setPixels } from "../review/pixels.ts";
import type { BoardId } from "../types.ts";
import type { CapParts, Read } from "./parts.ts";

/** `by-hand`: paper, or a sign to which files are carried: no line goes there, somebody has to. */
export type Reach = "line" | "by-hand" | "cannot-show";

export interface BoardReach {
  readonly board: BoardId;
  readonly reach: Reach;
  /** Of `line` alone: what would be lit. */
  readonly message: Message | null;
  /** Why it is not reached; null: it is. */
  readonly why: Sentence | null;
}

const byHand: Sentence = { zh: "没有线路\uff0c须派人去（电话通知）", en: "no line goes there: send or call somebody" };

/** Of every board, in the order of the installation file; `only`: these alone. */
export async function reachOf(
  parts: CapParts,
  notice: string,
  { alert, judged, laid }: Read,
  only?: readonly BoardId[],
): Promise<readonly BoardReach[]> {
  if (laid === null || judged.kind === "noted" || judged.info === null) return [];
  const found: BoardReach[] = [];
  const { effective, expires } = judged.info;
  // Set for the sender's own times, whenever it is asked for: what was looked at is what is sealed.
  const times = { from: Math.min(alert.sent, effective), until: expires ?? effective, bestPriority: 0 };
  for (const board of parts.boards) {
    if (only && !only.includes(board.id)) continue;
    // What a board is limited to is not asked: warnings are for everybody who stands before it.
    if (board.shape === undefined || board.link.kind === "carried") {
      found.push({ board: board.id, reach: "by-hand", message: null, why: byHand });
      continue;
    }
    const { messages, faults } = await setPixels(parts, notice, laid.content, { ...times, boards: [board.id] });
    const [message = null] = messages;
    const [fault] = faults;
    found.push({
      board: board.id,
      reach: message === null ? "cannot-show" : "line",
      message,
      why: fault ? sentence(fault) : null,
    });
  }
  return found;
}
