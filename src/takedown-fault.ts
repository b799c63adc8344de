/** What has not gone yet from a board that it was taken down from: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type TakedownFault =
  /** Not confirmed; times as people read them, in the office's zone. `darkBy` null: not by itself. */
  | {
      readonly code: "takedown/open";
      readonly board: string;
      /** What it was: a notice's id, or the board itself for 紧急关屏. */
      readonly what: Sentence;
      readonly since: string;
      readonly darkBy: string | null;
    }
  | { readonly code: "takedown/unknown"; readonly id: string }
  /** Done already, or never waited for. */
  | { readonly code: "takedown/not-waiting"; readonly id: string; readonly board: string };

export const isTakedownFault = (fault: { readonly code: string }): fault is TakedownFault =>
  fault.code.startsWith("takedown/");

/** What happened. */
export function takedownSentence(fault: TakedownFault): Sentence {
  switch (fault.code) {
    case "takedown/open": {
      const { board, what, since, darkBy } = fault;
      return {
        zh: `${board}\uff1a${what.zh}\uff08${since}\uff09还没有确认${darkBy === null ? "" : `\uff0c最迟 ${darkBy} 自行熄灭`}`,
        en: `${board}: ${what.en} at ${since} is not confirmed${darkBy === null ? "" : `; dark by itself by ${darkBy}`}`,
      };
    }
    case "takedown/unknown":
      return { zh: `没有编号为 ${fault.id} 的撤下记录`, en: `There is no order ${fault.id} to take something down` };
    case "takedown/not-waiting":
      return {
        zh: `撤下记录 ${fault.id} 不等 ${fault.board} 的确认\uff1a已确认过\uff0c或不在其中`,
        en: `Order ${fault.id} does not wait for ${fault.board}: done already, or not one of its boards`,
      };
  }
}

/** What you can do. */
export function takedownRemedy(fault: TakedownFault): Sentence {
  if (fault.code === "takedown/open")
    return {
      zh: "系统会一直重试。急的话请保管人到现场断电或取下\uff0c然后在撤下记录里写明。",
      en: "It is tried again and again. If it is urgent, have the custodian cut the power or take it down, then say so in the order.",
    };
  return {
    zh: "GET /api/v1/takedowns 列出全部\uff0c和还在等的公开栏。",
    en: "GET /api/v1/takedowns lists all of them and the boards that they wait for.",
  };
}
