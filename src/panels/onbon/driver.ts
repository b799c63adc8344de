/**
 * Onbon BX-5 and BX-6 graphic cards as a pure driver of kind message: what is on lies in one dynamic area in the card's RAM,
 * which is not shown any more when its time-out has passed, to the second. Flash is for the default picture alone
 * (`flash.ts`). Screen parameters are never written: a wrong one can destroy a screen.
 */
import { limits } from "../../limits.ts";
import type { Exchange, Goal, PanelDriver } from "../contract.ts";
import { isAnswerTo, parseAnswer } from "./answers.ts";
import { groups } from "./commands.ts";
import { anyDevice, decodePayload, encodeFrame, type Frame, ourAddress } from "./frame.ts";
import { lineMs } from "./line.ts";
import { plan, wakesAt } from "./plan.ts";
import { createReader } from "./reader.ts";
import { heard } from "./replies.ts";
import { refusedAgain } from "./refusals.ts";
import { type Asked, dueOnce, firstState, type OnbonOptions, type State } from "./state.ts";
import { families, type Family } from "./families.ts";

export type { OnbonOptions, State } from "./state.ts";

export const onbonPort = 5005;

/** The maker's own software waits so long. */
const replyTimeoutMs = 7000;
/** Who it is, a card says at once; and one of the other generation does not answer at all. */
const pingTimeoutMs = 2000;
/** Between frames of which it answers one, or two: two talk at once on RS-485 otherwise. */
const betweenMs = 100;
const lines = { serial: 0, tcp: 1 } as const;
/** An answer's number is the question's with this bit set: questions keep to the lower half, in steps of two. */
const answerBit = 0x8000;

export const plainOptions: OnbonOptions = {
  family: null,
  planes: "RG",
  rgb: "888",
  tails: 2,
  brightness: null,
  speedMs: 16,
  keepsDefault: false,
  others: "told",
};

interface Talk extends State {
  /** What the exchange on its way was asked for. */
  readonly goal: Goal | null;
}

export function onbonDriver(options: OnbonOptions): PanelDriver<Talk, Uint8Array> {
  return {
    name: "onbon",
    capabilities: { kind: "message", readBack: false, authenticated: false, ends: "by-timeout", motion: "card" },
    createReader,
    connect(panel, firstSeq) {
      const generation = options.family === null ? 5 : families[options.family].generation;
      return { ...firstState(panel, options, firstSeq, generation), goal: null };
    },

    ask(state, goal) {
      const step = plan(state, goal);
      if (!step) return null;
      const { asked, body } = step;
      const { seq } = state;
      const frames = waysTo(state, asked).map((way) => encodeFrame(frameOf(state, body, way), options.tails));
      const bytes = Buffer.concat(frames);
      const answerBytes = limits.onbonReplyBytes / 8;
      const pauseMs = betweenMs + lineMs(state, bytes.length / frames.length + answerBytes);
      const exchange: Exchange = {
        seq,
        bytes,
        label: labelOf(asked),
        timeoutMs:
          (state.card === null ? pingTimeoutMs : replyTimeoutMs) +
          lineMs(state, bytes.length + answerBytes) +
          pauseMs * (frames.length - 1),
        ...(frames.length > 1 && { parts: frames.map((frame) => ({ bytes: frame, pauseMs })) }),
        ...(asked.kind === "area" && { activates: asked.shows.programme }),
      };
      return { state: { ...state, ...step.state, asked, goal, seq: (seq % 0xffff) + 1 }, exchange };
    },

    accepts(state, exchange, reply) {
      const frame = decodePayload(reply);
      const answer = frame && parseAnswer(frame.body);
      const asked = bodyKind(state.asked);
      if (!frame || frame.to !== ourAddress) return frame ? "other" : "noise";
      if (!answer || !asked) return "other";
      // An answer about areas has no number: a late one is known by whose it is.
      if (state.panel.shared && frame.from !== state.panel.address) return "other";
      const ours =
        frame.kind === "dynamic"
          ? asked.group === groups.area
          : state.family?.plainHeader || isNumbered(state, frame.seq, exchange.seq) || unnumbered(asked);
      const fits = isAnswerTo(answer, asked) || answer.group === ackGroup;
      return ours && fits && (asked.data !== true || answer.group !== ackGroup || answer.command !== 0)
        ? "yes"
        : "other";
    },

    reply(state, exchange, reply) {
      const frame = decodePayload(reply);
      const answer = frame && parseAnswer(frame.body);
      if (!answer || !state.asked || !state.goal) return { state, faults: [] };
      const outcome = heard(state, state.asked, answer, state.goal, exchange.label);
      return { ...outcome, state: { ...state, ...outcome.state, asked: null, goal: null } };
    },

    silence(state, exchange) {
      const { asked, goal } = state;
      const next = { ...state, asked: null, goal: null, unsure: state.card !== null };
      if (asked?.kind === "ping") {
        // An unknown card of the other generation does not understand this one's header.
        const generation = options.family !== null ? state.generation : state.generation === 5 ? 6 : 5;
        return { ...next, blind: dueOnce(state.blind), generation };
      }
      if (asked?.kind === "switch") {
        const doubted = { ...next, on: null, shows: null };
        // As good as refused: a card with areas is made black by one.
        return goal && !asked.on && state.family?.areas
          ? { ...doubted, refusals: refusedAgain(state.refusals, goal.now + exchange.timeoutMs, "switch").refusals }
          : doubted;
      }
      // It may have lost its power meanwhile, and with it whatever was in its RAM: it lights what is in its flash.
      return { ...next, shows: null, flash: asked?.kind === "flash" ? null : state.flash };
    },

    wakes: wakesAt,
    doubt: (state) => ({ ...state, shows: null }),
  };
}

