/**
 * A notice of 300 characters typeset for each of the nine sample boards, warm: what a writer waits for. The seven LED
 * boards together within 5 ms of processor time; the two LCD screens have eighty times the dots of the largest of them.
 */
import type { Shape } from "../src/message/index.ts";
import { typeset } from "../src/typeset/typeset.ts";
import type { Bench, Contender } from "./harness.ts";
import { use } from "./peers/agree.ts";
import { requestOf } from "./peers/notices.ts";
import { practice } from "./peers/office.ts";

const characters = 300;
/** So many different notices take turns. */
const notices = 16;
/** LED boards have fewer dots. */
const lcdFromPx = 1_000_000;

const shapes = practice().boards.map(({ shape }) => shape);
const isLcd = ({ width, height }: Shape) => width * height >= lcdFromPx;
const led = shapes.filter((shape) => !isLcd(shape));

function inTurn(name: string, boards: readonly Shape[]): Contender {
  const requests = Array.from({ length: notices }, (_, n) => boards.map((shape) => requestOf(n, characters, shape)));
  let next = 0;
  const run = () => {
    for (const request of requests[next] ?? []) use(pagesOf(request));
    next = (next + 1) % notices;
  };
  return { name, perRun: 1, run };
}

function pagesOf(request: Parameters<typeof typeset>[0]): number {
  const result = typeset(request);
  if (!result.ok) throw new Error(`${request.notice}: ${JSON.stringify(result.faults)}`);
  return result.pages;
}

export function benches(): readonly Bench[] {
  const seven = `the ${led.length} LED boards`;
  const named = [...new Map(shapes.map((shape) => [`${shape.width} x ${shape.height} ${shape.colour}`, shape]))];
  return [
    {
      name: `typesetting ${characters} characters`,
      unit: "ms",
      contenders: [
        inTurn(seven, led),
        inTurn(`all ${shapes.length} boards`, shapes),
        ...named.map(([name, shape]) => inTurn(name, [shape])),
      ],
      gates: [{ name: `${seven}, ms`, timeOf: seven, atMost: 5 }],
    },
  ];
}
