/** 台账: register and play log, chained rows. */
export { emptyHead, noHash, rowHash } from "./row.ts";
export type * from "./types.ts";
