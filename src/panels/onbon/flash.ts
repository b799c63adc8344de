/**
 * 待机画面 in the card's flash, where the board's driver says so: for when nobody reaches the card. It is written while its
 * own turn is on, which is when it is cleared; for today and tomorrow by the card's clock, so that it does not outlive a
 * daemon that is gone by more; and again each day. Nothing else is ever written there.
 */
import { limits } from "../../limits.ts";
import type { Goal } from "../contract.ts";
import { endFiles, announceFile, fileBlock, startFiles } from "./commands.ts";
import { dayOf } from "./days.ts";
import { programmeFiles } from "./files.ts";
import { lineMs } from "./line.ts";
import { partsOf } from "./pages.ts";
import type { DotFormat } from "./pixels.ts";
import type { Asked, FlashWrite, State } from "./state.ts";

const dayMs = 86_400_000;
const programmeNumber = 1;

/** null: it is there, or not to be written, or not now. */
export function flashDue(state: State, goal: Goal, format: DotFormat): FlashWrite | null {
  const { wanted, flash, now } = goal;
  const { family, options } = state;
  if (!options.keepsDefault || !flash || flash.left <= 0 || !wanted || !family || !ownsTurn(wanted)) return null;
  const { programme, messages } = wanted;
  const message = messages.get(programme.messages[0] ?? "");
  const [span] = programme.spans;
  if (!message || !span) return null;
  const [from, until] = [dayOf(now, span.utcOffsetMin), dayOf(now + dayMs, span.utcOffsetMin)];
  const holds = `${message.hash} ${until.year}-${until.month}-${until.day}`;
  if (flash.holds === holds) return null;
  const room = { ...format, speedMs: options.speedMs, roomBytes: limits.onbonDataBytes };
  const parts = partsOf(message, now, span.utcOffsetMin, 0, room);
  if ("needs" in parts) return null;
  const { width, height } = programme.shape;
  const place = { x: 0, y: 0, width, height };
  const pages = parts.flatMap((part) => part.pages);
  const files = programmeFiles({ number: programmeNumber, from, until, place, pages }, format.generation);
  const written = files.flatMap((file) => {
    const blocks = Math.ceil(file.bytes.length / family.blockBytes);
    const offsets = Array.from({ length: blocks }, (_, block) => block * family.blockBytes);
    return [announceFile(file), ...offsets.map((offset) => fileBlock(file, offset, family.blockBytes))];
  });
  const steps = [step("begin", startFiles()), ...written.map((body) => step("write", body)), step("end", endFiles())];
  const bytes = steps.reduce((sum, { body }) => sum + body.length, 0);
  // On a slow line it would not be there before its turn is over, and be begun again and again.
  return lineMs(state, bytes) < programme.base + programme.endMs - now ? { message: message.hash, holds, steps } : null;
}

/** Whether what is being written is what is cleared now: it may take longer than its turn, or be withdrawn meanwhile. */
export function stillDue({ message }: FlashWrite, { wanted }: Pick<Goal, "wanted">): boolean {
  return message === null || (wanted !== null && ownsTurn(wanted) && wanted.programme.messages[0] === message);
}

type Step = Extract<Asked, { kind: "flash" }>;
const step = (kind: Step["step"], body: Uint8Array): Step => ({ kind: "flash", step: kind, body });

/** A file that is not whole is none: the card is told that no more comes. */
export const leaveOff: FlashWrite = { message: null, holds: null, steps: [step("leave", endFiles())] };

function ownsTurn({ board, owners }: { readonly board: string; readonly owners: readonly (readonly string[])[] }) {
  return owners[0]?.[0] === `default:${board}`;
}
