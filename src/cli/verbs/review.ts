/** 送审、审核、签发、退回、撤下: clients of the API like the page; who acts signs in first. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { realSource, type SignedIn, type SignInOptions, withSignedIn } from "../sign-in.ts";
import { Refusal } from "../say.ts";

type Options = PlaceOptions & SignInOptions & { readonly json?: boolean };

const caseSchema = z.object({
  id: z.string(),
  notice: z.string(),
  form: z.string(),
  title: z.string(),
  state: z.string(),
  since: z.string(),
  dueOn: z.string().nullable(),
  pixels: z.array(z.object({ board: z.string() })),
});
type Case = z.infer<typeof caseSchema>;
const pagesSchema = z.object({ pages: z.array(z.object({ png: z.string().nullable() })) });

const stateZh: Readonly<Record<string, string>> = {
  "office-review": "待审核",
  signature: "待签发",
  signed: "已签发",
  returned: "已退回",
  withdrawn: "已撤回",
};

const line = ({ id, state, title, notice, since, dueOn }: Case) =>
  `${id}  ${stateZh[state] ?? state} ${state}  ${title}  ${notice}  ${since}${dueOn === null ? "" : `  期限 due ${dueOn}`}\n`;

/** What `answer` gives, said; or as JSON. */
async function acting(options: Options, output: Output, work: (api: SignedIn) => Promise<Response>): Promise<ExitCode> {
  return withSignedIn(options, async (api): Promise<ExitCode> => {
    const answered: unknown = await (await work(api)).json();
    if (options.json) output.out(`${JSON.stringify(answered, null, 2)}\n`);
    else for (const one of [answered].flat()) output.out(said(one));
    return 0;
  });
}

function said(answered: unknown): string {
  const parsed = caseSchema.safeParse(answered);
  return parsed.success ? line(parsed.data) : "已办 done\n";
}

const path = (...parts: readonly string[]) => `/api/v1/${parts.map(encodeURIComponent).join("/")}`;

export async function submit(notice: string, options: Options, output: Output): Promise<ExitCode> {
  return acting(options, output, async (api) => {
    const draft = z.object({ version: z.int() }).parse(await (await api.get(path("review", "drafts", notice))).json());
    return api.send("POST", path("review", "drafts", notice, "submit"), { version: draft.version });
  });
}

/** All, or one with its pages as pictures: whoever has these made has looked at them. */
export async function cases(
  id: string | undefined,
  options: Options & { readonly png?: string },
  output: Output,
): Promise<ExitCode> {
  if (id === undefined) return acting(options, output, (api) => api.get(path("review", "cases")));
  return acting(options, output, async (api) => {
    const answer = await api.get(path("review", "cases", id));
    if (options.png === undefined) return answer;
    const { pixels } = caseSchema.parse(await answer.clone().json());
    await mkdir(options.png, { recursive: true });
    for (const { board } of pixels) await savePages(api, id, board, options.png);
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
      if (png !== null) await writeFile(join(folder, `${id}-${board}-${index + 1}.png`), Buffer.from(png, "base64"));
      // More than one answer may have: the rest is asked for.
      else if (index + 1 > asked && next === null) next = index + 1;
    }
  }
}

export async function review(id: string, options: Options & { readonly opinion: string }, output: Output) {
  return acting(options, output, (api) =>
    api.send("POST", path("review", "cases", id, "review"), { opinion: options.opinion }),
  );
}

/** The password once more: BOARDCAST_PASSWORD, or typed. */
export async function sign(ids: readonly string[], options: Options & { readonly opinion?: string }, output: Output) {
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

export async function sendBack(id: string, options: Options & { readonly reason: string }, output: Output) {
  return acting(options, output, (api) =>
    api.send("POST", path("review", "cases", id, "return"), { reason: options.reason }),
  );
}

/** A case by its number, or a notice. */
export async function withdraw(id: string, options: Options & { readonly reason: string }, output: Output) {
  return acting(options, output, async (api) => {
    const found = await api.get(path("review", "cases", id)).catch((error: unknown) => {
      if (error instanceof Refusal) return null;
      throw error;
    });
    const place = found === null ? path("notices", id, "withdraw") : path("review", "cases", id, "withdraw");
    return api.send("POST", place, { reason: options.reason });
  });
}
