/** What a panel's reply means (SPEC §4). A field that is missing or makes no sense: null, and the caller takes it for a refusal. */
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Outcome, PanelStatus, Timing } from "../contract.ts";
import { type Command, protocolVersion } from "./codec.ts";
import { firstState, type Progress, type State, type Upload } from "./state.ts";

type Fields = Readonly<Record<string, string>>;
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

/** `then`: how far the exchange has come with this reply. */
export function heard(state: State, command: Command, fields: Fields, timing: Timing, then: Progress): Heard {
  const { upload: at } = state;
  const { asked, heard } = then;
  const settled = state.refusal?.verb === command.verb && !isUpload(command) ? { ...state, refusal: null } : state;
  switch (command.verb) {
    case "hello":
      return greeted(settled, fields, then);
    case "clock":
      return { state: { ...settled, clockDue: false, asked, heard }, faults: [] };
    case "blank":
      return { state: { ...settled, dark: command.dark, asked, heard }, dark: command.dark, faults: [] };
    case "have": {
      const { have = "" } = fields;
      if (!/^[01]*$/.test(have) || have.length !== command.hashes.length || !at) return null;
      const lacking = command.hashes.filter((_, index) => have[index] === "0");
      // A programme may name a message twice; it is sent once.
      const missing = [...new Set([...at.missing, ...lacking])];
      return uploading(settled, then, { ...at, unknown: at.unknown.slice(command.hashes.length), missing });
    }
    case "put": {
      const got = whole(fields.got, command.total);
      if (got === null || !at || at.missing[0] !== command.hash) return null;
      if (fields.done === "1")
        return uploading(settled, then, { ...at, missing: at.missing.slice(1), put: 0, missteps: 0 });
      return got > command.offset ? uploading(settled, then, { ...at, put: got }) : null;
    }
    case "stage": {
      const got = whole(fields.got, command.total);
      if (got === null || !at || at.id !== command.hash) return null;
      if (fields.done === "1") return uploading(settled, then, { ...at, stagedWhole: true, missteps: 0 });
      return got > command.offset ? uploading(settled, then, { ...at, staged: got }) : null;
    }
    case "activate":
      return {
        state: {
          ...settled,
          active: command.hash,
          held: at?.id === command.hash ? at.names : [],
          upload: null,
          refusal: null,
          asked,
          heard,
        },
        activated: command.hash,
        faults: [],
      };
    case "status":
      return status(settled, fields, timing, then);
  }
}

function uploading(state: State, { asked, heard }: Progress, upload: Upload): Answered {
  return { state: { ...state, upload, asked, heard }, faults: [] };
}

function greeted(state: State, fields: Fields, { asked, heard }: Progress): Heard {
  const { board, shape } = state.panel;
  if (fields.proto !== String(protocolVersion))
    return { state, faults: [{ code: "panel/version", board, found: fields.proto ?? "?" }], reconnect: true };
  const found = `${fields.w}x${fields.h}:${fields.colour}`;
  const wanted = `${shape.width}x${shape.height}:${shape.colour}`;
  if (found !== wanted) return { state, faults: [{ code: "panel/shape", board, wanted, found }], reconnect: true };
  const ramBytes = whole(fields.ram, Number.MAX_SAFE_INTEGER);
  const messages = whole(fields.messages, Number.MAX_SAFE_INTEGER);
  const programmeBytes = whole(fields.programme, Number.MAX_SAFE_INTEGER);
  const payload = whole(fields.payload, Number.MAX_SAFE_INTEGER);
  const { boot = "" } = fields;
  if (ramBytes === null || messages === null || programmeBytes === null || payload === null) return null;
  if (payload < payloadBytesLeast || !/^[0-9a-f]{8}$/.test(boot)) return null;
  const announced = { ramBytes, messages, programmeBytes };
  const payloadBytes = Math.min(payload, limits.wirePayloadBytes);
  return { state: { ...state, boot, limits: announced, payloadBytes, asked, heard }, limits: announced, faults: [] };
}

const whys = ["turn", "blank", "dark", "bare"] as const;

