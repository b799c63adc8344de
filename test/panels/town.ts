/** A board, its seals, a simulated panel and the line between them, on a clock that tests move. */
import { type Duplex, duplexPair } from "node:stream";
import { vi } from "vitest";
import { makeMessage, type Message, type Shape, type Span } from "../../src/message/index.ts";
import type { SealVerdict } from "../../src/notices/types.ts";
import type { PanelIdentity, PlayEvent, Wanted } from "../../src/panels/contract.ts";
import type { Seals } from "../../src/panels/delivery/clear.ts";
import { type PanelLoop, startPanelLoop } from "../../src/panels/delivery/panel-loop.ts";
import type { Link } from "../../src/panels/links/link.ts";
import { referenceDriver } from "../../src/panels/reference/driver.ts";
import { type LineFaults, serveLine } from "../../src/panels/reference/simulator/line.ts";
import { SimulatedPanel } from "../../src/panels/reference/simulator/panel.ts";
import { type Frame, FrameReader } from "../../src/panels/reference/simulator/wire.ts";

export const shape: Shape = { width: 32, height: 8, colour: "mono" };
export const base = Date.UTC(2017, 10, 6, 0, 30);

/** A held picture of one repeated byte; `rows` makes it long: a strip of so many rows that scrolls up. */
export function picture(byte: number, holdMs = 1000, rows = 8, of = shape): Message {
  const stride = Math.ceil(of.width / 8);
  const pixels = new Uint8Array(stride * rows).fill(byte);
  // Every row says where it is, so that a frame CRC tells one place of a strip from another.
  for (let row = 0; row < rows; row++) pixels[row * stride] = row & 0xff;
  const motion = rows === of.height ? "hold" : "scroll-up";
  const bitmap = { width: of.width, height: rows, format: "mono1", pixels, palette: new Uint8Array(0) } as const;
  return makeMessage(of, [
    { bitmap, motion, msPerPx: motion === "hold" ? 0 : 50, holdMs, step: 0, window: null, fields: [] },
  ]);
}

export interface Part {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly show: readonly (readonly [notice: string, message: Message])[];
}

/** Parts of a programme in order, each with its notices in turn. */
export function wantedOf(parts: readonly Part[], change: Partial<Wanted> = {}): Wanted {
  const messages = new Map(parts.flatMap(({ show }) => show.map(([, message]) => [message.hash, message] as const)));
  const hashes = [...messages.keys()];
  const spans = parts.map(({ fromMs, untilMs, show }): Span => {
    let endMs = 0;
    const turns = show.map(([, message]) => {
      endMs += message.durationMs;
      return { message: hashes.indexOf(message.hash), endMs };
    });
    return { startMs: fromMs, endMs: untilMs, leadMs: 0, turns, utcOffsetMin: 480 };
  });
  return {
    board: "B1",
    programme: { shape, base, endMs: parts.at(-1)?.untilMs ?? 0, messages: hashes, spans },
    owners: parts.map(({ show }) => show.map(([notice]) => notice)),
    messages,
    dark: false,
    ...change,
  };
}

/** Whatever it was told of: signed for B1 from long ago until long after; a test changes single verdicts. */
export class FakeSeals implements Seals {
  readonly verdicts = new Map<string, SealVerdict>();
  asked = 0;

  sign(notice: string, message: Message, change: Partial<Extract<SealVerdict, { ok: true }>> = {}): void {
    this.verdicts.set(notice, {
      ok: true,
      envelope: { boards: ["B1"], from: base - 1e9, until: base + 1e9, bestPriority: 0 },
      pixels: new Map([["B1", message.hash]]),
      signedAt: base - 1e9,
      withdrawnAt: null,
      supersededAt: null,
      ...change,
    });
  }
  verdict(notice: string): SealVerdict {
    this.asked++;
    return this.verdicts.get(notice) ?? { ok: false, why: "unknown-notice" };
  }
}

/** Signs all of it. */
export function sealed(seals: FakeSeals, wanted: Wanted): Wanted {
  for (const [index, span] of wanted.programme.spans.entries())
    for (const [place, turn] of span.turns.entries()) {
      const message = wanted.messages.get(wanted.programme.messages[turn.message] ?? "");
      if (message) seals.sign(wanted.owners[index]?.[place] ?? "", message);
    }
  return wanted;
}

const verbNames = ["", "HELLO", "CLOCK", "HAVE", "PUT", "STAGE", "ACTIVATE", "STATUS", "BLANK"];

/** One panel, its line and its loop. Begin with `vi.useFakeTimers(fakes)`. */
export class Town {
  readonly seals = new FakeSeals();
  readonly panel: SimulatedPanel;
  readonly loop: PanelLoop;
  readonly faults: LineFaults = {
    cutAfterBytes: null,
    cutAfterReplyBytes: null,
    deafUntilMs: 0,
    corruptReplies: 0,
    loseReplies: 0,
    noisyBytes: 0,
  };
  /** What the panel was asked, since the start. */
  readonly heard: Frame[] = [];
  /** Set: nobody answers the dial. */
  unplugged: boolean;
  /** The daemon's end of the newest connection. */
  near: Duplex | null = null;
  far: Duplex | null = null;
  /** Every fault that was ever shown. */
  readonly seen = new Set<string>();
  clockErrorMs = 0;

