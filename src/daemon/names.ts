/** Whose name stands in the ledger's sheets: rows keep the account, people read names. */
import type { Sentence } from "../fault.ts";
import type { PeopleStore } from "../people/store.ts";

/** An account's name, or in words what is none; itself for what nobody knows. */
export type NameOf = (by: string) => string;

const others: Readonly<Record<string, Sentence>> = {
  system: { zh: "系统", en: "the system" },
  console: { zh: "本机命令行", en: "command line" },
  import: { zh: "批量导入", en: "an import" },
  local: { zh: "本机", en: "this computer" },
  visitor: { zh: "演练访客", en: "visitor of practice" },
  practice: { zh: "演练", en: "practice" },
  "practice fixtures": { zh: "演练样例", en: "practice samples" },
};

/** The same in both languages; names of people are as they are. */
export function whoOf(by: string, nameOf: NameOf): Sentence {
  const name = nameOf(by);
  return others[by]?.zh === name ? others[by] : { zh: name, en: name };
}

/** As they are called now. Two of one name are told apart by what they sign in with. */
export async function namesOf(people: Pick<PeopleStore, "accounts">): Promise<NameOf> {
  const accounts = await people.accounts();
  const times = new Map<string, number>();
  for (const { name } of accounts) times.set(name, (times.get(name) ?? 0) + 1);
  const names = new Map(
    accounts.map(({ id, name, login }) => [id, (times.get(name) ?? 0) > 1 ? `${name}\uff08${login}\uff09` : name]),
  );
  return (by) => names.get(by) ?? others[by]?.zh ?? by;
}
