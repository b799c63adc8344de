/**
 * When a board's schedule did not count, or will not: 紧急关屏 and 维护, from the register and from what stands now. What
 * would be on stays listed: whoever resumes the board wants to know what comes back.
 */
import type { Suspension } from "../api/outlook.ts";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { LedgerRow } from "../ledger/types.ts";
import type { Instant, Window } from "../message/types.ts";
import type { BoardAbove } from "../preview/types.ts";
import type { Store } from "../store/index.ts";
import { formatCivil, sayCivil } from "../time/zone.ts";

export interface SuspendedParts {
  readonly store: Pick<Store, "boards" | "ledger">;
  /** What the running daemon has in memory, which is ahead of the disk when that is full; absent: none runs. */
  above?(board: string): BoardAbove;
}

/** `loaded`: of a card, when somebody said that they put in what it goes round; absent: nobody has. */
export type Above = Omit<Suspension, "sentence"> & { readonly loaded?: Instant };
type Known = Above & { readonly open: boolean };

/** Of a board, in order, those that touch `span`; `until` null: until a person resumes it. `now`: the board clock. */
export async function suspensionsOf(
  parts: SuspendedParts,
  board: string,
  span: Window,
  now: Instant,
): Promise<readonly Above[]> {
  const known: Known[] = [];
  for (let after = 0; ; ) {
    const rows = await parts.store.ledger.about("register", board, after);
    for (const row of rows) note(known, row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limits.ledgerRowsAtOnce) break;
    after = last.seq;
  }
  const { dark, maintenance } = await standing(parts, board, now);
  const all = known.filter(({ open }) => !open);
  const opened = (kind: Suspension["kind"]) => known.findLast((one) => one.kind === kind && one.open);
  const [off, test] = [opened("dark"), opened("maintenance")];
  if (dark) all.push({ ...dark, kind: "dark", from: dark.since, until: null, open: true });
  else if (off) all.push({ ...off, until: now });
  if (maintenance && maintenance.until > now)
    all.push({ ...maintenance, kind: "maintenance", from: Math.min(test?.from ?? now, now), open: true });
  else if (test) all.push({ ...test, until: Math.min(test.until ?? now, now) });
  return all
    .filter(({ from, until }) => from < span.until && (until === null || (until > from && until > span.from)))
    .map(({ kind, from, until, by, reason }) => ({ kind, from, until, by, reason }))
    .sort((one, other) => one.from - other.from);
}

async function standing({ store, above }: SuspendedParts, board: string, now: Instant) {
  if (above) return above(board);
  const { dark, maintenance } = await store.boards.of([board]);
  const [off, test] = [dark[0], maintenance.find(({ since }) => since <= now)];
  return { dark: off && { ...off, by: off.name }, maintenance: test && { ...test, by: test.name } };
}

/** A row of the register, put to what the rows before it said. */
function note(known: Known[], { action, data, boardAt }: LedgerRow): void {
  const whole = (value: unknown, other: Instant) => (Number.isSafeInteger(value) ? Number(value) : other);
  const words = { by: String(data.name ?? ""), reason: String(data.reason ?? "") };
  const close = (kind: Suspension["kind"], at: Instant) => {
    const index = known.findLastIndex((one) => one.kind === kind && one.open);
    const found = known[index];
    if (found) known[index] = { ...found, until: Math.min(at, found.until ?? at), open: false };
  };
  const at = whole(data.at, boardAt);
  if (action === "board/darkened") {
    // Pressed again while it is dark, it is the same darkness.
    if (!known.some(({ kind, open }) => kind === "dark" && open))
      known.push({ kind: "dark", from: at, until: null, ...words, open: true });
  } else if (action === "board/resumed") close("dark", at);
  else if (action === "board/maintained") {
    const from = whole(data.from, boardAt);
    close("maintenance", from);
    known.push({ kind: "maintenance", from, until: whole(data.until, boardAt), ...words, open: true });
  } else if (action === "board/maintenance-ended") close("maintenance", at);
}

interface Interval {
  readonly start: Instant;
  readonly end: Instant;
  readonly priority: number | null;
}

/** A warning that is planned ends maintenance; nothing that is planned ends darkness. */
export function endedByWarning(suspensions: readonly Above[], intervals: readonly Interval[]): readonly Above[] {
  return suspensions.map((one) => {
    if (one.kind === "dark") return one;
    const warning = intervals.find(({ start, end, priority }) => {
      return priority === 0 && end > one.from && (one.until === null || start < one.until);
    });
    return warning ? { ...one, until: Math.max(one.from, warning.start) } : one;
  });
}

