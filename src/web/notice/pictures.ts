/** Pictures and documents on their way into a draft. What they are is decided by the daemon, which decodes them. */
import type { Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { ask, askWithFile, pathOf } from "../ask.ts";
import type { DraftJson } from "../review-api.ts";

export const acceptedTypes = "image/png,image/jpeg,image/webp,image/gif,image/tiff,application/pdf";
/** Of one drop; more are more likely a folder than a notice. */
export const filesMost = limits.picturesPerNotice;

export interface Added {
  readonly draft: DraftJson;
  readonly warnings: readonly Sentence[];
}

/** What of a drop or of the clipboard are pictures. */
export const picturesIn = (files: Iterable<File>): readonly File[] =>
  [...files].filter(({ type }) => acceptedTypes.split(",").includes(type)).slice(0, filesMost);

/** Word and Excel add a picture of what was copied: their words come first. A browser's picture has none. */
export const picturesPasted = (data: DataTransfer | null): readonly File[] =>
  data === null || data.getData("text/plain").trim() !== "" ? [] : picturesIn(data.files);

export const isTooLarge = ({ size }: File): boolean => size > limits.pictureUploadBytes;

/** Rejects with a `Refusal`. */
export function addPicture(notice: string, version: number, file: File): Promise<Added> {
  return askWithFile<Added>("PUT", `${pathOf`/api/v1/review/drafts/${notice}/pictures`}?version=${version}`, file);
}

/** By a quarter, or without its empty margin. Rejects with a `Refusal`. */
export type Reshaping = "left" | "right" | "trim";
export const reshapings: readonly Reshaping[] = ["left", "right", "trim"];

export const reshapePicture = (notice: string, version: number, index: number, how: Reshaping): Promise<DraftJson> =>
  ask("POST", pathOf`/api/v1/review/drafts/${notice}/pictures/${index}`, { version, how });

export const smallPath = (notice: string, sha256: string): string =>
  pathOf`/api/v1/review/drafts/${notice}/pictures/${sha256}/small.png`;
