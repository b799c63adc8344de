/** Whose word counts for where a request comes from. */
import { afterEach, describe, expect, it } from "vitest";
import { addressOf, isHere, isSecure } from "../../src/api/visit.ts";
import { closeAll, openApi } from "./people-api.ts";

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

describe("practice beside the real office, on the same host", () => {
  afterEach(closeAll);

  it("browsers give each its own cookie: neither ends nor becomes a session of the other", async () => {
    const [real, practice] = [await openApi("real"), await openApi("practice")];
    await real.house.settle("admin", ["administrator"]);
    await practice.house.store.change("system", async (tx) => {
      const rest = { unit: "", boards: null, active: true, mustChange: false, password: null };
      const person = { id: "P01", login: "P01", name: "甲", roles: ["maker"] as const, ...rest };
      await tx.people.putAccount(person, "account/added", {});
    });
    const browser = real.browser();
    const response = await browser.signIn("admin");
    const first = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const entered = await practice.ask("POST", "/api/v1/session/practice", {
      body: { account: "P01" },
      headers: { cookie: first },
    });
    expect([response.status, entered.status]).toEqual([200, 200]);
    const given = entered.headers.getSetCookie().map((one) => one.split("=", 1)[0]);
    expect(given).toEqual(["boardcast_practice_session", "boardcast_practice_device"]);
    const both = [first, ...entered.headers.getSetCookie().map((one) => one.split(";", 1)[0])].join("; ");
    for (const [api, login] of [
      [real, "admin"],
      [practice, "P01"],
    ] as const) {
      const seen = await api.ask("GET", "/api/v1/session", { headers: { cookie: both } });
      expect(await seen.json()).toMatchObject({ via: "session", account: { login } });
      expect(seen.headers.getSetCookie()).toEqual([]);
    }
  });
});
