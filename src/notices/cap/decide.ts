/** One person looks at a received warning as each board would show it, and has it shown, or refuses it. */
import { FaultError, type Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Instant, Message, MessageHash } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import { refuse } from "../review/parts.ts";
import { actingAs, assertFree, assertOwnBoards, isAlone, withHand } from "../review/persons.ts";
import { readWords } from "../review/steps.ts";
import type { Person } from "../review/types.ts";
import type { BoardId } from "../types.ts";
import { type BoardReach, reachOf } from "./boards.ts";
import { readCap } from "./alert.ts";
import { untilOf } from "./judge.ts";
import { endsOfOthers, type Named, namedBy } from "./named.ts";
import { type CapParts, changeIn, keptAgain, type Read } from "./parts.ts";
import type { CapChange } from "./parts.ts";
import type { ReceivedReads, ReceivedWarning } from "./store.ts";
import { endReceived, noticeOf, prepareTaking, sealedBy, subjectOf, take } from "./take.ts";

export interface BoardView extends BoardReach {
  /** Chosen unless whoever confirms says otherwise. */
  readonly proposed: boolean;
}

/** What whoever decides sees of it. */
export interface CapView {
  readonly warning: ReceivedWarning;
  /** null: it cannot be read any more, or not as it is judged today. */
  readonly read: Read | null;
  /** If it were confirmed now. */
  readonly until: Instant | null;
  readonly boards: readonly BoardView[];
  /** What it refers to, as that is now. */
  readonly references: readonly Named[];
}

export interface Chosen {
  readonly board: BoardId;
  /** As it was looked at. */
  readonly message: MessageHash;
}

export interface DecideVerbs {
  warnings(before?: number): Promise<readonly ReceivedWarning[]>;
  /** FaultError `warning/unknown`. */
  warning(number: number): Promise<CapView>;
  /** What a board would show. FaultErrors `warning/unknown`, `warning/board`. */
  lookAtWarning(number: number, board: BoardId): Promise<Message>;
  /**
   * At once, on these boards; of a cancellation also on none. Not by who brought it. `anotherSender`: what it ends of other
   * senders was seen. FaultErrors `warning/decided`, `warning/board`, `warning/another-sender`, `review/two-steps`,
   * `review/others-boards`. Another text of the same number that is shown goes.
   */
  confirmWarning(
    caller: Caller,
    number: number,
    chosen: readonly Chosen[],
    words?: string,
    anotherSender?: boolean,
  ): Promise<ReceivedWarning>;
  refuseWarning(caller: Caller, number: number, reason: string): Promise<ReceivedWarning>;
  /** Whose time is over while nobody decided; what is waiting now. */
  tendWarnings(now: Instant): Promise<readonly ReceivedWarning[]>;
}

