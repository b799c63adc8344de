/** Where an instant falls in a programme: asked for every frame, fact and tile. Its cost must not grow with the day. */
import { lookup, type Programme, type Span } from "../src/message/index.ts";
import { limits } from "../src/limits.ts";
import type { Bench } from "./harness.ts";
import { use } from "./peers/agree.ts";

const base = 1_509_928_190_000;
const spanMs = 60_000;
const instants = 4096;
const frameMs = 25;
const counts = [10, 1000, limits.spansPerProgramme] as const;

export function benches(): readonly Bench[] {
  const contenders = counts.flatMap((count) => {
    const programme = programmeOf(count);
    // Apart from each other, so that neither caches nor branches can guess the next; and as frames ask, one after another.
    const at = Float64Array.from({ length: instants }, (_, index) =>
      Math.floor(base + scattered(index) * programme.endMs),
    );
    const onwards = Float64Array.from(
      { length: instants },
      (_, index) => base + Math.floor(programme.endMs / 3) + index * frameMs,
    );
    for (const instant of [...at, ...onwards]) {
      const [ours, scan] = [lookup(programme, instant), linearLookup(programme, instant)];
      if (ours.message !== scan.message || ours.span !== scan.span || ours.elapsedMs !== scan.elapsedMs)
        throw new Error(`lookups differ at ${instant}: ${JSON.stringify(ours)} ${JSON.stringify(scan)}`);
    }
    return [
      { name: `ours, ${count} spans`, perRun: instants, run: all(at, (instant) => lookup(programme, instant)) },
      {
        name: `ours, ${count} spans, frame by frame`,
        perRun: instants,
        run: all(onwards, (instant) => lookup(programme, instant)),
      },
      {
        name: `linear scan, ${count} spans`,
        perRun: instants,
        run: all(at, (instant) => linearLookup(programme, instant)),
      },
    ];
  });
  const most = counts[counts.length - 1];
  return [
    {
      name: "programme lookup",
      unit: "ns",
      contenders,
      gates: [
        {
          name: `P: scan / ours at ${most}`,
          ratioOf: [`linear scan, ${most} spans`, `ours, ${most} spans`],
          atLeast: 20,
        },
        {
          name: `growth, 10 to ${most} spans, frame by frame`,
          ratioOf: [`ours, ${most} spans, frame by frame`, "ours, 10 spans, frame by frame"],
          atMost: 4,
        },
        {
          name: `growth, 10 to ${most} spans, anywhere`,
          ratioOf: [`ours, ${most} spans`, "ours, 10 spans"],
          atMost: 10,
        },
      ],
    },
  ];
}

function all(instants: Float64Array, ask: (at: number) => { readonly elapsedMs: number }) {
  return () => {
    let sum = 0;
    for (const at of instants) sum += ask(at).elapsedMs;
    use(sum);
  };
}

/** 0 ≤ x < 1, without visible order. */
function scattered(index: number): number {
  return (Math.imul(index + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
}

/** A minute a span, four turns of uneven length in each, every tenth minute dark. */
function programmeOf(count: number): Programme {
  const messages = Array.from({ length: 40 }, (_, index) => index.toString(16).padStart(64, "0"));
  const spans: Span[] = [];
  for (let index = 0; spans.length < count; index++) {
    if (index % 10 === 9) continue;
    const turns = [7000, 12_000, 20_000, 31_000].map((endMs, turn) => ({ message: (index + turn * 7) % 40, endMs }));
    spans.push({
      startMs: index * spanMs,
      endMs: (index + 1) * spanMs,
      leadMs: (index * 977) % 31_000,
      turns,
      utcOffsetMin: 480,
    });
  }
  const last = spans[spans.length - 1] as Span;
  return { shape: { width: 128, height: 32, colour: "mono" }, base, endMs: last.endMs, messages, spans };
}

/** The obvious way: span after span, turn after turn. */
function linearLookup(programme: Programme, at: number) {
  const time = at - programme.base;
  for (const [index, span] of programme.spans.entries()) {
    if (time < span.startMs || time >= span.endMs) continue;
    const loop = span.turns[span.turns.length - 1]?.endMs ?? 1;
    const place = (span.leadMs + time - span.startMs) % loop;
    let start = 0;
    for (const turn of span.turns) {
      if (place < turn.endMs)
        return { message: programme.messages[turn.message] ?? null, span: index, elapsedMs: place - start };
      start = turn.endMs;
    }
  }
  return { message: null, span: -1, elapsedMs: 0 };
}
