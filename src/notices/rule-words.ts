/** Texts that tell people a deadline of a rule that has changed since (R35): in a flow chart of 2017 a reply takes 15 working days. */
import type { Sentence } from "../fault.ts";
import { lawOfReplies, ruleOn } from "./disclosure.ts";
import type { CivilDate, Content } from "./types.ts";

/** "自收到申请之日起15个工作日内": an application, and a number of days in the same clause. */
const reply = /(?:收到|受理)[^\u3002;\uff1b\n]{0,20}申请[^\u3002;\uff1b\n]{0,20}?(\d{1,3})个工作日/g;

/** null: it says nothing of it, or what counts on `day`. Only a number that some rule had is taken for one. */
export function outdatedWords({ title, body }: Pick<Content, "title" | "body">, day: CivilDate): Sentence | null {
  const rule = ruleOn(lawOfReplies, day);
  if (rule === null) return null;
  for (const [, digits] of `${title}\n${body}`.matchAll(reply)) {
    const said = Number(digits);
    if (said === rule.workingDays || !lawOfReplies.some(({ workingDays }) => workingDays === said)) continue;
    return {
      zh: `文中写${said}个工作日内答复，${rule.from}起是${rule.workingDays}个工作日：${rule.source}`,
      en: `it says that a reply takes ${said} working days; since ${rule.from} it is ${rule.workingDays}`,
    };
  }
  return null;
}
