/** `boardcast verify`: says that all is whole, or which row is not and what to do; its exit code says so too. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../src/cli/program.ts";
import { importRecords, record } from "../store/small-office.ts";
import { type Office, openOffice } from "../ledger/chain.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await importRecords(office.store, office.key, [record("a"), record("b")]);
});
afterAll(() => office.close());

async function verify(...words: string[]) {
  const said = { out: "", err: "" };
  const code = await run(["verify", "--practice", "--data", office.folder, ...words], {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    bytes: async () => {},
  });
  return { code, ...said };
}

test("whole: rows, revisions, seals, and a checkpoint that it takes back", async () => {
  const { code, out, err } = await verify();
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("登记台账 2 行，完整 · register: 2 rows, whole");
  expect(out).toContain("2 revisions and 2 seals agree with the register");
  const [text = ""] = /BCR1-\S+/.exec(out) ?? [];
  const file = join(office.folder, "kept.txt");
  writeFileSync(file, `${text.slice(0, 90)}\n${text.slice(90)}\n`);
  for (const given of [text, file]) expect((await verify("--checkpoint", given)).code).toBe(0);
  const mistyped = await verify("--checkpoint", text.replace("BCR1", "BCP1"));
  expect(mistyped.code).toBe(1);
  expect(mistyped.err).toContain("--checkpoint: not a checkpoint that this office's key signed, or mistyped");

  office.vandal.exec(
    "CREATE TABLE kept AS SELECT * FROM ledger; DELETE FROM ledger WHERE seq = 2; DELETE FROM seal WHERE notice = 'b'; DELETE FROM revision WHERE notice = 'b'",
  );
  expect((await verify()).code).toBe(0);
  const cut = await verify("--checkpoint", text);
  expect(cut.code).toBe(1);
  expect(cut.err).toContain("Row 2 of the register is not there: it was deleted");
  expect(cut.out).not.toContain("BCR1");
  office.vandal.exec("INSERT INTO ledger SELECT * FROM kept WHERE seq = 2");
  const gone = JSON.parse((await verify("--json")).out) as {
    whole: boolean;
    faults: { code: string; notice: string }[];
  };
  expect(gone).toMatchObject({ whole: false, faults: [{ code: "ledger/disagrees", notice: "b", what: "gone" }] });
});

test("a folder without a database is refused, and stays empty", async () => {
  const elsewhere = await verify("--data", join(office.folder, "none"));
  expect(elsewhere.code).toBe(1);
  expect(elsewhere.err).toContain("has no boardcast.db");
});
