/** Notices and drafts to be looked at: how many at once, and what of theirs is in memory meanwhile. */
import type { Request, Response } from "express";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { draftLookRoutes } from "../../src/api/draft-look-routes.ts";
import type { LooksJson } from "../../src/api/fit-schemas.ts";
import type { Draft, Office } from "../../src/api/office.ts";
import type { Route } from "../../src/api/route.ts";
import type { BoardConfig, Site } from "../../src/config/types.ts";
import { createFits } from "../../src/daemon/fits.ts";
import { limits } from "../../src/limits.ts";
import { decodeMessage } from "../../src/message/index.ts";
import type { PictureStore } from "../../src/notices/store.ts";
import type { Draft as OpenDraft } from "../../src/notices/review/index.ts";
import type { NoticeRecord } from "../../src/notices/types.ts";
import type { Caller } from "../../src/people/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import { kept } from "../typeset/picture-setting.ts";
import { flag } from "../typeset/picture-taking.ts";
import { content } from "../typeset/samples.ts";
import { settled as everythingElse } from "../typeset/threads.ts";

const site = { zone: "Asia/Shanghai", readingCharactersPerSecond: 5 } as Site;
const board = { id: "B1", model: "P10", shape: { width: 64, height: 32, colour: "mono" } } as BoardConfig;

/** With one picture, by its own name. */
function record(id: string): NoticeRecord {
  return {
    id,
    content: content({ displayKind: "picture", pictures: [{ sha256: id }] }),
    schedule: { from: 0, until: 86_400_000, cron: null, slotMinutes: 1 },
  } as NoticeRecord;
}

/** A store whose pictures are long in coming, and never are. */
function slowStore() {
  const asked: string[] = [];
  const waiting: ((error: Error) => void)[] = [];
  const get: PictureStore["get"] = (sha256) => {
    asked.push(sha256);
    return new Promise((_, reject) => waiting.push(reject));
  };
  const failAll = () => {
    for (const fail of waiting.splice(0)) fail(new Error("the disk is gone"));
  };
  return { asked, failAll, pictures: { get } as PictureStore };
}

const names = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `N${from + index}`);
const busy = { fault: { code: "input/busy", waiting: limits.draftJobs, max: limits.draftJobs } };

describe("notices to be looked at", () => {
  it("those that are turned away have loaded no picture", async () => {
    const { asked, failAll, pictures } = slowStore();
    const fits = createFits(site, pictures);
    const taken = names(limits.draftJobs).map((id) => fits.notice(record(id), board));
    const ends = Promise.allSettled(taken);
    const away = Promise.allSettled(names(5, 100).map((id) => fits.notice(record(id), board)));
    await everythingElse();
    expect(asked).toEqual(names(limits.draftJobs));
    expect(await away).toMatchObject(names(5).map(() => ({ status: "rejected", reason: busy })));
    failAll();
    expect((await ends).map(({ status }) => status)).toEqual(taken.map(() => "rejected"));
  });

  it("pictures that cannot be loaded give the place back", async () => {
    const { asked, failAll, pictures } = slowStore();
    const fits = createFits(site, pictures);
    for (const from of [0, 100]) {
      const taken = Promise.allSettled(names(limits.draftJobs, from).map((id) => fits.notice(record(id), board)));
      failAll();
      const [one] = await taken;
      expect(one).toMatchObject({ status: "rejected", reason: { message: "the disk is gone" } });
    }
    expect(asked).toHaveLength(2 * limits.draftJobs);
  });
});

