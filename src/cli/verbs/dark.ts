/** 紧急关屏 and 维护 from the command line. */
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { limits } from "../../limits.ts";
import { formatCivil } from "../../time/zone.ts";
import { type ApiClient, runningDaemon } from "../client.ts";
import { findPlace } from "../place.ts";
import { type ExitCode, type Output, sayRefusal } from "../say.ts";
import { notRunning, withSignedIn } from "../sign-in.ts";
import type { ActingOptions } from "./acting.ts";

const darkSchema = z.object({
  boards: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      state: z.enum(["confirmed", "waiting", "unconfirmed", "carry"]),
      says: z.object({ zh: z.string(), en: z.string() }),
    }),
  ),
});
type DarkBoards = z.infer<typeof darkSchema>["boards"];

const maintenanceSchema = z.object({
  boards: z.array(z.object({ id: z.string(), pattern: z.string(), until: z.string(), reason: z.string() })),
});

export type SwitchOptions = ActingOptions & { readonly reason: string };

/** "all" in whatever company means all. */
const which = (boards: readonly string[]): "all" | readonly string[] => (boards.includes("all") ? "all" : boards);

/**
 * Whoever sits at this computer may do it without signing in. It waits for what the panels answer; 0: every board asked for
 * is confirmed dark.
 */
export async function dark(boards: readonly string[], options: SwitchOptions, output: Output): Promise<ExitCode> {
  const asked = which(boards);
  const body = { boards: asked, reason: options.reason };
  if (options.as !== undefined || process.env.BOARDCAST_TOKEN)
    return withSignedIn(options, async (api) => {
      await api.send("POST", "/api/v1/dark", body);
      return follow(api, asked, options, output);
    });
  const place = await findPlace(options);
  const running = await runningDaemon(place.folder);
  if (running !== null) {
    await running.post("/api/v1/dark", body);
    return follow(running, asked, options, output);
  }
  // Loaded here, not above: a running daemon needs none of it.
  const { darkenStopped } = await import("../../daemon/dark-stopped.ts");
  const kept = await darkenStopped(place, asked, options.reason);
  if (kept === null) throw notRunning();
  const by = formatCivil(place.site.zone, kept.darkBy).slice(0, 16).replace("T", " ");
  const told = kept.boards.map(({ id, name, place: where, custodian }) => {
    return `  ${id}  ${name}  ${where}\uff08保管人 custodian ${custodian}\uff09\n`;
  });
  sayRefusal(
    output,
    {
      zh: `系统没有在运行\uff1a已记下关屏\uff0c下次启动后这些屏保持黑屏\u3002现在通知不到屏\uff0c最迟 ${by} 自行变黑`,
      en: `It is not running: this is on record, and the boards stay dark when it is started. The panels cannot be told; they are dark by themselves by ${by}`,
    },
    { zh: "请立即到现场断电\uff1a", en: "Cut the power now, at these places:" },
  );
  output.err(told.join(""));
  return 1;
}

export async function resume(boards: readonly string[], options: SwitchOptions, output: Output): Promise<ExitCode> {
  return withSignedIn(options, async (api): Promise<ExitCode> => {
    const body = { boards: which(boards), reason: options.reason };
    const { boards: still } = darkSchema.parse(await (await api.send("POST", "/api/v1/dark/resume", body)).json());
    if (options.json) output.out(`${JSON.stringify(still, null, 2)}\n`);
    else output.out(`已恢复显示 resumed\n${still.length === 0 ? "" : `仍关屏 still dark\n${rows(still)}`}`);
    return 0;
  });
}

export async function maintenance(
  board: string,
  options: ActingOptions & { pattern: string; for: number; reason?: string; end?: boolean },
  output: Output,
): Promise<ExitCode> {
  return withSignedIn(options, async (api): Promise<ExitCode> => {
    const path = `/api/v1/boards/${encodeURIComponent(board)}/maintenance`;
    const minutes = Math.max(1, Math.round(options.for / 60_000));
    const answered = options.end
      ? await api.send("POST", `${path}/end`, {})
      : await api.send("POST", path, { pattern: options.pattern, minutes, reason: options.reason ?? "" });
    const { boards } = maintenanceSchema.parse(await answered.json());
    if (options.json) output.out(`${JSON.stringify(boards, null, 2)}\n`);
    else if (boards.length === 0) output.out("没有屏在维护 no board is in maintenance\n");
    for (const { id, pattern, until, reason } of options.json ? [] : boards)
      output.out(`${id}  维护中 in maintenance: ${pattern}  到 until ${until}  ${reason}\n`);
    return 0;
  });
}

/** Until each has answered or its time is over; a little longer than the daemon gives them. */
async function follow(
  api: Pick<ApiClient, "get">,
  asked: "all" | readonly string[],
  { json }: Pick<ActingOptions, "json">,
  output: Output,
): Promise<ExitCode> {
  const look = async () => {
    const { boards } = darkSchema.parse(await (await api.get("/api/v1/dark")).json());
    return boards.filter(({ id }) => asked === "all" || asked.includes(id));
  };
  let boards = await look();
  for (let tries = limits.darkAnswerMs / lookMs + 4; tries > 0 && waiting(boards); tries -= 1) {
    await pause(lookMs);
    boards = await look();
  }
  output.out(json ? `${JSON.stringify(boards, null, 2)}\n` : rows(boards));
  return boards.every(({ state }) => state === "confirmed") ? 0 : 1;
}

const lookMs = 500;
const waiting = (boards: DarkBoards) => boards.some(({ state }) => state === "waiting");
const rows = (boards: DarkBoards) =>
  boards.map(({ id, name, says }) => `${id}  ${name}  ${says.zh}\n    ${says.en}\n`).join("");
