/** 装卡: what waits to be carried, the folder written to a stick and read back, and what somebody says who put it in. */
import { z } from "zod";
import { FaultError } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { folderName } from "../../panels/carried/files.ts";
import { differing, manifestName, replaceFolder } from "../../panels/carried/folder.ts";
import { type CarriedFile, unzip } from "../../panels/carried/zip.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { type ActingOptions, acting, minuteIn, path } from "./acting.ts";
import { photoAt, type SaidOptions } from "./postings.ts";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const cardSchema = z.object({
  board: z.string(),
  name: z.string(),
  place: z.string(),
  custodian: z.string(),
  state: z.string(),
  code: z.string(),
  items: z.array(
    z.object({ notice: z.string(), title: z.string(), until: z.string(), isNew: z.boolean(), isDefault: z.boolean() }),
  ),
  off: z.array(z.object({ notice: z.string(), title: z.string(), until: z.string() })),
  loaded: z.object({ code: z.string(), at: z.string(), name: z.string() }).nullable(),
  late: z.boolean(),
});

const states: Readonly<Record<string, string>> = {
  "to-carry": "待装卡 to be loaded",
  "to-take-off": "待撤下，须重新装卡 to be loaded again",
  said: "人工确认已装入 put in, says a person",
  dark: "紧急关屏中 switched dark",
};

/** Null: it is no card. */
export function cardLines(answered: unknown, zone: string): string | null {
  const time = minuteIn(zone);
  const parsed = cardSchema.safeParse(answered);
  if (!parsed.success) return null;
  const { board, name, place, custodian, state, code, items, off, loaded, late } = parsed.data;
  const lines = [
    `${board}  ${name}  ${states[state] ?? state}  ${code}${late ? "  已超过一个工作日 late" : ""}`,
    `    ${place}  ${custodian}`,
    ...items.map(
      (one) => `  ${one.isNew ? "+" : " "} ${one.notice}  ${one.title}${one.isDefault ? "" : `  – ${time(one.until)}`}`,
    ),
    ...off.map((one) => `  - ${one.notice}  ${one.title}  ${time(one.until)}`),
    ...(loaded ? [`    人工确认 said ${time(loaded.at)} ${loaded.name} ${loaded.code}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

export const cards = (options: ActingOptions, output: Output): Promise<ExitCode> =>
  acting(
    options,
    output,
    (api) => api.get(path("cards")),
    cardLines,
    "没有由人装卡的公开栏 no board is loaded by stick\n",
  );

/** A folder of the board's name in `to`: replaced as a whole, written through, read back. FaultError `card/folder`. */
export async function carry(
  board: string,
  { to, ...options }: ActingOptions & { readonly to: string },
  output: Output,
): Promise<ExitCode> {
  const own = (answered: unknown) => {
    const { folder, files, code } = z.object({ folder: z.string(), files: z.int(), code: z.string() }).parse(answered);
    return `${folder}  ${files} 个文件，已逐个读回核对 files, each read back  装卡码 code ${code}\n`;
  };
  return acting(
    options,
    output,
    async (api) => {
      const whole = unzip(await bytesOf(await api.get(path("cards", board, "carry.zip"))));
      const [first] = whole ?? [];
      const name = first?.name.split("/", 1)[0];
      if (!whole || name === undefined) throw unreadable();
      const files = whole.map((file): CarriedFile => ({ ...file, name: file.name.slice(name.length + 1) }));
      const fault = await replaceFolder(to, name, files);
      if (fault) throw new FaultError(fault);
      const folder = join(to, name);
      // Once more in its own place: a stick may lie until it is asked again.
      const wrong = await differing(folder, files);
      if (wrong !== null) throw new FaultError({ code: "card/folder", folder, why: "read-back", detail: wrong });
      const manifest = files.find((file) => file.name === "manifest.json");
      const { code } = z.object({ code: z.string() }).parse(JSON.parse(Buffer.from(manifest?.bytes ?? []).toString()));
      return Response.json({ folder, files: files.length, code });
    },
    own,
  );
}

export async function loaded(
  board: string,
  {
    load,
    stick,
    over = false,
    photo,
    words = "",
    ...options
  }: SaidOptions & { readonly load?: string; readonly stick?: string; readonly over?: boolean },
  output: Output,
): Promise<ExitCode> {
  const which = load ?? (stick === undefined ? null : await loadOn(stick, board));
  if (which === null)
    throw new Refusal(
      { zh: "没有说装的是哪一份", en: "which load was put in is not said" },
      {
        zh: "请加 --load 装卡码，或 --stick U 盘上的文件夹。",
        en: "Add --load and the slip's code, or --stick and the stick's folder.",
      },
    );
  const bytes = photo === undefined ? new Uint8Array() : await photoAt(photo);
  const asked = new URLSearchParams({ load: which, words, ...(over && { over: "1" }) });
  const at = `${path("cards", board, "loaded")}?${asked}`;
  return acting(options, output, (api) => api.sendBytes("PUT", at, bytes), cardLines);
}

/** By the manifest that lies on it. Refusal: there is none of this board. */
async function loadOn(stick: string, board: string): Promise<string> {
  const place = join(stick, folderName(board), manifestName);
  const text = await readFile(place, "utf8").catch(() => "");
  const manifest = z.object({ board: z.literal(board), load: z.string() });
  try {
    return manifest.parse(JSON.parse(text)).load;
  } catch {
    throw new Refusal(
      { zh: `${place} 不是 ${board} 的装卡文件夹`, en: `${place} is no folder that was made for ${board}` },
      {
        zh: "请看 U 盘是否插好，或用 --load 写装卡单上的装卡码。",
        en: "See whether the stick is there, or give the slip's code with --load.",
      },
    );
  }
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > 2 * limits.carriedBytes) throw unreadable();
  return bytes;
}

const unreadable = () =>
  new Refusal(
    { zh: "收到的装卡文件夹读不懂", en: "the folder that came makes no sense" },
    { zh: "请再试一次；版本不同的，请用同一版本的命令。", en: "Try again, with a command of the same version." },
  );
