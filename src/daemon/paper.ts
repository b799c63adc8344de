/** Posting places as this office has them. */
import { photoOf } from "../api/photo.ts";
import type { Site } from "../config/types.ts";
import type { People } from "../people/index.ts";
import type { Desk } from "./desk.ts";
import { type PostingParts, PaperPostings } from "./postings.ts";
import { reviewParts } from "./review.ts";

export interface PaperOptions extends Pick<PostingParts, "said" | "changed" | "onCard"> {
  readonly site: Site;
  readonly desk: Desk;
  readonly people: People;
  readonly takedowns: Pick<PostingParts, "ordersFor">;
}

export function openPaper({ site, desk, people, takedowns, said, changed, onCard }: PaperOptions): PaperPostings {
  const parts = reviewParts({ site, desk, people, changed: said }, () => {});
  // Not spread: the calendar is read anew for each question.
  return new PaperPostings(
    Object.assign(Object.create(parts) as typeof parts, {
      ...{
        said,
        changed,
        ...(onCard && { onCard }),
        site,
        photoOf,
        ordersFor: (notice: string) => takedowns.ordersFor(notice),
      },
      ...{ book: desk.book, publicKey: desk.key.publicKey },
    }),
  );
}
