import { frameBitmap, textOf } from "../../api/picture.ts";
import type { Frame, Shape } from "../../message/types.ts";
import { runSimulatedPanel } from "../../panels/reference/simulator/process.ts";
import type { SimulatedCard } from "../../panels/simulated/cards.ts";
import {
  type SimulatedKind,
  type SimulatedStream,
  simulatedNetStreams,
  simulatedStreams,
  type wirings,
} from "../../panels/simulated/kinds.ts";
import type { CardProcess } from "../../panels/simulated/run.ts";
import { monotonicMs } from "../../time/clock.ts";
import type { ListenEnd, PanelBeside, SerialEnd, TcpEnd } from "../args.ts";
import { UsageError } from "../client.ts";
import type { ExitCode, Output } from "../say.ts";
import { untilToldToStop } from "../until-told.ts";

export interface PanelOptions {
  readonly listen?: ListenEnd;
  readonly connect?: TcpEnd;
  readonly serial?: SerialEnd;
  /** Absent: our own protocol. */
  readonly driver?: SimulatedKind | SimulatedStream;
  /** Of lamps; absent: in rows. */
  readonly wiring?: (typeof wirings)[number];
  readonly size: Shape;
  readonly id: string;
  readonly address: number;
  readonly baud?: number;
  readonly beside?: readonly PanelBeside[];
  readonly control?: number;
  readonly show?: boolean;
  readonly exitWithParent?: boolean;
}

/** Runs until it is told to stop. Its first line is `panel ready {"port":…,"control":…,"beside":{…}}`, for whoever started it. */
export async function panel(options: PanelOptions, output: Output): Promise<ExitCode> {
  const running = await (options.driver ? cardOf(options.driver, options, output) : ourOwn(options));
  // Before the line that invites whoever started us to stop us again.
  const told = untilToldToStop();
  output.out(`panel ready ${JSON.stringify(running.ready)}\n`);
  const watching = options.show ? setInterval(() => void look(), lookEachMs) : undefined;
  let before: Uint8Array | null = null;
  const look = async () => {
    const frame = running.frame();
    if (before && Buffer.compare(before, frame.pixels) === 0) return;
    before = frame.pixels.slice();
    output.out(`${await textOf(frameBitmap(frame))}\n`);
  };
  // The daemon holds the other end of our standard input: it closes however the daemon ends.
  const leftAlone = options.exitWithParent
    ? [new Promise((resolve) => process.stdin.resume().once("close", resolve))]
    : [];
  await Promise.race([told, ...leftAlone]);
  clearInterval(watching);
  await running.stop();
  // Listening to it would keep a process that was told by signal.
  if (options.exitWithParent) process.stdin.destroy();
  return 0;
}

/** Often enough for whoever watches it. */
const lookEachMs = 250;

interface Running {
  /** For whoever started it. */
  readonly ready: object;
  frame(): Frame;
  stop(): Promise<void>;
}

async function ourOwn(options: PanelOptions): Promise<Running> {
  const running = await runSimulatedPanel({
    id: options.id,
    shape: options.size,
    transport: transportOf(options),
    address: options.address,
    ...(options.baud !== undefined && { pacedBaud: options.baud }),
    ...(options.control !== undefined && { control: { port: options.control } }),
    ...(options.beside && { beside: options.beside }),
  });
  const beside = Object.fromEntries(running.beside.map(({ id, controlPort }) => [id, controlPort]));
  const { port, controlPort: control } = running;
  return {
    ready: { port, control, ...(options.beside && { beside }) },
    frame: () => running.panel.snapshot().frame,
    stop: () => running.stop(),
  };
}

