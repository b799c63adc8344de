/** Whose word counts for where a request comes from. */
import { describe, expect, it } from "vitest";
import { addressOf, isHere, isSecure } from "../../src/api/visit.ts";

describe("where a request comes from", () => {
  const from = (remoteAddress: string, headers: Record<string, string>, hops?: number) => ({
    socket: { remoteAddress } as never,
    headers,
    ...(hops !== undefined && { hops }),
  });
  const forwarded = (list: string) => ({ "x-forwarded-for": list, "x-forwarded-proto": "https" });
  it.each([
    ["127.0.0.1", "192.0.2.9", undefined, "127.0.0.1", false],
    ["127.0.0.1", "192.0.2.9", 1, "192.0.2.9", true],
    ["192.0.2.1", "192.0.2.9", 1, "192.0.2.1", false],
    ["::1", "203.0.113.5, 192.0.2.9", 1, "192.0.2.9", true],
    ["::1", "203.0.113.5, 192.0.2.9", 2, "203.0.113.5", true],
    ["::ffff:127.0.0.1", "1.2.3.4, 203.0.113.5, 192.0.2.9", 2, "203.0.113.5", true],
    ["127.0.0.1", "192.0.2.9", 3, "192.0.2.9", true],
    ["127.0.0.1", "not an address", 1, "127.0.0.1", true],
    ["127.0.0.1", "", 1, "127.0.0.1", true],
  ])("%s saying %j behind %s proxies: %s, encrypted %s", (peer, list, hops, address, secure) => {
    const request = from(peer, forwarded(list), hops);
    expect([addressOf(request), isSecure(request), isHere(request)]).toEqual([address, secure, false]);
  });
  it("this computer is here without any word of a proxy", () => {
    expect([isHere(from("127.0.0.1", {})), isHere(from("192.0.2.1", {}))]).toEqual([true, false]);
    for (const name of ["x-real-ip", "forwarded", "via", "x-forwarded-host"])
      expect(isHere(from("127.0.0.1", { [name]: "x" }))).toBe(false);
  });
});