export function decideVerbs(parts: CapParts): DecideVerbs {
  const { store, clock } = parts;

  return {
    warnings: (before) => store.received.list(before),

    async warning(number) {
      const warning = await found(store.received, number);
      const now = clock.now();
      const read = await readable(warning, now);
      const reach = read ? await reachOf(parts, noticeOf(warning.digest.slice(0, 16)), read) : [];
      const there = read?.judged.kind === "cancel" ? await boardsOfNamed(read) : null;
      const boards = reach.map((one) => ({
        ...one,
        proposed: one.reach === "line" && (there === null || there.has(one.board)),
      }));
      const references = await referencesOf(warning);
      return { warning, read, until: warning.expires && untilOf(warning.expires, now), boards, references };
    },

    async lookAtWarning(number, board) {
      const warning = await found(store.received, number);
      const read = await readable(warning, clock.now());
      const [reach] = read ? await reachOf(parts, noticeOf(warning.digest.slice(0, 16)), read, [board]) : [];
      return reach?.message ?? cannot(number, board, reach?.why ?? nothingToShow);
    },

    async confirmWarning(caller, number, chosen, given = "", anotherSender = false) {
      const words = readWords(String(number), "words", given, false);
      const acting = await actingAs(parts, caller, ["signer", "maker", "operator"]);
      const warning = await found(store.received, number);
      const now = clock.now();
      assertWaits(warning, now);
      const alone = isAlone(parts, caller);
      const hands: readonly Person[] =
        warning.via === "api" && !alone ? [{ account: warning.by, name: warning.name }] : [];
      const notice = noticeOf(warning.digest.slice(0, 16));
      // Words of strangers on every board: who brought them in does not say as well that they are true.
      assertFree({ hands, steps: [], notice }, acting);
      const read = await keptAgain(parts, warning, now);
      const ofOthers = endsOfOthers(read.alert);
      if (ofOthers.length > 0 && !anotherSender) {
        const others = ofOthers.map(({ sender, identifier }) => `${sender} ${identifier}`);
        refuse({ code: "warning/another-sender", id: String(number), sender: warning.sender, others });
      }
      const boards = await chosenBoards(warning, read, chosen);
      const prepared = await prepareTaking(parts, warning.digest.slice(0, 16), read, boards, now, acting.by.account);
      const done = await changeIn(parts, acting, async (tx) => {
        const still = await found(tx.received, number);
        assertWaits(still, clock.now());
        await assertOwnBoards(parts, tx, caller, acting, notice, await boardsAbout(tx, read, chosen));
        for (const one of await tx.received.named(still.sender, still.identifier))
          if (one.state === "taken")
            await endReceived(tx, one, { acting, now, showing: prepared.showing }, "displaced");
        const by = sealedBy(acting);
        return take(parts, tx, still, {
          ...prepared,
          ...{ read, acting, by, now, words, alone, others: true },
          hands: withHand(hands, acting),
        });
      });
      await parts.changed();
      return done;
    },

    async refuseWarning(caller, number, reason) {
      const words = readWords(String(number), "reason", reason, true);
      const acting = await actingAs(parts, caller, ["signer", "maker", "operator"]);
      const done = await changeIn(parts, acting, async (tx) => {
        const warning = await found(tx.received, number);
        const now = clock.now();
        assertWaits(warning, now);
        const refused: ReceivedWarning = {
          ...warning,
          state: "refused",
          decided: { by: acting.by.name, at: now, words },
        };
        await tx.received.put(refused);
        const { sender, identifier } = warning;
        const data = { sender, identifier, name: acting.by.name, words };
        await tx.record({ action: "warning/declined", subject: subjectOf(warning), data });
        return refused;
      });
      await parts.changed();
      return done;
    },

    async tendWarnings(now) {
      const waiting = await store.received.waiting();
      const over = waiting.filter((one) => isOver(one, now));
      for (const { number } of over)
        await store.change("system", async (tx) => {
          const warning = await tx.received.get(number);
          if (warning?.state !== "waiting") return;
          await tx.received.put({ ...warning, state: "over" });
          const { sender, identifier } = warning;
          await tx.record({ action: "warning/lapsed", subject: subjectOf(warning), data: { sender, identifier } });
        });
      return waiting.filter((one) => !over.includes(one));
    },
  };

  /** null: as the clock is now, it would be refused. */
  async function readable(warning: ReceivedWarning, now: Instant): Promise<Read | null> {
    try {
      return await keptAgain(parts, warning, now);
    } catch (error) {
      if (error instanceof FaultError) return null;
      throw error;
    }
  }

  /** Also of one that would be refused by now: what it was about stays readable. */
  async function referencesOf({ number }: ReceivedWarning): Promise<readonly Named[]> {
    const bytes = await store.received.bytes(number);
    try {
      return await namedBy(store.received, readCap(new TextDecoder().decode(bytes ?? new Uint8Array(0)), parts.zone));
    } catch (error) {
      if (error instanceof FaultError) return [];
      throw error;
    }
  }

  /** Where the warnings are that it names. */
  async function boardsOfNamed({ alert }: Read): Promise<ReadonlySet<BoardId> | null> {
    const boards = new Set<BoardId>();
    for (const { sender, identifier } of alert.references)
      for (const { pixels } of await store.received.named(sender, identifier))
        for (const { board } of pixels) boards.add(board);
    return boards.size === 0 ? null : boards;
  }

  async function chosenBoards(
    { number }: ReceivedWarning,
    read: Read,
    chosen: readonly Chosen[],
  ): Promise<readonly BoardReach[]> {
    if (chosen.length === 0 && read.judged.kind !== "cancel") cannot(number, "-", choose);
    if (new Set(chosen.map(({ board }) => board)).size < chosen.length) cannot(number, "-", twice);
    const asked = chosen.map(({ board }) => board);
    const reach = await reachOf(parts, "cap", read, asked);
    for (const { board, message } of chosen) {
      const there = reach.find((one) => one.board === board);
      if (!there?.message) return cannot(number, board, there?.why ?? nothingToShow);
      if (there.message.hash !== message) cannot(number, board, changed);
    }
    return reach;
  }

  /** Those that it is shown on, and those that it takes something off. */
  async function boardsAbout(tx: CapChange, { alert }: Read, chosen: readonly Chosen[]): Promise<readonly BoardId[]> {
    const boards = new Set(chosen.map(({ board }) => board));
    for (const { sender, identifier } of [...alert.references, alert])
      for (const { pixels, state } of await tx.received.named(sender, identifier))
        if (identifier !== alert.identifier || state === "taken") for (const { board } of pixels) boards.add(board);
    for (const { identifier } of alert.references) {
      for (const { schedule } of await tx.notices.warnings(identifier))
        for (const board of schedule.boards) boards.add(board);
    }
    return [...boards];
  }
}

async function found(received: Pick<ReceivedReads, "get">, number: number): Promise<ReceivedWarning> {
  return (await received.get(number)) ?? refuse({ code: "warning/unknown", what: "cap", id: String(number) });
}

const hourMs = 3_600_000;

/** A cancellation that does not say until when holds as long as anything may be shown that it could be about. */
const isOver = ({ expires, receivedAt }: ReceivedWarning, now: Instant) =>
  now >= (expires ?? receivedAt + limits.emergencyHours * hourMs);

function assertWaits(warning: ReceivedWarning, now: Instant): void {
  const state = warning.state === "waiting" && isOver(warning, now) ? "over" : warning.state;
  if (state !== "waiting") refuse({ code: "warning/decided", id: String(warning.number), state });
}

const cannot = (number: number, board: BoardId, why: Sentence): never =>
  refuse({ code: "warning/board", id: String(number), board, why });

const nothingToShow: Sentence = { zh: "没有可播的内容", en: "there is nothing to show" };
const choose: Sentence = { zh: "没有选公开栏", en: "no board is chosen" };
const twice: Sentence = { zh: "同一块选了两次", en: "a board is chosen twice" };
const changed: Sentence = { zh: "画面与看过的不同了", en: "it is not what was looked at" };
