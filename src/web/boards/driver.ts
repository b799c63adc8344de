/** The driver of a board, as it is typed and as the installation file has it. */
import type { DriverFormJson } from "../../api/installation-schemas.ts";
import type { BoardDocument } from "../../config/schema.ts";

export type DriverForm = DriverFormJson;
type Driver = NonNullable<BoardDocument["driver"]>;

/** By the option's key; empty, or false, where it is left out; a list, of a day's levels. */
export type OptionValues = Record<string, string | number | boolean | readonly number[]>;

/** In the order of the page; "": our own protocol. */
export const driverOrder = [
  "onbon",
  "onbon-k",
  "huidu",
  "alpha",
  "ddp",
  "e131",
  "artnet",
  "adalight",
  "tpm2",
  "tpm2net",
] as const;

const offered = (kind: string) => {
  const place = driverOrder.indexOf(kind as (typeof driverOrder)[number]);
  return place < 0 ? driverOrder.length : place;
};
export const inOrder = (drivers: readonly DriverForm[]): readonly DriverForm[] =>
  [...drivers].sort((one, other) => offered(one.kind) - offered(other.kind));

const ownLinks = ["tcp-out", "tcp-in", "serial", "carried"] as const;

/** How a board with this driver can be reached. Null: our own protocol, or a sign that files are carried to. */
export const linksOf = (driver: DriverForm | null): readonly string[] => driver?.links ?? ownLinks;

/** Values of a written driver, in fields. */
export function valuesOf(driver: Driver | undefined): OptionValues {
  const values: OptionValues = {};
  const take = (group: object, within: string) => {
    for (const [key, value] of Object.entries(group)) {
      if (typeof value === "object" && value !== null && !Array.isArray(value)) take(value, `${within}${key}.`);
      else values[`${within}${key}`] = value;
    }
  };
  if (driver) take(driver, "");
  delete values.kind;
  return values;
}

/** `before`: what is written now; what has no field there stays, as long as the kind does. */
export function driverDocument(form: DriverForm | null, values: OptionValues, before?: Driver): Driver | undefined {
  if (form === null) return undefined;
  const made = structuredCloneOf(before?.kind === form.kind ? before : { kind: form.kind });
  for (const { key } of form.options) write(made, key.split("."), values[key]);
  return made as Driver;
}

type Group = { [name: string]: unknown };

/** What is empty, or false, is left out; so is a group of nothing. */
function write(group: Group, [name = "", ...inner]: readonly string[], value: OptionValues[string] | undefined): void {
  const isLeftOut = value === undefined || value === "" || value === false;
  if (inner.length === 0) {
    if (isLeftOut) delete group[name];
    else group[name] = value;
    return;
  }
  if (isLeftOut && group[name] === undefined) return;
  const within = (group[name] ?? {}) as Group;
  write(within, inner, value);
  if (Object.keys(within).length === 0) delete group[name];
  else group[name] = within;
}

/** From which part of the day on, counted from 0, which level. */
export interface LevelFrom {
  readonly from: number;
  readonly level: number;
}

/** A day of levels, part by part, as changes; the first is at midnight. */
export const changesIn = (levels: readonly number[]): readonly LevelFrom[] =>
  levels.flatMap((level, from) => (from === 0 || level !== levels[from - 1] ? [{ from, level }] : []));

/** As long as each stands: what is last in the evening goes on past midnight until the first. */
export function dayOf(changes: readonly LevelFrom[], count: number): readonly number[] {
  const sorted = [...changes].sort((one, other) => one.from - other.from);
  const before = sorted.slice(-1)[0]?.level ?? 0;
  return Array.from(
    { length: count },
    (_, part) => sorted.filter(({ from }) => from <= part).slice(-1)[0]?.level ?? before,
  );
}

/** Old browsers have no `structuredClone`; what is written is JSON. */
const structuredCloneOf = (driver: object) => JSON.parse(JSON.stringify(driver)) as Record<string, unknown>;
