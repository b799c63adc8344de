/** Reference protocol v1 as a pure driver: what to say next, and what a reply means. Nothing here waits or retries. */
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { encodeProgramme, programmeId, type Programme } from "../../message/index.ts";
import type { Cleared, Exchange, Goal, Outcome, PanelDriver, PanelIdentity, PanelStatus, Wanted } from "../contract.ts";
import {
  chunkBytesMax,
  type Command,
  encodeFrame,
  hashesPerHave,
  parseReply,
  protocolVersion,
  type Reply,
} from "./codec.ts";
import { createReader } from "./reader.ts";

/** How far an upload has come. */
interface Upload {
  readonly id: string;
  /** Not yet asked about. */
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
  /** Bytes of `missing[0]` that the panel has. */
  readonly put: number;
  readonly staged: number;
}

export interface State {
  readonly panel: PanelIdentity;
  readonly seq: number;
  readonly boot: string | null;
  readonly ramBytes: number;
  readonly clockDue: boolean;
  /** Programme that the panel plays, as far as it has said. */
  readonly active: string | null;
  readonly dark: boolean | null;
  readonly upload: Upload | null;
  /** The command that the exchange on its way carries. */
  readonly asked: Command | null;
  /** After a refusal: not before this instant (board clock). */
  readonly waitUntil: number;
  readonly refusals: number;
}

const statusTimeoutMs = 1500;
const clockToleranceMs = 250;
const refusalWaitMs = 2000;
const refusalWaitMaxMs = 60_000;

/** Programmes are immutable: their bytes and ids are worked out once. */
const encoded = new WeakMap<Programme, { readonly id: string; readonly bytes: Uint8Array }>();
function identify(programme: Programme) {
  let made = encoded.get(programme);
  if (!made) {
    made = { id: programmeId(programme), bytes: encodeProgramme(programme) };
    encoded.set(programme, made);
  }
  return made;
}

export const referenceDriver: PanelDriver<State> = {
  name: "reference",
  capabilities: { kind: "programme", readBack: true },
  createReader,

  connect: (panel) => ({
    panel,
    seq: 1,
    boot: null,
    ramBytes: 0,
    clockDue: true,
    active: null,
    dark: null,
    upload: null,
    asked: null,
    waitUntil: 0,
    refusals: 0,
  }),

  ask(state, goal) {
    const planned = plan(state, goal);
    if (!planned) return null;
    const [prepared, command] = planned;
    const bytes = encodeFrame(command, state.seq, state.panel.address);
    const exchange: Exchange = {
      seq: state.seq,
      bytes,
      label: labelOf(command),
      timeoutMs: timeoutFor(state.panel, bytes.length),
    };
    return { state: { ...prepared, asked: command, seq: (state.seq % 0xffff) + 1 }, exchange };
  },

  accepts(_state, exchange, line) {
    const reply = parseReply(line);
    return reply === null ? "noise" : reply.seq === exchange.seq ? "yes" : "other";
  },

  reply(state, exchange, line, timing) {
    const reply = parseReply(line);
    const command = state.asked;
    if (!reply || !command) return { state, faults: [] };
    if (!reply.ok) return refused(state, exchange, command, reply, timing.heardAt);
    return heard(state, command, reply, timing);
  },

  silence: (state) => state,
};

/** The next thing to say, most needed first. */
function plan(state: State, goal: Goal): [State, Command] | null {
  if (state.boot === null) return [state, { verb: "hello" }];
  if (state.clockDue) return [state, { verb: "clock", timeMs: goal.now + onTheWayMs(state.panel, 17) }];
  const { wanted } = goal;
  if (wanted?.dark && state.dark !== true) return [state, { verb: "blank", dark: true }];
  if (goal.pollDue) return [state, { verb: "status" }];
  // A clock that was set back must not make the wait longer than it can be.
  const waitMs = state.waitUntil - goal.now;
  if (!wanted || wanted.dark || (waitMs > 0 && waitMs <= refusalWaitMaxMs)) return null;
  if (state.active !== identify(wanted.programme).id) return upload(state, wanted);
  if (state.dark === true) return [state, { verb: "blank", dark: false }];
  return null;
}

/** Ask what is there, send what is not, stage the programme, switch: the newest wanted, whatever was under way. */
function upload(state: State, wanted: Cleared<Wanted>): [State, Command] {
  const { id, bytes } = identify(wanted.programme);
  const fresh: Upload = { id, unknown: wanted.programme.messages, missing: [], put: 0, staged: 0 };
  const at = state.upload?.id === id ? state.upload : fresh;
  const next = { ...state, upload: at };
  if (at.unknown.length > 0) return [next, { verb: "have", hashes: at.unknown.slice(0, hashesPerHave) }];
  const [hash] = at.missing;
  if (hash !== undefined) {
    const message = wanted.messages.get(hash)?.bytes ?? new Uint8Array(0);
    const data = message.subarray(at.put, at.put + chunkBytesMax);
    return [next, { verb: "put", hash, total: message.length, offset: at.put, data }];
  }
  if (at.staged < bytes.length) {
    const data = bytes.subarray(at.staged, at.staged + chunkBytesMax);
    return [next, { verb: "stage", hash: id, total: bytes.length, offset: at.staged, data }];
  }
  return [next, { verb: "activate", hash: id }];
}

