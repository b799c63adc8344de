/** The API behind its real doors, over a house of people, and browsers that keep cookies. */
import { createServer, IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { createApi, createDoors, doorkeeper, previewDoor, serviceRoutes, type Services } from "../../src/api/index.ts";
import { sessionSchema } from "../../src/api/people-schemas.ts";
import type { Mode } from "../../src/people/index.ts";
import { attachPreview } from "../../src/preview/server.ts";
import { good, type House, openHouse } from "../people/house.ts";
import { fakeOffice } from "./fake-office.ts";

export const consoleKey = "k".repeat(43);
const anything: unknown = new Proxy(() => {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : anything),
  apply: () => anything,
});

export interface Api {
  readonly house: House;
  readonly url: string;
  ask(method: string, path: string, init?: { body?: unknown; headers?: Record<string, string> }): Promise<Response>;
  /** A browser: keeps cookies, sends the CSRF token with every change. */
  browser(): Browser;
}
export interface Browser {
  cookies: Map<string, string>;
  csrf: string | null;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  signIn(login: string, password?: string): Promise<Response>;
}

/** What a test has to close when it is over, the last first. */
export const closing: (() => unknown)[] = [];
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}

export async function openApi(mode: Mode = "real"): Promise<Api> {
  const house = await openHouse(mode);
  const { people } = house;
  const doors = createDoors({ people, consoleKey });
  const services = new Proxy(
    { people },
    { get: (own, name) => Reflect.get(own, name) ?? anything },
  ) as unknown as Services;
  const routes = serviceRoutes(fakeOffice, services);
  // One proxy in front, as the daemon's door counts them.
  class Behind extends IncomingMessage {
    readonly hops = 1;
  }
  const server = createServer(
    { IncomingMessage: Behind },
    createApi(fakeOffice, { webFolder: null, metrics: async () => "", doors, routes }),
  );
  const preview = attachPreview(server, fakeOffice, { turned: previewDoor(doorkeeper([]), doors) });
  people.onEnded(() => preview.lookAgain());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () => house.close(),
    () => server.close(),
    () => server.closeAllConnections(),
    () => preview.close(),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask: Api["ask"] = (method, path, { body, headers = {} } = {}) =>
    fetch(`${url}${path}`, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const browser = (): Browser => {
    const self: Browser = {
      cookies: new Map(),
      csrf: null,
      async ask(method, path, body, headers = {}) {
        const cookie = [...self.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const own = { ...(cookie && { cookie }), ...(self.csrf && { "x-boardcast-csrf": self.csrf }) };
        const response = await ask(method, path, { body, headers: { ...own, ...headers } });
        for (const given of response.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(given) ?? [];
          if (value === "") self.cookies.delete(name);
          else self.cookies.set(name, value);
        }
        return response;
      },
      async signIn(login, password = good) {
        const response = await self.ask("POST", "/api/v1/session", { login, password });
        if (response.ok) self.csrf = sessionSchema.parse(await response.clone().json()).csrf;
        return response;
      },
    };
    return self;
  };
  return { house, url, ask, browser };
}
