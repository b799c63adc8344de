/** What a panel's reply means (SPEC §4). A field that is missing or makes no sense: null, and the caller takes it for a refusal. */
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Outcome, PanelStatus, Timing } from "../contract.ts";
import { type Command, hashBytes, protocolVersion } from "./codec.ts";
import type { Reply } from "./reply.ts";
import {
  copyOf,
  type Draft,
  firstState,
  type Progress,
  putTo,
  type State,
  stagedTo,
  unacquainted,
  type Upload,
} from "./state.ts";

/** What a reply comes to, before it is told whether others are due. */
export type Answered = { -readonly [Key in keyof Outcome<State>]: Outcome<State>[Key] };
type Heard = Answered | null;

const clockToleranceMs = 250;
const refusalWaitMs = 2000;
export const replyTimeoutMs = 1500;
export const refusalWaitMaxMs = 60_000;
/** After so many the panel is taken to be confused, and is left alone for a while. */
const misstepsMax = 8;
const payloadBytesLeast = 128;
const noFaults: readonly Fault[] = [];

/** `then`: how far the exchange has come with this reply. */
export function heard(state: State, command: Command, reply: Reply, timing: Timing, then: Progress): Heard {
  const next = copyOf(state);
  next.asked = then.asked;
  next.heard = then.heard;
  if (state.refusal?.verb === command.verb && !isUpload(command)) next.refusal = null;
  switch (command.verb) {
    case "hello":
      return greeted(next, reply);
    case "clock":
      next.clockDue = false;
      return { state: next, faults: noFaults };
    case "blank":
      next.dark = command.dark;
      return { state: next, dark: command.dark, faults: noFaults };
    case "activate":
      next.active = command.hash;
      next.held = next.upload?.id === command.hash ? next.upload.names : [];
      next.upload = null;
      next.refusal = null;
      return { state: next, activated: command.hash, faults: noFaults };
    case "status":
      return status(state, next, reply, timing);
    default: {
      const upload = state.upload && uploaded(state.upload, command, reply);
      if (upload === null) return null;
      next.upload = upload;
      return { state: next, faults: noFaults };
    }
  }
}

/** How far an upload has come by what the panel says to a piece of it, or has of it. */
function uploaded(at: Upload, command: Command, reply: Reply): Upload | null {
  if (command.verb === "have") {
    const have = reply.text("have") ?? "";
    if (!/^[01]*$/.test(have) || have.length !== command.hashes.length) return null;
    const lacking = command.hashes.filter((_, index) => have[index] === "0");
    // A programme may name a message twice; it is sent once.
    const missing = [...new Set([...at.missing, ...lacking])];
    return { ...at, unknown: at.unknown.slice(command.hashes.length), missing };
  }
  if (command.verb !== "put" && command.verb !== "stage") return null;
  if ((command.verb === "put" ? at.missing[0] : at.id) !== command.hash) return null;
  const got = reply.decimal("got", command.total);
  const whole = reply.is("done", "1");
  if (got === null || !(whole || got > command.offset)) return null;
  return command.verb === "put" ? putTo(at, got, whole) : stagedTo(at, got, whole);
}

function greeted(state: Draft, reply: Reply): Heard {
  const { board, shape } = state.panel;
  const proto = reply.text("proto") ?? "?";
  if (proto !== String(protocolVersion)) return useless(state, { code: "panel/version", board, found: proto });
  const found = `${reply.text("w")}x${reply.text("h")}:${reply.text("colour")}`;
  const wanted = `${shape.width}x${shape.height}:${shape.colour}`;
  if (found !== wanted) return useless(state, { code: "panel/shape", board, wanted, found });
  const ramBytes = reply.decimal("ram", Number.MAX_SAFE_INTEGER);
  const messages = reply.decimal("messages", Number.MAX_SAFE_INTEGER);
  const programmeBytes = reply.decimal("programme", Number.MAX_SAFE_INTEGER);
  const payload = reply.decimal("payload", Number.MAX_SAFE_INTEGER);
  if (ramBytes === null || messages === null || programmeBytes === null || payload === null) return null;
  if (payload < payloadBytesLeast || reply.hex8("boot") === null) return null;
  state.boot = reply.text("boot") ?? null;
  state.limits = { ramBytes, messages, programmeBytes };
  state.payloadBytes = Math.min(payload, limits.wirePayloadBytes);
  return { state, limits: state.limits, faults: noFaults };
}

/** Nothing can be lit on it. Where it is to be dark it is told so before the line is given up. */
function useless(state: State, fault: Fault): Answered {
  if (state.boot === null && state.blind === "wanted") return { state: unacquainted(state), faults: [fault] };
  return { state, faults: [fault], reconnect: true };
}

