/** What to say next to a panel of the reference protocol, and what may be said behind it before it has answered. */
import { limits } from "../../limits.ts";
import type { Cleared, Goal, Wanted } from "../contract.ts";
import { identified } from "../identified.ts";
import { type Command, chunkHeadBytes, frameBytesMost, hashBytes } from "./codec.ts";
import { refusalWaitMaxMs } from "./replies.ts";
import { reached, type State, type Upload } from "./state.ts";

/** Beside the messages of an upload that leaves in one go: STAGE's, ACTIVATE's and STATUS's own bytes. */
const aroundBytes = frameBytesMost(chunkHeadBytes) + frameBytesMost(hashBytes) + frameBytesMost(0);

/** The next things to say, the most needed first; of several, each is right whatever becomes of those before it (SPEC §2.5). */
export function plan(state: State, goal: Goal): Plan | null {
  const first = next(state, goal);
  if (!first) return null;
  const { upload, command } = first;
  const commands = [command];
  const planned = { upload, commands };
  const { ahead } = goal;
  if (ahead === undefined || state.boot === null) return planned;
  let bytes = bytesOf(command);
  let by = upload;
  for (let last = command; commands.length < limits.aheadQuestions; ) {
    if (by !== null) by = reached(by, last);
    const then = behind(last, by, state, goal);
    if (then === null) break;
    bytes += bytesOf(then);
    if (bytes > ahead) break;
    commands.push(then);
    last = then;
  }
  return planned;
}

/** `upload`: as it is before any of it is answered. */
interface Plan {
  readonly upload: Upload | null;
  readonly commands: readonly Command[];
}

function next(state: State, goal: Goal): { readonly upload: Upload | null; readonly command: Command } | null {
  const command = alone(state, goal);
  if (command !== "upload") return command && { upload: state.upload, command };
  const { wanted } = goal;
  if (!wanted) return null;
  const { id } = identified(wanted.programme);
  const upload = state.upload?.id === id ? state.upload : begun(id, state, goal, wanted);
  return { upload, command: ofUpload(upload, state, wanted) };
}

/** What is needed most; `upload`: what is wanted is to be brought. */
function alone(state: State, goal: Goal): Command | "upload" | null {
  const may = (verb: Command["verb"]) => isOpen(state, goal, verb);
  if (state.boot === null) {
    // It may hear us though nobody hears it.
    if (state.blind === "due" && goal.dark && state.dark !== true) return { verb: "blank", dark: true };
    return may("hello") ? { verb: "hello" } : null;
  }
  if (goal.dark && state.dark !== true && may("blank")) return { verb: "blank", dark: true };
  if (state.clockDue && may("clock")) return { verb: "clock", timeMs: goal.now };
  if (goal.pollDue && may("status")) return { verb: "status" };
  const { wanted } = goal;
  if (!wanted || goal.dark) return null;
  const { id } = identified(wanted.programme);
  if (state.active !== id) return waits(state, goal.now) && state.refusal?.programme === id ? null : "upload";
  // Light again only with what is wanted underneath.
  return state.dark !== false && may("blank") ? { verb: "blank", dark: false } : null;
}

/**
 * What may follow `last` unheard. `upload` as it would be by then. Never BLANK 0 behind an ACTIVATE that may fail: it would
 * light what was there before.
 */
function behind(last: Command, upload: Upload | null, state: State, goal: Goal): Command | null {
  const { wanted } = goal;
  switch (last.verb) {
    case "stage":
    case "put":
      return upload && wanted && ofUpload(upload, state, wanted);
    case "activate":
    case "blank":
    case "clock":
      // A clock that was wrong is seen to be right at the next round, so that it is told of for a while.
      return isOpen(state, goal, "status") && (last.verb !== "clock" || goal.pollDue) ? { verb: "status" } : null;
    default:
      return null;
  }
}

function isOpen(state: State, goal: Goal, verb: Command["verb"]): boolean {
  return state.refusal === null || state.refusal.verb !== verb || !waits(state, goal.now);
}

function waits({ refusal }: State, now: number): boolean {
  const waitMs = refusal === null ? 0 : refusal.waitUntil - now;
  // A clock that was set back must not make the wait longer than it can be.
  return waitMs > 0 && waitMs <= refusalWaitMaxMs;
}

/**
 * A new upload, whatever was under way. Where all that the panel is not known to have goes in one write, asking for it first
 * would cost more than it saves: a message that is there already is answered so at its first piece (SPEC §4.4).
 */
function begun(id: string, { held }: State, { ahead }: Goal, wanted: Cleared<Wanted>): Upload {
  const names = wanted.programme.messages;
  const lacking = ahead === undefined ? null : lackingOf(wanted, held, ahead);
  const [unknown, missing] = lacking === null ? [names, none] : [none, lacking];
  return { id, names, unknown, missing, put: 0, staged: 0, stagedWhole: false, missteps: 0 };
}

/** What is not among `held`; null: more than goes in one write. */
function lackingOf(wanted: Cleared<Wanted>, held: readonly string[], ahead: number): readonly string[] | null {
  const lacking: string[] = [];
  const bytesMost = Math.min(ahead, limits.aheadBytesLeast);
  let bytes = aroundBytes + identified(wanted.programme).bytes.length;
  for (const name of wanted.programme.messages) {
    if (held.includes(name) || lacking.includes(name)) continue;
    lacking.push(name);
    bytes += frameBytesMost(chunkHeadBytes) + (wanted.messages.get(name)?.bytes.length ?? 0);
    if (bytes > bytesMost || lacking.length + 3 > limits.aheadQuestions) return null;
  }
  return lacking;
}

const none: readonly string[] = [];

/** Stage the programme, ask what is there, send what is not, switch. */
function ofUpload(at: Upload, { payloadBytes }: State, wanted: Cleared<Wanted>): Command {
  const chunkMax = payloadBytes - chunkHeadBytes;
  if (!at.stagedWhole) {
    const { bytes } = identified(wanted.programme);
    return {
      verb: "stage",
      hash: at.id,
      total: bytes.length,
      offset: at.staged,
      data: piece(bytes, at.staged, chunkMax),
    };
  }
  if (at.unknown.length > 0) return { verb: "have", hashes: at.unknown.slice(0, Math.floor(payloadBytes / hashBytes)) };
  const [hash] = at.missing;
  if (hash === undefined) return { verb: "activate", hash: at.id };
  const message = wanted.messages.get(hash)?.bytes ?? new Uint8Array(0);
  return { verb: "put", hash, total: message.length, offset: at.put, data: piece(message, at.put, chunkMax) };
}

function piece(bytes: Uint8Array, from: number, most: number): Uint8Array {
  return from === 0 && bytes.length <= most ? bytes : bytes.subarray(from, from + most);
}

function bytesOf(command: Command): number {
  switch (command.verb) {
    case "stage":
    case "put":
      return frameBytesMost(chunkHeadBytes + command.data.length);
    case "have":
      return frameBytesMost(command.hashes.length * hashBytes);
    case "activate":
      return frameBytesMost(hashBytes);
    default:
      return frameBytesMost(6);
  }
}
