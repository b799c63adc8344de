/** The last look is taken each second: it must cost little, and yet see every change. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { clear } from "../../src/panels/delivery/clear.ts";
import { base, FakeSeals, picture, sealed, wantedOf } from "./town.ts";

const hour = 3_600_000;
const message = picture(0x5a);

describe("looking again is cheap", () => {
  test("a seal is judged once for all of a notice's touching spans, whatever the number of turns", () => {
    const seals = new FakeSeals();
    const show = Array.from({ length: 20 }, (_, index) => [`N${index}`, picture(index)] as const);
    const parts = Array.from({ length: 200 }, (_, index) => ({
      fromMs: index * 100,
      untilMs: (index + 1) * 100,
      show,
    }));
    const asked = sealed(seals, wantedOf(parts));
    seals.asked = 0;
    expect(clear(asked, seals, base).ok).toBe(true);
    expect(seals.asked).toBe(20);
  });

  test("and yet a verdict that changes is heard at the next look", () => {
    const seals = new FakeSeals();
    const asked = sealed(seals, wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", message]] }]));
    expect(clear(asked, seals, base).ok).toBe(true);
    seals.sign("R1", message, { withdrawnAt: base + 1 });
    expect(clear(asked, seals, base + 1).ok).toBe(false);
  });

  test("a message's bytes are hashed by their own name, not by another's", () => {
    const seals = new FakeSeals();
    const [one, two] = [picture(1), picture(2)];
    const asked = sealed(seals, wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", one]] }]));
    expect(clear(asked, seals, base).ok).toBe(true);
    expect(createHash("sha256").update(one.bytes).digest("hex")).toBe(one.hash);
    // A message that was found right under its own name stands in for another.
    const swapped = {
      ...wantedOf([{ fromMs: 0, untilMs: hour, show: [["R1", two]] }]),
      messages: new Map([[two.hash, one]]),
    };
    seals.sign("R1", two);
    expect(clear(swapped, seals, base).ok).toBe(false);
  });
});
