/** What a fault, or a reminder, of today's list leads to: the place where something can be done about it. */
import type { Fault } from "../fault.ts";

/** Keys of `today.way.*`: what is done there. */
export const ways = [
  ...["device", "line", "screen", "check", "see", "write", "draft", "notice", "schedule", "dark"],
  ...["calendar", "publicity", "catalogue", "backup", "ledger", "network", "warnings", "paper", "cases", "people"],
] as const;

export interface Way {
  readonly way: (typeof ways)[number];
  /** null: the dark switch, which stands over every page. */
  readonly go: string | null;
}

/** Of a line: those of today's list that tell of a fault have its code. */
export interface AboutFault {
  readonly code?: string | undefined;
  readonly boards: readonly string[];
  readonly notice: string | null;
  /** Whether that notice is a draft now. */
  readonly draft: boolean;
}

const to = (way: Way["way"], ...path: readonly string[]): Way => ({
  way,
  go: `#/${path.map(encodeURIComponent).join("/")}`,
});

export function wayOf({ code = "", boards: [board], notice, draft }: AboutFault): Way {
  const device = (way: Way["way"], ...more: readonly string[]) =>
    board === undefined ? to("device", "boards") : to(way, "boards", board, ...more);
  const its = notice === null ? null : draft ? to("draft", "draft", notice) : to("notice", "notices", notice);
  switch (code as Fault["code"]) {
    case "panel/key-ends":
    case "panel/no-page":
    case "panel/unseen":
    case "panel/hidden":
      return device("screen");
    case "board/unchecked":
      return device("check", "check");
    case "board/stale":
      return to("write", "new");
    case "board/empty-slot":
      return its ?? to("write", "new");
    case "board/overfull":
      return board === undefined ? to("schedule", "schedule") : to("schedule", "schedule", board);
    case "board/expired-lit":
      return board === undefined ? to("see", "") : to("see", "board", board);
    case "board/dark":
    case "board/dark-unconfirmed":
    case "board/dark-unkept":
      return { way: "dark", go: null };
  }
  const [area] = code.split("/");
  switch (area) {
    case "link":
    case "wire":
    case "panel":
      return device("line");
    case "board":
    case "installation":
    case "clock":
    case "card":
      return device("device");
    case "seal":
    case "message":
    case "notice":
    case "takedown":
      return its ?? (board === undefined ? to("see", "") : to("see", "board", board));
    case "calendar":
      return to("calendar", "settings", "calendar");
    case "publicity":
      return to("publicity", "settings", "publicity");
    case "catalogue":
    case "index":
    case "issue":
      return to("catalogue", "settings", "catalogue");
    case "backup":
    case "job":
      return to("backup", "settings", "backup");
    case "ledger":
      return to("ledger", "ledger", "check");
    case "door":
      return to("network", "settings", "network");
    case "warning":
      return to("warnings", "warnings");
    case "paper":
      return to("paper", "paper");
    case "review":
      return to("cases", "cases");
    case "people":
      return to("people", "people");
    default:
      return board === undefined ? to("see", "") : to("see", "board", board);
  }
}
