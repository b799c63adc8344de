/** Whose address it is, as far as that can be told: one subscriber has a whole IPv6 network of 64 bits. */
import { isIPv4, isIPv6 } from "node:net";

/** "192.0.2.7" for itself and for "::ffff:192.0.2.7"; "2001:db8:0:1::/64". Anything else as it is. */
export function networkOf(address: string): string {
  const bare = plainAddress(address);
  if (!isIPv6(bare)) return bare;
  const [head = "", tail] = bare.split("%", 1)[0]?.split("::") ?? [];
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  const groups = [...front, ...zeros, ...back].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(":")}::/64`;
}

/** An IPv4 address that is written as IPv6 as what it is. */
export function plainAddress(address: string): string {
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  return mapped !== undefined && isIPv4(mapped) ? mapped : address;
}

export function isLoopback(address: string): boolean {
  const bare = plainAddress(address);
  return bare === "::1" || (isIPv4(bare) && bare.startsWith("127."));
}
