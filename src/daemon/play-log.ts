/**
 * The play log at work: delivery's events become rows on disk, each as soon as the disk has taken the one before. A log that
 * cannot be written never holds up a board; what it could not keep it says.
 */
import { limits } from "../limits.ts";
import { blankOwner, encodeProgramme, type Instant } from "../message/index.ts";
import type { PlayEvent, Wanted } from "../panels/contract.ts";
import { type NoticeOf, type PlayFact, PlayRecorder, type Run, type Told } from "../ledger/play.ts";
import { toldOf } from "../ledger/play-was.ts";
import type { Entry } from "../ledger/types.ts";
import type { Store } from "../store/index.ts";
import { type Clock, wallClock } from "../time/clock.ts";
import type { JobTime } from "./jobs.ts";

export interface PlayLog {
  readonly witness: (event: PlayEvent) => void;
  /** What is confirmed of a board and not yet on disk: at most `limits.playStillMs` of it. */
  run(board: string): Run | null;
  /** Resolves when all that is known has been written. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export interface PlayLogParts {
  readonly store: Pick<Store, "change" | "play">;
  readonly boards: readonly string[];
  readonly clock: Clock;
  /** The computer's own; tests hand in another. */
  readonly wall?: Clock;
  /** When a daemon was last known to run; null: nobody knows. */
  readonly alive?: JobTime | null;
  /** The number of the revision that has these dots. */
  numberOf(notice: string, board: string, message: string): number | null;
  /** What stands in a board's way: a fault's code. */
  why(board: string): string | null;
  failed(error: unknown): void;
  /** How often it looks for boards that are silent. */
  readonly everyMs?: number;
}

const lookEveryMs = 1000;
/** Rows of one transaction: some milliseconds. */
const rowsAtOnce = 50;
/** The board clock was set, if it is this much further from the wall's than before. Practice clocks are set at a start. */
const clockSetMs = 5000;
const dayMs = 86_400_000;

interface Waiting {
  readonly entry: Entry;
  /** What a row of a programme names: kept in the same transaction. */
  readonly programme: { readonly hash: string; readonly bytes: Uint8Array } | null;
}

export async function startPlayLog(parts: PlayLogParts): Promise<PlayLog> {
  const { store, clock, wall = wallClock } = parts;
  const last = await store.play.last();
  const recorder = new PlayRecorder(await standing(parts), last?.boardAt ?? 0);
  let waiting: Waiting[] = [];
  let lost = 0;
  let writing: Promise<void> = Promise.resolve();
  let busy = false;

  function add(entries: readonly Entry[], programme: Waiting["programme"] = null): void {
    for (const entry of entries) {
      const names = programme !== null && entry.action === "play/told";
      waiting.push({ entry, programme: names ? programme : null });
    }
    const over = waiting.length - limits.playBacklogRows;
    if (over > 0) {
      waiting.splice(0, over);
      lost += over;
    }
    write();
  }

  function write(): void {
    if (busy || (waiting.length === 0 && lost === 0)) return;
    busy = true;
    writing = writeAll().finally(() => {
      busy = false;
    });
  }

  /** What the disk refuses is tried again at the next look. */
  async function writeAll(): Promise<void> {
    while (waiting.length > 0 || lost > 0) {
      const now = waiting.slice(0, rowsAtOnce);
      const [missing, wallAt] = [lost, wall.now()];
      try {
        const programmes = await store.play.prepare(now.flatMap(({ programme }) => programme ?? []));
        await store.change("system", async (tx) => {
          if (missing > 0)
            await tx.record({ action: "play/rows-lost", subject: "office", data: { rows: missing } }, "play");
          await tx.play.keep(programmes, wallAt);
          for (const { entry } of now) await tx.record(entry, "play");
        });
      } catch (error) {
        parts.failed(error);
        return;
      }
      const written = new Set(now);
      waiting = waiting.filter((one) => !written.has(one));
      lost -= missing;
    }
  }

  // A practice clock that was set: what played in the other time ended there, when it was last known to play.
  const set = last !== null && Math.abs(clock.now() - wall.now() - (last.boardAt - last.wallAt)) > clockSetMs;
  if (set)
    for (const board of parts.boards) add(recorder.note({ board, at: last.boardAt, kind: "ended", why: "clock-set" }));
  const alive = parts.alive ?? null;
  const said = {
    ...{ lastAt: last?.boardAt ?? null, lastWallAt: last?.wallAt ?? null, clockSet: set },
    // Of another time of the boards' clock it says nothing.
    ...(alive !== null && last !== null && alive.wall >= last.wallAt && alive.board >= last.boardAt
      ? { aliveAt: alive.board }
      : {}),
  };
  add([{ action: "play/started", subject: "office", data: said }]);
  await forgetOld(store);

  const timer = setInterval(() => {
    add(recorder.look(clock.now(), parts.why));
  }, parts.everyMs ?? lookEveryMs);
  const settled = async () => {
    write();
    await writing;
  };
  return {
    witness(event) {
      const [fact, programme] = factOf(event, parts.numberOf);
      add(recorder.note(fact), programme);
    },
    run: (board) => recorder.run(board),
    settled,
    async stop() {
      clearInterval(timer);
      add([...recorder.close(), { action: "play/stopped", subject: "office", data: { at: clock.now() } }]);
      await settled();
      // What came while it was writing.
      await settled();
    },
  };
}

