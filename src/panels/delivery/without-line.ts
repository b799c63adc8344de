/** Boards that nothing leads to but a person who carries a file there. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeProgramme, programmeId } from "../../message/index.ts";
import type { Clock } from "../../time/clock.ts";
import type { BoardFacts, Cleared, Holding, PlayEvent, Wanted } from "../contract.ts";
import { clear, type Seals } from "./clear.ts";
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { FaultList, factAt } from "./facts.ts";
import type { PanelLoop } from "./panel-loop.ts";

const noCounters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };

/** Writes the newest programme into `folder` for a person to carry; `sent` is when that file was written. */
export function carriedBoard(
  folder: string,
  seals: Seals,
  clock: Clock,
  first: Wanted,
  changed: () => void,
  refused: (faults: readonly Fault[]) => void = () => {},
  witness: (event: PlayEvent) => void = () => {},
): PanelLoop {
  const faults = new FaultList();
  let wanted = first;
  let written: { readonly wanted: Wanted; readonly at: number } | null = null;
  const given = new Given(clock);
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    writing = writing.then(async () => {
      const asked = wanted;
      // The file has no word for the dark switch: what is carried then is a programme of nothing.
      const looked = clear(asked.dark ? nothingOf(asked) : asked, seals, clock.now());
      if (!looked.ok) {
        for (const fault of looked.faults) faults.add(fault, clock.now());
        refused(looked.faults);
        // What may have been withdrawn must not be carried out of the house.
        await rm(bundlePath(folder, asked.board), { force: true }).catch(() => {});
        if (written) witness({ board: asked.board, at: clock.now(), kind: "ended", why: "refused" });
        written = null;
      } else if (written?.wanted !== asked) {
        try {
          await writeBundle(folder, looked.cleared);
          written = { wanted: asked, at: clock.now() };
          given.add(asked);
          const carried = looked.cleared;
          const programme = programmeId(carried.programme);
          witness({ board: asked.board, at: written.at, kind: "told", wanted: carried, programme, via: "file" });
          faults.clear();
        } catch (error) {
          const detail = error instanceof Error ? error.message : String(error);
          faults.add({ code: "link/refused", board: asked.board, where: folder, detail }, clock.now());
        }
      }
      changed();
    });
  };
  return {
    counters: noCounters,
    want: (next) => {
      wanted = next;
      write();
    },
    facts: (): BoardFacts => ({
      intended: factAt(wanted, clock.now(), clock.now()),
      sent: written ? factAt(written.wanted, clock.now(), written.at) : null,
      confirmed: null,
      faults: faults.all(),
      link: "carried",
    }),
    holding: () => given.holding(),
    stop: () => writing,
  };
}

/** Which of them a sign has nobody says: any that has not played to its end. */
class Given {
  private readonly clock: Clock;
  private list: readonly Wanted[] = [];

  constructor(clock: Clock) {
    this.clock = clock;
  }

  add(wanted: Wanted): void {
    this.list = [...this.lasting(), wanted].slice(-limits.programmesGiven);
  }

  holding(): Holding {
    return { may: this.lasting(), known: false, readBack: null, via: "file" };
  }

  private lasting(): readonly Wanted[] {
    const now = this.clock.now();
    return this.list.filter(({ programme }) => programme.base + programme.endMs > now);
  }
}

function nothingOf(wanted: Wanted): Wanted {
  return { ...wanted, programme: { ...wanted.programme, messages: [], spans: [] }, owners: [], messages: new Map() };
}

function bundlePath(folder: string, board: string): string {
  return join(folder, `${board}.bcb`);
}

/** `BOARD.bcb`: "BCB1", u32 length and bytes of the programme, u32 count, then each message's u32 length and bytes. Whole or not at all. */
async function writeBundle(folder: string, wanted: Cleared<Wanted>): Promise<void> {
  const sized = (bytes: Uint8Array) => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(bytes.length);
    return [head, bytes];
  };
  const count = Buffer.alloc(4);
  count.writeUInt32LE(wanted.programme.messages.length);
  const messages = wanted.programme.messages.map((hash) => wanted.messages.get(hash)?.bytes ?? new Uint8Array(0));
  const parts = [Buffer.from("BCB1"), ...sized(encodeProgramme(wanted.programme)), count, ...messages.flatMap(sized)];
  await mkdir(folder, { recursive: true });
  const target = bundlePath(folder, wanted.board);
  await writeFile(`${target}.part`, Buffer.concat(parts));
  await rename(`${target}.part`, target);
}
