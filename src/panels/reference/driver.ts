/** Reference protocol v1 as a pure driver: what to say next. What replies mean is in `replies.ts`. Nothing here waits or retries. */
import { limits } from "../../limits.ts";
import type { Cleared, Exchange, Goal, PanelDriver, PanelIdentity, Wanted } from "../contract.ts";
import { identified } from "../identified.ts";
import { type Command, chunkHeadBytes, encodeFrame, hashBytes, parseReply } from "./codec.ts";
import { createReader } from "./reader.ts";
import { heard, refusalWaitMaxMs, refused } from "./replies.ts";
import { firstState, type State, type Upload } from "./state.ts";

export type { State } from "./state.ts";

const replyTimeoutMs = 1500;

export const referenceDriver: PanelDriver<State> = {
  name: "reference",
  capabilities: { kind: "programme", readBack: true, authenticated: false, ends: "exactly", motion: "exact" },
  createReader,
  connect: firstState,

  ask(state, goal) {
    const planned = plan(state, goal);
    if (!planned) return null;
    const [prepared, command] = planned;
    const { panel } = state;
    const seq = goal.seq ?? state.seq;
    let bytes = encodeFrame(command, seq, panel.address);
    // The panel sets its clock when the frame's last byte arrives (SPEC §4.2).
    const lateMs = lineMs(panel, bytes.length);
    if (command.verb === "clock" && lateMs > 0)
      bytes = encodeFrame({ verb: "clock", timeMs: command.timeMs + lateMs }, seq, panel.address);
    const exchange: Exchange = {
      seq,
      bytes,
      label: labelOf(command),
      timeoutMs: replyTimeoutMs + lineMs(panel, bytes.length + limits.replyLineBytes),
      ...(command.verb === "activate" && { activates: command.hash }),
    };
    return { state: { ...prepared, asked: command, seq: (seq % 0xffff) + 1 }, exchange };
  },

  accepts(_state, exchange, line) {
    const reply = parseReply(line);
    return reply === null ? "noise" : reply.seq === exchange.seq ? "yes" : "other";
  },

  reply(state, exchange, line, timing) {
    const reply = parseReply(line);
    const command = state.asked;
    if (!reply || !command) return { state, faults: [] };
    const outcome = reply.ok
      ? heard(state, command, reply.fields, timing)
      : refused(state, command, reply.fields, exchange.label, timing.heardAt);
    // Something that the protocol requires is missing or makes no sense (SPEC §3.4).
    return outcome ?? refused(state, command, { code: "malformed" }, exchange.label, timing.heardAt);
  },

  /** Every verb may be repeated (SPEC §2.5); but whether it was obeyed is not known. */
  silence(state) {
    if (state.asked?.verb === "activate") return { ...state, active: null };
    return state.asked?.verb === "blank" ? { ...state, dark: null } : state;
  },

  doubt: (state) => ({ ...state, active: null, upload: null }),
};

/** The next thing to say, most needed first. */
function plan(state: State, goal: Goal): [State, Command] | null {
  const may = (verb: Command["verb"]) => !(waits(state, goal.now) && state.refusal?.verb === verb);
  if (state.boot === null) return may("hello") ? [state, { verb: "hello" }] : null;
  if (goal.dark && state.dark !== true && may("blank")) return [state, { verb: "blank", dark: true }];
  if (state.clockDue && may("clock")) return [state, { verb: "clock", timeMs: goal.now }];
  if (goal.pollDue && may("status")) return [state, { verb: "status" }];
  const { wanted } = goal;
  if (!wanted || goal.dark) return null;
  const { id } = identified(wanted.programme);
  if (state.active !== id)
    return waits(state, goal.now) && state.refusal?.programme === id ? null : upload(state, wanted);
  // Light again only with what is wanted underneath.
  return state.dark !== false && may("blank") ? [state, { verb: "blank", dark: false }] : null;
}

function waits({ refusal }: State, now: number): boolean {
  const waitMs = refusal === null ? 0 : refusal.waitUntil - now;
  // A clock that was set back must not make the wait longer than it can be.
  return waitMs > 0 && waitMs <= refusalWaitMaxMs;
}

/** Stage the programme, ask what is there, send what is not, switch: the newest wanted, whatever was under way. */
function upload(state: State, wanted: Cleared<Wanted>): [State, Command] {
  const { id, bytes } = identified(wanted.programme);
  const unknown = wanted.programme.messages;
  const fresh: Upload = { id, unknown, missing: [], put: 0, staged: 0, stagedWhole: false, missteps: 0 };
  const at = state.upload?.id === id ? state.upload : fresh;
  const next = { ...state, upload: at };
  const chunkMax = state.payloadBytes - chunkHeadBytes;
  if (!at.stagedWhole) {
    const data = bytes.subarray(at.staged, at.staged + chunkMax);
    return [next, { verb: "stage", hash: id, total: bytes.length, offset: at.staged, data }];
  }
  if (at.unknown.length > 0)
    return [next, { verb: "have", hashes: at.unknown.slice(0, Math.floor(state.payloadBytes / hashBytes)) }];
  const [hash] = at.missing;
  if (hash === undefined) return [next, { verb: "activate", hash: id }];
  const message = wanted.messages.get(hash)?.bytes ?? new Uint8Array(0);
  const data = message.subarray(at.put, at.put + chunkMax);
  return [next, { verb: "put", hash, total: message.length, offset: at.put, data }];
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
