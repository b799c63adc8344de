/** 收到的预警 as this office has them: from the API and the watched folder to the boards. */
import type { CapOffice } from "../api/cap.ts";
import { type CapParts, createCapDesk, type RefusedFile } from "../notices/cap/index.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Instant } from "../time/clock.ts";
import type { Desk } from "./desk.ts";
import { createInbox } from "./cap-inbox.ts";

export interface CapOptions {
  readonly desk: Pick<Desk, "clock">;
  readonly folder: string;
  readonly parts: CapParts;
  facts(board: string): BoardFacts;
  /** Switched dark, whatever it should show. */
  isDark(board: string): boolean;
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

/** The last of them, which says how many there are. */
function refusedOf(files: readonly RefusedFile[]): BoardFacts["faults"] {
  const last = files.at(-1);
  if (!last) return [];
  const more = files.length - 1;
  const fault = {
    code: "warning/refused" as const,
    where: `cap-inbox ${last.name}`,
    what: {
      zh: `${last.why.zh}${more > 0 ? `\uff1b另有 ${more} 个文件也没有收下` : ""}`,
      en: `${last.why.en}${more > 0 ? `; and ${more} more files were refused` : ""}`,
    },
    remedy: {
      zh: "没有播出。请发送方改正后再送\uff1b看过以后在“收到的预警”里点“已知悉”\uff0c或 boardcast cap acknowledge。",
      en: "Nothing is shown. Have it sent again, corrected; then acknowledge it under received warnings, or by boardcast cap acknowledge.",
    },
  };
  return [{ fault, at: last.at }];
}

/** A look at the folder in so many seconds: a file that is copied slowly is not taken for whole. */
const lookEach = 5;

export function openCap({ desk, folder, parts, facts, isDark, changed, failed }: CapOptions): OpenCap {
  const { clock } = desk;
  const cap = createCapDesk(parts);
  const inbox = createInbox({
    folder,
    failed,
    unread: (fault, name) => cap.refuseFile(fault, name),
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
        if (isDark(board)) return "dark";
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
      waiting = [...waiting, ...refusedOf(await cap.refusedFiles())];
      if (JSON.stringify(waiting) !== before) changed();
    },
    watch() {
      if (seconds++ % lookEach === 0) going = inbox.look();
    },
    faults: () => waiting,
    settled: () => going,
  };
}
