/** 收到的预警: nothing of them is lit but what another person than brought it in let through, on the boards that they chose. */
import type { Role } from "../../src/people/types.ts";
import { boards } from "../store/small-office.ts";
import { fresh, type Heard, pixelsFor, type Rule } from "./heard.ts";
import { mayOn } from "./learn-above.ts";
import type { Document, Envelope, Model } from "./model.ts";

interface Named {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: number;
}
export interface Received extends Named {
  readonly number: number;
  readonly msgType: string;
  readonly references: readonly Named[];
  /** What it would show; null: nothing. */
  readonly document: Document | null;
  /** By then nobody may let it through any more; `expires`: as it says itself. */
  readonly decideBy: number;
  readonly expires: number | null;
  readonly by: string;
  state: string;
  notice: string | null;
}

const hourMs = 3_600_000;
const hoursMost = 24;
const deciders: readonly Role[] = ["maker", "signer", "operator"];
const keepers: readonly Role[] = ["signer", "administrator"];

/** The model's office is in Shanghai. */
const civil = (at: number) => new Date(at + 8 * hourMs).toISOString().slice(0, 16).replace("T", " ");

/** As the moves write them: flat, each element once. */
function fieldsOf(xml: string) {
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? "";
  const references = field("references").split(" ").filter(Boolean);
  return {
    ...{ sender: field("sender"), identifier: field("identifier"), sent: Date.parse(field("sent")) },
    ...{ msgType: field("msgType"), status: field("status"), scope: field("scope") },
    references: references.map((one): Named => {
      const [sender = "", identifier = "", sent = ""] = one.split(",");
      return { sender, identifier, sent: Date.parse(sent) };
    }),
    expires: field("expires") === "" ? null : Date.parse(field("expires")),
    headline: field("headline"),
    description: field("description"),
  };
}

/** Its own words, and until when: a cancellation says no time. null: there are none, or their time is over. */
function documentOf(fields: ReturnType<typeof fieldsOf>, now: number): Document | null {
  const { headline, description, expires, sent, msgType, identifier, references } = fields;
  if (headline === "" || expires === null || expires <= now) return null;
  const time = `${civil(sent)} 起有效\uff0c至 ${civil(expires)}。`;
  const isCancel = msgType === "Cancel";
  const alert = {
    ...{ msgType: isCancel ? "Cancel" : "Alert", identifier },
    references: references[0]?.identifier ?? null,
  };
  const body = isCancel ? description : `${description}\n${time}`;
  return {
    content: { title: headline, body, openness: "主动公开", alert },
    ...{ schedule: {}, envelope: null },
  };
}

const sameAs = (one: Named) => (other: Named) =>
  one.sender === other.sender && one.identifier === other.identifier && one.sent === other.sent;

const received: Rule = (model, heard) => {
  const { answer, account, raw, now, name } = heard;
  const who = account ?? "nobody";
  if (model.placesOf(who, deciders, now).size === 0) model.complain(`${who} brought in a warning`);
  if (answer.known) return;
  const xml = String(raw);
  const fields = fieldsOf(xml);
  const { status, scope, msgType, expires } = fields;
  const isOver = msgType !== "Cancel" && (expires === null || expires <= now);
  if (status !== "Actual" || scope !== "Public" || (msgType !== "Ack" && isOver))
    model.complain(`${name}: ${status} ${scope} ${msgType} was taken in`);
  const before = model.received.filter((one) => one.sender === fields.sender && one.identifier === fields.identifier);
  const came: Received = {
    ...fields,
    ...{ number: answer.number, by: who, state: "waiting", notice: null },
    ...{
      document: documentOf(fields, now),
      decideBy: expires !== null && expires > now ? expires : now + hoursMost * hourMs,
    },
  };
  const isEnded = model.received.some(
    (one) =>
      one.state === "taken" &&
      (one.msgType === "Update" || one.msgType === "Cancel") &&
      one.references.some(sameAs(came)),
  );
  model.received.push(came);
  if (msgType === "Ack") came.state = "noted";
  else if (isEnded) came.state = "cancelled";
  else if (answer.state === "taken") {
    const believed = [...model.senders].some(([key, one]) => one.confirmed && key.startsWith(`${came.sender} `));
    if (!believed || !xml.includes("<Signature")) model.complain(`${came.identifier}: nobody let it through`);
    const elsewhere = came.references.some(({ sender }) => sender !== came.sender);
    if (elsewhere) model.complain(`${came.identifier} is about what another sender sent`);
    for (const one of before) end(model, one, now);
    take(model, heard, came, came.document ? boards.map(({ id }) => id) : [], new Set([`cap:${came.sender}`]));
  }
  if (came.state !== answer.state) model.complain(`${came.identifier} is ${answer.state}, not ${came.state}`);
};

