/** Why, what-if and outlook from the command line, over an office in this process. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { scheduleExample, scheduleFields } from "../../src/cli/commands/schedule-words.ts";
import { scheduleSchema } from "../../src/notices/schedule-format.ts";
import { parseCivil } from "../../src/time/zone.ts";
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
    expect.stringMatching(/^B1：.*一遍 12 秒.*\nB1: it is on alone, 12 s a showing/),
  ]);
  expect(await here.as("aud", "what-if", notice)).toMatchObject({ code: 1 });
  expect(await here.as("mai", "what-if")).toMatchObject({ code: 2 });
  expect(await here.as("mai", "what-if", "--schedule", here.file("no.json", "[]"))).toMatchObject({ code: 2 });
  expect((await here.office.store.notices.list()).records.map(({ id }) => id)).not.toContain(notice);
});

test("what-if: a schedule's file as help shows it, in civil times; what is wrong with one is said, and where, and what to write", async () => {
  const help = await here.as(null, "what-if", "--help");
  const shown = /plan\.json:\n\s*(\{.*\})\n/.exec(help.out)?.[1] ?? "";
  expect(shown).toBe(scheduleExample);
  for (const { name, example } of scheduleFields) expect(help.out).toContain(`"${name}": ${example}`);
  // Every field at once, each as its example has it.
  const all = `{${scheduleFields.map(({ name, example }) => `"${name}": ${example}`).join(",\n")}}`;
  expect(scheduleFields.map(({ name }) => name).sort()).toEqual(Object.keys(scheduleSchema.shape).sort());
  const readmes = ["README.md", "README.zh-CN.md"].map((name) => {
    const text = readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
    return /`what-if --schedule [\s\S]*?```json\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  });
  expect(readmes[0]).toBe(readmes[1]);
  for (const text of [shown, all, ...readmes]) {
    const said = await here.as("mai", "what-if", "--schedule", here.file("p.json", text), "--seconds", "12", "--json");
    expect([said.code, said.err]).toEqual([0, ""]);
    expect(JSON.parse(said.out)).toMatchObject({
      from: new Date(parseCivil("Asia/Shanghai", "2027-01-04T08:00") ?? 0).toISOString(),
      boards: text === all ? [{ board: "B1" }, { board: "B2" }] : [{ board: "B1" }],
    });
  }
  const refused = async (text: string, ...words: string[]) => {
    const file = here.file("w.json", text);
    const { code, err } = await here.as("mai", "what-if", "--schedule", file, "--seconds", "12", ...words);
    expect(code, text).toBe(2);
    return err.replaceAll(file, "w.json");
  };
  expect(await refused('{ "boards": ["B1"],\n  "cron" 2 }')).toMatch(
    /w\.json:2:10 is no JSON object: .*\n {2}For example \{/,
  );
  expect(await refused("[]")).toMatch(/w\.json is no JSON object\n {2}For example \{ "boards"/);
  const many = await refused(
    '{ "boards": "B1", "from": "tomorrow", "corn": 1, "cron": "0 9", "hours": "8-9", "slotMinutes": 0.5 }',
  );
  expect(many).toContain('w.json, from: "tomorrow" is not an instant\n  For example "from": "2027-01-04T08:00"');
  expect(many).toContain('w.json, corn: there is no such field\n  Did you mean "cron"?');
  expect(many).toContain('w.json, boards: missing, or not an array [ ]\n  For example "boards": ["B1", "B2"]');
  expect(many).toMatch(/w\.json, cron: cron "0 9": five fields are needed, 2 given\n {2}For example "cron"/);
  expect(many).toMatch(/w\.json, hours: must be hours HH:MM-HH:MM\n {2}For example "hours": "08:00-18:00"/);
  expect(many).toContain("w.json, slotMinutes: ");
  expect(many).toContain("w.json, until: is missing");
  // What a notice has need not stand there.
  expect(await refused('{ "priority": 12 }', "N1")).toMatch(
    /^w\.json 的 priority：超过上限：最多 10\n {2}例如 "priority": 5\n/,
  );
  const backwards = shown.replace("2027-01-31", "2027-01-01");
  expect(await refused(backwards)).toContain("w.json, until: it must end after it begins");
});

test("outlook: days with nothing on each board", async () => {
  const said = await here.as(null, "outlook", "--days", "3");
  expect([said.code, said.err]).toEqual([0, ""]);
  expect(said.out).toMatch(/B1: nothing but the default picture from 2017-11-07 to 2017-11-08, 2 days/);
  expect(await here.as(null, "outlook", "--days", "1000")).toMatchObject({ code: 1 });
});
