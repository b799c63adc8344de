import { writeFile } from "node:fs/promises";
import { z } from "zod";
import type { PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

const peopleSchema = z.array(z.object({ id: z.string(), login: z.string(), name: z.string() }));
const sentence = z.object({ zh: z.string(), en: z.string() });
const handoverSchema = z.object({
  leaver: z.object({ name: z.string() }),
  successor: z.object({ name: z.string() }).nullable(),
  drafts: z.array(z.object({ notice: z.string(), title: z.string() })),
  cases: z.array(z.object({ id: z.string(), title: z.string(), state: z.string() })),
  secrets: z.array(sentence),
});

/** Shuts `login`'s account and gives their work to another, by an administrator. */
export async function handover(
  login: string,
  options: PlaceOptions & SignInOptions & { to: string; sheet?: string },
  output: Output,
): Promise<ExitCode> {
  return withSignedIn(options, async (api): Promise<ExitCode> => {
    const people = peopleSchema.parse(await (await api.get("/api/v1/people")).json());
    const idOf = (wanted: string) => {
      const found = people.find((one) => one.login.toLowerCase() === wanted.toLowerCase());
      if (found !== undefined) return found.id;
      throw new Refusal(
        { zh: `没有账号 ${wanted}`, en: `there is no account ${wanted}` },
        {
          zh: `有的账号：${people.map((one) => one.login).join("、")}`,
          en: `There are: ${people.map((one) => one.login).join(", ")}`,
        },
      );
    };
    const [leaver, to] = [idOf(login), idOf(options.to)];
    // The sheet says what is open before it is given away.
    const sheet =
      options.sheet === undefined ? null : await (await api.get(`/api/v1/people/${leaver}/handover.html`)).text();
    const done = handoverSchema.parse(
      await (await api.send("POST", `/api/v1/people/${leaver}/handover`, { to })).json(),
    );
    if (sheet !== null && options.sheet !== undefined) await writeFile(options.sheet, sheet, { mode: 0o600 });
    const { drafts, cases, secrets } = done;
    output.out(`${done.leaver.name} 的账号已停用，登录已失效；交给 ${done.successor?.name ?? ""}\n`);
    output.out(
      `The account of ${done.leaver.name} is shut and its sessions are over; handed to ${done.successor?.name ?? ""}\n`,
    );
    output.out(
      `\n移交的草稿 Drafts: ${drafts.length}\n${drafts.map(({ notice, title }) => `  ${notice}  ${title}\n`).join("")}`,
    );
    output.out(
      `在办的送审件 Open cases: ${cases.length}\n${cases.map(({ id, title, state }) => `  ${id}  ${title}  (${state})\n`).join("")}`,
    );
    output.out(
      `\n要更换的密码 Passwords to change:\n${secrets.map(({ zh, en }) => `  [ ] ${zh}\n      ${en}\n`).join("")}`,
    );
    if (options.sheet !== undefined) output.out(`\n交接单 Handover sheet: ${options.sheet}\n`);
    return 0;
  });
}
