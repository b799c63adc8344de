/** What is carried by stick to signs that nothing leads to, and what somebody says of it. */
import type { CardJson } from "../api/card-schemas.ts";
import { ask, askWithFile, pathOf } from "./ask.ts";

export type { CardJson };

export const cardApi = {
  list: () => ask<readonly CardJson[]>("GET", "/api/v1/cards"),
  /** `knowing`: that it has what is over. */
  say: (board: string, load: string, words: string, photo: Blob | null, knowing: boolean) =>
    askWithFile<CardJson>(
      "PUT",
      `${pathOf`/api/v1/cards/${board}/loaded`}?load=${encodeURIComponent(load)}&words=${encodeURIComponent(words)}${knowing ? "&over=1" : ""}`,
      photo,
    ),
  archive: (board: string) => pathOf`/api/v1/cards/${board}/carry.zip`,
  slip: (board: string) => pathOf`/api/v1/cards/${board}/slip.html`,
  photo: (board: string) => pathOf`/api/v1/cards/${board}/photo.jpg`,
};

/** How a sign is marked: never "good", for nobody but a person knows. */
export function toneOf({ state, late }: Pick<CardJson, "state" | "late">): "bad" | "waiting" | "plain" {
  if (late || state === "dark") return "bad";
  return state === "said" ? "plain" : "waiting";
}

/** Of loads that were made, those that somebody may say they put in: the newest first; a stick of before may be one of them. */
export function sayable({ made, state, loaded }: Pick<CardJson, "made" | "state" | "loaded">): CardJson["made"] {
  return state === "said" ? made.filter(({ load }) => load !== loaded?.load) : made;
}
