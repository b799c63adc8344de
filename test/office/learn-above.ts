/** 紧急关屏, 维护, 撤下 from single boards: who may, and what boards owe from then on. */
import type { Role } from "../../src/people/types.ts";
import { boards } from "../store/small-office.ts";
import type { Heard, Rule } from "./heard.ts";
import type { Model } from "./model.ts";
import { warned } from "./model-above.ts";

const switchers: readonly Role[] = ["maker", "reviewer", "signer", "operator", "administrator"];
const minute = 60_000;
const maintenanceMost = 60;

/** Operators have their own boards, and those of whom they stand in for; of the other roles everybody has all. */
export function mayOn(model: Model, heard: Heard, others: readonly Role[], on: readonly string[]): boolean {
  const who = heard.account ?? "nobody";
  if (others.length > 0 && model.placesOf(who, others, heard.now).size > 0) return true;
  const own = [...model.placesOf(who, ["operator"], heard.now)].map((one) => model.people.get(one ?? who)?.boards);
  return own.length > 0 && on.every((board) => own.some((some) => some === null || some?.includes(board)));
}

const named = ({ body }: Heard): readonly string[] =>
  body.boards === "all" ? boards.map(({ id }) => id) : (body.boards as string[]);

const darkened: Rule = (model, heard) => {
  const who = heard.account;
  if (heard.via !== "console" && (who === null || model.placesOf(who, switchers, heard.now).size === 0))
    model.complain(`${who} switched boards dark`);
  for (const board of named(heard)) model.above.dark.add(board);
  listed(model, heard);
};

const resumed: Rule = (model, heard) => {
  const on = named(heard).filter((board) => model.above.dark.has(board));
  if (on.length === 0) model.complain(`resumed what is not dark: ${named(heard)}`);
  if (!mayOn(model, heard, ["signer", "administrator"], on)) model.complain(`${heard.account} resumed ${on}`);
  if (!heard.body.reason?.trim()) model.complain(`${on} resumed, and nobody knows why`);
  for (const board of on) model.above.dark.delete(board);
  listed(model, heard);
};

const listed: Rule = (model, { name, answer }) => {
  const said = (answer.boards as { id: string }[]).map(({ id }) => id);
  if (said.join() !== boards.flatMap(({ id }) => (model.above.dark.has(id) ? [id] : [])).join())
    model.complain(`${name}: dark are ${said}, it says`);
};

const maintained: Rule = (model, heard) => {
  const { params, body, now, account } = heard;
  const { id = "" } = params;
  if (!mayOn(model, heard, [], [id])) model.complain(`${account} put ${id} into maintenance`);
  if (model.above.dark.has(id)) model.complain(`${id} is dark, and in maintenance now`);
  if (warned(model, id, now) === "surely") model.complain(`${id}: a test picture in place of a warning`);
  const { pattern, minutes = 10 } = body as { pattern: string; minutes?: number };
  if (minutes > maintenanceMost) model.complain(`${id}: in maintenance for ${minutes} minutes`);
  model.above.maintained.set(id, { pattern, since: now, until: now + minutes * minute });
};

const mended: Rule = (model, heard) => {
  const { id = "" } = heard.params;
  if (!mayOn(model, heard, [], [id])) model.complain(`${heard.account} ended the maintenance of ${id}`);
  if (!model.above.maintained.delete(id)) model.complain(`${id} was in no maintenance`);
};

/** Off every board; or off some, as far as it is signed now. */
const withdrawn: Rule = (model, heard) => {
  const { params, body, now, answer, account } = heard;
  const { id = "" } = params;
  const all = model.of(id);
  const only = body.boards as readonly string[] | undefined;
  const on = only ?? [...new Set(all.flatMap(({ schedule, envelope }) => envelope?.boards ?? schedule.boards))];
  const places = model.placesOf(account ?? "nobody", ["maker", "signer", "operator"], now);
  if (places.size === 0 || (only && !mayOn(model, heard, ["maker", "signer"], on)))
    model.complain(`${account} took ${id} off ${on}`);
  if (answer.kind !== "notice" || answer.notice !== id) model.complain(`${id} was withdrawn without an order`);
  if (!only) return model.withdraw(id, now);
  const signed = all.filter(({ signedAt }) => signedAt !== null);
  if (signed.length === 0) model.complain(`${id} was taken off boards, and is on none`);
  for (const { takenOff } of signed)
    for (const board of only) takenOff.set(board, Math.min(now, takenOff.get(board) ?? now));
};

const gone: Rule = (model, heard) => {
  const { params, now, account, answer } = heard;
  if (model.placesOf(account ?? "nobody", ["operator", "maker", "signer"], now).size === 0)
    model.complain(`${account} said that ${params.id} is gone`);
  const row = (answer.boards as { board: string; state: string }[]).find(({ board }) => board === params.board);
  if (row?.state !== "by-hand") model.complain(`${params.id} ${params.board} is ${row?.state}, not seen by somebody`);
};

const reported: Rule = (model, { account, params, body, answer }) => {
  if (account === null) model.complain(`nobody reported ${params.id}`);
  if (answer.board !== params.id || answer.text !== body.text.trim()) model.complain(`${params.id}: another report`);
};

const answered: Rule = (model, heard) => {
  const { id = "" } = heard.params;
  if (!mayOn(model, heard, [], [id])) model.complain(`${heard.account} answered a report of ${id}`);
};

export const aboveRules: Readonly<Record<string, Rule>> = {
  "GET /api/v1/dark": listed,
  "POST /api/v1/dark": darkened,
  "POST /api/v1/dark/resume": resumed,
  "POST /api/v1/boards/{id}/maintenance": maintained,
  "POST /api/v1/boards/{id}/maintenance/end": mended,
  "POST /api/v1/notices/{id}/withdraw": withdrawn,
  "POST /api/v1/takedowns/{id}/boards/{board}/gone": gone,
  "POST /api/v1/boards/{id}/report": reported,
  "POST /api/v1/boards/{id}/report/{number}/done": answered,
};
