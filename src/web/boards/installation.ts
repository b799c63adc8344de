/** Boards added, changed and retired: what is asked of the daemon, and the form that becomes a board of the installation file. */
import type { CardLeft } from "../../api/card-schemas.ts";
import { type DriverForm, driverDocument, linksOf, type OptionValues } from "./driver.ts";
import type { InstallationJson, TargetsJson, TriedJson } from "../../api/installation-schemas.ts";
import type { BoardDocument } from "../../config/schema.ts";
import { ask, pathOf } from "../ask.ts";

export type { BoardDocument, TargetsJson, TriedJson };
export type Installation = Omit<InstallationJson, "boards"> & { readonly boards: readonly BoardDocument[] };
export type Link = NonNullable<BoardDocument["link"]>;

/** Nothing that a board may have is left out here: null takes it out of the file. */
export type Changes = { readonly [Key in Exclude<keyof BoardDocument, "id">]?: BoardDocument[Key] | null };

export const installationApi = {
  read: () => ask<Installation>("GET", "/api/v1/installation"),
  /** `card`: of another maker's, as it would be written into the file; null: it speaks our protocol. */
  tryLine: (link: Link, { driver, panel }: Pick<BoardDocument, "driver" | "panel">) =>
    ask<TriedJson>("POST", "/api/v1/installation/line", { link, ...(driver && panel && { card: { driver, panel } }) }),
  add: (board: BoardDocument, reason: string) =>
    ask<Installation>("POST", "/api/v1/installation/boards", { board, reason }),
  change: (id: string, set: Changes, reason: string) =>
    ask<Installation>("PUT", pathOf`/api/v1/installation/boards/${id}`, { set, reason }),
  targets: (id: string) => ask<TargetsJson>("GET", pathOf`/api/v1/installation/boards/${id}/targets`),
  /** `card`: of a board that is loaded by stick, what became of what is on it. */
  retire: (id: string, reason: string, card: CardLeft | null) =>
    ask<Installation>("POST", pathOf`/api/v1/installation/boards/${id}/retire`, { reason, ...(card && { card }) }),
};

export const devices = ["led", "lcd", "paper+led", "paper"] as const;
export const linkKinds = ["tcp-out", "tcp-in", "serial", "udp", "carried"] as const;
export const usualBaud = 115_200;
export const usualPort = 5005;
export const usualLed = "#ff2a12";

/** As it is meant where it is left out. */
export const deviceOf = ({
  device,
  link,
}: Pick<BoardDocument, "device" | "link">): NonNullable<BoardDocument["device"]> =>
  device ?? (link?.kind === "browser" ? "lcd" : "led");
export const bauds = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, usualBaud, 230_400, 460_800, 921_600] as const;

/** As it is typed; numbers as their fields have them, empty where nothing stands. */
export interface BoardForm {
  id: string;
  name: string;
  place: string;
  custodian: string;
  from: string;
  until: string;
  days: "everyday" | "workday" | "restday";
  device: (typeof devices)[number];
  paper: "A4" | "A3";
  model: string;
  width: number | "";
  height: number | "";
  colour: "mono" | "dual" | "rgb";
  led: string;
  /** "": our own protocol. */
  driver: string;
  options: OptionValues;
  link: (typeof linkKinds)[number];
  host: string;
  port: number | "";
  path: string;
  /** Of the serial line: this computer's, or that behind a serial server. */
  baud: number;
  /** Reached by TCP, and a serial server stands between. */
  behindServer: boolean;
  address: number | "";
  folder: string;
}

export const emptyForm = (known: readonly string[]): BoardForm => ({
  ...{ id: nextId(known), name: "", place: "", custodian: "", from: "", until: "", days: "everyday" },
  ...{ device: "led", paper: "A4", model: "", width: "", height: "", colour: "mono", led: usualLed },
  ...{
    driver: "",
    options: {},
    link: "tcp-out",
    host: "",
    port: usualPort,
    path: "",
    baud: usualBaud,
    behindServer: false,
    address: 1,
    folder: "",
  },
});

/** B10 after B9; after boards of other names, the first of ours that is free. */
export function nextId(known: readonly string[]): string {
  const numbers = known.map((id) => Number(/^B(\d{1,6})$/.exec(id)?.[1] ?? 0));
  return `B${Math.max(0, ...numbers) + 1}`;
}

const dayWords = { everyday: "", workday: " workday", restday: " restday" } as const;
/** As people write them in the file, beside our own words. */
const workday = "\u5de5\u4f5c\u65e5";
const restday = "\u4f11\u606f\u65e5";

/** As the installation file writes opening hours; null: all day, every day. */
export function hoursOf({ from, until, days }: Pick<BoardForm, "from" | "until" | "days">): string | null {
  if (from === "" && until === "" && days === "everyday") return null;
  return `${from || "00:00"}-${until || "24:00"}${dayWords[days]}`;
}

