/** 纸质张贴: what waits for a person, the sheet to be printed, and what somebody says who stood there. */
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { ExitCode, Output } from "../say.ts";
import { Refusal } from "../say.ts";
import { type ActingOptions, acting, minuteIn, path } from "./acting.ts";

const word = z.object({ at: z.string(), name: z.string() }).nullable();
const postingSchema = z.object({
  notice: z.string(),
  number: z.int(),
  title: z.string(),
  board: z.string(),
  place: z.string(),
  custodian: z.string(),
  state: z.string(),
  from: z.string(),
  until: z.string(),
  posted: word,
  taken: word,
  late: z.boolean(),
});

const states: Readonly<Record<string, string>> = {
  planned: "未到时间 not yet",
  "to-post": "待张贴 to post",
  hanging: "已张贴 hanging",
  "to-take-down": "待撤下 to take down",
  "taken-down": "已撤下 taken down",
  missed: "未登记张贴 never confirmed",
};

/** Null: it is no posting. */
export function postingLines(answered: unknown, zone: string): string | null {
  const parsed = postingSchema.safeParse(answered);
  if (!parsed.success) return null;
  const { notice, board, title, place, custodian, state, from, until, posted, taken, late } = parsed.data;
  const time = minuteIn(zone);
  const perhaps =
    "没有登记过张贴\uff0c如已贴出\uff0c请取下 nobody confirmed that it was posted: if it was, take it down";
  const said = [
    state === "to-take-down" && posted === null ? perhaps : null,
    posted && `张贴 posted ${time(posted.at)} ${posted.name}`,
    taken && `取下 taken down ${time(taken.at)} ${taken.name}`,
  ];
  const lines = [
    `${notice}  ${board}  ${title}  ${states[state] ?? state}${late ? "  已超过一个工作日 late" : ""}`,
    `    ${place}  ${custodian}  ${time(from)} – ${time(until)}`,
    ...said.flatMap((one) => (one === null ? [] : [`    ${one}`])),
  ];
  return `${lines.join("\n")}\n`;
}

export async function postings(
  options: ActingOptions & { readonly board?: string },
  output: Output,
): Promise<ExitCode> {
  const query = options.board === undefined ? "" : `?board=${encodeURIComponent(options.board)}`;
  const none = "没有张贴件 nothing hangs, or is to hang, on paper\n";
  return acting(options, output, (api) => api.get(`${path("postings")}${query}`), postingLines, none);
}

export interface SaidOptions extends ActingOptions {
  readonly photo?: string;
  readonly words?: string;
}

/** That somebody posted it there, or took it down. */
export async function sayPaper(
  kind: "posted" | "taken",
  notice: string,
  board: string,
  { photo, words = "", ...options }: SaidOptions,
  output: Output,
): Promise<ExitCode> {
  const bytes = photo === undefined ? new Uint8Array() : await photoAt(photo);
  const at = `${path("postings", notice, board, kind)}?words=${encodeURIComponent(words)}`;
  return acting(options, output, (api) => api.sendBytes("PUT", at, bytes), postingLines);
}

export async function photoAt(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new Refusal(
      { zh: `读不到照片 ${file}`, en: `the photo ${file} cannot be read` },
      { zh: "请检查文件名。", en: "Check the file's name." },
    );
  }
}

/** The sheet of what hangs, or is to hang, there now; as a file. */
export async function printSheet(
  notice: string,
  board: string,
  { out, ...options }: ActingOptions & { readonly out?: string },
  output: Output,
): Promise<ExitCode> {
  const file = out ?? `${notice}-${board}.pdf`;
  return acting(options, output, async (api) => {
    const all = z
      .array(postingSchema)
      .parse(await (await api.get(`${path("postings")}?board=${encodeURIComponent(board)}`)).json());
    const found = all.filter((one) => one.notice === notice).at(0);
    if (!found)
      throw new Refusal(
        { zh: `${board} 没有 ${notice} 的张贴件`, en: `there is nothing of ${notice} to post on ${board}` },
        { zh: "boardcast postings 列出全部。", en: "boardcast postings lists them." },
      );
    const sheet = await api.get(path("postings", notice, String(found.number), board, "sheet.pdf"));
    await writeFile(file, Buffer.from(await sheet.arrayBuffer()));
    return Response.json({ file });
  });
}
