/** A cabinet without a panel: notices are aimed at it, printed, posted, taken down; nothing is set for it that lights, and nothing sent. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSite } from "../../src/config/index.ts";
import type { Cabinet } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { monthOf } from "../../src/daemon/month.ts";
import { PaperPostings } from "../../src/daemon/postings.ts";
import { TakedownWatch } from "../../src/daemon/takedowns.ts";
import type { RegisterLine } from "../../src/ledger/reports/index.ts";
import { sheets } from "../../src/notices/paper.ts";
import { board as boardText, file as fileText } from "../config/small-file.ts";
import {
  codeOf,
  faultOf,
  goodDocument,
  openReview,
  signed,
  type SmallReview,
  submitted,
} from "../review/small-review.ts";
import { at, boards, site } from "../store/small-office.ts";

const cabinet: Cabinet = { id: "C1", name: "村口橱窗", place: "村口", paper: "A4", custodian: "保管人丁" };
const places = [...boards, cabinet];
const withCabinet = { ...site, cabinets: [cabinet] };

let review: SmallReview;
let paper: PaperPostings;
let watch: TakedownWatch;
let shapes: string[];

beforeEach(async () => {
  shapes = [];
  review = await openReview(undefined, (parts) => ({
    ...parts,
    boards: places,
    onPanels: { showing: (id) => watch.showing(id) },
    changed: () => read(),
    typesetting: {
      ask(request) {
        shapes.push(`${request.shape.width}x${request.shape.height}`);
        return parts.typesetting.ask(request);
      },
    },
  }));
  const { store, key, clock } = review;
  const book = new Book(store.notices, key.publicKey, "real", boards);
  watch = new TakedownWatch({
    ...{ site: withCabinet, store, clock, seals: { verdict: (id, time) => book.verdict(id, time) } },
    ...{ candidates: (id) => book.candidates(id), titleOf: (id) => book.record(id)?.content.title ?? null },
    ...{ displayable: () => true, changed: () => {}, wait: async () => {}, paper: () => paper },
    failed(error) {
      throw error;
    },
    // A panel is asked by its own id alone.
    holding(id) {
      if (!boards.some((one) => one.id === id)) throw new Error(`no panel ${id}`);
      return { may: [], known: true, readBack: null, via: "line" };
    },
    link(id) {
      if (!boards.some((one) => one.id === id)) throw new Error(`no panel ${id}`);
      return "connected";
    },
  });
  const read = () =>
    watch.read(async () => {
      await book.reload();
      await paper.read();
    });
  paper = new PaperPostings({
    ...review.parts,
    ...{ store, site: withCabinet, publicKey: key.publicKey, said: read, changed: () => {} },
    book: { all: () => book.all(), of: (ids) => book.of(ids) },
    photoOf: async (bytes) => bytes,
    ordersFor: (notice) => watch.ordersFor(notice),
  });
  Object.assign(review.parts, { changed: read });
});
afterEach(() => review.close());

const aimedAt = (...ids: string[]) => ({ schedule: { ...(goodDocument().schedule as object), boards: ids } });
const states = async () => (await paper.list()).map(({ state, board, name }) => [board, name, state]);

test("only its sheet is set and signed; a person posts it, and after a withdrawal takes it down", async () => {
  const { notice, pixels } = await signed(review, "mai", goodDocument("危房改造公告", aimedAt("C1")));
  const { width, height } = sheets.A4.shape;
  expect([...new Set(shapes)]).toEqual([`${width}x${height}`]);
  expect(pixels.map(({ board }) => board)).toEqual(["paper:C1"]);
  review.clock.set(at("2017-11-06T09:10"));
  expect(await states()).toEqual([["C1", "村口橱窗", "to-post"]]);
  const month = async () => {
    const lines = [{ notice, number: 1, title: "危房改造公告", unit: "" }] as unknown as readonly RegisterLine[];
    const { store, clock } = review;
    const sources = { site: withCabinet, store, clock, calendar: review.parts.calendar, firstDay: () => null };
    const [item] = (await monthOf(sources, lines, { first: 0, next: 0 })).items;
    return item?.shownOn;
  };
  // No panel will ever show it: it is public from when somebody hung it there.
  expect(await month()).toBeNull();
  await paper.say(review.caller("ope"), notice, "C1", "posted", { words: "", photo: null });
  expect(await month()).toBe("2017-11-06");
  const order = await review.desk.withdrawNotice(review.caller("mai"), notice, "有误");
  expect(await states()).toEqual([["C1", "村口橱窗", "to-take-down"]]);
  const waiting = await watch.view(order);
  expect(waiting).toMatchObject({ closedAt: null, boards: [{ board: "C1", state: "paper", place: "村口" }] });
  expect(waiting?.boards[0]?.said.zh).toContain("请人工取下\uff08保管人 保管人丁\uff09");
  await paper.say(review.caller("ope"), notice, "C1", "taken", { words: "", photo: null });
  expect(await watch.view(order)).toMatchObject({
    boards: [{ board: "C1", state: "by-hand" }],
    closedAt: expect.any(Number),
  });
});

test("beside panels it is one place more; late there as anywhere", async () => {
  const { pixels } = await signed(review, "mai", goodDocument("危房改造公告", aimedAt("B1", "C1")));
  expect(pixels.map(({ board }) => board)).toEqual(["B1", "paper:C1"]);
  review.clock.set(at("2017-11-07T09:00"));
  paper.look();
  expect(paper.faults("C1")).toMatchObject([{ fault: { code: "paper/not-posted", place: "村口" } }]);
});

test("what only lights is not aimed at it", async () => {
  const document = goodDocument("欢迎", aimedAt("C1"));
  const content = { ...(document.content as object), displayKind: "slogan" };
  expect(await codeOf(submitted(review, "mai", { ...document, content }))).toBe("review/not-ready");
  const fault = await faultOf(submitted(review, "mai", { ...document, content }));
  const faults = fault.code === "review/not-ready" ? fault.faults : [];
  expect(faults).toMatchObject([
    { code: "review/field", field: "schedule.boards", what: { zh: expect.stringContaining("C1") } },
  ]);
});

test("in the installation file it has no panel, no line and no hours, and is not the only place", () => {
  const written = (more = "") =>
    `  - { id: C1, name: 村口橱窗, place: 村口, device: paper, custodian: 保管人丁${more} }\n`;
  const read = readSite(fileText(boardText("B1"), written()), "f");
  expect(read.ok && [read.site.boards.map(({ id }) => id), read.site.cabinets]).toEqual([["B1"], [cabinet]]);
  const told = (text: string) => {
    const result = readSite(text, "f");
    return result.ok ? [] : result.faults.map(({ what }) => what.en);
  };
  expect(told(fileText(boardText("B1"), written(", hours: 08:00-18:00, link: { kind: browser }")))).toEqual([
    ...["a board that is paper has no hours", "a board that is paper has no link"],
  ]);
  expect(told(fileText(written()))).toEqual(["no board has a panel"]);
  expect(told(fileText(boardText("B1").replace(/ {4}panel.*\n/, "")))).toEqual(['"panel" is missing']);
  expect(told(fileText(boardText("C1"), written()))).toEqual([expect.stringContaining("C1")]);
});
