/** Stage 2, when and where: rules, calendar and priority → playlist → programme. */
export { parseCron } from "./cron.ts";
export { type BoardContext, inForce, knownWindows, lifeOf, playlistFor } from "./playlist.ts";
export { programmeFor } from "./programme.ts";
export { blockSentence, intervalsAhead, reasonFor, reasonSentence, ruleSentence } from "./reasons.ts";
export type * from "./types.ts";
