/** Doors, accounts, deputies, tokens, handover: each as people ask for it. */
import type { Role } from "../../src/people/types.ts";
import { passwordOf } from "./cast.ts";
import { type Dice, type Move, spoilt } from "./dice.ts";
import type { Play, Who } from "./play.ts";

const maybe = (body: unknown, dice: Dice) => (dice.once(8) ? spoilt(body, dice) : { body });
const somebodyOf = (play: Play, dice: Dice) => dice.one(play.model.people.values());
const administrators: readonly Role[] = ["administrator"];
const iso = (instant: number) => new Date(instant).toISOString();
const secret = (dice: Dice) => dice.of("0", "a", "_").repeat(43);
const hex = (dice: Dice) => dice.of("0", "f").repeat(32);
const hour = 3_600_000;

// biome-ignore lint/suspicious/noExplicitAny: an answer as it travels.
function keepLink(play: Play, account: string, answer: any): void {
  const path: unknown = (answer?.link ?? answer)?.path;
  if (typeof path === "string") play.links.push({ account, secret: path.split("/").at(-1) ?? "" });
}

/** Now and then only later; mostly after a look at whose password it sets. */
async function useLink(play: Play, dice: Dice, who: Who): Promise<void> {
  if (dice.once(5)) return;
  const link = play.links.pop();
  if (!link) return;
  if (dice.once(2)) await play.ask(who, "POST /api/v1/password-link", { body: { link: link.secret } });
  const password = `${passwordOf(play.nameOf(link.account))} ${play.steps}`;
  const done = await play.ask(who, "PUT /api/v1/password-link", { body: { link: link.secret, password } });
  if (done === null) return;
  play.passwords.set(link.account, password);
  play.cookies.delete(link.account);
}

const visitor: Who = { via: "visitor" };
const onSomebody =
  (name: string, body: unknown, after: "link" | "nothing"): Move["make"] =>
  async (play, dice, who) => {
    const id = somebodyOf(play, dice)?.id ?? "x";
    const answer = await play.ask(who, name, { params: { id }, body });
    if (answer === null || after === "nothing") return;
    keepLink(play, id, answer);
    await useLink(play, dice, visitor);
  };

