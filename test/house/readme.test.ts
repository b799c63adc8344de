/** README.md and its Chinese twin name only what is there. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/program.ts";
import { hearing } from "../cli/hearing.ts";
import { projectFiles, read, root } from "./files.ts";

const twins = ["README.md", "README.zh-CN.md"] as const;
const documents = projectFiles().filter((path) => path.endsWith(".md"));
const scripts = Object.keys((JSON.parse(read("package.json")) as { scripts: Record<string, string> }).scripts);
/** Made by running the program, or by the reader; and ends of paths that stand for many. */
const notKept =
  /^(dist|data|node_modules|coverage)\/|^bench\/\.out\/|^boardcast\.yaml$|^notices?\.(json|txt)$|^[\w-]+\.png$/;

const fences = (text: string) => [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, body = ""]) => body);
const withoutFences = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "");
const inline = (text: string) => [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, body = ""]) => body);
const links = (text: string) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = ""]) => to);

/** Command lines: in fences and in backticks, without prompt and comment. */
function commands(text: string): readonly string[] {
  const lines = [...fences(text).flatMap((body) => body.split("\n")), ...inline(text)];
  return lines
    .map((line) =>
      line
        .replace(/^\s*\$ /, "")
        .replace(/\s+#.*$/, "")
        .trim(),
    )
    .filter((line) => /^(npm|npx|boardcast|bash|node) /.test(line))
    .flatMap((line) => line.split(" && "));
}

/** "playlist B1 --at …" from `boardcast …` and `npm run -s boardcast -- …`. */
function verbLines(text: string): readonly string[] {
  return commands(text)
    .map((line) => /^(?:boardcast|npm run -s boardcast --) (.+)$/.exec(line)?.[1])
    .filter((line) => line !== undefined);
}

/** Fences that quote the program: "$ npm run -s boardcast -- …", then what it says. */
function quotes(text: string): readonly (readonly [words: readonly string[], said: string])[] {
  return fences(text).flatMap((body) => {
    const [, line, said] = /^\$ npm run -s boardcast -- (.+)\n([\s\S]+)$/.exec(body) ?? [];
    return line === undefined || said === undefined ? [] : [[line.split(/\s+/), said] as const];
  });
}

/** A path of this repository, not a route, an option or a package. */
function looksLikePath(text: string): boolean {
  if (!/^[\w.-]+(\/[\w.@-]+)*\/?$/.test(text)) return false;
  return text.includes("/")
    ? !/^(application|text|image)\//.test(text)
    : /\.(ts|mjs|md|json|yaml|sh|txt|c|h|png)$/.test(text);
}

describe.each(documents)("%s", (path) => {
  const text = read(path);
  const here = dirname(path);

  it("links to files that are there", () => {
    const local = links(text).filter((to) => !/^(https?:|mailto:|#)/.test(to));
    const gone = local.filter((to) => !existsSync(join(root, here, decodeURI(to.replace(/#.*$/, "")))));
    expect(gone, "name the file where it is now").toEqual([]);
  });

  it("names paths that are there", () => {
    const named = inline(text).filter((body) => looksLikePath(body) && !notKept.test(body));
    const gone = named.filter((to) => ![here, ".", "src"].some((base) => existsSync(join(root, base, to))));
    expect(gone, "name the path where it is now, from the repository's root or from src").toEqual([]);
  });

  it("names npm scripts that are there", () => {
    const named = [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name = ""]) => name);
    if (text.includes("npm test")) named.push("test");
    if (text.includes("npm start")) named.push("start");
    expect(
      named.filter((name) => !scripts.includes(name)),
      "see scripts in package.json",
    ).toEqual([]);
  });

  it("names verbs and options that the program has", async () => {
    for (const line of verbLines(text)) {
      const [verb = "", ...words] = line.split(/\s+/);
      if (verb === "VERB") continue;
      const { output, said } = hearing();
      expect(await run([verb, "--help"], output), `${line}: see boardcast --help`).toBe(0);
      const unknown = words.filter((word) => word.startsWith("--") && !new RegExp(`${word}\\b`).test(said.out));
      expect(unknown, `${line}: see boardcast ${verb} --help`).toEqual([]);
    }
  });
});

describe("the twins", () => {
  const [english, chinese] = twins.map(read) as [string, string];

  it("open with the two commands", () => {
    for (const text of [english, chinese]) {
      const [first = ""] = fences(text);
      expect(commands(`\`\`\`\n${first}\`\`\``)).toEqual(["npm ci", "npm start", "npm ci", "npm test"]);
      expect(text.indexOf("```")).toBeLessThan(600);
    }
  });

  it("have the same headings, in the same order of ranks", () => {
    const ranks = (text: string) => [...withoutFences(text).matchAll(/^(#+) /gm)].map(([, rank]) => rank);
    expect(ranks(chinese)).toEqual(ranks(english));
  });

  it("show the same commands, links and pictures", () => {
    expect(commands(chinese)).toEqual(commands(english));
    const others = (text: string) =>
      links(text)
        .filter((to) => !to.startsWith("README") && !to.startsWith("#"))
        .sort();
    expect(others(chinese)).toEqual(others(english));
  });

  it.each(twins)("%s quotes the program as it answers", async (path) => {
    const quoted = quotes(read(path));
    expect(quoted.length).toBeGreaterThan(0);
    for (const [words, said] of quoted) {
      const { output, said: heard } = hearing();
      const samples = ["--practice", "--data", join(root, "test/.out/no-office")];
      expect(await run([...words, ...samples], output)).toBe(0);
      expect(heard.out).toContain(said);
    }
  });

  it("name each other", () => {
    expect(links(english)).toContain("README.zh-CN.md");
    expect(links(chinese)).toContain("README.md");
  });
});

describe("the map", () => {
  it.each(twins)("of %s has every folder of src, and every folder that it has is there", (path) => {
    const text = read(path);
    const folders = new Set(
      projectFiles()
        .map((file) => /^src\/([^/]+)\//.exec(file)?.[1])
        .filter((name) => name !== undefined),
    );
    const missing = [...folders].filter((name) => !text.includes(`\`src/${name}/\``));
    expect(missing, "give it a line in the map").toEqual([]);
  });
});
