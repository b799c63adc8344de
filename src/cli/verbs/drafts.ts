/** 起草、报送、待定、预警、同文换版、纸质签发: clients of the API like the page; who acts signs in first. */
import { open } from "node:fs/promises";
import { z } from "zod";
import { limits } from "../../limits.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { realSource, type SignedIn } from "../sign-in.ts";
import { type ActingOptions, acting, path } from "./acting.ts";

const draftSchema = z.object({ notice: z.string(), version: z.int() });
type Draft = z.infer<typeof draftSchema>;

const read = async (answer: Response): Promise<Draft> => draftSchema.parse(await answer.json());
const draftOf = async (api: SignedIn, notice: string) => read(await api.get(path("review", "drafts", notice)));

/** A new draft, a copy, or an edit of a notice; with a file, its text is written into it. */
export async function draft(
  file: string | undefined,
  options: ActingOptions & { readonly edit?: string; readonly copy?: string },
  output: Output,
): Promise<ExitCode> {
  const document = file === undefined ? null : jsonIn(file, await readFile(file, limits.importFileBytes));
  return acting(options, output, async (api) => {
    const { edit, copy } = options;
    const begun =
      edit === undefined
        ? await api.send("POST", path("review", "drafts"), copy === undefined ? {} : { copyOf: copy })
        : await api.send("POST", path("notices", edit, "edit"), {});
    if (document === null) return begun;
    const { notice, version } = await read(begun);
    return api.send("PUT", path("review", "drafts", notice), { version, document });
  });
}

export async function handIn(notice: string, options: ActingOptions, output: Output): Promise<ExitCode> {
  return acting(options, output, async (api) => {
    const { version } = await draftOf(api, notice);
    return api.send("POST", path("review", "drafts", notice, "hand-in"), { version });
  });
}

/** Without a note: no longer held. */
export async function hold(
  notice: string,
  options: ActingOptions & { readonly note?: string; readonly until?: string },
  output: Output,
): Promise<ExitCode> {
  const { note, until } = options;
  return acting(options, output, async (api) => {
    const { version } = await draftOf(api, notice);
    const held = note === undefined ? null : { note, reviewBy: until ?? "" };
    return api.send("POST", path("review", "drafts", notice, "hold"), { version, held });
  });
}

export interface WarnOptions extends ActingOptions {
  readonly station: string;
  readonly time?: number;
  readonly kind: string;
  readonly level: string;
  readonly amount: number;
  readonly hours: number;
}

/** `time`: ms since 1970; now, by the board clock, if left out. */
export async function warn(template: string, options: WarnOptions, output: Output): Promise<ExitCode> {
  const { station, kind, level, amount, hours } = options;
  return acting(options, output, (api) =>
    api.send("POST", path("notices", template, "warn"), {
      station,
      time: options.time ?? api.now,
      kind,
      level,
      amount,
      hours,
    }),
  );
}

export async function renewPixels(
  notice: string,
  options: ActingOptions & { readonly boards: readonly string[] },
  output: Output,
): Promise<ExitCode> {
  return acting(options, output, (api) =>
    api.send("POST", path("notices", notice, "pixels"), { boards: options.boards }),
  );
}

/** A picture or PDF of the form that was signed by pen. */
export async function scan(
  id: string,
  file: string,
  options: ActingOptions & { readonly leader: string },
  output: Output,
): Promise<ExitCode> {
  const bytes = await readFile(file, limits.pictureUploadBytes);
  const query = new URLSearchParams({ leader: options.leader });
  return acting(options, output, (api) =>
    api.sendBytes("PUT", `${path("review", "cases", id, "scan")}?${query}`, bytes),
  );
}

/** What is attested was looked at before: `cases CASE --png DIR` has the boards' pages and the scan made. */
export async function attest(id: string, options: ActingOptions, output: Output): Promise<ExitCode> {
  return acting(options, output, async (api) => {
    const practice = options.practice === true || api.account === null;
    const typed = async () =>
      realSource.env.BOARDCAST_PASSWORD ?? (await realSource.typed("再输一次密码 password again: "));
    const password = practice ? null : await typed();
    return api.send("POST", path("review", "cases", id, "attest"), password === null ? {} : { password });
  });
}

function jsonIn(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Refusal(
      { zh: `${file} 不是 JSON`, en: `${file} is not JSON` },
      { zh: "请按“草稿内容”的格式写成 JSON。", en: "Write the draft as JSON: content, schedule, answers…" },
    );
  }
}

async function readFile(file: string, most: number): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    if (size <= most) return new Uint8Array(await handle.readFile());
    const mebibytes = Math.floor(most / 1024 / 1024);
    throw new Refusal(
      { zh: `${file} 超过 ${mebibytes} MiB`, en: `${file} is larger than ${mebibytes} MiB` },
      { zh: "请换小一些的文件。", en: "Give a smaller file." },
    );
  } finally {
    await handle.close();
  }
}
