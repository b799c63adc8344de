/** Boards that never say what they show: an LCD page, a carried sign, paper beside a panel; and whose word counts for them. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { TakedownWatch } from "../../src/daemon/takedowns.ts";
import type { SealVerdict } from "../../src/notices/types.ts";
import type { BoardFacts, Holding } from "../../src/panels/contract.ts";
import { pageBoard } from "../../src/panels/delivery/without-line.ts";
import { base, picture, wantedOf } from "../panels/town.ts";
import { codeOf, openReview, signed, type SmallReview } from "../review/small-review.ts";
import { boards as two, site } from "../store/small-office.ts";

const hour = 3_600_000;
const red = picture(0x0f);
let review: SmallReview;
let now: number;
let notice: string;
let down: number | null;
const boards: readonly BoardConfig[] = [
  { ...(two[0] as BoardConfig), id: "B1", name: "大厅" },
  { ...(two[1] as BoardConfig), id: "B2", name: "村口", device: "paper+led" },
];
const links: Record<string, BoardFacts["link"]> = { B1: "browser", B2: "carried" };
let watch: TakedownWatch;
let page: ReturnType<typeof pageBoard>;
let file: ReturnType<typeof pageBoard>;

const verdict = (): SealVerdict => ({
  ok: true,
  envelope: { boards: ["B1", "B2"], from: 0, until: 1e14, bestPriority: 0 },
  pixels: new Map(["B1", "B2"].map((id) => [id, red.hash])),
  ...{ signedAt: 0, withdrawnAt: down, supersededAt: null },
});

beforeEach(async () => {
  now = base;
  down = null;
  const clock = { now: () => now };
  const shape = { board: "B1" };
  page = pageBoard(clock, { ...wantedOf([]), ...shape });
  file = pageBoard(clock, { ...wantedOf([]), board: "B2" });
  review = await openReview(undefined, (parts) => ({
    ...parts,
    clock,
    onPanels: { showing: (id) => watch.showing(id) },
    changed: () => watch.read(async () => {}),
  }));
  now = base - hour;
  watch = new TakedownWatch({
    ...{ site: { ...site, boards }, store: review.store, clock, seals: { verdict } },
    ...{ candidates: () => [], titleOf: () => "停水", changed: () => {}, wait: async () => {} },
    failed(error) {
      throw error;
    },
    holding: (id): Holding => (id === "B1" ? page.holding() : { ...file.holding(), via: "file" }),
    link: (id) => links[id] ?? "down",
  });
  notice = (await signed(review)).notice;
  now = base;
  for (const [id, board] of [
    ["B1", page],
    ["B2", file],
  ] as const)
    board.want({ ...wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, red]] }]), board: id });
});
afterEach(() => review.close());

async function withdraw(): Promise<string> {
  down = now + 1;
  now += 1;
  return review.desk.withdrawNotice(review.caller("mai"), notice, "误发");
}
const states = async (id: string) => (await watch.view(id))?.boards.map(({ state }) => state);

test("a page may have been cut off: until its programme ends, and then it is over without being confirmed", async () => {
  const id = await withdraw();
  page.want({ ...wantedOf([]), board: "B1" });
  await watch.look();
  expect(await states(id)).toEqual(["page", "file"]);
  expect((await watch.view(id))?.boards[0]).toMatchObject({ darkBy: base + hour, doneAt: null });
  now = base + hour - 1;
  await watch.look();
  expect(await states(id)).toEqual(["page", "file"]);
  now = base + hour;
  await watch.look();
  expect(await states(id)).toEqual(["ran-out", "file"]);
  const view = await watch.view(id);
  expect(view?.said.en).toContain("0 of 2 confirmed; 1 without read-back, their programmes ended");
  expect(view?.closedAt).toBeNull();
});

test("a carried sign goes on until somebody carries the new file there and says so; paper until it is taken down", async () => {
  const id = await withdraw();
  const sign = (await watch.view(id))?.boards[1];
  expect(sign).toMatchObject({ state: "file", darkBy: null });
  expect(sign?.said.en).toBe(
    "the new file is ready; it shows until a person carries it there; on paper, until it is taken down",
  );
  now = base + 100 * hour;
  await watch.look();
  expect(await states(id)).toEqual(["ran-out", "file"]);
  expect((await watch.view(id))?.closedAt).toBeNull();
  await review.desk.goneByHand(review.caller("ope"), id, "B2", "文件已送到\uff0c纸已取下");
  const view = await watch.view(id);
  expect(view?.boards[1]?.said.zh).toContain("ope姓名\uff1a文件已送到\uff0c纸已取下");
  expect(view?.closedAt).toBe(now);
});

test("whose word counts, and for what", async () => {
  const id = await withdraw();
  const gone = (who: string, order: string, board: string, words = "取下了") =>
    codeOf(review.desk.goneByHand(review.caller(who), order, board, words));
  expect(await gone("aud", id, "B2")).toBe("review/role");
  expect(await gone("ope", "99", "B2")).toBe("takedown/unknown");
  expect(await gone("ope", id, "B9")).toBe("takedown/not-waiting");
  expect(await gone("ope", id, "B2", " ")).toBe("review/field");
  await review.alter("ope", { roles: ["operator"], boards: ["B1"] });
  expect(await gone("ope", id, "B2")).toBe("review/others-boards");
  await review.desk.goneByHand(review.caller("mai"), id, "B2", "取下了");
  expect(await gone("mai", id, "B2")).toBe("takedown/not-waiting");
});
