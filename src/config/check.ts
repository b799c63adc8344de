/**
 * What a schema cannot say: things that are wrong only together. Works on whatever parts are well-formed, so that
 * one bad board does not hide another's clash.
 */
import { parseDuration } from "./duration.ts";
import { z } from "zod";
import { type Explained, explain } from "./explain.ts";
import { driverProblems } from "./driver.ts";
import { parseHours, parseQuiet } from "./hours.ts";
import { clashingLinks } from "./lines.ts";
import { type BoardDocument, boardSchema, linkSchema, type SiteDocument } from "./schema.ts";
import { defaults, deviceOf } from "./site.ts";
import { checkYears, group, list, problem, yearOf } from "./years.ts";
import type { Path } from "./yaml.ts";

/** `value` is the whole file, well-formed or not. */
export function checkTogether(value: unknown, isPart = false): readonly Explained[] {
  const site = group(value) as Partial<Record<keyof SiteDocument, unknown>>;
  const boards = list(site.boards).map(partsOf);
  const years = list(group(site.calendar).overrides).map((item, index) =>
    yearOf(item, ["calendar", "overrides", index]),
  );
  const port = group(site.listen).port;
  return [
    ...checkZone(site.zone),
    ...checkHold(site.hold),
    ...repeatedIds(boards),
    ...boards.flatMap(checkBoard),
    ...boards.flatMap(checkCabinet),
    ...boards.flatMap(checkDriver),
    ...(isPart ? [] : noPanels(boards)),
    ...clashingLinks(boards, typeof port === "number" ? port : defaults.port),
    ...checkYears(years),
  ];
}

/** What is well-formed of a board. */
interface BoardParts {
  readonly path: Path;
  readonly written: unknown;
  readonly id: string | null;
  readonly device: BoardDocument["device"] | null;
  readonly paper: boolean;
  readonly panel: BoardDocument["panel"] | null;
  readonly driver: BoardDocument["driver"] | null;
  readonly link: BoardDocument["link"] | null;
  readonly hours: string | null;
  readonly quiet: readonly string[];
}

function partsOf(item: unknown, index: number): BoardParts {
  const { id, device, paper, panel, driver, link, hours, quiet } = group(item);
  const { shape } = boardSchema;
  return {
    path: ["boards", index],
    written: item,
    id: typeof id === "string" ? id : null,
    device: deviceWritten(device, link),
    paper: paper !== undefined,
    panel: shape.panel.safeParse(panel).data ?? null,
    driver: shape.driver.safeParse(driver).data ?? null,
    link: shape.link.safeParse(link).data ?? null,
    hours: shape.hours.safeParse(hours).data ?? null,
    quiet: shape.quiet.safeParse(quiet).data ?? [],
  };
}

/** As it is meant where it is left out; null where it is written, and not well-formed. */
function deviceWritten(device: unknown, link: unknown): BoardParts["device"] {
  if (device === undefined) return deviceOf({ link: linkSchema.safeParse(link).data });
  return boardSchema.shape.device.safeParse(device).data ?? null;
}

function checkZone(zone: unknown): readonly Explained[] {
  if (typeof zone !== "string") return [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return [];
  } catch {
    return [
      problem(
        ["zone"],
        [`没有“${zone}”这个时区`, `there is no time zone "${zone}"`],
        ["写 IANA 名称，例如 Asia/Shanghai。", "Write an IANA name such as Asia/Shanghai."],
      ),
    ];
  }
}

function checkHold(hold: unknown): readonly Explained[] {
  const ms = typeof hold === "string" ? parseDuration(hold) : null;
  if (ms === null || (ms >= 60_000 && ms <= 86_400_000)) return [];
  return [
    problem(
      ["hold"],
      [`断线保持时间 ${hold} 不在 1m 到 24h 之间`, `hold ${hold} is not between 1m and 24h`],
      ["一般写 2h。", "2h is usual."],
    ),
  ];
}

