/** Under which addresses and names the computers of the office find this one. */
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from "node:os";
import { isIP, isIPv6 } from "node:net";
import { isLoopback } from "../../people/index.ts";

/** Bridges and switches inside the computer, which nobody outside can reach. */
const inside = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel)/i;

/** The network cards' addresses, IPv4 first. Link-local ones are left out: no browser takes their zones. */
export function lanAddresses(cards: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): readonly string[] {
  const found = Object.entries(cards)
    .filter(([name]) => !inside.test(name))
    .flatMap(([, infos = []]) => infos)
    .filter(({ internal, address }) => !internal && !isLoopback(address) && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address);
  return [...new Set(found)].sort((a, b) => Number(isIPv6(a)) - Number(isIPv6(b)));
}

/** "0.0.0.0", "::": all cards. */
export const isAnyAddress = (host: string): boolean => host === "0.0.0.0" || host === "::";

/** Where a server that listens on `host` is found from outside. */
export function reachable(host: string, cards = lanAddresses()): readonly string[] {
  if (host === "::") return cards;
  return host === "0.0.0.0" ? cards.filter((address) => !isIPv6(address)) : [host];
}

/** Colleagues open the page under the computer's own name; in a local network also with ".local" behind. */
export function ownNames(full: string = hostname()): readonly string[] {
  const [short = ""] = full.split(".", 1);
  return [...new Set([full, `${short}.local`])].filter((name) => isIP(name) === 0 && isHostName(name));
}

/** A computer may be called in Chinese; such a name stands in no certificate, and in no address. */
export const isHostName = (name: string): boolean => /^[0-9A-Za-z]([0-9A-Za-z.-]{0,251}[0-9A-Za-z])?$/.test(name);

export const urlOf = (scheme: "http" | "https", host: string, port: number): string =>
  `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}/`;
