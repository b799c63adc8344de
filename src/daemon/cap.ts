/** 收到的预警 as this office has them: from the API and the watched folder to the boards. */
import type { CapOffice } from "../api/cap.ts";
import { type CapParts, createCapDesk } from "../notices/cap/index.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Instant } from "../time/clock.ts";
import type { Desk } from "./desk.ts";
import { createInbox } from "./cap-inbox.ts";

export interface CapOptions {
  readonly desk: Pick<Desk, "clock">;
  readonly folder: string;
  readonly parts: CapParts;
  facts(board: string): BoardFacts;
  changed(): void;
  failed(error: unknown): void;
}

export interface OpenCap {
  readonly api: CapOffice;
  /** At each heartbeat, and whenever something was written: what nobody decided on in time lapses. */
  tend(): Promise<void>;
  /** Every second; the folder is looked at now and then. */
  watch(): void;
  faults(): BoardFacts["faults"];
  /** Resolves when no file is being taken in. */
  settled(): Promise<void>;
}

/** A look at the folder in so many seconds: a file that is copied slowly is not taken for whole. */
const lookEach = 5;

export function openCap({ desk, folder, parts, facts, changed, failed }: CapOptions): OpenCap {
  const { clock } = desk;
  const cap = createCapDesk(parts);
  const inbox = createInbox({
    folder,
    failed,
    async take(bytes, name) {
      const { warning, known } = await cap.receiveFile(bytes, name);
      return `${warning.number} ${warning.state}${known ? " known" : ""} ${warning.title}`;
    },
  });
  let waiting: BoardFacts["faults"] = [];
  let seconds = 0;
  let going: Promise<void> = Promise.resolve();

  return {
    api: {
      ...cap,
      lit({ warning }, board) {
        const pixel = warning.pixels.find((one) => one.board === board);
        if (!pixel || warning.state !== "taken" || warning.notice === null) return null;
        const { confirmed } = facts(board);
        const since: Instant = warning.decided?.at ?? 0;
        const isLit = confirmed?.notice === warning.notice && confirmed.at >= since;
        return isLit ? "confirmed" : "not-confirmed";
      },
    },
    async tend() {
      const open = await cap.tendWarnings(clock.now());
      const [first] = open;
      const before = JSON.stringify(waiting);
      waiting = first
        ? [
            {
              fault: { code: "warning/waiting", count: open.length, title: first.title },
              at: first.receivedAt,
            },
          ]
        : [];
      if (JSON.stringify(waiting) !== before) changed();
    },
    watch() {
      if (seconds++ % lookEach === 0) going = inbox.look();
    },
    faults: () => waiting,
    settled: () => going,
  };
}
