/** The reading verbs are clients of the API, wherever it is: a running daemon's, or one of this process over the data folder. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Instant } from "../message/types.ts";
import { parseInstant } from "../api/instants.ts";
import { Refusal } from "./say.ts";

export interface ApiClient {
  readonly url: string;
  /** Of this office's key and clock: tells one daemon from another. */
  readonly clockId: string;
  readonly zone: string;
  /** Board clock, when asked. */
  readonly now: Instant;
  /** `path` begins with "/". A problem becomes a Refusal. */
  get(path: string): Promise<Response>;
  /** JSON, by the console: for what this computer may do without anybody's account. */
  post(path: string, body: unknown): Promise<Response>;
}

/** How long the daemon has to say that it is there. */
const greetingTimeoutMs = 2000;

/** null: nobody answers there. `key`: the console's, with which all is read and boards are made dark. */
export async function connectTo(url: string, key: string | null = null): Promise<ApiClient | null> {
  let office: { readonly zone?: unknown; readonly now?: unknown; readonly clockId?: unknown };
  try {
    const response = await fetch(`${url}/api/v1/office`, { signal: AbortSignal.timeout(greetingTimeoutMs) });
    if (!response.ok) return null;
    office = (await response.json()) as typeof office;
  } catch {
    return null;
  }
  const { zone, clockId } = office;
  const asConsole: Readonly<Record<string, string>> = key === null ? {} : { authorization: `Bearer ${key}` };
  if (typeof zone !== "string" || typeof clockId !== "string" || typeof office.now !== "string") return null;
  return {
    url,
    clockId,
    zone,
    now: Date.parse(office.now),
    get: (path) => ask(`${url}${path}`, { headers: asConsole }),
    post: (path, body) =>
      ask(`${url}${path}`, {
        method: "POST",
        headers: { ...asConsole, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
  };
}

/** What is no answer becomes a Refusal, in the API's own words where it has some. */
export async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  // Loaded here, not above: every verb's start would pay for the schemas of what only a refusal needs.
  const { problemSchema } = await import("../api/schemas.ts");
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  if (problem.success) {
    const { what, remedy, mistakes } = problem.data;
    throw new Refusal(what, remedy, mistakes.slice(1));
  }
  throw new Refusal(
    { zh: `${url} 回答 ${response.status}`, en: `${url} answered ${response.status}` },
    { zh: "请看守护进程的日志。", en: "See the daemon's log." },
  );
}

/**
 * The daemon leaves its address in `daemon.json`. One that was killed could not take the file away, and its port may be
 * another daemon's by now: the file is believed only if who answers is of this data folder.
 */
export async function runningDaemon(folder: string): Promise<ApiClient | null> {
  let said: { readonly url?: unknown; readonly clockId?: unknown; readonly key?: unknown };
  try {
    said = (JSON.parse(await readFile(join(folder, "daemon.json"), "utf8")) ?? {}) as typeof said;
  } catch {
    return null;
  }
  if (typeof said.url !== "string") return null;
  // The key goes nowhere before it is known who answers: `connectTo` greets without it.
  const found = await connectTo(said.url.replace(/\/$/, ""), typeof said.key === "string" ? said.key : null);
  return found !== null && found.clockId === said.clockId ? found : null;
}

/** `--at`, read in the office's zone; now when left out. */
export function instantOption(text: string | undefined, zone: string, now: Instant): Instant {
  if (text === undefined) return now;
  const instant = parseInstant(text, zone);
  if (instant !== null) return instant;
  throw new UsageError(
    { zh: `看不懂时刻“${text}”`, en: `"${text}" is not an instant` },
    { zh: "例如 --at 2017-12-05T09:00", en: "For example --at 2017-12-05T09:00" },
  );
}

/** The command line itself is at fault: exit code 2. */
export class UsageError extends Refusal {}
