/** What verbs of review have in common: who acts signs in, the API is asked, its answer is said. */
import { z } from "zod";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { type SignedIn, type SignInOptions, withSignedIn } from "../sign-in.ts";
import { formatCivil } from "../../time/zone.ts";

export type ActingOptions = PlaceOptions & SignInOptions & { readonly json?: boolean };

export const caseSchema = z.object({
  id: z.string(),
  notice: z.string(),
  form: z.string(),
  title: z.string(),
  state: z.string(),
  since: z.string(),
  dueOn: z.string().nullable(),
  pixels: z.array(z.object({ board: z.string() })),
  paper: z.object({ scans: z.array(z.string()) }).nullable(),
});
const draftSchema = z.object({ notice: z.string(), version: z.int(), document: z.unknown() });
type Case = z.infer<typeof caseSchema>;

const stateZh: Readonly<Record<string, string>> = {
  "office-review": "待审核",
  signature: "待签发",
  signed: "已签发",
  returned: "已退回",
  withdrawn: "已撤回",
};

const line = ({ id, state, title, notice, since, dueOn }: Case) =>
  `${id}  ${stateZh[state] ?? state} ${state}  ${title}  ${notice}  ${since}${dueOn === null ? "" : `  期限 due ${dueOn}`}\n`;

/** What is answered, said; or as JSON. `own`: how a verb says what is its own; null: as usual. `none`: of an empty list. */
export async function acting(
  options: ActingOptions,
  output: Output,
  work: (api: SignedIn) => Promise<Response>,
  own: (answered: unknown, zone: string) => string | null = () => null,
  none = "",
): Promise<ExitCode> {
  return withSignedIn(options, async (api): Promise<ExitCode> => {
    const answered: unknown = await (await work(api)).json();
    if (options.json) output.out(`${JSON.stringify(answered, null, 2)}\n`);
    else if (Array.isArray(answered) && answered.length === 0) output.out(none);
    else for (const one of [answered].flat()) output.out(own(one, api.zone) ?? said(one));
    return 0;
  });
}

function said(answered: unknown): string {
  const parsed = caseSchema.safeParse(answered);
  if (parsed.success) return line(parsed.data);
  const draft = draftSchema.safeParse(answered);
  return draft.success
    ? `${draft.data.notice}  草稿第 ${draft.data.version} 稿 draft, version ${draft.data.version}\n`
    : "已办 done\n";
}

/** An instant of the API, to the minute, as the office's clocks have it. */
export const minuteIn = (zone: string) => (iso: string) =>
  formatCivil(zone, Date.parse(iso)).slice(0, "2017-11-06T08:00".length).replace("T", " ");

export const path = (...parts: readonly string[]) => `/api/v1/${parts.map(encodeURIComponent).join("/")}`;
