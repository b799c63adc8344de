/** `cards`, `carry`, `loaded` as somebody types them who carries the stick: what waits, the folder, the word for it. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goodDocument } from "../review/small-review.ts";
import { siteWith } from "../office/living-office.ts";
import { scratch } from "../store/small-office.ts";
import { type ActingOffice, openActing } from "./acting-office.ts";

const place = scratch();
let here: ActingOffice;
beforeAll(async () => {
  const people = [
    { login: "mai", roles: ["maker"] },
    { login: "rev", roles: ["reviewer"] },
    { login: "sig", roles: ["signer"] },
    { login: "ope", roles: ["operator"] },
    { login: "aud", roles: ["auditor"] },
  ] as const;
  const boards = siteWith().boards.map((board) =>
    board.id === "B2" ? ({ ...board, link: { kind: "carried", folder: place.folder } } as const) : board,
  );
  here = await openActing(people, { office: true, reminderHours: 16 }, { boards });
});
afterAll(async () => {
  await here.close();
  place.remove();
});

const done = async (login: string, ...words: string[]): Promise<string> => {
  const { code, out, err } = await here.as(login, ...words);
  expect([words[0], err, code]).toEqual([words[0], "", 0]);
  return out;
};
const first = (out: string) => /^\S+/.exec(out)?.[0] ?? "";

test("what waits, its folder on a stick, and the word of who put it in", async () => {
  const file = here.file("draft.json", JSON.stringify(goodDocument("停水一")));
  const notice = first(await done("mai", "draft", file));
  const id = first(await done("mai", "submit", notice));
  await done("rev", "review", id, "--opinion", "同意");
  await done("sig", "cases", id, "--png", join(here.folder, "pages"));
  await done("sig", "sign", id, "--opinion", "同意");
  // Nothing is put in before its time.
  here.time.board += 4 * 3_600_000;
  await here.office.beat();
  const waiting = await done("ope", "cards");
  expect(waiting).toContain(`+ ${notice}  停水一`);
  expect(waiting).toContain("待装卡 to be loaded");

  const stick = join(here.folder, "stick");
  mkdirSync(stick);
  const carried = await done("ope", "carry", "B2", "--to", stick);
  const code = /装卡码 code (\S+)/.exec(carried)?.[1] ?? "";
  expect(waiting).toContain(code);
  const manifest = readFileSync(join(stick, "B2", "manifest.json"), "utf8");
  expect(manifest).toContain(notice);
  expect(existsSync(join(stick, "B2", "slip.html"))).toBe(true);

  expect(await here.as("ope", "loaded", "B2", "--load", "0000-0000")).toMatchObject({ code: 1, out: "" });
  expect(await here.as("aud", "loaded", "B2", "--load", code)).toMatchObject({ code: 1, out: "" });
  // Which one it was the stick says, too; another folder, or none, is refused.
  expect(await here.as("ope", "loaded", "B2")).toMatchObject({ code: 1, out: "" });
  expect(await here.as("ope", "loaded", "B2", "--stick", here.folder)).toMatchObject({ code: 1, out: "" });
  await done("ope", "loaded", "B2", "--stick", stick, "--words", "看过一遍");
  await here.office.beat();
  const after = await done("ope", "cards");
  expect(after).toContain("人工确认已装入 put in, says a person");
  expect(after).toContain(`  ${notice}  停水一  – 2017-11-08 18:00`);
  expect(after).toMatch(new RegExp(`人工确认 said 2017-11-06 \\d\\d:\\d\\d .*${code}`));
});
