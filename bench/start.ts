/**
 * Starting a real office with nothing but its default pictures, and with very many notices that are over: its own
 * processor time until every board is planned, and until its page answers.
 */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { builtProgram } from "../test/built.ts";
import type { Bench, Contender, Sizes } from "./harness.ts";
import { type Archive, archiveOf } from "./peers/archive.ts";

const probe = fileURLToPath(new URL("peers/start-probe.mjs", import.meta.url));
const moments = ["planned", "open"] as const;
type Moment = (typeof moments)[number];
/** A start says both: what the bench that asked for it did not want is the next one's, oldest first. */
type Kept = Record<Moment, number[]>;

export async function benches({ many }: Sizes): Promise<readonly Bench[]> {
  process.env.BOARDCAST_TEST_BUILD ??= fileURLToPath(new URL(`.out/run-${process.pid}`, import.meta.url));
  const program = await builtProgram();
  const offices = [0, many].map(async (count) => ({ count, archive: await archiveOf(count) }));
  const made = (await Promise.all(offices)).map((one) => ({ ...one, kept: { planned: [], open: [] } as Kept }));
  // The first start of a folder signs the default pictures.
  for (const { archive } of made) await started(program, archive);
  const next = async (moment: Moment, { archive, kept }: { archive: Archive; kept: Kept }) => {
    const known = kept[moment].shift();
    if (known !== undefined) return known;
    const figures = await started(program, archive);
    const other = moment === "planned" ? "open" : "planned";
    kept[other].push(figures[other]);
    return figures[moment];
  };
  const bench = (moment: Moment): Bench => {
    const contenders = made.map(
      (one): Contender => ({
        name: `${one.count} notices`,
        perRun: 1,
        async measured(runs) {
          let ms = 0;
          for (let run = 0; run < runs; run++) ms += await next(moment, one);
          return ms;
        },
      }),
    );
    const ratioOf = [`${many} notices`, "0 notices"] as const;
    const gates = [{ name: `${many} notices / none, ${moment}`, ratioOf, atMost: 1.3 }];
    return { name: `start, until ${moment}`, unit: "ms", contenders, gates };
  };
  return [bench("planned"), bench("open")];
}

/** ms of processor time until each moment. */
function started(program: string, { folder, config }: Archive): Promise<Readonly<Record<Moment, number>>> {
  const words = ["--import", probe, program, "start", "--config", config, "--data", folder, "--port", "0"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const found = new Map<string, number>();
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [, moment = "", ms = ""] = /^probe (\w+) ([\d.]+)$/.exec(line) ?? [];
      if (moment !== "") found.set(moment, Number(ms));
      if (moment === "open") child.kill();
    });
    child.once("error", reject);
    child.once("exit", () => {
      const [planned, open] = moments.map((moment) => found.get(moment));
      if (planned === undefined || open === undefined) reject(new Error(`${folder}: it did not start`));
      else resolve({ planned, open });
    });
  });
}
