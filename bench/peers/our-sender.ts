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
  const verdicts: SealVerdict[] = [];
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
        due = { id, begunMs: performance.now(), left: ports.length - counted, done: resolve };
        const { hash } = message;
        for (let index = first; index < ports.length; index++) {
          const board = String(index);
          verdicts[index] = {
            ok: true,
            envelope: { boards: [board], from, until, bestPriority: 0 },
            pixels: new Map([[board, hash]]),
            ...{ signedAt: from, withdrawnAt: null, supersededAt: null },
          };
          const spans = programme.spans.map((span) => ({ ...span, turns: [...span.turns] }));
          delivery.want({
            board,
            programme: { ...programme, messages: [hash], spans },
            owners: [[board]],
            messages: new Map([[hash, message]]),
            dark: false,
          });
        }
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
