/** What one person may send out alone: a template's own words, at most for its hours, and marked until others stood by it. */
import type { Role } from "../../src/people/types.ts";
import { fresh, pixelsFor, type Rule, samePixels, sorted } from "./heard.ts";
import type { Document, Model, Revision, Schedule } from "./model.ts";

interface Values {
  readonly station: string;
  readonly time: number;
  readonly kind: string;
  readonly level: string;
  readonly amount: number;
  readonly hours: number;
}

const hourMs = 3_600_000;
const hoursMost = 24;
const awaitingMost = 5;

/** The model's office is in Shanghai. */
const civil = (at: number) => new Date(at + 8 * hourMs).toISOString().slice(0, 16).replace("T", " ");

function filledWith({ content, ...rest }: Document, values: Values): Document {
  const words = Object.entries({ ...values, time: civil(values.time) });
  const fill = (text = "") => words.reduce((all, [name, word]) => all.split(`{{${name}}}`).join(String(word)), text);
  const { slots: _, ...more } = content;
  return { ...rest, content: { ...more, title: fill(content.title), body: fill(content.body) } };
}

/** A template's longest words. */
export function sampleText(document: Document): Document {
  const { slots } = document.content;
  if (!slots) return document;
  const longest = (all: readonly string[]) => [...all].sort((one, other) => other.length - one.length)[0] ?? "";
  return filledWith(document, {
    ...{ station: longest(slots.stations), kind: longest(slots.kinds), level: slots.levels[0] ?? "" },
    ...{ time: 0, amount: slots.amount.max, hours: slots.hoursMax },
  });
}

/** Why nothing may be sent out from it now. */
function staleness({ kind, document, envelope, withdrawnAt, supersededAt, signedAt }: Revision, now: number) {
  if (kind !== "template" || !document.content.slots || signedAt === null) return "is no signed template";
  if (document.content.openness !== "主动公开" || envelope === null) return "is not for everybody";
  if (withdrawnAt !== null) return "was withdrawn";
  if (supersededAt !== null && supersededAt <= now) return "was superseded";
  return envelope.from <= now && now < envelope.until ? null : "is not for this time";
}

function isWithin({ content: { slots } }: Document, values: Values, now: number): boolean {
  if (!slots) return false;
  const { station, kind, level, amount, hours, time } = values;
  const listed = slots.stations.includes(station) && slots.kinds.includes(kind) && slots.levels.includes(level);
  const inBounds = slots.amount.min <= amount && amount <= slots.amount.max && Math.abs(time - now) <= 24 * hourMs;
  return listed && inBounds && 1 <= hours && hours <= Math.min(slots.hoursMax, hoursMost);
}

/** Makers have all boards; operators their own, and those of whom they stand in for. */
function mayOn(model: Model, account: string, boards: readonly string[], now: number): boolean {
  if (model.placesOf(account, ["maker"], now).size > 0) return true;
  const own = [...model.placesOf(account, ["operator"], now)].map((one) => model.people.get(one ?? account)?.boards);
  return boards.every((board) => own.some((some) => !some || some.includes(board)));
}

const sent: Rule = (model, { account, params, body, answer, now }) => {
  const who = account ?? "nobody";
  const values = body as Values;
  const template = model.of(params.id ?? "").findLast(({ signedAt }) => signedAt !== null);
  if (!template?.envelope) return model.complain(`a warning from ${params.id}, which nobody signed`);
  const stale = staleness(template, now);
  if (stale !== null) model.complain(`a warning from ${params.id}, which ${stale}`);
  if (!isWithin(template.document, values, now))
    model.complain(`a warning that ${params.id} does not have: ${JSON.stringify(values)}`);
  const [step] = answer.steps;
  const roles: readonly Role[] = ["operator", "maker"];
  const persons = model.persons(who, roles, step?.instead?.account ?? null, now, "warn");
  const { boards, bestPriority } = template.envelope;
  if (!mayOn(model, who, boards, now)) model.complain(`${who} sent a warning to boards that are not theirs`);
  const own = model.waiting().filter(({ sentBy }) => sentBy?.template === params.id && sentBy?.account === who);
  if (own.length >= awaitingMost) model.complain(`${who} sent a warning while ${own.length} were not countersigned`);
  const until = now + values.hours * hourMs;
  const envelope = { boards, from: now, until, bestPriority };
  if (JSON.stringify(sorted(answer.envelope)) !== JSON.stringify(sorted(envelope)))
    model.complain(`${answer.id}: a warning is for another time than its hours`);
  const filled = filledWith(template.document, values);
  const alert = { msgType: "Alert", identifier: answer.notice, references: null };
  const document = { ...filled, content: { ...filled.content, alert } };
  if (answer.title !== document.content.title) model.complain(`${answer.id}: other words than its template's`);
  if (answer.kind !== "warning" || answer.state !== "signature")
    model.complain(`${answer.id}: nobody is asked to countersign it`);
  const pixels = pixelsFor(document, envelope);
  samePixels(model, pixels, answer);
  const schedule: Schedule = { ...template.schedule, boards, from: now, until, cron: null };
  model.revisions.push({
    ...fresh(),
    ...{ notice: answer.notice, number: answer.number, case: answer.id, title: answer.title, unit: template.unit },
    ...{ kind: "warning", sentBy: { template: params.id ?? "", account: who }, since: now, signedAt: now },
    ...{ document, envelope, schedule, pixels, state: "signature", writers: new Set([...persons]) },
  });
};

/** Whoever reads the list sees which of them one person alone has sent out. */
const listed: Rule = (model, { answer }) => {
  const waiting = new Set(model.waiting().map(({ notice }) => notice));
  for (const { id, awaits } of answer as { id: string; awaits?: string }[])
    if ((awaits === "countersignature") !== waiting.has(id))
      model.complain(`${id} is ${awaits ? "" : "not "}marked as waiting for its countersignature`);
};

export const warningRules: Readonly<Record<string, Rule>> = {
  "POST /api/v1/notices/{id}/warn": sent,
  "GET /api/v1/notices": listed,
};
