/** Boards as the line tells of them, each with its programme: said again only when it is another one. */
import type { PreviewBoard, PreviewUpdate } from "../../preview/types.ts";

/** `before`: what the last state made. A board that came without a programme, and has none there, is left out. */
export function withProgrammes(
  boards: PreviewUpdate["boards"],
  before: ReadonlyMap<string, PreviewBoard>,
): ReadonlyMap<string, PreviewBoard> {
  const whole = new Map<string, PreviewBoard>();
  for (const board of boards) {
    if ("programme" in board) {
      whole.set(board.id, board);
      continue;
    }
    const known = before.get(board.id);
    if (known === undefined) continue;
    const { programme, owners, notices, loaded } = known;
    whole.set(board.id, { ...board, programme, owners, notices, ...(loaded !== undefined && { loaded }) });
  }
  return whole;
}
