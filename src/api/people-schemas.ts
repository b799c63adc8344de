/** People and doors in JSON. */
import { z } from "zod";
import { limits } from "../limits.ts";
import { allRoles, type Deputy, type Role, type Scope, type TextScope } from "../people/index.ts";
import { instantForms, parseInstant } from "./instants.ts";

const text = (title: string, max: number, example: string) =>
  z
    .string()
    .min(1)
    .max(max)
    .meta({ title, examples: [example] });

export const role = z.enum(allRoles as [Role, ...Role[]]).meta({ title: "职责 / role", examples: ["maker"] });
const scopes = ["read", "draft", "alert", "cap"] as const satisfies readonly Scope[];
export const accountId = z
  .string()
  .regex(/^[0-9A-Za-z]{1,32}$/)
  .meta({ title: "账号 / account id", examples: ["P01"] });
/** What ids of sessions, tokens and deputies look like. */
export const itemId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .meta({ title: "编号 / id", examples: ["0".repeat(32)] });

export const login = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u)
  .meta({
    title: "登录名 / login",
    description: "2 to 32 letters, digits, . _ -; capitals or not is the same",
    examples: ["li.si"],
  });
/** As typed at sign-in: of whatever form, so that its form says nothing. */
export const typedLogin = z
  .string()
  .max(100)
  .meta({ title: "登录名 / login", examples: ["li.si"] });
export const password = z
  .string()
  .max(4 * limits.passwordCharsMax)
  .meta({ title: "密码 / password" });
export const secret = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ title: "一次性链接 / one-time link", description: "What stands at its end", examples: ["0".repeat(43)] });

const unit = z
  .string()
  .max(100)
  .meta({ title: "单位 / unit", description: "Of a contributor", examples: ["民政办"] });
const boards = z
  .array(z.string().max(limits.queryChars))
  .max(limits.boardsPerSite)
  .nullable()
  .meta({
    title: "公开栏 / boards",
    description: "Of an operator; null: all",
    examples: [["B1"]],
  });
export const personName = text("姓名 / name", 60, "李四");

export const accountWish = {
  name: personName,
  unit: unit.default(""),
  roles: z
    .array(role)
    .max(allRoles.length)
    .meta({ title: "职责 / roles", examples: [["maker"]] }),
  boards: boards.default(null),
};

/** An instant in a body. */
export function bodyInstant(zone: string, title: string) {
  return z
    .string()
    .max(limits.queryChars)
    .transform((said, context) => {
      const instant = parseInstant(said, zone);
      if (instant !== null) return instant;
      context.issues.push({ code: "custom", input: said, message: instantForms });
      return z.NEVER;
    })
    .meta({ title, description: `${instantForms} (zone ${zone})`, examples: ["2017-12-05T09:00"] });
}

const textScope = z
  .string()
  .regex(/^text:[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/)
  .transform((one) => one as TextScope)
  .meta({ title: "某块屏的文字 / texts of a board", examples: ["text:sign"] });

export const tokenWish = {
  name: text("名称 / name", 60, "气象台接口"),
  scopes: z
    .array(z.union([z.enum(scopes), textScope]))
    .min(1)
    .max(limits.tokenScopes)
    .meta({
      title: "用途 / scopes",
      description:
        "read: what the account may read; draft: hand drafts in; alert: warnings from a template; text:sign: texts on that board, with review: none alone",
      examples: [["read"]],
    }),
  days: z
    .int()
    .min(1)
    .max(limits.tokenDays)
    .default(90)
    .meta({ title: "有效天数 / days", examples: [90] }),
};

const iso = z.iso.datetime({ precision: 3 });

export const accountSchema = z
  .object({
    id: z.string(),
    login: z.string(),
    name: z.string(),
    unit: z.string(),
    roles: z.array(role),
    boards: z.array(z.string()).nullable(),
    active: z.boolean(),
    mustChange: z.boolean(),
    hasPassword: z.boolean(),
  })
  .meta({ id: "Account" });
export const colleagueSchema = z
  .object({ id: z.string(), name: z.string(), unit: z.string(), roles: z.array(role) })
  .meta({ id: "Colleague" });
export const linkSchema = z
  .object({
    path: z.string().meta({ description: "Behind the page's address: #/password/…; shown this once" }),
    expiresAt: iso,
  })
  .meta({ id: "OneTimeLink" });
export const accountAndLink = z.object({ account: accountSchema, link: linkSchema });

export const deputySchema = z
  .object({ id: z.string(), of: z.string(), deputy: z.string(), role, from: iso, until: iso })
  .meta({ id: "Deputy" });

export const sessionSchema = z
  .object({
    mode: z.enum(["real", "practice", "alone"]).meta({
      description: "practice: sample people sign in by a click; alone: review: none, one person without an account",
    }),
    setUp: z.boolean().meta({ description: "There is no account yet: the set-up link is wanted" }),
    via: z.enum(["session", "token", "console", "visitor", "local"]),
    account: accountSchema.nullable(),
    roles: z.array(role).meta({ description: "Own roles and those held as a deputy today" }),
    boards: z.array(z.string()).nullable(),
    deputyOf: z.array(deputySchema),
    reset: z
      .object({ by: z.string(), at: iso })
      .nullable()
      .meta({ description: "My password was taken away by somebody else lately, so that I set a new one" }),
    reads: z.boolean(),
    csrf: z.string().nullable().meta({ description: "To be sent as x-boardcast-csrf with every change" }),
    practice: z.array(colleagueSchema).meta({ description: "In practice: who may be signed in as" }),
  })
  .meta({ id: "Session" });

export const openSessionSchema = z
  .object({ id: z.string(), openedAt: iso, seenAt: iso, address: z.string(), agent: z.string(), own: z.boolean() })
  .meta({ id: "OpenSession" });

export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.union([z.enum(scopes), textScope, z.string().regex(/^show:/)])).meta({
      description: "show:B4 is the key of a page that plays the board B4",
    }),
    by: z.string().nullable().meta({ description: "Of a screen's key that somebody else gave: who; null: my own" }),
    createdAt: iso,
    expiresAt: iso,
  })
  .meta({ id: "Token" });
export const newTokenSchema = z.object({
  token: tokenSchema,
  secret: z.string().meta({ description: "Shown this once: Authorization: Bearer …" }),
});

export const isoOf = (instant: number): string => new Date(instant).toISOString();

export const deputyJson = ({ from, until, ...rest }: Deputy): z.infer<typeof deputySchema> => ({
  ...rest,
  from: isoOf(from),
  until: isoOf(until),
});
