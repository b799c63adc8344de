/** The office's words as the API's JSON: instants become ISO 8601, faults their sentences. */
import { formatHours } from "../config/index.ts";
import type { BoardHours, Cabinet } from "../config/types.ts";
import type { Fact } from "../panels/contract.ts";
import type { BoardView, NoticeView, PlaylistView } from "./office.ts";
import type { BoardTimeline, Suspension } from "./outlook.ts";
import { faultWords, lineKinds, withoutLine } from "./redact.ts";
import type { BoardJson, NoticeJson, PlaylistJson } from "./schemas.ts";

export const isoOf = (instant: number): string => new Date(instant).toISOString();

/** `lines`: also how it is reached. */
export function boardJson(
  { config, linkNote, shared, capabilities, facts, history }: BoardView,
  lines: boolean,
): BoardJson {
  return {
    id: config.id,
    name: config.name,
    place: config.place,
    model: config.model,
    driver: config.driver?.kind ?? null,
    device: config.device,
    panel: { ...config.shape, ledColour: config.ledColour },
    link: {
      kind: config.link.kind,
      note: lines ? linkNote : (lineKinds[config.link.kind] ?? linkNote),
      state: facts.link,
      shared: lines && shared ? { number: shared.number, with: [...shared.with] } : null,
    },
    capabilities: { ...capabilities },
    hours: hoursJson(config.hours),
    quiet: (config.quiet ?? []).map((quiet) => ({ ...hoursJson(quiet), shows: quiet.shows })),
    custodian: lines ? config.custodian : "",
    allows: config.allows ? [...config.allows] : null,
    intended: factJson(facts.intended),
    sent: facts.sent && factJson(facts.sent),
    confirmed: facts.confirmed && factJson(facts.confirmed),
    changed: history?.changed == null ? null : isoOf(history.changed),
    oldest: history?.oldest ? { ...history.oldest, since: isoOf(history.oldest.since) } : null,
    faults: facts.faults.map(({ fault, at }) => ({
      ...faultWords(lines ? fault : withoutLine(fault)),
      at: isoOf(at),
    })),
  };
}

export const cabinetJson = ({ id, name, place, paper, custodian }: Cabinet) => ({ id, name, place, paper, custodian });

function hoursJson(hours: BoardHours) {
  const [from = "", until = ""] = formatHours({ ...hours, days: "everyday" }).split("-");
  return { from, until, days: hours.days };
}

const factJson = ({ message, notice, at }: Fact) => ({ message, notice, at: isoOf(at) });

export const suspensionJson = ({ from, until, ...rest }: Suspension) => ({
  ...rest,
  from: isoOf(from),
  until: until === null ? null : isoOf(until),
});

/** Nothing of any other board. */
export const cardJsonOf = ({ card }: Pick<BoardTimeline, "card">) =>
  card && {
    card: card.map(({ from, until, loaded, notices }) => ({
      ...{ from: isoOf(from), until: isoOf(until), loaded: loaded === null ? null : isoOf(loaded) },
      notices: [...notices],
    })),
  };

export function playlistJson({ board, from, until, intervals, suspensions, reasons }: PlaylistView): PlaylistJson {
  return {
    board,
    from: isoOf(from),
    until: isoOf(until),
    intervals: intervals.map(({ start, end, priority, notices, suspended }) => ({
      start: isoOf(start),
      end: isoOf(end),
      priority,
      notices: [...notices],
      suspended,
    })),
    suspensions: suspensions.map(suspensionJson),
    reasons: reasons.map(({ notice, title, reason, suspended, onCard, sentence: said }) => ({
      notice,
      title,
      code: onCard ? "shown" : (suspended ?? reason.code),
      sentence: said,
    })),
  };
}

export function noticeJson({ takenOff, ...notice }: NoticeView): NoticeJson {
  return {
    ...notice,
    boards: [...notice.boards],
    ...(takenOff && { takenOff: takenOffJson(takenOff) }),
    from: isoOf(notice.from),
    until: isoOf(notice.until),
  };
}

/** Board → since when. */
export const takenOffJson = (off: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(off).map(([board, at]) => [board, isoOf(at)]));
