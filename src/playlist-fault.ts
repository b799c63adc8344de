/** What the calendar lacks, and what the boards will lack: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type PlaylistFault =
  | { readonly code: "calendar/unknown"; readonly year: number }
  /** It is asked about in `days` days, and nobody has put it in yet. */
  | { readonly code: "calendar/ending"; readonly year: number; readonly days: number };

export const isPlaylistFault = (fault: { readonly code: string }): fault is PlaylistFault =>
  fault.code.startsWith("calendar/");

/** What happened. */
export function playlistSentence(fault: PlaylistFault): Sentence {
  switch (fault.code) {
    case "calendar/unknown":
      return { zh: `没有 ${fault.year} 年的放假调休安排`, en: `No State Council calendar for ${fault.year}` };
    case "calendar/ending":
      return {
        zh: `还没有 ${fault.year} 年的放假调休安排，${fault.days} 天后就要用`,
        en: `No State Council calendar for ${fault.year} yet; it is needed in ${fault.days} days`,
      };
  }
}

/** What you can do. */
export function playlistRemedy(fault: PlaylistFault): Sentence {
  switch (fault.code) {
    case "calendar/unknown":
    case "calendar/ending":
      return {
        zh: "请在设置里导入国务院办公厅当年的放假安排。",
        en: "Import that year's State Council holiday notice in the settings.",
      };
  }
}
