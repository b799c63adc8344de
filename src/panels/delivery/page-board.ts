/**
 * A board that pages play (LCD screens). Each page has a target of its own, as a panel has; what is said of the board is
 * what all of them agree on: sent when all have it, confirmed when all were read back and right, dark when all are.
 */
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Instant, MessageHash } from "../../message/types.ts";
import { type Clock, monotonicMs } from "../../time/clock.ts";
import type { BoardFacts, Holding, PlayEvent, Wanted } from "../contract.ts";
import type { PageHouse } from "../pages.ts";
import type { Seals } from "./clear.ts";
import { FaultList, factAt } from "./facts.ts";
import { frameCrcs, Guest } from "./page-guest.ts";
import type { Counters, PanelLoop } from "./panel-loop.ts";
import { clearanceMs } from "./target.ts";

export interface PageBoardParts {
  readonly seals: Seals;
  readonly clock: Clock;
  /** A board of which nobody has seen a page is a fault from the start; false: only once one has been there. */
  readonly expected: boolean;
  readonly monotonicMs?: () => number;
  changed(): void;
  refused?(faults: readonly Fault[]): void;
  witness?(event: PlayEvent): void;
}

/** A page that is gone, and may play on until its programme ends. */
interface Gone {
  readonly page: string;
  readonly may: readonly Wanted[];
}