const whys = ["turn", "blank", "dark", "bare"] as const;

function status(before: State, next: Draft, reply: Reply, timing: Timing): Heard {
  const { board } = before.panel;
  const panelTime = reply.decimal("time", 2 ** 48 - 1);
  const programme = hashOrDash(reply, "prog", before.active);
  const message = hashOrDash(reply, "msg", before.held[0] ?? null);
  const frameCrc = reply.hex8("crc");
  const dark = reply.is("dark", "1");
  if (panelTime === null || programme === undefined || message === undefined || frameCrc === null) return null;
  const same = before.boot !== null && reply.is("boot", before.boot);
  if (!(same || reply.hex8("boot") !== null) || !(dark || reply.is("dark", "0"))) return null;
  // Nothing that was known of it holds: begin with HELLO.
  if (before.boot === null || !same)
    return { state: firstState(before.panel, before.seq), restarted: true, faults: noFaults };
  const { askedAt, heardAt } = timing;
  // Behind much else: when in between it was said is not known well enough to judge its clock by. It is asked again, alone.
  const isLate = before.asked.length > 1 && heardAt - askedAt > replyTimeoutMs;
  const errorMs = panelTime - (askedAt + heardAt) / 2;
  const clockRight = Math.abs(errorMs) <= clockToleranceMs + (heardAt - askedAt) / 2;
  next.active = programme;
  if (programme !== before.active) next.held = [];
  next.dark = dark;
  if (!isLate) next.clockDue = !clockRight;
  if (isLate) return { state: next, faults: noFaults };
  const said = reply.text("why");
  const why = whys.find((why) => why === said) ?? "bare";
  const bootId = before.boot;
  const heard: PanelStatus = { panelTime, bootId, programme, message, why, frameCrc, clockRight, askedAt, heardAt };
  const faults = clockRight ? noFaults : [{ code: "panel/clock" as const, board, errorMs: Math.round(errorMs) }];
  return { state: next, status: heard, faults };
}

/** A refusal: begin the upload again after a while; some say exactly what is wrong. */
export function refused(state: State, command: Command, reply: Reply | null, label: string, now: number): Answered {
  const { board } = state.panel;
  const { upload } = state;
  const code = reply === null ? "malformed" : (reply.text("code") ?? "?");
  // Only out of step (a reply was lost, or the power): go on from where the panel says that it is.
  if (code === "offset" && upload && upload.missteps < misstepsMax && "total" in command) {
    const got = reply?.decimal("got", command.total) ?? null;
    const missteps = upload.missteps + 1;
    if (got !== null) {
      const next = command.verb === "put" ? { ...upload, put: got, missteps } : { ...upload, staged: got, missteps };
      return { state: { ...state, upload: next }, faults: [] };
    }
  }
  if (code === "version") return useless(state, { code: "panel/version", board, found: reply?.text("proto") ?? "?" });
  const fault: Fault =
    code === "full"
      ? { code: "panel/full", board, needs: reply?.decimal("need", 2 ** 48) ?? 0, has: state.limits.ramBytes }
      : { code: "wire/refused", board, label, detail: code };
  const count = (state.refusal?.count ?? 0) + 1;
  const waitMs = Math.min(refusalWaitMaxMs, refusalWaitMs * 2 ** Math.min(count - 1, 16));
  const refusal = {
    verb: command.verb,
    programme: isUpload(command) ? (upload?.id ?? null) : null,
    waitUntil: now + waitMs,
    count,
  };
  if (command.verb === "hello") return { state: unacquainted({ ...state, refusal }), faults: [fault] };
  if (!isUpload(command)) return { state: { ...state, refusal }, faults: [fault] };
  return { state: { ...state, upload: null, held: [], refusal }, faults: [fault] };
}

/** Only the end of an upload, ACTIVATE, shows that what was refused is settled. */
export function isUpload(command: Command): boolean {
  const { verb } = command;
  return verb === "stage" || verb === "put" || verb === "activate" || verb === "have";
}

/** 64 hex digits, null for "-", undefined for anything else. `known`: what it most likely is. */
function hashOrDash(reply: Reply, key: string, known: string | null): string | null | undefined {
  if (known !== null && reply.is(key, known)) return known;
  const text = reply.text(key);
  if (text === "-") return null;
  if (text?.length !== 2 * hashBytes || !/^[0-9a-f]*$/.test(text)) return undefined;
  // A copy, for as long as it is played: a piece of a line would keep all that came with it.
  return Buffer.from(text, "latin1").toString("latin1");
}
