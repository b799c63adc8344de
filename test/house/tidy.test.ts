/** A remark made twice in a review becomes a rule here; each says what to do instead. */
import { describe, expect, it } from "vitest";
import { limits } from "../../src/limits.ts";
import { toolTable } from "../tools.ts";
import { type Hit, ignoredFiles, linesMatching, projectFiles, read, where } from "./files.ts";

const files = projectFiles();
const rules = "test/house/";
const isText = (path: string) => !/\.(gz|png|svg|ico|woff2?)$/.test(path) && !path.startsWith("fixtures/");
const texts = files.filter(isText);
const code = files.filter((path) => /\.(ts|mjs|vue|c|h)$/.test(path));
const sources = code.filter((path) => path.startsWith("src/"));
const tests = code.filter((path) => path.startsWith("test/") && !path.startsWith(rules));

function none(hits: readonly Hit[], instead: string): void {
  expect(hits.map(where), instead).toEqual([]);
}

describe("tests", () => {
  it("are neither skipped nor run alone", () => {
    none(
      linesMatching(tests, /\.(skip|only|todo|fails)\b\s*[(.]|\bx(it|describe)\(/),
      "mend the test or delete it; for a system tool that may be absent: describe.skipIf(needTool(…) === null)",
    );
  });

  it("leave out only what needs an absent tool", () => {
    const unasked = linesMatching(tests, /\.(skipIf|runIf)\(/).filter(({ path }) => !/\bneedTool\(/.test(read(path)));
    none(unasked, "ask test/tools.ts: needTool says what is missing, and .ci/run refuses to go without");
  });

  it("name their seeds by themselves: none is fixed to a lucky one", () => {
    none(
      linesMatching(tests, /\bseed:\s*-?\d/),
      "let fast-check draw and print the seed; make the found case an example of its own",
    );
  });

  it("each tool of tools.txt is asked for", () => {
    const all = tests.map(read).join("\n");
    const idle = [...toolTable().keys()].filter((name) => !all.includes(`needTool("${name}")`));
    expect(idle, "take its line out of test/tools.txt").toEqual([]);
  });
});

describe("files", () => {
  it("are at most 300 lines long", () => {
    const long = code
      .map((path) => [path, read(path).split("\n").length - 1] as const)
      .filter(([, lines]) => lines > 300);
    expect(
      long.map(([path, lines]) => `${path}: ${lines} lines`),
      "one of them wants to be two",
    ).toEqual([]);
  });

  it("name no machine, no home folder and no registry", () => {
    none(
      linesMatching(
        texts.filter((path) => path !== `${rules}tidy.test.ts`),
        /\/work\/|\/root\/|\/home\/\w|\/tmp\/\w|C:\\Users|registry\.npm|"resolved":/,
      ),
      "use a path from the repository's root, os.tmpdir(), or a name that each place sets",
    );
  });

  it("say what they leave undone in an issue, not in a comment", () => {
    none(
      linesMatching(
        code.filter((path) => !path.startsWith(rules)),
        /\b(TODO|FIXME|XXX|HACK)\b/,
      ),
      "do it, or write an issue",
    );
  });

  it("that the program needs are not ignored by git: a fresh clone has them all", () => {
    const left = ignoredFiles("src", "fixtures", "firmware-protocol").filter((path) => !path.includes("node_modules/"));
    expect(left, "narrow .gitignore (begin the rule with a /) or move the file").toEqual([]);
  });
});

describe("the program", () => {
  /** Who else reads a clock, and why. */
  const clockReaders: Readonly<Record<string, string>> = {
    "src/web/player/message-cache.ts": "how long to wait before asking again, by the browser's monotonic clock",
    "src/web/player/player.ts": "what drawing costs in this browser, to draw less often when it is slow",
    "src/web/page.ts": "the browser's monotonic clock, handed to the player from here",
  };

  it("reads the time in src/time only", () => {
    const readers = linesMatching(
      sources,
      /\bDate\.now\(|\bnew Date\(\)|\bDate\(\)|\bperformance\.now\(|process\.hrtime/,
    );
    const strays = readers.filter(({ path }) => !path.startsWith("src/time/") && clockReaders[path] === undefined);
    none(strays, "take a Clock, or wallClock and monotonicMs of src/time/clock.ts");
    const idle = Object.keys(clockReaders).filter((reader) => !readers.some(({ path }) => path === reader));
    expect(idle, "take it out of this list").toEqual([]);
  });

  it("uses every limit", () => {
    const all = sources
      .filter((path) => path !== "src/limits.ts")
      .map(read)
      .join("\n");
    const idle = Object.keys(limits).filter((name) => !new RegExp(`\\blimits\\.${name}\\b`).test(all));
    expect(idle, "enforce it where the bytes come in, or take it out of src/limits.ts").toEqual([]);
  });

  it("draws no luck where the same inputs must give the same programme", () => {
    const pure = sources.filter((path) => /^src\/(message|playlist|typeset|notices|time|config)\//.test(path));
    none(linesMatching(pure, /Math\.random\(/), "take the chance as an argument, or derive it from a hash");
  });
});
