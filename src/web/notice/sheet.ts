/** A notice's own page, as far as it can be worked out without a browser: where it is meant to be, and what is said of that. */
import type { NoticeSheetJson } from "../../api/notice-schemas.ts";
import type { Sentence } from "../../fault.ts";
import type { MessageHash } from "../../message/types.ts";
import type { BoardJson, CabinetJson, PlaylistJson } from "../api.ts";
import { ask, pathOf } from "../ask.ts";

export type { NoticeSheetJson };

export const noticeSheet = (id: string): Promise<NoticeSheetJson> => ask("GET", pathOf`/api/v1/notices/${id}`);

export interface SheetPlace {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** null: paper alone, or a board that is no longer there. */
  readonly board: BoardJson | null;
  /** A sheet may hang there. */
  readonly paper: boolean;
  /** What was signed for its panel; null: nothing. */
  readonly message: MessageHash | null;
  /** It was withdrawn from this one, ISO 8601; null: it was not. */
  readonly offSince: string | null;
}

type Meant = Pick<NoticeSheetJson, "boards" | "pixels" | "takenOff">;

/** In the order of the schedule. */
export function sheetPlaces(
  { boards: ids, pixels, takenOff }: Meant,
  boards: readonly BoardJson[],
  cabinets: readonly CabinetJson[],
): readonly SheetPlace[] {
  return ids.map((id) => {
    const board = boards.find((one) => one.id === id) ?? null;
    const cabinet = cabinets.find((one) => one.id === id);
    const { name = "", place = "" } = board ?? cabinet ?? {};
    return {
      ...{ id, name, place, board, paper: cabinet !== undefined || board?.device === "paper+led" },
      message: pixels.find((one) => one.board === id)?.message ?? null,
      offSince: takenOff?.[id] ?? null,
    };
  });
}

/** Why it is on or not, of a board's reasons at one instant; null: it was over, or it is not meant for that board. */
export const reasonIn = (reasons: PlaylistJson["reasons"], notice: string): Sentence | null =>
  reasons.find((one) => one.notice === notice)?.sentence ?? null;
