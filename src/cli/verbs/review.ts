/** 送审、审核、签发、退回、撤下: clients of the API like the page; who acts signs in first. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { ExitCode, Output } from "../say.ts";
import { realSource, type SignedIn } from "../sign-in.ts";
import { type ActingOptions, acting, caseSchema, path } from "./acting.ts";

const pagesSchema = z.object({ pages: z.array(z.object({ png: z.string().nullable() })) });

export async function submit(notice: string, options: ActingOptions, output: Output): Promise<ExitCode> {
  return acting(options, output, async (api) => {
    const draft = z.object({ version: z.int() }).parse(await (await api.get(path("review", "drafts", notice))).json());
    return api.send("POST", path("review", "drafts", notice, "submit"), { version: draft.version });
  });
}

/** All, or one with its pages as pictures: whoever has these made has looked at them. */
export async function cases(
  id: string | undefined,
  options: ActingOptions & { readonly png?: string },
  output: Output,
): Promise<ExitCode> {
  if (id === undefined) return acting(options, output, (api) => api.get(path("review", "cases")));
  return acting(options, output, async (api) => {
    const answer = await api.get(path("review", "cases", id));
    if (options.png === undefined) return answer;
    const { pixels, paper } = caseSchema.parse(await answer.clone().json());
    await mkdir(options.png, { recursive: true });
    for (const { board } of pixels) await savePages(api, id, board, options.png);
    for (const [index] of (paper?.scans ?? []).entries()) {
      const page = await api.get(path("review", "cases", id, "scan", `${index + 1}`));
      await writeFile(join(options.png, `${id}-scan-${index + 1}.png`), Buffer.from(await page.arrayBuffer()));
    }
    return answer;
  });
}

async function savePages(api: SignedIn, id: string, board: string, folder: string): Promise<void> {
  for (let next: number | null = 1; next !== null; ) {
    const asked: number = next;
    const answer = await api.get(
      `${path("review", "cases", id, "pages")}?board=${encodeURIComponent(board)}&page=${asked}`,
    );
    const { pages } = pagesSchema.parse(await answer.json());
    next = null;
    for (const [index, { png }] of pages.entries()) {
      if (png !== null)
        await writeFile(join(folder, `${id}-${board.replace(":", "-")}-${index + 1}.png`), Buffer.from(png, "base64"));
      // More than one answer may have: the rest is asked for.
      else if (index + 1 > asked && next === null) next = index + 1;
    }
  }
}

export async function review(id: string, options: ActingOptions & { readonly opinion: string }, output: Output) {
  return acting(options, output, (api) =>
    api.send("POST", path("review", "cases", id, "review"), { opinion: options.opinion }),
  );
}

/** The password once more: BOARDCAST_PASSWORD, or typed. */
export async function sign(
  ids: readonly string[],
  options: ActingOptions & { readonly opinion?: string },
  output: Output,
) {
  return acting(options, output, async (api) => {
    const practice = options.practice === true || api.account === null;
    const typed = async () =>
      realSource.env.BOARDCAST_PASSWORD ?? (await realSource.typed("再输一次密码 password again: "));
    const password = practice ? undefined : ((await typed()) ?? undefined);
    return api.send("POST", path("review", "sign"), {
      cases: ids,
      ...(password !== undefined && { password }),
      ...(options.opinion !== undefined && { opinion: options.opinion }),
    });
  });
}

export async function sendBack(id: string, options: ActingOptions & { readonly reason: string }, output: Output) {
  return acting(options, output, (api) =>
    api.send("POST", path("review", "cases", id, "return"), { reason: options.reason }),
  );
}
