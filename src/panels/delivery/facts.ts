/** The three facts of a board (promise 3): what is intended, what was sent, what was read back and is right. */
import { crc32 } from "node:zlib";
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { blankMessage, emptyFrame, type Frame, frameAt, type Instant, lookup } from "../../message/index.ts";
import type { BoardFacts, Fact, PanelStatus, Wanted } from "../contract.ts";

/** What a programme has at an instant, as a fact; black is a message with a name, and nobody's. */
export function factAt(wanted: Wanted, at: Instant, stamp: Instant): Fact {
  const found = wanted.dark ? null : lookup(wanted.programme, at);
  if (!found || found.message === null)
    return { message: blankMessage(wanted.programme.shape).hash, notice: null, at: stamp };
  return { message: found.message, notice: wanted.owners[found.span]?.[found.turn] ?? null, at: stamp };
}

/** What is wrong with what the panel says that it lights, or null: it is confirmed. */
export function disagreement(
  wanted: Wanted,
  programmeId: string,
  status: PanelStatus,
  crcAt: (wanted: Wanted, at: Instant) => number = frameCrc,
): Fault | null {
  const { board } = wanted;
  const wrong = (expected: string, found: string): Fault => ({ code: "panel/frame", board, wanted: expected, found });
  const crcWrong = (crc: number) =>
    status.frameCrc === crc ? null : wrong(`crc ${crc.toString(16)}`, `crc ${status.frameCrc.toString(16)}`);
  if (wanted.dark) {
    if (status.why !== "dark") return wrong("dark", status.why);
    return crcWrong(crc32(emptyFrame(wanted.programme.shape).pixels));
  }
  if (status.programme !== programmeId)
    return wrong(`programme ${programmeId.slice(0, 8)}`, status.programme?.slice(0, 8) ?? "none");
  const expected = lookup(wanted.programme, status.panelTime).message;
  if (status.message !== expected)
    return wrong(expected?.slice(0, 8) ?? "black", status.message?.slice(0, 8) ?? "black");
  return crcWrong(crcAt(wanted, status.panelTime));
}

/** What was drawn last, for the next one of its shape to be drawn over. */
let drawn: Frame | null = null;

function frameCrc({ programme, messages }: Wanted, at: Instant): number {
  const { width, height, colour } = programme.shape;
  const is = drawn?.shape;
  if (!drawn || is?.width !== width || is.height !== height || is.colour !== colour)
    drawn = emptyFrame(programme.shape);
  return crc32(frameAt(programme, (hash) => messages.get(hash), at, drawn).pixels);
}

/** The newest faults, one of each kind, until what they were about works again. */
export class FaultList {
  private list: { fault: Fault; at: Instant }[] = [];

  add(fault: Fault, at: Instant): void {
    this.list = [{ fault, at }, ...this.list.filter((one) => one.fault.code !== fault.code)].slice(
      0,
      limits.faultsPerBoard,
    );
  }
  clear(...codes: Fault["code"][]): void {
    if (this.list.length === 0) return;
    this.list = codes.length === 0 ? [] : this.list.filter((one) => !codes.includes(one.fault.code));
  }
  all(): BoardFacts["faults"] {
    return this.list;
  }
}
