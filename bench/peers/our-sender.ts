/** Our delivery as a daemon has it, with a board for each panel of a farm. */
import type { BoardConfig } from "../../src/config/types.ts";
import type { SealVerdict } from "../../src/notices/types.ts";
import { createDelivery, type Delivery } from "../../src/panels/delivery/index.ts";
import { wallClock } from "../../src/time/clock.ts";
import type { Wave } from "./farm.ts";
import { farmShape } from "./farm-shape.ts";

const from = 0;
const until = 2 ** 47;

export interface OurSender {
  /** Its panels from the `first`th on are given it; ends when of them all that count have been read back, and are right. */
  wave(wave: Wave, first: number, counted: number): Promise<void>;
  /** ms on the clock from the last wave's beginning until each panel was confirmed; NaN: it was not. */
  readonly tookMs: Float64Array;
  readonly delivery: Delivery;
}

export function ourSender(ports: readonly number[]): OurSender {
  const boards = ports.map((port, index) => boardOf(index, port));
  /** A notice for each board, of its name; of all of them it is said beforehand that they are signed. */
  const pixels = new Map(boards.map(({ id }) => [id, ""]));
  const verdicts = boards.map(({ id }): SealVerdict => {
    const envelope = { boards: [id], from, until, bestPriority: 0 };
    return { ok: true, envelope, pixels, signedAt: from, withdrawnAt: null, supersededAt: null };
  });
  const owners = boards.map(({ id }) => [[id]]);
  const tookMs = new Float64Array(ports.length);
  let due: { readonly id: string; readonly begunMs: number; left: number; done(): void } | null = null;
  let counts = 0;

  const delivery = createDelivery({
    boards,
    seals: { verdict: (notice) => verdicts[Number(notice)] ?? { ok: false, why: "unknown-notice" } },
    clock: wallClock,
    listenHost: "127.0.0.1",
    changed: () => {},
    witness(event) {
      if (event.kind !== "confirmed" || due === null || event.programme !== due.id) return;
      const index = Number(event.board);
      if (index < counts || !Number.isNaN(tookMs[index] ?? 0)) return;
      tookMs[index] = performance.now() - due.begunMs;
      if (--due.left === 0) due.done();
    },
  });
  return {
    delivery,
    tookMs,
    wave: ({ id, programme, message }, first, counted) =>
      new Promise((resolve) => {
        tookMs.fill(Number.NaN);
        counts = counted;
        const { hash } = message;
        const messages = new Map([[hash, message]]);
        for (const board of pixels.keys()) pixels.set(board, hash);
        due = { id, begunMs: performance.now(), left: ports.length - counted, done: resolve };
        for (let index = first; index < ports.length; index++)
          delivery.want({
            board: boards[index]?.id ?? "",
            programme,
            owners: owners[index] ?? [],
            messages,
            dark: false,
          });
      }),
  };
}

function boardOf(index: number, port: number): BoardConfig {
  return {
    id: String(index),
    ...{ name: `Panel ${index}`, place: "", model: "", device: "led", shape: farmShape, ledColour: null },
    link: { kind: "tcp-out", host: "127.0.0.1", port, address: 1 },
    ...{ hours: { fromMinute: 0, untilMinute: 1440, days: "everyday" }, defaultLines: [], custodian: "" },
  };
}
