/** 今日待办 as this office has it: everything that is open, gathered from where it is kept. */
import type { Above } from "../api/above.ts";
import type { CapOffice } from "../api/cap.ts";
import type { Office } from "../api/office.ts";
import type { CardView } from "../api/cards.ts";
import type { PostingView } from "../api/postings.ts";
import type { PublicityOffice } from "../api/publicity-routes.ts";
import type { Review } from "../api/review.ts";
import type { Takedowns } from "../api/takedown.ts";
import type { TodayOffice } from "../api/today.ts";
import type { Site } from "../config/types.ts";
import { limits } from "../limits.ts";
import type { Draft } from "../notices/review/index.ts";
import type { People } from "../people/index.ts";
import type { Desk } from "./desk.ts";
import { arrangeToday, type OpenDraft } from "./today-order.ts";

export interface TodayParts {
  readonly site: Pick<Site, "boards" | "cabinets" | "review">;
  readonly desk: Pick<Desk, "store" | "clock" | "book">;
  readonly people: { readonly store: Pick<People["store"], "accounts"> };
  readonly review: Pick<Review, "waiting" | "drafts">;
  readonly takedowns: Pick<Takedowns, "open">;
  readonly office: Pick<Office, "boards">;
  readonly above: Pick<Above, "dark" | "reports">;
  readonly cap: Pick<CapOffice, "warnings">;
  readonly publicity: Pick<PublicityOffice, "list">;
  readonly paper: { waiting(): readonly PostingView[] };
  readonly cards?: { waiting(): readonly CardView[] };
}

export function openToday({ site, desk, people, review, takedowns, ...others }: TodayParts): TodayOffice {
  const { office, above, cap, publicity, paper, cards } = others;
  const { store, clock, book } = desk;
  const places = site.boards.length + (site.cabinets?.length ?? 0);
  const officeReview = typeof site.review === "object" && site.review.office === true;

  /** What a draft was sent back with: the last that was said of the revision that it was. */
  const returnedAs = async ({ notice, edits }: Draft): Promise<OpenDraft["returned"]> => {
    const cases = edits === null ? [] : await store.cases.of(notice);
    const last = cases[cases.length - 1];
    const step = last?.number === edits ? last?.steps[last.steps.length - 1] : undefined;
    return step?.step === "returned" ? { by: step.by.name, words: step.words, at: step.at } : null;
  };

  return {
    async today(caller) {
      const now = clock.now();
      const { account, roles, deputyOf, boards } = caller;
      const isAlone = caller.via === "local";
      const mayDraft = isAlone || roles.has("maker") || roles.has("contributor");
      const written = (mayDraft ? await review.drafts(caller) : [])
        // The ones that were written on last, where there are more than anybody can have in hand.
        .toSorted((one, other) => other.changedAt - one.changedAt);
      const drafts: OpenDraft[] = [];
      for (const [index, draft] of written.entries()) {
        const { notice, state, held, owner, hands, changedAt, document } = draft;
        const returned = index < limits.todayDrafts ? await returnedAs(draft) : null;
        const title = document.content.title ?? "";
        drafts.push({ notice, state, held, owner, hands, changedAt, title, returned });
      }
      const open = {
        now,
        drafts,
        accounts: await people.store.accounts(),
        waiting: await review.waiting(now),
        received: (await cap.warnings()).filter(({ state }) => state === "waiting"),
        periods: await publicity.list(),
        boards: office.boards().map(({ config, facts }) => ({ id: config.id, faults: facts.faults })),
        dark: above.dark(),
        takedowns: await takedowns.open(),
        reports: above.reports(),
        postings: paper.waiting(),
        cards: cards?.waiting() ?? [],
        ...{ places, officeReview },
        titleOf: (notice: string) => book.record(notice)?.content.title ?? null,
      };
      return arrangeToday(open, { account: isAlone ? null : account, roles, deputyOf, boards });
    },
  };
}