export const peopleMoves: Readonly<Record<string, Move>> = {
  "POST /api/v1/session": {
    ...{ by: ["maker"], weight: 1 },
    async make(play, dice) {
      const one = somebodyOf(play, dice)?.id ?? "";
      const right = play.passwords.get(one) ?? "";
      const body = { login: play.nameOf(one), password: dice.of(right, "wrong password of theirs", "") };
      await play.ask(visitor, "POST /api/v1/session", maybe(body, dice));
    },
  },
  "DELETE /api/v1/session": {
    ...{ by: ["maker", "signer"], weight: 1 },
    async make(play, _, who) {
      await play.ask(who, "DELETE /api/v1/session", {});
    },
  },
  "POST /api/v1/session/practice": {
    ...{ by: ["maker"], weight: 1 },
    async make(play, dice, who) {
      const account = somebodyOf(play, dice)?.id ?? "P01";
      // Here nobody comes in by a click: if they did, they would be somebody without having said a password.
      if ((await play.ask(who, "POST /api/v1/session/practice", { body: { account } })) !== null)
        play.model.complain("practice people came into a real office");
    },
  },
  "DELETE /api/v1/sessions/{id}": {
    ...{ by: ["maker", "signer"], weight: 1 },
    async make(play, dice, who) {
      const own: { id: string }[] = (await play.ask(who, "GET /api/v1/sessions")) ?? [];
      const id = dice.one(own)?.id ?? hex(dice);
      await play.ask(who, "DELETE /api/v1/sessions/{id}", { params: { id } });
    },
  },
  "POST /api/v1/set-up": {
    ...{ by: ["administrator"], weight: 1 },
    async make(play, dice, who) {
      const body = { link: secret(dice), login: "root", name: "新人", password: "a tree that nobody planted" };
      if ((await play.ask(who, "POST /api/v1/set-up", maybe(body, dice))) !== null)
        play.model.complain("an office was set up a second time");
    },
  },
  "PUT /api/v1/password": {
    ...{ by: ["maker", "signer"], weight: 1 },
    async make(play, dice, who) {
      const account = "account" in who ? who.account : "";
      const current = dice.of(play.passwords.get(account), "wrong password of theirs");
      const password = `${passwordOf(play.nameOf(account))} ${play.steps}`;
      const done = await play.ask(who, "PUT /api/v1/password", maybe({ current, password }, dice));
      if (done === null) return;
      play.passwords.set(account, password);
      play.cookies.delete(account);
    },
  },
  "POST /api/v1/password-link": {
    ...{ by: ["administrator"], weight: 1 },
    async make(play, dice) {
      const link = play.links.at(-1)?.secret ?? secret(dice);
      await play.ask(visitor, "POST /api/v1/password-link", maybe({ link }, dice));
      await useLink(play, dice, visitor);
    },
  },
  "PUT /api/v1/password-link": {
    ...{ by: ["administrator"], weight: 1 },
    async make(play, dice, who) {
      const body = { link: secret(dice), password: "a tree that nobody planted" };
      if ((await play.ask(who, "PUT /api/v1/password-link", maybe(body, dice))) !== null)
        play.model.complain("a guessed link set a password");
    },
  },
  "POST /api/v1/people": {
    ...{ by: administrators, weight: 1 },
    async make(play, dice, who) {
      const login = dice.of("neu", "nan", "mai", "x");
      const body = { login, name: `${login}姓名`, roles: dice.of(["maker"], ["signer"], ["auditor", "maker"], []) };
      const made = await play.ask(who, "POST /api/v1/people", maybe(body, dice));
      const id: string | undefined = made?.account?.id;
      if (id === undefined) return;
      play.logins.set(id, made.account.login);
      keepLink(play, id, made);
      await useLink(play, dice, visitor);
    },
  },
  "PUT /api/v1/people/{id}": {
    ...{ by: administrators, weight: 2 },
    async make(play, dice, who) {
      const one = somebodyOf(play, dice);
      const given = dice.of<readonly Role[]>(
        ["maker"],
        ["signer"],
        ["maker", "signer"],
        ["reviewer"],
        ["operator"],
        [],
      );
      const wish = {
        name: "改名",
        unit: one?.unit ?? "",
        roles: given,
        boards: given.includes("operator") ? ["B2"] : null,
      };
      const name = "PUT /api/v1/people/{id}";
      await play.ask(who, name, { params: { id: one?.id ?? "x" }, ...maybe(wish, dice) });
    },
  },
  "POST /api/v1/people/{id}/disable": {
    ...{ by: administrators, weight: 1, make: onSomebody("POST /api/v1/people/{id}/disable", undefined, "nothing") },
  },
  "POST /api/v1/people/{id}/enable": {
    ...{ by: administrators, weight: 2 },
    async make(play, dice, who) {
      const shut = [...play.model.people.values()].filter(({ active }) => !active);
      const id = dice.one(shut)?.id ?? somebodyOf(play, dice)?.id ?? "x";
      keepLink(play, id, await play.ask(who, "POST /api/v1/people/{id}/enable", { params: { id } }));
      await useLink(play, dice, visitor);
    },
  },
  "POST /api/v1/people/{id}/reset": {
    ...{ by: administrators, weight: 1, make: onSomebody("POST /api/v1/people/{id}/reset", undefined, "link") },
  },
  "POST /api/v1/people/{id}/handover": {
    ...{ by: administrators, weight: 1 },
    async make(play, dice, who) {
      const [id = "x", to = "y"] = [somebodyOf(play, dice)?.id, somebodyOf(play, dice)?.id];
      await play.ask(who, "POST /api/v1/people/{id}/handover", { params: { id }, ...maybe({ to }, dice) });
    },
  },
  "GET /api/v1/screening/rules": {
    ...{ by: administrators, weight: 1 },
    make: (play, _, who) => play.ask(who, "GET /api/v1/screening/rules"),
  },
  "PUT /api/v1/screening/rules": {
    ...{ by: administrators, weight: 1 },
    make: (play, dice, who) =>
      play.ask(who, "PUT /api/v1/screening/rules", maybe({ consultationDays: dice.of(1, 30, 365) }, dice)),
  },
  "POST /api/v1/screening/try": {
    ...{ by: administrators, weight: 0.3 },
    make: (play, dice, who) =>
      play.ask(who, "POST /api/v1/screening/try", maybe({ consultationDays: dice.of(1, 30, 365) }, dice)),
  },
  "POST /api/v1/deputies": {
    ...{ by: ["signer", "maker", "reviewer"], weight: 4 },
    async make(play, dice, who) {
      const account = "account" in who ? who.account : "x";
      const of = dice.once(3) ? (somebodyOf(play, dice)?.id ?? account) : account;
      const own = [...(play.model.people.get(of)?.roles ?? [])];
      const role = dice.one(own) ?? "signer";
      const from = play.time.board + dice.of(-1, 0, 1) * hour;
      const body = { of, deputy: somebodyOf(play, dice)?.id, role, from: iso(from), until: iso(from + 5 * hour) };
      await play.ask(who, "POST /api/v1/deputies", maybe(body, dice));
    },
  },
  "DELETE /api/v1/deputies/{id}": {
    ...{ by: ["signer", "maker"], weight: 1 },
    async make(play, dice, who) {
      const id = dice.one(play.model.deputies.keys()) ?? hex(dice);
      await play.ask(who, "DELETE /api/v1/deputies/{id}", { params: { id } });
    },
  },
  "POST /api/v1/tokens": {
    ...{ by: ["maker", "signer", "contributor"], weight: 2 },
    async make(play, dice, who) {
      const body = {
        name: "程序",
        scopes: dice.of(["read"], ["draft"], ["cap"], ["alert"], ["read", "draft", "alert", "cap"]),
      };
      const made = await play.ask(who, "POST /api/v1/tokens", maybe(body, dice));
      if (made && "account" in who) play.tokens.push({ via: "token", account: who.account, secret: made.secret });
    },
  },
  // What its key opens, and nothing beside, test/preview looks at; here it is one more secret that people try.
  "POST /api/v1/boards/{id}/show-link": {
    ...{ by: ["administrator"], weight: 1 },
    async make(play, dice, who) {
      const params = { id: dice.of("B1", "B2", "B9") };
      const made = await play.ask(who, "POST /api/v1/boards/{id}/show-link", { params, ...maybe({ days: 30 }, dice) });
      const secret = /#key=(bct_[\w-]+)$/.exec(made?.path ?? "")?.[1];
      if (secret && "account" in who) play.tokens.push({ via: "token", account: who.account, secret });
    },
  },
  "DELETE /api/v1/tokens/{id}": {
    ...{ by: ["maker", "signer"], weight: 1 },
    async make(play, dice, who) {
      const own: { id: string }[] = (await play.ask(who, "GET /api/v1/tokens")) ?? [];
      await play.ask(who, "DELETE /api/v1/tokens/{id}", { params: { id: dice.one(own)?.id ?? hex(dice) } });
    },
  },
};
