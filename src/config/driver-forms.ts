/** What a page asks of a driver: how its card is reached, and its few options with their words, out of the schema. */
import { z } from "zod";
import type { Sentence } from "../fault.ts";
import { cardSerial } from "./cards.ts";
import { type DriverDocument, driverLinks, driverSchema } from "./driver.ts";
import type { LinkConfig } from "./types.ts";

export interface DriverForm {
  readonly kind: DriverDocument["kind"];
  readonly links: readonly LinkConfig["kind"][];
  /** That the card listens at unless another is written; null: it has none. */
  readonly port: number | null;
  /** Of a serial line, unless another is written; null: as our own protocol has it. */
  readonly baud: number | null;
  readonly options: readonly DriverOption[];
}

/** One value: lists and groups that somebody may write in the file are not asked for. */
export interface DriverOption {
  /** Within the driver: "universe", "wiring.start". */
  readonly key: string;
  readonly title: Sentence;
  readonly description: string;
  readonly type: "yes" | "number" | "text" | "choice";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly choices?: readonly (string | number)[];
}

interface Shape {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

let made: readonly DriverForm[] | null = null;

/** In the order in which they are offered. */
export function driverForms(): readonly DriverForm[] {
  made ??= (Object.keys(driverLinks) as DriverDocument["kind"][]).map(formOf);
  return made;
}

function formOf(kind: DriverDocument["kind"]): DriverForm {
  const all = z.toJSONSchema(driverSchema, { io: "input" }) as Shape;
  const shape = (all.oneOf ?? all.anyOf ?? []).find(({ properties }) => properties?.kind?.const === kind);
  const { kind: _, ...properties } = shape?.properties ?? {};
  const { links, port } = driverLinks[kind];
  const baud = kind in cardSerial ? cardSerial[kind as keyof typeof cardSerial].baud : null;
  return { kind, links, port, baud, options: optionsOf(properties, "") };
}

const optionsOf = (properties: Readonly<Record<string, Shape>>, within: string): readonly DriverOption[] =>
  Object.entries(properties).flatMap(([name, shape]) => {
    const key = `${within}${name}`;
    // One group deep, as lamps on their wire are: what is deeper is seldom, and written in the file.
    if (shape.properties) return within === "" ? optionsOf(shape.properties, `${key}.`) : [];
    const value = askedFor(shape);
    if (value === null) return [];
    const [zh = key, en = zh] = (shape.title ?? key).split(" / ");
    return [{ key, title: { zh, en }, description: shape.description ?? "", ...value }];
  });

function askedFor(shape: Shape): Omit<DriverOption, "key" | "title" | "description"> | null {
  const { type, anyOf = [] } = shape;
  const choices = shape.enum ?? anyOf.flatMap((one) => one.const ?? []);
  if (choices.length > 0 && choices.length >= anyOf.length) return { type: "choice", choices };
  // One for always, or a list: the list is written in the file.
  if (anyOf.length > 0) return anyOf.map(askedFor).find((one) => one !== null) ?? null;
  if (type === "boolean") return { type: "yes" };
  if (type === "integer" || type === "number")
    return {
      type: "number",
      ...(shape.minimum !== undefined && { min: shape.minimum }),
      ...(shape.maximum !== undefined && { max: shape.maximum }),
    };
  if (type === "string") return { type: "text", ...(shape.pattern !== undefined && { pattern: shape.pattern }) };
  return null;
}
