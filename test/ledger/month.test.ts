/** 月报 and exports of a register that the review flow wrote: figures from rows and from the play log, in people's names. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MonthData, Pieces } from "../../src/api/ledger.ts";
import { Book } from "../../src/daemon/book.ts";
import { ledgerOffice } from "../../src/daemon/ledger-desk.ts";
import { namesOf } from "../../src/daemon/names.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { averageWords } from "../../src/ledger/reports/index.ts";
import type { LedgerData, LedgerRow } from "../../src/ledger/types.ts";
import { encodeProgramme, type Programme } from "../../src/message/index.ts";
import { nobody } from "../../src/people/types.ts";
import { at, site as smallSite } from "../store/small-office.ts";
import { goodDocument, openReview, type SmallReview, signed, submitted } from "../review/small-review.ts";

let review: SmallReview;
let ledger: ReturnType<typeof ledgerOffice>;
let november: MonthData;
const ids: Record<string, string> = {};

const logBegan = at("2017-11-06T09:00");
const wired = { kind: "tcp-out", host: "127.0.0.1", port: 1, address: 1 } as const;
const carried = { kind: "carried", folder: "usb" } as const;
const site = {
  ...smallSite,
  boards: smallSite.boards.map((board) => ({ ...board, link: board.id === "B1" ? wired : carried })),
};

/** Of October 1st, a rest day: fifteen working days later is long past. */
const old = (title: string) =>
  goodDocument(title, { content: { ...(goodDocument().content as object), title, formedOn: "2017-10-01" } });

async function write(boardAt: number, action: LedgerRow["action"], subject: string, data: LedgerData) {
  review.clock.set(boardAt);
  await review.store.change("system", (tx) => tx.record({ action, subject, data }, "play"));
}

/** Two hours from `from`: the first notice alone, then from `turnMs` on the second. */
async function tell(from: number, [first = "", second = ""]: readonly string[], turnMs = 7_200_000) {
  const spans = [
    { startMs: 0, endMs: turnMs, leadMs: 0, turns: [{ message: 0, endMs: 1000 }], utcOffsetMin: 480 },
    { startMs: turnMs, endMs: 7_200_000, leadMs: 0, turns: [{ message: 1, endMs: 1000 }], utcOffsetMin: 480 },
  ].filter(({ startMs, endMs }) => endMs > startMs);
  const messages = ["1", "2"].map((digit) => digit.repeat(64));
  const shape = { width: 16, height: 8, colour: "mono" } as const;
  const programme: Programme = { shape, base: from, endMs: 7_200_000, messages, spans };
  const bytes = encodeProgramme(programme);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const { store } = review;
  const packed = await store.play.prepare([{ hash, bytes }]);
  const notices = [first, second].map((id, index) => ({ id, number: 1, messages: [index] }));
  const named = {
    action: "play/told" as const,
    subject: "B1",
    data: { programme: hash, from, until: from + 7_200_000, via: "line", before: null, notices },
  };
  review.clock.set(from);
  await store.change("system", async (tx) => {
    await tx.play.keep(packed, from);
    await tx.record(named, "play");
  });
}

const confirmed = (from: number, to: number) => write(to, "play/confirmed", "B1", { programme: null, from, to });

async function text(pieces: Pieces | null): Promise<string> {
  let all = "";
  for await (const piece of pieces ?? []) all += piece;
  return all;
}

beforeAll(async () => {
  review = await openReview();
  const { store, clock, key, parts } = review;
  ids.before = (await signed(review, "mai", goodDocument("先签"))).notice;
  await write(logBegan, "play/started", "office", {});
  ids.late = (await signed(review, "mai", old("晚上屏"))).notice;
  ids.midnight = (await signed(review, "mai", goodDocument("零点后上屏"))).notice;
  ids.never = (await signed(review, "mai", old("没上屏"))).notice;
  ids.ended = (await signed(review, "mai", old("失效在先"))).notice;
  const returned = await submitted(review, "mai", goodDocument("退回"));
  await review.desk.sendBack(review.caller("sig"), returned.id, "日期不对");
  await confirmed(logBegan, logBegan + 900_000);
  await confirmed(logBegan + 900_000, logBegan + 3_600_000);
  await confirmed(logBegan + 3_000_000, logBegan + 3_600_000);
  await confirmed(logBegan + 4_000_000, logBegan + 4_000_000);
  await tell(at("2017-11-07T10:00"), [ids.before, ids.late], 3_600_000);
  await tell(at("2017-11-07T13:00"), ["other", ids.ended], 3_600_000);
  // Its link was lost before the second half: that was never lit.
  await write(at("2017-11-07T13:30"), "play/ended", "B1", { to: at("2017-11-07T13:30"), why: "link/lost" });
  await tell(at("2017-11-07T23:30"), [ids.late, ids.midnight], 1_800_000);
  await confirmed(at("2017-11-30T23:50"), at("2017-12-01T00:10"));
  review.clock.set(at("2017-12-01T09:00"));
  await submitted(review, "mai", goodDocument("十二月的", { schedule: later }));
  review.clock.set(at("2017-12-02T09:00"));

  const book = new Book(store.notices, key.publicKey, "real");
  await book.reload();
  const { calendar } = parts;
  const programmes = new Programmes(site, calendar, book, new MessageShelf(store.messages, 1e6));
  await store.change("adm", async (tx) => {
    for (const [id, name] of [
      ["mai", "张伟"],
      ["sig", "李娜"],
      ["mo", "李娜"],
    ] as const) {
      const account = { id, login: `${id}-login`, name, unit: "办公室", roles: ["maker" as const], boards: null };
      const more = { active: true, mustChange: false, password: null };
      await tx.people.putAccount({ ...account, ...more }, "account/added", {});
    }
  });
  ledger = ledgerOffice({
    ...{ site, store, clock, calendar, book, programmes },
    run: () => null,
    checkpoint: () => "BCR1",
    names: () => namesOf(store.people),
    check: null as never,
  });
  const made = await ledger.monthData("2017-11", { ...nobody, via: "console", name: "控制台" });
  if (made === null) throw new Error("no month");
  november = made;
});
afterAll(() => review?.close());

