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
  /** So long a page may go on with what an earlier daemon gave it; absent: none did. */
  readonly holdMs?: number;
  readonly monotonicMs?: () => number;
  changed(): void;
  refused?(faults: readonly Fault[]): void;
  witness?(event: PlayEvent): void;
}

/** A page that is gone, and may play on until its programme ends. */
interface Gone {
  readonly page: string;
  readonly since: Instant;
  readonly may: readonly Wanted[];
}

const endOf = ({ programme }: Wanted): Instant => programme.base + programme.endMs;

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
  /** Of those gone that there was no room for: since when, and until when at the latest one of them is lit. */
  let forgotten: { readonly since: Instant; readonly until: Instant } | null = null;
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
  const lasting = (one: Wanted) => endOf(one) > clock.now();

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
    if (lit.length > 0 && !guest.darkened) {
      const all = [...stillLit(), { page: guest.visit.id, since: guest.seenAt ?? clock.now(), may: lit }];
      gone = all.slice(-limits.pagesRemembered);
      for (const { since, may: had } of all.slice(0, -limits.pagesRemembered)) {
        const until = Math.max(forgotten?.until ?? 0, ...had.map(endOf));
        forgotten = { since: Math.min(forgotten?.since ?? since, since), until };
      }
    }
    if (looks.size === 0 && timer) clearInterval(timer);
    if (looks.size === 0) timer = null;
    changed();
  }

  /** Those gone of which something may be lit yet. */
  function stillLit(): readonly Gone[] {
    gone = gone.flatMap((one) => {
      const may = one.may.filter(lasting);
      return may.length > 0 ? [{ ...one, may }] : [];
    });
    if (forgotten !== null && forgotten.until <= clock.now()) forgotten = null;
    return gone;
  }

  /** One that went away lit: what the others say is not all that the board shows. */
  function away(): BoardFacts["faults"] {
    const lit = stillLit();
    if (lit.length === 0 && forgotten === null) return [];
    const last = lit.flatMap(({ may }) => may).map((wanted) => ({ wanted, end: endOf(wanted) }));
    const end = Math.max(forgotten?.until ?? 0, ...last.map((one) => one.end));
    const at = Math.min(forgotten?.since ?? Number.POSITIVE_INFINITY, ...lit.map(({ since }) => since));
    const spans = (last.find((one) => one.end === end)?.wanted ?? wanted).programme.spans;
    return [{ fault: { code: "panel/unseen", board, until: localText(end, spans.at(-1)?.utcOffsetMin ?? 0) }, at }];
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
      const lost = away();
      const darkSeen = all.length > 0 && lost.length === 0 ? all.map((guest) => guest.darkSeen) : [null];
      const known = darkSeen.every((at) => at !== null) ? Math.max(...darkSeen.map((at) => at ?? 0)) : null;
      return {
        intended: factAt(wanted, now, now),
        sent: sent(now),
        confirmed: readBack && factAt(readBack.wanted, readBack.at, readBack.at),
        faults: [...(lost.length > 0 ? lost : missing()), ...faults.all()].slice(0, limits.faultsPerBoard),
        dark: known,
        link: all.length > 0 ? "connected" : lastSeen === null && !parts.expected ? "browser" : "waiting",
      };
    },
    holding(): Holding {
      const lit = stillLit();
      const all = guests().map(({ target }) => target.holding());
      const may = [...all, ...lit].flatMap((one) => one.may).filter(lasting);
      // One that went away lit is not what those that are there were read back with.
      const sure = lit.length === 0 && forgotten === null && all.length > 0 ? agreement(guests()) : null;
      // An earlier daemon may have given any page something, also one that has not come back.
      const old = clock.now() < beganAt + (parts.holdMs ?? 0);
      const known = !old && forgotten === null && all.length > 0 && all.every((one) => one.known);
      return { may, known, readBack: sure, via: "page" };
    },
    async stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}

/** "2017-11-06 18:00", the first whole minute by which it is over. */
function localText(at: Instant, utcOffsetMin: number): string {
  return new Date((Math.ceil(at / 60_000) + utcOffsetMin) * 60_000).toISOString().slice(0, 16).replace("T", " ");
}
