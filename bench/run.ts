/**
 * `npm run bench [-- WORD …]`: every file of this folder that exports `benches`, or those whose file or bench name holds
 * one of the words. Prints tables, writes bench/.out/NAME.json, ends with code 1 when a gate is not reached.
 * BENCH_ROUNDS sets the rounds.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { type Bench, type BenchResult, measure, measuring } from "./harness.ts";
import { tableOf } from "./table.ts";

const machinery = new Set(["harness.ts", "run.ts", "table.ts"]);
const outFolder = new URL(".out/", import.meta.url);
const words = process.argv.slice(2);
const rounds = Number(process.env.BENCH_ROUNDS ?? measuring.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error("BENCH_ROUNDS: a whole number from 1");

await mkdir(outFolder, { recursive: true });
let missed = 0;
let measured = 0;
for (const file of (await readdir(new URL(".", import.meta.url))).sort()) {
  if (!file.endsWith(".ts") || machinery.has(file)) continue;
  const benches = (await benchesOf(file)).filter((bench) => chosen(file, bench));
  const results: BenchResult[] = [];
  for (const bench of benches) {
    const result = await measure(bench, { ...measuring, rounds });
    console.log(tableOf(result));
    results.push(result);
  }
  measured += results.length;
  missed += results.flatMap(({ gates }) => gates).filter(({ reached }) => !reached).length;
  if (results.length > 0) await write(file.replace(/\.ts$/, ".json"), results);
}
if (measured === 0) console.error(words.length === 0 ? "no benches here" : `no bench is called ${words.join(" or ")}`);
if (missed > 0) console.error(`${missed} gate${missed === 1 ? "" : "s"} not reached`);
process.exitCode = measured === 0 || missed > 0 ? 1 : 0;

async function benchesOf(file: string): Promise<readonly Bench[]> {
  const { benches } = (await import(`./${file}`)) as {
    benches?: readonly Bench[] | (() => readonly Bench[] | Promise<readonly Bench[]>);
  };
  if (benches === undefined)
    throw new Error(`bench/${file} exports no benches: export them, or move it into a folder here`);
  return typeof benches === "function" ? benches() : benches;
}

function chosen(file: string, bench: Bench): boolean {
  return words.length === 0 || words.some((word) => file.includes(word) || bench.name.includes(word));
}

async function write(name: string, results: readonly BenchResult[]): Promise<void> {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
  await writeFile(new URL(name, outFolder), `${JSON.stringify({ machine, results }, null, 2)}\n`);
}
