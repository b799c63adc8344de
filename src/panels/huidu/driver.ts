/**
 * Huidu full-colour cards (SDK 2.0) as a pure driver: a session, pictures as files that the card keeps, and a list of one
 * programme that shows one of them. What answers mean is in `replies.ts`. Nothing here waits.
 */
import type { Exchange, PanelDriver } from "../contract.ts";
import {
  chunkBytes,
  commands,
  decodePacket,
  encodeFileContent,
  encodeFileStart,
  encodePacket,
  encodeVersion,
  encodeXml,
  fileTypes,
} from "./codec.ts";
import { addProgramme, deleteFiles, getIfVersion, localOf, method, setBrightness, setTime } from "./methods.ts";
import { type HuiduOptions, plan, refusedMs, wakes } from "./plan.ts";
import { createReader, xmlOf } from "./reader.ts";
import { heard, methodNames, sentContent } from "./replies.ts";
import { type Asked, firstState, type State } from "./state.ts";
import { allNamed, parseXml } from "./xml.ts";

export type { HuiduOptions } from "./plan.ts";
export type { State } from "./state.ts";

const answerMs = 3000;
/** A card may write its flash before it answers. */
const storedMs = 15_000;

export function huiduDriver(options: HuiduOptions): PanelDriver<State, Uint8Array> {
  return {
    name: "huidu",
    capabilities: {
      kind: "message",
      readBack: false,
      authenticated: false,
      ends: options.expires ? "by-timeout" : "never",
      motion: "pages",
    },
    createReader,
    connect: firstState,

    ask(state, goal) {
      const asked = plan(state, goal, options);
      if (!asked) return null;
      const packets = packetsOf(state, asked, goal.now, options);
      const { seq } = state;
      const exchange: Exchange = {
        seq,
        bytes: Buffer.concat(packets),
        label: labelOf(asked),
        timeoutMs: asked.verb === "file-end" ? storedMs : answerMs,
        ...(asked.verb === "content" && { unanswered: true }),
        ...("programme" in asked && asked.programme ? { activates: asked.programme } : {}),
      };
      return { state: { ...state, asked, seq: (seq % 0xffff) + 1 }, exchange };
    },

    /** The protocol has no numbers: an answer is known by what it answers, and an error answers whatever was asked. */
    accepts({ asked, level, guid, beats }, _exchange, reply) {
      if (!asked) return "other";
      const xml = xmlOf(reply);
      const packet = xml === null ? decodePacket(reply) : null;
      // Before there is a session there is nothing else that it could answer.
      if (packet?.kind === "error") return level || guid === null ? "yes" : "other";
      switch (asked.verb) {
        case "version":
          return packet?.command === commands.versionAnswer ? "yes" : "other";
        case "heartbeat":
          return packet?.command === (beats ? commands.heartbeatAnswer : commands.versionAnswer) ? "yes" : "other";
        case "file-start":
          return packet?.command === commands.fileStartAnswer ? "yes" : "other";
        case "file-end":
          return packet?.command === commands.fileEndAnswer ? "yes" : "other";
        case "content":
          return "other";
        default: {
          if (xml === null) return "other";
          const root = parseXml(xml);
          const [out] = root ? allNamed(root, "out") : [];
          if (!out) return "noise";
          // One that it could not read has no name that it could answer by.
          const name = out.attributes.method;
          return name === methodNames[asked.verb] || name === undefined || name === "" ? "yes" : "other";
        }
      }
    },

    reply: (state, exchange, reply, timing) => heard(state, exchange, reply, timing),
    sent: (state) => ({ state: sentContent(state), faults: [] }),

    /** A card's own heartbeat wants an answer, whatever else goes on. */
    unasked: (reply) =>
      decodePacket(reply)?.command === commands.heartbeat ? encodePacket(commands.heartbeatAnswer) : null,

    /** What it did of it is not known, and its answer may still come: the next question is one that it says nothing else to. */
    silence(state) {
      const { asked } = state;
      const unsure = { ...state, level: false, upload: state.upload && { ...state.upload, sent: -1 } };
      if (asked?.verb === "show" || asked?.verb === "blank") return { ...unsure, shown: null, active: null };
      if (asked?.verb === "heartbeat") return { ...unsure, beats: false };
      // As good as refused: it is made dark by an empty list.
      if (asked?.verb === "close")
        return { ...unsure, open: null, refusals: { ...state.refusals, close: asked.at + refusedMs } };
      return asked?.verb === "open" ? { ...unsure, open: null } : unsure;
    },

    doubt: (state) => ({ ...state, shown: null, active: null }),
    wakes,
  };
}

function packetsOf(state: State, asked: Asked, now: number, options: HuiduOptions): readonly Uint8Array[] {
  const guid = state.guid ?? "";
  const { width, height } = state.panel.shape;
  switch (asked.verb) {
    case "version":
      return [encodeVersion()];
    case "heartbeat":
      return [encodePacket(commands.heartbeat), ...(state.beats ? [] : [encodeVersion()])];
    case "file-start": {
      const { md5, name, bytes } = asked.picture;
      return [encodeFileStart({ md5, name, size: bytes.length, type: fileTypes.image })];
    }
    case "content":
      return encodeFileContent(
        state.upload?.picture.bytes.subarray(state.upload.sent, asked.until) ?? new Uint8Array(0),
      );
    case "file-end":
      return [encodePacket(commands.fileEnd)];
    case "session":
      return encodeXml(getIfVersion());
    case "blank":
      return encodeXml(addProgramme(guid, stampOf(state, now), null));
    case "show": {
      const { picture, showing } = asked;
      const stamp = stampOf(state, now);
      if (!picture) return encodeXml(addProgramme(guid, stamp, null));
      const file = { name: picture.name, md5: picture.md5 };
      const until = showing.ends === null ? null : localOf(showing.ends - 1000, showing.utcOffsetMin);
      const id = picture.md5.slice(0, 12);
      return encodeXml(addProgramme(guid, stamp, { id, width, height, file, ...(until && { ends: until }) }));
    }
    case "time":
      return encodeXml(setTime(guid, now, asked.utcOffsetMin));
    case "brightness":
      return encodeXml(setBrightness(guid, options.brightness ?? 100));
    case "delete":
      return encodeXml(deleteFiles(guid, asked.names));
    case "info":
    case "files":
    case "open":
    case "close":
      return encodeXml(method(guid, methodNames[asked.verb]), commands.xml, chunkBytes);
  }
}

/** Another one each time, even within a second and after the clock was set: the same one would add to the list. */
const stampOf = ({ seq }: State, now: number) => Math.floor(now / 1000) + seq;

function labelOf(asked: Asked): string {
  switch (asked.verb) {
    case "version":
      return "2001";
    case "heartbeat":
      return "005F";
    case "file-start":
      return `8001 ${asked.picture.md5.slice(0, 8)}`;
    case "content":
      return `8003 ${asked.until}`;
    case "file-end":
      return "8005";
    default:
      return methodNames[asked.verb];
  }
}