function status(state: State, fields: Fields, timing: Timing, { asked, heard }: Progress): Heard {
  const { board } = state.panel;
  const panelTime = whole(fields.time, 2 ** 48 - 1);
  const programme = hashOrDash(fields.prog);
  const message = hashOrDash(fields.msg);
  const { crc = "", boot = "", dark = "" } = fields;
  if (panelTime === null || programme === undefined || message === undefined) return null;
  if (!/^[0-9a-f]{8}$/.test(crc) || !/^[0-9a-f]{8}$/.test(boot) || !/^[01]$/.test(dark)) return null;
  // Nothing that was known of it holds: begin with HELLO.
  if (boot !== state.boot) return { state: firstState(state.panel, state.seq), restarted: true, faults: [] };
  const { askedAt, heardAt } = timing;
  // Behind much else: when in between it was said is not known well enough to judge its clock by. It is asked again, alone.
  const isLate = state.asked.length > 1 && heardAt - askedAt > replyTimeoutMs;
  const errorMs = Math.round(panelTime - (askedAt + heardAt) / 2);
  const clockRight = Math.abs(panelTime - (askedAt + heardAt) / 2) <= clockToleranceMs + (heardAt - askedAt) / 2;
  const known = {
    ...state,
    active: programme,
    held: programme === state.active ? state.held : [],
    dark: dark === "1",
    clockDue: isLate ? state.clockDue : !clockRight,
    asked,
    heard,
  };
  if (isLate) return { state: known, faults: [] };
  const said: PanelStatus = {
    panelTime,
    bootId: boot,
    programme,
    message,
    why: whys.find((why) => why === fields.why) ?? "bare",
    frameCrc: Number.parseInt(crc, 16),
    clockRight,
    askedAt,
    heardAt,
  };
  const faults: Fault[] = clockRight ? [] : [{ code: "panel/clock", board, errorMs }];
  return { state: known, status: said, faults };
}

/** A refusal: begin the upload again after a while; some say exactly what is wrong. */
export function refused(state: State, command: Command, fields: Fields, label: string, now: number): Answered {
  const { board } = state.panel;
  const { upload } = state;
  const { code = "?" } = fields;
  // Only out of step (a reply was lost, or the power): go on from where the panel says that it is.
  if (code === "offset" && upload && upload.missteps < misstepsMax && "total" in command) {
    const got = whole(fields.got, command.total);
    const missteps = upload.missteps + 1;
    if (got !== null) {
      const next = command.verb === "put" ? { ...upload, put: got, missteps } : { ...upload, staged: got, missteps };
      return { state: { ...state, upload: next }, faults: [] };
    }
  }
  if (code === "version")
    return { state, faults: [{ code: "panel/version", board, found: fields.proto ?? "?" }], reconnect: true };
  const fault: Fault =
    code === "full"
      ? { code: "panel/full", board, needs: whole(fields.need, 2 ** 48) ?? 0, has: state.limits.ramBytes }
      : { code: "wire/refused", board, label, detail: code };
  const count = (state.refusal?.count ?? 0) + 1;
  const waitMs = Math.min(refusalWaitMaxMs, refusalWaitMs * 2 ** Math.min(count - 1, 16));
  const refusal = {
    verb: command.verb,
    programme: isUpload(command) ? (upload?.id ?? null) : null,
    waitUntil: now + waitMs,
    count,
  };
  if (!isUpload(command)) return { state: { ...state, refusal }, faults: [fault] };
  return { state: { ...state, upload: null, held: [], refusal }, faults: [fault] };
}

/** Only the end of an upload, ACTIVATE, shows that what was refused is settled. */
export function isUpload(command: Command): boolean {
  return ["have", "put", "stage", "activate"].includes(command.verb);
}

/** Decimal, 0 to `most`; else null. */
function whole(text: string | undefined, most: number): number | null {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return value <= most ? value : null;
}

/** 64 hex digits, null for "-", undefined for anything else. */
function hashOrDash(text: string | undefined): string | null | undefined {
  if (text === "-") return null;
  return text !== undefined && /^[0-9a-f]{64}$/.test(text) ? text : undefined;
}