export type Suspended<T> = T & { readonly suspended: Suspension["kind"] | null };

/** The intervals, cut where a suspension begins or ends, each with what stands above it. Dark is above maintenance. */
export function cutBy<T extends Interval>(
  intervals: readonly T[],
  suspensions: readonly Above[],
): readonly Suspended<T>[] {
  const cut: Suspended<T>[] = [];
  for (const interval of intervals) {
    const { start, end } = interval;
    const marks = new Set([start, end]);
    for (const { from, until } of suspensions)
      for (const mark of [from, until ?? Infinity]) if (start < mark && mark < end) marks.add(mark);
    const places = [...marks].sort((one, other) => one - other);
    for (const [index, from] of places.slice(0, -1).entries())
      cut.push({ ...interval, start: from, end: places[index + 1] ?? end, suspended: kindAt(suspensions, from) });
  }
  return cut;
}

function kindAt(suspensions: readonly Above[], at: Instant): Suspension["kind"] | null {
  return suspensionAt(suspensions, at)?.kind ?? null;
}

export function suspensionAt(suspensions: readonly Above[], at: Instant): Above | null {
  const here = suspensions.filter(({ from, until }) => from <= at && (until === null || at < until));
  return here.find(({ kind }) => kind === "dark") ?? here[0] ?? null;
}

export const said = (suspensions: readonly Above[], zone: string): readonly Suspension[] =>
  suspensions.map(({ loaded, ...one }) => ({
    ...one,
    sentence: suspensionSentence({ ...one, ...(loaded !== undefined && { loaded }) }, zone),
  }));

export function suspensionSentence({ kind, from, until, by, reason, loaded }: Above, zone: string): Sentence {
  const [begins, ends] = [sayCivil(zone, from), until === null ? null : sayCivil(zone, until)];
  const who = [by, reason].filter((word) => word !== "");
  const [zh, en] = [
    who.length > 0 ? `\uff08${who.join("\uff1a")}\uff09` : "",
    who.length > 0 ? ` (${who.join(": ")})` : "",
  ];
  if (kind === "card") return loadedWords(loaded ?? null, zone, ends);
  if (kind === "maintenance") {
    const end = ends ?? begins;
    return {
      zh: `维护\uff1a${begins} 至 ${end} 显示测试图${zh}`,
      en: `maintenance: a test picture from ${begins} to ${end}${en}`,
    };
  }
  return ends === null
    ? {
        zh: `紧急关屏\uff1a${begins} 起黑屏${zh}\uff0c到有人恢复为止`,
        en: `switched dark since ${begins}${en}, until a person resumes it`,
      }
    : {
        zh: `紧急关屏\uff1a${begins} 至 ${ends} 黑屏${zh}`,
        en: `switched dark from ${begins} to ${ends}${en}`,
      };
}

/** What a sign shows that a person carries a stick to. `loaded` null: nobody has said yet that anything was put in. */
export const loadedWords = (loaded: Instant | null, zone: string, until: string | null = null): Sentence =>
  loaded === null
    ? {
        zh: `U 盘屏\uff1a${until === null ? "" : `到 ${until} `}还没有人登记装过卡\uff0c屏上是什么不知道`,
        en: `loaded by stick: nobody had said ${until === null ? "yet" : `by ${until}`} that anything was put in; what it shows is not known`,
      }
    : {
        zh: `U 盘屏\uff1a按 ${minuteIn(zone, loaded)} 登记所装的内容日夜循环播放\uff0c不认时段\uff0c机器无法核对`,
        en: `loaded by stick: it goes round what was put in ${minuteIn(zone, loaded)} by day and by night, whatever its schedule says; nothing can be checked`,
      };

const minuteIn = (zone: string, at: Instant): string => formatCivil(zone, at).slice(0, 16).replace("T", " ");

/** A reason by the rules, said of a board whose schedule does not count. */
export function despite(rules: Sentence, over: Above, zone: string): Sentence {
  const above = suspensionSentence(over, zone);
  return { zh: `${above.zh}\uff1b按安排\uff1a${rules.zh}`, en: `${above.en}; by its schedule: ${rules.en}` };
}
