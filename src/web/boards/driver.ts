/** The driver of a board, as it is typed and as the installation file has it. */
import type { DriverFormJson } from "../../api/installation-schemas.ts";
import type { BoardDocument } from "../../config/schema.ts";

export type DriverForm = DriverFormJson;
type Driver = NonNullable<BoardDocument["driver"]>;

/** By the option's key; empty, or false, where it is left out. */
export type OptionValues = Record<string, string | number | boolean>;

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

/** Values of a written driver, in fields; lists and deeper groups are none. */
export function valuesOf(driver: Driver | undefined): OptionValues {
  const values: OptionValues = {};
  const take = (group: object, within: string) => {
    for (const [key, value] of Object.entries(group)) {
      if (typeof value === "object" && value !== null) {
        if (within === "" && !Array.isArray(value)) take(value, `${key}.`);
      } else values[`${within}${key}`] = value;
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
  for (const { key } of form.options) {
    const [name = "", inner] = key.split(".");
    const value = values[key];
    if (inner !== undefined) made[name] = made[name] ?? {};
    const group = (inner === undefined ? made : made[name]) as Record<string, unknown>;
    const place = inner ?? name;
    if (value === undefined || value === "" || value === false) {
      // A list has no field: nobody has emptied it.
      if (typeof group[place] !== "object") delete group[place];
    } else group[place] = value;
    if (inner !== undefined && Object.keys(group).length === 0) delete made[name];
  }
  return made as Driver;
}

/** Old browsers have no `structuredClone`; what is written is JSON. */
const structuredCloneOf = (driver: object) => JSON.parse(JSON.stringify(driver)) as Record<string, unknown>;
