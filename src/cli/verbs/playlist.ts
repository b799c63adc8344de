import { playlistSchema } from "../../api/schemas.ts";
import type { PlaylistJson } from "../../api/schemas.ts";
import { sayCivil } from "../../time/zone.ts";
import { instantOption } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";

export async function playlist(
  board: string,
  options: PlaceOptions & { at?: string; for: number; json?: boolean },
  output: Output,
): Promise<ExitCode> {
  return withApi<ExitCode>(
    options,
    async (api) => {
      const from = instantOption(options.at, api.zone, api.now);
      const query = `from=${from}&until=${from + options.for}`;
      const response = await api.get(`/api/v1/boards/${encodeURIComponent(board)}/playlist?${query}`);
      const found = playlistSchema.parse(await response.json());
      output.out(options.json ? `${JSON.stringify(found, null, 2)}\n` : describe(found, api.zone));
      return 0;
    },
    { board, at: options.at },
  );
}

const above = {
  dark: "紧急关屏 switched dark",
  maintenance: "维护 maintenance",
  card: "按所装内容循环 as its card was loaded",
} as const;

function describe({ board, from, until, intervals, suspensions, reasons }: PlaylistJson, zone: string): string {
  const time = (iso: string) => sayCivil(zone, Date.parse(iso));
  const titles = new Map(reasons.map(({ notice, title }) => [notice, title]));
  const name = (id: string) => {
    if (id.startsWith("default:")) return "待机画面 default picture";
    return `${id} ${titles.get(id) ?? ""}`.trim();
  };
  const lines = [`${board}  ${time(from)} — ${time(until)}  ${zone}`, ""];
  for (const { sentence } of suspensions) lines.push(sentence.zh, sentence.en);
  if (suspensions.length > 0) lines.push("");
  for (const { start, end, priority, notices, suspended } of intervals) {
    const planned = notices.length === 0 ? "屏灭 not lit" : notices.map(name).join(" | ");
    const what = suspended === null ? planned : `${above[suspended]}\uff1b按安排 its schedule: ${planned}`;
    lines.push(
      `${time(start)} — ${time(end).slice(11)}  ${priority === null ? "  " : `P${priority}`.padEnd(3)} ${what}`,
    );
  }
  lines.push("", `${time(from)} 各条信息 why each notice is shown or not:`);
  for (const { notice, title, sentence } of reasons) {
    lines.push(`${notice.padEnd(4)} ${title}`, `     ${sentence.zh}`, `     ${sentence.en}`);
  }
  return `${lines.join("\n")}\n`;
}
