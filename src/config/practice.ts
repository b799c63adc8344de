/** 演练: the nine boards of `fixtures/sample-notices.json` as a Site whose panels are simulated on this computer. */
import { join } from "node:path";
import { z } from "zod";
import { parseHours, parseQuiet } from "./hours.ts";
import { defaults } from "./site.ts";
import type { BoardConfig, CalendarYear, LinkConfig, QuietHours, Site } from "./types.ts";

export interface PracticePlaces {
  /** The page's port; 0: any free one. */
  readonly port: number;
  /** The data folder, an absolute path: carried files go below it. */
  readonly folder: string;
}

const practiceFile = z.object({
  meta: z.object({ timezone: z.string() }),
  boards: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      place: z.string(),
      device: z.enum(["led", "lcd", "paper+led"]),
      panel: z.string(),
      width: z.int(),
      height: z.int(),
      color: z.enum(["mono-red", "dual-red-green", "rgb"]),
      transport: z.enum(["tcp", "tcp-dial-in", "rs485", "rs232", "browser", "usb-file"]),
      card: z.string(),
      hours: z.string(),
      quiet: z.array(z.string()).optional(),
      allows: z.array(z.string()).optional(),
      default: z.object({ lines: z.array(z.string()) }),
      custodian: z.string(),
    }),
  ),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  notices: z.array(z.object({ signature: z.object({ org: z.string() }) })),
  calendars: z.array(
    z.object({
      year: z.int(),
      source: z.string(),
      restDays: z.array(z.string()),
      workingWeekends: z.array(z.string()),
    }),
  ),
});
type PracticeBoard = z.infer<typeof practiceFile>["boards"][number];

/** The sample office's own word, in its report of 2017: "15个工作日内予以公开". */
const promise = { from: "2008-05-01", workingDays: 15, source: "本处公开承诺" } as const;

const colours = {
  "mono-red": { colour: "mono", ledColour: defaults.monoLedColour },
  "dual-red-green": { colour: "dual", ledColour: null },
  rgb: { colour: "rgb", ledColour: null },
} as const;

/** `fixture` is the parsed JSON; throws a ZodError if it is not such a file (ours is tested). */
export function practiceSite(fixture: unknown, places: PracticePlaces): Site {
  const file = practiceFile.parse(fixture);
  const names = new Map(file.people.map(({ id, name }) => [id, name]));
  // An installation file names people; the sample has their accounts.
  const named = (board: PracticeBoard) => ({ ...board, custodian: names.get(board.custodian) ?? board.custodian });
  return {
    practice: true,
    office: officeOf(file.notices.map((notice) => notice.signature.org)),
    zone: file.meta.timezone,
    disclosure: [promise],
    calendar: { kind: "state-council", overrides: file.calendars.map(toYear) },
    boards: file.boards.map((board) => toBoard(named(board), places)),
    listen: { host: defaults.host, port: places.port },
    holdMs: defaults.holdMs,
    readingCharactersPerSecond: defaults.readingCharactersPerSecond,
  };
}

function toBoard(board: PracticeBoard, places: PracticePlaces): BoardConfig {
  const { colour, ledColour } = colours[board.color];
  const hours = parseHours(board.hours);
  if (hours === null) throw new Error(`${board.id}: hours "${board.hours}"`);
  return {
    id: board.id,
    name: board.name,
    place: board.place,
    model: board.panel,
    device: board.device,
    ...(board.device === "paper+led" && { paper: defaults.paper }),
    shape: { width: board.width, height: board.height, colour },
    ledColour,
    link: toLink(board, places),
    hours,
    ...(board.quiet && { quiet: board.quiet.map((text) => quietOf(board.id, text)) }),
    ...(board.allows && { allows: board.allows }),
    defaultLines: board.default.lines,
    custodian: board.custodian,
  };
}

function quietOf(board: string, text: string): QuietHours {
  const quiet = parseQuiet(text);
  if (quiet === null) throw new Error(`${board}: quiet "${text}"`);
  return quiet;
}

function toLink(board: PracticeBoard, places: PracticePlaces): LinkConfig {
  // The card's description carries the screen number: "异步图文卡(RS485,屏号2)".
  const address = Number(/屏号(\d+)/.exec(board.card)?.[1] ?? defaults.address);
  const host = defaults.host;
  // Ports and paths are 0 and empty: the daemon puts in those that it finds for the simulated panels it starts.
  switch (board.transport) {
    case "tcp":
      return { kind: "tcp-out", host, port: 0, address };
    case "tcp-dial-in":
      return { kind: "tcp-in", port: 0, address };
    case "rs485":
    case "rs232":
      return { kind: "serial", path: "", baud: defaults.baud, address };
    case "browser":
      return { kind: "browser" };
    case "usb-file":
      return { kind: "carried", folder: join(places.folder, "usb", board.id), card: board.card };
  }
}

function toYear({ year, source, restDays, workingWeekends }: CalendarYear): CalendarYear {
  return { year, source, restDays, workingWeekends };
}

/** The samples do not name their office; most of their notices are signed by it. */
function officeOf(signatures: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const org of signatures) counts.set(org, (counts.get(org) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "演练";
}
