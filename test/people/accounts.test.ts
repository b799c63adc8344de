import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callerFor } from "../../src/people/index.ts";
import type { Role } from "../../src/people/index.ts";
import { limits } from "../../src/limits.ts";
import { codeOf, good, type House, hour, openHouse, secretOf, visit } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const wish = (roles: readonly Role[], given: { unit?: string; boards?: readonly string[] } = {}) => ({
  name: "某人(虚构)",
  unit: "",
  boards: null,
  roles,
  ...given,
});

describe("the first account", () => {
  it("is set up by a link that each start makes anew, that works once, for a day, and never again", async () => {
    const { passwords } = house.people;
    const first = await passwords.setUpLink();
    const second = await passwords.setUpLink();
    expect(second?.path).toMatch(/^#\/setup\/[\w-]{43}$/);
    const setUp = (path = "", password = good) =>
      passwords.setUp(secretOf(path), "admin", "管理员", password, "127.0.0.1");
    expect(await codeOf(setUp(first?.path))).toBe("people/link");
    expect(await codeOf(setUp(second?.path, "1234567890"))).toBe("people/password");
    house.time.wall += 24 * hour;
    expect(await codeOf(setUp(second?.path))).toBe("people/link");
    house.time.wall -= 1;
    expect((await setUp(second?.path)).roles).toEqual(["administrator"]);
    expect(await codeOf(setUp(second?.path))).toBe("people/link");
    expect(await passwords.setUpLink()).toBeNull();
    expect(await house.people.empty()).toBe(false);
    const kept = JSON.stringify([await house.rows(), await house.store.people.accounts()]);
    expect(kept).not.toContain(secretOf(second?.path ?? ""));
    expect(kept).not.toContain(good);
  });

  it("of two who use the link at once, one is set up", async () => {
    const link = await house.people.passwords.setUpLink();
    const both = ["one", "two"].map((login) =>
      codeOf(house.people.passwords.setUp(secretOf(link?.path ?? ""), login, login, good, login)),
    );
    expect((await Promise.all(both)).sort()).toEqual(["done", "people/link"]);
  });

  it("without review there is none, and no other either", async () => {
    const alone = await openHouse("alone");
    expect(await alone.people.passwords.setUpLink()).toBeNull();
    expect(await codeOf(alone.people.accounts.add("local", "li.si", wish(["maker"])))).toBe("people/alone");
    await alone.close();
  });

  it("is not to be had by taking the others' rows away", async () => {
    await house.settle("admin", ["administrator"]);
    for (const table of ["session", "device", "token", "link", "deputy", "account"]) house.edit(`DELETE FROM ${table}`);
    expect(await house.people.empty()).toBe(false);
    expect(await house.people.passwords.setUpLink()).toBeNull();
  });
});

describe("accounts", () => {
  it.each<[readonly Role[], object, string]>([
    [[], {}, "people/roles"],
    [["auditor", "maker"], {}, "people/roles"],
    [["contributor"], {}, "people/roles"],
    [["contributor"], { unit: "民政办" }, "done"],
    [["maker"], { boards: ["B1"] }, "people/roles"],
    [["operator"], { boards: ["B9"] }, "people/roles"],
    [["operator", "maker"], { boards: ["B1", "B1"] }, "done"],
    [["auditor"], {}, "done"],
  ])("with %j %j: %s", async (roles, given, code) => {
    expect(await codeOf(house.people.accounts.add("system", "li.si", wish(roles, given)))).toBe(code);
  });

  it("a login is taken whatever its capitals and widths", async () => {
    await house.settle("li.si", ["maker"]);
    for (const login of ["LI.SI", "\uff4ci.si"])
      expect(await codeOf(house.people.accounts.add("system", login, wish(["maker"])))).toBe("people/login-taken");
  });

  it("the last administrator stays one; a second may go", async () => {
    const { accounts } = house.people;
    const admin = await house.settle("admin", ["administrator"]);
    const off = () => codeOf(accounts.disable("system", admin.id));
    expect(await off()).toBe("people/last-administrator");
    expect(await codeOf(accounts.change("system", admin.id, wish(["maker"])))).toBe("people/last-administrator");
    const gone = await house.settle("gone", ["administrator"]);
    await accounts.disable("system", gone.id);
    expect(await off()).toBe("people/last-administrator");
    await house.settle("other", ["administrator"]);
    expect(await off()).toBe("done");
  });

  it("who leaves keeps the row and the name; what let them in is gone, and stays gone when they come back", async () => {
    const { accounts, sessions, tokens, deputies } = house.people;
    const maker = await house.settle("maker", ["maker", "signer"]);
    const signer = await house.settle("signer", ["signer"]);
    const { secret, device } = await sessions.signIn("maker", good, visit());
    const token = await tokens.add(maker.id, { name: "t", scopes: ["read"], expiresAt: house.time.wall + hour });
    const span = { role: "signer" as const, from: house.time.board, until: house.time.board + hour };
    await deputies.add("system", { of: maker.id, deputy: signer.id, ...span });
    await deputies.add("system", { of: signer.id, deputy: maker.id, ...span });
    await accounts.disable("admin", maker.id);
    expect(await sessions.find(secret, false)).toBeNull();
    expect(await tokens.find(token.secret)).toBeNull();
    expect(await deputies.list()).toEqual([]);
    expect(await codeOf(sessions.signIn("maker", good, visit({ device })))).toBe("people/sign-in");
    expect(await accounts.get(maker.id)).toMatchObject({ name: maker.name, active: false, roles: ["maker", "signer"] });
    const { link } = await accounts.enable("admin", maker.id);
    expect(await codeOf(sessions.signIn("maker", good, visit({ address: "192.0.2.8" })))).toBe("people/sign-in");
    await house.people.passwords.byLink(secretOf(link.path), "a new plum tree", "192.0.2.8");
    expect(await codeOf(sessions.signIn("maker", "a new plum tree", visit({ address: "192.0.2.9" })))).toBe("done");
    const told = (await house.rows())
      .filter(({ subject }) => subject === maker.id)
      .map(({ action, by }) => [action, by]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["account/disabled", "admin"],
        ["account/enabled", "admin"],
        ["password-link/issued", "admin"],
        ["account/password", maker.id],
      ]),
    );
  });

  it("a password link is its owner's, works once and for a day; a newer one makes it void", async () => {
    const { accounts, passwords } = house.people;
    const { account, link } = await accounts.add("system", "li.si", wish(["maker"]));
    const set = (path: string, password = good) => codeOf(passwords.byLink(secretOf(path), password, "192.0.2.1"));
    expect(link.path).toMatch(/^#\/password\/[\w-]{43}$/);
    expect(await set(link.path, "li.si li.si")).toBe("people/password");
    expect((await passwords.linkFor(secretOf(link.path)))?.login).toBe("li.si");
    const newer = await accounts.reset("system", account.id);
    expect(await set(link.path)).toBe("people/link");
    expect(await set(newer.path)).toBe("done");
    expect(await set(newer.path)).toBe("people/link");
    const last = await accounts.reset("system", account.id);
    house.time.wall += limits.linkMs;
    expect(await set(last.path)).toBe("people/link");
    // A password's link sets no administrator up.
    const other = await accounts.reset("system", account.id);
    expect(await codeOf(passwords.setUp(secretOf(other.path), "admin", "x", good, "a"))).toBe("people/link");
  });

  it("the own password: the old one is asked, a few times; the new one keeps the rules", async () => {
    const { passwords } = house.people;
    const { id } = await house.settle("maker", ["maker"]);
    const change = (current: string, wanted: string) => codeOf(passwords.change(id, current, wanted, visit()));
    expect(await change(good, "short")).toBe("people/password");
    for (let n = 0; n < 5; n++) expect(await change("wrong", "another plum tree")).toBe("people/sign-in");
    expect(await change(good, "another plum tree")).toBe("people/wait");
    house.time.wall += hour;
    expect(await change(good, "another plum tree")).toBe("done");
    expect(await passwords.confirm(id, "another plum tree", "")).toBe(true);
    expect(await passwords.confirm(id, good, "")).toBe(false);
  });
});

