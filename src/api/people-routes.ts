/** Accounts, deputies and tokens. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Caller, People, Role } from "../people/index.ts";
import {
  accountAndLink,
  accountId,
  accountSchema,
  accountWish,
  bodyInstant,
  colleagueSchema,
  deputyJson,
  deputySchema,
  isoOf,
  itemId,
  linkSchema,
  login,
  newTokenSchema,
  role,
  tokenSchema,
  tokenWish,
} from "./people-schemas.ts";
import { ProblemError } from "./problem.ts";
import { type Route, route } from "./route.ts";
import { sessionRoutes } from "./session-routes.ts";

const nothing = z.strictObject({});
const json = (schema: z.ZodType, description: string) => ({ type: "application/json", schema, description });

/** Whoever changes anything at all: an auditor does not. */
const writers = [
  "contributor",
  "maker",
  "reviewer",
  "signer",
  "operator",
  "administrator",
] as const satisfies readonly Role[];

/** `zone`: the office's, in which dates are read. */
export function peopleRoutes(people: People, zone: string): readonly Route[] {
  return [...sessionRoutes(people), ...accountRoutes(people), ...deputyRoutes(people, zone), ...tokenRoutes(people)];
}

/** The register's `by`. */
const byOf = ({ account, via }: Caller): string => account ?? via;

const whole = { params: nothing, query: nothing } as const;
const linkJson = ({ path, expiresAt }: { path: string; expiresAt: number }) => ({ path, expiresAt: isoOf(expiresAt) });

function accountRoutes({ accounts }: People): readonly Route[] {
  const one = { params: z.strictObject({ id: accountId }), query: nothing } as const;
  return [
    route({
      ...whole,
      path: "/api/v1/colleagues",
      access: "account",
      summary: "Who works here, for choosing a deputy",
      output: json(z.array(colleagueSchema), "Active accounts"),
      failures: [401],
      answer: async (_, response) => {
        const active = (await accounts.list()).filter((account) => account.active);
        response.json(active.map(({ id, name, unit, roles }) => ({ id, name, unit, roles })));
      },
    }),
    route({
      ...whole,
      path: "/api/v1/people",
      access: ["administrator", "auditor"],
      summary: "All accounts, disabled ones too",
      output: json(z.array(accountSchema), "By login"),
      failures: [401],
      answer: async (_, response) => void response.json(await accounts.list()),
    }),
    route({
      ...whole,
      path: "/api/v1/people",
      method: "post",
      access: ["administrator"],
      summary: "A new account; its link sets the password",
      body: z.strictObject({
        login,
        ...accountWish,
        another: z.boolean().default(false).meta({ description: "Really another person of a name that is there" }),
      }),
      output: json(accountAndLink, "The account, and a link for its owner"),
      failures: [401, 409, 422],
      answer: async ({ login, another, ...wish }, response, _, caller) => {
        const { account, link } = await accounts.add(byOf(caller), login, wish, another);
        response.set("Cache-Control", "no-store").json({ account, link: linkJson(link) });
      },
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}",
      access: ["administrator", "auditor"],
      summary: "One account",
      output: json(accountSchema, "The account"),
      failures: [401, 404],
      answer: async ({ id }, response) => void response.json(await accounts.get(id)),
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}",
      method: "put",
      access: ["administrator"],
      summary: "Change name, unit, roles, boards; other roles or boards end the person's sessions",
      body: z.strictObject(accountWish),
      output: json(accountSchema, "The account"),
      failures: [401, 404, 409, 422],
      answer: async ({ id, ...wish }, response, _, caller) => {
        response.json(await accounts.change(byOf(caller), id, wish));
      },
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}/disable",
      method: "post",
      access: ["administrator"],
      summary:
        "Shut an account: its sessions, tokens (but keys of screens) and deputies end; what its owner wrote and signed stays",
      output: json(accountSchema, "The account"),
      failures: [401, 404, 409],
      answer: async ({ id }, response, _, caller) => void response.json(await accounts.disable(byOf(caller), id)),
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}/enable",
      method: "post",
      access: ["administrator"],
      summary: "Open it again; its link sets the password",
      output: json(accountAndLink, "The account, and a link for its owner"),
      failures: [401, 404],
      answer: async ({ id }, response, _, caller) => {
        const { account, link } = await accounts.enable(byOf(caller), id);
        response.set("Cache-Control", "no-store").json({ account, link: linkJson(link) });
      },
    }),
    route({
      ...one,
      path: "/api/v1/people/{id}/reset",
      method: "post",
      access: ["administrator"],
      summary: "Take the password away: sessions and tokens (but keys of screens) end; the link sets a new one",
      output: json(linkSchema, "For the account's owner"),
      failures: [401, 404],
      answer: async ({ id }, response, _, caller) => {
        response.set("Cache-Control", "no-store").json(linkJson(await accounts.reset(byOf(caller), id)));
      },
    }),
  ];
}

