/** What an acknowledged answer says, and the questions that rules ask of it. */
import type { Role } from "../../src/people/types.ts";
import { boards, pixelsOf } from "../store/small-office.ts";
import { type Document, type Envelope, type Model, type Revision, textOf } from "./model.ts";

export interface Heard {
  /** "PUT /api/v1/review/drafts/{id}". */
  readonly name: string;
  /** Of a session or a token. */
  readonly account: string | null;
  readonly via: "session" | "token" | "console" | "visitor";
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: bodies and answers as they travel; what is wrong with them shows as a complaint.
  readonly body: any;
  /** In the body's place: a file. */
  readonly raw: string | Uint8Array | undefined;
  /** As it came. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly answer: any;
  readonly now: number;
  /** The account's password. */
  readonly right: string | null;
}
export type Rule = (model: Model, heard: Heard) => void;

interface PersonJson {
  readonly account: string;
}
export const idsOf = (people: readonly PersonJson[]) => people.map(({ account }) => account);

/** Whoever wrote: for themselves, or for one of those that the answer names beside them. */
export function writersOf(model: Model, { account, answer, now }: Heard, roles: readonly Role[]): Set<string> {
  const who = account ?? "nobody";
  const places = model.placesOf(who, roles, now);
  if (places.size === 0) model.complain(`${who} wrote without being ${roles.join(" or ")}`);
  const named = new Set(idsOf(answer.hands ?? answer.draft?.hands ?? []));
  const instead = places.has(null) ? [] : [...places].filter((one) => one !== null && named.has(one));
  return new Set([who, ...(instead as string[])]);
}

export const sorted = (envelope: Envelope | null) =>
  envelope && {
    ...{ from: envelope.from, until: envelope.until, best: envelope.bestPriority },
    on: [...envelope.boards].sort(),
  };

/** Finds the case; complains of a person who holds another step of it. */
export function stepped(
  model: Model,
  heard: Heard,
  roles: readonly Role[],
  json: Heard["answer"],
  states: readonly string[],
) {
  const revision = model.case(json.id);
  if (!revision) {
    model.complain(`${heard.name}: no case ${json.id}`);
    return null;
  }
  const instead: string | null = json.steps.at(-1)?.instead?.account ?? null;
  const persons = model.persons(heard.account ?? "nobody", roles, instead, heard.now, heard.name);
  const held = model.holders(revision);
  for (const one of persons)
    if (held.has(one)) model.complain(`${heard.name} ${json.id}: ${one} holds two steps of it`);
  if (!states.includes(revision.state)) model.complain(`${heard.name} ${json.id}: it was at ${revision.state}`);
  return { revision, persons };
}

/** Each board's message, set anew from the text. */
export function pixelsFor(document: Document, envelope: Envelope | null): Map<string, string> {
  const pixels = new Map<string, string>();
  for (const { id, shape } of boards)
    if (envelope?.boards.includes(id)) pixels.set(id, pixelsOf(textOf(document), shape).hash);
  return pixels;
}

/** Complains of a case that has other messages than these. */
export function samePixels(model: Model, pixels: ReadonlyMap<string, string>, answer: Heard["answer"]): void {
  const said = new Map((answer.pixels as { board: string; message: string }[]).map((one) => [one.board, one.message]));
  if (said.size !== pixels.size || [...pixels].some(([board, hash]) => said.get(board) !== hash))
    model.complain(`${answer.id}: other pixels than its text's`);
}

/** A revision that nobody has done anything to yet. */
export const fresh = () =>
  ({
    ...{ signedAt: null, withdrawnAt: null, supersededAt: null, sentBy: null, scan: [] },
    ...{ reviewers: new Set<string>(), uploaders: new Set<string>(), takenOff: new Map<string, number>() },
  }) satisfies Partial<Revision> as Pick<
    Revision,
    ("signedAt" | "withdrawnAt" | "supersededAt") | ("sentBy" | "scan" | "reviewers" | "uploaders" | "takenOff")
  >;

/** Complains of what was signed with another password than the account's, or not looked at whole. */
export function assertSigned(model: Model, heard: Heard, revision: Revision, more: readonly string[] = []): void {
  for (const seen of [...revision.pixels.keys(), ...more])
    if (!model.looks.has(`${revision.case} ${seen} ${heard.account}`))
      model.complain(`${revision.case} was signed without a look at ${seen}`);
  if (heard.body.password !== heard.right) model.complain(`${revision.case} was signed with a wrong password`);
}
