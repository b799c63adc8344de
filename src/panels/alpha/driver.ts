/**
 * Alpha signs as a pure driver. What a notice looks like is a picture (SMALL DOTS), which TEXT file A calls: the sign's own
 * font knows no Chinese. Most signs say nothing: then all is sent again from time to time. Those that answer are asked
 * after each write what they took. Nothing here waits.
 */
import type { Exchange, PanelDriver } from "../contract.ts";
import { standingAt } from "../cards/standing.ts";
import { type Block, decodePacket, memoryEntry, type Part, packetParts, readSpecial } from "./codec.ts";
import { labelOf, packetsOf, picturesOf } from "./commands.ts";
import { createReader } from "./reader.ts";
import { assumed, dropped, took } from "./effects.ts";
import { plan } from "./plan.ts";
import { bare, type Command, firstState, type State } from "./state.ts";
import { statusFaults } from "./status.ts";

export type { State } from "./state.ts";

export interface AlphaOptions {
  /** The sign answers reads: its return line is wired, and it is alone on it. */
  readonly answers: boolean;
  /** Type of sign, `Z` for all. */
  readonly type: string;
  /** 0: every sign on the line. */
  readonly sign: number;
  /** Of the serial server behind a TCP line: how long bytes are under way from there. */
  readonly baud: number;
}

const answerMs = 2500;
const endless = { ramBytes: Infinity, messages: Infinity, programmeBytes: Infinity };

export function alphaDriver(options: AlphaOptions): PanelDriver<State, Uint8Array> {
  const { answers } = options;
  return {
    name: "alpha",
    capabilities: {
      kind: "message",
      readBack: false,
      authenticated: false,
      ...(!answers && { oneWay: true }),
      ends: "never",
      motion: "pages",
    },
    createReader,
    connect: firstState,

    ask(state, goal) {
      const command = plan(state, goal, answers);
      if (!command) return null;
      const { panel, seq } = state;
      const written = packetsOf(command, panel.shape);
      const bits = panel.bitsPerSecond ?? options.baud;
      const read = answers && (written.length === 0 || command.verb === "darken");
      const packets = read ? [...written, ...readOf(command)] : written;
      const to = { type: options.type, address: options.sign };
      const parts = packets.flatMap((blocks) => timed(packetParts(blocks, to), bits));
      const lastsMs = parts.reduce((sum, { pauseMs }) => sum + pauseMs, 0);
      const exchange: Exchange = {
        seq,
        bytes: Buffer.concat(parts.map(({ bytes }) => bytes)),
        parts,
        label: labelOf(command),
        timeoutMs: lastsMs + answerMs,
        ...(!read && { unanswered: true }),
        ...("programme" in command && command.programme !== null && { activates: command.programme }),
      };
      const blind = command.verb === "darken" ? "said" : state.blind;
      return { state: { ...state, asked: command, blind, seq: (seq % 0xffff) + 1 }, exchange };
    },

    accepts(state, _exchange, reply) {
      const packet = decodePacket(reply);
      const [block] = packet?.blocks ?? [];
      if (!packet || !block || block.checksum === "wrong") return "noise";
      const code = state.asked ? readCodes[state.asked.verb] : undefined;
      return packet.type === "0" && block.command === "E" && block.data.startsWith(code ?? "\0") ? "yes" : "other";
    },

    reply(state, _exchange, reply, timing) {
      const { asked } = state;
      const data = decodePacket(reply)?.blocks[0]?.data.slice(1) ?? "";
      switch (asked?.verb) {
        case "hello":
          return { state: { ...state, greeted: true }, limits: endless, faults: [] };
        case "poll":
          return polled(state, data);
        case "darken": {
          const faults = statusFaults(state.panel.board, labelOf(asked), data);
          if (faults.length > 0) return { state, faults };
          const { at } = asked;
          const alone = took(state, { verb: "take-over", at }, timing).state;
          return took(alone, { verb: "show", label: null, programme: null, at }, timing);
        }
        case "status":
        case "goes-on": {
          const about = state.doubtful ?? asked;
          const faults = statusFaults(state.panel.board, labelOf(about), data);
          if (faults.length > 0) return { state: dropped(state), polled: true, faults };
          const before = { ...state, doubtful: null, refusals: 0 };
          if (about.verb === "status") return { state: before, polled: true, faults };
          return took(before, about, timing);
        }
        default:
          return { state, faults: [] };
      }
    },

    sent(state, _exchange, timing) {
      const { asked } = state;
      if (!asked) return { state, faults: [] };
      if (asked.verb === "hello") return { state: { ...state, greeted: true }, limits: endless, faults: [] };
      if (!answers) return took(state, asked, timing);
      return { state: { ...assumed(state, asked), doubtful: asked }, faults: [] };
    },

    /** Whether it took what it was sent is not known: it is asked again, or on the next connection has all of it anew. */
    silence: (state) => (state.greeted || state.blind !== "no" ? state : { ...state, blind: "due" }),

    doubt: bare,

    wakes: (_state, { wanted, now, dark }) => (wanted && !dark ? (standingAt(wanted, now)?.until ?? null) : null),
  };

  function polled(state: State, data: string) {
    const same = picturesOf(state.panel.shape).every((entry) => data.includes(memoryEntry(entry)));
    // Some read back otherwise than they were written: from those nothing can be learnt.
    if (state.comparable === null || same) return { state: { ...state, comparable: same }, polled: true, faults: [] };
    if (!state.comparable) return { state, polled: true, faults: [] };
    return { state: bare(state), polled: true, restarted: true, faults: [] };
  }
}

/** With the time that the bytes themselves take, ten bits each, before the pause begins. */
function timed(parts: readonly Part[], bitsPerSecond: number): readonly Part[] {
  return parts.map(({ bytes, pauseMs }) => ({
    bytes,
    pauseMs: pauseMs + Math.ceil((bytes.length * 10_000) / bitsPerSecond),
  }));
}

const readCodes: Partial<Record<Command["verb"], string>> = {
  ...{ hello: '"', status: "*", "goes-on": "*", darken: "*", poll: "$" },
};

function readOf(command: Command): readonly (readonly Block[])[] {
  const code = readCodes[command.verb];
  return code === undefined ? [] : [[readSpecial(code)]];
}
