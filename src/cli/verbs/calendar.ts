/** 工作日日历: what is known of each year, and importing one. */
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { readCalendarFile, SiteFileError } from "../../config/index.ts";
import { limits } from "../../limits.ts";
import { UsageError } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

type Options = PlaceOptions & SignInOptions & { readonly json?: boolean };

const yearSchema = z.object({
  year: z.int(),
  from: z.string(),
  source: z.string(),
  restDays: z.array(z.string()),
  workingWeekends: z.array(z.string()),
});
type Year = z.infer<typeof yearSchema>;

export async function calendar(
  what: string,
  about: string | undefined,
  options: Options,
  output: Output,
): Promise<ExitCode> {
  if (what === "show") return show(about, options, output);
  if (what !== "import") throw unknown(what);
  if (about === undefined) throw fileMissing();
  return bringIn(about, options, output);
}

async function show(about: string | undefined, options: Options, output: Output): Promise<ExitCode> {
  if (about !== undefined && !/^\d{4}$/.test(about)) throw badYear(about);
  return withApi<ExitCode>(options, async (api) => {
    const answered = await (await api.get(`/api/v1/calendar${about === undefined ? "" : `/${about}`}`)).json();
    const years = yearSchema.array().parse([answered].flat());
    output.out(options.json ? `${JSON.stringify(answered, null, 2)}\n` : years.map(said).join("\n"));
    return years.some(({ from }) => from === "unknown") ? 1 : 0;
  });
}

/** The file is checked before anybody signs in: all of its years are in order, or none goes anywhere. */
async function bringIn(file: string, options: Options, output: Output): Promise<ExitCode> {
  if ((await stat(file)).size > limits.configFileBytes) throw tooLarge(file);
  const read = readCalendarFile(await readFile(file, "utf8"), file);
  if (!read.ok) throw new SiteFileError(read.faults);
  return withSignedIn<ExitCode>(options, async (api) => {
    const done: Year[] = [];
    for (const { year, ...rest } of read.years)
      done.push(yearSchema.parse(await (await api.send("PUT", `/api/v1/calendar/${year}`, rest)).json()));
    output.out(options.json ? `${JSON.stringify(done, null, 2)}\n` : done.map(said).join("\n"));
    return 0;
  });
}

const origins: Readonly<Record<string, string>> = {
  imported: "导入 imported",
  file: "安装文件 installation file",
  program: "程序自带 comes with the program",
  none: "不用日历，天天是工作日 no calendar: every day is a working day",
  unknown: "没有安排，请导入 not known: import it",
};

function said({ year, from, source, restDays, workingWeekends }: Year): string {
  const lines = [`${year}  ${origins[from] ?? from}${source === "" ? "" : `  ${source}`}`];
  if (restDays.length > 0) lines.push(`  放假 days off: ${spans(restDays)}`);
  if (workingWeekends.length > 0) lines.push(`  上班 worked: ${spans(workingWeekends)}`);
  return `${lines.join("\n")}\n`;
}

/** "10-01…10-08": what follows day after day is one. */
function spans(dates: readonly string[]): string {
  const found: { first: string; last: string }[] = [];
  for (const date of [...dates].sort()) {
    const last = found.at(-1);
    if (last && Date.parse(date) - Date.parse(last.last) === 86_400_000) last.last = date;
    else found.push({ first: date, last: date });
  }
  return found
    .map(({ first, last }) => (first === last ? first.slice(5) : `${first.slice(5)}\u2026${last.slice(5)}`))
    .join("  ");
}

const unknown = (what: string) =>
  new UsageError(
    { zh: `calendar 没有“${what}”`, en: `calendar cannot "${what}"` },
    { zh: "可用 show、import。", en: "Use show or import." },
  );
const fileMissing = () =>
  new UsageError(
    { zh: "要写文件名", en: "name the file" },
    {
      zh: "例如 boardcast calendar import 2027.yaml --as admin",
      en: "For example boardcast calendar import 2027.yaml --as admin",
    },
  );
const badYear = (text: string) =>
  new UsageError(
    { zh: `“${text}”不是年份`, en: `"${text}" is not a year` },
    { zh: "例如 boardcast calendar show 2027", en: "For example boardcast calendar show 2027" },
  );
const tooLarge = (file: string) =>
  new UsageError(
    { zh: `${file} 超过 ${limits.configFileBytes} 字节`, en: `${file} is larger than ${limits.configFileBytes} bytes` },
    { zh: "一年只有几十个日子，看看是不是这个文件。", en: "A year has a few dozen dates: is this the file?" },
  );
