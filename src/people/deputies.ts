/** 代签: who stands in for whom, in one role, between two dates by the board clock. */
import { FaultError, type Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../time/clock.ts";
import { knownAccount, type PeopleParts, unknown } from "./parts.ts";
import { newId } from "./secrets.ts";
import type { AccountId, Deputy, Role } from "./types.ts";

export interface DeputyWish {
  readonly of: AccountId;
  readonly deputy: AccountId;
  readonly role: Role;
  readonly from: Instant;
  readonly until: Instant;
}

export interface Deputies {
  list(): Promise<readonly Deputy[]>;
  add(by: string, wish: DeputyWish): Promise<Deputy>;
  /** `own`: only such as stand in for this account; null: any. */
  end(by: string, id: string, own: AccountId | null): Promise<void>;
}

const dayMs = 86_400_000;

export function createDeputies(parts: PeopleParts): Deputies {
  const { store, change, board } = parts;
  const refuse = (why: Sentence) => new FaultError({ code: "people/deputy", why });
  return {
    list: () => store.deputies(),
    async add(by, wish) {
      const { of, deputy, role, from, until } = wish;
      if (of === deputy) throw refuse({ zh: "不能代自己", en: "nobody is their own deputy" });
      if (role === "auditor") throw refuse({ zh: "监督员不能由人代", en: "an auditor has no deputy" });
      if (until <= from || until <= board.now())
        throw refuse({ zh: "结束要晚于开始和现在", en: "it must end after it begins and after now" });
      if (until - from > limits.deputyDays * dayMs)
        throw refuse({ zh: `最长 ${limits.deputyDays} 天`, en: `at most ${limits.deputyDays} days` });
      const added = await change(by, async (tx) => {
        const [absent, present] = [await knownAccount(tx.people, of), await knownAccount(tx.people, deputy)];
        if (!absent.active || !present.active) throw refuse({ zh: "账号已停用", en: "an account is disabled" });
        // Only a role of one's own: who stands in for somebody passes that on to nobody.
        if (!absent.roles.includes(role)) throw refuse({ zh: "本人没有这个职责", en: "the person has no such role" });
        if (present.roles.includes("auditor"))
          throw refuse({ zh: "监督员不能代别人", en: "an auditor is nobody's deputy" });
        const now = board.now();
        const others = await tx.people.deputies();
        if (others.filter((one) => one.until > now).length >= limits.deputies)
          throw new FaultError({ code: "people/full", what: { zh: "代签", en: "deputies" }, max: limits.deputies });
        const made: Deputy = { id: newId(), ...wish };
        await tx.people.putDeputy(made, { ofName: absent.name, deputyName: present.name });
        return made;
      });
      parts.ended();
      return added;
    },
    async end(by, id, own) {
      await change(by, async (tx) => {
        const found = (await tx.people.deputies()).find((one) => one.id === id);
        if (found === undefined || (own !== null && found.of !== own)) throw unknown({ zh: "这项代签", en: "deputy" });
        await tx.people.endDeputy(id, { of: found.of, deputy: found.deputy, role: found.role });
      });
      parts.ended();
    },
  };
}
