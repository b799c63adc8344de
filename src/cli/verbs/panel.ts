import type { Shape } from "../../message/types.ts";
import { runSimulatedPanel } from "../../panels/reference/simulator/process.ts";
import type { PanelBeside, SerialEnd, TcpEnd } from "../args.ts";
import { UsageError } from "../client.ts";
import type { ExitCode, Output } from "../say.ts";
import { untilToldToStop } from "../until-told.ts";

export interface PanelOptions {
  readonly listen?: TcpEnd;
  readonly connect?: TcpEnd;
  readonly serial?: SerialEnd;
  readonly size: Shape;
  readonly id: string;
  readonly address: number;
  readonly baud?: number;
  readonly beside?: readonly PanelBeside[];
  readonly control?: number;
  readonly exitWithParent?: boolean;
}

/** Runs until it is told to stop. Its first line is `panel ready {"port":…,"control":…,"beside":{…}}`, for whoever started it. */
export async function panel(options: PanelOptions, output: Output): Promise<ExitCode> {
  const running = await runSimulatedPanel({
    id: options.id,
    shape: options.size,
    transport: transportOf(options),
    address: options.address,
    ...(options.baud !== undefined && { pacedBaud: options.baud }),
    ...(options.control !== undefined && { control: { port: options.control } }),
    ...(options.beside && { beside: options.beside }),
  });
  // Before the line that invites whoever started us to stop us again.
  const told = untilToldToStop();
  const beside = Object.fromEntries(running.beside.map(({ id, controlPort }) => [id, controlPort]));
  const { port, controlPort: control } = running;
  output.out(`panel ready ${JSON.stringify({ port, control, ...(options.beside && { beside }) })}\n`);
  // The daemon holds the other end of our standard input: it closes however the daemon ends.
  const leftAlone = options.exitWithParent
    ? [new Promise((resolve) => process.stdin.resume().once("close", resolve))]
    : [];
  await Promise.race([told, ...leftAlone]);
  await running.stop();
  // Listening to it would keep a process that was told by signal.
  if (options.exitWithParent) process.stdin.destroy();
  return 0;
}

function transportOf({ listen, connect, serial }: PanelOptions) {
  if (listen) return { kind: "listen", ...listen } as const;
  if (connect) return { kind: "connect", ...connect } as const;
  if (serial) return { kind: "serial", ...serial } as const;
  throw new UsageError(
    { zh: "没有说模拟屏接在哪里", en: "the panel has no line" },
    { zh: "用 --listen、--connect 或 --serial 之一。", en: "Give one of --listen, --connect or --serial." },
  );
}
