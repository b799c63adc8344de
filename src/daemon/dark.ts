/**
 * 紧急关屏 (R30). The panels are told first, whatever else is under way; then it is written down; then whoever asked is
 * answered. What is dark stays dark over every restart, until somebody with the role resumes it.
 */
import type { Above, DarkView } from "../api/above.ts";
import type { BoardConfig, Site } from "../config/types.ts";
import { type Fault, FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Caller } from "../people/types.ts";
import type { DarkState, Doer } from "../panels/board-state.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { BoardFacts } from "../panels/contract.ts";
import type { Store } from "../store/index.ts";
import type { Clock } from "../time/clock.ts";
import { formatCivil } from "../time/zone.ts";
import type { Switchboard } from "./switchboard.ts";

export interface DarkParts {
  readonly site: Pick<Site, "boards" | "holdMs" | "zone">;
  readonly store: Pick<Store, "change" | "takedowns">;
  readonly clock: Clock;
  readonly switchboard: Switchboard;
  facts(board: string): BoardFacts;
  monotonicMs(): number;
  changed(): void;
  /** Orders were opened or closed, on disk: who waits for the boards looks at them. Nobody who darkens waits for it. */
  ordered(): void;
}

export interface Dark extends Pick<Above, "dark" | "darken" | "resume"> {
  /** What stands on the board's tile. */
  faults(board: string): BoardFacts["faults"];
}

export const doerOf = ({ account, via, name }: Caller): Doer => ({ by: account ?? via, name });

