/** Stage 1, what may be said: revisions, screening, seals, deadlines, import. */
export { dueOn, isLate } from "./deadlines.ts";
export { type ImportContext, parseImport } from "./import.ts";
export { importJsonSchema } from "./import-format.ts";
export { defaultPicture, importNotices, type ImportSummary, type SignAs } from "./importer.ts";
export { revisionHash } from "./revision.ts";
export * from "./screening/index.ts";
export { loadOrCreateKey, signSeal, type SigningKey, verdict, verifySeal } from "./seal.ts";
export type * from "./store.ts";
export type * from "./types.ts";
