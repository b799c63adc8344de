/** Who asks, and whether they may: one place, before any route is reached. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller, Scope } from "../people/types.ts";
import { ProblemError } from "./problem.ts";
import type { Access, Route } from "./route.ts";

/** What the API and the preview ask about a request. The daemon hands in the real ones (`people/`). */
export interface Doors {
  /**
   * By session cookie, bearer token or the console's key; `nobody` if it has none. Rejects with a ProblemError 401 for one
   * that is not valid (any more), 403 where a change comes from another site's page or without the session's CSRF token.
   * `quietly`: no session is kept open by it.
   */
  callerOf(request: IncomingMessage, quietly?: boolean): Promise<Caller>;
  /** Takes the cookie of a session that is over. */
  over?(request: IncomingMessage, response: ServerResponse): void;
}

/** null: may. Else 401 for who is not signed in, 403 for who is. A token does only what it was made for. */
export function refusal(
  route: Pick<Route, "access" | "console" | "method" | "scope">,
  caller: Caller,
): ProblemError | null {
  const { access, method = "get", scope = method === "get" ? "read" : null } = route;
  if (access !== "anyone" && caller.via === "token" && (scope === null || !caller.scopes?.has(scope)))
    return notForToken(scope);
  if (access === "anyone" || (access === "reader" && caller.reads)) return null;
  if (route.console && caller.via === "console") return null;
  const known = caller.account !== null || caller.via === "local";
  if (access === "account" && known) return null;
  if (Array.isArray(access) && access.some((role) => caller.roles.has(role))) return null;
  return caller.via === "visitor" ? notSignedIn() : notYours(access);
}

function notForToken(scope: Scope | null): ProblemError {
  return new ProblemError(403, {
    where: "token",
    what: {
      zh: scope === null ? "令牌不能做这件事" : `这个令牌没有“${scope}”这一项`,
      en: scope === null ? "this is not for tokens" : `this token is not for "${scope}"`,
    },
    remedy: { zh: "请登录来做，或换一个有此项的令牌。", en: "Sign in to do it, or make a token for it." },
  });
}

function notSignedIn(): ProblemError {
  return new ProblemError(401, {
    where: "session",
    what: { zh: "还没有登录", en: "not signed in" },
    remedy: { zh: "请先登录，再试一次。", en: "Sign in and try again." },
  });
}

const roleZh = {
  contributor: "报送人",
  maker: "经办人",
  reviewer: "审核人",
  signer: "签发人",
  operator: "屏幕管理员",
  auditor: "监督员",
  administrator: "系统管理员",
} as const;

function notYours(access: Access): ProblemError {
  const roles = Array.isArray(access) ? (access as readonly (keyof typeof roleZh)[]) : [];
  return new ProblemError(403, {
    where: "role",
    what: {
      zh: roles.length > 0 ? `只有${roles.map((role) => roleZh[role]).join("、")}能做` : "这个账号不能做这件事",
      en: roles.length > 0 ? `only for: ${roles.join(", ")}` : "not for this account",
    },
    remedy: {
      zh: "请由有此职责的人来做，或请系统管理员调整。",
      en: "Ask somebody with that role, or an administrator.",
    },
  });
}

/** Everybody may read everything and change nothing: an office that has no accounts, on its own computer. */
export const openDoors: Doors = {
  callerOf: async () => ({
    account: null,
    name: "",
    roles: new Set(),
    deputyOf: [],
    boards: null,
    via: "visitor",
    reads: true,
  }),
};
