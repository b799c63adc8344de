/** 台账: register and play log, chained rows; what shows that they were altered. */
export {
  type Checkpoint,
  fromLine,
  fromText,
  signCheckpoint,
  type Signing,
  toText,
  type Verifying,
} from "./checkpoint.ts";
export { checkpointFile, Checkpoints, readCheckpoints } from "./checkpoints.ts";
export { GuardedAudit } from "./guarded.ts";
export { cutPlay, latestCut } from "./retention.ts";
export { emptyHead, noHash, rowHash } from "./row.ts";
export type * from "./types.ts";
export { type BrokenChain, type ChainVerdict, verifyChain } from "./verify.ts";
export { rowsOf } from "./rows.ts";
