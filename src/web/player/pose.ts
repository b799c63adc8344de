/** What a frame is made of, without making it: two equal poses are the same dots. */
import { lookup, pageAt, phaseAt } from "../../message/index.ts";
import type { Instant, Message, MessageHash, MessageSource, Page, Programme } from "../../message/types.ts";
import { type Moved, unmoved } from "./moved.ts";

export interface Pose {
  /** null: nothing is programmed. */
  readonly hash: MessageHash | null;
  /** undefined: none, or not here yet. */
  readonly message: Message | undefined;
  readonly page: Page | null;
  /** How far its motion is, or its entry or exit (`phaseAt`). */
  readonly phase: number;
  /** The second that the page's clock fields show; 0 where it has none. */
  readonly second: number;
  readonly utcOffsetMin: number;
}

export function poseAt(programme: Programme, messages: MessageSource, at: Instant): Pose {
  const found = lookup(programme, at);
  const message = found.message === null ? undefined : messages(found.message);
  const place = message ? pageAt(message, found.elapsedMs, at) : null;
  const page = place?.page ?? null;
  const ticks = page !== null && page.fields.length > 0;
  return {
    hash: found.message,
    message,
    page,
    phase: place ? phaseAt(place.page, place.elapsedMs) : 0,
    second: ticks ? Math.floor(at / 1000) : 0,
    utcOffsetMin: ticks ? (programme.spans[found.span]?.utcOffsetMin ?? 0) : 0,
  };
}

export function samePose(one: Pose | null, other: Pose): boolean {
  return (
    one !== null &&
    one.message === other.message &&
    one.page === other.page &&
    one.phase === other.phase &&
    one.second === other.second &&
    one.utcOffsetMin === other.utcOffsetMin
  );
}

/** How far the picture of the one is on, in the other: of what scrolls. */
export function movedBetween(before: Pose | null, now: Pose): Moved {
  const { page, phase } = now;
  if (page === null || before?.page !== page) return unmoved;
  const dots = phase - before.phase;
  if (page.motion === "scroll-left") return { left: dots, up: 0 };
  return page.motion === "scroll-up" ? { left: 0, up: dots } : unmoved;
}
