/** A small real office in this process, with signed notices and a clock that tests move: what its outlook says. */
import { createHash } from "node:crypto";
import { Book } from "../../src/daemon/book.ts";
import type { Desk } from "../../src/daemon/desk.ts";
import { outlookOffice } from "../../src/daemon/outlook.ts";
import { PlayRecorder, type PlayFact } from "../../src/ledger/play.ts";
import type { Entry } from "../../src/ledger/types.ts";
import { encodeProgramme, type Programme } from "../../src/message/index.ts";
import type { Caller, Role } from "../../src/people/types.ts";
import { openStore } from "../../src/store/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { FakePlay, type MadeProgramme, programme as wholeProgramme } from "../ledger/fake-play.ts";
import { at, importRecords, keyIn, practice, scratch, signDefaults, site } from "../store/small-office.ts";

export { at };

export interface OutlookOfficeHere {
  readonly desk: Desk;
  readonly play: FakePlay;
  readonly api: ReturnType<typeof outlookOffice>;
  /** The board clock. */
  set(civil: string): void;
  /** A board is told a programme of one message, whose notices are these. */
  tell(board: string, civil: string, made: MadeProgramme, ...notices: readonly string[]): void;
  note(civil: string, fact: PlayFact): void;
  close(): Promise<void>;
}

export const caller = (...roles: readonly Role[]): Caller =>
  ({ account: "x", name: "x", via: "session", reads: true, roles: new Set(roles) }) as unknown as Caller;

export async function openOutlook(
  signed: readonly unknown[],
  drafts: readonly unknown[] = [],
  /** Of B1: what it is limited to. */
  allows?: readonly string[],
): Promise<OutlookOfficeHere> {
  const { folder, remove } = scratch();
  let now = at("2017-11-06T07:30");
  const store = await openStore(folder, () => ({ boardAt: now, wallAt: now }));
  const key = keyIn(folder);
  await signDefaults(store, key);
  await importRecords(store, key, signed, practice);
  if (drafts.length > 0) await importRecords(store, key, drafts, null);
  const calendar = Object.assign(workCalendar(site.calendar), { version: 0 });
  const book = new Book(store.notices, key.publicKey);
  await book.reload();
  const play = new FakePlay();
  const fits = {
    notice: () => Promise.reject(new Error("nothing is set here")),
    draft: () => Promise.reject(new Error("nothing is set here")),
  };
  const clock = { now: () => now };
  const limited = site.boards.map((one) => (one.id === "B1" && allows ? { ...one, allows } : one));
  const desk = {
    site: { ...site, boards: limited },
    clock,
    calendar,
    book,
    fits,
    store: { ...store, play },
  } as unknown as Desk;
  const recorder = new PlayRecorder(new Map(), 0);
  const note = (civil: string, fact: PlayFact) => play.add(recorder.note(fact) as readonly Entry[], at(civil));
  return {
    desk,
    play,
    api: outlookOffice({ ...desk, run: (board) => recorder.run(board) }),
    set: (civil) => {
      now = at(civil);
    },
    tell(board, civil, made, ...notices) {
      play.keep(made);
      const from = at(civil);
      note(civil, {
        ...{ kind: "told", board, at: from, programme: made.hash, until: from + made.programme.endMs, via: "line" },
        notices: notices.map((id, index) => ({ id, number: 1, messages: [index] })),
      });
    },
    note,
    async close() {
      await store.close();
      remove();
    },
  };
}

/** Two hours, one message after the other, a minute each. */
export function inTurns(from: number, messages: number): MadeProgramme {
  const one = wholeProgramme(from, 1);
  if (messages === 1) return one;
  const { programme } = one;
  const made: Programme = {
    ...programme,
    messages: Array.from({ length: messages }, (_, index) => (index + 1).toString(16).padStart(64, "0")),
    spans: programme.spans.map((span) => ({
      ...span,
      turns: Array.from({ length: messages }, (_, index) => ({ message: index, endMs: (index + 1) * 60_000 })),
    })),
  };
  const bytes = encodeProgramme(made);
  return { hash: createHash("sha256").update(bytes).digest("hex"), bytes, programme: made };
}
