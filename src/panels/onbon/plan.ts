/** What to say next to a BX-5 or BX-6 card, most needed first. Pure; nothing here waits or retries. */
import { limits } from "../../limits.ts";
import { civil, emptyFrame, type Instant, programmeId, type Shape } from "../../message/index.ts";
import type { Cleared, Goal, Wanted } from "../contract.ts";
import { areaBytes, beside, type CardArea, displayModes, runModes, updateAreas } from "./areas.ts";
import * as command from "./commands.ts";
import { clockDue } from "./days.ts";
import { flashDue, leaveOff, stillDue } from "./flash.ts";
import { lineMs } from "./line.ts";
import { type Part, partsOf, pictureNeeds } from "./pages.ts";
import { dotBytes, dotBytesOf, type DotFormat } from "./pixels.ts";
import { waits } from "./refusals.ts";
import { type Asked, blackAgainMs, darkness, type Shows, type State } from "./state.ts";

const timeoutMax = 0xffff;
/** The one area that we use. */
const areaId = 0;

export interface Step {
  readonly state: State;
  readonly asked: Asked;
  readonly body: Uint8Array;
}

export function plan(state: State, goal: Goal): Step | null {
  const { card, options } = state;
  const may = (kind: Asked["kind"], programme: string | null = null) =>
    !waits(state.refusals, goal.now, kind, programme);
  const ask = (asked: Asked, body: Uint8Array): Step => ({ state, asked, body });
  if (card === null) {
    // It may hear us though nobody hears it, or though it is not the one that is wanted. A picture is for a screen that is
    // known, and is never given so.
    if (goal.dark && state.blind === "due" && state.on !== false)
      return { ...ask({ kind: "switch", on: false }, command.switchScreen(false)), state: { ...state, blind: "said" } };
    return may("ping") ? ask({ kind: "ping" }, command.ping()) : null;
  }
  if (goal.dark && state.on !== false) {
    if (may("switch")) return ask({ kind: "switch", on: false }, command.switchScreen(false));
    // One that will not be switched off is made black by a picture.
    const shows = { programme: darkness, until: goal.now + blackAgainMs };
    if (state.family?.areas && !standsBlack(state.shows, goal.now) && may("area", darkness))
      return ask({ kind: "area", shows }, blackArea(state, state.panel.shape));
    // Areas of others may lie over it. Ours goes with them, and is given anew.
    if (state.shows?.programme === darkness && !state.cleared && may("clear-areas"))
      return ask({ kind: "clear-areas" }, command.deleteAreas("all"));
  }
  if (state.flash && !goal.dark) {
    // Its seal may be gone, or somebody else's turn may have come, since the first byte of it left.
    const flash = stillDue(state.flash, goal) ? state.flash : leaveOff;
    const [writing] = flash.steps;
    if (writing) return { state: { ...state, flash }, asked: writing, body: writing.body };
  }
  if (goal.pollDue || state.unsure) return ask({ kind: "status" }, command.readStatus());
  if (state.status?.screenLocked && may("unlock")) return ask({ kind: "unlock" }, command.lockScreen(false, false));
  const { wanted } = goal;
  if (!wanted || goal.dark || !state.family || state.family.areas === 0) return null;
  const [span] = wanted.programme.spans;
  if (span && brightnessDue(state, goal.now, span.utcOffsetMin) && may("brightness"))
    return ask({ kind: "brightness" }, brightnessBody(state));
  if (span && clockDue(state.clockSet, goal.now, span.utcOffsetMin) && may("clock"))
    return ask({ kind: "clock" }, command.setClock(goal.now, span.utcOffsetMin));
  if (!state.cleared && may("clear-areas")) return ask({ kind: "clear-areas" }, command.deleteAreas("all"));
  const flashLeft = goal.flash?.left ?? 0;
  if (options.others === "deleted" && !state.deleted && ownProgrammes(state, goal) > 0 && flashLeft > 0)
    if (may("delete-programmes")) return ask({ kind: "delete-programmes" }, command.deleteFiles([]));
  const shown = show(state, wanted, goal.now);
  if (shown) return may("area", shown.shows.programme) ? ask({ kind: "area", shows: shown.shows }, shown.body) : null;
  if (state.on === false && state.shows?.programme === programmeId(wanted.programme) && may("switch"))
    return ask({ kind: "switch", on: true }, command.switchScreen(true));
  const flash = may("flash") ? flashDue(state, goal, formatOf(state)) : null;
  const [first] = flash?.steps ?? [];
  return flash && first ? { state: { ...state, flash }, asked: first, body: first.body } : null;
}

/** Black by a picture is in RAM: where its power was away for a moment, which it does not say, it lights what is in its flash. */
export function standsBlack(
  shows: { readonly programme: string; readonly until: Instant } | null,
  now: Instant,
): boolean {
  return shows?.programme === darkness && now < shows.until && shows.until - now <= blackAgainMs;
}

/** When the next part of what is shown is due. */
export function wakesAt(state: State, goal: Goal): Instant | null {
  const { shows } = state;
  // One that is over, and was refused or is still awaited, is no reason to ask again at once.
  return goal.wanted && !goal.dark && shows && shows.until > goal.now ? shows.until : null;
}

/** How many programmes are in its flash that we have not put there. */
export function ownProgrammes({ status, options }: State, goal: Pick<Goal, "flash">): number {
  const ours = options.keepsDefault && goal.flash?.holds ? 1 : 0;
  return Math.max(0, (status?.programmes ?? 0) - ours);
}

