/** 信息公开目录: what is missing, the list for the website, what changed in it since, and numbers that are voided. */
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { limits } from "../../limits.ts";
import { compareCatalogues, readCatalogueJson } from "../../notices/catalogue-export.ts";
import { UsageError } from "../client.ts";
import { withApi } from "../office.ts";
import type { PlaceOptions } from "../place.ts";
import type { ExitCode, Output } from "../say.ts";
import { type SignInOptions, withSignedIn } from "../sign-in.ts";

type Options = PlaceOptions &
  SignInOptions & {
    readonly json?: boolean;
    readonly format?: string;
    readonly reason?: string;
    readonly again?: boolean;
  };

const completeness = z.array(
  z.object({ code: z.string(), name: z.string(), state: z.enum(["present", "missing"]), notices: z.array(z.string()) }),
);
const formats = ["csv", "json", "html"];

export async function catalogue(
  what: string,
  about: string | undefined,
  options: Options,
  output: Output,
): Promise<ExitCode> {
  switch (what) {
    case "missing":
      return missing(options, output);
    case "export":
      return withApi<ExitCode>(options, async (api) => {
        const { format = "csv" } = options;
        if (!formats.includes(format)) throw badFormat(format);
        output.out(await (await api.get(`/api/v1/catalogue/export.${format}`)).text());
        return 0;
      });
    case "compare":
      return compare(about, options, output);
    case "void":
      return voidIndex(about, options, output);
    case "show":
      return withApi<ExitCode>(options, async (api) => {
        output.out(`${JSON.stringify(await (await api.get("/api/v1/catalogue")).json(), null, 2)}\n`);
        return 0;
      });
    case "change":
      return change(about, options, output);
  }
  throw unknown(what);
}

/** 1: something is. */
function missing(options: Options, output: Output): Promise<ExitCode> {
  return withApi(options, async (api) => {
    const answered = completeness.parse(await (await api.get("/api/v1/catalogue/completeness")).json());
    const lines = answered.map(({ code, name, state, notices }) => {
      const said = state === "missing" ? "缺 MISSING" : `有 ${notices.length}`;
      return `${said}\t${code}\t${name}\t${notices.join(" ")}`.trimEnd();
    });
    output.out(options.json ? `${JSON.stringify(answered, null, 2)}\n` : `${lines.join("\n")}\n`);
    return answered.some(({ state }) => state === "missing") ? 1 : 0;
  });
}

/** What a list that was exported earlier has otherwise than the catalogue now. 1: something. */
async function compare(file: string | undefined, options: Options, output: Output): Promise<ExitCode> {
  if (file === undefined) throw nameMissing("compare catalogue.json");
  const before =
    (await stat(file)).size > limits.catalogueFileBytes ? null : readCatalogueJson(await readFile(file, "utf8"));
  if (before === null) throw notAnExport(file);
  return withApi<ExitCode>(options, async (api) => {
    const now = readCatalogueJson(await (await api.get("/api/v1/catalogue/export.json")).text());
    if (now === null) throw notAnExport("export.json");
    const differences = compareCatalogues(before, now);
    const words = { gone: "已撤 gone", new: "新增 new", changed: "有改 changed" };
    const lines = differences.map(({ index, what }) => `${words[what]}\t${index}\n`);
    output.out(options.json ? `${JSON.stringify(differences, null, 2)}\n` : lines.join("") || "一致 the same\n");
    return differences.length > 0 ? 1 : 0;
  });
}

async function voidIndex(index: string | undefined, options: Options, output: Output): Promise<ExitCode> {
  const { reason, again = false } = options;
  if (index === undefined || reason === undefined)
    throw nameMissing("void 01-C031-2017-0001 --reason 类别错误 --as signer");
  return withSignedIn<ExitCode>(options, async (api) => {
    const path = `/api/v1/catalogue/numbers/${encodeURIComponent(index)}/void`;
    const { given } = z
      .object({ given: z.string().nullable() })
      .parse(await (await api.send("POST", path, { reason, again })).json());
    output.out(`${index} 已作废 voided${given === null ? "" : `，改为 now ${given}`}\n`);
    return 0;
  });
}

/** The document as `show` prints it under "catalogue". */
async function change(file: string | undefined, options: Options, output: Output): Promise<ExitCode> {
  if (file === undefined) throw nameMissing("change catalogue.json --as admin");
  if ((await stat(file)).size > limits.draftBytes) throw notAnExport(file);
  const wanted = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, "utf8")));
  return withSignedIn<ExitCode>(options, async (api) => {
    const { reason } = options;
    await api.send("PUT", "/api/v1/catalogue", { ...wanted, ...(reason !== undefined && { reason }) });
    output.out("目录已更新 the catalogue is changed\n");
    return 0;
  });
}

const unknown = (what: string) =>
  new UsageError(
    { zh: `catalogue 没有“${what}”`, en: `catalogue cannot "${what}"` },
    {
      zh: "可用 missing、export、compare、void、show、change。",
      en: "Use missing, export, compare, void, show or change.",
    },
  );
const nameMissing = (example: string) =>
  new UsageError(
    { zh: "没有写全", en: "something is left out" },
    { zh: `例如 boardcast catalogue ${example}`, en: `For example boardcast catalogue ${example}` },
  );
const badFormat = (text: string) =>
  new UsageError(
    { zh: `没有格式“${text}”`, en: `there is no format "${text}"` },
    { zh: `可用 ${formats.join("、")}。`, en: `Use ${formats.join(", ")}.` },
  );
const notAnExport = (file: string) =>
  new UsageError(
    { zh: `${file} 不是导出的目录`, en: `${file} is not an exported catalogue` },
    {
      zh: "请用 boardcast catalogue export --format json 导出的文件。",
      en: "Use a file that boardcast catalogue export --format json printed.",
    },
  );
