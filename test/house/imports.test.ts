/** Who may import whom. README.md draws the same map; change both together, and only with a reason. */
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { projectFiles, read } from "./files.ts";
import { type Import, importsOf, valuesUsed } from "./source.ts";

interface Neighbours {
  /** May be imported for their code. */
  readonly code: readonly string[];
  /** May be imported for their types only; gone when the program runs. */
  readonly types: readonly string[];
}

const common = ["fault.ts", "graphemes.ts", "limits.ts"];
const all = [
  "canonical-json.ts",
  "config",
  "time",
  "people",
  "ledger",
  "notices",
  "playlist",
  "typeset",
  "message",
  "panels",
  "preview",
  "store",
  "api",
];

/** Area (a folder or file of src) → what else of src it may import. An area not listed here may import nothing. */
const table: Readonly<Record<string, Neighbours>> = {
  "fault.ts": {
    code: [
      "alarm-fault.ts",
      "backup-fault.ts",
      "board-fault.ts",
      "card-fault.ts",
      "catalogue-fault.ts",
      "door-fault.ts",
      "installation-fault.ts",
      "job-fault.ts",
      "ledger-fault.ts",
      "panel-fault.ts",
      "paper-fault.ts",
      "playlist-fault.ts",
      "warning-fault.ts",
      "people-fault.ts",
      "period-fault.ts",
      "picture-fault.ts",
      "stopped-fault.ts",
      "review-fault.ts",
      "takedown-fault.ts",
    ],
    types: [],
  },
  "graphemes.ts": { code: [], types: [] },
  "ledger-fault.ts": { code: [], types: ["fault.ts"] },
  "installation-fault.ts": { code: [], types: ["fault.ts"] },
  "job-fault.ts": { code: [], types: ["fault.ts"] },
  "panel-fault.ts": { code: [], types: ["fault.ts"] },
  "paper-fault.ts": { code: [], types: ["fault.ts"] },
  "playlist-fault.ts": { code: [], types: ["fault.ts"] },
  "warning-fault.ts": { code: [], types: ["fault.ts"] },
  "people-fault.ts": { code: [], types: ["fault.ts"] },
  "period-fault.ts": { code: [], types: ["fault.ts"] },
  "door-fault.ts": { code: [], types: ["fault.ts"] },
  "alarm-fault.ts": { code: [], types: ["fault.ts"] },
  "board-fault.ts": { code: [], types: ["fault.ts"] },
  "card-fault.ts": { code: [], types: ["fault.ts"] },
  "catalogue-fault.ts": { code: [], types: ["fault.ts"] },
  "backup-fault.ts": { code: [], types: ["fault.ts"] },
  "picture-fault.ts": { code: [], types: ["fault.ts"] },
  "review-fault.ts": { code: ["review-words.ts"], types: ["fault.ts"] },
  "review-words.ts": { code: [], types: [] },
  "takedown-fault.ts": { code: [], types: ["fault.ts"] },
  "stopped-fault.ts": { code: [], types: ["fault.ts"] },
  "limits.ts": { code: ["card-limits.ts", "http-limits.ts"], types: [] },
  "card-limits.ts": { code: [], types: [] },
  "http-limits.ts": { code: [], types: [] },
  "canonical-json.ts": { code: [], types: [] },
  time: { code: [], types: [] },
  message: { code: ["limits.ts"], types: [] },
  config: { code: [...common, "time"], types: ["message", "notices"] },
  people: { code: [...common, "canonical-json.ts", "time", "ledger"], types: ["config"] },
  ledger: { code: [...common, "canonical-json.ts", "time", "message"], types: ["config"] },
  notices: { code: [...common, "canonical-json.ts", "time", "message", "ledger"], types: ["config", "people"] },
  playlist: { code: [...common, "time", "message"], types: ["config", "notices"] },
  typeset: { code: [...common, "time", "message"], types: ["notices"] },
  panels: { code: [...common, "time", "message"], types: ["config", "notices"] },
  preview: { code: [...common, "time", "message"], types: ["panels"] },
  store: {
    code: [...common, "canonical-json.ts", "time", "message", "notices", "people", "ledger"],
    types: ["panels"],
  },
  api: {
    code: [...common, "time", "message", "config", "people"],
    types: ["notices", "ledger", "playlist", "panels", "preview"],
  },
  "web/player": { code: ["message"], types: ["preview", "panels"] },
  web: {
    code: [...common, "time", "message", "web/player"],
    types: ["config", "notices", "people", "panels", "preview", "api"],
  },
  // These two compose: they know everyone, and no one knows them.
  daemon: { code: [...common, ...all], types: [] },
  cli: { code: [...common, ...all.filter((area) => area !== "store"), "daemon"], types: [] },
};

/** A package that has one home is replaced in one place. */
const homes: Readonly<Record<string, readonly string[]>> = {
  "@node-rs/argon2": ["people"],
  kysely: ["store"],
  "@photostructure/sqlite": ["store"],
  express: ["api"],
  helmet: ["api"],
  ws: ["preview"],
  "chinese-days": ["time"],
  "node-cron": ["playlist", "daemon"],
  serialport: ["panels", "cli"],
  "@noble/hashes": ["message"],
  "@xmldom/xmldom": ["notices"],
  "xml-crypto": ["notices"],
  qrcode: ["typeset"],
  sharp: ["api", "typeset"],
  wabt: ["typeset"],
  "@hyzyla/pdfium": ["typeset"],
  yaml: ["config", "web"],
  commander: ["cli"],
  "markdown-it": ["web"],
  vue: ["web"],
  "vue-i18n": ["web"],
};

