/** Boards without a line: an LCD page that may be cut off, a carried sign, paper beside a panel; and whose word counts for them. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { TakedownWatch } from "../../src/daemon/takedowns.ts";
import type { SealVerdict } from "../../src/notices/types.ts";
import { crc32, lookup, programmeId } from "../../src/message/index.ts";
import type { Candidate } from "../../src/playlist/types.ts";
import type { BoardFacts, Holding, Wanted } from "../../src/panels/contract.ts";
import { pageBoard } from "../../src/panels/delivery/page-board.ts";
import type { PageGuest } from "../../src/panels/pages.ts";
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
  { ...(two[1] as BoardConfig), id: "B2", name: "村口", device: "paper+led", paper: "A4" },
];
const links: Record<string, BoardFacts["link"]> = { B1: "waiting", B2: "carried" };
let watch: TakedownWatch;
/** Boards beside which its paper hangs, as somebody said. */
let hanging: ReadonlySet<string>;
/** And of which nobody said so. */
let perhaps: ReadonlySet<string>;
let page: ReturnType<typeof pageBoard>;
let guest: PageGuest;
/** Nobody says which of what was written a sign has. */
let carried: readonly Wanted[];
let candidates: readonly Candidate[];

const verdict = (): SealVerdict => ({
  ok: true,
  envelope: { boards: ["B1", "B2"], from: 0, until: 1e14, bestPriority: 0 },
  pixels: new Map(["B1", "B2"].map((id) => [id, red.hash])),
  ...{ signedAt: 0, withdrawnAt: down, supersededAt: null },
});

beforeEach(async () => {
  now = base;
  down = null;
  candidates = [];
  const clock = { now: () => now };
  const seals = { verdict };
  page = pageBoard(wantedOf([]), { seals, clock, expected: true, changed: () => {} });
  review = await openReview(undefined, (parts) => ({
    ...parts,
    clock,
    onPanels: { showing: (id) => watch.showing(id) },
    changed: () => watch.read(async () => {}),
  }));
  now = base - hour;
  watch = new TakedownWatch({
    ...{ site: { ...site, boards }, store: review.store, clock, seals: { verdict } },
    ...{
      candidates: () => candidates,
      titleOf: () => "停水",
      displayable: () => true,
      changed: () => {},
      wait: async () => {},
    },
    failed(error) {
      throw error;
    },
    holding: (id): Holding =>
      id === "B1" ? page.holding() : { may: carried.filter(lasts), known: false, readBack: null, via: "file" },
    link: (id) => links[id] ?? "down",
    paper: () => ({
      hangs: (_, board) => hanging.has(board),
      lingers: (_, board) => hanging.has(board),
      perhaps: (_, board) => perhaps.has(board),
    }),
  });
  hanging = perhaps = new Set();
  notice = (await signed(review)).notice;
  now = base;
  const wanted = wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, red]] }]);
  carried = [{ ...wanted, board: "B2" }];
  page.want(wanted);
  const joined = page.join({ id: "p", from: "192.0.2.9" }, () => {});
  if (joined === null) throw new Error("full");
  guest = joined;
  says();
});
afterEach(async () => {
  await page.stop();
  await review.close();
});
const lasts = ({ programme }: Wanted) => programme.base + programme.endMs > now;

let plays: Wanted;
/** The page takes what it is offered, and says what it lights. */
function says(): void {
  plays = guest.next()?.programme?.wanted ?? plays;
  const { message } = lookup(plays.programme, now);
  const pixels = message === red.hash ? (red.pages[0]?.bitmap.pixels ?? new Uint8Array(0)) : new Uint8Array(32);
  const said = { programme: programmeId(plays.programme), message, frameCrc: crc32(pixels), hidden: false } as const;
  const why = message === null ? "blank" : "turn";
  guest.heard({ ...said, why, at: now, sentAt: now, roundTripMs: 4 }, { askedAt: now - 4, heardAt: now });
}