describe("deputies", () => {
  const caller = async (login: string) => {
    const account = await house.store.people.accountByLogin(login);
    if (account === null) throw new Error(login);
    return callerFor(house.store.people, account, "session", house.time.board);
  };

  it("have the role from a date to a date, by the board clock, as long as it is there to be lent", async () => {
    const signer = await house.settle("signer", ["signer"]);
    const maker = await house.settle("maker", ["maker"]);
    const at = house.time.board;
    const made = await house.people.deputies.add(signer.id, {
      of: signer.id,
      deputy: maker.id,
      role: "signer",
      from: at + hour,
      until: at + 2 * hour,
    });
    const seen = async (board: number) => {
      house.time.board = board;
      const { roles, deputyOf } = await caller("maker");
      return [roles.has("signer"), deputyOf.map(({ of }) => of)];
    };
    expect(await seen(at + hour - 1)).toEqual([false, []]);
    expect(await seen(at + hour)).toEqual([true, [signer.id]]);
    expect(await seen(at + 2 * hour - 1)).toEqual([true, [signer.id]]);
    expect(await seen(at + 2 * hour)).toEqual([false, []]);
    await house.people.accounts.change("system", signer.id, { ...wish(["reviewer"]) });
    expect(await seen(at + hour)).toEqual([false, []]);
    await house.people.accounts.change("system", signer.id, { ...wish(["signer"]) });
    await house.people.deputies.end("system", made.id, null);
    expect(await seen(at + hour)).toEqual([false, []]);
  });

  it("an operator's deputy has that operator's boards", async () => {
    const operator = await house.settle("operator", ["operator"], { boards: ["B2"] });
    const maker = await house.settle("maker", ["maker"]);
    const span = { role: "operator" as const, from: house.time.board, until: house.time.board + hour };
    expect((await caller("operator")).boards).toEqual(["B2"]);
    await house.people.deputies.add("system", { of: operator.id, deputy: maker.id, ...span });
    expect((await caller("maker")).boards).toEqual(["B2"]);
  });

  it("are refused where they make no sense, and ended only by whom they concern", async () => {
    const signer = await house.settle("signer", ["signer"]);
    const maker = await house.settle("maker", ["maker"]);
    const auditor = await house.settle("auditor", ["auditor"]);
    const base = { of: signer.id, deputy: maker.id, role: "signer" as const, from: house.time.board };
    const until = base.from + hour;
    const add = (given: object) => codeOf(house.people.deputies.add("system", { ...base, until, ...given }));
    expect(await add({ deputy: signer.id })).toBe("people/deputy");
    expect(await add({ deputy: auditor.id })).toBe("people/deputy");
    expect(await add({ of: auditor.id, role: "auditor" })).toBe("people/deputy");
    expect(await add({ role: "maker" })).toBe("people/deputy");
    expect(await add({ until: base.from })).toBe("people/deputy");
    expect(await add({ until: base.from + 400 * 24 * hour })).toBe("people/deputy");
    expect(await add({ deputy: "nobody" })).toBe("people/unknown");
    expect(await add({})).toBe("done");
    // What is lent is not lent on.
    expect(await add({ of: maker.id, deputy: signer.id })).toBe("people/deputy");
    const [made] = await house.people.deputies.list();
    expect(await codeOf(house.people.deputies.end(maker.id, made?.id ?? "", maker.id))).toBe("people/unknown");
    expect(await codeOf(house.people.deputies.end(signer.id, made?.id ?? "", signer.id))).toBe("done");
  });
});
