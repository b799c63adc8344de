/** 台账 from the command line: exports, and what was on a board when. */
import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { limits } from "../../limits.ts";
import type { FoundJson, WasJson } from "../../api/ledger-schemas.ts";
import { formatCivil } from "../../time/zone.ts";
import { type ApiClient, instantOption, UsageError } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";

export interface LedgerOptions extends PlaceOptions {
  readonly at?: string;
  readonly png?: string;
  readonly from?: string;
  readonly until?: string;
  readonly format?: "csv" | "jsonl" | "sheet";
  readonly out?: string;
  readonly json?: boolean;
  /** Of `find`: a part of a name or login; a board. */
  readonly by?: string;
  readonly board?: string;
}

export async function ledger(
  what: string,
  board: string | undefined,
  options: LedgerOptions,
  output: Output,
): Promise<ExitCode> {
  if (what !== "register" && what !== "play" && what !== "was" && what !== "find") throw unknown(what);
  return withApi<ExitCode>(options, async (api) => {
    if (what === "find") return found(api, board ?? "", options, output);
    if (what !== "was") return exported(api, what, options, output);
    if (board === undefined) throw boardMissing();
    return was(api, board, options, output);
  });
}

async function exported(
  api: ApiClient,
  chain: "register" | "play",
  { format = "csv", from, until, out }: LedgerOptions,
  output: Output,
): Promise<ExitCode> {
  if (chain === "play" && format === "sheet") throw noSheet();
  const query = new URLSearchParams();
  for (const [name, text] of Object.entries({ from, until }))
    if (text !== undefined) query.set(name, String(instantOption(text, api.zone, api.now)));
  const name = format === "sheet" ? "sheet.html" : `${chain}.${format}`;
  const { body } = await api.get(`/api/v1/ledger/${name}?${query}`);
  if (body === null) return 0;
  const bytes = Readable.fromWeb(body as ReadableStream<Uint8Array>);
  if (out !== undefined) await pipeline(bytes, createWriteStream(out));
  else for await (const part of bytes) await output.bytes(part as Uint8Array);
  return 0;
}

async function was(api: ApiClient, board: string, options: LedgerOptions, output: Output): Promise<ExitCode> {
  const at = instantOption(options.at, api.zone, api.now);
  const address = `/api/v1/boards/${encodeURIComponent(board)}/was`;
  const found = (await (await api.get(`${address}?at=${at}`)).json()) as WasJson;
  output.out(options.json ? `${JSON.stringify(found, null, 2)}\n` : describe(found, api.zone));
  if (options.png !== undefined)
    await writeFile(options.png, new Uint8Array(await (await api.get(`${address}.png?at=${at}`)).arrayBuffer()));
  return found.told === null ? 1 : 0;
}

/** Rows of the register, the newest first, as many as one question looks through. 1: none. */
async function found(api: ApiClient, words: string, options: LedgerOptions, output: Output): Promise<ExitCode> {
  const { by, board, from, until, json } = options;
  const query = new URLSearchParams({ words, most: String(limits.ledgerRowsFound) });
  for (const [name, text] of Object.entries({ person: by, board })) if (text !== undefined) query.set(name, text);
  for (const [name, text] of Object.entries({ from, until }))
    if (text !== undefined) query.set(name, String(instantOption(text, api.zone, api.now)));
  const { rows, before } = (await (await api.get(`/api/v1/ledger/search?${query}`)).json()) as FoundJson;
  if (json) output.out(`${JSON.stringify({ rows, before }, null, 2)}\n`);
  else
    for (const { seq, boardAt, what, who, subject, data } of rows) {
      const time = formatCivil(api.zone, Date.parse(boardAt)).replace("T", " ");
      const title = typeof data.title === "string" ? data.title : "";
      output.out(`${seq}  ${time}  ${who.zh}  ${what.zh} ${what.en}  ${subject}  ${title}\n`.replace(/ +\n/, "\n"));
    }
  if (before !== null && !json) output.out(`更早的没有列出 earlier ones are not listed: --until\n`);
  return rows.length === 0 ? 1 : 0;
}

function describe({ board, at, said, told, confirmed, notices, picture }: WasJson, zone: string): string {
  const time = (iso: string) => formatCivil(zone, Date.parse(iso)).replace("T", " ");
  const lines = [`${board}  ${time(at)}  ${zone}`, said.zh, said.en];
  for (const { id, number, why } of notices)
    lines.push(
      `${id}${number === null ? "" : ` 第 ${number} 版 revision ${number}`}`,
      `     ${why.zh}`,
      `     ${why.en}`,
    );
  if (told !== null) {
    lines.push(confirmed.said.zh, confirmed.said.en);
    lines.push(`节目单 programme ${told.programme}`);
    lines.push(`  ${time(told.from)} — ${time(told.until)},播放记录第 ${told.seq} 行 row ${told.seq} of the play log`);
  }
  if (picture?.refused) lines.push(picture.refused.zh, picture.refused.en);
  return `${lines.join("\n")}\n`;
}

const unknown = (what: string) =>
  new UsageError(
    { zh: `没有台账“${what}”`, en: `there is no ledger "${what}"` },
    { zh: "可用 register、play、was、find。", en: "Use register, play, was or find." },
  );
const boardMissing = () =>
  new UsageError(
    { zh: "要写公开栏编号", en: "name the board" },
    {
      zh: "例如 boardcast ledger was B1 --at 2017-12-05T09:00",
      en: "For example boardcast ledger was B1 --at 2017-12-05T09:00",
    },
  );
const noSheet = () =>
  new UsageError(
    { zh: "播放记录没有打印表", en: "the play log has no sheet" },
    { zh: "用 --format csv 或 jsonl。", en: "Use --format csv or jsonl." },
  );
