/** What is printed and exported of the ledger. */
export { type BoardCard, boardCard } from "./board-card.ts";
export { cardSlip, playListCsv, type SlipItem, type SlipLook, type SlipParts } from "./card-slip.ts";
export { type DayBoard, type DayReport, dayPage, daySheet } from "./day.ts";
export { byteOrderMark, csvCell, csvLine } from "./csv.ts";
export { type BoardPages, type CaseForm, checkWords, type FormStep, formSheet } from "./form.ts";
export { type HandoverBoard, type HandoverSheet, handoverSheet } from "./handover-sheet.ts";
export { sheetFoot, stylesheet } from "./html.ts";
export { type Period, type RegisterLine, RegisterLines, signerName } from "./lines.ts";
export {
  averageWords,
  type BoardMonth,
  type MonthItem,
  type MonthParts,
  monthSheet,
  type UnitMonth,
  monthTotals,
  shareWords,
} from "./month.ts";
export { type Foot, type LineDetail, registerCsv, registerSheet, type SheetParts } from "./register-sheet.ts";
export { dayTable, monthTable } from "./tables.ts";
export { actionSentence, actionsNamed, actionWords } from "./action-words.ts";
export { rowCsv, rowJson, rowsCsvHead } from "./rows.ts";
export { sheetStyle } from "./style.ts";