/** What the boards had when the log last ended: a panel plays on without us. */
async function standing({ store, boards }: PlayLogParts) {
  const states = new Map<string, { told: Told | null; dark: boolean }>();
  for (const board of boards) {
    const row = await store.play.latest(board, ["play/told", "play/ended"]);
    const told = row?.action === "play/told" ? toldOf(row) : null;
    const dark = (await store.play.latest(board, ["play/dark", "play/lit"]))?.action === "play/dark";
    if (told !== null || dark)
      states.set(board, {
        told: told && { programme: told.programme, from: told.from, via: told.via },
        dark,
      });
  }
  return states;
}

/** Programmes go when the rows that name them have gone, with a day's margin. */
export async function forgetOld(store: PlayLogParts["store"]): Promise<void> {
  const first = await store.play.first();
  if (first === null) return;
  await store.change("system", async (tx) => {
    const programmes = await tx.play.drop(first.wallAt - dayMs);
    if (programmes > 0)
      await tx.record({ action: "play/programmes-dropped", subject: "office", data: { programmes } }, "play");
  });
}

function factOf(event: PlayEvent, numberOf: PlayLogParts["numberOf"]): [PlayFact, Waiting["programme"]] {
  if (event.kind !== "told") return [event, null];
  const { board, at, wanted, programme, via } = event;
  const until: Instant = wanted.programme.base + wanted.programme.endMs;
  const notices = noticesOf(wanted, numberOf);
  return [
    { board, at, kind: "told", programme, until, via, notices },
    { hash: programme, bytes: encodeProgramme(wanted.programme) },
  ];
}

/** Who is behind which of a programme's messages, in the order in which they first play. */
export function noticesOf({ board, programme, owners }: Wanted, numberOf: PlayLogParts["numberOf"]): NoticeOf[] {
  const found = new Map<string, Set<number>>();
  for (const [index, span] of programme.spans.entries())
    for (const [turn, { message }] of span.turns.entries()) {
      const owner = owners[index]?.[turn] ?? blankOwner;
      const messages = found.get(owner) ?? new Set<number>();
      found.set(owner, messages.add(message));
    }
  return [...found].map(([id, messages]) => {
    const hash = programme.messages[[...messages][0] ?? 0] ?? "";
    return { id, number: numberOf(id, board, hash), messages: [...messages].sort((one, other) => one - other) };
  });
}
