/** What a card's answers mean for what the driver knows of it. */
import type { Fault } from "../../fault.ts";
import type { Instant } from "../../message/index.ts";
import type { Exchange, Outcome, Timing } from "../contract.ts";
import { decodePacket } from "./codec.ts";
import { isSessionLost, isUnsupported, meaningOf } from "./methods.ts";
import { refusedMs } from "./plan.ts";
import { xmlOf } from "./reader.ts";
import { type Asked, ourFile, type State, used } from "./state.ts";
import { allNamed, type Element, parseXml } from "./xml.ts";

export const methodNames = {
  session: "GetIFVersion",
  info: "GetDeviceInfo",
  files: "GetFiles",
  brightness: "SetLuminancePloy",
  time: "SetTimeInfo",
  show: "AddProgram",
  blank: "AddProgram",
  open: "OpenScreen",
  close: "CloseScreen",
  delete: "DeleteFiles",
} as const;

/** This one it may do without. */
const optional: readonly Asked["verb"][] = ["info", "files", "delete"];
const ofFiles: readonly Asked["verb"][] = ["file-start", "content", "file-end"];
const endless = { ramBytes: Infinity, messages: Infinity, programmeBytes: Infinity };
/** Nothing is wrong: of files, 1 says that it had been written. */
const fine = [0, 1];
const none: readonly Fault[] = [];
const nothing = { md5: null, ends: null, utcOffsetMin: 0 } as const;

export function heard(state: State, exchange: Exchange, reply: Uint8Array, timing: Timing): Outcome<State> {
  const { asked } = state;
  const xml = xmlOf(reply);
  const packet = xml === null ? decodePacket(reply) : null;
  if (!asked) return { state, faults: none };
  if (packet?.kind === "error") return refused(state, asked, exchange, packet.code, timing);
  if (xml !== null) {
    const root = parseXml(xml);
    const [out] = root ? allNamed(root, "out") : [];
    const result = out?.attributes.result ?? "";
    if (!root || !out || result !== "kSuccess") return refused(state, asked, exchange, result, timing);
    return obeyed(state, asked, root, timing);
  }
  if ((packet?.kind === "file" || packet?.kind === "version") && !fine.includes(packet.status))
    return refused(state, asked, exchange, packet.status, timing);
  switch (asked.verb) {
    case "version":
      return { state: { ...state, level: true }, faults: none };
    case "heartbeat": {
      if (asked.programme === null) return { state, polled: true, faults: none };
      return { state: { ...state, active: asked.programme }, activated: asked.programme, polled: true, faults: none };
    }
    case "file-start": {
      const existing = packet?.kind === "file" ? (packet.existing ?? 0) : 0;
      // More than there is of it cannot be a part of it.
      const sent = existing <= asked.picture.bytes.length ? existing : 0;
      const whole = sent === asked.picture.bytes.length && packet?.kind === "file";
      if (whole) return { state: stored(state, asked.picture.name), faults: none };
      if (!asked.stores && state.upload === null) {
        const known = state.known.filter((name) => name !== asked.picture.name);
        return { state: { ...state, known }, faults: none };
      }
      // What was begun before the line broke was counted then.
      const fresh = state.upload === null && sent === 0;
      const next = { ...state, upload: { picture: asked.picture, sent }, stored: state.stored + (fresh ? 1 : 0) };
      return { state: next, ...(fresh && { flashWrites: 1 }), faults: none };
    }
    case "file-end": {
      const { upload } = state;
      if (!upload || upload.sent < upload.picture.bytes.length)
        return { state: { ...state, upload: null }, faults: none };
      return { state: stored(state, upload.picture.name), faults: none };
    }
    default:
      return { state, faults: none };
  }
}

const stored = (state: State, name: string): State => ({
  ...state,
  upload: null,
  files: used(state.files, name),
  refusals: { ...state.refusals, "file-start": undefined },
});

/** The line took the contents of a file as far as they were asked for. */
export function sentContent(state: State): State {
  const { asked, upload } = state;
  return asked?.verb === "content" && upload ? { ...state, upload: { ...upload, sent: asked.until } } : state;
}

