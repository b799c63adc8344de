/** Why a notice is, was or will be on a sign that a person carries a stick to: nothing is known but what that person said. */
import type { WhyView } from "../api/outlook.ts";
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import type { Reason } from "../playlist/index.ts";
import { type CardPiece, cardReason } from "./card-shows.ts";
import type { Desk } from "./desk.ts";
import { suspensionsOf } from "./suspended.ts";

/** `rules`: by its schedule at `at`, which decides what is to be put in and no more. */
export async function cardWhy(
  { site, clock, store }: Pick<Desk, "site" | "clock" | "store">,
  board: string,
  notice: string,
  at: Instant,
  { card, rules }: { readonly card: CardPiece; readonly rules: { readonly code: string; readonly sentence: Sentence } },
): Promise<Omit<WhyView, "board" | "notice" | "title" | "at">> {
  const tense = at <= clock.now() ? "past" : "future";
  const code = rules.code as Reason["code"];
  const said = cardReason(card, notice, { code }, rules.sentence, site.zone);
  const answer = { confirmed: null, turn: null, tense, told: card.loaded } as const;
  const above = await suspensionsOf({ store }, board, { from: at, until: at + 1 }, clock.now());
  if (above.some(({ kind }) => kind === "dark")) {
    const zh = `紧急关屏\uff0c这块屏要到现场断电才会黑\u3002${said.sentence.zh}`;
    const en = `switched dark; this sign is not black until somebody cuts its power. ${said.sentence.en}`;
    return { ...answer, shown: null, code: "dark", sentence: { zh, en } };
  }
  if (card.loaded === null) return { ...answer, shown: null, code: "no-record", sentence: said.sentence };
  const otherwise = code === "shown" ? "not-told" : code;
  return { ...answer, shown: said.onCard === true, code: said.onCard ? "on" : otherwise, sentence: said.sentence };
}
