/** What is to be said next to a card, most needed first. */
import { createHash } from "node:crypto";
import { limits } from "../../limits.ts";
import { type Frame, type Instant, type Programme, programmeId } from "../../message/index.ts";
import { standingAt } from "../cards/standing.ts";
import type { Goal, Wanted } from "../contract.ts";
import { pngOf } from "../cards/png.ts";
import type { Asked, Picture, Showing, State } from "./state.ts";

export interface HuiduOptions {
  /** Pictures get their end from the card's own clock. */
  readonly expires: boolean;
  /** New ones a day. */
  readonly picturesPerDay: number;
  /** Percent; null: as it is. */
  readonly brightness: number | null;
  /** Of a mono panel's lit dot. */
  readonly ink: readonly [number, number, number];
}

const clockMs = 6 * 3_600_000;
const dayMs = 86_400_000;
/** Of one file, on its way before it is looked again what is wanted. */
const contentBytes = 64 * 1024;
/** So many are deleted at once when the card has too many. */
const filesAtOnce = 20;

/** Programmes and frames are immutable: what is made of them is made once. */
const ids = new WeakMap<Programme, string>();
function idOf(programme: Programme): string {
  const id = ids.get(programme) ?? programmeId(programme);
  ids.set(programme, id);
  return id;
}
const pictures = new WeakMap<Frame, Picture>();
export function pictureOf(frame: Frame, ink: HuiduOptions["ink"]): Picture {
  let made = pictures.get(frame);
  if (!made) {
    const bytes = pngOf(frame, ink);
    const md5 = createHash("md5").update(bytes).digest("hex");
    made = { name: `boardcast-${md5}.png`, md5, bytes };
    pictures.set(frame, made);
  }
  return made;
}

export function plan(state: State, goal: Goal, options: HuiduOptions): Asked | null {
  const next = first(state, goal, options);
  if (next && waits(state, next.verb, goal.now)) return goal.pollDue ? { verb: "heartbeat", programme: null } : null;
  return next;
}

function first(state: State, goal: Goal, options: HuiduOptions): Asked | null {
  const { now, wanted } = goal;
  // Of another version it takes nothing that is to be lit; but it may have a session, and be closed in it.
  const unfit = !state.level && waits(state, "version", now);
  if (!state.level && !(unfit && goal.dark)) return { verb: "version" };
  if (state.guid === null) return { verb: "session" };
  if (goal.dark) {
    if (state.open === false) return rest(state, goal);
    if (state.upload !== null && state.upload.sent >= 0) return { verb: "file-end" };
    if (!waits(state, "close", now)) return { verb: "close", at: now };
    return state.shown?.md5 === null ? rest(state, goal) : { verb: "blank" };
  }
  if (!state.informed) return { verb: "info" };
  if (!state.listed) return { verb: "files" };
  if (options.brightness !== null && !state.brightened) return { verb: "brightness" };
  if (wanted) {
    // What nobody may be shown now is not sent on either: where it stopped is known.
    if (state.upload) return upload(state.upload);
    const { programme } = wanted;
    const utcOffsetMin = programme.spans[0]?.utcOffsetMin;
    const late = now - state.clockAt >= clockMs || now < state.clockAt;
    // Summer time is set at once: pictures end by the card's clock.
    const isDue = utcOffsetMin !== undefined && (late || state.clockOffsetMin !== utcOffsetMin);
    if (isDue && !waits(state, "time", now)) return { verb: "time", utcOffsetMin, needed: options.expires };
    const step = shows(state, wanted, goal, options);
    if (step) return step;
  }
  return rest(state, goal);
}

function shows(state: State, wanted: Wanted, goal: Goal, options: HuiduOptions): Asked | null {
  const { programme } = wanted;
  const id = idOf(programme);
  const standing = standingAt(wanted, goal.now);
  const utcOffsetMin = programme.spans[0]?.utcOffsetMin ?? 0;
  let picture = standing && pictureOf(standing.frame, options.ink);
  if (picture && !state.files.includes(picture.name)) {
    const stores = mayStore(state, goal, options);
    // What it has whole costs nothing, whatever the day has left.
    const mayAsk = (stores || state.known.includes(picture.name)) && !waits(state, "file-start", goal.now);
    if (mayAsk) return { verb: "file-start", picture, stores };
    // What was on before must not stay: its time is over.
    picture = null;
    if (state.shown?.md5 === null && state.open) return null;
  }
  const ends = options.expires && picture ? endOf(programme, goal.now, utcOffsetMin) : null;
  const showing: Showing = { md5: picture?.md5 ?? null, ends, utcOffsetMin: ends === null ? 0 : utcOffsetMin };
  const { shown } = state;
  const isShown = shown?.md5 === showing.md5 && shown.ends === ends && shown.utcOffsetMin === showing.utcOffsetMin;
  if (!isShown) return { verb: "show", showing, picture, programme: standing && !picture ? "" : id };
  // Light again only with what is wanted underneath.
  if (state.open !== true) return { verb: "open" };
  if (standing && !picture) return null;
  return state.active === id ? null : { verb: "heartbeat", programme: id };
}

/** The card's own days begin at its midnight: a picture that goes on beyond it is given a new end then. */
function endOf({ base, endMs }: Programme, now: Instant, utcOffsetMin: number): Instant {
  const offsetMs = utcOffsetMin * 60_000;
  const midnight = (Math.floor((now + offsetMs) / dayMs) + 1) * dayMs - offsetMs;
  return Math.min(Math.ceil((base + endMs) / 1000) * 1000, midnight);
}

const mayStore = (state: State, { flash }: Goal, { picturesPerDay }: HuiduOptions): boolean =>
  (flash ? flash.left : picturesPerDay - state.stored) > 0;

function upload({ picture, sent }: NonNullable<State["upload"]>): Asked {
  if (sent < 0) return { verb: "file-start", picture, stores: true };
  if (sent >= picture.bytes.length) return { verb: "file-end" };
  return { verb: "content", until: Math.min(picture.bytes.length, sent + contentBytes) };
}

/** What has time. */
function rest(state: State, goal: Goal): Asked | null {
  // Others of before first, then the least lately used; what is lit stays.
  const names = [...new Set([...state.known.filter((name) => !state.files.includes(name)), ...state.files])];
  if (state.deletes && names.length > limits.huiduFilesKept) {
    const lit = state.shown?.md5 ?? null;
    const others = names.filter((name) => lit === null || !name.includes(lit));
    return { verb: "delete", names: others.slice(0, filesAtOnce) };
  }
  return goal.pollDue ? { verb: "heartbeat", programme: null } : null;
}

/** When it will have something else to say: the next page, or midnight where pictures have ends. */
export function wakes(state: State, { wanted, now, dark }: Goal): Instant | null {
  if (!wanted || dark) return null;
  const until = standingAt(wanted, now)?.until ?? Number.POSITIVE_INFINITY;
  return Math.min(until, state.shown?.ends ?? Number.POSITIVE_INFINITY);
}

/** Longest of the waits: a clock that was set back must not make it longer. */
export const refusedMs = 10_000;

function waits({ refusals }: State, verb: Asked["verb"], now: Instant): boolean {
  const waitMs = (refusals[verb] ?? now) - now;
  return waitMs > 0 && waitMs <= refusedMs;
}
