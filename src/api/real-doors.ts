/** Who asks, found out from what a request carries: a bearer's secret, a session's cookie, or that it comes from this computer. */
import type { IncomingMessage } from "node:http";
import { FaultError } from "../fault.ts";
import {
  alone,
  atConsole,
  type Caller,
  callerFor,
  firstVisitor,
  isTextKey,
  nobody,
  type People,
  practiceVisitor,
  type Scope,
  sameSecret,
} from "../people/index.ts";
import { type Doors, refusal } from "./doors.ts";
import { ProblemError } from "./problem.ts";
import { seesLines } from "./redact.ts";
import { statusOf } from "./status.ts";
import type { Doorkeeper } from "./visitors.ts";
import { hasSessionCookie, isHere, sessionSecret, takeSessionCookie } from "./visit.ts";

/** The header with which a session's own page says that it is it. */
export const csrfHeader = "x-boardcast-csrf";

/** What may be done before a password is changed that has to be. */
const beforeChange: readonly string[] = ["/api/v1/session", "/api/v1/password"];

export interface DoorsOptions {
  readonly people: People;
  /** What this computer's command line sends, from `daemon.json`; null: there is none. */
  readonly consoleKey: string | null;
}

export function createDoors({ people, consoleKey }: DoorsOptions): Doors {
  const { mode, keeper, store, board } = people;
  // Accounts are never deleted: once there is one, there is one for ever.
  let empty = mode === "real";
  const visitor = async (request: IncomingMessage): Promise<Caller> => {
    if (mode === "practice") return practiceVisitor;
    if (!isHere(request)) return nobody;
    if (mode === "alone") return alone;
    empty &&= await people.empty();
    return empty ? firstVisitor : nobody;
  };
  const bearer = async (secret: string): Promise<Caller> => {
    if (consoleKey !== null && sameSecret(secret, consoleKey)) return atConsole;
    const found = await people.tokens.find(secret);
    if (found === null) throw notValid("Authorization");
    const { scopes } = found.token;
    if (found.account === null) {
      const { name } = found.token;
      // Whoever puts texts on a board may read nothing, and is nobody to any other verb.
      if (isTextKey(found.token))
        return {
          ...nobody,
          name,
          via: "token",
          roles: new Set(["maker"]),
          scopes: new Set<Scope>([...scopes, "text"]),
        };
      // A screen is nobody: it has no roles, and plays its board.
      return { ...nobody, via: "token", reads: true, scopes: new Set<Scope>([...scopes, "show"]) };
    }
    const caller = await callerFor(store, found.account, "token", board.now());
    return { ...caller, scopes: new Set<Scope>(scopes) };
  };
  return {
    async callerOf(request, quietly = false) {
      const { authorization } = request.headers;
      if (authorization !== undefined) {
        const [, secret] = /^Bearer +([A-Za-z0-9._~+/=-]{1,200})$/i.exec(authorization) ?? [];
        if (secret === undefined) throw notValid("Authorization");
        return bearer(secret);
      }
      const secret = sessionSecret(request.headers, mode);
      if (secret === null) return visitor(request);
      const found = await people.sessions.find(secret, quietly);
      if (found === null) throw notValid("session");
      if (!reads(request) && !sameSecret(String(request.headers[csrfHeader] ?? ""), keeper.csrfOf(secret)))
        throw notFromPage();
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      if (found.account.mustChange && !beforeChange.includes(path))
        throw new FaultError({ code: "people/must-change" });
      return { ...(await callerFor(store, found.account, "session", board.now())), session: found.session.id };
    },
    over(request, response) {
      if (hasSessionCookie(request.headers, mode)) takeSessionCookie(request, response, mode);
    },
  };
}

/** The same for what is upgraded: 421, 403, 401, or null for who may look. */
export function previewDoor(turned: Doorkeeper, doors: Doors) {
  return async (request: IncomingMessage, again: boolean): Promise<number | null> => {
    const wrong = turned(request.headers);
    if (wrong !== null) return wrong;
    try {
      return refusal({ access: "reader" }, await doors.callerOf(request, again))?.status ?? null;
    } catch (error) {
      if (error instanceof ProblemError) return error.status;
      if (error instanceof FaultError) return statusOf(error.fault);
      throw error;
    }
  };
}

/** Whether whoever is at the other end looks after the boards; without keeping a session open. */
export const previewSeesLines = (doors: Doors) => async (request: IncomingMessage) =>
  seesLines(await doors.callerOf(request, true));

/** Only who has the key is answered, with all there is to read: the command line asks itself. */
export function keyDoors(key: string): Doors {
  return {
    async callerOf({ headers: { authorization = "" } }) {
      return sameSecret(authorization, `Bearer ${key}`) ? atConsole : nobody;
    },
  };
}

const reads = ({ method }: IncomingMessage): boolean => method === "GET" || method === "HEAD";

function notValid(where: "Authorization" | "session"): ProblemError {
  if (where === "Authorization")
    return new ProblemError(401, {
      where,
      what: {
        zh: "令牌不对\uff1a写错了、到期了\uff0c或已被吊销",
        en: "this token is not valid: mistyped, run out, or revoked",
      },
      remedy: {
        zh: "写法是 Authorization: Bearer 后面接整个令牌。在运行本系统的电脑上\uff0cboardcast token list 列出有效的\uff0ctoken add 换一个新的。",
        en: "It is Authorization: Bearer and the whole token. On the computer that runs this, boardcast token list shows those that are valid, token add gives a new one.",
      },
    });
  return new ProblemError(401, {
    where,
    what: { zh: "登录已失效", en: "signed out, or no longer valid" },
    remedy: { zh: "请重新登录。", en: "Sign in again." },
  });
}

function notFromPage(): ProblemError {
  return new ProblemError(403, {
    where: csrfHeader,
    what: { zh: "这个请求不是从本系统的网页发来的", en: "this was not sent by this system's own page" },
    remedy: {
      zh: "请刷新网页再试；程序请带上 GET /api/v1/session 给的 csrf。",
      en: "Reload the page and try again; programs send the csrf that GET /api/v1/session gives.",
    },
  });
}
