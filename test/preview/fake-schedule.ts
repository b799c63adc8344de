/** The day's strip of the wall, from the fake office's programmes: what `GET /api/v1/schedule` tells. */
import type { Office } from "../../src/api/office.ts";
import type { Route } from "../../src/api/route.ts";
import type { BoardSchedule } from "../../src/api/schedule.ts";
import { scheduleRoutes } from "../../src/api/schedule-routes.ts";

export function scheduleRoute(office: Office): Route {
  const [route] = scheduleRoutes(office, {
    async schedule(ids, from, until) {
      const boards: BoardSchedule[] = [];
      for (const id of ids) {
        const found = await office.playlist(id, from, until);
        const name = office.boards().find(({ config }) => config.id === id)?.config.name ?? "";
        if (found === null) continue;
        const intervals = found.intervals.map((one) => ({ ...one, pinned: false }));
        const open = intervals
          .filter(({ priority }) => priority !== null)
          .map(({ start, end }) => ({ from: start, until: end }));
        boards.push({ board: id, name, open, quiet: [], intervals, suspensions: [], notices: [] });
      }
      return { from, until, days: [], boards, notices: [] };
    },
    nextStarts: () => Promise.reject(new Error("not asked")),
  });
  if (!route) throw new Error("no route");
  return route;
}