it("on a board whose card has a font of its own, a text is set in its cells, and what it cannot show is told", async () => {
  const shape = { width: 64, height: 32, colour: "mono" } as const;
  const fontBoard = { ...board, id: "B2", shape, cells: { glyphs: "GB2312", sizePx: 16 } } as BoardConfig;
  const fits = createFits(site, { get: () => Promise.reject(new Error("no pictures")) });
  const asked = async (body: string, displayKind: string) => {
    const draft: Draft = { content: { body, displayKind }, on: [board, fontBoard], hasMs: null, packed: false };
    const views = await fits.draft(draft, 0);
    return "refused" in views ? [] : views.map((view) => (view.ok ? view.message.hash : view.faults[0]?.code));
  };
  const signed = [undefined, fontBoard.cells].map((cells) => {
    const plain = content({ title: "", body: "停水通知", signature: { org: "", date: null } });
    const result = typeset({
      ...{ notice: "draft", content: plain, shape, window: { from: 0, until: 86_400_000 }, zone: site.zone },
      ...{ charactersPerSecond: site.readingCharactersPerSecond, ...(cells && { cells }) },
    });
    return result.ok && result.message.hash;
  });
  expect(signed[0]).not.toBe(signed[1]);
  expect(await asked("停水通知", "notice")).toEqual(signed);
  expect((await asked("张三|1\n李四|2", "table"))[1]).toBe("notice/does-not-fit");
});

describe("a draft with pictures", () => {
  const { sha256, bytes } = kept(flag);
  const pictures = { get: async (name) => (name === sha256 ? bytes : null) } as PictureStore;
  const fits = createFits(site, pictures);
  const wide = { ...board, id: "B2", shape: { width: 96, height: 32, colour: "rgb" } } as BoardConfig;
  const office = {
    boards: () => [{ config: board }, { config: wide }],
    fitsOfDraft: (draft: Draft) => fits.draft(draft, 0),
  } as unknown as Office;
  const drafted = { document: { content: { pictures: [{ sha256 }] } } } as unknown as OpenDraft;
  const look = draftLookRoutes(office, { draft: async () => drafted })[0] as Route;
  const askAll = async (content: object, boards: readonly string[]) => {
    const told: LooksJson[] = [];
    const response = { json: (answer: LooksJson) => told.push(answer) } as unknown as Response;
    await look.answer({} as Request, response, { id: "2017-0001", content, boards }, {} as Caller);
    return told[0]?.looks ?? [];
  };
  const ask = async (content: object) => (await askAll(content, ["B1"]))[0];
  const written = { displayKind: "picture" as const, pictures: [{ sha256, fit: "whole" as const }] };

  it("stands as it would be signed, without a title yet; each way to show it is seen", async () => {
    const signed = typeset({
      ...{ notice: "draft", content: content({ ...written, title: "", body: "", signature: { org: "", date: null } }) },
      ...{ shape: board.shape, pictures: [{ sha256, bytes }], window: { from: 0, until: 86_400_000 } },
      ...{ zone: site.zone, calendar: site.calendar, charactersPerSecond: site.readingCharactersPerSecond },
    });
    const whole = await ask(written);
    expect(whole?.message).toBe(signed.ok && signed.message.hash);
    const captioned = await ask({ ...written, pictures: [{ sha256, fit: "whole", caption: "八月" }] });
    expect(captioned?.ok && captioned.message).not.toBe(whole?.message);
  });

  it("on several boards: the very bytes that would be signed for each, in the order they were asked about", async () => {
    const looks = await askAll({ ...written, title: "图" }, ["B2", "B1", "B2"]);
    const hashes = looks.map(({ bytes }) => {
      const decoded = decodeMessage(inflateSync(Buffer.from(bytes ?? "", "base64")));
      return decoded.ok ? decoded.message.hash : decoded.what;
    });
    const signed = [wide, board, wide].map(({ shape }) => {
      const result = typeset({
        ...{
          notice: "draft",
          content: content({ ...written, title: "图", body: "", signature: { org: "", date: null } }),
        },
        ...{ shape, pictures: [{ sha256, bytes }], window: { from: 0, until: 86_400_000 } },
        ...{ zone: site.zone, calendar: site.calendar, charactersPerSecond: site.readingCharactersPerSecond },
      });
      return result.ok && result.message.hash;
    });
    expect(hashes).toEqual(signed);
    expect(looks.map(({ message, panel }) => [message, panel.width])).toEqual(
      [96, 64, 96].map((width, index) => [signed[index], width]),
    );
  });

  it("opens no picture of another draft", async () => {
    await expect(ask({ ...written, pictures: [{ sha256: "f".repeat(64) }] })).rejects.toMatchObject({ status: 404 });
  });
});