/** null: it is shown, or over before it could arrive. What is too large is told by `tooLarge`. */
function show(
  state: State,
  wanted: Cleared<Wanted>,
  now: Instant,
): { readonly shows: Shows; readonly body: Uint8Array } | null {
  const { programme, messages } = wanted;
  const id = programmeId(programme);
  if (state.shows?.programme === id && now < state.shows.until) return null;
  const end = programme.base + programme.endMs;
  const [span] = programme.spans;
  const message = messages.get(programme.messages[0] ?? "");
  if (!span || !message) {
    // Black, for as long as nothing else comes: a card without any area would light what is in its flash.
    return { shows: { programme: id, until: Infinity }, body: blackArea(state, programme.shape) };
  }
  const parts = partsAt(state, wanted, now);
  if ("needs" in parts) return null;
  const { part, startsAt } = partOn(parts, programme.base, now);
  const leftMs = end - now - lineMs(state, areaBytes(part.pages, state.generation));
  if (leftMs <= 0) return null;
  // Up, so that it is not gone before the next turn is there: nothing outlives its end by a second.
  const timeoutS = Math.min(timeoutMax, Math.ceil(leftMs / 1000));
  const renewAt = leftMs > timeoutMax * 1000 ? now + (timeoutMax * 1000) / 2 : Infinity;
  const until = Math.min(parts.length > 1 ? startsAt + (part.endMs - part.startMs) : Infinity, renewAt);
  return {
    shows: { programme: id, until },
    body: areaBody(state, programme.shape, part.pages, runModes.loopUntilTimeout, timeoutS),
  };
}

function blackArea(state: State, whole: Shape): Uint8Array {
  const format = formatOf(state);
  const shape = { ...whole, height: Math.min(whole.height, blackRows(whole, format)) };
  const page = { mode: displayModes.still, speed: 1, stay: 0xffff, repeat: 1, validLen: shape.width };
  return areaBody(state, shape, [{ ...page, pixels: dotBytes(emptyFrame(shape), format) }], runModes.loop, 0);
}

/** How many bytes a picture of what is wanted needs, where that is too many; else null. */
export function tooLarge(state: State, { programme: { shape, spans } }: Wanted): number | null {
  const needs = pictureNeeds(shape, formatOf(state));
  return spans.length > 0 && needs > limits.onbonDataBytes ? needs : null;
}

function partsAt(state: State, { programme, messages }: Wanted, now: Instant) {
  const message = messages.get(programme.messages[0] ?? "");
  const { utcOffsetMin } = programme.spans[0] ?? { utcOffsetMin: 0 };
  if (!message) return [];
  const format = { ...formatOf(state), speedMs: state.options.speedMs, roomBytes: limits.onbonDataBytes };
  return partsOf(message, now, utcOffsetMin, now - programme.base, format);
}

function partOn(
  parts: readonly Part[],
  base: Instant,
  now: Instant,
): { readonly part: Part; readonly startsAt: Instant } {
  const elapsedMs = now - base;
  const part = parts.find(({ endMs }) => elapsedMs < endMs) ?? (parts.at(-1) as Part);
  return { part, startsAt: base + part.startMs };
}

function areaBody(state: State, { width, height }: Shape, pages: CardArea["pages"], runMode: number, timeoutS: number) {
  const place = { x: 0, y: 0, width, height };
  return updateAreas([{ id: areaId, runMode, timeoutS, beside: beside.alone, place, pages }], state.generation);
}

export function formatOf({ generation, family, options }: State): DotFormat {
  const rgb = family?.rgb === "565-le" ? "565-le" : options.rgb === "565" ? "565-be" : "888";
  return { generation, planes: options.planes, rgb };
}

/** A black area that is alone keeps the rest of a screen black that is too large for one. */
function blackRows(shape: Shape, format: DotFormat): number {
  const headBytes = areaBytes([{ pixels: new Uint8Array(0) }], format.generation);
  return Math.floor((limits.onbonDataBytes - headBytes) / dotBytesOf({ ...shape, height: 1 }, format));
}

/**
 * Whether it says another level than is written for this half hour. What it is told it keeps, perhaps in flash: it is told
 * again only when it does not agree, and not before the clocks are past the half hour that they may see differently.
 */
function brightnessDue({ options, status, brightnessSetAt }: State, now: Instant, utcOffsetMin: number): boolean {
  const { brightness } = options;
  if (brightness === null || !status) return false;
  if (brightnessSetAt !== null && Math.abs(now - brightnessSetAt) < halfHourMs) return false;
  const { H, M } = civil(now, utcOffsetMin);
  const byClock = typeof brightness !== "number";
  if (byClock && (M % 30 < clocksApartMin || M % 30 >= 30 - clocksApartMin)) return false;
  const level = byClock ? (brightness[H * 2 + Math.floor(M / 30)] ?? 0) : brightness;
  const { manual, byClock: table } = command.brightnessModes;
  // 0 to 15 to some, 1 to 16 to others: either is right.
  return status.brightnessMode !== (byClock ? table : manual) || ![level, level + 1].includes(status.brightness);
}

const halfHourMs = 30 * 60_000;
const clocksApartMin = 2;

function brightnessBody({ options: { brightness } }: State): Uint8Array {
  const { manual, byClock } = command.brightnessModes;
  return typeof brightness === "object" && brightness !== null
    ? command.setBrightness(byClock, brightness)
    : command.setBrightness(manual, new Array<number>(command.halfHours).fill(brightness ?? 0));
}
