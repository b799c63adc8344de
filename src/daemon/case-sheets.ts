/** 保密审查表 to be printed: a case with its revision's text and, page by page, what was typeset for every board. */
import { createHash } from "node:crypto";
import type { CaseFormData, CaseSheets, PictureRefusal } from "../api/ledger.ts";
import type { BoardConfig } from "../config/types.ts";
import { type BoardPages, type CaseForm, type Foot, formSheet } from "../ledger/reports/index.ts";
import { limits } from "../limits.ts";
import {
  type Bitmap,
  bitsPerDot,
  copyBits,
  decodeMessage,
  emptyBitmap,
  type Message,
  type Page,
  rowStride,
  type Sha256,
} from "../message/index.ts";
import type { ReviewCase } from "../notices/review/types.ts";
import type { NoticeRecord } from "../notices/types.ts";
import type { Caller } from "../people/types.ts";
import { ruleSentence } from "../playlist/reasons.ts";
import type { Desk } from "./desk.ts";
import { casePast, personalErased } from "./personal.ts";

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export interface CaseSheetParts extends Pick<Desk, "site" | "store" | "clock"> {
  /** For the foot: where the register stands. */
  foot(): Promise<Foot>;
}

export function caseSheets({ site, store, clock, foot }: CaseSheetParts): CaseSheets {
  const find = async (notice: string, number: number): Promise<ReviewCase | null> =>
    (await store.cases.of(notice)).findLast((one) => one.number === number) ?? null;
  const messageOf = async (hash: string): Promise<Message | null> => {
    const bytes = await store.messages.get(hash);
    const decoded = bytes && decodeMessage(bytes, sha256);
    return decoded?.ok ? decoded.message : null;
  };
  const boardOf = (id: string) => site.boards.find((board) => board.id === id);

  async function formData(notice: string, number: number, caller: Caller): Promise<CaseFormData | null> {
    const review = await find(notice, number);
    const record = await store.notices.revision(notice, number);
    if (review === null || record === null) return null;
    const refused = casePast(review, record, clock.now(), caller);
    const boards: BoardPages[] = [];
    for (const { board, message } of review.pixels) {
      const at = `/api/v1/cases/${encodeURIComponent(notice)}/${number}/pages/${encodeURIComponent(board)}`;
      const typeset = refused === null ? await messageOf(message) : null;
      const why = refused ?? (record.content.personal === true ? personalErased : null);
      boards.push(pagesOf(boardOf(board), { board, hash: message, message: typeset, at, why }));
    }
    return { form: formOf(review, record), boards, foot: await foot() };
  }

  return {
    formData,
    async form(notice, number, caller) {
      const data = await formData(notice, number, caller);
      if (data === null) return null;
      const { office, zone, practice } = site;
      const parts = { ...data, office, zone, practice, printedAt: clock.now() };
      return (async function* () {
        yield* formSheet(parts);
      })();
    },

    async page({ notice, number, board, page, part }, caller) {
      const review = await find(notice, number);
      const record = await store.notices.revision(notice, number);
      const hash = review?.pixels.find((one) => one.board === board)?.message;
      if (review === null || record === null || hash === undefined) return null;
      const refused = casePast(review, record, clock.now(), caller);
      if (refused !== null) return refused;
      const message = await messageOf(hash);
      if (message === null && record.content.personal === true) return personalErased;
      const bitmap = message?.pages[page]?.bitmap;
      if (bitmap === undefined) return null;
      const piece = pieceOf(bitmap, part);
      return piece && { bitmap: piece, ledColour: boardOf(board)?.ledColour ?? null };
    },
  };
}

function formOf(review: ReviewCase, { content, schedule }: NoticeRecord): CaseForm {
  return {
    notice: review.notice,
    number: review.number,
    form: review.form,
    title: content.title,
    body: content.body,
    signature: [content.signature.org, content.signature.date].filter((one) => one !== null).join(" "),
    unit: review.unit,
    carrier: review.document.carrier,
    category: content.category,
    openness: content.openness,
    opennessReason: content.opennessReason,
    fiveOpen: content.fiveOpen,
    source: review.document.source?.name ?? "",
    from: schedule.from,
    until: schedule.until,
    rule: ruleSentence(schedule, schedule.priority).zh,
    answers: review.answers,
    steps: review.steps.map(({ step, by, instead, at, words, reset }) => ({
      ...{ step, name: by.name, instead: instead?.name ?? null, at, words },
      ...(reset && { reset }),
    })),
    revision: review.revision,
    pixels: review.pixels,
  };
}

/**
 * A strip that is longer than these would have dots too small to see on paper, or run off it. The width is a multiple of 8:
 * a piece begins at a whole byte.
 */
const pieceWidth = 512;
const pieceHeight = 384;

/** Pieces lie along the long side. */
function piecesOf({ width, height }: Bitmap): {
  readonly count: number;
  readonly width: number;
  readonly height: number;
} {
  if (width > pieceWidth) return { count: Math.ceil(width / pieceWidth), width: pieceWidth, height };
  if (height > pieceHeight) return { count: Math.ceil(height / pieceHeight), width, height: pieceHeight };
  return { count: 1, width, height };
}

/** null: there is no such piece. */
export function pieceOf(bitmap: Bitmap, part: number): Bitmap | null {
  const piece = piecesOf(bitmap);
  if (part >= piece.count) return null;
  const [left, top] = piece.width < bitmap.width ? [part * piece.width, 0] : [0, part * piece.height];
  const width = Math.min(piece.width, bitmap.width - left);
  const height = Math.min(piece.height, bitmap.height - top);
  const { format, palette, pixels } = bitmap;
  const cut = emptyBitmap(width, height, format, palette);
  const [near, far] = [rowStride(width, format), rowStride(bitmap.width, format)];
  const bits = bitsPerDot[format];
  for (let plane = 0; plane < (format === "dual2" ? 2 : 1); plane++)
    for (let row = 0; row < height; row++) {
      const from = (plane * bitmap.height + top + row) * far * 8 + left * bits;
      copyBits(pixels, from, cut.pixels, (plane * height + row) * near * 8, width * bits);
    }
  return cut;
}

interface Typeset {
  readonly board: string;
  readonly hash: string;
  /** null: it is not to be had, or not to be seen, for the reason `why` if there is one. */
  readonly message: Message | null;
  readonly why: PictureRefusal | null;
  /** Where its pages are. */
  readonly at: string;
}

function pagesOf(config: BoardConfig | undefined, { board, hash, message, why, at }: Typeset): BoardPages {
  const name = `${board} ${config?.name ?? ""}`.trim();
  if (message === null) return { name, shape: why?.why.zh ?? "版面不在库中", message: hash, pages: [] };
  const { width, height } = message.shape;
  const shape = `${width}×${height} 点`;
  return { name, shape, message: hash, pages: message.pages.map((page, index) => pageOf(page, index, at)) };
}

function pageOf(page: Page, index: number, at: string): BoardPages["pages"][number] {
  const { count, width } = piecesOf(page.bitmap);
  const scale = Math.max(1, Math.min(4, Math.floor(1024 / width)));
  const shown = Math.min(count, limits.formPiecesPerPage);
  const addresses = Array.from({ length: shown }, (_, part) => `${at}/${index}?part=${part}&scale=${scale}`);
  const motion = page.motion === "hold" ? "静止" : page.motion === "blink" ? "闪烁" : "移动";
  const left = count > shown ? `；长条共 ${count} 段，此处印 ${shown} 段` : "";
  return { addresses, width: width * scale, caption: `第 ${index + 1} 页，${motion}${left}` };
}
