/** Why, what-if and outlook from the command line, over an office in this process. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { goodDocument } from "../review/small-review.ts";
import { type ActingOffice, openActing } from "./acting-office.ts";

let here: ActingOffice;
beforeAll(async () => {
  here = await openActing(
    [
      { login: "mai", roles: ["maker"] },
      { login: "aud", roles: ["auditor"] },
    ],
    { office: false, reminderHours: 16, paper: false },
  );
});
afterAll(() => here.close());

test("why: a sentence in both languages, or all of it as JSON; what is not there is refused by name", async () => {
  const said = await here.as(null, "why", "B1", "default:B1", "--at", "2017-11-07T09:00");
  expect([said.code, said.err]).toEqual([0, ""]);
  expect(said.out).toMatch(/^B1 default:B1 .* 2017-11-07 09:00:00\n正在播出\S* [^\n]+\non air [^\n]+\n$/);
  const json = await here.as(null, "why", "B1", "default:B1", "--at", "2017-11-07T09:00", "--json");
  expect(JSON.parse(json.out)).toMatchObject({ board: "B1", tense: "future", shown: true, code: "shown" });
  for (const [board, notice, named] of [
    ["B1", "N99", "N99"],
    ["B7", "default:B1", "B7"],
  ] as const)
    expect(await here.as(null, "why", board, notice)).toMatchObject({ code: 1, err: expect.stringContaining(named) });
});

test("what-if: of a draft, of a schedule in a file; for those who make or sign, and nothing is kept", async () => {
  const drafted = await here.as("mai", "draft", here.file("draft.json", JSON.stringify(goodDocument())));
  const [notice = ""] = /^\S+/.exec(drafted.out) ?? [];
  const asked = await here.as("mai", "what-if", notice, "--boards", "B1,B2", "--json");
  expect([asked.code, asked.err]).toEqual([0, ""]);
  expect(JSON.parse(asked.out)).toMatchObject({ notice, boards: [{ board: "B1", faults: [] }, { board: "B2" }] });
  const from = here.time.board;
  const plan = here.file("plan.json", JSON.stringify({ boards: ["B1"], from, until: from + 86_400_000, cron: null }));
  const said = await here.as("mai", "what-if", "--schedule", plan, "--seconds", "12");
  expect([said.code, said.out]).toEqual([
    0,
    expect.stringMatching(/^B1:.*一遍 12 秒.*\nB1: it is on alone, 12 s a showing/),
  ]);
  expect(await here.as("aud", "what-if", notice)).toMatchObject({ code: 1 });
  expect(await here.as("mai", "what-if")).toMatchObject({ code: 2 });
  expect(await here.as("mai", "what-if", "--schedule", here.file("no.json", "[]"))).toMatchObject({ code: 2 });
  expect((await here.office.store.notices.list()).records.map(({ id }) => id)).not.toContain(notice);
});

test("outlook: days with nothing on each board", async () => {
  const said = await here.as(null, "outlook", "--days", "3");
  expect([said.code, said.err]).toEqual([0, ""]);
  expect(said.out).toMatch(/B1: nothing but the default picture from 2017-11-07 to 2017-11-08, 2 days/);
  expect(await here.as(null, "outlook", "--days", "1000")).toMatchObject({ code: 1 });
});
