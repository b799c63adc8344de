/** 收到的预警: a client of the API. What is confirmed is what the daemon says each board would show now; `show --png` before. */
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { limits } from "../../limits.ts";
import { UsageError } from "../client.ts";
import type { ExitCode, Output } from "../say.ts";
import type { SignedIn } from "../sign-in.ts";
import { type ActingOptions, acting, path } from "./acting.ts";

interface Options extends ActingOptions {
  readonly png?: string;
  readonly boards?: readonly string[];
  readonly reason?: string;
  readonly anotherSender?: boolean;
  readonly certificate?: string;
  readonly fingerprint?: string;
}

const sentence = z.object({ zh: z.string(), en: z.string() });
const warningSchema = z.object({
  number: z.int(),
  sender: z.string(),
  identifier: z.string(),
  state: z.string(),
  title: z.string(),
  signature: z.string(),
  expires: z.string().nullable(),
  told: z.array(sentence),
});
const boardSchema = z.object({
  id: z.string(),
  place: z.string(),
  reach: z.string(),
  why: sentence.nullable(),
  message: z.string().nullable(),
  pages: z.int(),
  proposed: z.boolean(),
  lit: z.string().nullable(),
});
const referenceSchema = z.object({
  sender: z.string(),
  identifier: z.string(),
  another: z.boolean(),
  found: z.array(z.object({ number: z.int(), title: z.string(), state: z.string() })),
});
const viewSchema = warningSchema.extend({
  body: z.string().nullable(),
  references: z.array(referenceSchema),
  boards: z.array(boardSchema),
});
const fileSchema = z.object({ row: z.int(), name: z.string(), at: z.string(), why: sentence });
const senderSchema = z.object({ sender: z.string(), fingerprint: z.string(), confirmed: z.unknown().nullable() });

const stateZh: Readonly<Record<string, string>> = {
  waiting: "等人确认",
  taken: "已办",
  cancelled: "已解除或被更新",
  refused: "不播",
  over: "已过时",
  noted: "只登记",
};

export async function cap(
  what: string,
  about: string | undefined,
  options: Options,
  output: Output,
): Promise<ExitCode> {
  const work = verbs[what];
  if (!work) throw usage(`cap 没有“${what}”`, `cap cannot "${what}"`);
  return acting(options, output, (api) => work(api, about, options), said, "没有收到过预警 none was received\n");
}

type Work = (api: SignedIn, about: string | undefined, options: Options) => Promise<Response>;

const verbs: Readonly<Record<string, Work>> = {
  async send(api, about) {
    const file = needed(about, "文件名", "a file");
    if ((await stat(file)).size > limits.capBytes)
      throw usage(`${file} 超过 ${limits.capBytes} 字节`, `${file} has more than ${limits.capBytes} bytes`);
    return api.sendBytes("POST", path("cap"), await readFile(file));
  },
  list: (api) => api.get(path("cap")),
  async show(api, about, { png }) {
    const id = needed(about, "编号", "a number");
    const answer = await api.get(path("cap", id));
    if (png === undefined) return answer;
    const { boards } = viewSchema.parse(await answer.clone().json());
    await mkdir(png, { recursive: true });
    for (const { id: board, pages } of boards)
      for (let page = 1; page <= pages; page++) {
        const picture = await api.get(path("cap", id, "boards", board, String(page)));
        await writeFile(join(png, `cap-${id}-${board}-${page}.png`), Buffer.from(await picture.arrayBuffer()));
      }
    return answer;
  },
  async confirm(api, about, { boards: wanted, anotherSender }) {
    const id = needed(about, "编号", "a number");
    const { boards } = viewSchema.parse(await (await api.get(path("cap", id))).json());
    const chosen = boards.filter(({ id: board, proposed }) => wanted?.includes(board) ?? proposed);
    const unknown = wanted?.find((board) => !boards.some((one) => one.id === board));
    if (unknown !== undefined) throw usage(`没有公开栏 ${unknown}`, `there is no board ${unknown}`);
    const named = chosen.map(({ id: board, message }) => ({ board, message: message ?? "0".repeat(64) }));
    return api.send("POST", path("cap", id, "confirm"), { boards: named, ...(anotherSender && { anotherSender }) });
  },
  refuse: (api, about, { reason }) =>
    api.send("POST", path("cap", needed(about, "编号", "a number"), "refuse"), {
      reason: needed(reason, "--reason", "--reason"),
    }),
  refused: (api) => api.get(path("cap-refused")),
  async acknowledge(api) {
    const files = z.array(fileSchema).parse(await (await api.get(path("cap-refused"))).json());
    const last = files.at(-1);
    if (!last) throw usage("没有未收的文件", "no file was refused");
    return api.send("POST", path("cap-refused", "acknowledge"), { upTo: last.row });
  },
  senders: (api) => api.get(path("cap-senders")),
  async trust(api, about, { certificate, fingerprint }) {
    const sender = needed(about, "发布单位", "a sender");
    if (certificate === undefined)
      return api.send("POST", path("cap-senders", "confirm"), {
        sender,
        fingerprint: needed(fingerprint, "--certificate 或 --fingerprint", "--certificate or --fingerprint"),
      });
    return api.send("POST", path("cap-senders"), { sender, certificate: await readFile(certificate, "utf8") });
  },
  distrust: (api, about, { fingerprint, reason }) =>
    api.send("POST", path("cap-senders", "remove"), {
      sender: needed(about, "发布单位", "a sender"),
      fingerprint: needed(fingerprint, "--fingerprint", "--fingerprint"),
      reason: needed(reason, "--reason", "--reason"),
    }),
};