/** Back into the fields of a form. */
export function hoursFields(written: string | undefined): Pick<BoardForm, "from" | "until" | "days"> {
  const [, from = "", until = "", word = ""] =
    /^(\d\d:\d\d)\s*[-\u2013~\u2014\u81f3]\s*(\d\d:\d\d)(?:\s+(\S+))?$/.exec(written ?? "") ?? [];
  const days =
    { [workday]: "workday", workday: "workday", [restday]: "restday", restday: "restday" }[word] ?? "everyday";
  // A field for times knows no 24:00.
  return { from, until: until === "24:00" ? "" : until, days: days as BoardForm["days"] };
}

const whole = (typed: number | ""): number => (typed === "" ? 0 : typed);

/** `driver`: that of the form, whose usual speed is left out. */
export function linkOf(form: BoardForm, driver: DriverForm | null = null): Link {
  const { link: kind, host, path, folder } = form;
  const behind = form.behindServer && mayBeBehindServer(kind, driver) ? { baud: form.baud } : {};
  // The usual number is left out, as people leave it out.
  const address = form.address === "" || form.address === 1 ? {} : { address: form.address };
  if (form.device === "lcd") return { kind: "browser" };
  switch (kind) {
    case "tcp-out":
      return { kind, host: host.trim(), port: whole(form.port), ...behind, ...address };
    case "tcp-in":
      return { kind, port: whole(form.port), ...behind, ...address };
    case "serial":
      return {
        kind,
        path: path.trim(),
        ...(form.baud !== (driver?.baud ?? usualBaud) && { baud: form.baud }),
        ...address,
      };
    case "udp":
      return { kind, host: host.trim(), ...(whole(form.port) !== driver?.port && { port: whole(form.port) }) };
    case "carried":
      return { kind, folder: folder.trim() || `usb/${form.id.trim()}` };
  }
}

/** A card that has a serial line may be reached by TCP through a serial server. */
export const mayBeBehindServer = (link: BoardForm["link"], driver: DriverForm | null): boolean =>
  (link === "tcp-out" || link === "tcp-in") && linksOf(driver).includes("serial");

/** A written line, back into the fields of a form. */
export function linkFields(link: Link, driver: DriverForm | null) {
  if (link.kind === "browser") return {};
  const baud = ("baud" in link ? link.baud : undefined) ?? driver?.baud ?? usualBaud;
  const behindServer = link.kind !== "serial" && "baud" in link && link.baud !== undefined;
  const port = ("port" in link ? link.port : undefined) ?? driver?.port ?? usualPort;
  const { kind, ...written } = link;
  return { ...written, link: kind, port, baud, behindServer };
}

/**
 * The line as it is to be written: what has no field in the form stays, as long as the kind does; and all of it as it was
 * written, whatever usual values somebody wrote out.
 */
export function linkChanged(link: Link, form: BoardForm, driver: DriverForm | null): Link {
  const now = linkOf(form, driver);
  const { address: _, baud: _baud, port: _port, ...others } = link as Record<string, unknown>;
  const merged = (now.kind === link.kind ? { ...others, ...now } : now) as Link;
  // Without a speed a socket has no serial server behind it: none is usual there.
  const usual = {
    ...{ address: 1, port: driver?.port ?? usualPort },
    ...(now.kind === "serial" && { baud: driver?.baud ?? usualBaud }),
  };
  const bare = (one: object) => JSON.stringify(Object.entries({ ...usual, ...one }).sort());
  return bare(merged) === bare(link) ? link : merged;
}

export function documentOf(form: BoardForm, made: DriverForm | null = null): BoardDocument {
  const driver = form.device === "lcd" ? undefined : driverDocument(made, form.options);
  const { device, colour, paper } = form;
  const [custodian, model, hours] = [form.custodian.trim(), form.model.trim(), hoursOf(form)];
  const hangs = device === "paper" || device === "paper+led";
  return {
    ...{ id: form.id.trim(), name: form.name.trim(), place: form.place.trim() },
    ...(model !== "" && { model }),
    device,
    ...(hangs && { paper }),
    ...(device !== "paper" && {
      panel: {
        ...{ width: whole(form.width), height: whole(form.height), colour: device === "lcd" ? "rgb" : colour },
        ...(colour === "mono" && device !== "lcd" && { led: form.led }),
      },
      ...(driver && { driver }),
      link: linkOf(form, made),
      ...(hours !== null && { hours }),
    }),
    ...(custodian !== "" && { custodian }),
  };
}

/** What is otherwise than written, and null for what is gone; null: nothing. */
export function changesOf(before: BoardDocument, after: Changes): Changes | null {
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  const changed = Object.entries(after).filter(([key, value]) => !isSame(before[key as keyof BoardDocument], value));
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

export const steps = ["where", "panel", "line", "write"] as const;
export type StepName = (typeof steps)[number];

/** A page and a cabinet have no line that somebody lays. */
export const stepsFor = (device: BoardForm["device"]): readonly StepName[] =>
  device === "paper" || device === "lcd" ? steps.filter((step) => step !== "line") : steps;
