/** One page that plays a board: what it was offered, what it says that it lights, and whether that is right. */
import { crc32 as fastCrc } from "node:zlib";
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { frameAt, type Instant, lookup, type Message, type MessageHash, pageAt, phaseAt } from "../../message/index.ts";
import type { Clock } from "../../time/clock.ts";
import type { Holding, PanelLimits, PanelStatus, Timing, Wanted } from "../contract.ts";
import type { PageGuest, PageOffer, PageReport, PageView, PageVisit } from "../pages.ts";
import type { Seals } from "./clear.ts";
import { disagreement } from "./facts.ts";
import { Target } from "./target.ts";

/** What every page is taken to hold: its cache is as large (`web/show`). */
const roomOfPage: PanelLimits = {
  ramBytes: limits.showMessageBytes,
  messages: 2 * limits.messagesPerProgramme,
  programmeBytes: limits.programmeBytes,
};
/** semantics.md: a clock is right within this and half of the round trip. */
const clockToleranceMs = 250;

export interface GuestParts {
  readonly board: string;
  readonly seals: Seals;
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  readonly crcAt: FrameCrc;
  judged(faults: readonly Fault[]): void;
  /** `wrong`: what is not right with what it said; null: all is. */
  spoke(guest: Guest, wrong: Fault | null): void;
  left(guest: Guest): void;
}

export class Guest implements PageGuest {
  readonly visit: PageVisit;
  readonly since: Instant;
  readonly target: Target;
  private readonly parts: GuestParts;
  private last: PageOffer | null = null;
  /** Since when it is as dark, or lit, as it says. */
  private switchedAt: Instant;
  private heardMs: number | null = null;
  private verdict: "waiting" | "confirmed" | "wrong" = "waiting";
  seenAt: Instant | null = null;
  hidden = false;
  darkened = false;
  darkSeen: Instant | null = null;
  readBack: Holding["readBack"] = null;

  constructor(visit: PageVisit, parts: GuestParts, first: Wanted) {
    const { seals, clock, monotonicMs, judged } = parts;
    this.visit = visit;
    this.parts = parts;
    this.since = clock.now();
    this.switchedAt = this.since;
    this.target = new Target({ seals, now: () => clock.now(), monotonicMs, judged, oneTurn: false }, first);
    this.target.learn(roomOfPage);
  }

  want(wanted: Wanted): void {
    if (!wanted.dark || !this.target.wanted.dark) this.darkSeen = null;
    this.target.want(wanted);
  }

  next(): PageOffer | null {
    const wanted = this.target.cleared();
    const dark = this.target.dark();
    const { offered } = this.target;
    const programme = wanted && offered ? { wanted, id: offered.id } : null;
    if (this.last?.dark === dark && (programme === null || this.last.programme?.id === programme.id)) return null;
    // What cannot be sent now stays what was sent last: when it may be again, it is no news.
    this.last = { dark, programme: programme ?? this.last?.programme ?? null };
    if (programme && offered) this.target.asks(offered);
    return { dark, programme };
  }

  /** Of what it was offered and may be sent now. */
  message(hash: MessageHash): Message | null {
    return this.target.cleared()?.messages.get(hash) ?? null;
  }

  heard(report: PageReport, { askedAt, heardAt }: Timing): void {
    this.heardMs = this.parts.monotonicMs();
    this.seenAt = heardAt;
    this.hidden = report.hidden;
    this.target.found(report.programme);
    this.darken(report.why === "dark");
    const clockError = clockErrorMs(report, heardAt);
    const status: PanelStatus = {
      ...{ askedAt, heardAt, bootId: this.visit.id, panelTime: report.at, clockRight: clockError === 0 },
      ...{ programme: report.programme, message: report.message, why: report.why, frameCrc: report.frameCrc },
    };
    this.parts.spoke(this, this.judge(status, clockError));
  }

  private judge(status: PanelStatus, clockError: number): Fault | null {
    const { board, crcAt } = this.parts;
    if (this.hidden) return { code: "panel/hidden", board, from: this.visit.from };
    const { target } = this;
    const { plays, wanted } = target;
    const dark = target.dark();
    const current = dark ? { wanted: { ...wanted, dark }, id: "" } : plays?.id === status.programme ? plays : null;
    // On its way to something else: nothing to compare with.
    if (!current || this.darkened !== dark) return null;
    const wrong = disagreement(current.wanted, current.id, status, crcAt);
    if (wrong) {
      this.verdict = "wrong";
      return wrong;
    }
    if (!status.clockRight) {
      this.verdict = "wrong";
      return { code: "panel/clock", board, errorMs: clockError };
    }
    if (dark && wanted.dark) this.darkSeen ??= status.heardAt;
    // Nothing is confirmed before it was told, made dark or lit again.
    const at = Math.max(status.panelTime, this.switchedAt, dark ? 0 : (plays?.since ?? 0));
    this.readBack = { wanted: current.wanted, at };
    this.verdict = "confirmed";
    return null;
  }

  private darken(on: boolean): void {
    if (on === this.darkened) return;
    this.darkened = on;
    this.switchedAt = this.parts.clock.now();
  }

  /** Has it said anything lately? */
  get seen(): boolean {
    return this.heardMs !== null && this.parts.monotonicMs() - this.heardMs <= limits.pageSilenceMs;
  }

  view(): PageView {
    const state = !this.seen ? "unseen" : this.hidden ? "hidden" : this.verdict;
    return { ...this.visit, since: this.since, seenAt: this.seenAt, state };
  }

  leave(): void {
    this.parts.left(this);
  }
}

/** 0: right. A report travels for at most a round trip, and not backwards. */
function clockErrorMs({ sentAt, at, roundTripMs }: PageReport, heardAt: Instant): number {
  const early = heardAt - Math.min(roundTripMs, limits.pageRoundTripMs) - clockToleranceMs;
  const late = heardAt + clockToleranceMs;
  if (sentAt < early) return Math.round(sentAt - early - clockToleranceMs);
  if (sentAt > late) return Math.round(sentAt - heardAt);
  // A frame of long ago says nothing of now.
  return at > sentAt || sentAt - at > limits.pageFrameAgeMs ? Math.round(at - sentAt) || -1 : 0;
}

export type FrameCrc = (wanted: Wanted, at: Instant) => number;

/** The CRC of what a programme shows; frames of LCD screens are large, and most stand for seconds. */
export function frameCrcs(): FrameCrc {
  const known = new Map<string, number>();
  return (wanted, at) => {
    const found = lookup(wanted.programme, at);
    const message = found.message === null ? undefined : wanted.messages.get(found.message);
    const place = message ? pageAt(message, found.elapsedMs, at) : null;
    const span = wanted.programme.spans[found.span];
    const second = place && place.page.fields.length > 0 ? Math.floor(at / 1000) : 0;
    const page = place ? message?.pages.indexOf(place.page) : -1;
    const phase = place ? phaseAt(place.page, place.elapsedMs) : 0;
    const key = [found.message, page, phase, second, second === 0 ? 0 : span?.utcOffsetMin].join(" ");
    let crc = known.get(key);
    if (crc === undefined) {
      crc = fastCrc(frameAt(wanted.programme, (hash) => wanted.messages.get(hash), at).pixels);
      if (known.size >= limits.frameCrcsKept) known.clear();
      known.set(key, crc);
    }
    return crc;
  };
}
