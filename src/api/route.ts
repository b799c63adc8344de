/** What a resource of the API is, and what they all share. */
import type { Request, Response } from "express";
import type { z } from "zod";
import type { BoardConfig } from "../config/index.ts";
import { nearest } from "../config/suggest.ts";
import type { Caller, Role, Scope } from "../people/types.ts";
import type { Office } from "./office.ts";
import { ProblemError } from "./problem.ts";

/**
 * Who may ask. `anyone`: before signing in, too. `reader`: whoever may read what is not public. `account`: whoever has
 * signed in, with whatever role. A list: whoever has one of these roles, also as a deputy.
 */
export type Access = "anyone" | "reader" | "account" | readonly [Role, ...Role[]];

export interface Route {
  /** OpenAPI's form: `/api/v1/boards/{id}`. */
  readonly path: string;
  /** GET, unless something is changed or a body is needed. */
  readonly method?: Method;
  readonly access: Access;
  /** This computer's own command line may ask it too: what only makes boards dark. */
  readonly console?: true;
  /** Which tokens may ask; absent: "read" for GET, else none; null: none. Within `access`. */
  readonly scope?: Scope | null;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** JSON, at most `limits.draftBytes`. */
  readonly body?: z.ZodObject;
  /** The body is a file's bytes (`rawBody`), whatever it is called; at most `bodyBytes`. */
  readonly raw?: true;
  /** Costs much to answer: each address is let ask so often only (`rates.ts`); "typed": as fast as somebody types. */
  readonly dear?: true | "typed";
  readonly output: { readonly type: string; readonly schema: z.ZodType; readonly description: string };
  /** Failures beyond 400 that it answers with a problem. */
  readonly failures: readonly number[];
  /** Bytes of the body, at most; absent: `limits.draftBytes`. */
  readonly bodyBytes?: number;
  answer(request: Request, response: Response, input: unknown, caller: Caller): Promise<void> | void;
}

export type Method = "get" | "post" | "put" | "delete";

/** Keeps each route's input typed by its own schemas, in a list of unlike routes. */
export function route<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(
  definition: Omit<Route, "params" | "query" | "body" | "answer"> & {
    readonly params: Params;
    readonly query: Query;
    readonly body?: Body;
    answer(
      input: z.output<Params> & z.output<Query> & z.output<Body>,
      response: Response,
      request: Request,
      caller: Caller,
    ): Promise<void> | void;
  },
): Route {
  const { answer, ...rest } = definition;
  return {
    ...rest,
    answer: (request, response, input, caller) =>
      answer(input as z.output<Params> & z.output<Query> & z.output<Body>, response, request, caller),
  };
}

/** Throws a 404 that says which one was meant. */
export function boardConfig(office: Office, id: string): BoardConfig {
  return configIn(office, configsOf(office), id);
}

/** In the order of their ids. */
export function boardConfigs(office: Office, ids: readonly string[]): readonly BoardConfig[] {
  const boards = configsOf(office);
  return ids.map((id) => configIn(office, boards, id));
}

function configsOf(office: Office): readonly BoardConfig[] {
  return office.configs?.() ?? office.boards().map(({ config }) => config);
}

function configIn(office: Office, boards: readonly BoardConfig[], id: string): BoardConfig {
  const found = boards.find((config) => config.id === id);
  if (found !== undefined) return found;
  if (office.cabinets?.some((cabinet) => cabinet.id === id)) throw noPanel(id);
  throw noBoard(
    id,
    boards.map((config) => config.id),
  );
}

/** Of a case's place: a board's panel by its id, or the sheets that hang there, `paper:B9` (`notices/paper.ts`). */
export function placeConfig(
  office: Office,
  place: string,
): { readonly config: BoardConfig; readonly isSheet: boolean } {
  const isSheet = place.startsWith("paper:");
  return { config: boardConfig(office, isSheet ? place.slice("paper:".length) : place), isSheet };
}

/** A posting place: what is on it is paper, and no panel plays anything there. */
function noPanel(id: string): ProblemError {
  return new ProblemError(404, {
    where: "path id",
    what: {
      zh: `${id} 只张贴纸质件\uff0c没有显示屏`,
      en: `${id} is for paper alone: there is no panel`,
    },
    remedy: {
      zh: "张贴在那里的看 GET /api/v1/postings。",
      en: "GET /api/v1/postings has what hangs there, and what is to be posted.",
    },
  });
}

export function noBoard(id: string, known: readonly string[]): ProblemError {
  const meant = nearest(id, known);
  return new ProblemError(404, {
    where: "path id",
    what: { zh: `没有编号为“${id}”的公开栏`, en: `there is no board "${id}"` },
    remedy: {
      zh: `${meant === null ? "" : `是不是 ${meant}\uff1f`}GET /api/v1/boards 列出全部。`,
      en: `${meant === null ? "" : `Did you mean ${meant}? `}GET /api/v1/boards lists them.`,
    },
  });
}
