/** What to say next to a BX-K card, most needed first. Pure; nothing here waits or retries. */
import { type Instant, programmeId } from "../../message/index.ts";
import type { Goal, Wanted } from "../contract.ts";
import { clockDue } from "../onbon/days.ts";
import { lineMs } from "../onbon/line.ts";
import { waits } from "../onbon/refusals.ts";
import { standsBlack } from "../onbon/plan.ts";
import { blackAgainMs, darkness } from "../onbon/state.ts";
import * as command from "./codec.ts";
import type { Asked, Shows, State } from "./state.ts";
import { blankText, type TurnReader } from "./turn.ts";

const timeoutMax = 0xffff;
/** The one area that we use: the whole screen, so that nothing of others is lit beside it. */
const areaId = 0;
/** Half seconds that a page stands before the card looks again whether its time is over; the maker's stations have it so. */
const hold = 2;

export interface Step {
  readonly asked: Asked;
  readonly data: Uint8Array;
}

export function plan(state: State, goal: Goal, turnAt: TurnReader): Step | null {
  const may = (kind: Asked["kind"], programme: string | null = null) =>
    !waits(state.refusals, goal.now, kind, programme);
  const off: Step = { asked: { kind: "switch", on: false }, data: command.switchScreen(false) };
  if (!state.known) {
    // It may hear us though nobody hears it, or though it is not the one that is wanted.
    if (goal.dark && state.blind === "due" && state.on !== false) return off;
    return may("ping") ? { asked: { kind: "ping" }, data: command.ping() } : null;
  }
  if (goal.dark && state.on !== false) {
    if (may("switch")) return off;
    // One that will not be switched off is given nothing to show.
    const shows = { programme: darkness, until: goal.now + blackAgainMs, trouble: null };
    if (!standsBlack(state.shows, goal.now) && may("text", darkness))
      return { asked: { kind: "text", shows }, data: textData(state, blankText(), command.runModes.loop, 0) };
  }
  // Its status has a layout that nobody has seen: that it is there is all that is asked.
  // Nothing more is asked, so that late answers pass; then darkness is asked for again.
  if (goal.dark && state.lateUntil !== null) return null;
  if (goal.pollDue) return { asked: { kind: "poll" }, data: command.ping() };
  const { wanted } = goal;
  if (!wanted || goal.dark) return null;
  const shown = show(state, wanted, goal.now, turnAt);
  if (shown) return may("text", shown.shows.programme) ? { asked: { kind: "text", ...shown }, data: shown.data } : null;
  if (state.on !== true && state.shows?.programme === programmeId(wanted.programme) && may("switch"))
    return { asked: { kind: "switch", on: true }, data: command.switchScreen(true) };
  const { brightness } = state.options;
  if (brightness !== null && !state.brightnessSet && may("brightness"))
    return { asked: { kind: "brightness" }, data: command.setBrightness(brightness) };
  const [span] = wanted.programme.spans;
  if (span && clockDue(state.clockSet, goal.now, span.utcOffsetMin) && may("clock"))
    return { asked: { kind: "clock" }, data: command.setClock(goal.now, span.utcOffsetMin) };
  return null;
}

/** When the next page of what is shown is due, or late answers have passed. */
export function wakesAt({ known, lateUntil, shows }: State, goal: Goal): Instant | null {
  if (known && goal.dark && lateUntil !== null) return lateUntil;
  // One that is over, and was refused or is still awaited, is no reason to ask again at once.
  return goal.wanted && !goal.dark && shows && shows.until > goal.now ? shows.until : null;
}

/** null: it is shown, or over before it could arrive. */
function show(
  state: State,
  wanted: Wanted,
  now: Instant,
  turnAt: TurnReader,
): { readonly shows: Shows; readonly data: Uint8Array } | null {
  const { programme } = wanted;
  const id = programmeId(programme);
  if (state.shows?.programme === id && now < state.shows.until) return null;
  const page = turnAt(wanted, now);
  // Black for as long as nothing else comes: a card without any area would light what is in its flash.
  if (page === null || "trouble" in page) {
    const shows = { programme: id, until: Infinity, trouble: page === null ? null : page.trouble };
    return { shows, data: textData(state, blankText(), command.runModes.loop, 0) };
  }
  const leftMs = programme.base + programme.endMs - now - lineMs(state, page.text.length + frameBytes);
  if (leftMs <= 0) return null;
  // Up, so that it is not gone before the next turn is there: nothing outlives its end by a second.
  const timeoutS = Math.min(timeoutMax, Math.ceil(leftMs / 1000));
  const renewAt = leftMs > timeoutMax * 1000 ? now + (timeoutMax * 1000) / 2 : Infinity;
  return {
    shows: { programme: id, until: Math.min(page.until, renewAt), trouble: null },
    data: textData(state, page.text, command.runModes.loopUntilTimeout, timeoutS),
  };
}

/** Around a text. */
const frameBytes = 64;

function textData(state: State, text: Uint8Array, runMode: number, timeoutS: number): Uint8Array {
  const { panel, options, cleared } = state;
  const { width, height } = panel.shape;
  const unit = options.family === "5K" ? command.devices["5K1"].unit : command.devices["6K1"].unit;
  return command.changeAreas({
    anew: false,
    deleted: cleared ? [] : "all",
    areas: [
      {
        ...{ id: areaId, x: 0, y: 0, width: width / unit, height, lineSpace: 0 },
        ...{ runMode, timeoutS, align: 0, singleLine: false, wraps: false },
        ...{ displayMode: command.displayModes.still, exit: 0, speed: 0, hold, text },
      },
    ],
    answered: true,
  });
}
