import type { Fault } from "../fault.ts";
import type { BoardId } from "../notices/types.ts";
import type { Book } from "./book.ts";

/**
 * What was signed for a board and cannot be shown as signed, or cannot be read back: somebody may have altered it. A draft
 * is no alarm, nor is a record that was only registered.
 */
export function alarmsOf(book: Pick<Book, "refused" | "unreadable">, board: BoardId): readonly Fault[] {
  const refused = (notice: string, why: string): Fault => ({ code: "seal/refused", board, notice, why });
  const altered = book.refused(board).map(({ notice, blocked }) => refused(notice, blocked ?? ""));
  // Nobody knows any more which boards a damaged row was for: each says so.
  const own = ({ id }: { readonly id: string }) => !id.startsWith("default:") || id === `default:${board}`;
  return [...altered, ...book.unreadable.filter(own).map(({ id }) => refused(id, "unreadable"))];
}
