/** R52: one step that shuts the account, ends its sessions, gives the work on and forgets nothing. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHandovers } from "../../src/daemon/handover.ts";
import type { Draft } from "../../src/notices/review/types.ts";
import { type Account, callerFor } from "../../src/people/index.ts";
import { boards, site } from "../store/small-office.ts";
import { codeOf, good, hour, type House, openHouse, visit } from "./house.ts";

let house: House;
let admin: Account;
let leaver: Account;
let successor: Account;
beforeEach(async () => {
  house = await openHouse();
  admin = await house.settle("admin", ["administrator"]);
  leaver = await house.settle("zhang.san", ["maker", "operator"]);
  successor = await house.settle("li.si", ["maker"]);
});
afterEach(() => house.close());

const handovers = () =>
  createHandovers({ site, store: house.store, people: house.people, clock: { now: () => house.time.board } });
const doer = async () => {
  const account = await house.store.people.account(admin.id);
  if (account === null) throw new Error("no administrator");
  return callerFor(house.store.people, account, "session", house.time.board);
};

const draftOf = (notice: string, owner: Account): Draft => ({
  notice,
  version: 1,
  state: "open",
  held: null,
  owner: { account: owner.id, name: owner.name },
  unit: "",
  hands: [{ account: owner.id, name: owner.name }],
  edits: null,
  document: {
    content: { title: `题目 ${notice}` },
    schedule: {},
    envelope: null,
    source: null,
    changedOn: null,
    ofSubstance: null,
    carrier: "",
    explanations: {},
    answers: {},
  },
  since: 1,
  changedAt: 1,
});

describe("handing over", () => {
  it("shuts the account, ends its sessions and gives its drafts on; others' stay", async () => {
    const { people, store } = house;
    for (const [notice, owner] of [
      ["A", leaver],
      ["B", successor],
      ["C", leaver],
    ] as const)
      await store.drafts.add(draftOf(notice, owner));
    await people.sessions.signIn("zhang.san", good, visit());
    expect(await store.people.sessionsOf(leaver.id)).toHaveLength(1);

    const done = await handovers().handOver(await doer(), leaver.id, successor.id);
    expect(done.leaver).toMatchObject({ login: "zhang.san", active: false });
    expect(done.drafts.map(({ notice }) => notice)).toEqual(["A", "C"]);
    expect(await store.people.sessionsOf(leaver.id)).toEqual([]);
    expect(await codeOf(people.sessions.signIn("zhang.san", good, visit()))).toBe("people/sign-in");
    const drafts = await store.drafts.list();
    expect(drafts.map(({ notice, owner, version }) => [notice, owner.account, version])).toEqual([
      ["A", successor.id, 2],
      ["B", successor.id, 1],
      ["C", successor.id, 2],
    ]);
    // Who wrote on it still reviews or signs none of it.
    expect(drafts[0]?.hands).toEqual([{ account: leaver.id, name: leaver.name }]);
  });

  it("asks everybody who stays for a new password, and is on record", async () => {
    await handovers().handOver(await doer(), leaver.id, successor.id);
    const accounts = await house.store.people.accounts();
    expect(accounts.map(({ login, mustChange }) => [login, mustChange])).toEqual([
      ["admin", true],
      ["li.si", true],
      ["zhang.san", false],
    ]);
    const rows = await house.rows();
    expect(rows.at(-1)).toMatchObject({ by: admin.id, action: "handover/made", subject: leaver.id });
    expect(rows.filter(({ action }) => action === "account/disabled").map(({ subject }) => subject)).toEqual([
      leaver.id,
    ]);
  });

  it("done again goes on where it was: what was left behind is given on", async () => {
    const { people, store } = house;
    await store.drafts.add(draftOf("A", leaver));
    // Stopped after the account was shut.
    await people.accounts.disable(admin.id, leaver.id);
    const done = await handovers().handOver(await doer(), leaver.id, successor.id);
    expect(done.drafts.map(({ notice }) => notice)).toEqual(["A"]);
    const again = await handovers().handOver(await doer(), leaver.id, successor.id);
    expect(again.drafts).toEqual([]);
  });

  it("is refused to oneself, to somebody who left, and of the last administrator", async () => {
    const to = async (from: Account, other: Account) => codeOf(handovers().handOver(await doer(), from.id, other.id));
    expect(await to(leaver, leaver)).toBe("people/unknown");
    expect(await to(admin, successor)).toBe("people/last-administrator");
    await house.people.accounts.disable(admin.id, successor.id);
    expect(await to(leaver, successor)).toBe("people/unknown");
    expect((await house.people.accounts.get(leaver.id)).active).toBe(true);
  });

  it("screens play on, their keys are listed with board, giver and end; other tokens of the leaver are over", async () => {
    const { tokens } = house.people;
    const other = await house.settle("other", ["administrator"]);
    const expiresAt = house.time.wall + 24 * hour;
    const add = (scope: "show:B1" | "show:B2" | "read") =>
      tokens.add(other.id, { name: "t", scopes: [scope], expiresAt });
    const [screen, program] = [await add("show:B1"), await add("read")];
    const before = (await handovers().look(other.id)).secrets.filter(({ zh }) => zh.includes("密钥"));
    const done = await handovers().handOver(await doer(), other.id, successor.id);
    // Everybody's password is to be changed by now.
    expect((await tokens.find(screen.secret))?.token.id).toBe(screen.token.id);
    expect(await tokens.find(program.secret)).toBeNull();
    const listed = done.secrets.filter(({ zh }) => zh.includes("密钥"));
    expect(listed).toEqual(before);
    expect(listed).toHaveLength(1);
    expect(listed[0]?.zh).toMatch(/^B1 .*other.*2026-11-21/);
    expect(listed[0]?.en).toMatch(/^B1 .*other.*2026-11-21/);
    expect(await handovers().sheet(other.id)).toContain("液晶屏播放页面的密钥");
    await tokens.revoke(successor.id, screen.token.id, true);
    expect((await handovers().look(other.id)).secrets.filter(({ zh }) => zh.includes("密钥"))).toEqual([]);
  });

  it("the key that a colleague gave plays on too, though the colleague has a new password to set first", async () => {
    const { tokens } = house.people;
    const expiresAt = house.time.wall + 24 * hour;
    const screen = await tokens.add(admin.id, { name: "LCD", scopes: ["show:B1"], expiresAt });
    const program = await tokens.add(admin.id, { name: "t", scopes: ["read"], expiresAt });
    await handovers().handOver(await doer(), leaver.id, successor.id);
    expect((await tokens.find(screen.secret))?.token.id).toBe(screen.token.id);
    expect(await tokens.find(program.secret)).toBeNull();
  });

  it("the sheet names every board, every password and every open draft, and nothing of it is markup", async () => {
    await house.store.drafts.add({
      ...draftOf("A", leaver),
      document: { ...draftOf("A", leaver).document, content: { title: "<b>停水</b>" } },
    });
    const sheet = await handovers().sheet(leaver.id);
    for (const { id } of boards) expect(sheet).toContain(`<td>${id}</td>`);
    expect(sheet).toContain("&lt;b&gt;停水&lt;/b&gt;");
    expect(sheet).not.toContain("<b>");
    expect(sheet).toContain("备份口令");
    expect(sheet).not.toMatch(/<script|style=/);
  });
});
