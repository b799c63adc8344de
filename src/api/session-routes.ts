/** In and out: sign-in, sign-out, the first account, one's own password and sessions. */
import type { Request, Response } from "express";
import { z } from "zod";
import { FaultError } from "../fault.ts";
import { limits } from "../limits.ts";
import { Buckets, type Caller, type Opened, type People } from "../people/index.ts";
import {
  accountId,
  accountSchema,
  colleagueSchema,
  deputyJson,
  isoOf,
  itemId,
  login,
  openSessionSchema,
  password,
  personName,
  secret,
  sessionSchema,
  typedLogin,
} from "./people-schemas.ts";
import { type Route, route } from "./route.ts";
import { addressOf, giveCookies, sessionSecret, takeSessionCookie, visitOf } from "./visit.ts";

const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });
const signedIn = json(sessionSchema, "Who is signed in now");

/** What an address may ask of the doors at once, and how often after that: a whole office in the morning may stand behind one. */
const asksAtOnce = 30;
const askEveryMs = 2000;

export function sessionRoutes(people: People): readonly Route[] {
  const asks = new Buckets(people.wall, asksAtOnce, askEveryMs);
  const takeAsk = (request: Request) => {
    const waitMs = asks.take(addressOf(request));
    if (waitMs > 0) throw new FaultError({ code: "people/wait", seconds: Math.ceil(waitMs / 1000) });
  };
  const common = { params: nothing, query: nothing } as const;

  /** Told at every sign-in for a while: who did it in somebody's place would see it, too, and not they alone. */
  const resetOf = async (id: string) => {
    const found = await people.store.resetOf(id);
    if (found === null || people.wall.now() - found.at >= limits.passwordResetToldMs) return null;
    const by = (await people.accounts.list()).find((one) => one.id === found.by)?.name ?? found.by;
    return { by, at: isoOf(found.at) };
  };
  const describe = async (caller: Caller, csrf: string | null): Promise<z.infer<typeof sessionSchema>> => {
    const { mode } = people;
    const account = caller.account === null ? null : await people.accounts.get(caller.account);
    const { via, boards, reads } = caller;
    const all = mode === "practice" ? await people.accounts.list() : [];
    return {
      mode,
      setUp: mode === "real" && account === null && (await people.empty()),
      via,
      account: account && { ...account, roles: [...account.roles], boards: account.boards && [...account.boards] },
      roles: [...caller.roles],
      boards: boards && [...boards],
      deputyOf: caller.deputyOf.map(deputyJson),
      reset: caller.account === null ? null : await resetOf(caller.account),
      reads,
      csrf,
      practice: all
        .filter(({ active, hasPassword }) => active && !hasPassword)
        .map(({ id, name, unit, roles }) => ({ id, name, unit, roles: [...roles] })),
    };
  };
  /** Cookies, and what the page wants to know next. */
  const welcome = async (request: Request, response: Response, opened: Opened) => {
    giveCookies(request, response, opened, people.mode);
    const { account, session } = opened;
    const caller = await people.callerOf(account);
    const csrf = people.keeper.csrfOf(opened.secret);
    response.set("Cache-Control", "no-store").json(await describe({ ...caller, session: session.id }, csrf));
  };

  return [
    route({
      ...common,
      path: "/api/v1/session",
      access: "anyone",
      summary: "Who am I, and what may I do",
      output: json(sessionSchema, "Who asks"),
      failures: [],
      answer: async (_, response, request, caller) => {
        const own = caller.via === "session" ? sessionSecret(request.headers, people.mode) : null;
        const csrf = own === null ? null : people.keeper.csrfOf(own);
        response.set("Cache-Control", "no-store").json(await describe(caller, csrf));
      },
    }),
    route({
      ...common,
      path: "/api/v1/session",
      method: "post",
      access: "anyone",
      summary: "Sign in",
      body: z.strictObject({ login: typedLogin, password }),
      output: signedIn,
      failures: [401, 429, 503],
      answer: async (input, response, request) => {
        takeAsk(request);
        await welcome(
          request,
          response,
          await people.sessions.signIn(input.login, input.password, visitOf(request, people.mode)),
        );
      },
    }),
    route({
      ...common,
      path: "/api/v1/session",
      method: "delete",
      access: "account",
      scope: null,
      summary: "Sign out",
      output: json(nothing, "Done"),
      failures: [401],
      answer: async (_, response, request, { account, session }) => {
        if (account !== null && session !== undefined) await people.sessions.end(account, session);
        takeSessionCookie(request, response, people.mode);
        response.json({});
      },
    }),
    route({
      ...common,
      path: "/api/v1/session/practice",
      method: "post",
      access: "anyone",
      summary: "Practice only: sign in as one of the sample people",
      body: z.strictObject({ account: accountId }),
      output: signedIn,
      failures: [404, 429],
      answer: async ({ account }, response, request) => {
        takeAsk(request);
        await welcome(request, response, await people.sessions.signInPractice(account, visitOf(request, people.mode)));
      },
    }),
    route({
      ...common,
      path: "/api/v1/sessions",
      access: "account",
      scope: null,
      summary: "Where I am signed in",
      output: json(z.array(openSessionSchema), "The oldest first"),
      failures: [401],
      answer: async (_, response, __, { account, session }) => {
        const own = await people.sessions.of(account ?? "");
        response.json(
          own.map(({ id, openedAt, seenAt, address, agent }) => {
            return { id, openedAt: isoOf(openedAt), seenAt: isoOf(seenAt), address, agent, own: id === session };
          }),
        );
      },
    }),
    route({
      path: "/api/v1/sessions/{id}",
      method: "delete",
      access: "account",
      scope: null,
      summary: "Sign out elsewhere",
      params: z.strictObject({ id: itemId }),
      query: nothing,
      output: json(nothing, "Done"),
      failures: [401, 404],
      answer: async ({ id }, response, _, { account }) => {
        await people.sessions.end(account ?? "", id);
        response.json({});
      },
    }),
    route({
      ...common,
      path: "/api/v1/set-up",
      method: "post",
      access: "anyone",
      summary: "The first administrator, by the link that the first start prints",
      body: z.strictObject({ link: secret, login, name: personName, password }),
      output: json(accountSchema, "The account: sign in with it"),
      failures: [409, 410, 422, 429, 503],
      answer: async ({ link, login, name, password: wanted }, response, request) => {
        takeAsk(request);
        response.json(await people.passwords.setUp(link, login, name, wanted, addressOf(request)));
      },
    }),
    route({
      ...common,
      path: "/api/v1/password",
      method: "put",
      access: "account",
      scope: null,
      summary: "Change my password: ends all my sessions but a new one here",
      body: z.strictObject({ current: password, password }),
      output: signedIn,
      failures: [401, 422, 429, 503],
      answer: async (input, response, request, { account }) => {
        const { current, password: wanted } = input;
        const visit = visitOf(request, people.mode);
        await welcome(request, response, await people.passwords.change(account ?? "", current, wanted, visit));
      },
    }),
    route({
      ...common,
      path: "/api/v1/password-link",
      method: "post",
      access: "anyone",
      summary: "Whose password a one-time link sets; null: it is the set-up link",
      body: z.strictObject({ link: secret }),
      output: json(z.object({ account: colleagueSchema.nullable(), login: z.string() }), "Greet them"),
      failures: [410, 429],
      answer: async ({ link }, response, request) => {
        takeAsk(request);
        const found = await people.passwords.linkFor(link);
        const account = found && { id: found.id, name: found.name, unit: found.unit, roles: found.roles };
        response.set("Cache-Control", "no-store").json({ account, login: found?.login ?? "" });
      },
    }),
    route({
      ...common,
      path: "/api/v1/password-link",
      method: "put",
      access: "anyone",
      summary: "Set a password by a one-time link",
      body: z.strictObject({ link: secret, password }),
      output: json(accountSchema, "The account: sign in with it"),
      failures: [410, 422, 429, 503],
      answer: async ({ link, password: wanted }, response, request) => {
        takeAsk(request);
        response.json(await people.passwords.byLink(link, wanted, addressOf(request)));
      },
    }),
  ];
}