  constructor(
    options: {
      readonly ramBytes?: number;
      readonly baud?: number;
      readonly unplugged?: boolean;
      readonly seals?: Seals;
      /** A panel that another daemon left behind. */
      readonly panel?: SimulatedPanel;
      readonly identity?: Partial<PanelIdentity>;
      /** The line takes questions back to back; absent: as TCP does, where it is no serial line. */
      readonly backToBack?: boolean;
      /** A panel whose buffer is small: so many bytes are read at a time, and what is behind them waits. */
      readonly sips?: { readonly bytes: number; readonly eachMs: number };
      readonly witness?: (event: PlayEvent) => void;
      /** Of an office whose boards all go by it; absent: it begins with this town. */
      readonly now?: () => number;
    } = {},
  ) {
    let boots = 0;
    this.unplugged = options.unplugged ?? false;
    this.panel =
      options.panel ??
      new SimulatedPanel({
        id: "B1",
        shape,
        address: 1,
        ramBytes: options.ramBytes ?? 4 * 1024 * 1024,
        monotonicMs: () => performance.now(),
        newBootId: () => (++boots).toString(16).padStart(8, "0"),
      });
    const started = performance.now();
    const passed = options.now ?? (() => base + Math.floor(performance.now() - started));
    const clock = { now: () => passed() + this.clockErrorMs };
    const bitsPerSecond = options.baud ?? null;
    const panel = { board: "B1", shape, address: 1, where: "memory", bitsPerSecond, ...options.identity };
    this.loop = startPanelLoop(
      {
        panel,
        link: {
          ...this.link(bitsPerSecond, options.sips ?? null),
          ...((options.backToBack ?? options.baud === undefined) && { backToBack: true as const }),
        },
        driver: referenceDriver,
        seals: options.seals ?? this.seals,
        clock,
        random: () => 0.5,
        ...(options.witness && { witness: options.witness }),
        changed: () => {
          for (const code of this.faultCodes()) this.seen.add(code);
        },
      },
      { ...wantedOf([]), board: "B1" },
    );
  }

  private link(bitsPerSecond: number | null, sips: { readonly bytes: number; readonly eachMs: number } | null): Link {
    return {
      where: "memory",
      bitsPerSecond,
      open: async () => {
        if (this.unplugged) throw new Error("unplugged");
        const [near, far] = duplexPair();
        this.near = near;
        this.far = far;
        far.on("error", () => {});
        far.once("close", () => near.destroy());
        near.once("close", () => far.destroy());
        const reader = new FrameReader();
        const hear = (byte: number) => {
          const frame = reader.feed(byte);
          if (frame) this.heard.push(frame);
          return frame ? this.panel.handle(frame) : null;
        };
        if (sips) {
          const timer = setInterval(() => {
            for (const byte of (far.read(sips.bytes) ?? far.read() ?? []) as Uint8Array) far.write(hear(byte) ?? "");
          }, sips.eachMs);
          far.once("close", () => clearInterval(timer));
        } else
          far.once(
            "close",
            serveLine(far, bitsPerSecond, this.faults, () => performance.now(), hear),
          );
        return near;
      },
      stop: async () => {},
    };
  }

  /** Verbs heard by the panel, in order, each run of one verb once. */
  get verbs(): string {
    const names = this.heard.map(({ verb }) => verbNames[verb] ?? "?");
    return names.filter((name, index) => name !== names[index - 1]).join(" ");
  }

  faultCodes(): string[] {
    // The loop tells of its first changes while it is being made.
    return (this.loop as PanelLoop | undefined)?.facts().faults.map(({ fault }) => fault.code) ?? [];
  }

  async stop(): Promise<void> {
    let done = false;
    const stopping = this.loop.stop().then(() => {
      done = true;
    });
    for (let round = 0; round < 200 && !done; round++) await breathe();
    await stopping;
  }
}

/** What is faked: time. Streams go on by themselves. */
export const fakes: Parameters<typeof vi.useFakeTimers>[0] = {
  toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance", "Date"],
};

async function breathe(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets everything happen that needs no time. */
export async function settle(...towns: readonly Town[]): Promise<void> {
  let before = -1;
  for (let round = 0; round < 5000; round++) {
    await breathe();
    const now = towns.reduce((sum, { heard, loop }) => sum + heard.length + loop.counters.connections, 0);
    if (now === before) return;
    before = now;
  }
  throw new Error("never comes to rest");
}

/** Moves time on, in steps small enough for a line to keep up. */
export async function advance(ms: number, ...towns: readonly Town[]): Promise<void> {
  const stepMs = Math.min(100, ms);
  for (let left = ms; left > 0; left -= stepMs) {
    vi.advanceTimersByTime(Math.min(stepMs, left));
    await settle(...towns);
  }
}

/** Moves time on until it is so; fails after `mostMs`. */
export async function until(what: () => boolean, town: Town, mostMs = 60_000): Promise<number> {
  await settle(town);
  for (let passed = 0; passed <= mostMs; passed += 100) {
    if (what()) return passed;
    await advance(100, town);
  }
  throw new Error(`not within ${mostMs} ms: ${what}; faults: ${town.faultCodes().join(" ")}; heard: ${town.verbs}`);
}

/** For real time: looks every few milliseconds, and fails after twenty seconds. */
export async function poll(what: () => boolean, name: string): Promise<void> {
  for (let round = 0; round < 2000; round++) {
    if (what()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never: ${name}`);
}
