/** Where the page and the API are answered: `listen` of the installation file. */
import { z } from "zod";

const ipv4 = /^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(\.(?!$)|$)){4}$/;

export const host = z
  .string()
  .regex(/^[0-9A-Za-z]([0-9A-Za-z.:-]{0,251}[0-9A-Za-z])?$|^::1?$/)
  // Figures and dots are an address, and looked up as a name they would be one that nobody has.
  .refine((value) => !/^[0-9.]+$/.test(value) || ipv4.test(value), {
    error: "不是 IP 地址\uff1a应是四个 0 到 255 的数 / is no IP address: four numbers from 0 to 255",
  })
  .meta({ title: "主机 / host", examples: ["192.0.2.7"] });

export const portNumber = (example: number) =>
  z
    .int()
    .min(1)
    .max(65535)
    .meta({ title: "端口 / port", examples: [example] });

const file = (title: string, example: string) =>
  z
    .string()
    .min(1)
    .max(255)
    .meta({ title, examples: [example] });

export const listenSchema = z.strictObject({
  host: host.optional().meta({
    title: "监听地址 / listening address",
    description:
      "127.0.0.1 (this computer only) when left out; 0.0.0.0: every network card, once there is an account to sign in with, or with review: none a token",
    examples: ["127.0.0.1"],
  }),
  port: portNumber(8080)
    .optional()
    .meta({ title: "端口 / port", description: "8080 when left out", examples: [8080] }),
  tls: z
    .union([
      z.literal("generated").meta({ title: "自动生成 / generated" }),
      z.literal("none").meta({ title: "不加密 / none" }),
      z.strictObject({
        cert: file("证书文件 / certificate file", "tls/office.crt"),
        key: file("私钥文件 / key file", "tls/office.key"),
      }),
    ])
    .optional()
    .meta({
      title: "加密 / TLS",
      description:
        "generated: a certificate of this computer's own; cert and key: PEM files, seen from the installation file; none: passwords cross the network readable. When left out: generated beyond this computer, none on it",
      examples: ["generated", "none", "{ cert: tls/office.crt, key: tls/office.key }"],
    }),
  names: z
    .array(
      z
        .string()
        .regex(/^[0-9A-Za-z]([0-9A-Za-z.-]{0,251}[0-9A-Za-z])?$/)
        .meta({ title: "主机名 / host name", examples: ["board.example.org"] }),
    )
    .max(20)
    .optional()
    .meta({
      title: "主机名 / host names",
      description: "Further names under which it is opened, such as a proxy's; the computer's own is known",
      examples: ["[board.example.org]"],
    }),
  proxy: z
    .int()
    .min(1)
    .max(5)
    .optional()
    .meta({
      title: "反向代理 / reverse proxies",
      description:
        "How many proxies stand before it, the last of them on this computer: so many addresses of X-Forwarded-For are believed, and X-Forwarded-Proto. None when left out",
      examples: [1],
    }),
});

/** On a line that several share. */
export const screenNumber = z
  .int()
  .min(1)
  .max(254)
  .optional()
  .meta({ title: "屏号 / screen number", description: "1 when left out", examples: [2] });

export const ownAddress = z.ipv4().meta({
  title: "本机地址 / own address",
  description: "Of this computer's network card on the panel's network; as its routes say when left out",
  examples: ["192.168.1.5"],
});