function said(answered: unknown): string | null {
  const view = viewSchema.safeParse(answered);
  if (view.success) {
    const { body, references, boards } = view.data;
    const named = references.map(referenceLine).join("");
    const lines = boards.map(
      ({ id, place, reach, why, pages, lit }) =>
        `  ${id}  ${place}  ${reach === "line" ? `${pages} 页 pages` : `到不了 not reached: ${why?.zh ?? reach}`}${lit === null ? "" : `  ${litZh[lit] ?? ""} ${lit}`}\n`,
    );
    return `${line(view.data)}${named}${(body ?? "").replace(/^/gm, "  ")}\n${lines.join("")}`;
  }
  const warning = warningSchema.safeParse(answered);
  if (warning.success) return line(warning.data);
  const file = fileSchema.safeParse(answered);
  if (file.success) return `${file.data.name}  ${file.data.at}  ${file.data.why.zh} · ${file.data.why.en}\n`;
  const sender = senderSchema.safeParse(answered);
  if (!sender.success) return null;
  const { sender: name, fingerprint, confirmed } = sender.data;
  return `${name}  ${fingerprint}  ${confirmed === null ? "等另一人确认 to be confirmed" : "可信 believed"}\n`;
}

function line({ number, state, title, sender, signature, expires, told }: z.infer<typeof warningSchema>): string {
  const more = told.map(({ zh, en }) => `  ${zh} · ${en}\n`).join("");
  return `${number}  ${stateZh[state] ?? state} ${state}  ${title}  ${sender}  ${signature}  ${expires ?? "-"}\n${more}`;
}

/** What it refers to, as that is now. */
function referenceLine({ sender, identifier, another, found }: z.infer<typeof referenceSchema>): string {
  const which = found.map(({ number, title, state }) => `${number} 《${title}》 ${stateZh[state] ?? state} ${state}`);
  const what = which.length > 0 ? which.join("; ") : "没有收到过 has not come";
  return `  → ${sender} ${identifier}  ${what}${another ? "  发布者不同 another sender" : ""}\n`;
}

const litZh: Readonly<Record<string, string>> = { confirmed: "已核对", "not-confirmed": "未核对", dark: "已紧急关屏" };

const needed = (text: string | undefined, zh: string, en: string): string => {
  if (text === undefined || text === "") throw usage(`要写${zh}`, `name ${en}`);
  return text;
};

const usage = (zh: string, en: string) =>
  new UsageError({ zh, en }, { zh: "见 boardcast cap --help。", en: "See boardcast cap --help." });
