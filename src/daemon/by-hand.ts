/** What nothing but a person's hands does: sheets of paper, and sticks for signs that nothing leads to; as this office has them. */
import { photoOf } from "../api/photo.ts";
import type { Site } from "../config/types.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { People } from "../people/index.ts";
import { type CardParts, CarriedCards } from "./cards.ts";
import type { Desk } from "./desk.ts";
import { openPaper } from "./paper.ts";
import type { PaperPostings } from "./postings.ts";
import { reviewParts } from "./review.ts";

export interface ByHandOptions extends Pick<CardParts, "said" | "changed" | "seals" | "isDark" | "failed" | "witness"> {
  readonly site: Site;
  readonly desk: Desk;
  readonly people: People;
  readonly takedowns: Pick<CardParts, "ordersFor">;
}

export interface ByHand {
  readonly paper: PaperPostings;
  readonly cards: CarriedCards;
  /** Notices or words have changed. */
  read(): Promise<void>;
  /** At each heartbeat. */
  look(): Promise<void>;
  faults(board: string): BoardFacts["faults"];
}

export function openByHand({ site, desk, people, takedowns, ...more }: ByHandOptions): ByHand {
  const { said, changed } = more;
  const onCard = (notice: string, board: string) => cards.mayHave(notice, board);
  const paper = openPaper({ site, desk, people, takedowns, said, changed, onCard });
  const parts = reviewParts({ site, desk, people, changed: said }, () => {});
  // Not spread: the calendar is read anew for each question.
  const cards = new CarriedCards(
    Object.assign(Object.create(parts) as typeof parts, {
      ...more,
      ...{ site, photoOf, ordersFor: (notice: string) => takedowns.ordersFor(notice), messages: desk.store.messages },
      ...{ book: desk.book, publicKey: desk.key.publicKey },
      paperLingers: (notice: string, board: string) => paper.lingers(notice, board),
    }),
  );
  return {
    paper,
    cards,
    async read() {
      await paper.read();
      await cards.read();
    },
    async look() {
      paper.look();
      await cards.look();
    },
    faults: (board) => [...paper.faults(board), ...cards.faults(board)],
  };
}
