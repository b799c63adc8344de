/** What goes wrong with a request, as `application/problem+json` (RFC 9457) with our sentences in both languages. */
import { STATUS_CODES } from "node:http";
import type { Response } from "express";
import type { z } from "zod";
import { type Explained, explain, type Source } from "../config/explain.ts";
import type { Sentence } from "../fault.ts";

export interface Mistake {
  /** "query at", "path id", "GET /api/v1/boards/B0". */
  readonly where: string;
  readonly what: Sentence;
  readonly remedy: Sentence;
  /** Of a fault: its code; and of a conflict, the versions. */
  readonly code?: string;
  readonly versions?: { readonly yours: number; readonly current: number };
}

/** Thrown by routes, answered by `create-api.ts`. */
export class ProblemError extends Error {
  readonly status: number;
  readonly mistakes: readonly Mistake[];
  constructor(status: number, ...mistakes: readonly [Mistake, ...Mistake[]]) {
    super(mistakes[0].what.en);
    this.name = "ProblemError";
    this.status = status;
    this.mistakes = mistakes;
  }
}

export function sendProblem(response: Response, { status, mistakes }: ProblemError): void {
  const [first] = mistakes;
  const body = { type: "about:blank", title: STATUS_CODES[status], status, detail: first?.what.en, ...first, mistakes };
  response.status(status).type("application/problem+json").set("Cache-Control", "no-store");
  response.send(JSON.stringify(body));
}

const compare = {
  zh: "每一项可以写什么\uff0c见 GET /api/v1/openapi.json。",
  en: "GET /api/v1/openapi.json says what each may be.",
};
const sources: Readonly<Record<"query" | "path" | "body", Source>> = {
  query: { name: { zh: "查询参数", en: "the query" }, compare },
  path: { name: { zh: "地址", en: "the address" }, compare },
  body: { name: { zh: "请求体", en: "the body" }, compare, json: true },
};

/** Parses one part of a request, or throws a 400 that lists everything wrong with it. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  part: "query" | "path" | "body",
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  // Nothing that hashes or keeps text takes half a character: no route has to think of it.
  if (parsed.success && isWhole(input)) return parsed.data;
  if (parsed.success) throw new ProblemError(400, { where: part, ...halfCharacter });
  const mistakes = parsed.error.issues
    .flatMap((issue) => explain(schema, input, issue, sources[part]))
    .map((said) => toMistake(part, said));
  const [first, ...others] = mistakes;
  if (first === undefined) throw parsed.error;
  throw new ProblemError(400, first, ...others);
}

/** Inputs are as deep as `limits.jsonDepth` lets them be. */
function isWhole(input: unknown): boolean {
  if (typeof input === "string") return !/\p{Surrogate}/u.test(input);
  if (typeof input !== "object" || input === null) return true;
  return Object.entries(input).every(([key, value]) => isWhole(key) && isWhole(value));
}

const halfCharacter = {
  what: { zh: "含半个字符", en: "contains half a character" },
  remedy: {
    zh: "删去显示不出的字符，再发一次。",
    en: "Delete the character that cannot be displayed and send it again.",
  },
};

function toMistake(part: string, { path, what, remedy }: Explained): Mistake {
  return { where: [part, ...path].join(" "), what, remedy };
}
