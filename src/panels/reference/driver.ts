/** Reference protocol v1 as a pure driver. What to say next is in `plan.ts`, what replies mean in `replies.ts`. Nothing here waits or retries. */
import { limits } from "../../limits.ts";
import type { Exchange, PanelDriver, PanelIdentity } from "../contract.ts";
import { type Command, encodeFrame, encodeFrames, seqAfter } from "./codec.ts";
import { plan } from "./plan.ts";
import { createReader } from "./reader.ts";
import type { Reply } from "./reply.ts";
import { type Answered, heard, isUpload, refused, replyTimeoutMs } from "./replies.ts";
import { copyOf, firstState, type Progress, type State, unacquainted } from "./state.ts";

export type { State } from "./state.ts";

export const referenceDriver: PanelDriver<State, Reply> = {
  name: "reference",
  capabilities: { kind: "programme", readBack: true, authenticated: false, ends: "exactly", motion: "exact" },
  createReader,
  connect: firstState,

  ask(state, goal) {
    const planned = plan(state, goal);
    if (!planned) return null;
    const { upload, commands: asked } = planned;
    const seq = goal.seq ?? state.seq;
    const exchange = new Said(asked, seq, state.panel);
    const next = copyOf(state);
    next.upload = upload;
    next.asked = asked;
    next.broken = false;
    next.seq = seqAfter(seq, asked.length);
    if (state.boot === null) next.blind = blindAfter(state.blind, asked[0], goal.dark);
    return { state: next, exchange };
  },

  accepts(state, exchange, reply) {
    if (!reply.whole) return "noise";
    const at = placeOf(reply.seq, exchange);
    return reply.seq !== 0 && at >= state.heard && at < state.asked.length ? "yes" : "other";
  },

  reply(state, exchange, reply, timing) {
    const at = placeOf(reply.seq, exchange);
    const command = state.asked[at];
    if (!command) return { state, faults: [] };
    const missed = at > state.heard;
    const known = missed ? lost(state, at) : state;
    const then = at + 1 < state.asked.length ? { asked: state.asked, heard: at + 1 } : over;
    const outcome =
      (reply.ok ? heard(known, command, reply, timing, then) : null) ??
      failed(known, command, reply, timing.heardAt, then);
    if (then.heard > 0) outcome.more = true;
    if (missed) outcome.missed = true;
    return outcome;
  },

  silence(state) {
    const next = { ...lost(state, state.asked.length), ...over };
    return state.boot === null ? unacquainted(next) : next;
  },

  doubt: (state) => ({ ...state, active: null, held: [], upload: null }),
};

/** Nothing is under way. */
const over: Progress = { asked: [], heard: 0 };

/** What is to come of it that it is not known yet, once `command` is said. */
function blindAfter(before: State["blind"], command: Command | undefined, dark: boolean): State["blind"] {
  if (command?.verb === "blank") return "said";
  return dark && before === "no" ? "wanted" : before;
}

/** Which of its commands a number is; one of another exchange: none. */
function placeOf(seq: number, exchange: Exchange): number {
  return (seq - exchange.seq + 0xffff) % 0xffff;
}

/** Refused, or answered as no panel of this version would. Behind one that failed that is no news of an upload. */
function failed(state: State, command: Command, reply: Reply, now: number, { asked, heard }: Progress): Answered {
  const broken = { ...state, broken: true, asked, heard };
  if (state.broken && isUpload(command)) return { state: broken, faults: [] };
  // Something that the protocol requires is missing or makes no sense (SPEC §3.4).
  return refused(broken, command, reply.ok ? null : reply, labelOf(command), now);
}

/** Those before the `until`th whose replies never came. Every verb may be repeated (SPEC §2.5); but whether they were obeyed is not known. */
function lost(state: State, until: number): State {
  let { active, held, dark } = state;
  for (const { verb } of state.asked.slice(state.heard, until)) {
    if (verb === "activate") [active, held] = [null, []];
    else if (verb === "blank") dark = null;
  }
  return { ...state, active, held, dark, broken: true };
}

/** There may be a thousand: what is only told of when something is wrong is worked out then. */
class Said implements Exchange {
  readonly seq: number;
  readonly bytes: Uint8Array;
  readonly timeoutMs: number;
  readonly #commands: readonly Command[];

  constructor(commands: readonly Command[], seq: number, panel: PanelIdentity) {
    const [first] = commands;
    this.#commands = commands;
    this.seq = seq;
    let bytes = encodeFrames(commands, seq, panel.address);
    // The panel sets its clock when the frame's last byte arrives (SPEC §4.2).
    const lateMs = lineMs(panel, bytes.length);
    if (first?.verb === "clock" && lateMs > 0)
      bytes = encodeFrame({ verb: "clock", timeMs: first.timeMs + lateMs }, seq, panel.address);
    this.bytes = bytes;
    this.timeoutMs = replyTimeoutMs + lineMs(panel, bytes.length + limits.replyLineBytes);
  }

  get questions(): number {
    return this.#commands.length;
  }

  get activates(): string | undefined {
    const command = this.#commands.findLast(({ verb }) => verb === "activate");
    return command?.verb === "activate" ? command.hash : undefined;
  }

  get label(): string {
    const [first, ...more] = this.#commands.map(labelOf);
    return more.length === 0 ? (first ?? "") : `${first} \u2026 ${more.at(-1)}`;
  }
}

/** Time that `bytes` need on the line, ms; 8N1 is ten bits a byte. */
function lineMs(panel: PanelIdentity, bytes: number): number {
  return panel.bitsPerSecond === null ? 0 : Math.round((bytes * 10_000) / panel.bitsPerSecond);
}

function labelOf(command: Command): string {
  switch (command.verb) {
    case "put":
    case "stage":
      return `${command.verb.toUpperCase()} ${command.hash.slice(0, 8)} ${command.offset}/${command.total}`;
    case "activate":
      return `ACTIVATE ${command.hash.slice(0, 8)}`;
    case "have":
      return `HAVE ${command.hashes.length}`;
    default:
      return command.verb.toUpperCase();
  }
}