function deputyRoutes({ deputies }: People, zone: string): readonly Route[] {
  const isAdministrator = ({ roles }: Caller) => roles.has("administrator");
  return [
    route({
      ...whole,
      path: "/api/v1/deputies",
      access: "account",
      summary: "Who stands in for whom; administrators see all, others their own",
      output: json(z.array(deputySchema), "Also those to come and those that are over"),
      failures: [401],
      answer: async (_, response, __, caller) => {
        const own = (id: string) => id === caller.account;
        const seesAll = isAdministrator(caller) || caller.roles.has("auditor");
        const found = (await deputies.list()).filter((one) => seesAll || own(one.of) || own(one.deputy));
        response.json(found.map(deputyJson));
      },
    }),
    route({
      ...whole,
      path: "/api/v1/deputies",
      method: "post",
      access: [...writers],
      summary: "Somebody stands in for me, or, by an administrator, for anyone",
      body: z.strictObject({
        of: accountId,
        deputy: accountId,
        role,
        from: bodyInstant(zone, "从 / from"),
        until: bodyInstant(zone, "到 / until"),
      }),
      output: json(deputySchema, "The deputy"),
      failures: [401, 404, 422],
      answer: async (wish, response, _, caller) => {
        // A role that is only lent to me is not mine to lend on: `deputies` looks at the person's own roles.
        if (wish.of !== caller.account && !isAdministrator(caller)) throw notYours();
        response.json(deputyJson(await deputies.add(byOf(caller), wish)));
      },
    }),
    route({
      path: "/api/v1/deputies/{id}",
      method: "delete",
      access: [...writers],
      summary: "It is over",
      params: z.strictObject({ id: itemId }),
      query: nothing,
      output: json(nothing, "Done"),
      failures: [401, 404],
      answer: async ({ id }, response, _, caller) => {
        await deputies.end(byOf(caller), id, isAdministrator(caller) ? null : (caller.account ?? ""));
        response.json({});
      },
    }),
  ];
}

function notYours(): ProblemError {
  return new ProblemError(403, {
    where: "body of",
    what: { zh: "只能为自己请人代签", en: "a deputy can only be appointed for yourself" },
    remedy: { zh: "为别人请系统管理员来设。", en: "For others an administrator does it." },
  });
}

function tokenRoutes({ accounts, tokens, wall }: People): readonly Route[] {
  type Token = Awaited<ReturnType<typeof tokens.of>>[number];
  const tokenJson = ({ id, name, scopes, createdAt, expiresAt }: Token, by: string | null = null) => {
    return { id, name, scopes, by, createdAt: isoOf(createdAt), expiresAt: isoOf(expiresAt) };
  };
  const isAdministrator = ({ roles }: Caller) => roles.has("administrator");
  return [
    route({
      ...whole,
      path: "/api/v1/tokens",
      access: "account",
      scope: null,
      summary: "My tokens; for an administrator also the keys of all screens, whoever gave them",
      output: json(z.array(tokenSchema), "My own, then others'; the oldest first"),
      failures: [401],
      answer: async (_, response, __, caller) => {
        const mine = caller.via === "local" ? await tokens.texts() : await tokens.of(caller.account ?? "");
        const own = mine.map((one) => tokenJson(one));
        const all = isAdministrator(caller) ? await tokens.screens() : [];
        const others = all.filter(({ account }) => account !== caller.account);
        const names = new Map(others.length > 0 ? (await accounts.list()).map(({ id, name }) => [id, name]) : []);
        response.json([...own, ...others.map((one) => tokenJson(one, names.get(one.account) ?? one.account))]);
      },
    }),
    route({
      ...whole,
      path: "/api/v1/tokens",
      method: "post",
      access: [...writers],
      scope: null,
      summary: `A token for a program, for at most ${limits.tokenDays} days`,
      body: z.strictObject(tokenWish),
      output: json(newTokenSchema, "The token, and its secret this once"),
      failures: [401, 404, 409],
      answer: async ({ name, scopes, days }, response, _, { account }) => {
        const expiresAt = wall.now() + days * 86_400_000;
        const { token, secret } = await tokens.add(account, { name, scopes, expiresAt });
        response.set("Cache-Control", "no-store").json({ token: tokenJson(token), secret });
      },
    }),
    route({
      path: "/api/v1/tokens/{id}",
      method: "delete",
      access: [...writers],
      scope: null,
      summary: "Revoke a token of mine; an administrator also any screen's key",
      params: z.strictObject({ id: itemId }),
      query: nothing,
      output: json(nothing, "Done"),
      failures: [401, 404],
      answer: async ({ id }, response, _, caller) => {
        await tokens.revoke(caller.account, id, isAdministrator(caller));
        response.json({});
      },
    }),
  ];
}
