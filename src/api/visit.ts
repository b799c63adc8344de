/** Where a request comes from, and the cookies that it carries. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import type { TLSSocket } from "node:tls";
import { isLoopback, type Mode, plainAddress, type Visit } from "../people/index.ts";

/** Browsers share cookies between the ports of a host: practice beside the real office has names of its own (R53). */
const cookieNames = (mode: Mode) =>
  mode === "practice"
    ? ({ session: "boardcast_practice_session", device: "boardcast_practice_device" } as const)
    : ({ session: "boardcast_session", device: "boardcast_device" } as const);
const deviceSeconds = 366 * 86_400;

type Head = Pick<IncomingMessage, "headers" | "socket"> & {
  /** Proxies in front of us, of which the last runs on this computer (`listen.proxy`); absent: none. */
  readonly hops?: number;
};

/** Nobody's word for an address is taken but that of the proxies that the installation file counts. */
export function addressOf({ headers, socket, hops = 0 }: Head): string {
  const peer = plainAddress(socket.remoteAddress ?? "");
  if (hops === 0 || !isLoopback(peer)) return peer;
  const told = String(headers["x-forwarded-for"] ?? "").split(",");
  // Each proxy adds at the end from whom it took the request: what stands further in front anybody may have written.
  const said = told.at(-Math.min(hops, told.length))?.trim() ?? "";
  return isIP(said) === 0 ? peer : plainAddress(said);
}

/** Somebody at this very computer: nothing forwarded, whatever the forwarding says. */
export function isHere({ headers, socket }: Head): boolean {
  const forwarded = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via"];
  return isLoopback(socket.remoteAddress ?? "") && forwarded.every((name) => headers[name] === undefined);
}

/** Over TLS, by us or by a proxy that counts. */
export function isSecure({ headers, socket, hops = 0 }: Head): boolean {
  if ((socket as TLSSocket).encrypted === true) return true;
  const trusted = hops > 0 && isLoopback(socket.remoteAddress ?? "");
  return trusted && headers["x-forwarded-proto"] === "https";
}

export function visitOf(request: Head, mode: Mode): Visit {
  const { headers } = request;
  return {
    address: addressOf(request),
    agent: headers["user-agent"] ?? "",
    session: sessionSecret(headers, mode),
    device: cookie(headers, cookieNames(mode).device),
  };
}

export const sessionSecret = (headers: IncomingMessage["headers"], mode: Mode): string | null =>
  cookie(headers, cookieNames(mode).session);

/** Whether there is such a cookie, of whatever form. */
export const hasSessionCookie = ({ cookie: text = "" }: IncomingMessage["headers"], mode: Mode): boolean =>
  text.split(/;\s*/).some((pair) => pair.startsWith(`${cookieNames(mode).session}=`));

/** Our own secrets only: 43 letters of base64url. */
function cookie({ cookie: text = "" }: IncomingMessage["headers"], name: string): string | null {
  for (const pair of text.split(/;\s*/)) {
    const [, value] = /^[^=]+=([A-Za-z0-9_-]{43})$/.exec(pair) ?? [];
    if (value !== undefined && pair.startsWith(`${name}=`)) return value;
  }
  return null;
}

/** Gone when the browser is closed, at the latest when the server says so; the device's stays. */
export function giveCookies(
  request: Head,
  response: ServerResponse,
  given: { secret: string; device: string },
  mode: Mode,
): void {
  const { session, device } = cookieNames(mode);
  // Whatever was said of an earlier one.
  response.removeHeader("Set-Cookie");
  add(request, response, session, given.secret, "");
  add(request, response, device, given.device, `; Max-Age=${deviceSeconds}`);
}

export function takeSessionCookie(request: Head, response: ServerResponse, mode: Mode): void {
  add(request, response, cookieNames(mode).session, "", "; Max-Age=0");
}

function add(request: Head, response: ServerResponse, name: string, value: string, age: string): void {
  const secure = isSecure(request) ? "; Secure" : "";
  response.appendHeader("Set-Cookie", `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${age}${secure}`);
}