const confirmed: Rule = (model, heard) => {
  const { params, body, account, now, answer } = heard;
  const who = account ?? "nobody";
  const warning = model.received.find(({ number }) => String(number) === params.id);
  if (!warning) return model.complain(`confirmed ${params.id}, which never came`);
  if (warning.state !== "waiting" || now >= warning.decideBy)
    model.complain(`confirmed ${params.id}, which is ${warning.state}`);
  if (model.placesOf(who, deciders, now).size === 0) model.complain(`${who} confirmed ${params.id}`);
  if (who === warning.by) model.complain(`${who} brought ${params.id} in and let it through`);
  const chosen = body.boards as readonly { board: string; message: string }[];
  const on = chosen.map(({ board }) => board);
  if (!mayOn(model, heard, ["maker", "signer"], on)) model.complain(`${who} confirmed ${params.id} on ${on}`);
  if (warning.document === null ? on.length > 0 : on.length === 0 && warning.msgType !== "Cancel")
    model.complain(`${params.id} was confirmed on ${on.length} boards`);
  // Of two texts under one number the one that is confirmed last is shown.
  for (const one of model.received)
    if (one.sender === warning.sender && one.identifier === warning.identifier && one.state === "taken")
      end(model, one, now);
  take(model, heard, warning, on, new Set([who, warning.by]));
  const pixels = model.revisions.findLast(({ notice }) => notice === answer.notice)?.pixels;
  for (const { board, message } of chosen)
    if (pixels?.get(board) !== message) model.complain(`${params.id} on ${board} was not looked at as it is`);
};

/** It is lit from now on, where it was chosen; and what it is about goes. */
function take(model: Model, heard: Heard, warning: Received, on: readonly string[], writers: Set<string>): void {
  const { now, answer } = heard;
  warning.state = "taken";
  if (warning.msgType === "Update" || warning.msgType === "Cancel")
    for (const named of warning.references) {
      // One that names itself ends the others of that name, not itself.
      for (const one of model.received.filter(sameAs(named))) if (one !== warning) end(model, one, now);
      // Of ours a person has seen that it says so.
      if (heard.name === confirm) for (const id of ofOurs(model, named.identifier)) lower(model, id, now);
    }
  if ((answer.notice === null) !== (on.length === 0)) model.complain(`${warning.number} is shown as ${answer.notice}`);
  warning.notice = answer.notice;
  if (on.length === 0 || warning.document === null) return;
  const until = Math.min(warning.expires ?? now, now + hoursMost * hourMs);
  const envelope: Envelope = { boards: on, from: now, until, bestPriority: 0 };
  const pixels = pixelsFor(warning.document, envelope);
  model.revisions.push({
    ...fresh(),
    ...{ notice: answer.notice, number: 1, case: answer.notice, title: answer.title, unit: warning.sender },
    ...{ kind: "warning", since: now, signedAt: now, document: warning.document, envelope, pixels, writers },
    ...{ schedule: { boards: on, from: now, until, cron: null, priority: 0 }, state: "signature" },
  });
}

function ofOurs(model: Model, identifier: string): string[] {
  const notices = [...new Set(model.revisions.map(({ notice }) => notice))].filter((one) => !one.startsWith("cap-"));
  return notices.filter((notice) => newestOf(model, notice)?.document.content.alert?.identifier === identifier);
}

function newestOf(model: Model, notice: string) {
  const all = model.of(notice);
  return all.findLast(({ signedAt }) => signedAt !== null) ?? all.at(-1);
}

function end(model: Model, one: Received, now: number): void {
  if (one.state !== "waiting" && one.state !== "taken") return;
  one.state = "cancelled";
  if (one.notice !== null) lower(model, one.notice, now);
}

function lower(model: Model, notice: string, now: number): void {
  const newest = newestOf(model, notice);
  if (newest && newest.withdrawnAt === null && newest.schedule.until > now) model.withdraw(notice, now);
}

const refused: Rule = (model, { params, account, now }) => {
  const warning = model.received.find(({ number }) => String(number) === params.id);
  if (warning?.state !== "waiting") return model.complain(`refused ${params.id}, which is ${warning?.state}`);
  if (model.placesOf(account ?? "nobody", deciders, now).size === 0) model.complain(`${account} refused ${params.id}`);
  warning.state = "refused";
};

const told: Rule = (model, { answer }) => {
  for (const { number, state } of answer as { number: number; state: string }[]) {
    const known = model.received.find((one) => one.number === number);
    if (known?.state !== state) model.complain(`${number} is ${state}, not ${known?.state}`);
  }
};

const keyOf = ({ sender, fingerprint }: { sender: string; fingerprint: string }) => `${sender} ${fingerprint}`;

const proposed: Rule = (model, { account, answer, now }) => {
  const who = account ?? "nobody";
  if (model.placesOf(who, keepers, now).size === 0) model.complain(`${who} proposed a sender`);
  if (answer.confirmed !== null) model.complain(`${answer.sender} is believed on one person's word`);
  model.senders.set(keyOf(answer), { by: who, confirmed: false });
};

const vouched: Rule = (model, { account, answer, now }) => {
  const who = account ?? "nobody";
  const found = model.senders.get(keyOf(answer));
  if (!found || found.by === who) return model.complain(`${who} alone has ${answer.sender} believed`);
  if (model.placesOf(who, keepers, now).size === 0) model.complain(`${who} confirmed a sender`);
  found.confirmed = true;
};

const confirm = "POST /api/v1/cap/{id}/confirm";
export const capRules: Readonly<Record<string, Rule>> = {
  "POST /api/v1/cap": received,
  "GET /api/v1/cap": told,
  [confirm]: confirmed,
  "POST /api/v1/cap/{id}/refuse": refused,
  "POST /api/v1/cap-senders": proposed,
  "POST /api/v1/cap-senders/confirm": vouched,
  "POST /api/v1/cap-senders/remove": (model, { body }) => void model.senders.delete(keyOf(body)),
};
