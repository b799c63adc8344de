/**
 * Onbon BX-K font cards as a pure driver of kind message. What was signed is dots; the driver reads them back as the characters
 * that they are drawings of (`cells.ts`), and sends those: one page at a time, in one dynamic area over the whole screen, in
 * RAM, not shown any more when its time-out has passed. Flash and screen parameters are never written.
 */
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/index.ts";
import type { Exchange, Goal, Outcome, PanelDriver } from "../contract.ts";
import { errors } from "../onbon/errors.ts";
import { clockSet } from "../onbon/days.ts";
import { lineMs } from "../onbon/line.ts";
import { createReader } from "../onbon/reader.ts";
import { agreedTo, refusedAgain } from "../onbon/refusals.ts";
import { darkness, dueOnce } from "../onbon/state.ts";
import { alphabetOf, type CellFont, noAlphabet } from "./cells.ts";
import {
  anyDevice,
  type Answer,
  decodePayload,
  devices,
  encodeFrame,
  type Frame,
  ourAddress,
  parseAnswer,
} from "./codec.ts";
import { plan, wakesAt } from "./plan.ts";
import { type Asked, firstState, type OnbonKOptions, type State } from "./state.ts";
import { refusalOf, type Trouble, troubles } from "./troubles.ts";
import { turnReader } from "./turn.ts";

export type { OnbonKOptions } from "./state.ts";

const replyTimeoutMs = 5000;
/** Whether it is there, a card says at once. */
const pingTimeoutMs = 2000;
/** So long nothing is heard, and no late answer comes any more. */
const lateMs = 5000;
/** It holds one page at a time; what is too long for it is told when it comes to that. */
const noLimits = { ramBytes: Infinity, messages: Infinity, programmeBytes: Infinity };

/** `font`: our drawings, by which sealed dots are read; they are handed in. null: nothing can be read, and nothing is sent. */
export function onbonKDriver(options: OnbonKOptions, font: CellFont | null): PanelDriver<State, Uint8Array> {
  const turnAt = turnReader(options, font === null ? noAlphabet : alphabetOf(options.glyphs, font));
  return {
    name: "onbon-k",
    capabilities: {
      ...{ kind: "message", readBack: false, authenticated: false, ends: "by-timeout", motion: "pages" },
      glyphs: "own",
    },
    createReader,
    connect: (panel, firstSeq) => firstState(panel, options, firstSeq),

    ask(before, goal) {
      const state = settled(before, goal.now);
      const step = plan(state, goal, turnAt);
      if (!step) return null;
      const { asked, data } = step;
      const { panel, seq } = state;
      const head = { to: panel.address, from: ourAddress, deviceType: anyDevice, displayMode: 0 };
      const bytes = encodeFrame({ ...head, data });
      const isBrief = !state.known || asked.kind === "poll";
      const blind = !state.known && asked.kind === "switch" ? "said" : state.blind;
      const exchange: Exchange = {
        seq,
        bytes,
        label: labelOf(asked),
        timeoutMs:
          (isBrief ? pingTimeoutMs : replyTimeoutMs) + lineMs(state, bytes.length + limits.onbonReplyBytes / 8),
        ...(asked.kind === "text" && !asked.shows.trouble && { activates: asked.shows.programme }),
      };
      return { state: { ...state, asked, goal, blind, seq: (seq % 0xffff) + 1 }, exchange };
    },

    /**
     * Answers have no number, and say of themselves only that they are some; our own words may come back on RS-485. What a
     * ping is answered with nobody has seen: a word of its own group will do, which is not ours.
     */
    accepts({ asked, panel }, _exchange, reply) {
      const frame = decodePayload(reply);
      if (!frame) return "noise";
      const group = parseAnswer(frame)?.group;
      const isPong =
        group === systemGroup && frame.to === ourAddress && (asked?.kind === "ping" || asked?.kind === "poll");
      if (!asked || (group !== ackGroup && !isPong)) return "other";
      return panel.shared && frame.from !== panel.address ? "other" : "yes";
    },

    reply(state, exchange, reply, { heardAt }) {
      const frame = decodePayload(reply);
      const answer = frame && parseAnswer(frame);
      if (!frame || !answer || !state.asked || !state.goal) return { state, faults: [] };
      const outcome = heard(state, state.asked, frame, answer, exchange.label);
      // It may have been a late one, and this one's is late then.
      const lateUntil = state.lateUntil === null ? null : heardAt + lateMs;
      return { ...outcome, state: { ...outcome.state, asked: null, goal: null, lateUntil } };
    },

    silence(state, exchange) {
      // It may have lost its power meanwhile, with it whatever was in its RAM, and be lit again though it was dark.
      const nothing = { on: null, shows: null, cleared: false };
      const blind = state.known ? state.blind : dueOnce(state.blind);
      const { asked, goal } = state;
      const lateUntil = (goal?.now ?? 0) + exchange.timeoutMs + lateMs;
      const next: State = { ...state, ...nothing, blind, asked: null, goal: null, lateUntil };
      if (!state.known || asked?.kind !== "switch" || asked.on || !goal) return next;
      // As good as refused: it is given nothing to show.
      return { ...next, refusals: refusedAgain(state.refusals, goal.now + exchange.timeoutMs, "switch").refusals };
    },

    wakes: wakesAt,
    doubt: (state) => ({ ...state, shows: null }),
  };
}

