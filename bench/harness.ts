/**
 * Ratios, not times: all contenders of a bench run in the same rounds, in a new random order each round, so that
 * whatever else the computer does falls on all of them, and processor time is counted, not the clock on the wall. A gate
 * is the median of the rounds' own ratios.
 */

/** One way of doing the work. `run` does it `perRun` times; its results must be used, or the engine drops the work. */
export type Contender = {
  readonly name: string;
  /** Units of work in one `run`; what is reported is per unit. */
  readonly perRun: number;
} & (
  | { run(): void | Promise<void> }
  /** Another process: it says how many ms of its own processor time `runs` runs took. */
  | { measured(runs: number): Promise<number> }
);

/**
 * What a figure must be; without a bound it is only told. `ratioOf`: how many times longer contender `slow` takes than
 * contender `fast`. `timeOf`: the contender's own time, in the bench's unit, only where the product promises one; the
 * quickest tenth of the rounds is judged, since whatever else the computer does can only add to it.
 * `value`: what else the bench counts, read once all rounds are done.
 */
export type Gate = { readonly name: string; readonly atLeast?: number; readonly atMost?: number } & (
  | { readonly ratioOf: readonly [slow: string, fast: string] }
  | { readonly timeOf: string }
  | { readonly value: () => number }
);

export interface Bench {
  readonly name: string;
  readonly unit: "ns" | "us" | "ms";
  /** Fewer rounds than usual, for one whose samples last seconds each. */
  readonly rounds?: number;
  readonly contenders: readonly Contender[];
  readonly gates: readonly Gate[];
}

/** What a bench file exports as `benches`, or makes there. */
export type Benches = readonly Bench[] | ((sizes: Sizes) => readonly Bench[] | Promise<readonly Bench[]>);

/** How many notices the benches that grow with them have; the tests take fewer. */
export interface Sizes {
  readonly few: number;
  readonly many: number;
}

export interface ContenderResult {
  readonly name: string;
  /** Per unit of work, in the bench's unit. */
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

export interface GateResult {
  readonly name: string;
  /** What is judged, a ratio or what else the gate asks for, and its spread over the rounds. */
  readonly ratio: number;
  readonly p10: number;
  readonly p90: number;
  /** "≥ 50", "≤ 2"; null: told, not judged. */
  readonly wanted: string | null;
  readonly reached: boolean;
}

export interface BenchResult {
  readonly name: string;
  readonly unit: Bench["unit"];
  readonly rounds: number;
  readonly contenders: readonly ContenderResult[];
  readonly gates: readonly GateResult[];
}

export interface Measuring {
  readonly rounds: number;
  /** One sample lasts at least this long, so that the clock's grain and a garbage collection stay small in it. */
  readonly sampleMs: number;
  /** ms that only grow. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
}

/** Processor time of this process, all threads: what others do on the same computer takes none of it. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export const measuring: Measuring = { rounds: 21, sampleMs: 8, now: cpuMs, random: Math.random };

interface Entry {
  readonly contender: Contender;
  readonly runs: number;
  readonly samples: number[];
}

const perMs = { ns: 1e6, us: 1e3, ms: 1 } as const;

/** Throws when a gate names a contender that is not there or asks for nothing. */
export async function measure(bench: Bench, options: Measuring = measuring): Promise<BenchResult> {
  for (const gate of bench.gates) checkGate(bench, gate);
  const entries: Entry[] = [];
  for (const contender of bench.contenders) {
    entries.push({ contender, runs: await calibrate(contender, options), samples: [] });
  }
  const rounds = Math.min(options.rounds, bench.rounds ?? options.rounds);
  for (let round = 0; round < rounds; round += 1) {
    for (const entry of shuffled(entries, options.random)) {
      const ms = await time(entry.contender, entry.runs, options);
      entry.samples.push((ms * perMs[bench.unit]) / (entry.runs * entry.contender.perRun));
    }
  }
  const samplesOf = (name: string) => entries.find(({ contender }) => contender.name === name)?.samples ?? [];
  return {
    name: bench.name,
    unit: bench.unit,
    rounds,
    contenders: entries.map(({ contender, samples }) => ({ name: contender.name, ...spread(samples) })),
    gates: bench.gates.map((gate) => judge(gate, spread(figuresOf(gate, samplesOf)))),
  };
}

function checkGate(bench: Bench, gate: Gate): void {
  const named = "ratioOf" in gate ? gate.ratioOf : "timeOf" in gate ? [gate.timeOf] : [];
  for (const name of named) {
    if (bench.contenders.filter((contender) => contender.name === name).length !== 1) {
      throw new Error(`${bench.name}: gate "${gate.name}" needs exactly one contender named "${name}"`);
    }
  }
  if (gate.atLeast !== undefined && gate.atMost !== undefined) {
    throw new Error(`${bench.name}: gate "${gate.name}" has both atLeast and atMost; make it two`);
  }
}

/** Runs per sample; doubling warms the code up on the way. Where a sample may last any time, nothing is tried out. */
async function calibrate(contender: Contender, options: Measuring): Promise<number> {
  if (options.sampleMs === 0) return 1;
  for (let runs = 1; ; runs *= 2) {
    if ((await time(contender, runs, options)) >= options.sampleMs) return runs;
  }
}

async function time(contender: Contender, runs: number, options: Measuring): Promise<number> {
  if ("measured" in contender) return contender.measured(runs);
  const begun = options.now();
  for (let run = 0; run < runs; run += 1) {
    const pending = contender.run();
    // Awaiting what is not a promise would be measured too.
    if (pending !== undefined) await pending;
  }
  return options.now() - begun;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) [order[last], order[other]] = [b, a];
  }
  return order;
}

/** A figure a round. */
function figuresOf(gate: Gate, samplesOf: (name: string) => readonly number[]): readonly number[] {
  if ("value" in gate) return [gate.value()];
  if ("timeOf" in gate) return samplesOf(gate.timeOf);
  const fast = samplesOf(gate.ratioOf[1]);
  return samplesOf(gate.ratioOf[0]).map((sample, round) => sample / (fast[round] ?? Number.NaN));
}

function judge(gate: Gate, { median, p10, p90 }: Spread): GateResult {
  const figure = "timeOf" in gate ? p10 : median;
  const reached =
    median >= (gate.atLeast ?? Number.NEGATIVE_INFINITY) && figure <= (gate.atMost ?? Number.POSITIVE_INFINITY);
  const bound = gate.atLeast === undefined ? `≤ ${gate.atMost}` : `≥ ${gate.atLeast}`;
  const wanted = gate.atLeast === undefined && gate.atMost === undefined ? null : bound;
  return { name: gate.name, ratio: figure, p10, p90, wanted, reached };
}

interface Spread {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

function spread(samples: readonly number[]): Spread {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;
  return { median: at(0.5), p10: at(0.1), p90: at(0.9) };
}
