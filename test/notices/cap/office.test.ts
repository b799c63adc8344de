/** What the daemon says of received warnings: on a board that is dark, and of files that it refused. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCap } from "../../../src/daemon/cap.ts";
import type { BoardFacts } from "../../../src/panels/contract.ts";
import { scratch } from "../../store/small-office.ts";
import { bytesOf, files } from "./signing.ts";
import { type CapTown, openCapTown } from "./town.ts";

let town: CapTown;
let place: ReturnType<typeof scratch>;
const dark = new Set<string>();
const open = () =>
  openCap({
    desk: { clock: town.review.clock },
    folder: place.folder,
    parts: { ...town.review.parts, store: town.review.store },
    facts: () => ({ confirmed: null, faults: [] }) as never as BoardFacts,
    isDark: (board) => dark.has(board),
    changed() {},
    failed(error) {
      throw error;
    },
  });
beforeEach(async () => {
  town = await openCapTown();
  place = scratch();
  dark.clear();
});
afterEach(async () => {
  await town.review.close();
  place.remove();
});

test("a board that is dark is said to be, and no other", async () => {
  const { number } = await town.confirm(await town.bring(files.rain));
  dark.add("B1");
  const office = open();
  const view = await office.api.warning(number);
  expect(["B1", "B2", "B9"].map((board) => office.api.lit(view, board))).toEqual(["dark", "not-confirmed", null]);
});

test("a refused file stands on the tiles, over a restart, until a person acknowledges it", async () => {
  await town.cap.receiveFile(bytesOf(files.rain.slice(0, -20)), "cut.xml").catch(() => {});
  const office = open();
  await office.tend();
  expect(office.faults()).toMatchObject([{ fault: { code: "warning/refused", where: "cap-inbox cut.xml" } }]);
  const [file] = await office.api.refusedFiles();
  await office.api.acknowledgeRefused(town.review.caller("ope"), file?.row ?? 0);
  await office.tend();
  expect(office.faults()).toEqual([]);
});