function repeatedIds(boards: readonly BoardParts[]): readonly Explained[] {
  const first = new Map<string, number>();
  return boards.flatMap(({ path, id }, index) => {
    if (id === null) return [];
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, index);
      return [];
    }
    return [
      problem(
        [...path, "id"],
        [`编号 ${id} 和第 ${before + 1} 块公开栏重复`, `id ${id} is also that of board number ${before + 1}`],
        ["每块公开栏的编号要不同。", "Give every board an id of its own."],
      ),
    ];
  });
}

function checkBoard({ path, device, paper, panel, hours, quiet }: BoardParts): readonly Explained[] {
  const found: Explained[] = [];
  if (hours !== null && parseHours(hours) === null) {
    found.push(
      problem(
        [...path, "hours"],
        [`开放时段 ${hours} 没有长度\uff0c或超过 24:00`, `hours ${hours} have no length, or are after 24:00`],
        ["例如 22:00-06:00；全天请不写 hours。", "22:00-06:00, for example; for the whole day leave hours out."],
      ),
    );
  }
  for (const [index, text] of quiet.entries()) {
    if (parseQuiet(text) !== null) continue;
    found.push(
      problem(
        [...path, "quiet", index],
        [`静屏时段 ${text} 没有长度，或超过 24:00`, `quiet hours ${text} have no length, or are after 24:00`],
        ["例如 22:00-07:00。", "22:00-07:00, for example."],
      ),
    );
  }
  if (panel?.led !== undefined && panel.colour !== "mono") {
    found.push(
      problem(
        [...path, "panel", "led"],
        [`${panel.colour} 屏的灯色由内容决定`, `a ${panel.colour} panel's content decides its colours`],
        ["请删去 led,它只用于 mono 屏。", "Remove led; it is for mono panels."],
      ),
    );
  }
  if (paper && (device === "led" || device === "lcd")) {
    found.push(
      problem(
        [...path, "paper"],
        [`${device} 没有张贴处`, `a board that is ${device} has no posting place`],
        ["请删去 paper\uff0c或写 device: paper+led。", "Remove paper, or write device: paper+led."],
      ),
    );
  }
  return found;
}

const needed = z.object({ panel: boardSchema.shape.panel.unwrap(), link: linkSchema });
const panelKeys = ["panel", "driver", "link", "glyphs", "hours", "quiet", "default"] as const;

/** A board that lights has a panel and a line; a cabinet has nothing that goes with one. */
function checkCabinet({ path, device, written }: BoardParts): readonly Explained[] {
  const its = group(written);
  if (device === "paper")
    return panelKeys.flatMap((key) =>
      its[key] === undefined
        ? []
        : [
            problem(
              [...path, key],
              [`只张贴纸质件的公开栏没有 ${key}`, `a board that is paper has no ${key}`],
              [`请删去 ${key}\uff0c或写 device: paper+led。`, `Remove ${key}, or write device: paper+led.`],
            ),
          ],
    );
  if (device === null) return [];
  const issues = needed.safeParse(written).error?.issues ?? [];
  return issues
    .filter(({ path: [key, ...inner] }) => inner.length === 0 && its[String(key)] === undefined)
    .flatMap((issue) => explain(needed, written, issue))
    .map((one) => ({ ...one, path: [...path, ...one.path] }));
}

function checkDriver({ path, written, driver, panel, link }: BoardParts): readonly Explained[] {
  // One that is written, and is none, has been told of: its board is not one without.
  if (driver === null && group(written).driver !== undefined) return [];
  return driverProblems(driver ?? null, panel ?? null, link ?? null).map(({ at, what, remedy }) =>
    problem([...path, ...at], what, remedy),
  );
}

function noPanels(boards: readonly BoardParts[]): readonly Explained[] {
  if (boards.length === 0 || boards.some(({ device }) => device !== "paper")) return [];
  return [
    problem(
      ["boards"],
      ["没有一块带显示屏的公开栏", "no board has a panel"],
      ["至少写一块 led、lcd 或 paper+led。", "Write at least one that is led, lcd or paper+led."],
    ),
  ];
}