const ackGroup = 0xa0;

/** What a header may have to be like. */
type Way = Pick<Family, "generation" | "plainHeader">;
const allWays: readonly Way[] = [families["5E"], families["5A"], families["6E"]];

/** One that is to be switched off before it has said what it is hears it in each header that it may know. */
function waysTo({ card, family, generation, options }: State, asked: Asked): readonly Way[] {
  if (card === null && asked.kind === "switch") return options.family === null ? allWays : [families[options.family]];
  return [{ generation, plainHeader: family?.plainHeader === true }];
}

function frameOf(state: State, body: Uint8Array, { generation, plainHeader }: Way): Frame {
  const { panel, card, seq } = state;
  const header = { to: panel.address, from: ourAddress, device: card?.device ?? anyDevice };
  if (body[1] === groups.area) return { kind: "dynamic", ...header, body };
  const line = plainHeader || panel.bitsPerSecond !== null ? lines.serial : lines.tcp;
  const number = plainHeader ? plainSeq : wireSeq(seq);
  return { kind: "standard", ...header, generation, line, seq: number, filler: seq & 0xff, body };
}

/** No other frame has it: theirs are even. */
const plainSeq = 1;
const wireSeq = (seq: number) => (seq * 2) % answerBit;

function isNumbered({ card, asked }: State, said: number, seq: number): boolean {
  const number = said & ~answerBit;
  return number === wireSeq(seq) || (number === plainSeq && card === null && asked?.kind === "switch");
}

/** What is asked, as group and command; `data`: the answer has some, a bare "yes" is none. */
function bodyKind(asked: Asked | null) {
  switch (asked?.kind) {
    case undefined:
      return null;
    case "ping":
      return { group: groups.system, command: 0x00, data: true };
    case "status":
      return { group: groups.system, command: 0x0f, data: true };
    case "area":
    case "clear-areas":
      return { group: groups.area, command: 0x00 };
    default:
      return { group: groups.system, command: 0xff };
  }
}

/** Questions about areas have no number; some cards answer them in the header that has one. */
const unnumbered = ({ group }: { readonly group: number }) => group === groups.area;

const labels: Readonly<Record<Exclude<Asked["kind"], "switch" | "flash">, string>> = {
  ping: "A2 00 PING",
  status: "A2 0F STATUS",
  unlock: "A2 0D UNLOCK",
  brightness: "A2 07 BRIGHTNESS",
  clock: "A2 02 CLOCK",
  "delete-programmes": "A1 01 DELETE",
  "clear-areas": "A7 01 CLEAR",
  area: "A7 00 AREA",
};

function labelOf(asked: Asked): string {
  if (asked.kind === "switch") return `A2 05 ${asked.on ? "ON" : "OFF"}`;
  if (asked.kind !== "flash") return labels[asked.kind];
  return `A1 ${(asked.body[2] ?? 0).toString(16).padStart(2, "0").toUpperCase()} FLASH`;
}
