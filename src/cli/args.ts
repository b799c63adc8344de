/** What options mean. Each parser returns a value or throws commander's InvalidArgumentError with a sentence in both languages. */
import { InvalidArgumentError } from "commander";
import { parseDuration } from "../config/duration.ts";
import { limits } from "../limits.ts";
import type { ColourKind, Shape } from "../message/types.ts";
import type { Role } from "../people/types.ts";

const refuse = (zh: string, en: string) => new InvalidArgumentError(`${zh} · ${en}`);

/** "128x64:mono"; dual and rgb likewise. */
export function shapeArg(text: string): Shape {
  const [, width, height, colour] = /^(\d{1,5})[x×](\d{1,5}):(mono|dual|rgb)$/.exec(text) ?? [];
  const shape = { width: Number(width), height: Number(height), colour: colour as ColourKind };
  const inside = (side: number) => side >= 1 && side <= limits.panelSidePx;
  if (colour === undefined || !inside(shape.width) || !inside(shape.height)) {
    throw refuse(
      `写成 宽x高:颜色，如 128x64:mono(mono、dual、rgb),边长最多 ${limits.panelSidePx}`,
      `write WIDTHxHEIGHT:COLOUR such as 128x64:mono (mono, dual, rgb), sides at most ${limits.panelSidePx}`,
    );
  }
  return shape;
}

/** Where `render` sets a notice: any panel, a board of the office, or all of them. */
export type PanelWanted =
  | { readonly shape: Shape; readonly pitchMm: number | null }
  | { readonly board: string }
  | "all";

/** "128x64:dual", with its dots' distance "128x64:dual@P10"; "B5"; "all". Given again and again, it lists them. */
export function panelArg(text: string, before: readonly PanelWanted[] = []): readonly PanelWanted[] {
  if (text === "all") return [...before, "all"];
  if (/^(?!\d+[x\u00d7])[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/.test(text)) return [...before, { board: text }];
  const [, size = text, pitch] = /^(.*?)(?:@P?(\d{1,3}(?:\.\d{1,3})?))?$/s.exec(text) ?? [];
  if (pitch !== undefined && Number(pitch) === 0)
    throw refuse("点距写成 @P10 或 @2.5(毫米)", "write the dots' distance as @P10 or @2.5 (mm)");
  return [...before, { shape: shapeArg(size), pitchMm: pitch === undefined ? null : Number(pitch) }];
}

/** 0–65535; 0 is any free port. */
export function portArg(text: string): number {
  return wholeNumber(text, 0, 65535);
}

/** A screen's number on its line. */
export function addressArg(text: string): number {
  return wholeNumber(text, 1, 254);
}

export function baudArg(text: string): number {
  return wholeNumber(text, 300, 4_000_000);
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw refuse(`应是 ${least} 到 ${most} 的整数`, `a whole number from ${least} to ${most}`);
}

/** "2h", "90m" → ms, at most as long as a playlist may be. */
export function durationArg(text: string): number {
  const ms = parseDuration(text);
  if (ms !== null && ms <= limits.playlistDays * 86_400_000) return ms;
  throw refuse(
    `写成 30s、90m、2h 或 1d,最多 ${limits.playlistDays}d`,
    `write 30s, 90m, 2h or 1d, at most ${limits.playlistDays}d`,
  );
}

/** A whole number of at most six digits. */
export function numberArg(text: string): number {
  return wholeNumber(text, 0, 999_999);
}

export interface TcpEnd {
  readonly host: string;
  readonly port: number;
}

export interface ListenEnd extends TcpEnd {
  readonly datagrams?: true;
}

/** "tcp:5005" (loopback) or "tcp:0.0.0.0:5005", for datagrams "udp:4048" likewise; an IPv6 host in brackets. */
export function listenArg(text: string): ListenEnd {
  if (text.startsWith("udp:")) return { ...listenArg(text.replace("udp", "tcp")), datagrams: true };
  const [, port] = /^tcp:(\d{1,5})$/.exec(text) ?? [];
  return port === undefined ? connectArg(text) : { host: "127.0.0.1", port: portArg(port) };
}

/** "tcp:192.0.2.7:5005". */
export function connectArg(text: string): TcpEnd {
  const [, bracketed, bare, port] = /^tcp:(?:\[([0-9A-Fa-f:]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? bare;
  if (host === undefined || port === undefined) {
    throw refuse("写成 tcp:主机:端口，如 tcp:127.0.0.1:5005", "write tcp:HOST:PORT such as tcp:127.0.0.1:5005");
  }
  return { host, port: portArg(port) };
}

export interface SerialEnd {
  readonly path: string;
  readonly baud: number;
}

/** "/dev/ttyUSB0" (115200) or "/dev/ttyUSB0@9600". */
export function serialArg(text: string): SerialEnd {
  const [, path, baud] = /^(.+?)(?:@(\d+))?$/.exec(text) ?? [];
  if (path === undefined) throw refuse("写成 串口[@波特率]", "write PATH[@BAUD]");
  return { path, baud: baud === undefined ? 115200 : baudArg(baud) };
}

export interface PanelBeside {
  readonly id: string;
  readonly address: number;
  readonly shape: Shape;
  readonly control?: { readonly port: number };
}

/** "B6@2:256x32:dual", with a control port "B6@2:256x32:dual:7002". Given again and again, it lists them. */
export function besideArg(text: string, before: readonly PanelBeside[] = []): readonly PanelBeside[] {
  const [, id, address, size, control] = /^([\w-]{1,32})@(\d+):([^:]+:[a-z]+)(?::(\d+))?$/.exec(text) ?? [];
  if (id === undefined || address === undefined || size === undefined)
    throw refuse("写成 编号@屏号:大小\uff0c如 B6@2:256x32:dual", "write ID@NUMBER:SIZE such as B6@2:256x32:dual");
  const one = { id, address: addressArg(address), shape: shapeArg(size) };
  return [...before, { ...one, ...(control !== undefined && { control: { port: portArg(control) } }) }];
}

/** "B1,B2". */
export function listArg(text: string): readonly string[] {
  return text
    .split(/[,\uff0c\u3001]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

const roles: readonly Role[] = ["contributor", "maker", "reviewer", "signer", "operator", "auditor", "administrator"];

/** "maker,signer". */
export function rolesArg(text: string): readonly Role[] {
  return listArg(text).map((word) => {
    const found = roles.find((role) => role === word);
    if (found !== undefined) return found;
    throw refuse(`没有职责“${word}”：${roles.join("、")}`, `there is no role "${word}": ${roles.join(", ")}`);
  });
}
