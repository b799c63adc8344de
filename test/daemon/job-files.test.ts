/** What the daemon's jobs leave in the data folder: backups and daily reports. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { backUp, isUnsealed, putBack } from "../../src/daemon/backup.ts";
import { backupBySelf, backupJobs, backupsIn } from "../../src/daemon/jobs/backup.ts";
import {
  dayReport,
  keepReport,
  readReport,
  type ReportParts,
  reportJob,
  reportsIn,
} from "../../src/daemon/jobs/report.ts";
import { startPlayLog } from "../../src/daemon/play-log.ts";
import type { FaultError } from "../../src/fault.ts";
import { dayPage } from "../../src/ledger/reports/index.ts";
import { limits } from "../../src/limits.ts";
import { programmeId } from "../../src/message/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { workCalendar } from "../../src/time/calendar.ts";
import { dayNumberOf } from "../../src/time/days.ts";
import { importAs } from "../backup/office.ts";
import { FakeSeals, picture, sealed, wantedOf } from "../panels/town.ts";
import { at, scratch, site, zone } from "../store/small-office.ts";

const dayMs = 86_400_000;
let place: ReturnType<typeof scratch>;
beforeEach(() => {
  place = scratch();
});
afterEach(() => place.remove());

describe("backups", () => {
  const settings = new Map<string, string>();
  let made: string[] = [];
  beforeEach(() => {
    settings.clear();
    made = [];
  });
  const header = (time: number) => {
    const about = { v: 1, office: "处", practice: false, at: time, installation: "0".repeat(32), salt: "", cost: 15 };
    return `boardcast-backup ${JSON.stringify(about)}\n`;
  };
  const jobs = (change: Partial<Parameters<typeof backupJobs>[0]> = {}, time = () => Number.NaN) => {
    const [backup, watch] = backupJobs({
      ...{ folder: place.folder, zone, keep: 3, passphraseFile: null },
      settings: {
        get: async (key) => settings.get(key) ?? null,
        set: async (key, value) => void settings.set(key, value),
      },
      async make(file) {
        made.push(file);
        writeFileSync(file, header(time()));
      },
      ...change,
    });
    if (!backup || !watch) throw new Error("two jobs");
    return { backup, watch };
  };
  const files = () => readdirSync(backupsIn(place.folder)).sort();
  const now = (civil: string) => ({ board: 0, wall: at(civil) });

  test("one a night by its date, the newest stay; half ones and no others' files go", async () => {
    mkdirSync(backupsIn(place.folder));
    for (const name of ["2017-11-01.backup.unfinished", "notes.txt", "2031-01-01-unsealed.backup"])
      writeFileSync(join(backupsIn(place.folder), name), "x");
    for (let day = 2; day <= 6; day++) await jobs().backup.run(now(`2017-11-0${day}T02:10`));
    expect(files()).toEqual([
      ...["2017-11-04-unsealed.backup", "2017-11-05-unsealed.backup", "2017-11-06-unsealed.backup"],
      ...["2031-01-01-unsealed.backup", "notes.txt"],
    ]);
    await jobs({ passphraseFile: "secret" }).backup.run(now("2017-11-07T02:10"));
    expect(files()).toContain("2017-11-07.backup");
  });

  test("a night that fails takes none of the good ones", async () => {
    for (let day = 2; day <= 4; day++) await jobs().backup.run(now(`2017-11-0${day}T02:10`));
    const fails = jobs({ make: () => Promise.reject(new Error("ENOSPC")) });
    await expect(fails.backup.run(now("2017-11-05T02:10"))).rejects.toThrow("ENOSPC");
    expect(files()).toHaveLength(3);
    expect(statSync(backupsIn(place.folder)).mode & 0o777).toBe(0o700);
  });

  test("none for three days is a fault that says since when; a file that is no backup does not count", async () => {
    const time = at("2017-11-02T02:10");
    const { backup, watch } = jobs({}, () => time);
    const fault = (civil: string) =>
      watch.run(now(civil)).then(
        () => null,
        (error: unknown) => (error as FaultError).fault,
      );
    expect(await fault("2017-11-01T12:00")).toBeNull();
    expect(await fault("2017-11-04T11:59")).toBeNull();
    expect(await fault("2017-11-04T12:01")).toEqual({ code: "job/no-backup", since: null });
    await backup.run(now("2017-11-02T02:10"));
    expect(await fault("2017-11-05T02:09")).toBeNull();
    writeFileSync(join(backupsIn(place.folder), "2017-11-05-unsealed.backup"), "no backup");
    expect(await fault("2017-11-05T02:11")).toEqual({ code: "job/no-backup", since: "2017-11-02" });
    for (const name of files()) rmSync(join(backupsIn(place.folder), name));
    // The clock was set back a year: it watches from then on.
    expect(await fault("2016-11-05T00:00")).toBeNull();
    expect(await fault("2016-11-08T00:01")).toEqual({ code: "job/no-backup", since: null });
  });

  test("not sealed: put back whole without a passphrase, for its owner alone, and it says what it is", async () => {
    const folder = join(place.folder, "office");
    mkdirSync(folder);
    await importAs(folder);
    const [file, secret] = [join(place.folder, "open.backup"), join(place.folder, "sealed.backup")];
    const parts = { site: { office: "处", practice: false }, folder, siteFile: null };
    await backUp({ ...parts, file, passphrase: "" });
    await backUp({ ...parts, file: secret, passphrase: "一句只有本办公室知道的话" });
    expect([await isUnsealed(file), await isUnsealed(secret), await isUnsealed(join(folder, "boardcast.db"))]).toEqual([
      ...[true, false, false],
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const again = join(place.folder, "again");
    const done = await putBack({
      ...{ file, passphrase: "", replace: false, folder: () => again, wanted: null },
      siteFile: join(place.folder, "again.yaml"),
    });
    expect([done.office, done.broken, existsSync(join(again, "boardcast.db"))]).toEqual(["处", false, true]);
  });

  test("the process that makes it says why it could not", async () => {
    const self = [process.execPath, "-e"];
    const made = backupBySelf([...self, "process.exit(0)", "--"], []);
    await expect(made("x")).resolves.toBeUndefined();
    const fails = backupBySelf([...self, "console.error('磁盘已满'); process.exit(2)", "--"], []);
    await expect(fails("x")).rejects.toThrow("磁盘已满");
    await expect(backupBySelf(["/nowhere/node"], [])("x")).rejects.toThrow("ENOENT");
  });
});

describe("the daily report", () => {
  const day = dayNumberOf("2017-11-06") ?? 0;
  const start = at("2017-11-06T00:00");
  let store: Store;
  let now = start;
  beforeEach(async () => {
    store = await openStore(place.folder, () => ({ boardAt: now, wallAt: now }));
  });
  afterEach(() => store.close());
  const parts = (change: Partial<ReportParts> = {}): ReportParts => ({
    ...{ site, folder: place.folder, store, notes: [{ zh: "没有加密", en: "not sealed" }] },
    clock: { now: () => now },
    calendar: workCalendar({ kind: "none", overrides: [] }),
    titleOf: (notice) => (notice === "N1" ? "停水<通知>" : null),
    faults: (board) => (board === "B1" ? [{ fault: { code: "panel/clock", board, errorMs: 900 }, at: now }] : []),
    ...change,
  });

  /** Two programmes: N1 alone from 20:00 of the day before to 09:00, dark 06:00 to 07:00; then N2 and N3 in turn until 10:00. */
  async function lived(): Promise<void> {
    now = start - 4 * 3_600_000;
    const log = await startPlayLog({
      ...{ store, boards: ["B1", "B2"], clock: { now: () => now }, wall: { now: () => now }, everyMs: 3_600_000 },
      ...{ numberOf: () => 1, why: () => "link/lost", failed: (error: unknown) => Promise.reject(error) },
    });
    const tell = async (shown: readonly (readonly [string, number])[], ms: number) => {
      const show = shown.map(([id, byte]) => [id, picture(byte)] as const);
      const made = sealed(new FakeSeals(), wantedOf([{ fromMs: 0, untilMs: ms, show }]));
      const wanted = { ...made, programme: { ...made.programme, base: now } };
      const programme = programmeId(wanted.programme);
      log.witness({ board: "B1", at: now, kind: "told", wanted, programme, via: "line" });
      await log.settled();
      return programme;
    };
    const first = await tell([["N1", 1]], 24 * 3_600_000);
    log.witness({ board: "B1", at: now, kind: "confirmed", programme: first });
    now = start + 6 * 3_600_000;
    log.witness({ board: "B1", at: now, kind: "dark", on: true });
    now += 3_600_000;
    log.witness({ board: "B1", at: now, kind: "dark", on: false });
    log.witness({ board: "B1", at: now, kind: "wrong", why: "panel/frame" });
    await log.settled();
    now = start + 9 * 3_600_000;
    await tell(
      [
        ["N2", 2],
        ["N3", 3],
      ],
      3_600_000,
    );
    now = start + dayMs + 20 * 60_000;
    await log.stop();
  }

  test("has what each board was told, to the millisecond, dark hours left out", async () => {
    await lived();
    const report = await dayReport(parts(), day);
    const [one, other] = report?.boards ?? [];
    expect(one?.shown).toEqual([
      { notice: "N1", title: "停水<通知>", ms: 8 * 3_600_000 },
      { notice: "N2", title: "", ms: 1_800_000 },
      { notice: "N3", title: "", ms: 1_800_000 },
    ]);
    expect(one?.missed.map(({ why }) => why)).toEqual(["panel/frame"]);
    expect(one?.faults.map(({ code }) => code)).toEqual(["panel/clock"]);
    expect([one?.openMs, other?.shown, report?.date]).toEqual([dayMs, [], "2017-11-06"]);
    const page = dayPage(report ?? expect.fail());
    expect(page).toContain("停水&lt;通知&gt;");
    expect(page).toContain("480.0 分钟");
    expect(page).toContain("<style>");
    expect(page).not.toContain("stylesheet");
  });

  test("the job writes yesterday's, for its owner alone, and it is read back", async () => {
    await lived();
    await reportJob(parts()).run({ board: now, wall: 0 });
    expect(readdirSync(reportsIn(place.folder)).sort()).toEqual(["2017-11-06.html", "2017-11-06.json"]);
    expect(statSync(join(reportsIn(place.folder), "2017-11-06.html")).mode & 0o777).toBe(0o600);
    expect(await readReport(place.folder, "2017-11-06")).toEqual(await dayReport(parts(), day));
    expect(await readReport(place.folder, "2017-11-07")).toBeNull();
    expect(readFileSync(join(reportsIn(place.folder), "2017-11-06.html"), "utf8")).toContain("公开栏日报");
  });

  test("nothing of a day that nobody recorded; old ones go, other files stay", async () => {
    await lived();
    expect(await dayReport(parts(), day - 2)).toBeNull();
    const folder = reportsIn(place.folder);
    mkdirSync(folder);
    for (const name of ["2016-10-01.html", "2016-10-03.json", "notes.txt"]) writeFileSync(join(folder, name), "x");
    const report = (await dayReport(parts(), day)) ?? expect.fail();
    await keepReport(folder, report);
    expect(readdirSync(folder).sort()).toEqual(["2016-10-03.json", "2017-11-06.html", "2017-11-06.json", "notes.txt"]);
  });

  test("its lists are bounded, and say what they leave out", async () => {
    await lived();
    const faults = Array.from({ length: limits.reportItems + 7 }, (_, errorMs) => ({
      ...{ fault: { code: "panel/clock", board: "B1", errorMs } as const, at: 0 },
    }));
    const report = await dayReport(parts({ faults: (board) => (board === "B1" ? faults : []) }), day);
    expect([report?.boards[0]?.faults.length, report?.more]).toEqual([limits.reportItems, 7]);
  });
});
