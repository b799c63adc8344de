/** Tokens: a program's ends with its owner; a screen's key is the office's, and ends when an administrator says so, or at its time. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import type { Scope } from "../../src/people/index.ts";
import { codeOf, type House, hour, openHouse } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

describe("tokens", () => {
  it("are shown once, kept as a hash, over at their time, and at most a year long", async () => {
    const { tokens, accounts } = house.people;
    const { id } = await house.settle("maker", ["maker"]);
    const wanted = { name: "t", scopes: ["read", "read"] as const, expiresAt: house.time.wall + 10 * 365 * 24 * hour };
    const { token, secret } = await tokens.add(id, wanted);
    expect(secret).toMatch(/^bct_[\w-]{43}$/);
    expect(JSON.stringify([await tokens.of(id), await house.rows()])).not.toContain(secret.slice(4));
    expect(token.expiresAt - house.time.wall).toBe(limits.tokenDays * 24 * hour);
    expect((await tokens.find(secret))?.token.scopes).toEqual(["read"]);
    expect(await tokens.find(secret.slice(4))).toBeNull();
    await accounts.reset("system", id);
    expect(await tokens.find(secret)).toBeNull();
    const short = await tokens.add(id, { ...wanted, expiresAt: house.time.wall + hour });
    house.time.wall += hour;
    expect(await tokens.find(short.secret)).toBeNull();
  });

  it("a screen's key is the office's: it outlives what becomes of its giver, a program's token does not", async () => {
    const { tokens, accounts } = house.people;
    const [giver, next] = [
      await house.settle("admin", ["administrator"]),
      await house.settle("next", ["administrator"]),
    ];
    const expiresAt = house.time.wall + hour;
    const give = async (...scopes: readonly Scope[]) => tokens.add(giver.id, { name: "t", scopes, expiresAt });
    const screen = await give("show:B1");
    const found = async (secret: string) => (await tokens.find(secret))?.token.scopes ?? null;
    for (const end of [() => accounts.reset(next.id, giver.id), () => accounts.disable(next.id, giver.id)]) {
      // What opens anything else beside is no screen's.
      const others = [await give("read"), await give("show:B1", "read"), await give()];
      await end();
      expect(await found(screen.secret)).toEqual(["show:B1"]);
      for (const other of others) expect(await found(other.secret)).toBeNull();
    }
    expect(await tokens.find(screen.secret)).toMatchObject({ account: null });
    expect((await tokens.screens()).map(({ id }) => id)).toEqual([screen.token.id]);
    house.time.wall = expiresAt;
    expect([await found(screen.secret), await tokens.screens()]).toEqual([null, []]);
  });

  it("a key for texts is of one place without accounts: for boards that it has, for nothing beside, and over when it is revoked", async () => {
    const alone = await openHouse("alone");
    const { tokens } = alone.people;
    const wish = (...scopes: readonly Scope[]) => ({ name: "t", scopes, expiresAt: alone.time.wall + hour });
    expect(await codeOf(tokens.add(null, wish("text:B77")))).toBe("board/unknown");
    expect(await codeOf(tokens.add(null, wish("text:B1", "read")))).toBe("board/text-signed");
    const { token, secret } = await tokens.add(null, wish("text:B1"));
    expect(await tokens.find(secret)).toMatchObject({ account: null, token: { scopes: ["text:B1"] } });
    expect(JSON.stringify([await tokens.texts(), await alone.rows()])).not.toContain(secret.slice(4));
    expect((await tokens.texts()).map(({ id }) => id)).toEqual([token.id]);
    // Where there are accounts it is a key to nothing, and none is given.
    const maker = await house.settle("maker", ["maker"]);
    expect(await codeOf(house.people.tokens.add(maker.id, wish("text:B1")))).toBe("board/text-signed");
    expect(await house.people.tokens.texts()).toEqual([]);
    await tokens.revoke(null, token.id);
    expect([await tokens.find(secret), await tokens.texts()]).toEqual([null, []]);
    const short = await tokens.add(null, wish("text:B2"));
    alone.time.wall += hour;
    expect([await tokens.find(short.secret), await tokens.texts()]).toEqual([null, []]);
    await alone.close();
  });

  it("any administrator takes a screen's key back, and no program's; the register says who did", async () => {
    const { tokens } = house.people;
    const [giver, next] = [
      await house.settle("admin", ["administrator"]),
      await house.settle("next", ["administrator"]),
    ];
    const expiresAt = house.time.wall + hour;
    const screen = await tokens.add(giver.id, { name: "LCD", scopes: ["show:B1"], expiresAt });
    const program = await tokens.add(giver.id, { name: "t", scopes: ["read"], expiresAt });
    expect(await codeOf(tokens.revoke(next.id, screen.token.id))).toBe("people/unknown");
    expect(await codeOf(tokens.revoke(next.id, program.token.id, true))).toBe("people/unknown");
    expect(await codeOf(tokens.revoke(next.id, screen.token.id, true))).toBe("done");
    expect(await tokens.find(screen.secret)).toBeNull();
    expect(await tokens.find(program.secret)).not.toBeNull();
    const told = (await house.rows()).at(-1);
    expect(told).toMatchObject({ action: "token/revoked", by: next.id, subject: giver.id });
  });

  it("keys of screens that are over are cleared away by whoever gives the next one", async () => {
    const { tokens } = house.people;
    const [giver, next] = [
      await house.settle("admin", ["administrator"]),
      await house.settle("next", ["administrator"]),
    ];
    const wish = { name: "LCD", scopes: ["show:B1"] as const };
    await tokens.add(giver.id, { ...wish, expiresAt: house.time.wall + hour });
    house.time.wall += hour;
    await tokens.add(next.id, { ...wish, expiresAt: house.time.wall + hour });
    expect(await tokens.of(giver.id)).toEqual([]);
  });

  it("no more than so many; others' are not to be revoked", async () => {
    const { tokens } = house.people;
    const { id } = await house.settle("maker", ["maker"]);
    const other = await house.settle("signer", ["signer"]);
    const wanted = { name: "t", scopes: ["read"] as const, expiresAt: house.time.wall + hour };
    for (let n = 0; n < limits.tokensPerAccount; n++) await tokens.add(id, wanted);
    expect(await codeOf(tokens.add(id, wanted))).toBe("people/full");
    const [first] = await tokens.of(id);
    expect(await codeOf(tokens.revoke(other.id, first?.id ?? ""))).toBe("people/unknown");
    expect(await codeOf(tokens.revoke(id, first?.id ?? ""))).toBe("done");
    expect(await codeOf(tokens.add(id, wanted))).toBe("done");
  });
});

it("where one person works without accounts a screen has its key, and nothing else has one", async () => {
  const lone = await openHouse("alone");
  const { people, time } = lone;
  const wish = { name: "LCD B4", expiresAt: time.wall + hour };
  const { secret, token } = await people.tokens.add(null, { ...wish, scopes: ["show:B4"] });
  expect(await people.tokens.find(secret)).toMatchObject({ account: null, token: { id: token.id } });
  expect((await people.tokens.screens()).map(({ id }) => id)).toEqual([token.id]);
  await expect(people.tokens.add(null, { ...wish, scopes: ["read"] })).rejects.toMatchObject({
    fault: { code: "people/unknown" },
  });
  await lone.close();
  await expect(house.people.tokens.add(null, { ...wish, scopes: ["show:B4"] })).rejects.toMatchObject({
    fault: { code: "people/unknown" },
  });
});
