import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Office } from "../api/office.ts";
import type { Delivery } from "../panels/delivery/index.ts";

const counters = {
  exchanges: "Questions asked of the panel.",
  timeouts: "Questions that nobody answered.",
  bytesOut: "Bytes sent to the panel.",
  connections: "Times that the line was opened.",
  activations: "Programmes that became the active one.",
  noise: "Replies that were damaged.",
} as const;

/** Prometheus text of what is known now; gauges are read at the moment of asking. */
export function createMetrics(office: Office, delivery: Pick<Delivery, "counters">): () => Promise<string> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const perBoard = (name: string, help: string, value: (board: ReturnType<Office["boards"]>[number]) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ["board"],
      registers: [registry],
      collect() {
        for (const board of office.boards()) this.set({ board: board.config.id }, value(board));
      },
    });
  const ageSeconds = (at: number | undefined) => (at === undefined ? Number.NaN : (office.now() - at) / 1000);
  perBoard("boardcast_board_sent_age_seconds", "Since the panel took what it plays; NaN: never.", (board) =>
    ageSeconds(board.facts.sent?.at),
  );
  perBoard(
    "boardcast_board_confirmed_age_seconds",
    "Since the panel's frame was read back and right; NaN: never.",
    (board) => ageSeconds(board.facts.confirmed?.at),
  );
  perBoard("boardcast_board_faults", "What stands in the way now.", (board) => board.facts.faults.length);
  for (const [counter, help] of Object.entries(counters) as [keyof typeof counters, string][])
    perBoard(`boardcast_link_${counter}_total`, help, (board) => delivery.counters(board.config.id)[counter]);
  return () => registry.metrics();
}