function obeyed(state: State, asked: Asked, root: Element, timing: Timing): Outcome<State> {
  switch (asked.verb) {
    case "session": {
      const { guid = "" } = root.attributes;
      return { state: { ...state, guid }, limits: endless, faults: none };
    }
    case "info":
      return informed(state, root, timing.heardAt);
    case "files": {
      const names = allNamed(root, "file").flatMap(({ attributes: { name = "" } }) =>
        ourFile.test(name) ? [name] : [],
      );
      // That one is there does not say that it is whole: it is asked before it is used.
      return { state: { ...state, listed: true, known: names }, faults: none };
    }
    case "brightness":
      return { state: { ...state, brightened: true }, faults: none };
    case "time":
      return { state: clockTold(state, asked, timing), faults: none };
    case "show": {
      const files = asked.picture ? used(state.files, asked.picture.name) : state.files;
      const next = { ...state, shown: asked.showing, files };
      if (asked.programme === "") return { state: { ...next, active: null }, faults: unstored(state, timing) };
      if (!state.open) return { state: { ...next, active: null }, faults: none };
      return { state: { ...next, active: asked.programme }, activated: asked.programme, faults: none };
    }
    case "blank":
      return { state: { ...state, shown: nothing, active: null }, dark: true, faults: none };
    case "open":
      return { state: { ...state, open: true }, dark: false, faults: none };
    case "close":
      return { state: { ...state, open: false, active: null }, dark: true, faults: none };
    case "delete": {
      const gone = (name: string) => asked.names.includes(name);
      return {
        state: {
          ...state,
          files: state.files.filter((name) => !gone(name)),
          known: state.known.filter((name) => !gone(name)),
        },
        faults: none,
      };
    }
    default:
      return { state, faults: none };
  }
}

/** A picture was due, and could not be stored: of a refusal it was told already, else its day is full. */
function unstored({ panel, refusals }: State, { heardAt }: Timing): readonly Fault[] {
  if ((refusals["file-start"] ?? heardAt) > heardAt) return none;
  const detail =
    "今天存入控制卡的新图已到上限\uff0c为保护闪存不再存\uff0c屏上不显示\uff1b请减少带时钟和倒计时的信息\uff0c或在安装文件里提高 picturesPerDay / today's new pictures are used up, to spare the card's flash, and nothing is shown: fewer notices with clocks and countdowns, or a higher picturesPerDay in the installation file";
  return [{ code: "wire/refused", board: panel.board, label: methodNames.show, detail }];
}

/** Of a card that says how large its screen is: to one of another size nothing is sent, for it would light a part of it. */
function informed(state: State, root: Element, heardAt: Instant): Outcome<State> {
  const { panel } = state;
  const { width, height } = panel.shape;
  const wrong = allNamed(root, "screen")
    .map(sizeOf)
    .find((size) => size !== null && size !== `${width}x${height}`);
  if (!wrong) return { state: { ...state, informed: true }, faults: none };
  const fault: Fault = { code: "panel/shape", board: panel.board, wanted: `${width}x${height}`, found: wrong };
  return { state: { ...state, refusals: { ...state.refusals, info: heardAt + refusedMs } }, faults: [fault] };
}

/** As it stands on the wall; null: it makes no sense. */
function sizeOf({ attributes: { width, height, rotation } }: Element): string | null {
  if (![width, height].every((side) => side !== undefined && /^\d+$/.test(side))) return null;
  return rotation === "90" || rotation === "270" ? `${height}x${width}` : `${width}x${height}`;
}

const clockTold = (state: State, asked: Asked, { heardAt }: Timing): State =>
  asked.verb === "time" ? { ...state, clockAt: heardAt, clockOffsetMin: asked.utcOffsetMin } : state;

function refused(
  state: State,
  asked: Asked,
  { label }: Exchange,
  refusal: number | string,
  timing: Timing,
): Outcome<State> {
  const { board } = state.panel;
  if (optional.includes(asked.verb) && isUnsupported(refusal))
    return { state: { ...state, informed: true, listed: true, deletes: false }, faults: none };
  const fault: Fault = { code: "wire/refused", board, label, detail: meaningOf(refusal) };
  const verb = ofFiles.includes(asked.verb) ? "file-start" : asked.verb;
  const next: State = {
    // One that is not needed is left alone until it is due again.
    ...(asked.verb === "time" && !asked.needed ? clockTold(state, asked, timing) : state),
    // Another picture may be wanted by then; where this one stopped the card says.
    upload: null,
    refusals: { ...state.refusals, [verb]: timing.heardAt + refusedMs },
    ...(asked.verb === "info" && { informed: true }),
    ...(asked.verb === "files" && { listed: true }),
    ...(asked.verb === "brightness" && { brightened: true }),
    ...(asked.verb === "delete" && { deletes: false }),
  };
  // It is there, whatever it says: asked again at once it would say the same.
  const polled = asked.verb === "heartbeat";
  return { state: next, faults: [fault], polled, ...(isSessionLost(refusal) && { reconnect: true }) };
}
