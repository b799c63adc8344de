/** The driver contract of stage 5, "how it gets lit". A driver is pure; `delivery/` waits, times out and retries for all. */
import type { Fault } from "../fault.ts";
import type { Frame, Instant, Message, MessageHash, Programme, Shape } from "../message/types.ts";

/** What a panel should play. All kinds of driver receive the same. */
export interface Wanted {
  readonly board: string;
  readonly programme: Programme;
  /** `owners[span][turn]`: the notice whose seal covers that turn. */
  readonly owners: readonly (readonly string[])[];
  readonly messages: ReadonlyMap<MessageHash, Message>;
  /** 紧急关屏: black, whatever the programme says. */
  readonly dark: boolean;
}

/**
 * What becomes known of what a board plays, for the play log; `at` by the board clock. `told`: the panel has made it the
 * active one (`line`), its file lies there (`file`), the page has it (`page`). `ended`: it no longer has what it was told.
 * `dark`: made black or lit again. `confirmed`: read back and right, while dark or by that programme. `wrong`: read back, and not.
 */
export type PlayEvent = { readonly board: string; readonly at: Instant } & (
  | {
      readonly kind: "told";
      readonly wanted: Wanted;
      readonly programme: string;
      readonly via: "line" | "file" | "page";
    }
  | { readonly kind: "ended"; readonly why: "bare" | "refused" }
  | { readonly kind: "dark"; readonly on: boolean }
  | { readonly kind: "confirmed"; readonly programme: string | null }
  | { readonly kind: "wrong"; readonly why: Fault["code"] }
);

declare const cleared: unique symbol;
/** Verified by `delivery/clear.ts`, its sole maker, in the moment before bytes leave. Links and drivers take nothing else. */
export type Cleared<T> = T & { readonly [cleared]: true };

/** What is said to the panel in one write: a question, and one reply expected with the same `seq`; or several back to back. */
export interface Exchange {
  /** Of the first question. */
  readonly seq: number;
  /** So many, numbered on from `seq`, each with a reply of its own, in order. Absent: one. */
  readonly questions?: number;
  readonly bytes: Uint8Array;
  /** For logs and faults: "PUT 3f2a… 4096/12288". */
  readonly label: string;
  /**
   * From the moment of writing, or of the last reply to it, ms; the bytes' own time on the line, and the pauses of its parts,
   * are in it.
   */
  readonly timeoutMs: number;
  /** Where the far end needs time between bytes: `bytes` in pieces, each with the pause after it, ms. */
  readonly parts?: readonly { readonly bytes: Uint8Array; readonly pauseMs: number }[];
  /** Nobody answers it. `sent` is told when the line has taken all of it and the last pause is over. */
  readonly unanswered?: true;
  /** The programme that becomes the panel's active one by this, answered or not: its id. */
  readonly activates?: string | undefined;
}

/** What a driver must know of the far end before the first word. */
export interface PanelIdentity {
  readonly board: string;
  readonly shape: Shape;
  /** Screen number on a shared line, 1–254. */
  readonly address: number;
  /** For faults: "tcp 192.0.2.7:5005". */
  readonly where: string;
  /** The serial line's speed, for time-outs and clock compensation; null where it does not matter (TCP to the panel itself). */
  readonly bitsPerSecond: number | null;
  /** Others answer on the same line: of a reply that says whose it is, only this panel's own counts. */
  readonly shared?: true;
}

export interface Goal {
  /** null: nothing may be sent (not decided, or refused): only identify, set the clock, ask status, darken. */
  readonly wanted: Cleared<Wanted> | null;
  /** 紧急关屏, or what the panel plays may not be lit any more. Needs no clearance: black shows nothing. */
  readonly dark: boolean;
  /** A STATUS is due. */
  readonly pollDue: boolean;
  /** Board clock, at the moment the bytes will leave. */
  readonly now: Instant;
  /** So many bytes of questions may leave back to back; absent: one question at a time. */
  readonly ahead?: number | undefined;
  /** Where several share the line: the number for this exchange, which no late reply of any of them has. Absent: as it likes. */
  readonly seq?: number | undefined;
  /**
   * For cards that keep a picture in flash, which wears out: how many programmes may be written there today, and what the
   * driver said last that it holds. Absent: none may be written.
   */
  readonly flash?: { readonly left: number; readonly holds: string | null } | undefined;
}

