/** Notices and drafts to be looked at: how many at once, and what of theirs is in memory meanwhile. */
import { describe, expect, it } from "vitest";
import type { BoardConfig, Site } from "../../src/config/types.ts";
import { createFits } from "../../src/daemon/fits.ts";
import { limits } from "../../src/limits.ts";
import type { PictureStore } from "../../src/notices/store.ts";
import type { NoticeRecord } from "../../src/notices/types.ts";
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
