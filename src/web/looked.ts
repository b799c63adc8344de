/** Which boards' pages of which cases were looked at here and by this person: what may be signed. */
import { shallowReactive } from "vue";
import type { CaseJson } from "./review-api.ts";

/** Of a case and board, the message that was seen there. */
const seen = shallowReactive(new Map<string, string>());
let viewer = "";

const keyOf = (id: string, board: string) => `${id} ${board}`;

export function useLooked(account: string) {
  // Another person has looked at nothing yet.
  if (account !== viewer) seen.clear();
  viewer = account;
  const hasLooked = ({ id, pixels }: Pick<CaseJson, "id" | "pixels">, board: string) =>
    pixels.some((one) => one.board === board && seen.get(keyOf(id, board)) === one.message);
  return {
    hasLooked,
    hasLookedAtAll: (review: Pick<CaseJson, "id" | "pixels">) =>
      review.pixels.every(({ board }) => hasLooked(review, board)),
    look: (id: string, board: string, message: string) => void seen.set(keyOf(id, board), message),
  };
}
