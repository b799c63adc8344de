/** 线路: how a board is reached, as it is written in the installation file. */
import { z } from "zod";
import { words } from "./days-schema.ts";
import { host, ownAddress, portNumber, screenNumber } from "./listen-schema.ts";

const baudRate = z.int().min(1200).max(4_000_000).optional();

/** What the panel has is a serial line: it is told one thing at a time, and the line's own time counts. */
const serverBaud = baudRate.meta({
  title: "串口服务器波特率 / serial server's baud rate",
  description:
    "屏接在串口服务器（网口转串口）后面时写：服务器到屏那一段串口的波特率；屏自己有网口就不写 / Where the panel is behind a serial server (TCP to serial): the speed of the serial line from there to the panel; left out where the panel itself is on the network",
  examples: [9600],
});

export const linkSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("tcp-out"),
      host,
      port: portNumber(5005)
        .optional()
        .meta({
          title: "端口 / port",
          description: "5005 when left out; 10001 to signs of driver alpha or huidu",
          examples: [5005],
        }),
      baud: serverBaud,
      address: screenNumber,
    }),
    z.strictObject({ kind: z.literal("tcp-in"), port: portNumber(5006), baud: serverBaud, address: screenNumber }),
    z.strictObject({
      kind: z.literal("serial"),
      path: words("串口 / serial port", "/dev/ttyUSB0", 255),
      baud: baudRate.meta({
        title: "波特率 / baud rate",
        description: "115200 when left out; 9600 to signs of driver alpha",
        examples: [115200],
      }),
      bits: z
        .enum(["8N1", "7E1"])
        .optional()
        .meta({
          title: "数据格式 / bits",
          description: "Data bits, parity, stop bits; 8N1 when left out; 7E1 to signs of driver alpha",
          examples: ["8N1"],
        }),
      address: screenNumber,
    }),
    z.strictObject({ kind: z.literal("udp"), host, port: portNumber(4048).optional(), from: ownAddress.optional() }),
    z.strictObject({ kind: z.literal("browser") }),
    z.strictObject({
      kind: z.literal("carried"),
      folder: words("文件夹 / folder", "usb/B9", 255),
      card: words("控制卡 / card", "HD-U63").optional(),
      tool: words("厂家软件 / maker's program", "HD2020").optional(),
    }),
  ])
  .meta({
    title: "线路 / link",
    description:
      "tcp-out: we dial the panel; tcp-in: the panel dials us; serial: RS-232 or RS-485; udp: datagrams, to a board with a driver that streams; browser: an LCD's browser plays; carried: a person carries files from the folder",
    examples: ["{ kind: tcp-out, host: 192.0.2.7, port: 5005 }"],
  });
