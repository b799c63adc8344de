/** 对办公网开放 over HTTP: what is said to whom there is, and what is written before the daemon starts anew. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterEach, describe, expect, test } from "vitest";
import { createApi } from "../../src/api/index.ts";
import type { Network, NetworkView } from "../../src/api/network.ts";
import { networkRoutes } from "../../src/api/network-routes.ts";
import { createNetwork } from "../../src/daemon/network.ts";
import { FaultError } from "../../src/fault.ts";
import { nobody } from "../../src/people/index.ts";
import { fakeOffice } from "./fake-office.ts";

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

const view: NetworkView = {
  ...{ state: "open", alone: false, tls: "none", certificate: null, proxy: 0 },
  urls: ["https://192.0.2.5:8080/", "https://office.local:8080/"],
};
const networkOf = (differences: Partial<NetworkView> = {}): Network => ({
  view: () => ({ ...view, ...differences }),
  afterwards: (host) => ({ ...view, state: host === "0.0.0.0" ? "open" : "here", urls: [`http://${host}/`] }),
  code: (text) => (text.includes("office.local") ? null : [`#.${text.length % 2 ? "#" : "."}`, "...", "###"]),
});

interface Listened {
  readonly caller: string | null;
  readonly host: string;
  readonly reason: string;
}
async function open(network: Network, refusing: "before" | "after" | "fault" | null = null) {
  const [done, ids]: [Listened[], string[]] = [[], []];
  const fault = { where: "line 1", what: { zh: "错", en: "wrong" }, remedy: { zh: "改", en: "mend" } };
  const installation = {
    async listen({ account }: { account: string | null }, host: string, reason: string) {
      if (refusing === "fault") throw new FaultError({ code: "installation/alone" });
      if (refusing !== null) return { ok: false, of: refusing, faults: [{ ...fault, file: "f", line: 1, column: 1 }] };
      done.push({ caller: account, host, reason });
      return { ok: true };
    },
    view: async () => ({ effect: "itself" }),
    // As a daemon that starts anew: whoever has not been answered by then is not.
    begin: () => {
      ids.push("begun");
      server.closeAllConnections();
    },
  };
  const roles = new Set(["administrator"] as const);
  const doors = { callerOf: async () => ({ ...nobody, account: "a1", via: "session" as const, reads: true, roles }) };
  const routes = networkRoutes(network, installation as never);
  const server = createServer(createApi(fakeOffice, { webFolder: null, metrics: async () => "", doors, routes }));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  ends.push(() => server.close());
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/network${path}`, {
      ...{ method, headers: { "content-type": "application/json", connection: "close" } },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const said = async () => (await (await ask("GET", "")).json()) as Record<string, unknown>;
  return { ask, said, done, ids };
}

describe("what is said", () => {
  const about = async (differences: Partial<NetworkView>) =>
    JSON.stringify(await (await open(networkOf(differences))).said());

  test("of one person nobody is told of accounts, passwords, or a page that would open elsewhere", async () => {
    const [states, kinds] = [["here", "held", "open"] as const, ["none", "generated", "files"] as const];
    for (const state of states)
      for (const tls of kinds) {
        const said = await about({ state, tls, alone: true });
        expect(said, `${state} ${tls}`).not.toMatch(
          /登录|密码|账号，现在|set one up|password|sign.in|浏览器|"code":\[/i,
        );
      }
    expect(await about({ state: "held", alone: true })).toContain("boardcast token add");
    expect(await about({ alone: true })).toContain("别的电脑打不开这个网页");
    expect(await about({ tls: "generated", alone: true })).toContain("--cacert boardcast.crt");
    expect(await about({ tls: "none", alone: true })).toContain("能看到凭证");
  });

  test("of an office: accounts first, a warning where passwords can be read, how its own certificate is trusted", async () => {
    expect(await about({ state: "held" })).toContain("还没有账号");
    expect(await about({ state: "here" })).toContain("只应答本机");
    expect(await about({})).toMatch(/可以打开.*能看到密码/);
    const own = await about({ tls: "generated" });
    expect([own.includes("能看到密码"), own.includes("certutil")]).toEqual([false, true]);
    expect(await about({ tls: "files" })).toMatch(/"warning":null.*"trust":\[\]/);
    // Only this computer: nobody reads what stays in it.
    expect(await about({ state: "here" })).toMatch(/"warning":null/);
  });

  test("an address as a code for telephones, the first one with what is said; of none, and of one too long, that there is none", async () => {
    const { ask, said } = await open(networkOf());
    expect((await said()).code).toEqual(["#.#", "...", "###"]);
    const picture = await ask("GET", "/code.png");
    const bytes = Buffer.from(await picture.arrayBuffer());
    // Three modules, eight pixels each.
    expect([picture.headers.get("content-type"), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      "image/png",
      24,
      24,
    ]);
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    const modules = [0, 1, 2].map((y) => [0, 1, 2].map((x) => data[(y * 8 + 7) * info.width + x * 8 + 7]));
    expect(modules).toEqual([
      [0, 255, 0],
      [255, 255, 255],
      [0, 0, 0],
    ]);
    for (const address of [1, 2]) expect((await ask("GET", `/code.png?address=${address}`)).status).toBe(404);
    expect((await ask("GET", "/boardcast.crt")).status).toBe(404);
    expect((await (await open(networkOf({ state: "here" }))).said()).code).toBeNull();
  });

  test("the certificate is there to be compared, and to be had", async () => {
    const certificate = { fingerprint: "AB:CD", until: Date.parse("2028-11-26T00:00Z"), pem: "-----BEGIN" };
    const { ask, said } = await open(networkOf({ certificate, tls: "generated" }));
    expect((await said()).certificate).toEqual({ fingerprint: "AB:CD", until: "2028-11-26T00:00:00.000Z" });
    const had = await ask("GET", "/boardcast.crt");
    expect([await had.text(), had.headers.get("content-disposition")]).toEqual([
      "-----BEGIN",
      expect.stringContaining("boardcast.crt"),
    ]);
  });
});

describe("opened and taken back", () => {
  test("every network card, or this computer alone; by whom and why; the daemon starts anew once it has been answered", async () => {
    const { ask, done, ids } = await open(networkOf());
    const opened = await ask("PUT", "", { to: "office", reason: " 各科室要用 " });
    expect(await opened.json()).toMatchObject({ state: "open", effect: "itself", urls: ["http://0.0.0.0/"] });
    expect(await (await ask("PUT", "", { to: "here", reason: "收回" })).json()).toMatchObject({ state: "here" });
    expect(done).toEqual([
      { caller: "a1", host: "0.0.0.0", reason: "各科室要用" },
      { caller: "a1", host: "127.0.0.1", reason: "收回" },
    ]);
    await expect.poll(() => ids, { interval: 5 }).toEqual(["begun", "begun"]);
  });

  test("without a reason, and where it is refused, nothing is written and nothing starts anew", async () => {
    const { ask, done, ids } = await open(networkOf());
    for (const body of [{ to: "office", reason: " " }, { to: "all", reason: "试" }, { to: "office" }])
      expect((await ask("PUT", "", body)).status).toBe(400);
    for (const [refusing, status] of [
      ["before", 409],
      ["after", 422],
      ["fault", 409],
    ] as const) {
      const other = await open(networkOf(), refusing);
      expect((await other.ask("PUT", "", { to: "office", reason: "试" })).status).toBe(status);
      expect(other.ids).toEqual([]);
    }
    expect([done, ids]).toEqual([[], []]);
  });
});

test("as it will be: listening everywhere it is open and encrypted by what it will show; back here it is plain", () => {
  const asked: string[] = [];
  const tlsFor = ({ host }: { readonly host: string }) => {
    asked.push(host);
    return null;
  };
  const network = createNetwork({
    ...{ listen: { host: "127.0.0.1", port: 8080, names: ["office.local"] }, held: true, alone: true, tls: null },
    ...{ url: "http://127.0.0.1:8080/", tlsFor },
  });
  expect(network.view()).toMatchObject({ state: "held", alone: true, urls: ["http://127.0.0.1:8080/"] });
  expect(network.afterwards("0.0.0.0")).toMatchObject({ state: "open", alone: true, tls: "generated" });
  expect(network.afterwards("0.0.0.0").urls).toContain("http://office.local:8080/");
  expect(network.afterwards("127.0.0.1")).toMatchObject({ state: "here", urls: ["http://127.0.0.1:8080/"] });
  expect(asked).toEqual(["0.0.0.0", "0.0.0.0", "127.0.0.1"]);
});
