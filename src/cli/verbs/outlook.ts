/** Why, what if, and what is to come, from the command line. */
import type { OutlookJson, WhatIfJson, WhyJson } from "../../api/outlook-schemas.ts";
import { sayCivil } from "../../time/zone.ts";
import { instantOption, UsageError } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { withSignedIn } from "../sign-in.ts";
import { readScheduleFile, scheduleIn } from "./schedule-file.ts";

interface Asking extends PlaceOptions {
  readonly json?: boolean;
}

const inJson = (found: unknown) => `${JSON.stringify(found, null, 2)}\n`;

export async function why(
  board: string,
  notice: string,
  options: Asking & { readonly at?: string },
  output: Output,
): Promise<ExitCode> {
  // All of practice, not the board's part alone: a notice that is not meant for it has its reason, too.
  return withApi<ExitCode>(options, async (api) => {
    const at = instantOption(options.at, api.zone, api.now);
    const path = `/api/v1/boards/${encodeURIComponent(board)}/notices/${encodeURIComponent(notice)}/why?at=${at}`;
    const found = (await (await api.get(path)).json()) as WhyJson;
    const { title, sentence } = found;
    const when = sayCivil(api.zone, at);
    output.out(options.json ? inJson(found) : `${board} ${notice} ${title}  ${when}\n${sentence.zh}\n${sentence.en}\n`);
    return 0;
  });
}

export interface WhatIfOptions extends Asking {
  readonly as?: string;
  readonly case?: string;
  readonly schedule?: string;
  readonly boards?: readonly string[];
  readonly cron?: string;
  readonly priority?: number;
  readonly seconds?: number;
}

export async function whatIf(notice: string | undefined, options: WhatIfOptions, output: Output): Promise<ExitCode> {
  const { case: id, boards, cron, priority, seconds } = options;
  if (notice === undefined && id === undefined && options.schedule === undefined) throw nothingAsked();
  const instead = {
    ...(boards !== undefined && { boards }),
    ...(cron !== undefined && { cron }),
    ...(priority !== undefined && { priority }),
  };
  const given = options.schedule === undefined ? null : await readScheduleFile(options.schedule);
  const alone = notice === undefined && id === undefined;
  return withSignedIn<ExitCode>(options, async (api) => {
    const schedule =
      given === null ? instead : scheduleIn({ ...given, written: { ...given.written, ...instead } }, api.zone, alone);
    const body = { notice, case: id, seconds, schedule };
    const found = (await (await api.send("POST", "/api/v1/what-if", body)).json()) as WhatIfJson;
    const lines = found.boards.map(({ sentence }) => `${sentence.zh}\n${sentence.en}\n`);
    output.out(options.json ? inJson(found) : lines.join(""));
    return 0;
  });
}

export async function outlook(options: Asking & { readonly days: number }, output: Output): Promise<ExitCode> {
  return withApi<ExitCode>(options, async (api) => {
    const found = (await (await api.get(`/api/v1/outlook?days=${options.days}`)).json()) as OutlookJson;
    const said = found.boards.flatMap(({ name, suspensions, findings }) => [
      ...suspensions.map(({ sentence: { zh, en } }) => ({ zh: `${name}\uff1a${zh}`, en: `${name}: ${en}` })),
      ...findings.map(({ sentence }) => sentence),
    ]);
    const nothing = { zh: "没有要留意的", en: "nothing to look out for" };
    const lines = (said.length === 0 ? [nothing] : said).map(({ zh, en }) => `${zh}\n  ${en}\n`);
    output.out(options.json ? inJson(found) : lines.join(""));
    return 0;
  });
}

function nothingAsked(): UsageError {
  return new UsageError(
    { zh: "要写明问的是什么", en: "say what is asked about" },
    { zh: "写信息编号，或 --case,或 --schedule 文件。", en: "Give a notice, --case, or a --schedule file." },
  );
}