const [ackGroup, systemGroup] = [0xa0, 0xa2];

const isDark = ({ on, shows }: State) => on === false || shows?.programme === darkness;
const setFor = (goal: Goal | null) => goal && clockSet(goal.now, goal.wanted?.programme.spans[0]?.utcOffsetMin);

function heard(state: State, asked: Asked, frame: Frame, answer: Answer, label: string): Outcome<State> {
  if ((answer.group === ackGroup && answer.command !== 0) || answer.error !== 0)
    return refused(state, asked, answer.error, label);
  const agreed = { ...state, refusals: agreedTo(state.refusals, asked.kind) };
  switch (asked.kind) {
    case "ping": {
      const trouble = otherFamily(state, frame);
      if (trouble)
        return {
          state: { ...state, refusals: again(state, asked).refusals, blind: dueOnce(state.blind) },
          faults: [fault(state, label, trouble)],
        };
      return { state: { ...agreed, known: true }, limits: noLimits, faults: [] };
    }
    case "poll": {
      const trouble = state.goal?.dark ? null : (state.shows?.trouble ?? null);
      const faults = trouble ? [fault(state, label, trouble)] : [];
      if (state.lateUntil !== null && isDark(state)) return { state: agreed, polled: true, faults };
      return { state: agreed, polled: true, dark: isDark(agreed), faults };
    }
    case "switch": {
      const next = { ...agreed, on: asked.on, shows: asked.on ? state.shows : null };
      return { state: next, ...(state.lateUntil === null && { dark: !asked.on }), faults: [] };
    }
    case "text": {
      const { shows } = asked;
      const next = { ...agreed, shows, cleared: true };
      if (shows.programme === darkness)
        return { state: next, ...(state.lateUntil === null && { dark: true }), faults: [] };
      if (shows.trouble) return { state: next, faults: [fault(state, label, shows.trouble)] };
      return { state: next, activated: shows.programme, faults: [] };
    }
    case "brightness":
      return { state: { ...agreed, brightnessSet: true }, faults: [] };
    case "clock":
      return { state: { ...agreed, clockSet: setFor(state.goal) }, faults: [] };
  }
}

/** No late answer can come any more: what was agreed to while one could is no news, and black is asked for anew. */
function settled(state: State, now: Instant): State {
  // A clock that was set back must not make the wait longer than it can be.
  if (state.lateUntil === null || (now < state.lateUntil && state.lateUntil - now <= 2 * lateMs)) return state;
  const doubted = isDark(state) ? { on: null, shows: null } : {};
  return { ...state, ...doubted, lateUntil: null };
}

/** A card that says of itself that it measures in other units than is written; null: it says nothing of the kind. */
function otherFamily({ options }: State, { deviceType }: Frame): Trouble | null {
  const found = Object.entries(devices).find(([, { type }]) => type === deviceType);
  if (!found) return null;
  const [name, { unit }] = found;
  return (unit === 8) === (options.family === "5K") ? null : troubles.otherFamily(name, options.family);
}

function refused(state: State, asked: Asked, error: number, label: string): Outcome<State> {
  const { refusals, count } = again(state, asked);
  const polled = asked.kind === "poll";
  const blind = asked.kind === "ping" ? dueOnce(state.blind) : state.blind;
  const next: State = { ...state, refusals, blind };
  if (error === errors.busy && count === 1) return { state: next, polled, faults: [] };
  return { state: next, polled, faults: [fault(state, label, refusalOf(error))] };
}

function again({ refusals, goal }: State, asked: Asked) {
  const programme = asked.kind === "text" ? asked.shows.programme : null;
  return refusedAgain(refusals, goal?.now ?? 0, asked.kind, programme);
}

const fault = ({ panel }: State, label: string, { what, todo }: Trouble) =>
  ({ code: "panel/card", board: panel.board, label, what, todo }) as const;

const labels: Readonly<Record<Exclude<Asked["kind"], "switch">, string>> = {
  ping: "A2 00 PING",
  poll: "A2 00 PING",
  brightness: "A3 02 BRIGHTNESS",
  clock: "A2 03 CLOCK",
  text: "A3 06 TEXT",
};

function labelOf(asked: Asked): string {
  return asked.kind === "switch" ? `A3 00 ${asked.on ? "ON" : "OFF"}` : labels[asked.kind];
}