export function createDark(parts: DarkParts): Dark {
  const { site, store, clock, switchboard } = parts;
  /** When a panel was told, on the monotonic clock; who was dark before the start was told then. */
  const toldMs = new Map<string, number>();
  const startedMs = parts.monotonicMs();
  /** Dark in memory, and not on disk: the next press tries again. */
  const unkept = new Set<string>();
  /** A resume is on its way for these; `pressed`: the switch was pressed meanwhile, and that counts. */
  const resuming = new Set<string>();
  const pressed = new Set<string>();
  let disk: Promise<unknown> = Promise.resolve();

  /** Presses and resumes reach the disk in the order in which they were asked for. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = disk.then(work);
    disk = done.catch(() => {});
    return done;
  }

  function view(config: BoardConfig, state: DarkState): DarkView {
    const { id: board, name, place, custodian, link } = config;
    const { dark: readBack, link: reach } = parts.facts(board);
    const confirmedAt = readBack ?? null;
    const askedMs = toldMs.get(board) ?? startedMs;
    // Nobody answers for a board that no page plays, nor for a card that reads nothing back.
    const pageless = link.kind === "browser" && reach !== "connected";
    const late = pageless || !capabilitiesOf(config).readBack || parts.monotonicMs() - askedMs >= limits.darkAnswerMs;
    const progress =
      link.kind === "carried" ? "carry" : confirmedAt !== null ? "confirmed" : late ? "unconfirmed" : "waiting";
    const darkBy = progress === "confirmed" || progress === "carry" ? null : darkByOf(config, state.since);
    const { since, reason, name: by } = state;
    const common = { board, name, place, custodian, since, by, reason, state: progress, confirmedAt, darkBy } as const;
    return { ...common, says: words(common) };
  }

  /** No programme is told for longer than `holdMs`: by then the panel is black, reached or not, unless it knows no end. */
  const darkByOf = (config: BoardConfig, since: number) =>
    capabilitiesOf(config).ends === "never" ? null : since + site.holdMs;

  /** Of a board that is lit again: read back as dark since the order, or nobody ever knew. */
  function lastWordOf(board: string, since: number, now: number, { name }: Doer) {
    const { dark: readBack } = parts.facts(board);
    return readBack != null && readBack >= since
      ? ({ at: readBack, how: "read-back" } as const)
      : ({ at: now, how: "resumed", words: name } as const);
  }

  const at = (instant: number) => formatCivil(site.zone, instant).replace("T", " ");
  function words({ state, place, custodian, confirmedAt, darkBy }: Omit<DarkView, "says">): DarkView["says"] {
    switch (state) {
      case "confirmed":
        return {
          zh: `已确认关屏\uff1a${at(confirmedAt ?? 0)}`,
          en: `confirmed dark at ${at(confirmedAt ?? 0)}`,
        };
      case "waiting":
        return { zh: "已通知\uff0c等它答复", en: "told; waiting for its answer" };
      case "carry":
        return {
          zh: `从这里关不了这块屏\uff0c未确认\uff0c请现场断电\uff1a${place}\uff08保管人 ${custodian}\uff09`,
          en: `cannot be darkened from here, not confirmed: cut the power at ${place} (custodian ${custodian})`,
        };
      case "unconfirmed": {
        const [zh, en] =
          darkBy === null ? ["", ""] : [`\uff1b最迟 ${at(darkBy)} 自行变黑`, `; dark by itself by ${at(darkBy)}`];
        return {
          zh: `未确认\uff0c请现场断电\uff1a${place}\uff08保管人 ${custodian}\uff09${zh}`,
          en: `not confirmed, cut the power at ${place} (custodian ${custodian})${en}`,
        };
      }
    }
  }

  return {
    dark: () =>
      site.boards.flatMap((config) => {
        const state = switchboard.dark(config.id);
        return state ? [view(config, state)] : [];
      }),

    faults(id) {
      const state = switchboard.dark(id);
      const config = site.boards.find((one) => one.id === id);
      if (!state || !config) return [];
      const { state: progress, place, custodian } = view(config, state);
      if (progress === "confirmed" || progress === "waiting") return [];
      return [{ fault: { code: "board/dark-unconfirmed", board: id, place, custodian }, at: state.since }];
    },

    async darken(caller, asked, reason) {
      const since = clock.now();
      const doer = doerOf(caller);
      const boards = chosen(site.boards, asked).filter(({ id }) => {
        return switchboard.dark(id) === null || resuming.has(id) || unkept.has(id);
      });
      if (boards.length === 0) return;
      const states = boards.map(({ id }): DarkState => ({ board: id, since, reason, ...doer }));
      for (const state of states) {
        toldMs.set(state.board, parts.monotonicMs());
        if (resuming.has(state.board)) pressed.add(state.board);
        switchboard.darken(state);
      }
      setTimeout(parts.changed, limits.darkAnswerMs).unref();
      const expected = boards.map((config) => ({ board: config.id, darkBy: darkByOf(config, since) }));
      try {
        await inTurn(() =>
          store.change(doer.by, async (tx) => {
            for (const state of states) await tx.boards.darken(state);
            await tx.takedowns.open({ kind: "dark", notice: null, by: doer.name, reason, at: since, boards: expected });
          }),
        );
        for (const { id } of boards) unkept.delete(id);
        parts.ordered();
      } catch (error) {
        for (const { id } of boards) unkept.add(id);
        const detail = error instanceof Error ? error.message : String(error);
        throw new FaultError({ code: "board/dark-unkept", boards: boards.map(({ id }) => id), detail });
      }
    },

    async resume(caller, asked, reason) {
      const named = chosen(site.boards, asked).map(({ id }) => id);
      const ids = named.filter((id) => switchboard.dark(id) !== null);
      if (ids.length === 0) refuse({ code: "board/not-dark", boards: named });
      assertMayResume(caller, ids);
      for (const id of ids) resuming.add(id);
      try {
        await inTurn(async () => {
          const orders = (await store.takedowns.open()).filter(({ kind }) => kind === "dark");
          const doer = doerOf(caller);
          await store.change(doer.by, async (tx) => {
            const now = clock.now();
            for (const id of ids) await tx.boards.resume(id, doer, reason, now);
            // Nobody waits any more for a board to say that it is dark which is to be lit: what it has said counts.
            for (const { id: order, at: since, boards } of orders)
              for (const { board, doneAt } of boards)
                if (doneAt === null && ids.includes(board))
                  await tx.takedowns.done(order, board, lastWordOf(board, since, now, doer));
          });
        });
        parts.ordered();
        // Whoever pressed the switch meanwhile has not been heard on disk yet, and is: the board stays dark.
        for (const id of ids) if (!pressed.has(id)) switchboard.resume(id);
      } finally {
        for (const id of ids) {
          resuming.delete(id);
          pressed.delete(id);
        }
      }
    },
  };
}

/** In the order of the installation file. FaultError `board/unknown`. */
export function chosen(boards: readonly BoardConfig[], asked: "all" | readonly string[]): readonly BoardConfig[] {
  if (asked === "all") return boards;
  for (const id of asked) if (!boards.some((one) => one.id === id)) refuse({ code: "board/unknown", board: id });
  return boards.filter(({ id }) => asked.includes(id));
}

/** Signers and administrators any board; an operator those that are theirs. */
function assertMayResume({ roles, boards }: Caller, ids: readonly string[]): void {
  if (roles.has("signer") || roles.has("administrator")) return;
  assertOwn({ boards }, ids);
}

export function assertOwn({ boards }: Pick<Caller, "boards">, ids: readonly string[]): void {
  const others = boards === null ? [] : ids.filter((id) => !boards.includes(id));
  if (others.length > 0) refuse({ code: "board/others", boards: others });
}

export function refuse(fault: Fault): never {
  throw new FaultError(fault);
}
