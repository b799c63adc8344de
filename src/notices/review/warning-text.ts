/** A template of warnings and what is filled into it: choices, whole numbers and times, never words. */
import { z } from "zod";
import type { Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { formatCivil } from "../../time/zone.ts";
import { instant } from "../schedule-format.ts";
import type { AlertColour, Content, WarningSlots } from "../types.ts";

export interface SlotValues {
  readonly station: string;
  readonly time: number;
  readonly kind: string;
  readonly level: AlertColour;
  readonly amount: number;
  readonly hours: number;
}

const names = ["station", "time", "kind", "level", "amount", "hours"] as const;
const place = /\{\{([^{}]*)\}\}/g;

/** What keeps a template from being one. */
export function templateFaults({ title, body, slots, displayKind }: Content): Sentence[] {
  const faults: Sentence[] = [];
  if (displayKind !== "emergency") faults.push({ zh: "只有预警可以做模板", en: "only a warning may be a template" });
  const used = [...`${title}\n${body}`.matchAll(place)].map(([, name]) => name ?? "");
  for (const name of used)
    if (!(names as readonly string[]).includes(name))
      faults.push({ zh: `没有这一格：{{${name}}}`, en: `there is no slot {{${name}}}` });
  if (slots && slots.amount.min > slots.amount.max)
    faults.push({ zh: "数值的上下限反了", en: "the amount's least is more than its most" });
  return faults;
}

/** Only what the template has: anything else, or anything more, is null. */
export function readSlots(given: unknown, slots: WarningSlots): SlotValues | null {
  const { stations, kinds, levels, amount, hoursMax } = slots;
  const schema = z.strictObject({
    station: z.enum(stations as readonly [string, ...string[]]),
    time: instant,
    kind: z.enum(kinds as readonly [string, ...string[]]),
    level: z.enum(levels as readonly [AlertColour, ...AlertColour[]]),
    amount: z.int().min(amount.min).max(amount.max),
    hours: z.int().min(1).max(Math.min(hoursMax, limits.emergencyHours)),
  });
  return schema.safeParse(given).data ?? null;
}

/** `identifier`: the warning's own, which a cancellation names. */
export function filled(template: Content, values: SlotValues, zone: string, identifier: string): Content {
  const { slots: _, ...content } = template;
  const words: Readonly<Record<string, string>> = {
    ...values,
    time: formatCivil(zone, values.time).slice(0, "YYYY-MM-DDTHH:MM".length).replace("T", " "),
    amount: String(values.amount),
    hours: String(values.hours),
  };
  const fill = (text: string) => text.replaceAll(place, (whole, name: string) => words[name] ?? whole);
  return {
    ...content,
    title: fill(content.title),
    body: fill(content.body),
    alert: { msgType: "Alert", identifier, references: null, colour: values.level },
  };
}

/** A template with its longest words: what is set, looked at and signed to see that all others fit. */
export function sampleOf(content: Content, zone: string): Content {
  if (!content.slots) return content;
  const { stations, kinds, levels, amount, hoursMax } = content.slots;
  const longest = (all: readonly string[]) => all.reduce((one, other) => (other.length > one.length ? other : one));
  const level = levels[0] ?? "红";
  const values = {
    station: longest(stations),
    time: 0,
    kind: longest(kinds),
    level,
    amount: amount.max,
    hours: hoursMax,
  };
  return filled(content, values, zone, "sample");
}
