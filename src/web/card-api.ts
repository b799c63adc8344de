/** What is carried by stick to signs that nothing leads to, and what somebody says of it. */
import type { CardJson } from "../api/card-schemas.ts";
import { ask, askWithFile, pathOf } from "./ask.ts";

export type { CardJson };

export const cardApi = {
  list: () => ask<readonly CardJson[]>("GET", "/api/v1/cards"),
  say: (board: string, load: string, words: string, photo: Blob | null) =>
    askWithFile<CardJson>(
      "PUT",
      `${pathOf`/api/v1/cards/${board}/loaded`}?load=${encodeURIComponent(load)}&words=${encodeURIComponent(words)}`,
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

/** Of loads that were made, those that somebody may say they put in: each once, the newest first. */
export function sayable({ made, state }: Pick<CardJson, "made" | "state">): CardJson["made"] {
  if (state === "said") return [];
  return made.filter(({ load }, index) => made.findIndex((one) => one.load === load) === index);
}
