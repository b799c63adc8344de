/** How long each notice was on a board, by what the board had been told and not by what was planned. */
import type { PlayStore } from "../../ledger/play-store.ts";
import { type ToldThen, toldOf } from "../../ledger/play-was.ts";
import { limits } from "../../limits.ts";
import { decodeProgramme, lookup, type Instant, type Window } from "../../message/index.ts";
import { intersected, without } from "../../playlist/windows.ts";
import { rowsOf } from "../first-shown.ts";

type Log = Pick<PlayStore, "during" | "before" | "programme">;

/** ms within `window` by notice. Where two notices have the very same dots, both were shown. */
export async function shownMs(play: Log, board: string, window: Window): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const dark = await darkWindows(play, board, window);
  const ends: Instant[] = [];
  for await (const { boardAt, data } of rowsOf(play, board, "play/ended", window))
    ends.push(typeof data.to === "number" ? data.to : boardAt);
  for (const [told, next] of pairs(await toldIn(play, board, window))) {
    const ended = ends.find((end) => end >= told.from) ?? Number.POSITIVE_INFINITY;
    const had = { from: told.from, until: Math.min(told.until, next?.from ?? Number.POSITIVE_INFINITY, ended) };
    const bytes = await play.programme(told.programme);
    const decoded = bytes && decodeProgramme(bytes);
    // Its bytes are gone or altered: nobody can say what of it was lit.
    if (!decoded?.ok) continue;
    const { programme } = decoded;
    for (const { from, until } of without(intersected([had], [window]), dark))
      for (let at = from; at < until; ) {
        const { message, until: ends } = lookup(programme, at);
        const stop = Math.min(ends, until);
        const index = message === null ? -1 : programme.messages.indexOf(message);
        for (const { id, messages } of told.notices)
          if (messages.includes(index)) found.set(id, (found.get(id) ?? 0) + stop - at);
        at = stop;
      }
  }
  return found;
}

/** Also the one that the board had when the window began. */
async function toldIn(play: Log, board: string, { from, until }: Window): Promise<readonly ToldThen[]> {
  const rows = [...(await play.before(board, "play/told", from, limits.playCandidates))];
  for await (const row of rowsOf(play, board, "play/told", { from, until })) rows.push(row);
  const told = rows.flatMap((row) => toldOf(row) ?? []);
  const bySeq = new Map(told.map((one) => [one.seq, one]));
  return [...bySeq.values()].sort((one, other) => one.from - other.from || one.seq - other.seq);
}

function pairs<Item>(items: readonly Item[]): readonly (readonly [Item, Item | undefined])[] {
  return items.map((item, index) => [item, items[index + 1]] as const);
}

async function darkWindows(play: Log, board: string, { from, until }: Window): Promise<readonly Window[]> {
  const last = async (action: "play/dark" | "play/lit") => (await play.before(board, action, from, 1))[0]?.seq ?? 0;
  let since: Instant | null = (await last("play/dark")) > (await last("play/lit")) ? from : null;
  const switched: { readonly at: Instant; readonly dark: boolean; readonly seq: number }[] = [];
  for (const action of ["play/dark", "play/lit"] as const)
    for await (const { boardAt, data, seq } of rowsOf(play, board, action, { from, until }))
      switched.push({ at: typeof data.from === "number" ? data.from : boardAt, dark: action === "play/dark", seq });
  const windows: Window[] = [];
  for (const { at, dark } of switched.sort((one, other) => one.seq - other.seq)) {
    if (dark) since ??= at;
    else if (since !== null) {
      if (at > since) windows.push({ from: since, until: at });
      since = null;
    }
  }
  if (since !== null) windows.push({ from: since, until });
  return windows;
}
