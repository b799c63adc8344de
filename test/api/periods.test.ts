/** The calendar's and the periods' routes over a real office: what is taken, what is refused with its place, what comes back. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calendarRoutes, publicityRoutes } from "../../src/api/index.ts";
import type { Doors } from "../../src/api/doors.ts";
import type { Caller, Role } from "../../src/people/types.ts";
import { nobody } from "../../src/people/types.ts";
import { openPeriodsOffice, type PeriodsOffice, posted } from "../daemon/periods-office.ts";
import { at, scratch } from "../store/small-office.ts";
import { serve } from "./fake-office.ts";

/** Whoever the header names. */
const doors: Doors = {
  async callerOf({ headers }): Promise<Caller> {
    const role = headers["x-role"] as Role | undefined;
    if (role === undefined) return nobody;
    return { ...nobody, account: "a1", name: "甲", roles: new Set([role]), via: "session", reads: true };
  },
};
const place = scratch();
let office: PeriodsOffice;
let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  office = await openPeriodsOffice(place.folder, "2017-10-12T08:00");
  await office.add(posted("N05", "2017-09-27T08:00", "2017-10-11T18:00"));
  const publicity = office.publicity();
  await publicity.run();
  await office.add(posted("P", "2017-10-12T08:00", "2017-10-20T18:00"));
  const routes = [...calendarRoutes(office.calendarOffice()), ...publicityRoutes(publicity)];
  server = await serve({ doors, routes });
});
afterAll(async () => {
  await server.close();
  await office.store.close();
  place.remove();
});
const ask = async (path: string, role: Role, body?: unknown) => {
  const headers = { "x-role": role, "content-type": "application/json" };
  const init = body === undefined ? { headers } : { method: "PUT", headers, body: JSON.stringify(body) };
  const response = await server.get(`/api/v1/${path}`, init);
  return { status: response.status, body: await response.json() };
};
const year = { source: "国办发明电", restDays: ["2099-01-01"], workingWeekends: ["2099-01-03"] };

describe("the calendar", () => {
  test("a year goes in and is read back; an administrator alone may", async () => {
    expect((await ask("calendar/2099", "auditor")).body).toMatchObject({ year: 2099, from: "unknown" });
    expect((await ask("calendar/2099", "maker", year)).status).toBe(403);
    expect(await ask("calendar/2099", "administrator", year)).toEqual({
      status: 200,
      body: { ...year, year: 2099, from: "imported" },
    });
    expect((await ask("calendar", "auditor")).body).toContainEqual({ ...year, year: 2099, from: "imported" });
    expect(office.calendar.covers(2099)).toBe(true);
  });

  test.each<[string, number, string, object, readonly string[]]>([
    [
      "days of another year",
      422,
      "calendar/2098",
      year,
      ["body.restDays.0", "body.workingWeekends.0", "body.restDays"],
    ],
    ["no source", 400, "calendar/2099", { ...year, source: "" }, ["body source"]],
    ["a year of its own", 400, "calendar/2099", { ...year, year: 2098 }, ["body year"]],
    [
      "a day that is off and worked",
      422,
      "calendar/2099",
      { ...year, restDays: ["2099-01-01", "2099-01-03"] },
      ["body.workingWeekends.0"],
    ],
    ["a year out of reach", 400, "calendar/9999", year, ["path year"]],
  ])("%s: everything wrong at once, and where", async (_, status, path, body, places) => {
    const before = await office.rows("calendar/changed");
    const answered = await ask(path, "administrator", body);
    expect(answered.status).toBe(status);
    const { mistakes } = answered.body as { mistakes: { where: string; what: { zh: string } }[] };
    expect(mistakes.map(({ where }) => where)).toEqual(places);
    for (const { what } of mistakes) expect(what.zh).not.toBe("");
    expect(await office.rows("calendar/changed")).toEqual(before);
  });

  test("where there is none, none is imported", async () => {
    const other = scratch();
    const none = await openPeriodsOffice(other.folder, "2017-10-12T08:00", {
      calendar: { kind: "none", overrides: [] },
    });
    const its = await serve({ doors, routes: calendarRoutes(none.calendarOffice()) });
    const headers = { "x-role": "administrator", "content-type": "application/json" };
    const answered = await its.get("/api/v1/calendar/2099", { method: "PUT", headers, body: JSON.stringify(year) });
    expect(answered.status).toBe(422);
    expect(await (await its.get("/api/v1/calendar/2099", { headers })).json()).toMatchObject({ from: "none" });
    await its.close();
    await none.store.close();
    other.remove();
  });
});

describe("periods", () => {
  test("are listed with their days and how they stand", async () => {
    const { body } = await ask("publicity", "operator");
    expect(body).toEqual([
      {
        ...{ notice: "N05", title: "N05公示", number: 1, kind: "公示", required: 7, unit: "workday" },
        ...{ from: "2017-09-27T00:00:00.000Z", until: "2017-10-11T10:00:00.000Z", actual: 7, stopped: false },
        ...{ state: "awaiting-result", interruptions: { watchedFrom: null, days: null }, result: null },
      },
      expect.objectContaining({ notice: "P", state: "running", actual: 7, interruptions: null }),
    ]);
  });

  test("one that is over is closed by a result; by those who make notices", async () => {
    const said = { note: " 期满，无异议 ", result: "P" };
    expect((await ask("notices/N05/publicity", "operator", said)).status).toBe(403);
    const { status, body } = await ask("notices/N05/publicity", "maker", said);
    expect([status, body]).toMatchObject([
      200,
      {
        state: "closed",
        result: { note: "期满，无异议", notice: "P", by: "a1", at: new Date(at("2017-10-12T08:00")).toISOString() },
      },
    ]);
    expect((await office.rows("publicity/result")).map(({ by, subject }) => [by, subject])).toEqual([["a1", "N05"]]);
  });

  test.each<[string, number, string, object]>([
    ["that still hangs", 409, "P", { note: "无" }],
    ["that is none", 404, "N99", { note: "无" }],
    ["with a notice that is not there", 422, "N05", { note: "无", result: "N99" }],
    ["without a word", 400, "N05", { note: "  " }],
  ])("none for one %s", async (_, status, notice, said) => {
    const answered = await ask(`notices/${notice}/publicity`, "signer", said);
    expect(answered.status).toBe(status);
  });
});
