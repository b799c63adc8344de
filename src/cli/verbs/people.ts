/** Accounts from the command line: the same that the page does, by an administrator; and the way back in for who has the data folder. */
import { z } from "zod";
import type { AccountWish, Role } from "../../people/index.ts";
import { runningDaemon, UsageError } from "../client.ts";
import { findPlace, type PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { notRunning, type SignedIn, type SignInOptions, withSignedIn } from "../sign-in.ts";

const accountSchema = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  unit: z.string(),
  roles: z.array(z.string()),
  boards: z.array(z.string()).nullable(),
  active: z.boolean(),
});
const linkSchema = z.object({ path: z.string() });
type AccountJson = z.infer<typeof accountSchema>;

export interface PeopleOptions extends PlaceOptions, SignInOptions {
  readonly name?: string;
  readonly unit?: string;
  readonly roles?: readonly Role[];
  readonly boards?: readonly string[];
  /** Really another person of a name that is there. */
  readonly another?: boolean;
  readonly json?: boolean;
}

const whats = ["list", "add", "disable", "enable", "reset", "recover"] as const;

export async function people(
  given: string,
  login: string | undefined,
  options: PeopleOptions,
  output: Output,
): Promise<ExitCode> {
  const what = whats.find((one) => one === given);
  if (what === undefined)
    throw new UsageError(
      { zh: `没有 people ${given}`, en: `there is no people ${given}` },
      { zh: `可用：${whats.join("、")}。`, en: `There are: ${whats.join(", ")}.` },
    );
  if (what === "list") return withReader(options, (api) => list(api, options.json === true, output));
  if (login === undefined)
    throw new UsageError(
      { zh: "少了登录名", en: "the login is missing" },
      { zh: "写在后面。", en: "Write it behind." },
    );
  if (what === "recover") return recover(login, options, output);
  return withSignedIn(options, async (api): Promise<ExitCode> => {
    if (what === "add")
      return sayLink(
        await api.send("POST", "/api/v1/people", { login, ...wishOf(options), another: options.another === true }),
        api,
        output,
      );
    const { id, name } = await find(api, login);
    const response = await api.send("POST", `/api/v1/people/${id}/${what}`);
    if (what !== "disable") return sayLink(response, api, output);
    output.out(`已停用 ${name}\n${name} is disabled\n`);
    return 0;
  });
}

/** Reading needs nobody signed in: this computer's own key does. */
async function withReader(
  options: PeopleOptions,
  use: (api: Pick<SignedIn, "get">) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (options.as !== undefined) return withSignedIn(options, use);
  const running = await runningDaemon((await findPlace(options)).folder);
  if (running === null) throw notRunning();
  return use(running);
}

async function list(api: Pick<SignedIn, "get">, asJson: boolean, output: Output): Promise<ExitCode> {
  const found = await all(api);
  if (asJson) output.out(`${JSON.stringify(found, null, 2)}\n`);
  else for (const one of found) output.out(line(one));
  return 0;
}

function line({ login, name, unit, roles, boards, active }: AccountJson): string {
  const where = boards === null ? "" : `(${boards.join(" ")})`;
  const rest = [unit, active ? "" : "已停用 disabled"].filter(Boolean).join("  ");
  return `${login.padEnd(16)} ${name}  ${roles.join(" ")}${where}  ${rest}`.trimEnd().concat("\n");
}

async function all(api: Pick<SignedIn, "get">): Promise<readonly AccountJson[]> {
  return z.array(accountSchema).parse(await (await api.get("/api/v1/people")).json());
}

async function find(api: SignedIn, login: string): Promise<AccountJson> {
  const found = (await all(api)).find((one) => one.login.toLowerCase() === login.toLowerCase());
  if (found !== undefined) return found;
  throw new Refusal(
    { zh: `没有账号 ${login}`, en: `there is no account ${login}` },
    { zh: "boardcast people list 列出全部。", en: "boardcast people list names them." },
  );
}

function wishOf({ name, unit = "", roles = [], boards }: PeopleOptions): AccountWish {
  if (name !== undefined && roles.length > 0) return { name, unit, roles, boards: boards ?? null };
  throw new UsageError(
    { zh: "要写明姓名和职责", en: "name and roles are needed" },
    { zh: "例如 --name 李四 --roles maker,signer", en: "For example --name 李四 --roles maker,signer" },
  );
}

async function sayLink(response: Response, api: SignedIn, output: Output): Promise<ExitCode> {
  const said: unknown = await response.json();
  const { path } = linkSchema.parse(z.object({ link: linkSchema }).safeParse(said).data?.link ?? said);
  output.out(linkWords(`${api.url}/${path}`));
  return 0;
}

const linkWords = (url: string) =>
  `请本人打开这个链接设密码（只能用一次，24 小时内有效）：\nFor its owner, to set the password (works once, within 24 h):\n  ${url}\n`;

/** When no administrator can sign in any more: whoever may read the signing key may let one in, and it is on record. */
async function recover(login: string, options: PeopleOptions, output: Output): Promise<ExitCode> {
  const place = await findPlace(options);
  const { recoverAccount } = await import("../../daemon/index.ts");
  const path = await recoverAccount(place, login);
  if (path === null)
    throw new Refusal(
      { zh: `没有在用的账号 ${login}`, en: `there is no active account ${login}` },
      { zh: "boardcast people list 列出全部。", en: "boardcast people list names them." },
    );
  const { host, port } = place.site.listen;
  const url = (await runningDaemon(place.folder))?.url ?? `http://${host}:${port}`;
  output.out(linkWords(`${url}/${path}`));
  return 0;
}
