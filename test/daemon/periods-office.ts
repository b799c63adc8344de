/** An office on a real database whose clock is set by hand: what goes on record by itself, and what is told of its days. */
import type { Site } from "../../src/config/types.ts";
import { Book } from "../../src/daemon/book.ts";
import { calendarOf, readCalendar } from "../../src/daemon/calendar.ts";
import type { Desk } from "../../src/daemon/desk.ts";
import { DeadlineWatch } from "../../src/daemon/deadline-watch.ts";
import { Programmes } from "../../src/daemon/programmes.ts";
import { Publicity } from "../../src/daemon/publicity.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { encodeProgramme, type Programme, programmeId } from "../../src/message/index.ts";
import { openStore } from "../../src/store/index.ts";
import { changingCalendar } from "../../src/time/calendar.ts";
import { at, boards, importRecords, keyIn, record, site as smallSite } from "../store/small-office.ts";

/** B1 is read back; B2 is a page. */
const own = boards.map((board) =>
  board.id === "B1"
    ? { ...board, link: { kind: "tcp-out" as const, host: "h", port: 1, address: 1 } }
    : { ...board, link: { kind: "carried" as const, folder: "usb" } },
);
export const site: Site = {
  ...smallSite,
  boards: own,
  practice: true,
  calendar: { kind: "state-council", overrides: [] },
};

export async function openPeriodsOffice(folder: string, now: string, differences: Partial<Site> = {}) {
  const its = { ...site, ...differences };
  const time = { now: at(now) };
  const clock = { now: () => time.now };
  const store = await openStore(folder, () => ({ boardAt: time.now, wallAt: time.now }));
  const key = keyIn(folder);
  const calendar = changingCalendar(its.calendar);
  await readCalendar(store.settings, its.calendar, calendar);
  const book = new Book(store.notices, key.publicKey, "practice");
  await book.reload();
  const programmes = new Programmes(its, calendar, book, new MessageShelf(store.messages, 1e6));
  const desk = { site: its, clock, store, calendar, book, programmes };
  const told = { changes: 0 };
  const watch = new DeadlineWatch({ ...desk, changed: () => void told.changes++ });
  const reload = async () => {
    await readCalendar(store.settings, its.calendar, calendar);
    await book.reload();
  };
  return {
    ...{ ...desk, time, told, watch, reload },
    publicity: (prepared?: () => Promise<void>) => new Publicity({ ...desk, ...(prepared && { prepared }) }),
    calendarOffice: () => calendarOf(desk as unknown as Desk),
    async add(...records: readonly unknown[]) {
      await importRecords(store, key, records);
      await book.reload();
    },
    async rows(...actions: readonly string[]) {
      return (await store.ledger.rows("register", 0)).filter(({ action }) => actions.includes(action));
    },
    /** B1 had its programme of that civil day, and was read back so between the two times; or as having another one. */
    async seen(day: string, from = "09:00", to = "09:10", another = false) {
      const board = its.boards[0] as (typeof own)[0];
      const plan = await programmes.plan(board, at(`${day}T00:00`), at(`${day}T23:59`));
      const programme: Programme = plan.programme;
      const hash = programmeId(programme);
      const packed = await store.play.prepare([{ hash, bytes: encodeProgramme(programme) }]);
      const ids = [...new Set(plan.owners.flat())];
      const messages = (id: string) =>
        programme.spans.flatMap(({ turns }, span) =>
          turns.flatMap(({ message }, turn) => (plan.owners[span]?.[turn] === id ? [message] : [])),
        );
      const notices = ids.map((id) => ({ id, number: 1, messages: [...new Set(messages(id))] }));
      const write = async (when: string, action: `play/${string}`, data: object) => {
        const before = time.now;
        time.now = at(`${day}T${when}`);
        await store.change("play", async (tx) => {
          if (action === "play/told") await tx.play.keep(packed, time.now);
          await tx.record({ action, subject: board.id, data: data as never }, "play");
        });
        time.now = before;
      };
      const window = { from: at(`${day}T00:00`), until: at(`${day}T23:59`) };
      await write("00:00", "play/told", { programme: hash, ...window, via: "line", notices, more: 0, before: null });
      await write(to, "play/confirmed", {
        programme: another ? "0".repeat(64) : hash,
        from: at(`${day}T${from}`),
        to: at(`${day}T${to}`),
      });
    },
  };
}
export type PeriodsOffice = Awaited<ReturnType<typeof openPeriodsOffice>>;

/** A 公示 of seven working days, on B1 the whole day unless said otherwise. */
export const posted = (id: string, from: string, until: string, differences: Record<string, unknown> = {}) =>
  record(id, {
    title: `${id}公示`,
    body: "监督电话0715-0000000",
    category: "人事信息",
    track: "政府信息",
    fiveOpen: "管理公开",
    formedOn: "2017-09-26",
    publicity: { required: 7, unit: "workday" },
    from,
    until,
    rotation: { cron: "0 0 * * *", slotMinutes: 1440, calendar: "everyday", tz: "Asia/Shanghai" },
    review: { state: "approved", signerId: "P03", signedAt: "2017-09-26T17:00" },
    ...differences,
  });
