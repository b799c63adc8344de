/** How a carried sign stands, from its sheets, people's words and the loads made. No I/O, no clock. */
import type { CardItem, CardView } from "../api/cards.ts";
import type { Fault } from "../fault.ts";
import type { Instant } from "../message/types.ts";
import type { CardMemory, LeftOut, MadeLoad } from "../notices/card.ts";
import { type Posting, postingState } from "../notices/posting.ts";
import { codeOf } from "../panels/carried/load.ts";
import { type CardBoard, type CardSheet, standingOf } from "./card-loads.ts";

export interface CardLook {
  readonly now: Instant;
  readonly isDark: boolean;
  /** What is to be on it now, 64 hex digits. */
  readonly load: string;
  readonly refused: ReadonlyMap<string, Fault>;
  isLate(posting: Posting): boolean;
}

/** Why it is not carried, for the slip. */
export const leftWords: Readonly<Record<LeftOut, string>> = {
  warning: "预警时效短\uff0c由人装卡来不及撤\uff0c请用别的办法告知",
  short: "播放期不到一天",
  changes: "画面随时间变化\uff0c这块屏不认时间",
  "no-room": "画面太多\uff0c按轻重先装前面的",
  gone: "版面不在库中",
  refused: "签发核验不通过",
};

export const isDefault = ({ item }: Pick<CardSheet, "item">): boolean => item.notice.startsWith("default:");

export function cardView(board: CardBoard, { now, isDark, load, refused, isLate }: CardLook): CardView {
  const { config, memory, sheets } = board;
  const { items, left } = standingOf(board, refused, now);
  const off = sheets.filter(({ posting }) => postingState(posting, now) === "to-take-down");
  const add = items.filter(({ posting }) => posting.posted === null);
  // Nobody ever said what is on it, or it has become something else since (an order of the same things, a title).
  const isOther = memory.loaded?.load !== load;
  const state = isDark ? "dark" : off.length > 0 ? "to-take-off" : add.length > 0 || isOther ? "to-carry" : "said";
  const begin = (sheet: CardSheet) => (off.includes(sheet) ? sheet.item.until : sheet.posting.from);
  const made = memory.made.findLast((one) => one.load === load);
  const sinces = [...off, ...add].filter((sheet) => !isDefault(sheet) || off.includes(sheet)).map(begin);
  const waits = state === "to-carry" || state === "to-take-off";
  const ends = add.filter((sheet) => !isDefault(sheet)).map(({ item }) => item.until);
  return {
    ...{ board: config.id, name: config.name, place: config.place, custodian: config.custodian },
    ...{ state, load, code: codeOf(load) },
    items: items.map(itemOf),
    off: off.map(({ item, posting }) => ({
      ...{ notice: item.notice, title: item.title, until: item.until, perhaps: posting.posted === null },
    })),
    left: left.map(({ item, left: why }) => ({ notice: item.notice, title: item.title, why })),
    made: madeIn(memory),
    loaded: memory.loaded && { ...memory.loaded, code: codeOf(memory.loaded.load) },
    since: waits ? (sinces.length > 0 ? Math.min(...sinces) : (made?.at ?? now)) : null,
    until: waits && ends.length > 0 ? Math.min(...ends) : null,
    late:
      waits && [...off, ...add].some((sheet) => (!isDefault(sheet) || off.includes(sheet)) && isLate(sheet.posting)),
  };
}

/** Each load once, the newest first. */
function madeIn({ made, past }: CardMemory): CardView["made"] {
  const of = (older: boolean) => (one: MadeLoad) => ({ load: one.load, code: codeOf(one.load), at: one.at, older });
  const all = [...[...made].reverse().map(of(false)), ...[...past].reverse().map(of(true))];
  return all.filter(({ load }, index) => all.findIndex((one) => one.load === load) === index);
}

function itemOf(sheet: CardSheet): CardItem {
  const { notice, number, title, message, from, until } = sheet.item;
  const isNew = sheet.posting.posted === null;
  return { notice, number, title, message, from, until, isNew, isDefault: isDefault(sheet) };
}
