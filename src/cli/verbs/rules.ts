/** The rules of screening from the command line: shown, tried on the notices there are, changed with a reason. */
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import type { TriedJson } from "../../api/screening-schemas.ts";
import { limits } from "../../limits.ts";
import { UsageError } from "../client.ts";
import type { PlaceOptions } from "../place.ts";
import { type ExitCode, type Output, Refusal } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

export interface RulesOptions extends PlaceOptions, SignInOptions {
  readonly reason?: string;
  readonly json?: boolean;
}

const path = "/api/v1/screening";
const shown = z.object({ rules: z.record(z.string(), z.unknown()) });

export async function rules(
  what: string,
  file: string | undefined,
  options: RulesOptions,
  output: Output,
): Promise<ExitCode> {
  if (what !== "show" && what !== "try" && what !== "change") throw unknown(what);
  const wanted = what === "show" ? {} : await rulesIn(file, what);
  return withSignedIn<ExitCode>(options, async (api) => {
    if (what === "show") {
      const found = shown.parse(await (await api.get(`${path}/rules`)).json());
      output.out(`${JSON.stringify(found.rules, null, 2)}\n`);
    } else if (what === "try") {
      const tried = (await (await api.send("POST", `${path}/try`, wanted)).json()) as TriedJson;
      output.out(options.json ? `${JSON.stringify(tried, null, 2)}\n` : describe(tried));
    } else {
      const { reason } = options;
      await api.send("PUT", `${path}/rules`, { ...wanted, ...(reason !== undefined && { reason }) });
      output.out("检查规则已更新 the rules of screening are changed\n");
    }
    return 0;
  });
}

function describe({ looked, more, added, gone }: TriedJson): string {
  const lines = (hits: TriedJson["added"]) =>
    hits.map(
      ({ notice, title, found, why }) => `  ${notice}  ${title}  ${found ?? ""}\n     ${why.zh}\n     ${why.en}`,
    );
  return `${[
    `试了 ${looked} 条信息 notices tried: ${looked}${more ? "(更早的没有试 older ones were not)" : ""}`,
    `会多查到 found in addition: ${added.length}`,
    ...lines(added),
    `不再查到 no longer found: ${gone.length}`,
    ...lines(gone),
  ].join("\n")}\n`;
}

/** As `show` prints them. */
async function rulesIn(file: string | undefined, what: string): Promise<Readonly<Record<string, unknown>>> {
  if (file === undefined) throw fileMissing(what);
  if ((await stat(file)).size > limits.draftBytes) throw notRules(file);
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw notRules(file);
    throw error;
  }
}

const unknown = (what: string) =>
  new UsageError(
    { zh: `rules 没有“${what}”`, en: `rules cannot "${what}"` },
    { zh: "可用 show、try、change。", en: "Use show, try or change." },
  );
const fileMissing = (what: string) =>
  new UsageError(
    { zh: "要写规则文件", en: "name the file of rules" },
    {
      zh: `例如 boardcast rules ${what} rules.json --as admin`,
      en: `For example boardcast rules ${what} rules.json --as admin`,
    },
  );
const notRules = (file: string) =>
  new Refusal(
    { zh: `${file} 不是检查规则`, en: `${file} has no rules of screening` },
    { zh: "请用 boardcast rules show 打印的内容来改。", en: "Begin from what boardcast rules show prints." },
  );