const sources = projectFiles().filter((path) => /^src\/.*\.(ts|vue|mjs)$/.test(path));
const imports = sources.flatMap(importsOf);
const ours = imports.filter(({ specifier }) => specifier.startsWith("."));
const target = ({ from, specifier }: Import) => normalize(join(dirname(from), specifier.replace(/\?.*$/, "")));

function areaOf(path: string): string {
  const inSrc = path.replace(/^src\//, "");
  if (inSrc.startsWith("web/player/")) return "web/player";
  return inSrc.includes("/") ? inSrc.slice(0, inSrc.indexOf("/")) : inSrc;
}

/** "kysely", "@noble/hashes"; null for our own files and for Node's modules. */
function packageOf(specifier: string): string | null {
  if (/^(\.|node:)/.test(specifier)) return null;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function breaches(files: readonly Import[]): readonly string[] {
  return files.flatMap((edge) => {
    const [from, to] = [areaOf(edge.from), areaOf(target(edge))];
    const neighbours = table[from] ?? { code: [], types: [] };
    if (from === to || neighbours.code.includes(to)) return [];
    if (!neighbours.types.includes(to)) {
      return [
        `${edge.from} imports ${edge.specifier}: ${from} may not know ${to}; declare an interface, let src/daemon hand it in`,
      ];
    }
    return edge.typeOnly ? [] : [`${edge.from} imports ${edge.specifier}: from ${to} only types: write "import type"`];
  });
}

describe("imports follow the table", () => {
  it("sees imports of every form", () => {
    const forms = importsOf("test/house/samples/imports.ts.txt").map(({ specifier, typeOnly }) => [
      specifier,
      typeOnly,
    ]);
    expect(forms).toEqual([
      ["./type.ts", true],
      ["./types.ts", true],
      ["./mixed.ts", false],
      ["./effect.ts", false],
      ["./again.ts", false],
      ["./again-type.ts", true],
      ["./inline.ts", true],
      ["./late.ts", false],
    ]);
  });

  it("between the folders of src", () => {
    expect(ours.length).toBeGreaterThan(200);
    expect(breaches(ours)).toEqual([]);
  });

  it("and stay inside src, with their file endings", () => {
    const strays = ours.filter(
      (edge) => !target(edge).startsWith("src/") || !/\.(ts|vue|json|css|svg)$/.test(target(edge)),
    );
    expect(strays.map(({ from, specifier }) => `${from}: ${specifier}: end it in .ts, inside src`)).toEqual([]);
  });

  it("the table names only folders that are there", () => {
    const areas = new Set(sources.map(areaOf));
    expect(Object.keys(table).filter((area) => !areas.has(area))).toEqual([]);
    expect([...areas].filter((area) => table[area] === undefined)).toEqual([]);
  });

  it("packages have their homes", () => {
    const lost = imports.filter(({ from, specifier }) => {
      const home = homes[packageOf(specifier) ?? ""];
      return home !== undefined && !home.includes(areaOf(from).replace("web/player", "web"));
    });
    expect(
      lost.map(
        ({ from, specifier }) => `${from} imports ${specifier}: its home is ${homes[packageOf(specifier) ?? ""]}`,
      ),
    ).toEqual([]);
  });

  it("every dependency is imported, and every import is a dependency", () => {
    const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
    const used = new Set(imports.filter(({ typeOnly }) => !typeOnly).map(({ specifier }) => packageOf(specifier)));
    const unused = Object.keys(manifest.dependencies ?? {}).filter((name) => !used.has(name));
    expect(unused, "remove them from package.json").toEqual([]);
    const declared = { ...manifest.dependencies, ...manifest.devDependencies };
    const undeclared = [...used].filter((name) => name !== null && declared[name] === undefined);
    expect(undeclared, "add them to package.json").toEqual([]);
  });
});

describe("the rooms inside", () => {
  const from = (folder: string) => imports.filter((edge) => edge.from.startsWith(folder));

  it("message runs anywhere: no Node, no Buffer, no BigInt, no crypto, no clock", () => {
    const names = ["Buffer", "BigInt", "BigInt64Array", "BigUint64Array", "crypto", "process", "Date", "performance"];
    const foreign = from("src/message/").filter(({ specifier }) => specifier.startsWith("node:"));
    expect(foreign.map(({ from, specifier }) => `${from} imports ${specifier}: hand it in`)).toEqual([]);
    const used = sources
      .filter((path) => path.startsWith("src/message/"))
      .flatMap((path) => names.filter((name) => valuesUsed(path).has(name)).map((name) => `${path} uses ${name}`));
    expect(used, "Uint8Array, DataView, @noble/hashes and an instant handed in do the same").toEqual([]);
  });

  it("web/player is free of frameworks and packages", () => {
    const packages = from("src/web/player/").filter(({ specifier }) => !specifier.startsWith("."));
    expect(packages.map(({ from, specifier }) => `${from} imports ${specifier}: keep it in src/web`)).toEqual([]);
  });

  it("a simulated panel is written from the specification, not from our codec", () => {
    const shared = from("src/panels/").filter(
      (edge) =>
        /\/simulator\//.test(edge.from) &&
        edge.specifier.startsWith(".") &&
        areaOf(target(edge)) === "panels" &&
        !target(edge).startsWith(`${dirname(edge.from)}/`),
    );
    expect(shared.map(({ from, specifier }) => `${from} imports ${specifier}: write it from SPEC.md again`)).toEqual(
      [],
    );
  });

  it("only delivery/clear.ts makes Cleared", () => {
    const makers = sources.filter((path) => /\bas (unknown as )?Cleared\b/.test(read(path)));
    expect(makers, "ask delivery to clear it").toEqual(["src/panels/delivery/clear.ts"]);
  });
});
