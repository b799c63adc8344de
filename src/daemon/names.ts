/** Whose name stands in the ledger's sheets: rows keep the account, people read names. */
import type { PeopleStore } from "../people/store.ts";

/** An account's name, or in words what is none; itself for what nobody knows. */
export type NameOf = (by: string) => string;

const others: Readonly<Record<string, string>> = {
  system: "系统",
  console: "本机命令行",
  import: "批量导入",
  local: "本机",
  visitor: "演练访客",
  practice: "演练",
};

/** As they are called now. Two of one name are told apart by what they sign in with. */
export async function namesOf(people: Pick<PeopleStore, "accounts">): Promise<NameOf> {
  const accounts = await people.accounts();
  const times = new Map<string, number>();
  for (const { name } of accounts) times.set(name, (times.get(name) ?? 0) + 1);
  const names = new Map(
    accounts.map(({ id, name, login }) => [id, (times.get(name) ?? 0) > 1 ? `${name}\uff08${login}\uff09` : name]),
  );
  return (by) => names.get(by) ?? others[by] ?? by;
}