async function cardOf(kind: SimulatedKind | SimulatedStream, options: PanelOptions, output: Output): Promise<Running> {
  const where = whereOf(kind, options);
  const { runSimulatedCard } = await import("../../panels/simulated/run.ts");
  const card = await simulated(kind, options);
  const { baud = null, control = null } = options;
  const running = await runSimulatedCard({
    ...{ card, where, bitsPerSecond: baud, control },
    unjoined: (groups, why) => output.err(unjoinedWords(groups, why)),
  });
  const { port, controlPort } = running;
  const frame = () => {
    card.tick(monotonicMs());
    return card.frame();
  };
  return { ready: { port, control: controlPort }, frame, stop: () => running.stop() };
}

/** What is sent to its own address it hears all the same. */
function unjoinedWords([first, ...others]: readonly string[], why: string): string {
  const [zh, en] = others.length === 0 ? ["", ""] : [` 等 ${others.length + 1} 个`, ` and ${others.length} more`];
  return [
    `没有加入组播组 ${first}${zh}（${why}），发到那里的收不到。--listen 请写这台电脑的一个 IPv4 地址，如 udp:127.0.0.1:5568。`,
    `The multicast group ${first}${en} could not be joined (${why}): what is sent there is not heard. Give --listen an IPv4 address of this computer, such as udp:127.0.0.1:5568.`,
    "",
  ].join("\n");
}

async function simulated(
  kind: SimulatedKind | SimulatedStream,
  { size, address, wiring }: PanelOptions,
): Promise<SimulatedCard> {
  if (isOneOf(simulatedStreams, kind)) {
    const { toStream } = await import("../../config/streams.ts");
    const { simulatedLamps } = await import("../../panels/simulated/streams.ts");
    return simulatedLamps(toStream({ kind, wiring: { serpentine: wiring === "serpentine" } }), size);
  }
  const { simulatedCards } = await import("../../panels/simulated/cards.ts");
  const { cellDrawing } = await import("../../typeset/index.ts");
  return simulatedCards[kind](size, address, cellDrawing);
}

function whereOf(kind: SimulatedKind | SimulatedStream, options: PanelOptions): CardProcess["where"] {
  const { listen, address } = options;
  if (isOneOf(simulatedNetStreams, kind)) {
    if (listen?.datagrams) return { kind: "datagrams", host: listen.host, port: listen.port };
    throw new UsageError(
      { zh: `${kind} 收的是数据报`, en: `what ${kind} takes is datagrams` },
      { zh: "用 --listen udp:端口。", en: "Give --listen udp:PORT." },
    );
  }
  const transport = transportOf(options);
  if (transport.kind === "connect") return { ...transport, kind: "tcp-out", address };
  if (transport.kind === "serial") return { ...transport, address, bits: kind === "alpha" ? "7E1" : "8N1" };
  return transport;
}

function transportOf({ listen, connect, serial, driver, wiring }: PanelOptions) {
  if (wiring && !isOneOf(simulatedStreams, driver))
    throw new UsageError(
      { zh: "只有灯板有接线", en: "only lamps have a wiring" },
      { zh: `去掉 --wiring，或者 --driver 用 ${streams}。`, en: `Leave out --wiring, or give --driver ${streams}.` },
    );
  if (listen?.datagrams)
    throw new UsageError(
      { zh: `收数据报的只有 ${netStreams}`, en: `only ${netStreams} take datagrams` },
      { zh: "用 --listen tcp:端口、--connect 或 --serial。", en: "Give --listen tcp:PORT, --connect or --serial." },
    );
  if (listen) return { kind: "listen", ...listen } as const;
  if (connect) return { kind: "connect", ...connect } as const;
  if (serial) return { kind: "serial", ...serial } as const;
  throw new UsageError(
    { zh: "没有说模拟屏接在哪里", en: "the panel has no line" },
    { zh: "用 --listen、--connect 或 --serial 之一。", en: "Give one of --listen, --connect or --serial." },
  );
}

const [streams, netStreams] = [simulatedStreams, simulatedNetStreams].map((kinds) => kinds.join("/"));

const isOneOf = <Kind extends string>(kinds: readonly Kind[], kind: string | undefined): kind is Kind =>
  kinds.some((one) => one === kind);
