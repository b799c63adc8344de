/** What is said of an order, board by board and in one line: "15:02:10 撤下,9 块中 8 块已确认;东门连不上,最迟 17:02 自行熄灭". */
import type { TakedownBoardView, TakedownState, TakedownView } from "../api/takedown.ts";
import type { Place } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import type { Instant } from "../message/index.ts";
import type { Takedown, TakedownBoard, TakedownKind } from "../notices/takedown.ts";
import { capabilitiesOf } from "../panels/capabilities.ts";
import type { BoardFacts } from "../panels/contract.ts";
import { formatCivil } from "../time/zone.ts";

export interface Wording {
  readonly zone: string;
  readonly now: Instant;
  boardOf(id: string): Place | undefined;
  linkOf(id: string): BoardFacts["link"];
  /** Of the order's notice, if it has one. */
  readonly title: string | null;
  readonly displayable: boolean;
  /** Whether paper of it still hangs there; null: nobody has said either. */
  lingers(board: string): boolean;
  /** It lingers, if it was posted at all: nobody said so. */
  perhaps(board: string): boolean;
}

/** A line that connects to a panel which answers nothing leads nowhere. */
export function reachOf({ link, faults }: BoardFacts): BoardFacts["link"] {
  return link === "connected" && faults.some(({ fault }) => fault.code === "link/no-answer") ? "waiting" : link;
}

export const deeds: Readonly<Record<TakedownKind, Sentence>> = {
  notice: { zh: "撤下", en: "withdrawn" },
  cancelled: { zh: "解除", en: "cancelled" },
  dark: { zh: "紧急关屏", en: "switched dark" },
};
/** Boards named in one line. */
const namedAtOnce = 5;
const minuteMs = 60_000;

export function takedownView(order: Takedown, wording: Wording): TakedownView {
  const boards = order.boards.map((row) => boardView(order, row, wording));
  return {
    id: order.id,
    kind: order.kind,
    notice: order.notice,
    title: wording.title,
    displayable: wording.displayable,
    by: order.by,
    reason: order.reason,
    at: order.at,
    closedAt: order.closedAt,
    said: summary(order, boards, wording),
    boards,
  };
}

function boardView(order: Takedown, row: TakedownBoard, wording: Wording): TakedownBoardView {
  const config = wording.boardOf(row.board);
  const state = stateOf(row, wording);
  const said = wordsFor(state, order, row, wording);
  // What hangs beside the panel on paper no machine takes down.
  const paper = config?.paper !== undefined && order.kind !== "dark" && row.doneAt === null;
  return {
    board: row.board,
    name: config?.name ?? row.board,
    place: config?.place ?? "",
    custodian: config?.custodian ?? "",
    state,
    darkBy: row.darkBy,
    doneAt: row.doneAt,
    said: paper ? withPaper(said, config, wording) : said,
  };
}

function withPaper(said: Sentence, { id, place, custodian }: Place, wording: Wording): Sentence {
  if (wording.perhaps(id))
    return {
      zh: `${said.zh}\uff1b若已张贴\uff0c请到${place}取下\uff08保管人 ${custodian}\uff09并登记`,
      en: `${said.en}; if it was posted, take it down: ${place} (custodian ${custodian}), and confirm it`,
    };
  if (!wording.lingers(id))
    return {
      zh: `${said.zh}\uff1b栏里若贴有纸质件\uff0c到取下为止`,
      en: `${said.en}; on paper, until it is taken down`,
    };
  return {
    zh: `${said.zh}\uff1b纸质件还贴在${place}\uff0c请人工取下\uff08保管人 ${custodian}\uff09并登记`,
    en: `${said.en}; its paper still hangs at ${place}: take it down by hand (custodian ${custodian}) and confirm it`,
  };
}

function stateOf({ board, how }: TakedownBoard, { linkOf, boardOf }: Wording): TakedownState {
  if (how !== null) return how === "read-back" ? "confirmed" : how;
  const place = boardOf(board);
  if (!place) return "unreachable";
  if (place.shape === undefined) return "paper";
  const link = linkOf(board);
  if (link === "browser") return "page";
  if (link === "carried") return "file";
  if (link !== "connected" && link !== "one-way") return "unreachable";
  return capabilitiesOf(place).readBack ? "waiting" : "unread";
}

