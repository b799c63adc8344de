/** 期: closing one, the year's, and one as it was. */
import { z } from "zod";
import { UsageError } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

type Options = PlaceOptions &
  SignInOptions & {
    readonly json?: boolean;
    readonly year?: string;
    readonly note?: string;
    readonly board?: readonly string[];
  };

const issueSchema = z.object({
  id: z.string(),
  title: z.string(),
  closedAt: z.string(),
  by: z.string(),
  note: z.string(),
  boards: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      items: z.array(
        z
          .object({
            notice: z.string(),
            title: z.string(),
            index: z.string().nullable(),
            signedBy: z.string(),
            message: z.string(),
            picture: z.string(),
          })
          .loose(),
      ),
    }),
  ),
});
const listSchema = z.object({
  year: z.int(),
  issues: z.int(),
  notices: z.int(),
  between: z.int(),
  closed: z.array(z.object({ id: z.string(), title: z.string(), closedAt: z.string(), by: z.string() }).loose()),
});

export async function issue(what: string, id: string | undefined, options: Options, output: Output): Promise<ExitCode> {
  if (what === "close") return close(options, output);
  if (what === "list") return list(options, output);
  if (what !== "show") throw unknown(what);
  if (id === undefined) throw missing();
  return withApi<ExitCode>(options, async (api) => {
    const answered: unknown = await (await api.get(`/api/v1/issues/${encodeURIComponent(id)}`)).json();
    output.out(options.json ? `${JSON.stringify(answered, null, 2)}\n` : said(issueSchema.parse(answered)));
    return 0;
  });
}

/** `--board B3`: all that is on it; `--board B3=N13,N14`: these alone. */
async function close({ board = [], note = "", ...options }: Options, output: Output): Promise<ExitCode> {
  const boards = board.map((one) => {
    const [name = "", ...rest] = one.split("=");
    const notices = rest
      .join("=")
      .split(",")
      .filter((notice) => notice !== "");
    return { board: name, ...(notices.length > 0 && { notices }) };
  });
  return withSignedIn<ExitCode>(options, async (api) => {
    const body = { note, ...(boards.length > 0 && { boards }) };
    const answered: unknown = await (await api.send("POST", "/api/v1/issues", body)).json();
    output.out(options.json ? `${JSON.stringify(answered, null, 2)}\n` : said(issueSchema.parse(answered)));
    return 0;
  });
}

async function list({ year, ...options }: Options, output: Output): Promise<ExitCode> {
  if (year !== undefined && !/^\d{4}$/.test(year)) throw badYear(year);
  return withApi<ExitCode>(options, async (api) => {
    const answered: unknown = await (await api.get(`/api/v1/issues${year ? `?year=${year}` : ""}`)).json();
    const { closed, ...counted } = listSchema.parse(answered);
    const lines = closed.map((one) => `${one.id}\t${one.title}\t${one.closedAt}\t${one.by}`);
    const sum = `${counted.year}: ${counted.issues} 期 issues, ${counted.notices} 条 notices, 期外 between ${counted.between}`;
    output.out(options.json ? `${JSON.stringify(answered, null, 2)}\n` : `${[...lines, sum].join("\n")}\n`);
    return 0;
  });
}

const pictures: Readonly<Record<string, string>> = {
  withheld: "画面由监督员、签发人查看 withheld",
  erased: "画面已按期清除 erased",
  missing: "画面不在库中 MISSING",
};

function said({ id, title, closedAt, by, note, boards }: z.infer<typeof issueSchema>): string {
  const lines = [`${id}  ${title}  ${closedAt}  ${by}${note === "" ? "" : `  ${note}`}`];
  for (const board of boards) {
    lines.push(`${board.id} ${board.name}`);
    for (const one of board.items)
      lines.push(
        `  ${one.notice}\t${one.title}\t${one.index ?? "-"}\t${one.signedBy}\t${pictures[one.picture] ?? one.message.slice(0, 12)}`,
      );
  }
  return `${lines.join("\n")}\n`;
}

const unknown = (what: string) =>
  new UsageError(
    { zh: `issue 没有“${what}”`, en: `issue cannot "${what}"` },
    { zh: "可用 close、list、show。", en: "Use close, list or show." },
  );
const missing = () =>
  new UsageError(
    { zh: "要写期次", en: "name the issue" },
    { zh: "例如 boardcast issue show 2017-4", en: "For example boardcast issue show 2017-4" },
  );
const badYear = (text: string) =>
  new UsageError(
    { zh: `“${text}”不是年份`, en: `"${text}" is not a year` },
    { zh: "例如 --year 2017", en: "For example --year 2017" },
  );
