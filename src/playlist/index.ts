/** Stage 2, when and where: rules, calendar and priority → playlist → programme. */
export { parseCron } from "./cron.ts";
export { nextStart, nextStarts } from "./next.ts";
export { type BoardContext, inForce, knownWindows, lifeOf, playlistFor } from "./playlist.ts";
export { programmeFor } from "./programme.ts";
export { rankOf } from "./rank.ts";
export { blockSentence, intervalsAhead, reasonFor, reasonSentence, ruleSentence } from "./reasons.ts";
export {
  cut,
  type Cycle,
  cycleOf,
  type Days,
  daysOf,
  joined,
  spanOf,
  type TimelineBoard,
  timelineDays,
  timelineOf,
} from "./timeline.ts";
export { type BoardOutlook, type Finding, outlookOf } from "./outlook.ts";
export { effectSentence, findingSentence, lengthWords } from "./outlook-words.ts";
export { type Effect, defaultPriority, effectDays, effectOn, type Interrupted, type Round } from "./what-if.ts";
export type * from "./types.ts";