/** Of a card that keeps a picture in flash: counted and kept by whoever keeps things, for a driver keeps nothing. */
export interface FlashCount {
  /** As in `Goal.flash`, now. */
  now(): NonNullable<Goal["flash"]>;
  /** As in `Outcome`; `holds` undefined: as before. */
  wrote(times: number, holds: string | null | undefined): void;
}

/** What a panel announced that it can hold. */
export interface PanelLimits {
  /** Of all messages together. */
  readonly ramBytes: number;
  readonly messages: number;
  /** Of one programme. */
  readonly programmeBytes: number;
}

export interface Outcome<State> {
  readonly state: State;
  /** Replies to the same exchange are still to come. */
  readonly more?: true;
  /** Replies to it that never came, though a later one did. */
  readonly missed?: true;
  /** Set when the reply was a STATUS. */
  readonly status?: PanelStatus;
  /** Set when the panel said what it can hold. */
  readonly limits?: PanelLimits;
  /** Set when a programme became the active one: its id. */
  readonly activated?: string;
  /** Set when the panel was made dark or light. */
  readonly dark?: boolean;
  /** The panel has started anew since it was last asked: it holds nothing. */
  readonly restarted?: boolean;
  /** Its flash is being written, so many times: counted before the first byte of what is written leaves. */
  readonly flashWrites?: number;
  /** What its flash holds from now on, in the driver's own words; null: nothing of ours. */
  readonly flashHolds?: string | null;
  /** It answered what `pollDue` asked for, where that is no STATUS: it is there, and says nothing of its dots. */
  readonly polled?: boolean;
  readonly faults: readonly Fault[];
  /** What the panel said makes this connection useless: drop it and dial again. */
  readonly reconnect?: boolean;
}

/**
 * What a protocol and its cards can promise. `programme`: the panel has hours of what it shall show, and plays them by
 * itself. `message`: it has one message at a time, until that one's end; we act at each boundary. `frame`: it lights what it
 * was sent last. `carried`: it goes round what a person put in, and only that person knows.
 */
export interface Capabilities {
  readonly kind: "programme" | "message" | "frame" | "carried";
  /** It says what is lit, dot for dot. Without that "sent" is never "confirmed". */
  readonly readBack: boolean;
  /** Nobody else on the line can make it light something. */
  readonly authenticated: boolean;
  /** It never says a word: whether it is there is not known. Absent: it answers, or streams. */
  readonly oneWay?: true;
  /**
   * What becomes of a message when nobody reaches the panel any more: it ends to the millisecond; by a time-out of whole
   * seconds; when the stream stops, or some seconds later; or not at all, until the power is cut.
   */
  readonly ends: "exactly" | "by-timeout" | "with-the-stream" | "never";
  /** Movements are dot for dot and millisecond for millisecond; as the card does them; or pages that stand. */
  readonly motion: "exact" | "card" | "pages";
  /** It is sent characters and draws them itself: which ones is what was signed, their strokes are the card's. Absent: it lights our dots. */
  readonly glyphs?: "own";
}

/** What a driver's reader gives: a line, or a frame's bytes; so many of them. */
export interface ReplyBytes {
  readonly length: number;
}

/** Replies of one line, cut out of its bytes. It never throws, and what it keeps of an unfinished one is bounded. */
export interface ReplyReader<Reply extends ReplyBytes> {
  /** What these bytes complete, in order. They are another's again afterwards: whatever is kept of them is a copy. */
  read(bytes: Uint8Array): readonly Reply[];
}

/**
 * A protocol that asks and is answered: pure. `State` is immutable and belongs to one connection: a new connection starts
 * from `connect`. `delivery/` calls `ask`, sends the bytes, and calls `reply` with the reader's next accepted reply or `silence`.
 *
 * All kinds get the same goal. To one of kind `message`, `wanted` is the turn that is on and no more: a programme of one
 * span and one message, which ends with it; or one without any span where nothing is on.
 */
