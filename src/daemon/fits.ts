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
import { createTypesetter, type Fitting, pitchOfModel, type Typesetter, type TypesetText } from "../typeset/index.ts";

export interface Fits {
  /** A slot of the notice's schedule is what it has. */
  notice(record: NoticeRecord, board: BoardConfig): Promise<FitView>;
  /** `now`: countdowns are set for the day from then. */
  draft(draft: Draft, now: Instant): Promise<readonly FitView[] | { readonly refused: readonly Refused[] }>;
}

type Panel = Draft["on"][number];

const dayMs = 86_400_000;

/** FaultError `input/busy` while `limits.draftJobs` wait. */
export function createFits(
  site: Site,
  pictures: PictureStore,
  typesetter: Pick<Typesetter, "fit"> = createTypesetter(),
): Fits {
  let waiting = 0;

  /** A notice's pictures may be tens of megabytes: of those who wait for a slot none has loaded any. */
  async function set(
    text: Omit<TypesetText, "zone" | "calendar" | "charactersPerSecond" | "pictures">,
    on: readonly Panel[],
    { hasMs, packed }: Pick<Draft, "hasMs" | "packed">,
  ): Promise<readonly FitView[]> {
    if (waiting >= limits.draftJobs) throw new FaultError({ code: "input/busy", waiting, max: limits.draftJobs });
    waiting++;
    try {
      const charactersPerSecond = site.readingCharactersPerSecond;
      const loaded = await picturesOf(text.content, pictures);
      const fittings = await typesetter.fit(
        { ...text, pictures: loaded, zone: site.zone, calendar: site.calendar, charactersPerSecond },
        on.map((panel) => {
          const { shape, glyphs } = panel;
          const cells = "cells" in panel && panel.cells;
          const pitchMm = "pitchMm" in panel ? panel.pitchMm : pitchOfModel(panel.model);
          return {
            shape,
            ...(cells && { cells }),
            fit: { charactersPerSecond, hasMs, pitchMm, ...(glyphs && { glyphs }) },
          };
        }),
        packed,
      );
      return on.map(({ shape }, index) => viewOf(text.notice, shape, fittings[index]));
    } finally {
      waiting--;
    }
  }

  return {
    async notice({ id, content, schedule }, board) {
      const window = { from: schedule.from, until: schedule.until };
      const hasMs = schedule.cron === null ? null : schedule.slotMinutes * 60_000;
      const [view] = await set({ notice: id, content, window }, [board], { hasMs, packed: false });
      return view as FitView;
    },

    async draft({ content, on, hasMs, packed }, now) {
      const read = readDraft(content);
      if (!read.ok) return { refused: read.refused };
      const window = { from: now, until: now + dayMs };
      return set({ notice: "draft", content: read.content, window }, on, { hasMs, packed });
    },
  };
}

function viewOf(notice: string, shape: Shape, fitting: Fitting | undefined): FitView {
  if (!fitting) throw new Error(`${notice} was not set for each panel`);
  const { result, report, packed } = fitting;
  if (!result.ok) return { shape, ok: false, faults: result.faults };
  if (report === null) throw new Error(`${notice} was set without a report`);
  return { shape, ok: true, message: result.message, packed, lines: result.facts.map(({ lines }) => lines), report };
}