function wordsFor(
  state: TakedownState,
  { at }: Pick<Takedown, "at">,
  { darkBy, doneAt, words }: TakedownBoard,
  { zone, now }: Wording,
): Sentence {
  const done = doneAt === null ? "" : secondOf(zone, doneAt, at);
  const over = darkBy !== null && darkBy <= now;
  const by = darkBy === null ? "" : minuteOf(zone, darkBy, at);
  const dark: Sentence =
    darkBy === null
      ? { zh: "不会自行熄灭", en: "not dark by itself" }
      : over
        ? { zh: `按它的节目单已于 ${by} 自行熄灭\uff0c未核对`, en: `by its programme dark since ${by}; not confirmed` }
        : { zh: `最迟 ${by} 自行熄灭`, en: `dark by itself by ${by}` };
  switch (state) {
    case "confirmed":
      return { zh: `${done} 已确认`, en: `confirmed ${done}` };
    case "by-hand":
      return { zh: `${done} 现场确认\uff08${words}\uff09`, en: `seen to be gone ${done} (${words})` };
    case "ran-out":
      return {
        zh: `${done} 节目单播完\uff0c没有回读\uff0c未核对`,
        en: `its programme ended ${done}; nothing is read back`,
      };
    case "resumed":
      return {
        zh: `${done} 恢复显示\uff08${words}\uff09\uff0c恢复显示前未确认`,
        en: `resumed ${done} before it was confirmed (${words})`,
      };
    case "waiting":
      return { zh: `已下发\uff0c等待确认\uff1b${dark.zh}`, en: `told, not confirmed yet; ${dark.en}` };
    case "unreachable":
      return { zh: `连不上\uff0c${dark.zh}`, en: `unreachable, ${dark.en}` };
    case "unread":
      return {
        zh: `已发送\uff0c此屏不回读\uff0c请现场核对\uff1b${dark.zh}`,
        en: `sent, and this sign reads nothing back: look there; ${dark.en}`,
      };
    case "page":
      return {
        zh: `已交网页\uff0c没有回读\uff1b页面若已断开\uff0c${dark.zh}`,
        en: `given to the page, not confirmed; if cut off, ${dark.en}`,
      };
    case "paper":
      return { zh: "没有屏\uff0c只有纸质件", en: "no panel, paper only" };
    case "file":
      return {
        zh: "新文件已备好\uff0c由人送到之前仍会显示",
        en: "the new file is ready; it shows until a person carries it there",
      };
  }
}

function summary({ kind, at, closedAt }: Takedown, boards: readonly TakedownBoardView[], { zone }: Wording): Sentence {
  const deed = deeds[kind];
  const when = secondOf(zone, at, at);
  const head = { zh: `${when} ${deed.zh}`, en: `${deed.en} ${when}` };
  if (boards.length === 0)
    return closedAt === null
      ? { zh: `${head.zh}\uff0c正在核对`, en: `${head.en}; looking at the boards` }
      : { zh: `${head.zh}\uff0c当时没有公开栏在播`, en: `${head.en}; it was lit nowhere` };
  const waiting = boards.filter(({ doneAt }) => doneAt === null);
  const unread = boards.filter(({ state }) => state === "ran-out").length;
  const resumed = boards.filter(({ state }) => state === "resumed").map(({ name }) => name);
  const sure = boards.length - waiting.length - unread - resumed.length;
  const named = waiting.slice(0, namedAtOnce);
  const more = waiting.length - named.length;
  return {
    zh: [
      `${head.zh}\uff0c${boards.length} 块中 ${sure} 块已确认`,
      ...(unread > 0 ? [`${unread} 块没有回读\uff0c节目单已播完`] : []),
      ...(resumed.length > 0 ? [`${someOf(resumed, "、", "等")}恢复显示前未确认`] : []),
      ...named.map(({ name, said }) => `${name}${said.zh}`),
      ...(more > 0 ? [`另有 ${more} 块未确认`] : []),
    ].join("\uff1b"),
    en: [
      `${head.en}, ${sure} of ${boards.length} confirmed`,
      ...(unread > 0 ? [`${unread} without read-back, their programmes ended`] : []),
      ...(resumed.length > 0 ? [`${someOf(resumed, ", ", " and others")} resumed before it was confirmed`] : []),
      ...named.map(({ name, said }) => `${name} ${said.en}`),
      ...(more > 0 ? [`${more} more not confirmed`] : []),
    ].join("; "),
  };
}

const someOf = (names: readonly string[], comma: string, others: string): string =>
  `${names.slice(0, namedAtOnce).join(comma)}${names.length > namedAtOnce ? others : ""}`;

/** With the date where it is another day than `near`. */
export function secondOf(zone: string, at: Instant, near: Instant): string {
  const [day, time] = formatCivil(zone, at).split("T");
  return day === formatCivil(zone, near).split("T")[0] ? (time ?? "") : `${day} ${time}`;
}

/** Rounded up: what is promised by then is so by then. */
export function minuteOf(zone: string, at: Instant, near: Instant): string {
  return secondOf(zone, Math.ceil(at / minuteMs) * minuteMs, near).slice(0, -":00".length);
}