async function withdraw(): Promise<string> {
  down = now + 1;
  now += 1;
  return review.desk.withdrawNotice(review.caller("mai"), notice, "误发");
}
const states = async (id: string) => (await watch.view(id))?.boards.map(({ state }) => state);

test("a page may have been cut off: until its programme ends, and then it is over without being confirmed", async () => {
  guest.leave();
  const id = await withdraw();
  page.want(wantedOf([]));
  await watch.look();
  expect(await states(id)).toEqual(["unreachable", "file"]);
  expect((await watch.view(id))?.boards[0]).toMatchObject({ darkBy: base + hour, doneAt: null });
  now = base + hour - 1;
  await watch.look();
  expect(await states(id)).toEqual(["unreachable", "file"]);
  now = base + hour;
  await watch.look();
  expect(await states(id)).toEqual(["ran-out", "file"]);
  const view = await watch.view(id);
  expect(view?.said.en).toContain("0 of 2 confirmed; 1 without read-back, their programmes ended");
  expect(view?.closedAt).toBeNull();
});

test("a page that is there is read back: gone when it says so, and not before", async () => {
  links.B1 = "connected";
  const id = await withdraw();
  page.want(wantedOf([]));
  await watch.look();
  expect(await states(id)).toEqual(["waiting", "file"]);
  now += 1000;
  says();
  await watch.look();
  expect(await states(id)).toEqual(["confirmed", "file"]);
  expect((await watch.view(id))?.said.en).toContain("1 of 2 confirmed");
  links.B1 = "waiting";
});

test("after a restart another page may have it yet: its withdrawal is not confirmed by the one that came back", async () => {
  links.B1 = "connected";
  // The watch, and the board, began an hour ago by the board clock.
  const began = base - hour;
  const ofNotice = (signedAt: number) =>
    ({ notice, signedAt, window: { from: 0, until: base + 10 * hour }, blocked: null }) as unknown as Candidate;
  const restarted = async () => {
    await page.stop();
    now = began;
    page = pageBoard(wantedOf([]), {
      ...{ seals: { verdict }, clock: { now: () => now }, expected: true, changed: () => {}, holdMs: site.holdMs },
    });
    now = base;
    page.want(wantedOf([{ fromMs: 0, untilMs: hour, show: [[notice, red]] }]));
    const joined = page.join({ id: "b", from: "192.0.2.9" }, () => {});
    if (joined === null) throw new Error("full");
    guest = joined;
    says();
  };
  await restarted();
  candidates = [ofNotice(began - 1)];
  const id = await withdraw();
  page.want(wantedOf([]));
  now += 1000;
  says();
  await watch.look();
  expect((await watch.view(id))?.boards[0]).toMatchObject({ state: "waiting", darkBy: began + site.holdMs });
  // Signed since: no earlier daemon can have given it to anybody.
  candidates = [ofNotice(began)];
  await watch.look();
  expect(await states(id)).toEqual(["confirmed", "file"]);
  links.B1 = "waiting";
});

test("however dark the panel: the order waits for the paper beside it, and says where it hangs", async () => {
  links.B1 = "connected";
  hanging = new Set(["B1"]);
  const id = await withdraw();
  page.want(wantedOf([]));
  now += 1000;
  says();
  await watch.look();
  expect((await watch.view(id))?.boards[0]).toMatchObject({ state: "waiting", darkBy: null, doneAt: null });
  hanging = new Set();
  await watch.look();
  expect(await states(id)).toEqual(["confirmed", "file"]);
  links.B1 = "waiting";
});

test("where nobody said that it was posted, the order asks for it as what it is: perhaps", async () => {
  hanging = perhaps = new Set(["B2"]);
  const sign = (await watch.view(await withdraw()))?.boards[1];
  const { place, custodian } = boards[1] as BoardConfig;
  expect(sign?.said.en).toContain(`; if it was posted, take it down: ${place} (custodian ${custodian})`);
  expect(sign?.said.zh).toContain(`若已张贴\uff0c请到${place}取下\uff08保管人 ${custodian}\uff09并登记`);
  expect(sign?.doneAt).toBeNull();
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
