/** How this daemon is reached, as it was started. */
import { X509Certificate } from "node:crypto";
import type { Network, NetworkView } from "../api/network.ts";
import type { Listen } from "../config/types.ts";
import { qrRows } from "../typeset/index.ts";
import { staysHere, tlsOf } from "./tls.ts";
import type { Pair } from "./tls/certificate.ts";
import { isAnyAddress, ownNames, reachable, urlOf } from "./tls/lan.ts";

export interface NetworkParts {
  readonly listen: Listen;
  readonly held: boolean;
  /** `review: none`. */
  readonly alone: boolean;
  readonly tls: Pair | null;
  /** The door's. */
  readonly url: string;
  /** What it will be encrypted with when it listens there. */
  readonly tlsFor: (listen: Listen) => Pair | null;
}

export function createNetwork(parts: NetworkParts): Network {
  const port = Number(new URL(parts.url).port || (parts.tls ? 443 : 80));
  const now = viewer(parts, parts.url);
  return {
    view: now,
    afterwards(host) {
      const listen = { ...parts.listen, host };
      const tls = parts.tlsFor(listen);
      return viewer({ listen, tls, held: false, alone: parts.alone }, urlOf(tls ? "https" : "http", host, port))();
    },
    code: qrRows,
  };
}

function viewer({ listen, held, alone, tls }: Pick<NetworkParts, "listen" | "held" | "alone" | "tls">, url: string) {
  const certificate = tls && new X509Certificate(tls.cert);
  const state: NetworkView["state"] = held ? "held" : staysHere(listen) ? "here" : "open";
  const kind = tlsOf(listen);
  const port = Number(new URL(url).port || (tls ? 443 : 80));
  const at = (host: string) => urlOf(tls ? "https" : "http", host, port);
  return (): NetworkView => {
    // Names are for people; telephones mostly know no ".local".
    const names = isAnyAddress(listen.host) ? [...(listen.names ?? []), ...ownNames()] : (listen.names ?? []);
    const urls = state === "open" ? [...new Set([...reachable(listen.host), ...names].map(at))] : [url];
    return {
      state,
      alone,
      urls,
      tls: typeof kind === "string" ? kind : "files",
      certificate: certificate && {
        fingerprint: certificate.fingerprint256,
        until: Date.parse(certificate.validTo),
        pem: certificate.toString(),
      },
      proxy: listen.proxy ?? 0,
    };
  };
}
