/** Questions to the daemon, and what it refuses, in its own words. */
import type { Sentence } from "../fault.ts";
import { inSession } from "./between.ts";
import { timeoutSignal } from "./old.ts";

/** One thing that is wrong, as `application/problem+json` lists them. */
export interface Mistake {
  /** "body login", "GET /api/v1/…", or a field of a draft. */
  readonly where: string;
  readonly what: Sentence;
  readonly remedy: Sentence;
  /** Of a fault of the daemon's. */
  readonly code?: string;
}

/** What was asked did not happen. `status` 0: the daemon was not reached. */
export class Refusal extends Error {
  readonly status: number;
  readonly mistakes: readonly Mistake[];
  constructor(status: number, mistakes: readonly Mistake[]) {
    super(mistakes[0]?.what.en ?? String(status));
    this.status = status;
    this.mistakes = mistakes;
  }
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Asking {
  /** Of the session: the daemon takes no change from a page that cannot say it. */
  readonly csrf: () => string | null;
  /** A new password is due: until it is set everything else would be refused, and is not asked. */
  readonly due?: () => boolean;
  /** The session is over: ended elsewhere, or by time. */
  readonly onSignedOut: () => void;
}

const patienceMs = 30_000;
const uploadPatienceMs = 120_000;
let asking: Asking = { csrf: () => null, onSignedOut: () => {} };

/** Once, in `session.ts`. */
export function setAsking(given: Asking): void {
  asking = given;
}

/** Rejects with a `Refusal`, never with anything else; of status 0 also when `until` has ended it. */
export function ask<T>(method: Method, path: string, body?: unknown, until?: AbortSignal): Promise<T> {
  if (asking.due?.()) return Promise.reject(new Refusal(403, []));
  const json = body === undefined ? null : { type: "application/json", body: JSON.stringify(body) };
  return inSession(() => asked<T>(method, path, json, patienceMs, until), method !== "GET");
}

/** What ends a session or begins one, and what asks for its state: it waits for no other. */
export function askOfSession<T>(method: Method, path: string, given?: object): Promise<T> {
  return asked<T>(method, path, given ? { type: "application/json", body: JSON.stringify(given) } : null, patienceMs);
}

/** `ask` with a file for a body, or none: a photo over a telephone's line takes its time. */
export function askWithFile<T>(method: Method, path: string, file: Blob | null): Promise<T> {
  const body = file === null ? null : { type: "application/octet-stream", body: file };
  return inSession(() => asked<T>(method, path, body, uploadPatienceMs), method !== "GET");
}

async function asked<T>(
  method: Method,
  path: string,
  body: { readonly type: string; readonly body: string | Blob } | null,
  timeoutMs: number,
  until?: AbortSignal,
): Promise<T> {
  const csrf = asking.csrf();
  const response = await reach(path, {
    method,
    signal: timeoutSignal(timeoutMs, until),
    headers: {
      ...(body !== null && { "Content-Type": body.type }),
      ...(method !== "GET" && csrf !== null && { "x-boardcast-csrf": csrf }),
    },
    ...(body !== null && { body: body.body }),
  });
  const said = await response.json().catch(() => null);
  if (response.ok && said !== null) return said as T;
  // Signing in with a wrong password is a 401, too, of somebody who is not signed in anyway.
  if (response.status === 401 && csrf !== null) asking.onSignedOut();
  throw new Refusal(response.status, mistakesOf(said));
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch {
    throw new Refusal(0, []);
  }
}

/** Of an answer's body; none, where it is no problem document. */
export function mistakesOf(said: unknown): readonly Mistake[] {
  if (typeof said !== "object" || said === null || !("mistakes" in said) || !Array.isArray(said.mistakes)) return [];
  return (said.mistakes as unknown[]).filter(isMistake);
}

function isMistake(value: unknown): value is Mistake {
  const { what, remedy } = (value ?? {}) as Partial<Mistake>;
  return typeof what?.zh === "string" && typeof remedy?.zh === "string";
}

/** For `encodeURIComponent` in templates of paths. */
export function pathOf(parts: TemplateStringsArray, ...names: readonly (string | number)[]): string {
  return parts.reduce((path, part, index) => path + encodeURIComponent(String(names[index - 1])) + part);
}
