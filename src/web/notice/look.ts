/** How a draft's text would stand on a board now, as the daemon sets it: the very message that it would sign. */
import type { FitJson, LooksJson } from "../../api/fit-schemas.ts";
import { decodeMessage } from "../../message/index.ts";
import type { Message, MessageHash, Shape } from "../../message/types.ts";
import type { ContentPicture } from "../../notices/types.ts";
import { ask, pathOf, Refusal } from "../ask.ts";
import type { OpenDocument } from "./open-document.ts";

/** What of a document a panel shows. */
export interface LookText {
  readonly content: { readonly pictures?: readonly ContentPicture[] };
  readonly slotSeconds?: number;
}

export interface Look {
  readonly fit: FitJson | null;
  /** null: it does not fit, or is too large to be sent here. */
  readonly message: Message | null;
  /** Why it cannot be set at all: a date that is none, a text that is too long. */
  readonly refusal: Refusal | null;
}

export function lookTextOf({ content, schedule }: Pick<OpenDocument, "content" | "schedule">): LookText {
  const { title = "", body = "", displayKind = "notice", signature, publicity, motion, pictures } = content;
  const isSlot = typeof schedule.cron === "string" && (schedule.slotMinutes ?? 0) > 0;
  return {
    content: {
      ...{ title, body, displayKind },
      ...(signature && { signature: { org: signature.org, date: signature.date || null } }),
      ...(publicity && { publicity }),
      ...(motion && { motion }),
      // A caption that is being typed may end in a space, or be none yet.
      ...(pictures?.length && { pictures: pictures.map(tidied) }),
    },
    ...(isSlot && { slotSeconds: Math.min(86_400, (schedule.slotMinutes ?? 1) * 60) }),
  };
}

function tidied({ caption = "", ...picture }: ContentPicture): ContentPicture {
  return caption.trim() === "" ? picture : { ...picture, caption: caption.trim() };
}

/**
 * A draft's text on some boards, in their order; whatever pictures it has are the draft's. Rejects with a `Refusal` where it
 * may be asked again later.
 */
export async function looksAt(boards: readonly string[], text: LookText, draft: string): Promise<readonly Look[]> {
  try {
    const path = pathOf`/api/v1/review/drafts/${draft}/looks`;
    const { looks } = await ask<LooksJson>("POST", path, { ...text, boards });
    if (looks.length !== boards.length) throw new Refusal(0, []);
    return await Promise.all(looks.map(lookOf));
  } catch (error) {
    const refusal = refusedFor(error);
    // One of them is no board any more: what of the others?
    if (refusal.status === 404 && boards.length > 1)
      return (await Promise.all(boards.map((board) => looksAt([board], text, draft)))).flat();
    return boards.map(() => ({ fit: null, message: null, refusal }));
  }
}

/** On any panel; without pictures. */
export async function lookOn(panel: Shape, content: LookText["content"]): Promise<Look> {
  try {
    return await lookOf(await ask<FitJson>("POST", "/api/v1/drafts", { content, panel, whole: true }));
  } catch (error) {
    return { fit: null, message: null, refusal: refusedFor(error) };
  }
}

async function lookOf(fit: FitJson): Promise<Look> {
  return { fit, message: fit.bytes && fit.message ? await unpacked(fit.bytes, fit.message) : null, refusal: null };
}

/** What is wrong with the text; whatever else there is is thrown again. */
function refusedFor(error: unknown): Refusal {
  if (!(error instanceof Refusal) || isPassing(error)) throw error;
  return error;
}

/** Nobody answered, too many asked, or the session is over: the text is not at fault. */
const isPassing = ({ status }: Refusal) => status === 0 || status === 401 || status === 429 || status >= 500;

/**
 * `hash`: as the same answer has it. Of a large screen's pixels it would take longer to work out than all the rest, with
 * each keystroke; that they came as they were sent, their packing's own sum says.
 */
async function unpacked(base64: string, hash: MessageHash): Promise<Message> {
  const text = atob(base64);
  const packed = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) packed[at] = text.charCodeAt(at);
  const unpacking = new DecompressionStream("deflate");
  const writer = unpacking.writable.getWriter();
  // What is wrong with it, the reading side says.
  writer.write(packed).catch(() => {});
  writer.close().catch(() => {});
  const decoded = decodeMessage(new Uint8Array(await new Response(unpacking.readable).arrayBuffer()), () => hash);
  if (!decoded.ok) throw new Error(decoded.what);
  return decoded.message;
}
