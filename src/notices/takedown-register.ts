/** What the register tells of orders to take something down, and whether the tables still say the same. */
import type { LedgerFault } from "../fault.ts";
import type { LedgerRow } from "../ledger/types.ts";
import type { Takedown, TakedownBoard, TakedownId } from "./takedown.ts";

interface Registered {
  readonly order: Pick<Takedown, "kind" | "notice" | "by" | "reason" | "at">;
  readonly boards: Map<string, TakedownBoard>;
  closedAt: unknown;
}

/** `take` every row of a register that is whole, `judge` every order, ask for what is `missing`. */
export class TakedownAudit {
  private readonly orders = new Map<TakedownId, Registered>();
  private readonly seen = new Set<TakedownId>();

  take({ action, subject, data }: LedgerRow): void {
    if (!action.startsWith("takedown/")) return;
    const id = String(data.order);
    if (action === "takedown/opened") {
      const { kind, by, reason, at } = data;
      const notice = kind === "dark" ? null : subject;
      const order = { kind, notice, by, reason, at } as Registered["order"];
      this.orders.set(id, { order, boards: new Map(), closedAt: null });
    }
    const known = this.orders.get(id);
    if (known === undefined) return;
    if (action === "takedown/opened" || action === "takedown/expected")
      for (const [board, darkBy] of Object.entries((data.boards ?? {}) as Record<string, number | null>)) {
        const before = known.boards.get(board) ?? { doneAt: null, how: null, words: "" };
        known.boards.set(board, { ...before, board, darkBy });
      }
    if (action === "takedown/done") {
      const { board, at: doneAt, how, words } = data;
      const before = known.boards.get(String(board)) ?? { darkBy: null };
      known.boards.set(String(board), { ...before, board, doneAt, how, words } as TakedownBoard);
    }
    if (action === "takedown/closed") known.closedAt = data.at;
  }

  /** null: it is as it was registered. */
  judge(order: Takedown): LedgerFault | null {
    const registered = this.orders.get(order.id);
    const fault = (what: "altered" | "unregistered"): LedgerFault => {
      return { code: "ledger/disagrees", about: "takedown", name: order.id, what };
    };
    if (registered === undefined) return fault("unregistered");
    this.seen.add(order.id);
    const { kind, notice, by, reason, at } = order;
    const stored = lines({ order: { kind, notice, by, reason, at }, closedAt: order.closedAt }, order.boards);
    return stored === lines(registered, [...registered.boards.values()]) ? null : fault("altered");
  }

  /** Registered, and not among those that were judged. */
  missing(): readonly LedgerFault[] {
    return [...this.orders.keys()]
      .filter((id) => !this.seen.has(id))
      .map((name) => ({ code: "ledger/disagrees", about: "takedown", name, what: "gone" }));
  }
}

function lines({ order, closedAt }: Pick<Registered, "order" | "closedAt">, boards: readonly TakedownBoard[]): string {
  const { kind, notice, by, reason, at } = order;
  const rows = boards.map(({ board, darkBy, doneAt, how, words }) => [board, darkBy, doneAt, how, words]);
  rows.sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  return JSON.stringify([kind, notice, by, reason, at, closedAt, rows]);
}
