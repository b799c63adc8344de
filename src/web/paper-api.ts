/** What hangs on paper, and what somebody says of it. */
import type { PostingJson } from "../api/posting-schemas.ts";
import { ask, askWithFile, pathOf } from "./ask.ts";

export type { PostingJson };
export type SaidKind = "posted" | "taken";

export const paperApi = {
  list: () => ask<readonly PostingJson[]>("GET", "/api/v1/postings"),
  say: ({ notice, board }: Pick<PostingJson, "notice" | "board">, kind: SaidKind, words: string, photo: Blob | null) =>
    askWithFile<PostingJson>(
      "PUT",
      `${pathOf`/api/v1/postings/${notice}/${board}/${kind}`}?words=${encodeURIComponent(words)}`,
      photo,
    ),
  sheet: ({ notice, number, board }: PostingJson) => pathOf`/api/v1/postings/${notice}/${number}/${board}/sheet.pdf`,
  photo: ({ notice, number, board }: PostingJson, kind: SaidKind) =>
    pathOf`/api/v1/postings/${notice}/${number}/${board}/${kind}/photo.jpg`,
};

/** The lists of the page, in the order in which they are to be seen to. */
export const paperLists = ["take", "post", "hanging", "planned", "past"] as const;
export type PaperList = (typeof paperLists)[number];

const listOf: Readonly<Record<PostingJson["state"], PaperList>> = {
  "to-take-down": "take",
  "to-post": "post",
  hanging: "hanging",
  planned: "planned",
  missed: "past",
  "taken-down": "past",
};

export function listed(postings: readonly PostingJson[]): readonly (readonly [PaperList, readonly PostingJson[]])[] {
  return paperLists.map((name) => [name, postings.filter(({ state }) => listOf[state] === name)] as const);
}

/** What can be said of it now; null: nothing. */
export function sayable({ state }: Pick<PostingJson, "state">): SaidKind | null {
  return state === "to-post" ? "posted" : state === "to-take-down" ? "taken" : null;
}