export function pageBoard(first: Wanted, parts: PageBoardParts): PanelLoop & PageHouse {
  const { clock, seals, changed } = parts;
  const monotonic = parts.monotonicMs ?? monotonicMs;
  const { board } = first;
  const counters: Counters = { exchanges: 0, timeouts: 0, bytesOut: 0, connections: 0, activations: 0, noise: 0 };
  const faults = new FaultList();
  const crcAt = frameCrcs();
  const looks = new Map<Guest, () => void>();
  const beganMs = monotonic();
  const beganAt = clock.now();
  let gone: readonly Gone[] = [];
  let wanted = first;
  let decided = false;
  /** By every page that is there; and when the board was last seen at all. */
  let readBack: Holding["readBack"] = null;
  let lastSeen: Instant | null = null;
  let told: string | null = null;
  let dark = false;
  let timer: NodeJS.Timeout | null = null;

  const guests = () => [...looks.keys()];
  const lookAll = () => {
    for (const look of looks.values()) look();
  };
  const lasting = (one: Wanted) => one.programme.base + one.programme.endMs > clock.now();

  function judged(found: readonly Fault[]): void {
    if (found.length === 0) faults.clear("seal/refused", "message/altered");
    for (const one of found) faults.add(one, clock.now());
    if (found.length > 0) parts.refused?.(found);
  }

  /** A page said something. What the play log is told is the board's, not the page's. */
  function spoke(guest: Guest, wrong: Fault | null): void {
    counters.exchanges++;
    lastSeen = guest.seenAt;
    const about = { board, at: clock.now() };
    const all = guests();
    witnessTold(all);
    const allDark = all.every(({ darkened }) => darkened);
    if (allDark !== dark) {
      dark = allDark;
      parts.witness?.({ ...about, kind: "dark", on: dark });
    }
    if (wrong) {
      faults.add(wrong, about.at);
      parts.witness?.({ ...about, kind: "wrong", why: wrong.code });
    } else if (guest.view().state === "confirmed") {
      const agreed = agreement(all);
      if (agreed && agreed.at !== readBack?.at) {
        readBack = agreed;
        faults.clear("panel/frame", "panel/clock", "panel/hidden");
        const programme = dark ? null : (guest.target.plays?.id ?? null);
        parts.witness?.({ board, at: agreed.at, kind: "confirmed", programme });
      }
    }
    changed();
  }

  /** All play the same, and another than before. */
  function witnessTold(all: readonly Guest[]): void {
    const plays = all.map(({ target }) => target.plays);
    const [one] = plays;
    if (!one || plays.some((other) => other?.id !== one.id) || one.id === told) return;
    told = one.id;
    counters.activations++;
    const at = Math.max(...plays.map((other) => other?.since ?? 0));
    parts.witness?.({ board, at, kind: "told", wanted: one.wanted, programme: one.id, via: "page" });
  }

  /** The oldest of what each page that is there was read back with; null: one of them has not been, or shows something wrong. */
  function agreement(all: readonly Guest[]): Holding["readBack"] {
    let oldest: Holding["readBack"] = null;
    for (const guest of all) {
      if (guest.view().state !== "confirmed" || guest.readBack === null) return null;
      if (oldest === null || guest.readBack.at < oldest.at) oldest = guest.readBack;
    }
    return oldest;
  }

  function left(guest: Guest): void {
    if (!looks.delete(guest)) return;
    const { may } = guest.target.holding();
    const lit = may.filter(lasting);
    if (lit.length > 0 && !guest.darkened)
      gone = [...gone, { page: guest.visit.id, may: lit }].slice(-limits.pagesRemembered);
    if (looks.size === 0 && timer) clearInterval(timer);
    if (looks.size === 0) timer = null;
    changed();
  }

  /** `sent`: of the page that is furthest behind. */
  function sent(now: Instant): BoardFacts["sent"] {
    const all = guests();
    const behind = all.find(({ target }) => target.plays === null || target.plays.id !== target.offered?.id) ?? all[0];
    const plays = behind?.target.plays;
    return behind && plays ? factAt({ ...plays.wanted, dark: behind.darkened }, now, plays.since) : null;
  }

  function missing(): readonly { readonly fault: Fault; readonly at: Instant }[] {
    if (guests().some(({ seen }) => seen)) return [];
    const young = monotonic() - beganMs <= limits.pageSilenceMs;
    if ((lastSeen === null && !parts.expected) || young) return [];
    if (guests().some(({ since }) => clock.now() - since < limits.pageSilenceMs)) return [];
    const code = lastSeen === null ? "panel/no-page" : "panel/unseen";
    return [{ fault: { code, board }, at: lastSeen ?? beganAt }];
  }

  return {
    counters,
    want(next) {
      wanted = next;
      decided = true;
      for (const guest of guests()) guest.want(next);
      lookAll();
    },
    join(visit, look) {
      if (looks.size >= limits.pagesPerBoard) return null;
      const guestParts = { board, seals, clock, monotonicMs: monotonic, crcAt, judged, spoke, left };
      const guest = new Guest(visit, guestParts, first);
      if (decided) guest.want(wanted);
      looks.set(guest, look);
      counters.connections++;
      // The same page come back: what it had is what it will say that it has.
      gone = gone.filter(({ page }) => page !== visit.id);
      timer ??= setInterval(lookAll, clearanceMs);
      changed();
      return guest;
    },
    message(hash: MessageHash) {
      for (const guest of guests()) {
        const message = guest.message(hash);
        if (message) return message;
      }
      return null;
    },
    pages: () => guests().map((guest) => guest.view()),
    facts: (): BoardFacts => {
      const now = clock.now();
      const all = guests();
      const darkSeen = all.length > 0 && gone.length === 0 ? all.map((guest) => guest.darkSeen) : [null];
      const known = darkSeen.every((at) => at !== null) ? Math.max(...darkSeen.map((at) => at ?? 0)) : null;
      return {
        intended: factAt(wanted, now, now),
        sent: sent(now),
        confirmed: readBack && factAt(readBack.wanted, readBack.at, readBack.at),
        faults: [...missing(), ...faults.all()].slice(0, limits.faultsPerBoard),
        dark: known,
        link: all.length > 0 ? "connected" : lastSeen === null && !parts.expected ? "browser" : "waiting",
      };
    },
    holding(): Holding {
      gone = gone.flatMap(({ page, may }) => {
        const still = may.filter(lasting);
        return still.length > 0 ? [{ page, may: still }] : [];
      });
      const all = guests().map(({ target }) => target.holding());
      const may = [...all, ...gone].flatMap((one) => one.may).filter(lasting);
      // One that went away lit is not what those that are there were read back with.
      const sure = gone.length === 0 && all.length > 0 ? agreement(guests()) : null;
      return { may, known: all.length > 0 && all.every(({ known }) => known), readBack: sure, via: "page" };
    },
    async stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
