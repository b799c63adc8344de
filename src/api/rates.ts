/**
 * How often an address may change something, and ask for what is dear to answer. Behind a proxy that `listen.proxy` does
 * not count, all of its visitors are one address, and share.
 */
import type { Request, Response } from "express";
import { limits } from "../limits.ts";
import { Buckets, networkOf } from "../people/index.ts";
import type { Clock } from "../time/clock.ts";
import { ProblemError } from "./problem.ts";
import type { Route } from "./route.ts";
import { addressOf } from "./visit.ts";

export interface Rates {
  /** Throws a 429 that says when to come again. */
  take(route: Pick<Route, "method" | "dear">, request: Request, response: Response): void;
}

/** `clock`: one that nobody sets back. */
export function createRates(clock: Clock): Rates {
  const changes = new Buckets(clock, limits.changesAtOnce, limits.changeEveryMs, limits.askersRemembered);
  const dear = new Buckets(clock, limits.dearAtOnce, limits.dearEveryMs, limits.askersRemembered);
  const typed = new Buckets(clock, limits.typedAtOnce, limits.typedEveryMs, limits.askersRemembered);
  return {
    take(route, request, response) {
      const bucket = route.dear
        ? route.dear === "typed"
          ? typed
          : dear
        : (route.method ?? "get") === "get"
          ? null
          : changes;
      const waitMs = bucket?.take(networkOf(addressOf(request))) ?? 0;
      if (waitMs === 0) return;
      const seconds = Math.ceil(waitMs / 1000);
      response.set("Retry-After", String(seconds));
      throw new ProblemError(429, {
        where: `${request.method} ${request.path}`.slice(0, 200),
        what: { zh: "从这台电脑来的请求太多", en: "too many requests from this address" },
        remedy: { zh: `${seconds} 秒后再试。`, en: `Again in ${seconds} s.` },
      });
    },
  };
}

/** Of tests and of the command line's own office: as often as they like. */
export const noRates: Rates = { take: () => {} };
