/** The other side of the driver, played by hand: hears what it says, answers what the test wants. */
import { expect } from "vitest";
import { programmeId } from "../../src/message/index.ts";
import type { Cleared, Goal, Outcome, PanelIdentity, Wanted } from "../../src/panels/contract.ts";
import { referenceDriver, type State } from "../../src/panels/reference/driver.ts";
import { Reply } from "../../src/panels/reference/reply.ts";
import { FrameReader, replyLine } from "../../src/panels/reference/simulator/wire.ts";
import { base, picture, shape, wantedOf } from "./town.ts";

export const identity: PanelIdentity = { board: "B1", shape, address: 7, where: "test", bitsPerSecond: null };
export const boot = "5eed0001";
export const hello = {
  proto: 1,
  id: "x",
  w: 32,
  h: 8,
  colour: "mono",
  ram: 4194304,
  messages: 512,
  programme: 524288,
  payload: 1024,
  boot,
};
export const status = (change: Record<string, string | number> = {}) => ({
  time: base,
  prog: "-",
  msg: "-",
  why: "bare",
  crc: "00000000",
  boot,
  dark: 0,
  ...change,
});
export const [red, blue] = [picture(0x0f), picture(0xf0)];
export const two = wantedOf([
  {
    fromMs: 0,
    untilMs: 60_000,
    show: [
      ["R1", red],
      ["R2", blue],
    ],
  },
]);
export const one = wantedOf([{ fromMs: 0, untilMs: 60_000, show: [["R1", red]] }]);
// For the driver alone: what it is given here never comes near a link.
export const cleared = (wanted: Wanted): Cleared<Wanted> => Object.assign({ ...wanted }) as never;
const verbNames = ["", "HELLO", "CLOCK", "HAVE", "PUT", "STAGE", "ACTIVATE", "STATUS", "BLANK"];

export type Fields = Record<string, string | number>;
type Heard = { readonly ok: Fields } | { readonly err: Fields } | "silence";

/** Plays one side of a conversation by hand. */
export class Hand {
  state: State = referenceDriver.connect(identity, 1);
  goal: Goal = { wanted: null, dark: false, pollDue: false, now: base };
  last: Outcome<State> | null = null;

  constructor(change: Partial<PanelIdentity> = {}) {
    this.state = referenceDriver.connect({ ...identity, ...change }, 1);
  }

  /** What it says next: "PUT 0/34"; null: nothing. Then hears `heard`. */
  say(heard: Heard, goal: Partial<Goal> = {}): string | null {
    this.goal = { ...this.goal, ...goal };
    const step = referenceDriver.ask(this.state, this.goal);
    if (!step) return null;
    const reader = new FrameReader();
    const frame = [...step.exchange.bytes].flatMap((byte) => reader.feed(byte) ?? [])[0];
    if (!frame) throw new Error("no frame");
    expect(frame).toMatchObject({ version: 1, address: 7, seq: step.exchange.seq });
    this.state = step.state;
    if (heard === "silence") this.state = referenceDriver.silence(this.state, step.exchange);
    else {
      const reply = replyOf(
        "ok" in heard ? replyLine(frame.seq, true, heard.ok) : replyLine(frame.seq, false, heard.err),
      );
      expect(referenceDriver.accepts(this.state, step.exchange, reply)).toBe("yes");
      const timing = { askedAt: this.goal.now, heardAt: this.goal.now };
      this.last = referenceDriver.reply(this.state, step.exchange, reply, timing);
      this.state = this.last.state;
    }
    const view = new DataView(frame.payload.buffer);
    const place =
      frame.verb === 4 || frame.verb === 5 ? ` ${view.getUint32(36, true)}/${view.getUint32(32, true)}` : "";
    const dark = frame.verb === 8 ? ` ${frame.payload[0]}` : "";
    return `${verbNames[frame.verb]}${place}${dark}`;
  }

  /** Up to a bare panel with its clock set. */
  greet(): this {
    expect(this.say({ ok: hello })).toBe("HELLO");
    expect(this.say({ ok: { time: base } })).toBe("CLOCK");
    expect(this.say({ ok: status() }, { pollDue: true })).toBe("STATUS");
    this.goal = { ...this.goal, pollDue: false };
    return this;
  }
}

export const size = red.bytes.length;
export const idOf = (wanted: Wanted) => programmeId(wanted.programme);
/** Lengths of the two programmes' bytes: head, hashes, one span with its turns. */
export const [oneBytes, twoBytes] = [24 + 32 + 16 + 6, 24 + 64 + 16 + 12];

const alone = (line: string) => new Reply(Buffer.from(line, "latin1"), line, 0, line.length);

/** A line, alone in what was read, with or without its end. */
export const replyOf = (line: string): Reply => alone(line.trimEnd());

/** A line without its end; null: it is no reply. */
export function parseReply(line: string): Reply | null {
  const reply = alone(line);
  return reply.whole ? reply : null;
}
