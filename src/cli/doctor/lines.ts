/** The ways in and out: our ports, the panels we dial, serial ports. */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { connect, createServer } from "node:net";
import type { BoardConfig, LinkConfig, Site } from "../../config/types.ts";
import { serialPorts } from "../../panels/links/ports.ts";
import type { Sentence } from "../../fault.ts";
import { type Check, fail, ok, warn } from "./check.ts";

const dialTimeoutMs = 1500;

/** Ours must be free, unless the daemon itself (at `running`) has them. */
export async function checkPorts(site: Site, running: string | null): Promise<readonly Check[]> {
  if (running !== null) return [ok("port", `正在运行：${running}`, `running: ${running}`)];
  const ports = [
    site.listen,
    ...site.boards.flatMap(({ link }) => (link.kind === "tcp-in" ? [{ host: "0.0.0.0", port: link.port }] : [])),
  ];
  return Promise.all(ports.filter(({ port }) => port !== 0).map(({ host, port }) => checkPort(host, port)));
}

async function checkPort(host: string, port: number): Promise<Check> {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
  if (code === null) return ok("port", `端口 ${port} 可用`, `port ${port} is free`);
  return fail(
    "port",
    { zh: `端口 ${host}:${port} 用不了（${code}）`, en: `port ${host}:${port} cannot be used (${code})` },
    {
      zh: "关掉占用它的程序，或用 --port（或安装文件）换一个。",
      en: "Stop the program that has it, or choose another with --port or in the installation file.",
    },
  );
}

/**
 * Does anything answer where a board's panel should be? Not asked while the daemon runs: many cards take one caller only.
 * An address that several boards share is dialled once.
 */
export async function checkPanels(boards: readonly BoardConfig[]): Promise<readonly Check[]> {
  const places = boards.flatMap(({ id, link }) =>
    link.kind === "tcp-out" && link.port !== 0 ? [{ id, link, place: `${link.host}:${link.port}` }] : [],
  );
  return Promise.all(byPlace(places).map(({ ids, first }) => checkPanel(ids, first.link)));
}

/** Each place once, with all who use it. */
function byPlace<One extends { readonly id: string; readonly place: string }>(all: readonly One[]) {
  const places = new Map<string, One[]>();
  for (const one of all) places.set(one.place, [...(places.get(one.place) ?? []), one]);
  return [...places.values()].flatMap((ones) => {
    const [first] = ones;
    const ids = ones.map(({ id }) => id);
    return first ? [{ ids: { zh: ids.join("、"), en: ids.join(", ") }, first }] : [];
  });
}

async function checkPanel(ids: Sentence, { host, port }: Extract<LinkConfig, { kind: "tcp-out" }>): Promise<Check> {
  const failure = await new Promise<string | null>((resolve) => {
    const socket = connect({ host, port, timeout: dialTimeoutMs });
    const end = (why: string | null) => {
      socket.destroy();
      resolve(why);
    };
    socket.once("connect", () => end(null));
    socket.once("timeout", () => end("ETIMEDOUT"));
    socket.once("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
  if (failure === null) return ok("panel", `${ids.zh}:${host}:${port} 接通`, `${ids.en}: ${host}:${port} answers`);
  return warn(
    "panel",
    {
      zh: `${ids.zh}：连不上 ${host}:${port}（${failure}）`,
      en: `${ids.en}: cannot connect to ${host}:${port} (${failure})`,
    },
    { zh: "请看显示屏的电源、网线和地址。", en: "Check the panel's power, cable and address." },
  );
}

export async function checkSerial(boards: readonly BoardConfig[]): Promise<readonly Check[]> {
  const wanted = boards.flatMap(({ id, link }) =>
    link.kind === "serial" && link.path !== "" ? [{ id, place: link.path }] : [],
  );
  const found = await serialPorts();
  const list =
    found.length === 0 ? { zh: "没有找到", en: "none found" } : { zh: found.join("、"), en: found.join(", ") };
  const summary = ok("serial", `串口：${list.zh}`, `serial ports: ${list.en}`);
  return [
    summary,
    ...(await Promise.all(byPlace(wanted).map(({ ids, first }) => checkSerialPort(ids, first.place, list)))),
  ];
}

async function checkSerialPort(ids: Sentence, path: string, list: { zh: string; en: string }): Promise<Check> {
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return ok("serial", `${ids.zh}:${path} 可用`, `${ids.en}: ${path} can be used`);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const denied = code === "EACCES";
    return fail(
      "serial",
      { zh: `${ids.zh}：用不了 ${path}（${code}）`, en: `${ids.en}: ${path} cannot be used (${code})` },
      denied
        ? {
            zh: "运行 sudo usermod -aG dialout $USER,再重新登录。",
            en: "Run sudo usermod -aG dialout $USER and log in again.",
          }
        : {
            zh: `请看转换器是否插好；现有串口：${list.zh}。`,
            en: `Is the adapter plugged in? Ports here: ${list.en}.`,
          },
    );
  }
}
