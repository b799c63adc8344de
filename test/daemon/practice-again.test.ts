/** Practice is started again: what somebody changed meanwhile stays; only samples that are new come in. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { practiceSite } from "../../src/config/practice.ts";
import { type Desk, openDesk } from "../../src/daemon/index.ts";
import { copyPracticeData } from "../practice-data.ts";
import { scratch } from "../store/small-office.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let place: ReturnType<typeof scratch>;
beforeEach(async () => {
  place = scratch();
  await copyPracticeData(place.folder);
});
afterEach(() => place.remove());

const samples: unknown = JSON.parse(
  readFileSync(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8"),
);
const open = (): Promise<Desk> =>
  openDesk({ site: practiceSite(samples, { port: 0, folder: place.folder }), folder: place.folder, startAt: null });

async function recordOf(desk: Desk, id: string) {
  const record = await desk.store.notices.get(id);
  if (!record) throw new Error(`no ${id}`);
  return record;
}

test("what was moved or withdrawn stays so, and nothing is written", async () => {
  const first = await open();
  const moved = await recordOf(first, "N13");
  const schedule = { ...moved.schedule, cron: "0 14 * * *", slotMinutes: 7 };
  await first.store.change("operator", async (tx) => {
    await tx.notices.reschedule("N13", moved.revisionNumber, schedule);
    await tx.notices.withdraw("N04", first.clock.now(), "写错了");
  });
  const withdrawn = await recordOf(first, "N04");
  expect(withdrawn.withdrawnAt).not.toBeNull();
  const { seq } = await first.store.ledger.head("register");
  await first.close();

  const again = await open();
  expect(await recordOf(again, "N13")).toMatchObject({ schedule, revisionNumber: moved.revisionNumber });
  expect(await recordOf(again, "N04")).toEqual(withdrawn);
  expect((await again.store.ledger.head("register")).seq).toBe(seq);
  await again.close();
});
