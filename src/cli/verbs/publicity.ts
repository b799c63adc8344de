/** 公示 and 征求意见: how each stands, and what came of it. */
import { z } from "zod";
import { formatCivil } from "../../time/zone.ts";
import { UsageError } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

type Options = PlaceOptions &
  SignInOptions & { readonly note?: string; readonly result?: string; readonly json?: boolean };

const viewSchema = z.object({
  notice: z.string(),
  title: z.string(),
  kind: z.string(),
  required: z.int(),
  unit: z.enum(["workday", "day"]),
  from: z.string(),
  until: z.string(),
  actual: z.int().nullable(),
  stopped: z.boolean(),
  state: z.string(),
  interruptions: z.object({ watchedFrom: z.string().nullable(), days: z.array(z.string()).nullable() }).nullable(),
  result: z.object({ note: z.string(), notice: z.string().nullable(), name: z.string() }).nullable(),
});
type View = z.infer<typeof viewSchema>;

export async function publicity(notice: string | undefined, options: Options, output: Output): Promise<ExitCode> {
  const { note, result } = options;
  if (note === undefined && result !== undefined) throw noteMissing();
  if (note !== undefined && notice === undefined) throw noticeMissing();
  if (note !== undefined && notice !== undefined)
    return withSignedIn<ExitCode>(options, async (api) => {
      const address = `/api/v1/notices/${encodeURIComponent(notice)}/publicity`;
      const answered = await (await api.send("PUT", address, { note, result: result ?? null })).json();
      say([viewSchema.parse(answered)], answered, api.zone, options, output);
      return 0;
    });
  return withApi<ExitCode>(options, async (api) => {
    const all = viewSchema.array().parse(await (await api.get("/api/v1/publicity")).json());
    const asked = all.filter((one) => notice === undefined || one.notice === notice);
    if (notice !== undefined && asked.length === 0) throw unknown(notice);
    say(asked, asked, api.zone, options, output);
    return 0;
  });
}

function say(views: readonly View[], answered: unknown, zone: string, { json }: Options, output: Output): void {
  if (json) output.out(`${JSON.stringify(answered, null, 2)}\n`);
  else if (views.length === 0) output.out("没有公示或征求意见 none\n");
  else for (const view of views) output.out(said(view, zone));
}

const states: Readonly<Record<string, string>> = {
  planned: "未开始 planned",
  running: "进行中 running",
  short: "不足期 too short",
  ending: "已结束，待登记期满 over, not on record yet",
  "awaiting-result": "期满，待登记结果 over, awaiting its result",
  closed: "已办结 closed",
};

function said(view: View, zone: string): string {
  const { notice, title, kind, required, unit, from, until, actual, stopped, state, interruptions, result } = view;
  const time = (iso: string) => formatCivil(zone, Date.parse(iso)).replace("T", " ");
  const days = unit === "workday" ? "个工作日 working days" : "天 days";
  const lines = [
    `${notice}  ${kind}  ${states[state] ?? state}${stopped ? "  中止 stopped" : ""}  ${title}`,
    `  ${time(from)} — ${time(until)}  ${actual ?? "?"}/${required} ${days}`,
  ];
  const dark = interruptions?.days ?? [];
  if (dark.length > 0) lines.push(`  未见上屏的日子 days not seen lit: ${dark.join(" ")}`);
  if (interruptions?.days === null) lines.push("  没有回读记录 nothing read back to tell interruptions by");
  if (result)
    lines.push(`  结果 result: ${result.note}${result.notice === null ? "" : `  ${result.notice}`}  ${result.name}`);
  return `${lines.join("\n")}\n`;
}

const noteMissing = () =>
  new UsageError({ zh: "登记结果要写 --note", en: "a result needs --note" }, { zh: example, en: example });
const noticeMissing = () => new UsageError({ zh: "要写信息编号", en: "name the notice" }, { zh: example, en: example });
const example = "boardcast publicity N05 --note 公示期满，无异议 --as maker";
const unknown = (notice: string) =>
  new Refusal(
    { zh: `${notice} 没有公示期`, en: `${notice} has no publicity period` },
    { zh: "boardcast publicity 列出全部。", en: "boardcast publicity lists them." },
  );
