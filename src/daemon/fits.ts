/** Notices and drafts set to be looked at: in a thread of their own, so that they never delay what is to be signed or shown. */
import type { Draft, FitView, Refused } from "../api/office.ts";
import type { BoardConfig, Site } from "../config/types.ts";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant, Shape } from "../message/types.ts";
import { readDraft } from "../notices/draft.ts";
import { picturesOf } from "../notices/pictures.ts";
import type { PictureStore } from "../notices/store.ts";
import type { NoticeRecord } from "../notices/types.ts";
import { createTypesetter, type FitOptions, pitchOfModel, type Typesetter } from "../typeset/index.ts";

export interface Fits {
  /** A slot of the notice's schedule is what it has. */
  notice(record: NoticeRecord, board: BoardConfig): Promise<FitView>;
  /** `now`: countdowns are set for the day from then. */
  draft(draft: Draft, now: Instant): Promise<FitView | { readonly refused: readonly Refused[] }>;
}

const dayMs = 86_400_000;

/** FaultError `input/busy` while `limits.draftJobs` wait. */
export function createFits(
  site: Site,
  pictures: PictureStore,
  typesetter: Pick<Typesetter, "fit"> = createTypesetter(),
): Fits {
  let waiting = 0;

  /** `load`: the notice's pictures, tens of megabytes; of those who wait for a slot none has loaded any. */
  async function set(
    request: Omit<Parameters<typeof typesetter.fit>[0], "zone" | "calendar" | "charactersPerSecond" | "pictures">,
    { pitchMm, glyphs, hasMs }: Omit<FitOptions, "charactersPerSecond">,
    load: () => ReturnType<typeof picturesOf> = async () => [],
  ): Promise<FitView> {
    if (waiting >= limits.draftJobs) throw new FaultError({ code: "input/busy", waiting, max: limits.draftJobs });
    waiting++;
    try {
      const charactersPerSecond = site.readingCharactersPerSecond;
      const { result, report } = await typesetter.fit(
        { ...request, pictures: await load(), zone: site.zone, calendar: site.calendar, charactersPerSecond },
        { charactersPerSecond, hasMs, pitchMm, ...(glyphs && { glyphs }) },
      );
      const { shape } = request;
      if (!result.ok) return { shape, ok: false, faults: result.faults };
      if (report === null) throw new Error(`${request.notice} was set without a report`);
      return { shape, ok: true, message: result.message, lines: result.facts.map(({ lines }) => lines), report };
    } finally {
      waiting--;
    }
  }

  return {
    async notice({ id, content, schedule }, { shape, model, glyphs }) {
      const window = { from: schedule.from, until: schedule.until };
      const hasMs = schedule.cron === null ? null : schedule.slotMinutes * 60_000;
      const about = { pitchMm: pitchOfModel(model), hasMs, ...(glyphs && { glyphs }) };
      return set({ notice: id, content, shape, window }, about, () => picturesOf(content, pictures));
    },

    async draft({ content, on, hasMs }, now) {
      const read = readDraft(content);
      if (!read.ok) return { refused: read.refused };
      const pitchMm = "pitchMm" in on ? on.pitchMm : pitchOfModel(on.model);
      const shape: Shape = on.shape;
      return set(
        { notice: "draft", content: read.content, shape, window: { from: now, until: now + dayMs } },
        { pitchMm, hasMs, ...(on.glyphs && { glyphs: on.glyphs }) },
        () => picturesOf(read.content, pictures),
      );
    },
  };
}
