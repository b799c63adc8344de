import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { codeOf, good, type House, hour, openHouse, secretOf, visit } from "./house.ts";

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const maker = { name: "某人(虚构)", unit: "", boards: null, roles: ["maker"] as const };

describe("whoever edits the database alone", () => {
  it.each([
    ["a role", "UPDATE account SET roles = '[\"signer\"]' WHERE id = ?"],
    ["a name", "UPDATE account SET name = '丙' WHERE id = ?"],
    ["a login", "UPDATE account SET login = 'boss', login_key = 'boss' WHERE id = ?"],
    ["boards", "UPDATE account SET boards = '[\"B1\"]' WHERE id = ?"],
    ["a flag", "UPDATE account SET must_change = 1 WHERE id = ?"],
    ["nonsense", "UPDATE account SET roles = 'x' WHERE id = ?"],
  ])("%s: the account is shut until an administrator says what it is", async (_, statement) => {
    const account = await house.settle("maker", ["maker"]);
    const { secret } = await house.people.sessions.signIn("maker", good, visit());
    house.edit(statement, account.id);
    expect(await codeOf(house.people.sessions.find(secret, false))).toBe("people/altered");
    for (const login of ["maker", "boss"])
      expect(await codeOf(house.people.sessions.signIn(login, good, visit()))).toBe("people/sign-in");
    expect(await house.people.accounts.get(account.id)).toMatchObject({ active: false, roles: [] });
    await house.people.accounts.change("admin", account.id, maker);
    const { link } = await house.people.accounts.enable("admin", account.id);
    expect((await house.people.passwords.byLink(secretOf(link.path), good, "")).roles).toEqual(["maker"]);
  });

  it("a password, a revived account, a session, a token, a link, a deputy: none lets anybody in", async () => {
    const account = await house.settle("maker", ["maker"]);
    const signer = await house.settle("signer", ["signer"]);
    const gone = await house.settle("gone", ["signer"]);
    await house.people.accounts.disable("system", gone.id);
    const mine = await house.people.sessions.signIn("maker", good, visit());
    // Somebody else's password in the place of the signer's; a leaver brought back with it.
    house.edit(
      "UPDATE account SET password = (SELECT password FROM account WHERE id = ?) WHERE id = ?",
      account.id,
      signer.id,
    );
    house.edit(
      "UPDATE account SET active = 1, password = (SELECT password FROM account WHERE id = ?) WHERE id = ?",
      account.id,
      gone.id,
    );
    for (const login of ["signer", "gone"])
      expect(await codeOf(house.people.sessions.signIn(login, good, visit({ address: login })))).toBe("people/sign-in");
    // Hashes made without the key.
    const secret = "s".repeat(43);
    for (const made of [secret, `bct_${secret}`]) {
      const hash = createHash("sha256").update(made).digest();
      const now = String(house.time.wall);
      const insert = (statement: string) => house.edit(statement, hash as unknown as string);
      insert(`INSERT INTO session VALUES ('main', ?, '${made}', '${account.id}', ${now}, ${now}, '', '')`);
      insert(`INSERT INTO token VALUES ('main', ?, '${made}', '${account.id}', 't', '["read"]', ${now}, ${now}9)`);
      insert(`INSERT INTO link VALUES ('main', ?, '${account.id}', ${now}9)`);
    }
    expect(await house.people.sessions.find(secret, false)).toBeNull();
    expect(await house.people.tokens.find(`bct_${secret}`)).toBeNull();
    expect(await codeOf(house.people.passwords.byLink(secret, good, ""))).toBe("people/link");
    const until = house.time.board + hour;
    house.edit(`INSERT INTO deputy VALUES ('main', 'd', '${signer.id}', '${account.id}', 'signer', 0, ${until})`);
    expect(await house.people.deputies.list()).toEqual([]);
    expect((await house.people.callerOf(mine.account)).roles).toEqual(new Set(["maker"]));
  });
});
