/** What the daemon would tell of an office with 200 boards and 10,000 notices, a page at a time. */
import type { Page, Route } from "playwright-core";
import type { FoundJson } from "../../src/api/ledger-schemas.ts";
import type { NoticeJson } from "../../src/api/schemas.ts";
import type { TodayJson } from "../../src/api/today-schemas.ts";
import { limits } from "../../src/limits.ts";
import type { SessionJson } from "../../src/web/session.ts";
import { visitor } from "../preview/fake-session.ts";

export const manyBoards = 200;
export const manyNotices = 10_000;

const iso = (day: number) => new Date(Date.UTC(2017, 10, day)).toISOString();
const numbered = (index: number) => `2017-${String(manyNotices - index).padStart(5, "0")}`;
/** As long as titles are. */
const title = "关于做好今冬明春城乡居民基本医疗保险参保缴费工作的通知";

const account: SessionJson["account"] = {
  ...{ id: "P01", name: "经办人甲（虚构）", unit: "", login: "jia", boards: null },
  ...{ active: true, mustChange: false, hasPassword: false, roles: ["maker", "signer", "operator", "auditor"] },
};
const session = { ...visitor, via: "session", account, roles: account?.roles, csrf: "0" } as const;

const notice = (index: number): NoticeJson => ({
  ...{ id: numbered(index), title, revision: "0".repeat(64), track: "government", openness: "open", state: "signed" },
  boards: Array.from({ length: 1 + (index % 60) }, (_, board) => `B${board + 1}`),
  ...{ from: iso(1), until: iso(30), priority: 5, dueOn: null, late: null, displayable: true, why: null },
});

const today: TodayJson = {
  at: iso(6),
  groups: (["late", "trouble", "sign", "submit", "post"] as const).map((group) => ({
    group,
    items: Array.from({ length: limits.todayItems }, (_, index) => ({
      ...{ kind: group === "trouble" ? "fault" : group === "post" ? "post" : "signature", title, draft: false },
      ...{ notice: `${group} ${index}`, case: `${index}`, boards: group === "trouble" ? [`B${index + 1}`] : [] },
      ...{ number: null, since: iso(1), until: iso(30), late: group === "late", people: [], says: null, remedy: null },
    })),
    more: manyNotices - limits.todayItems,
  })) as TodayJson["groups"],
};

function register(before: number, most: number): FoundJson {
  const rows = Array.from({ length: most }, (_, index): FoundJson["rows"][number] => ({
    ...{
      chain: "register",
      seq: before - 1 - index,
      boardAt: iso(6),
      wallAt: iso(6),
      by: "P01",
      action: "notice/sign",
    },
    ...{ subject: numbered(index), data: { title }, hash: "0".repeat(64) },
    ...{ what: { zh: "签发", en: "signed" }, who: { zh: "签发人丙", en: "signer" } },
  }));
  return { rows, before: before - most };
}

/** The boards are the office's own; the rest is told here. */
export async function tellMany(page: Page): Promise<void> {
  const json = (route: Route, body: unknown, headers = {}) => route.fulfill({ json: body, headers });
  await page.route("**/api/v1/session", (route) => json(route, session));
  await page.route("**/api/v1/today", (route) => json(route, today));
  await page.route("**/api/v1/colleagues", (route) => json(route, []));
  await page.route("**/api/v1/people", (route) => json(route, []));
  await page.route("**/api/v1/ledger/search?*", (route) => {
    const asked = new URL(route.request().url()).searchParams;
    return json(route, register(Number(asked.get("before") ?? manyNotices), Number(asked.get("most"))));
  });
  await page.route("**/api/v1/notices?*", (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const [from, most] = [Number(asked.get("after") ?? 0), Number(asked.get("most"))];
    const all = Array.from({ length: most }, (_, index) => notice(from + index));
    return json(route, all, { Link: `</api/v1/notices?most=${most}&after=${from + most}>; rel="next"` });
  });
}