type Heard = Outcome<State>;

function heard(state: State, command: Command, reply: Reply, timing: { askedAt: number; heardAt: number }): Heard {
  const settled = { ...state, refusals: 0, waitUntil: 0 };
  const { upload: at } = state;
  const { fields } = reply;
  switch (command.verb) {
    case "hello":
      return greeted(settled, fields);
    case "clock":
      return { state: { ...settled, clockDue: false }, faults: [] };
    case "blank":
      return { state: { ...settled, dark: command.dark }, faults: [] };
    case "have": {
      if (!at) return { state: settled, faults: [] };
      const lacking = command.hashes.filter((_, index) => fields.have?.[index] !== "1");
      const rest = at.unknown.slice(command.hashes.length);
      return {
        state: { ...settled, upload: { ...at, unknown: rest, missing: [...at.missing, ...lacking] } },
        faults: [],
      };
    }
    case "put": {
      if (!at || at.missing[0] !== command.hash) return { state: settled, faults: [] };
      const got = Number(fields.got ?? 0);
      const next = fields.done === "1" ? { ...at, missing: at.missing.slice(1), put: 0 } : { ...at, put: got };
      return { state: { ...settled, upload: next }, faults: [] };
    }
    case "stage":
      if (!at || at.id !== command.hash) return { state: settled, faults: [] };
      return {
        state: { ...settled, upload: { ...at, staged: fields.done === "1" ? command.total : Number(fields.got ?? 0) } },
        faults: [],
      };
    case "activate":
      return { state: { ...settled, active: command.hash, upload: null }, activated: command.hash, faults: [] };
    case "status":
      return status(settled, fields, timing);
  }
}

function greeted(state: State, fields: Readonly<Record<string, string>>): Heard {
  const { board, shape } = state.panel;
  if (fields.proto !== String(protocolVersion))
    return { state, faults: [{ code: "panel/version", board, found: fields.proto ?? "?" }], reconnect: true };
  const found = `${fields.w}x${fields.h}:${fields.colour}`;
  const wanted = `${shape.width}x${shape.height}:${shape.colour}`;
  if (found !== wanted) return { state, faults: [{ code: "panel/shape", board, wanted, found }], reconnect: true };
  const boot = fields.boot ?? "";
  return { state: { ...state, boot, ramBytes: Number(fields.ram ?? 0), clockDue: true }, faults: [] };
}

function status(
  state: State,
  fields: Readonly<Record<string, string>>,
  timing: { askedAt: number; heardAt: number },
): Heard {
  const { board } = state.panel;
  const hashOrNull = (text: string | undefined) => (text === undefined || text === "-" ? null : text);
  const whys = ["turn", "blank", "dark", "bare"] as const;
  const said: PanelStatus = {
    panelTime: Number(fields.time ?? 0),
    bootId: fields.boot ?? "",
    programme: hashOrNull(fields.prog),
    message: hashOrNull(fields.msg),
    why: whys.find((why) => why === fields.why) ?? "bare",
    frameCrc: Number.parseInt(fields.crc ?? "0", 16),
    ...timing,
  };
  // Restarted: nothing that we knew of it holds, begin with HELLO.
  if (said.bootId !== state.boot)
    return { state: { ...referenceDriver.connect(state.panel), seq: state.seq }, status: said, faults: [] };
  const faults: Fault[] = [];
  const errorMs = Math.round(said.panelTime - (timing.askedAt + timing.heardAt) / 2);
  const off = Math.abs(errorMs) > clockToleranceMs + (timing.heardAt - timing.askedAt) / 2;
  if (off) faults.push({ code: "panel/clock", board, errorMs });
  return {
    state: { ...state, active: said.programme, dark: fields.dark === "1", clockDue: off },
    status: said,
    faults,
  };
}

/** A refusal: begin the upload again after a while; some say exactly what is wrong. */
function refused(state: State, exchange: Exchange, command: Command, reply: Reply, now: number): Heard {
  const { board } = state.panel;
  const { code = "?" } = reply.fields;
  // Only out of step (a reply was lost): go on from where the panel says that it is.
  if (code === "offset" && state.upload && (command.verb === "put" || command.verb === "stage")) {
    const got = Number(reply.fields.got ?? 0);
    const upload = command.verb === "put" ? { ...state.upload, put: got } : { ...state.upload, staged: got };
    return { state: { ...state, upload }, faults: [] };
  }
  const fault: Fault =
    code === "full"
      ? { code: "panel/full", board, needs: Number(reply.fields.need ?? 0), has: state.ramBytes }
      : { code: "wire/refused", board, label: exchange.label, detail: code };
  const waitMs = Math.min(refusalWaitMaxMs, refusalWaitMs * 2 ** state.refusals);
  return { state: { ...state, upload: null, refusals: state.refusals + 1, waitUntil: now + waitMs }, faults: [fault] };
}

/** Time that `bytes` need on the line, ms; 8N1 is ten bits a byte. */
function onTheWayMs(panel: PanelIdentity, bytes: number): number {
  return panel.bitsPerSecond === null ? 0 : Math.round((bytes * 10_000) / panel.bitsPerSecond);
}

function timeoutFor(panel: PanelIdentity, bytes: number): number {
  return statusTimeoutMs + onTheWayMs(panel, bytes + limits.replyLineBytes);
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
