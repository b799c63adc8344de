/** Sheets to be printed: the bitmaps that were signed for a posting place, with the foot that says whose they are. */
import { createHash } from "node:crypto";
import type { PaperSize } from "../config/types.ts";
import { type Bitmap, decodeMessage, type Message, type Sha256 } from "../message/index.ts";
import type { Typesetting } from "../notices/importer.ts";
import { paperDpi, sheets } from "../notices/paper.ts";
import type { Content } from "../notices/types.ts";
import type { CalendarConfig } from "../time/calendar.ts";
import { type Sheet, sheetPdf } from "../typeset/index.ts";

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export interface PaperSheetParts {
  readonly typesetting: Typesetting;
  readonly messages: { get(hash: string): Promise<Uint8Array | null> };
  readonly zone: string;
  readonly calendarConfig: CalendarConfig;
}

export interface SheetWanted {
  readonly message: string;
  readonly paper: PaperSize;
  readonly title: string;
  /** What the foot says, in two lines: on the left, and on the right of the first before its page number. */
  readonly foot: readonly [string, string];
  /** Across every page: 样张 for what is not signed, 演练 in practice; null: it may hang. */
  readonly mark: string | null;
}

/** Dots: the foot's letters, 3 mm; from the signed bitmap to them. */
const footPx = 26;
const footGap = 24;
const footLeading = 10;
/** Of a mark across the page, parts of its width; how dark it is printed, under the text. */
const markPart = 0.36;
const markGrey = 0.82;

/** null: the message is not in the store, or not as its name says. */
export async function paperSheets(parts: PaperSheetParts, wanted: SheetWanted): Promise<Uint8Array | null> {
  const bytes = await parts.messages.get(wanted.message);
  const decoded = bytes && decodeMessage(bytes, sha256);
  if (!decoded?.ok) return null;
  const { width, height, left, top, shape } = sheets[wanted.paper];
  const { pages } = decoded.message;
  const markPx = Math.round(shape.width * markPart);
  const mark =
    wanted.mark === null
      ? null
      : await letters(parts, wanted.mark, [...wanted.mark].length * markPx, markPx, markPx, "bold");
  const made: Sheet[] = [];
  for (const [index, { bitmap }] of pages.entries()) {
    const page = `第 ${index + 1} 页 共 ${pages.length} 页`;
    const [first, second] = wanted.foot;
    const lines = `${first}\t${page}\n${second}`;
    const foot = await letters(parts, lines, shape.width, 2 * footPx + footLeading, footPx, "regular");
    // Where the sheet was set for another size of paper than hangs there now, it stands in the middle.
    const x = left + Math.floor((shape.width - bitmap.width) / 2);
    made.push({
      width,
      height,
      stamps: [
        ...(mark ? marksOver(mark, { width, height }) : []),
        { bitmap, x, y: top },
        ...(foot ? [{ bitmap: foot, x: left, y: top + shape.height + footGap }] : []),
      ],
    });
  }
  return sheetPdf(made, paperDpi, wanted.title);
}

/** Three times down the page. */
function marksOver(bitmap: Bitmap, { width, height }: { readonly width: number; readonly height: number }) {
  const x = Math.floor((width - bitmap.width) / 2);
  return [1, 3, 5].map((sixth) => ({
    bitmap,
    x,
    y: Math.floor((height * sixth) / 6 - bitmap.height / 2),
    grey: markGrey,
  }));
}

/** null: a character of it is in no font. */
async function letters(
  { typesetting, zone, calendarConfig }: PaperSheetParts,
  body: string,
  width: number,
  height: number,
  sizePx: number,
  weight: "regular" | "bold",
): Promise<Bitmap | null> {
  const set = await typesetting.ask({
    notice: "sheet",
    content: { ...lettersOnly, body },
    shape: { width, height, colour: "mono" },
    zone,
    calendar: calendarConfig,
    window: { from: 0, until: 1 },
    lettering: { sizePx, weight, leading: footLeading },
  });
  return set.ok ? bitmapOf(set.message) : null;
}

const bitmapOf = ({ pages }: Message): Bitmap | null => pages[0]?.bitmap ?? null;

const lettersOnly: Content = {
  ...{ title: "", body: "", category: "", track: "屏幕服务", openness: "主动公开", opennessReason: null },
  ...{ fiveOpen: null, displayKind: "notice", formedOn: null, signature: { org: "", date: null } },
  ...{ publicity: null, alert: null },
};
