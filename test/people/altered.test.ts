import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Scope } from "../../src/people/types.ts";
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

describe("a row that was moved admits nobody", () => {
  const begun = async () => {
    const auditor = await house.settle("auditor", ["auditor"]);
    const operator = await house.settle("operator", ["operator"]);
    const { secret } = await house.people.sessions.signIn("auditor", good, visit());
    await house.people.sessions.signIn("operator", good, visit());
    const add = async (id: string, given: readonly Scope[]) =>
      (await house.people.tokens.add(id, { name: "t", scopes: given, expiresAt: house.time.wall + hour })).secret;
    const [token, screen] = [await add(auditor.id, ["read"]), await add(auditor.id, ["show:B1"])];
    await add(operator.id, ["read"]);
    const admitted = async () => [
      (await house.people.sessions.find(secret, true))?.account.login,
      (await house.people.tokens.find(token))?.account?.login,
      (await house.people.tokens.find(screen))?.token.scopes.join(),
    ];
    expect(await admitted()).toEqual(["auditor", "auditor", "show:B1"]);
    return { auditor, operator, admitted };
  };

  it.each([
    ["a session", "UPDATE session SET account = $to WHERE account = $from", [undefined, "auditor", "show:B1"]],
    [
      "a session that takes another's name",
      `UPDATE session SET account = $to, id = replace(id, substr(id, 1, 1), '0') WHERE account = $from`,
      [undefined, "auditor", "show:B1"],
    ],
    [
      "a session's age",
      "UPDATE session SET opened_at = opened_at + 1 WHERE account = $from",
      [undefined, "auditor", "show:B1"],
    ],
    ["a token", "UPDATE token SET account = $to WHERE account = $from", ["auditor", undefined, undefined]],
    [
      "a token's scopes",
      `UPDATE token SET scopes = '["read","alert"]' WHERE scopes = '["read"]'`,
      ["auditor", undefined, "show:B1"],
    ],
    [
      "a screen's board",
      `UPDATE token SET scopes = '["show:B2"]' WHERE scopes = '["show:B1"]'`,
      ["auditor", "auditor", undefined],
    ],
    [
      "a token's end",
      "UPDATE token SET expires_at = expires_at + 1 WHERE account = $from",
      ["auditor", undefined, undefined],
    ],
  ] as const)("%s", async (_, statement, left) => {
    const { auditor, operator, admitted } = await begun();
    house.edit(statement.replace("$to", `'${operator.id}'`).replace("$from", `'${auditor.id}'`));
    expect(await admitted()).toEqual(left);
  });

  it("a secret written over an operator's, whose row keeps its name", async () => {
    const { auditor, operator, admitted } = await begun();
    for (const table of ["session", "token"]) {
      house.edit(
        `CREATE TABLE mine AS SELECT hash FROM ${table} WHERE account = '${auditor.id}' ORDER BY rowid LIMIT 1`,
      );
      house.edit(`DELETE FROM ${table} WHERE account = '${auditor.id}'`);
      house.edit(`UPDATE ${table} SET hash = (SELECT hash FROM mine) WHERE account = '${operator.id}'`);
      house.edit("DROP TABLE mine");
    }
    expect(await admitted()).toEqual([undefined, undefined, undefined]);
    // Nor is it listed as if it were somebody's.
    expect(await house.people.sessions.of(operator.id)).toEqual([]);
    expect(await house.people.tokens.of(operator.id)).toEqual([]);
  });

  it("a one-time link", async () => {
    const { auditor, operator } = await begun();
    const path = (await house.people.accounts.reset("admin", auditor.id)).path;
    const of = async () => (await house.people.passwords.linkFor(secretOf(path)))?.login;
    expect(await of()).toBe("auditor");
    house.edit("UPDATE link SET expires_at = expires_at + 1");
    expect(await codeOf(of())).toBe("people/link");
    house.edit("UPDATE link SET expires_at = expires_at - 1");
    expect(await of()).toBe("auditor");
    house.edit(`UPDATE link SET account = '${operator.id}'`);
    expect(await codeOf(house.people.passwords.byLink(secretOf(path), "a new plum tree", "192.0.2.8"))).toBe(
      "people/link",
    );
  });
});
