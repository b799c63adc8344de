import { hash } from "@node-rs/argon2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { badPassword, normalLogin } from "../../src/people/password-rules.ts";
import { createPasswords, standardCost } from "../../src/people/passwords.ts";
import { createKeeper, newSecret, sameSecret } from "../../src/people/secrets.ts";
import { cheap, codeOf } from "./house.ts";

describe("a password", () => {
  it.each([
    ["short", "li.si", "at least 10 characters"],
    ["九个汉字不够长真的", "li.si", "at least 10 characters"],
    ["x".repeat(129), "li.si", "at most 128 characters"],
    ["1234567890", "li.si", "guessed first"],
    ["Password123", "li.si", "guessed first"],
    // Full-width is the same.
    ["\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19", "li.si", "guessed first"],
    ["woaini1314520", "li.si", "guessed first"],
    ["aaaaaaaaaaaaaa", "li.si", "guessed first"],
    ["121212121212", "li.si", "guessed first"],
    ["poiuytrewqpoiuy", "li.si", "guessed first"],
    ["89012345678901", "li.si", "guessed first"],
    ["zhangsanfeng", "ZhangSanFeng", "like the login"],
    ["zhangsanfeng1234", "zhangsanfeng", "like the login"],
    ["plum tree by the east gate", "li.si", null],
    ["十个汉字就已经足够长了", "li.si", null],
    ["zhangsan likes plums", "zhangsan", null],
  ])("%j for %j: %j", (password, login, why) => {
    const said = badPassword(password, login);
    if (why === null) expect(said).toBeNull();
    else expect(said?.en).toContain(why);
  });

  it("logins are compared without capitals and widths", () => {
    expect(normalLogin(" \uff2ci.Si ")).toBe("li.si");
  });
});

describe("argon2id", () => {
  it("with the cost of RFC 9106's second choice, its own salt each time", async () => {
    const passwords = createPasswords();
    const [one, other] = [await passwords.hash("plum tree", "a"), await passwords.hash("plum tree", "a")];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify(one, "plum tree", "a")).toBe(true);
    expect(await passwords.verify(one, "plum trees", "a")).toBe(false);
    expect(await passwords.verify(null, "plum tree", "a")).toBe(false);
    expect(standardCost.memoryKiB).toBe(65_536);
  });

  it("composed and full-width letters are the same password", async () => {
    const passwords = createPasswords(cheap);
    const kept = await passwords.hash("caf\u00e9 \uff11\uff12\uff13", "a");
    expect(await passwords.verify(kept, "cafe\u0301 123", "a")).toBe(true);
  });

  it("a text that costs more than ours, or is none, is nobody's", async () => {
    const passwords = createPasswords(cheap);
    const dear = await hash("plum tree", { memoryCost: 16, timeCost: 1, parallelism: 1 });
    const slow = await hash("plum tree", { memoryCost: 8, timeCost: 2, parallelism: 1 });
    for (const kept of [dear, slow, "", "plum tree", "$argon2id$v=19$m=8,t=1,p=1$x$y"])
      expect(await passwords.verify(kept, "plum tree", "a")).toBe(false);
  });

  it("a flood: two at once, a bounded queue, each address its share, and all turns given back", async () => {
    const passwords = createPasswords({ memoryKiB: 1024, passes: 1 });
    const most = { waiting: 0, working: 0 };
    const look = () => {
      most.waiting = Math.max(most.waiting, passwords.waiting);
      most.working = Math.max(most.working, passwords.working);
    };
    const ask = async (from: string) => {
      const asked = codeOf(passwords.verify(null, "guess", from));
      look();
      const code = await asked;
      look();
      return code;
    };
    const one = await Promise.all(Array.from({ length: 50 }, () => ask("192.0.2.1")));
    expect(one.filter((code) => code === "done")).toHaveLength(limits.passwordJobsPerAddress);
    const many = await Promise.all(Array.from({ length: 200 }, (_, n) => ask(`192.0.2.${n}`)));
    expect(many.filter((code) => code === "people/busy")).toHaveLength(200 - limits.passwordJobs - 2);
    expect(most).toEqual({ waiting: limits.passwordJobs, working: limits.passwordJobsAtOnce });
    expect([passwords.waiting, passwords.working]).toEqual([0, 0]);
    expect(await ask("192.0.2.1")).toBe("done");
  });
});

describe("secrets", () => {
  it("are new each time, found by a hash that only the key makes, and compared whole", () => {
    const [one, other] = [createKeeper(new Uint8Array(32)), createKeeper(new Uint8Array(32).fill(1))];
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(sameSecret(a, b)).toBe(a === b);
        expect(one.hashOf(a)).not.toBe(other.hashOf(a));
        expect(one.csrfOf(a)).not.toContain(one.hashOf(a));
      }),
    );
    const secret = newSecret();
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(newSecret()).not.toBe(secret);
    expect(one.hashOf(secret)).toBe(one.hashOf(secret));
    expect(one.csrfOf(secret)).not.toBe(one.csrfOf(newSecret()));
  });
});
