/**
 * How verbs that change something sign in. The running daemon is asked; a verb says
 *
 *     return withSignedIn(options, async (api) => {
 *       await api.send("POST", "/api/v1/people", { login: "li.si", … });
 *       return 0;
 *     });
 *
 * with `.addOption(as())` on it (`commands/options.ts`). `api.get` and `api.send` reject with a Refusal in the API's own words.
 * Who: BOARDCAST_TOKEN if set; else `--as LOGIN` with BOARDCAST_PASSWORD or a password typed without echo; in practice
 * `--as P01` alone; with `review: none` nobody needs to sign in. The session ends with the verb.
 */
import { type ApiClient, ask, runningDaemon, UsageError } from "./client.ts";
import { findPlace, type PlaceOptions } from "./place.ts";
import { Refusal } from "./say.ts";
import { typedSecret } from "./typed-secret.ts";

export interface SignedIn extends ApiClient {
  /** The id of the account that acts; null for a token, and with `review: none`. */
  readonly account: string | null;
  /** JSON. A problem becomes a Refusal. */
  send(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Response>;
  /** The same with bytes as they are. */
  sendBytes(method: "POST" | "PUT", path: string, body: Uint8Array): Promise<Response>;
  /** For what `send` cannot: headers that say who acts, to be added to a request of one's own. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface SignInOptions {
  readonly as?: string | undefined;
}

/** Where secrets come from; tests hand in their own. */
export interface SecretSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal, without echo; null: there is no terminal. */
  typed(question: string): Promise<string | null>;
}

export const realSource: SecretSource = { env: process.env, typed: typedSecret };

/** Hands `use` a client that may change things, and signs out afterwards. */
export async function withSignedIn<T>(
  options: PlaceOptions & SignInOptions,
  use: (api: SignedIn) => Promise<T>,
  source: SecretSource = realSource,
): Promise<T> {
  const { folder } = await findPlace(options);
  const client = await runningDaemon(folder);
  if (client === null) throw notRunning();
  const { api, signOut } = await signIn(client, options, source);
  try {
    return await use(api);
  } finally {
    await signOut();
  }
}

export const notRunning = () =>
  new Refusal(
    { zh: "没有在运行", en: "it is not running" },
    { zh: "先运行 boardcast start,再试一次。", en: "Run boardcast start, then try again." },
  );

export async function signIn(
  client: ApiClient,
  { as }: SignInOptions,
  { env, typed }: SecretSource = realSource,
): Promise<{ readonly api: SignedIn; signOut(): Promise<void> }> {
  const token = env.BOARDCAST_TOKEN;
  if (token) return { api: acting(client, null, { authorization: `Bearer ${token}` }), signOut: async () => {} };
  const { mode, via } = (await (await ask(`${client.url}/api/v1/session`, {})).json()) as { mode: string; via: string };
  if (mode === "alone" && via === "local") return { api: acting(client, null, {}), signOut: async () => {} };
  if (as === undefined)
    throw new UsageError(
      { zh: "要写明谁来办", en: "say who acts" },
      { zh: "加上 --as 登录名，或设 BOARDCAST_TOKEN。", en: "Add --as LOGIN, or set BOARDCAST_TOKEN." },
    );
  const practice = mode === "practice" && /^P\d+$/.test(as);
  const response = practice
    ? await post(client, "/api/v1/session/practice", { account: as })
    : await post(client, "/api/v1/session", { login: as, password: await passwordOf(as, { env, typed }) });
  const { csrf, account } = (await response.json()) as { csrf: string; account: { id: string } };
  const [cookie] = response.headers.getSetCookie().filter((one) => /^boardcast_(?:practice_)?session=/.test(one));
  const headers = { cookie: cookie?.split(";", 1)[0] ?? "", "x-boardcast-csrf": csrf };
  const api = acting(client, account.id, headers);
  return { api, signOut: async () => void (await api.send("DELETE", "/api/v1/session").catch(() => {})) };
}

/** UsageError where it cannot be asked for. */
export async function passwordOf(as: string, { env, typed }: SecretSource = realSource): Promise<string> {
  const password = env.BOARDCAST_PASSWORD ?? (await typed(`${as} 的密码 password: `));
  if (password !== null) return password;
  throw new UsageError(
    { zh: "没有终端，输不了密码", en: "there is no terminal to type a password on" },
    { zh: "设 BOARDCAST_PASSWORD 或 BOARDCAST_TOKEN。", en: "Set BOARDCAST_PASSWORD or BOARDCAST_TOKEN." },
  );
}

const post = (client: ApiClient, path: string, body: unknown) =>
  ask(`${client.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

function acting(client: ApiClient, account: string | null, headers: Readonly<Record<string, string>>): SignedIn {
  return {
    ...client,
    account,
    headers,
    get: (path) => ask(`${client.url}${path}`, { headers }),
    sendBytes: (method, path, body) =>
      ask(`${client.url}${path}`, {
        method,
        headers: { ...headers, "content-type": "application/octet-stream" },
        body: Buffer.from(body),
      }),
    send: (method, path, body) =>
      ask(`${client.url}${path}`, {
        method,
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}
