/**
 * Under which name, and from whose page, a browser asks. A page of elsewhere may give its own name our address (DNS
 * rebinding) and would read our answers as its own: only names that nobody else can own are answered.
 */
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";

/** 421: asked under a name that is not ours. 403: asked by the page of another site. null: neither. */
export type Turned = 421 | 403 | null;
export type Doorkeeper = (headers: IncomingHttpHeaders) => Turned;

/**
 * `names`: what the office calls this server, besides localhost and every IP address: no name has to be looked up for
 * these, so that nobody can point them elsewhere. Ports count only between `Origin` and `Host`: between them and us may
 * be a forwarding. What sends neither is no browser.
 */
export function doorkeeper(names: readonly string[]): Doorkeeper {
  const ours = new Set(["localhost", ...names.map((name) => bare(name.toLowerCase()))]);
  const isOurs = (name: string) => isIP(name) !== 0 || ours.has(name) || name.endsWith(".localhost");
  return ({ host, origin }) => {
    if (host !== undefined && !isOurs(nameIn(host))) return 421;
    if (origin === undefined) return null;
    return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase() ? null : 403;
  };
}

/** "Board.example:8080" → "board.example", "[::1]:80" → "::1"; "" for what is no host. */
function nameIn(host: string): string {
  const url = `http://${host}/`;
  if (/[\s/\\?#@]/.test(host) || !URL.canParse(url)) return "";
  return bare(new URL(url).hostname);
}

function bare(name: string): string {
  return name.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
}
