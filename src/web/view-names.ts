/** The views, and how they are written after the #. */

export const viewNames = [
  "wall",
  "today",
  "sign-in",
  "setup",
  "begin",
  "password",
  "cases",
  "warnings",
  "drafts",
  "draft",
  "new",
  "notices",
  "outlook",
  "schedule",
  "boards",
  "paper",
  "ledger",
  "people",
  "settings",
  "b",
] as const;
export type ViewName = (typeof viewNames)[number];

export interface Address {
  readonly view: ViewName;
  readonly words: readonly string[];
}

/** `#/cases/2017-0012/1` → cases, ["2017-0012", "1"]. The wall is what is not anything else: `#/board/B1` is its. */
export function parseAddress(hash: string): Address {
  const [name = "", ...words] = hash.replace(/^#\//, "").split("/").map(decoded);
  const view = viewNames.find((one) => one === name) ?? "wall";
  return { view, words: view === "wall" ? [] : words.filter((word) => word !== "") };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
