import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { codeOf, good, type House, hour, minute, openHouse, visit } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const signIn = (login: string, given = {}, password = good) =>
  house.people.sessions.signIn(login, password, visit(given));
const holds = async (secret: string, quietly = false) =>
  (await house.people.sessions.find(secret, quietly))?.account.login ?? null;

describe("a session", () => {
  it("has a secret of its own each time, of which the database keeps nothing", async () => {
    await house.settle("maker", ["maker"]);
    const one = await signIn("MAKER");
    const other = await signIn("maker");
    expect(one.secret).not.toBe(other.secret);
    expect([await holds(one.secret), await holds(other.secret), await holds("x".repeat(43))]).toEqual([
      "maker",
      "maker",
      null,
    ]);
    const kept = JSON.stringify(await house.store.people.sessionsOf(one.account.id));
    for (const secret of [one.secret, other.secret, one.device]) expect(kept).not.toContain(secret);
  });

  it("ends half an hour after the last request, and after twelve hours whatever is asked", async () => {
    await house.settle("maker", ["maker"]);
    const { secret } = await signIn("maker");
    house.time.wall += limits.sessionIdleMs - 1;
    expect(await holds(secret, true)).toBe("maker");
    house.time.wall += 1;
    expect(await holds(secret)).toBeNull();

    const busy = await signIn("maker");
    for (let asked = 0; asked < 47; asked++) {
      house.time.wall += 15 * minute;
      expect(await holds(busy.secret)).toBe("maker");
    }
    house.time.wall += 15 * minute;
    expect(await holds(busy.secret)).toBeNull();
  });

  it("is not kept open by looking alone, nor by a clock set back", async () => {
    await house.settle("maker", ["maker"]);
    const { secret } = await signIn("maker");
    for (let looked = 0; looked < 3; looked++) {
      house.time.wall += 12 * minute;
      await holds(secret, true);
    }
    expect(await holds(secret, true)).toBeNull();
    const later = await signIn("maker");
    house.time.wall -= hour;
    expect(await holds(later.secret)).toBeNull();
  });

  it("of who sat at the same browser before is over; the oldest makes room for the eleventh", async () => {
    await house.settle("maker", ["maker"]);
    const first = await signIn("maker");
    const second = await signIn("maker", { session: first.secret });
    expect([await holds(first.secret), await holds(second.secret)]).toEqual([null, "maker"]);
    const more = [second];
    for (let n = 0; n < limits.sessionsPerAccount; n++) {
      house.time.wall += 1000;
      more.push(await signIn("maker"));
    }
    expect(await Promise.all(more.map(({ secret }) => holds(secret)))).toEqual([
      null,
      ...more.slice(1).map(() => "maker"),
    ]);
  });

  it("signed out, its cookie is worth nothing; nobody signs others out", async () => {
    await house.settle("maker", ["maker"]);
    const other = await house.settle("signer", ["signer"]);
    const { account, session, secret } = await signIn("maker");
    expect(await codeOf(house.people.sessions.end(other.id, session.id))).toBe("people/unknown");
    await house.people.sessions.end(account.id, session.id);
    expect(await holds(secret)).toBeNull();
    expect(house.ends.count).toBeGreaterThan(0);
    expect((await house.rows()).at(-1)).toMatchObject({ action: "session/ended", by: account.id });
  });
});

