/** Whether a revision may be on a board at an instant: signed, for everybody, for that board and time, and not taken down. */
import type { Revision } from "./model.ts";

export function mayPlay(one: Revision, board: string, at: number): boolean {
  const { envelope, schedule, signedAt, withdrawnAt, supersededAt, takenOff, document, kind } = one;
  if (signedAt === null || envelope === null || document.content.openness !== "主动公开") return false;
  if (kind === "template" || document.content.slots) return false;
  const begins = Math.max(schedule.from, envelope.from, signedAt);
  const taken = [withdrawnAt, supersededAt, takenOff.get(board)].map((down) => down ?? Infinity);
  const ends = Math.min(schedule.until, envelope.until, ...taken);
  return envelope.boards.includes(board) && schedule.boards.includes(board) && begins <= at && at < ends;
}
