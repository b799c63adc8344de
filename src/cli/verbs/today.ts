/** 今日待办 from the command line: what the page's first view lists, for whoever says who they are. */
import { z } from "zod";
import type { TodayGroup, TodayKind } from "../../api/today.ts";
import { formatCivil } from "../../time/zone.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

const sentence = z.object({ zh: z.string(), en: z.string() }).nullable();
const itemSchema = z.object({
  kind: z.string(),
  title: z.string(),
  notice: z.string().nullable(),
  case: z.string().nullable(),
  boards: z.array(z.string()),
  number: z.string().nullable(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  late: z.boolean(),
  people: z.array(z.string()),
  says: sentence,
  remedy: sentence,
});
const todaySchema = z.object({
  groups: z.array(z.object({ group: z.string(), items: z.array(itemSchema), more: z.int() })),
});
type Item = z.infer<typeof itemSchema>;

const groupWords: Readonly<Record<TodayGroup, string>> = {
  warnings: "预警 warnings",
  late: "已逾期 late",
  trouble: "公开栏有情况 boards in trouble",
  begin: "先办这几件 first of all",
  sign: "待签发 to sign",
  review: "待审核 to review",
  submit: "待送审 to submit",
  post: "待张贴 to post",
  "take-down": "待撤下 to take down",
  reminders: "提醒 reminders",
};

const kindWords: Readonly<Record<TodayKind, string>> = {
  received: "收到预警，待确认 received, to be confirmed",
  countersignature: "预警待补签 to be countersigned",
  overdue: "公开已逾期 disclosure overdue",
  held: "待定，该决定了 held, to be decided by now",
  result: "公示期满，待登记结果 publicity over, awaiting its result",
  dark: "紧急关屏中，待恢复 dark, waiting to be resumed",
  takedown: "撤下未全部确认 taken down, not confirmed by all",
  fault: "故障 fault",
  report: "报修 reported",
  signature: "待签发 to sign",
  "office-review": "待审核 to review",
  returned: "被退回 sent back",
  "handed-in": "报送来的草稿 handed in",
  decision: "待定 held",
  draft: "草稿 draft",
  post: "待张贴 to post",
  "take-down": "待撤下 to take down",
  carry: "待装卡 to be carried by stick",
  reminder: "提醒 reminder",
  calendar: "工作日历 working days",
  people: "缺人 people are missing",
  "first-board": "还没有公开栏 no board yet",
};

export async function today(
  options: PlaceOptions & SignInOptions & { readonly json?: boolean },
  output: Output,
): Promise<ExitCode> {
  return withSignedIn<ExitCode>(options, async (api) => {
    const answered: unknown = await (await api.get("/api/v1/today")).json();
    if (options.json) output.out(`${JSON.stringify(answered, null, 2)}\n`);
    else output.out(said(todaySchema.parse(answered).groups, api.zone));
    return 0;
  });
}

function said(groups: z.infer<typeof todaySchema>["groups"], zone: string): string {
  if (groups.length === 0) return "现在没有要办的事 nothing to do now\n";
  return groups
    .map(({ group, items, more }) => {
      const rest = more > 0 ? `  另有 ${more} 条 and ${more} more\n` : "";
      return `${groupWords[group as TodayGroup] ?? group}\n${items.map((item) => lines(item, zone)).join("")}${rest}`;
    })
    .join("");
}

function lines(item: Item, zone: string): string {
  const { kind, title, notice, case: its, boards, number, since, until, late, people, says, remedy } = item;
  const time = (iso: string) => formatCivil(zone, Date.parse(iso)).replace("T", " ").slice(0, 16);
  const about = [notice, its, number, boards.join(" "), title].filter((word) => word !== null && word !== "");
  const when = [
    since === null ? "" : `自 since ${time(since)}`,
    until === null ? "" : `至 until ${time(until)}`,
    people.length === 0 ? "" : `也可由 or ${people.join("、")}`,
  ].filter((word) => word !== "");
  const words = [says, remedy].flatMap((one) => (one === null ? [] : one.zh === one.en ? [one.zh] : [one.zh, one.en]));
  return [
    `  ${late ? "! " : ""}${kindWords[kind as TodayKind] ?? kind}  ${about.join("  ")}`,
    ...(when.length === 0 ? [] : [`    ${when.join("  ")}`]),
    ...words.map((word) => `    ${word}`),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
