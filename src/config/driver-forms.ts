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

/** One value; of a day's levels a whole list. */
export interface DriverOption {
  /** Within the driver: "universe", "wiring.start", "wiring.modules.width". */
  readonly key: string;
  readonly title: Sentence;
  readonly description: Sentence;
  /** `levels`: one number for always, or `count` of them for as many equal parts of a day, from midnight. */
  readonly type: "yes" | "number" | "text" | "choice" | "levels";
  readonly count?: number;
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
  readonly deprecated?: boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
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

const optionsOf = (
  properties: Readonly<Record<string, Shape>>,
  within: string,
  group: Sentence | null = null,
): readonly DriverOption[] =>
  Object.entries(properties).flatMap(([name, shape]) => {
    const key = `${within}${name}`;
    const title = inGroup(group, both(shape.title ?? key));
    // What is on a wire is what the whole form is about; what is deeper is said to be so.
    if (shape.properties) return optionsOf(shape.properties, `${key}.`, within === "" ? null : title);
    // Written otherwise now: it stays where it is written, and nobody is asked for it.
    const value = shape.deprecated ? null : askedFor(shape);
    return value === null ? [] : [{ key, title, description: both(shape.description ?? ""), ...value }];
  });

/** "中文 / English", as titles and descriptions have it. */
function both(words: string): Sentence {
  const [zh = words, en = zh] = words.split(" / ");
  return { zh, en };
}

const inGroup = (group: Sentence | null, { zh, en }: Sentence): Sentence =>
  group === null ? { zh, en } : { zh: `${group.zh}\uff1a${zh}`, en: `${group.en}: ${en}` };

function askedFor(shape: Shape): Omit<DriverOption, "key" | "title" | "description"> | null {
  const { type, anyOf = [] } = shape;
  const choices = shape.enum ?? anyOf.flatMap((one) => one.const ?? []);
  if (choices.length > 0 && choices.length >= anyOf.length) return { type: "choice", choices };
  const list = anyOf.find((one) => one.type === "array");
  const [one] = anyOf.flatMap((other) => askedFor(other) ?? []);
  const count = list?.minItems;
  if (one?.type === "number" && count !== undefined && count === list?.maxItems)
    return { ...one, type: "levels", count };
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
