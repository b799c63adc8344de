/** What a line of today's list leads to: one thing. */
import type { TodayJson } from "../api/today-schemas.ts";
import { type Way, wayOf } from "./today-ways.ts";

export type TodayItemJson = TodayJson["groups"][number]["items"][number];

/** `way`: what is done there, where the kind of the line does not say it. An address of the page, or a window over it: the dark switch, what came of a publicity, a takedown's table. */
export type Next =
  | { readonly go: string; readonly way?: Way["way"] }
  | { readonly open: "dark"; readonly way?: Way["way"] }
  | { readonly open: "result"; readonly notice: string }
  | { readonly open: "takedown"; readonly id: string };

const to = (place: string, ...names: readonly string[]): Next => ({
  go: `#/${[place, ...names.map(encodeURIComponent)].join("/")}`,
});

export function nextOf({ kind, notice, case: its, draft, boards, number, code }: TodayItemJson): Next {
  const [board] = boards;
  switch (kind) {
    case "received":
      return to("warnings", number ?? "");
    case "countersignature":
    case "signature":
    case "office-review":
      return to("cases", its ?? "");
    case "returned":
    case "handed-in":
    case "decision":
    case "draft":
    case "held":
      return to("draft", notice ?? "");
    case "overdue":
      if (its !== null) return to("cases", its);
      return draft ? to("draft", notice ?? "") : to("outlook");
    case "result":
      return { open: "result", notice: notice ?? "" };
    case "dark":
      return { open: "dark" };
    case "takedown":
      return { open: "takedown", id: number ?? "" };
    case "post":
    case "take-down":
    case "carry":
      return to("paper");
    case "reminder":
    case "fault": {
      const { way, go } = wayOf({ code, boards, notice, draft });
      return go === null ? { open: "dark", way } : { go, way };
    }
    case "calendar":
      return to("settings", "calendar");
    case "people":
      return to("people");
    case "first-board":
      return to("boards", "~new");
    case "report":
      return board === undefined ? { go: "#/" } : to("board", board);
  }
}

/** Where all of a group stands; null: nowhere but here. */
export function allOf(group: TodayJson["groups"][number]["group"]): string | null {
  if (group === "warnings") return "#/warnings";
  if (group === "sign" || group === "review") return "#/cases";
  if (group === "submit") return "#/drafts";
  return group === "post" || group === "take-down" ? "#/paper" : null;
}

/** Names that are read out in a line; of more than these it is said how many. */
export const namesMost = 3;

/** How many lines ask for something now: reminders do not. */
export const countDo = (groups: TodayJson["groups"]): number =>
  groups.reduce((sum, { group, items, more }) => sum + (group === "reminders" ? 0 : items.length + more), 0);