const later = {
  boards: ["B1", "B2"],
  from: at("2017-12-01T09:00"),
  until: at("2017-12-08T18:00"),
  cron: null,
  priority: 5,
};
const item = (title: string) => november.items.find((one) => one.title === title);

describe("a month", () => {
  test("its totals are those of the register's own rows", async () => {
    const rows = await review.store.ledger.rows("register", 0);
    const window = [at("2017-11-01T00:00"), at("2017-12-01T00:00")] as const;
    const inside = rows.filter(({ boardAt }) => window[0] <= boardAt && boardAt < window[1]);
    const handedIn = inside.filter(({ action }) => action === "review/submitted");
    expect(november.totals.all.items).toBe(handedIn.length);
    expect(november.items.map(({ title }) => title)).toEqual(handedIn.map(({ data }) => data.title));
    const units = new Set(handedIn.map(({ data }) => data.unit));
    expect(november.totals.units.map(({ unit }) => unit)).toEqual([...units]);
    const december = await ledger.monthData("2017-12", { ...nobody, via: "console" });
    expect(december?.items.map(({ title }) => title)).toEqual(["十二月的"]);
    const all = rows.filter(({ action }) => action === "review/submitted").length;
    expect(november.totals.all.items + (december?.totals.all.items ?? 0)).toBe(all);
  });

  test("first shown is what the play log says, not what was planned", () => {
    // Planned from the 6th on.
    expect(item("晚上屏")).toMatchObject({ shownOn: "2017-11-07", late: true, dueOn: "2017-11-03", lagDays: 22 });
  });
  test("told before midnight, lit after it", () => {
    expect(item("零点后上屏")).toMatchObject({ shownOn: "2017-11-08", late: false, lagDays: 2 });
  });
  test("signed, due, and on no board: late, and on no day", () => {
    expect(item("没上屏")).toMatchObject({ shownOn: null, late: true, lagDays: null });
    // The board lost its programme before its turn came.
    expect(item("失效在先")).toMatchObject({ shownOn: null, late: true });
  });
  test("signed before there was a play log: by the plan, and the sheet says so", () => {
    expect(item("先签")).toMatchObject({ shownOn: "2017-11-06", late: false, lagDays: 0 });
    expect(november.notes.join()).toContain("播放记录开始之前签发的信息");
  });
  test("sent back: registered, and neither shown nor late", () => {
    expect(item("退回")).toMatchObject({ shownOn: null, late: null });
  });

  test("uptime: stretches once, within the log, the board's hours and the month", () => {
    const hourMs = 3_600_000;
    const [b1, b2] = november.boards;
    expect(b1).toMatchObject({ openMs: at("2017-12-01T00:00") - logBegan, readBack: true });
    expect(b1?.confirmedMs).toBe(hourMs + 600_000);
    expect(b2).toMatchObject({ readBack: false, confirmedMs: 0 });
    expect(november.notes[0]).toContain("2017-11-06 09:00");
  });

  test("on paper the same figures, and that it was printed is on record", async () => {
    const caller = { ...nobody, via: "console" as const, name: "控制台" };
    const table = (await text(await ledger.month("2017-11", caller, "csv"))).split("\r\n");
    const sheet = await text(await ledger.month("2017-11", caller, "html"));
    const { all } = november.totals;
    expect(sheet).toContain(`<td>${all.items}</td><td>${all.dated}</td><td>${all.late}</td>`);
    expect(table).toContain(`合计,${all.items},${all.dated},${all.late},${averageWords(all.lagDays, all.lagged)}`);
    const [last] = (await review.store.ledger.rows("register", 0)).slice(-1);
    expect(last).toMatchObject({ by: "console", action: "ledger/exported", data: { form: "month", format: "html" } });
  });
});

test("exports have people's names: two of one name are told apart, and what is no account is said in words", async () => {
  const console = { ...nobody, via: "console" as const };
  const csv = await text(await ledger.export({ chain: "register", form: "rows", format: "csv" }, span, console));
  const names = new Set(
    csv
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(",")[3]),
  );
  for (const name of ["张伟", "李娜\uff08sig-login\uff09", "本机命令行"]) expect(names).toContain(name);
  for (const id of ["mai", "sig", "console"]) expect(names).not.toContain(id);
  const play = await text(await ledger.export({ chain: "play", form: "rows", format: "csv" }, span, console));
  expect(play.split("\r\n")[1]?.split(",")[3]).toBe("系统");
  // Whoever works the chain out again needs what the hash is over.
  const lines = await text(await ledger.export({ chain: "register", form: "rows", format: "jsonl" }, span, console));
  expect(
    new Set(
      lines
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line).by),
    ),
  ).toContain("mai");
  const sheet = await text(await ledger.export({ chain: "register", form: "lines", format: "csv" }, span, console));
  expect(sheet).not.toContain(",mai,");
  // Who signed is called as they were when they did.
  expect(sheet).toContain(",sig姓名,");
});
const span = { from: null, until: null };