export interface PanelDriver<State, Reply extends ReplyBytes> {
  readonly name: string;
  readonly capabilities: Capabilities & { readonly kind: "programme" | "message" };
  createReader(): ReplyReader<Reply>;
  /** `firstSeq`, 1–65535: later than any of the connection before, whose replies may still be under way. */
  connect(panel: PanelIdentity, firstSeq: number): State;
  /** null: nothing to say now. */
  ask(state: State, goal: Goal): { readonly state: State; readonly exchange: Exchange } | null;
  /** Does this reply answer this exchange? `noise`: damaged; `other`: an answer to something earlier. */
  accepts(state: State, exchange: Exchange, reply: Reply): "yes" | "noise" | "other";
  reply(state: State, exchange: Exchange, reply: Reply, timing: Timing): Outcome<State>;
  /** The line took an exchange that is `unanswered`: all that will ever be known of it. */
  sent?(state: State, exchange: Exchange, timing: Timing): Outcome<State>;
  /** What is said at once to a word that nobody asked for (a heartbeat), which is then no reply; null: it is one. */
  unasked?(reply: Reply): Uint8Array | null;
  /** When it will have something to say by itself, an instant; absent, null: not before the goal is another one. */
  wakes?(state: State, goal: Goal): Instant | null;
  /** The exchange timed out; the next `ask` repeats what is safe to repeat or begins again. */
  silence(state: State, exchange: Exchange): State;
  /** The panel plays the right programme and lights the wrong dots: see that all of it is there. */
  doubt(state: State): State;
}

/**
 * A protocol that streams what is lit, and is not answered: pure. `State` has its sequence numbers.
 * What it makes of a frame is sent in order: each its own datagram, or one after the other on a serial line.
 */
export interface StreamDriver<State> {
  readonly name: string;
  readonly capabilities: Capabilities & { readonly kind: "frame" };
  /** A panel that hears nothing for longer than this shows something of its own: what stands is sent again so often, ms. */
  readonly refreshMs: number;
  /** So many pictures a second at most. */
  readonly perSecond: number;
  start(panel: PanelIdentity): State;
  frame(state: State, lit: Cleared<Frame>): { readonly state: State; readonly packets: readonly Uint8Array[] };
  /** Black, and a word of good-bye where the protocol has one, after which the panel is others'. */
  end(state: State): readonly Uint8Array[];
  /** The multicast group that a packet of its own belongs to, a numeric address; absent: the protocol has none. */
  group?(packet: Uint8Array): string;
  /**
   * `heard`: the last bytes from the far end, as Latin-1. It has changed the speed of the line, taking damaged pixels for a
   * command: what it is now, bits a second, and the word that, said at that speed, brings it back to ours. null: it has not.
   */
  astray?(heard: string, bitsPerSecond: number): { readonly bitsPerSecond: number; readonly back: Uint8Array } | null;
}

/** On our board clock, a monotonic clock's time apart: a clock that is set meanwhile does not stretch the round trip. */
export interface Timing {
  readonly askedAt: Instant;
  readonly heardAt: Instant;
}

/** A panel's STATUS, captured atomically on its side, and when we asked and heard. */
export interface PanelStatus extends Timing {
  readonly panelTime: Instant;
  readonly bootId: string;
  /** Hex programme id (`programmeId`), null when bare. */
  readonly programme: string | null;
  readonly message: MessageHash | null;
  readonly why: "turn" | "blank" | "dark" | "bare";
  readonly frameCrc: number;
  /** Its clock is within 250 ms and half of the round trip of ours. */
  readonly clockRight: boolean;
}

export interface Fact {
  readonly message: MessageHash;
  /** null for blank (closed, dark). */
  readonly notice: string | null;
  readonly at: Instant;
}
/** What a board would go on showing if nobody reached it any more, as far as is known. */
export interface Holding {
  /** Programmes of which it may have any, and would play it to its end. */
  readonly may: readonly Wanted[];
  /** Nothing beside `may`; false: it may still have something from before we began. */
  readonly known: boolean;
  /** Read back last, and right; `at`: the panel's own time. null: never yet, or nothing is read back from it. */
  readonly readBack: { readonly wanted: Wanted; readonly at: Instant } | null;
  readonly via: "line" | "page" | "file";
}

/** Never one green light for three facts. */
export interface BoardFacts {
  readonly intended: Fact;
  readonly sent: Fact | null;
  readonly confirmed: Fact | null;
  /** What stands in the way, newest first, at most `limits.faultsPerBoard`. */
  readonly faults: readonly { readonly fault: Fault; readonly at: Instant }[];
  /** Since the dark switch was asked for: when the panel was first read back as dark by it, board clock. Absent, null: not yet. */
  readonly dark?: Instant | null;
  /** `one-way`: it is sent to, and nobody answers: whether a panel is there is not known. */
  readonly link: "connected" | "one-way" | "connecting" | "waiting" | "browser" | "carried" | "down";
}
