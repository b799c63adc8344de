import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { BoardView, Office } from "../api/office.ts";
import type { Delivery } from "../panels/delivery/index.ts";

type Counted = keyof ReturnType<Delivery["counters"]>;

const counters: readonly (readonly [name: string, counted: Counted, help: string])[] = [
  ["exchanges", "exchanges", "Questions asked of the panel."],
  ["timeouts", "timeouts", "Questions that nobody answered."],
  ["sent_bytes", "bytesOut", "Bytes sent to the panel."],
  ["connections", "connections", "Times that the line was opened."],
  ["activations", "activations", "Programmes that became the active one."],
  ["noise", "noise", "Replies that were damaged."],
];

/** Prometheus text of what is known at the moment of asking; a board of which something is not known has no such line. */
export function createMetrics(office: Office, delivery: Pick<Delivery, "counters">): () => Promise<string> {
  const registry = new Registry();
  const common = { labelNames: ["board"], registers: [registry] };
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, value: (board: BoardView) => number | null) =>
    new Gauge({
      ...common,
      name: `boardcast_board_${name}`,
      help,
      collect() {
        this.reset();
        for (const board of office.boards()) {
          const known = value(board);
          if (known !== null) this.set({ board: board.config.id }, known);
        }
      },
    });
  const ageSeconds = (at: number | undefined) => (at === undefined ? null : (office.now() - at) / 1000);
  gauge("sent_age_seconds", "Since the panel took what it plays.", ({ facts }) => ageSeconds(facts.sent?.at));
  gauge("confirmed_age_seconds", "Since the panel's frame was read back and right.", ({ facts }) =>
    ageSeconds(facts.confirmed?.at),
  );
  gauge("faults", "What stands in the way now.", ({ facts }) => facts.faults.length);
  for (const [name, counted, help] of counters)
    new Counter({
      ...common,
      name: `boardcast_link_${name}_total`,
      help,
      // Delivery counts; this only tells.
      collect() {
        this.reset();
        for (const { config } of office.boards()) this.inc({ board: config.id }, delivery.counters(config.id)[counted]);
      },
    });
  return () => registry.metrics();
}
