/** A photo as evidence of what somebody says who stood there: of a sheet that hangs, of a sign that plays. */
import type { PictureTaking } from "../notices/pictures.ts";
import type { PostingStore } from "../notices/posting.ts";
import { refuse } from "../notices/review/parts.ts";

export interface PhotoParts {
  readonly taking: PictureTaking;
  /** A kept picture as evidence. */
  photoOf(bytes: Uint8Array): Promise<Uint8Array>;
  readonly store: { readonly postings: Pick<PostingStore, "pack"> };
}

/** One picture, as it is to be kept. FaultErrors `notice/picture-…`, `paper/several-pages`. */
export async function photoTaken({ taking, photoOf, store }: PhotoParts, bytes: Uint8Array) {
  const taken = await taking.take(bytes, "照片 photo");
  if (!taken.ok) return refuse(taken.faults[0] ?? { code: "input/busy", waiting: 0, max: 0 });
  const [only, ...others] = taken.pictures;
  if (!only || others.length > 0) return refuse({ code: "paper/several-pages", has: taken.pictures.length });
  return store.postings.pack(await photoOf(only.bytes));
}
