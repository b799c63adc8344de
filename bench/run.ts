/**
 * `npm run bench [-- WORD …]`: every file of this folder that exports `benches`, or those whose name holds one of the
 * words. Prints tables, writes bench/.out/NAME.json, ends with code 1 when a gate is not reached. BENCH_ROUNDS sets the
 * rounds.
 */
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { arch, cpus, loadavg, platform, totalmem } from "node:os";
import { type Benches, type BenchResult, measure, measuring, type Sizes } from "./harness.ts";
import { used } from "./peers/agree.ts";
import { tableOf } from "./table.ts";

const machinery = new Set(["harness.ts", "run.ts", "table.ts"]);
const sizes: Sizes = { few: 1000, many: 100_000 };
const outFolder = new URL(".out/", import.meta.url);
const words = process.argv.slice(2);
const rounds = Number(process.env.BENCH_ROUNDS ?? measuring.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error("BENCH_ROUNDS: a whole number from 1");

await mkdir(outFolder, { recursive: true });
let missed = 0;
let measured = 0;
for (const file of (await readdir(new URL(".", import.meta.url))).sort()) {
  if (!file.endsWith(".ts") || machinery.has(file)) continue;
  if (words.length > 0 && !words.some((word) => file.includes(word))) continue;
  const results: BenchResult[] = [];
  const { benches, close } = (await import(`./${file}`)) as { benches?: Benches; close?: () => Promise<void> };
  if (benches === undefined)
    throw new Error(`bench/${file} exports no benches: export them, or move it into a folder here`);
  try {
    for (const bench of typeof benches === "function" ? await benches(sizes) : benches) {
      const result = await measure(bench, { ...measuring, rounds });
      console.log(tableOf(result));
      results.push(result);
    }
  } finally {
    // Daemons and browsers are processes of their own, which would stay, and be measured with what comes next.
    await close?.();
  }
  measured += results.length;
  missed += results.flatMap(({ gates }) => gates).filter(({ reached }) => !reached).length;
  await write(file.replace(/\.ts$/, ".json"), results);
}
if (measured === 0) console.error(words.length === 0 ? "no benches here" : `no bench is called ${words.join(" or ")}`);
if (missed > 0) console.error(`${missed} gate${missed === 1 ? "" : "s"} not reached`);
// Whatever lines and timers a bench has left open end with it.
process.exit(measured === 0 || missed > 0 ? 1 : 0);

async function write(name: string, results: readonly BenchResult[]): Promise<void> {
  const machine = {
    node: process.version,
    v8: process.versions.v8,
    platform: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    loadAverage: loadavg(),
  };
  const report = { machine, at: new Date().toISOString(), resultsUsed: used(), results };
  await writeFile(new URL(name, outFolder), `${JSON.stringify(report, null, 2)}\n`);
}
