/** What the installation file says of typesetting, from its lines to what an import notes and what a fit report has. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSite, SiteFileError } from "../../src/config/index.ts";
import { type Desk, openDesk } from "../../src/daemon/index.ts";
import { record } from "../store/small-office.ts";

const board = (id: string, more = "") => `  - id: ${id}
    name: 公开栏
    place: 门口
    device: led
    panel: { width: 128, height: 64, colour: dual }
    link: { kind: carried, folder: usb/${id} }
${more}`;
const glyphs = (set: string) => `    glyphs: ${set}\n`;

const folders: string[] = [];
async function deskOf(text: string): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), "boardcast-site-"));
  folders.push(folder);
  const read = readSite(text, "boardcast.yaml");
  if (!read.ok) throw new SiteFileError(read.faults);
  return openDesk({ site: read.site, folder, startAt: null });
}

type Drafted = Awaited<ReturnType<Desk["fits"]["draft"]>>;

function seen(drafted: Drafted): Exclude<Drafted, { refused: unknown }> {
  if ("refused" in drafted) throw new Error("refused");
  return drafted;
}

const notice = {
  displayKind: "notice",
  body: "聘任王喆为监督员。二0一七年",
  boards: ["B1", "B2", "B3"],
  rotation: { cron: "0 8 * * *", slotMinutes: 5, calendar: "everyday", tz: "Asia/Shanghai" },
};
const file = (...records: object[]) => JSON.stringify({ notices: records });

describe("a card with a font of its own", () => {
  let desk: Desk;
  beforeAll(async () => {
    const boards = [board("B1", glyphs("GB2312")), board("B2"), board("B3", glyphs("GBK"))];
    desk = await deskOf(`office: 办事处\nreview: none\nboards:\n${boards.join("")}`);
  });
  afterAll(() => desk.close());

  test("an import notes what it lacks, though the notice can be lit", async () => {
    const { notes, added, sealed } = await desk.importText(file(record("N1", notice)), "王主任");
    expect([added, sealed]).toEqual([1, 1]);
    expect(notes.map(({ id, why }) => [id, why.en.slice(0, 60)])).toEqual([
      ["N1", 'B1: Body, character 4: "喆" is not in the card\'s GB2312 font.'.slice(0, 60)],
      ["N1", 'Body, character 11: "0" stands among Chinese figures, where a nought'.slice(0, 60)],
    ]);
  });

  test("a draft is told as well, and so is what cannot be set", async () => {
    const { notes } = await desk.importText(file(record("N2", { ...notice, body: "喆\u{2cb2a}" })), null);
    const said = notes.map(({ why }) => why.en);
    expect(said).toContainEqual(expect.stringMatching(/^B1: Body, character 1: "喆"/));
    expect(said).toContainEqual(expect.stringMatching(/is not in font/));
  });

  test("its fit report lists them, other boards' do not", async () => {
    const record = await desk.store.notices.get("N1");
    if (!record) throw new Error("not imported");
    const codes: string[][] = [];
    for (const on of desk.site.boards) {
      const view = await desk.fits.notice(record, on);
      if (!view.ok) throw new Error("not set");
      codes.push(view.report.words.remarks.map(({ code }) => code).filter((code) => /card|zero/.test(code)));
    }
    expect(codes).toEqual([["card-lacks", "mistyped-zero"], ["mistyped-zero"], ["mistyped-zero"]]);
  });

  test("a draft on that board too, and on any panel that says so", async () => {
    const [first] = desk.site.boards;
    if (!first) throw new Error("no board");
    const shape = { width: 96, height: 48, colour: "mono" } as const;
    const codes: string[][] = [];
    for (const on of [first, { shape, pitchMm: null }, { shape, pitchMm: null, glyphs: "GB2312" as const }]) {
      const asked = { content: { body: "王喆" }, on: [on], hasMs: null, packed: false };
      const [view] = seen(await desk.fits.draft(asked, 0));
      if (!view?.ok) throw new Error("not set");
      codes.push(view.report.words.remarks.map(({ code }) => code).filter((code) => code === "card-lacks"));
    }
    expect(codes).toEqual([["card-lacks"], [], ["card-lacks"]]);
  });
});

describe("how fast people read", () => {
  const slow = `office: 办事处\nreview: none\nreading: 2\nboards:\n${board("B1")}`;
  const text = { ...notice, body: "因管道检修请各户提前储水", title: "通知", boards: ["B1"] };

  test("what is signed stands so long, and report and draft say the same of the same message", async () => {
    const times: number[] = [];
    for (const written of [slow, slow.replace("reading: 2\n", "")]) {
      const desk = await deskOf(written);
      await desk.importText(file(record("N1", text)), "王主任");
      const signed = await desk.store.notices.get("N1");
      const [on] = desk.site.boards;
      if (!signed?.seal || !on) throw new Error("not signed");
      const view = await desk.fits.notice(signed, on);
      const asked = { content: signed.content, on: [on], hasMs: null, packed: false };
      const [draft] = seen(await desk.fits.draft(asked, 0));
      if (!view.ok || !draft?.ok) throw new Error("not set");
      expect(signed.seal.body.pixels).toEqual([{ board: "B1", message: view.message.hash }]);
      expect(draft.message.hash).toBe(view.message.hash);
      expect(view.report.words.remarks).toEqual([]);
      times.push(view.message.durationMs);
      await desk.close();
    }
    const characters = [..."通知因管道检修请各户提前储水处"].length;
    expect(times).toEqual([characters * 500, characters * 200]);
  });
});

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
