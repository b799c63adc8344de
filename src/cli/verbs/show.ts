/** `boardcast show`: on an LCD's computer; serves the board's page from 127.0.0.1 and goes on when the host is away. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { createShowHost } from "../../api/show-host.ts";
import { doorkeeper } from "../../api/visitors.ts";
import { assetFolder } from "../../config/assets.ts";
import { buildOf } from "../../daemon/show.ts";
import { limits } from "../../limits.ts";
import { newId } from "../../people/secrets.ts";
import { dialShow } from "../../preview/show-dial.ts";
import { attachShow } from "../../preview/show-server.ts";
import { monotonicMs, wallClock } from "../../time/clock.ts";
import { UsageError } from "../client.ts";
import { type ExitCode, type Output, Refusal, sayRefusal } from "../say.ts";
import { HostClock } from "../show/host-clock.ts";
import { Keep } from "../show/keep.ts";
import { Relay } from "../show/relay.ts";
import { untilToldToStop } from "../until-told.ts";

export interface ShowOptions {
  readonly from: string;
  readonly keyFile?: string;
  readonly port: number;
  readonly data?: string;
}

/** The time is written down so often: a start after a power cut knows it at least as well. ms */
const clockKeptMs = 60_000;
const fetchMs = 120_000;

export async function show(board: string, options: ShowOptions, output: Output): Promise<ExitCode> {
  const origin = originOf(options.from);
  const key = options.keyFile === undefined ? null : await keyIn(options.keyFile);
  const webFolder = assetFolder("web");
  if (webFolder === null) throw noPage();
  const told = untilToldToStop();
  const keep = new Keep(options.data ?? join("data", `show-${board}`));
  await keep.open();
  const clock = new HostClock({ wall: () => wallClock.now(), monotonic: monotonicMs }, await keep.readClock());
  const failed = (error: unknown) => output.err(`${error instanceof Error ? error.message : String(error)}\n`);
  const relay = new Relay({
    ...{ board, keep, clock, failed },
    fetchMessage: (hash) => fetchMessage(`${origin}/api/v1/show/${encodeURIComponent(board)}/messages/${hash}`, key),
    report: (report) => {
      const roundTripMs = report.roundTripMs + clock.roundTripMs;
      dial.send(JSON.stringify({ report: { ...report, roundTripMs } }));
    },
  });
  await relay.open();

  const server = createServer(createShowHost({ board, webFolder, message: (hash) => relay.message(hash) }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, "127.0.0.1", resolve);
  });
  const turned = doorkeeper([]);
  const lines = attachShow(server, {
    turned: ({ headers }) => turned(headers),
    build: buildOf(webFolder),
    // Who sits at this computer sees the screen anyway.
    admits: async () => null,
    addressOf: () => "127.0.0.1",
    clock: () => relay.clock(),
    source: (id) => (id === board ? relay.source : null),
  });
  let refused = 0;
  const dial = dialShow({
    url: `${origin.replace(/^http/, "ws")}/show/${encodeURIComponent(board)}/line`,
    hello: { show: 1, key, page: await keep.name(newId) },
    onState(state) {
      refused = 0;
      relay.take(state);
    },
    onTime(now, askedAt, heardAt) {
      clock.heard(now, askedAt, heardAt);
      relay.heard(now);
    },
    onLine(up, code) {
      if (!up) relay.lineLost();
      // Said once, not at every try.
      if (code >= 4400 && code !== refused) sayClosed(output, code, board);
      if (code >= 4400) refused = code;
    },
  });
  const looking = setInterval(() => relay.look(), 1000);
  const keeping = setInterval(() => {
    const kept = clock.keep();
    if (kept !== null) keep.writeClock(kept).catch(failed);
  }, clockKeptMs);
  const { port } = server.address() as AddressInfo;
  output.out(`${board}  http://127.0.0.1:${port}/show/${encodeURIComponent(board)}\n`);

  await told;
  clearInterval(looking);
  clearInterval(keeping);
  dial.close();
  await lines.close();
  const kept = clock.keep();
  if (kept !== null) await keep.writeClock(kept);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return 0;
}

/** "http://192.0.2.5:8080/" or the link itself; what stands behind the host is not needed. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
  throw new UsageError(
    { zh: `--from 不是网址\uff1a${text}`, en: `--from is not an address: ${text}` },
    { zh: "例如 --from http://192.0.2.5:8080", en: "For example --from http://192.0.2.5:8080" },
  );
}

/** The key alone, or the whole link: a file, because what stands in a command line everybody on the computer can read. */
async function keyIn(file: string): Promise<string> {
  const [key] = /\bbct_[\w-]{20,190}/.exec((await readFile(file, "utf8")).slice(0, 4096)) ?? [];
  if (key !== undefined) return key;
  throw new Refusal(
    { zh: `${file} 里没有密钥`, en: `there is no key in ${file}` },
    {
      zh: "把系统管理员给的链接整行存进这个文件。",
      en: "Put the link that the administrator gave into this file, as it is.",
    },
  );
}

async function fetchMessage(url: string, key: string | null): Promise<Uint8Array> {
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(fetchMs) });
  if (!response.ok || response.body === null) throw new Error(`${response.status}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > limits.messageBytes) throw new Error("more than a message may have");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function sayClosed(output: Output, code: number, board: string): void {
  const [what, todo] =
    code === 4404
      ? ([
          { zh: `主机上没有由浏览器播放的公开栏 ${board}`, en: `the host has no board ${board} that pages play` },
          { zh: "请检查编号\uff1b它会一直再试。", en: "Check the number; it goes on trying." },
        ] as const)
      : code === 4503
        ? ([
            { zh: "播放这块公开栏的页面太多", en: "too many pages play this board" },
            { zh: "请关掉多余的\uff1b它会一直再试。", en: "Close those not needed; it goes on trying." },
          ] as const)
        : ([
            { zh: "密钥无效\u3001已过期\uff0c或是别的公开栏的", en: "the key is not valid, or another board's" },
            {
              zh: "请系统管理员重新生成链接\uff0c存进 --key-file 的文件\uff0c再启动一次。",
              en: "Ask an administrator for a new link, put it into the --key-file, and start again.",
            },
          ] as const);
  sayRefusal(output, what, todo);
}

const noPage = () =>
  new Refusal(
    { zh: "网页还没有生成", en: "the page has not been built" },
    { zh: "运行 npm run build\uff0c再试。", en: "Run npm run build and try again." },
  );
