/** What an office needs before anything can be signed and shown, and after the last who could has left. */
import type { TodayGroup, TodayItem } from "../api/today.ts";
import type { Sentence } from "../fault.ts";
import type { Account, Role } from "../people/types.ts";
import { nothing } from "./today-by-hand.ts";

export interface OpenToBegin {
  readonly accounts: readonly Account[];
  /** Boards and posting places. */
  readonly places: number;
  /** A reviewer stands between maker and signer. */
  readonly officeReview: boolean;
}

/** Without them a notice is not written, not signed, or its board is not seen to. */
const words = {
  maker: ["经办人", "maker"],
  reviewer: ["审核人", "reviewer"],
  signer: ["签发人", "signer"],
  operator: ["屏幕管理员", "operator"],
} as const satisfies Partial<Record<Role, readonly [string, string]>>;

const firstBoard = {
  zh: "填名称、尺寸和线路\uff0c约 5 分钟\uff1b之后写好的信息才有地方显示。",
  en: "Name, size and line: five minutes. Before that, what is written has nowhere to be shown.",
};

/** For administrators: both are theirs to mend. `isAlone`: with `review: none` there are no accounts. */
export function beginLines(open: OpenToBegin, isAlone: boolean): readonly (readonly [TodayGroup, TodayItem])[] {
  const people = isAlone ? null : missingPeople(open);
  return [
    ...(people ? [["begin", { ...nothing, kind: "people", title: "", says: people }] as const] : []),
    ...(open.places === 0
      ? [["begin", { ...nothing, kind: "first-board", title: "", says: firstBoard }] as const]
      : []),
  ];
}

function missingPeople({ accounts, officeReview }: OpenToBegin): Sentence | null {
  const active = accounts.filter((one) => one.active);
  const holders = (role: Role) => active.filter(({ roles }) => roles.includes(role));
  const needed = (Object.keys(words) as (keyof typeof words)[]).filter((role) => officeReview || role !== "reviewer");
  const missing = needed.filter((role) => holders(role).length === 0);
  if (missing.length > 0)
    return {
      zh: `还没有${missing.map((role) => words[role][0]).join("、")}。写的人和签的人必须是两个人\uff0c屏幕管理员可以由其中一人兼。`,
      en: `There is no ${missing.map((role) => words[role][1]).join(", no ")} yet. Who writes and who signs are two people; either may be the operator too.`,
    };
  const isOne = holders("maker").every(({ id }) => holders("signer").every((other) => other.id === id));
  return isOne
    ? {
        zh: "经办人和签发人是同一个人\uff1a自己写的不能自己签\uff0c请再加一人。",
        en: "Maker and signer are one person: nobody signs what they wrote. Add another.",
      }
    : null;
}