describe("signing in", () => {
  it("says the same of an unknown login, a wrong password, a disabled account, and one without a password", async () => {
    const gone = await house.settle("gone", ["maker"]);
    await house.settle("maker", ["maker"]);
    await house.people.accounts.disable("system", gone.id);
    const wish = { name: "new", unit: "", roles: ["maker"] as const, boards: null };
    await house.people.accounts.add("system", "fresh", wish);
    const said = [];
    for (const [login, password] of [
      ["nobody", good],
      ["maker", "wrong"],
      ["gone", good],
      ["fresh", good],
      ["fresh", ""],
      ["", good],
    ] as const)
      said.push(await codeOf(signIn(login, {}, password)));
    expect(new Set(said)).toEqual(new Set(["people/sign-in"]));
  });

  it("guessing from one address holds up neither another address nor a known browser", async () => {
    await house.settle("maker", ["maker"]);
    const known = await signIn("maker", { address: "192.0.2.1" });
    const guess = () => codeOf(signIn("maker", { address: "203.0.113.5" }, "wrong"));
    for (let n = 0; n < 5; n++) expect(await guess()).toBe("people/sign-in");
    expect(await guess()).toBe("people/wait");
    // The right password from there waits as well: else the wait would tell it.
    expect(await codeOf(signIn("maker", { address: "203.0.113.5" }))).toBe("people/wait");
    expect(await codeOf(signIn("maker", { address: "192.0.2.9" }))).toBe("done");
    expect(await codeOf(signIn("maker", { address: "203.0.113.5", device: known.device }))).toBe("done");
    expect((await house.rows()).filter(({ action }) => action === "session/refused")).toMatchObject([
      { by: "system", data: { address: "203.0.113.5", failures: 5 } },
    ]);
    house.time.wall += minute;
    expect(await codeOf(signIn("maker", { address: "203.0.113.5" }))).toBe("done");
  });

  it("a browser known to one account is not known to another; a stolen one waits on its own", async () => {
    await house.settle("maker", ["maker"]);
    await house.settle("signer", ["signer"]);
    const { device } = await signIn("maker", { address: "192.0.2.1" });
    const at = { address: "203.0.113.5", device };
    for (let n = 0; n < 5; n++) await codeOf(signIn("signer", at, "wrong"));
    expect(await codeOf(signIn("signer", at))).toBe("people/wait");
    for (let n = 0; n < 5; n++) expect(await codeOf(signIn("maker", at, "wrong"))).toBe("people/sign-in");
    expect(await codeOf(signIn("maker", at))).toBe("people/wait");
    expect(await codeOf(signIn("maker", { address: "192.0.2.1" }))).toBe("done");
  });

  it("one address that tries many logins waits whatever the login", async () => {
    await house.settle("maker", ["maker"]);
    const at = { address: "2001:db8::1" };
    for (let n = 0; n < 20; n++) expect(await codeOf(signIn(`nobody${n}`, at))).toBe("people/sign-in");
    expect(await codeOf(signIn("maker", { address: "2001:db8::beef" }))).toBe("people/wait");
    expect(await codeOf(signIn("maker", { address: "2001:db8:0:1::1" }))).toBe("done");
  });

  it("many tries at once are as many failures", async () => {
    await house.settle("maker", ["maker"]);
    const tries = await Promise.all(Array.from({ length: 12 }, () => codeOf(signIn("maker", {}, "wrong"))));
    expect(tries.filter((code) => code === "people/sign-in").length).toBeLessThanOrEqual(5);
  });

  it("what was typed is told nowhere", async () => {
    for (let n = 0; n < 6; n++) await codeOf(signIn("my secret password", {}, "my other password"));
    expect(JSON.stringify(await house.rows())).not.toMatch(/secret|other/);
  });
});

describe("what ends sessions", () => {
  it.each<[string, (id: string) => Promise<unknown>, boolean]>([
    ["other roles", (id) => house.people.accounts.change("system", id, wish({ roles: ["signer"] })), true],
    ["other boards", (id) => house.people.accounts.change("system", id, wish({ boards: ["B1"] })), true],
    ["disabling", (id) => house.people.accounts.disable("system", id), true],
    ["a reset", (id) => house.people.accounts.reset("system", id), true],
    ["a changed password", (id) => house.people.passwords.change(id, good, "another plum tree", visit()), true],
    ["another name", (id) => house.people.accounts.change("system", id, wish({ name: "其他" })), false],
  ])("%s", async (_, act, ends) => {
    const account = await house.settle("operator", ["operator"]);
    const { secret } = await signIn("operator");
    const bystander = await house.settle("maker", ["maker"]);
    const stays = await signIn("maker");
    const before = house.ends.count;
    await act(account.id);
    expect(await holds(secret)).toBe(ends ? null : "operator");
    expect(await holds(stays.secret)).toBe(bystander.login);
    expect(house.ends.count).toBeGreaterThan(before);
  });

  function wish(given: object) {
    return { name: "operator(虚构)", unit: "", roles: ["operator"] as const, boards: null, ...given };
  }
});

describe("practice", () => {
  it("its people have no password; elsewhere nobody comes in so", async () => {
    const practice = await openHouse("practice");
    const { addPracticePeople, practicePeople } = await import("../../src/people/index.ts");
    const people = practicePeople({ people: [{ id: "P01", name: "甲", roles: ["maker"] }] });
    const { people: store } = practice.store;
    await addPracticePeople({ store, change: practice.store.change }, people);
    await addPracticePeople({ store, change: practice.store.change }, people);
    expect((await store.accounts()).map(({ id }) => id)).toEqual(["P01", "P06", "P07"]);
    const { secret } = await practice.people.sessions.signInPractice("P01", visit());
    expect((await practice.people.sessions.find(secret, false))?.account.id).toBe("P01");
    expect(await practice.people.passwords.confirm("P01", "", "")).toBe(true);
    expect(await codeOf(practice.people.sessions.signInPractice("P99", visit()))).toBe("people/unknown");
    expect(await codeOf(practice.people.sessions.signIn("P01", "", visit()))).toBe("people/sign-in");
    await practice.close();
    const account = await house.people.accounts.add("system", "fresh", {
      name: "新",
      unit: "",
      roles: ["maker"],
      boards: null,
    });
    const entry = house.people.sessions.signInPractice(account.account.id, visit());
    expect(await codeOf(entry)).toBe("people/practice-only");
    expect(await house.people.passwords.confirm(account.account.id, "", "")).toBe(false);
  });
});
