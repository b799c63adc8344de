/** What a frame is made of, without making it: two equal poses are the same dots. */
import { lookup, pageAt } from "../../message/index.ts";
import type { Instant, Message, MessageHash, MessageSource, Page, Programme } from "../../message/types.ts";

export interface Pose {
  /** null: nothing is programmed. */
  readonly hash: MessageHash | null;
  /** undefined: none, or not here yet. */
  readonly message: Message | undefined;
  readonly page: Page | null;
  /** Dots travelled. */
  readonly travelPx: number;
  /** The second that the page's clock fields show; 0 where it has none. */
  readonly second: number;
  readonly utcOffsetMin: number;
}

export function poseAt(programme: Programme, messages: MessageSource, at: Instant): Pose {
  const found = lookup(programme, at);
  const message = found.message === null ? undefined : messages(found.message);
  const place = message ? pageAt(message, found.elapsedMs, at) : null;
  const page = place?.page ?? null;
  const moving = page && page.msPerPx > 0 && place ? place.elapsedMs - page.holdMs : 0;
  const ticks = page !== null && page.fields.length > 0;
  return {
    hash: found.message,
    message,
    page,
    travelPx: page && moving > 0 ? Math.floor(moving / page.msPerPx) : 0,
    second: ticks ? Math.floor(at / 1000) : 0,
    utcOffsetMin: ticks ? (programme.spans[found.span]?.utcOffsetMin ?? 0) : 0,
  };
}

export function samePose(one: Pose | null, other: Pose): boolean {
  return (
    one !== null &&
    one.message === other.message &&
    one.page === other.page &&
    one.travelPx === other.travelPx &&
    one.second === other.second &&
    one.utcOffsetMin === other.utcOffsetMin
  );
}
