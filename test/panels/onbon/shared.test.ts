/** Cards on one RS-485 line: an answer about areas has no number, and a late one is known by the card's own. */
import { expect, test } from "vitest";
import { groups } from "../../../src/panels/onbon/commands.ts";
import { onbonDriver, plainOptions } from "../../../src/panels/onbon/driver.ts";
import { encodePayload, ourAddress } from "../../../src/panels/onbon/frame.ts";

const shape = { width: 64, height: 32, colour: "mono" } as const;
const panel = { board: "B1", shape, address: 2, where: "memory", bitsPerSecond: 9600 } as const;
const driver = onbonDriver(plainOptions);

/** The answer to a question about areas, from the card of this number. */
const answerFrom = (from: number) =>
  encodePayload({
    ...{ kind: "dynamic", to: ourAddress, from, device: [0x54, 0x03] },
    body: Uint8Array.of(0, 0xa0, 0, 0, 0, 0, 0, 0, 0),
  } as Parameters<typeof encodePayload>[0]);

test.each([
  ["alone on the line, whoever says it", {}, ["yes", "yes"]],
  ["with others, the one that was asked", { shared: true as const }, ["yes", "other"]],
])("%s", (_name, more, expected) => {
  const state = driver.connect({ ...panel, ...more }, 1);
  const asked = { ...state, asked: { kind: "clear-areas", group: groups.area } as never };
  const exchange = { seq: 1, bytes: new Uint8Array(0), label: "A7 01 CLEAR", timeoutMs: 7000 };
  expect([2, 3].map((from) => driver.accepts(asked, exchange, answerFrom(from)))).toEqual(expected);
});
