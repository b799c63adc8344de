/** What an LCD's page decides without a browser: what is due, when it may begin, whose clock counts, where it stands, what it says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeProgramme, frameAt, lookup, programmeId } from "../../src/message/index.ts";
import type { MessageHash } from "../../src/message/types.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { placeOf, type Turn } from "../../src/web/show/place.ts";
import { ShowClock } from "../../src/web/show/show-clock.ts";
import { Stage } from "../../src/web/show/stage.ts";
import { type Trouble, troubleWords } from "../../src/web/show/trouble.ts";
import { base, picture, wantedOf } from "../panels/town.ts";

const [red, blue, green] = [picture(0x0f), picture(0xf0), picture(0x33)];
const minute = 60_000;
const said = ({ programme }: Wanted) => Buffer.from(encodeProgramme(programme)).toString("base64");

describe("the stage", () => {
  let now: number | null = base;
  const here = new Map<MessageHash, typeof red>();
  const asked: string[] = [];
  const open = () => {
    now = base;
    here.clear();
    asked.length = 0;
    const messages = (hash: MessageHash) => {
      if (!here.has(hash)) asked.push(hash);
      return here.get(hash);
    };
    return new Stage({ now: () => now, messages });
  };
  const add = (...messages: (typeof red)[]) => {
    for (const one of messages) here.set(one.hash, one);
  };
  const state = (wanted: Wanted, dark = false, blind = false) => ({ programme: said(wanted), dark, blind });
  const first = wantedOf([
    { fromMs: 0, untilMs: 10 * minute, show: [["R1", red]] },
    { fromMs: 10 * minute, untilMs: 20 * minute, show: [["R2", blue]] },
  ]);
  const second = wantedOf([{ fromMs: 0, untilMs: 20 * minute, show: [["R3", green]] }]);

  test("a black board begins with what is due, and asks for the rest", () => {
    const stage = open();
    stage.take(state(first));
    expect([stage.due(now).why, asked]).toEqual(["bare", [red.hash]]);
    add(red);
    stage.look();
    expect(stage.due(now)).toMatchObject({ why: "turn", message: red.hash });
    stage.fetchAhead();
    expect(asked).toContain(blue.hash);
  });

  test("beside something that plays, another programme waits until all of it is here", () => {
    const stage = open();
    add(red, blue);
    stage.take(state(second));
    stage.take(state(first));
    expect(stage.plays?.id).toBe(programmeId(first.programme));
    stage.take(state(second));
    expect(stage.due(now).message).toBe(red.hash);
    add(green);
    stage.look();
    expect(stage.due(now).message).toBe(green.hash);
  });

  test("dark waits for nothing, and what it was is back when it is lit", () => {
    const stage = open();
    add(red, blue);
    stage.take(state(first));
    stage.take({ programme: null, dark: true, blind: false });
    expect(stage.due(now)).toMatchObject({ why: "dark", programme: null });
    stage.take({ programme: null, dark: false, blind: false });
    expect(stage.due(now).message).toBe(red.hash);
  });

  test("never beyond the programme's end, nor where nobody knows the time", () => {
    const stage = open();
    add(red, blue);
    stage.take(state(first));
    expect(stage.due(base + 20 * minute - 1).why).toBe("turn");
    expect([stage.due(base + 20 * minute).why, stage.isOver(base + 20 * minute)]).toEqual(["blank", true]);
    expect(stage.due(null)).toMatchObject({ why: "bare", programme: null });
    stage.take({ programme: null, dark: false, blind: true });
    expect(stage.due(now).why).toBe("bare");
  });

  test("what makes no sense is not played, and stops nothing", () => {
    const stage = open();
    add(red, blue);
    stage.take(state(first));
    for (const programme of ["", "%%%", "AAAA", said(second).slice(0, 40)])
      stage.take({ programme, dark: false, blind: false });
    expect(stage.due(now).message).toBe(red.hash);
  });

  test("what is due at any instant is what the daemon compares with", () => {
    const stage = open();
    add(red, blue);
    stage.take(state(first));
    fc.assert(
      fc.property(fc.integer({ min: -minute, max: 25 * minute }), (ms) => {
        const due = stage.due(base + ms);
        expect(due.message).toBe(lookup(first.programme, base + ms).message);
        if (due.programme)
          expect(frameAt(due.programme, (hash) => here.get(hash), base + ms)).toEqual(
            frameAt(first.programme, (hash) => first.messages.get(hash), base + ms),
          );
      }),
    );
  });
});

describe("the clock", () => {
  const open = () => {
    const time = { monotonic: 1000, wall: 5e11 };
    const clock = new ShowClock({ monotonic: () => time.monotonic, wall: () => time.wall });
    const trip = (now: number) => {
      clock.hint(now, "c");
      clock.sample({ askedAt: time.monotonic - 4, heardAt: time.monotonic, now, clockId: "c" });
    };
    const pass = (ms: number) => {
      time.monotonic += ms;
      time.wall += ms;
    };
    return { time, clock, trip, pass };
  };

  test("is the daemon's, whatever the computer's own says, and goes on without it", () => {
    const { time, clock, trip, pass } = open();
    expect(clock.now()).toBeNull();
    trip(base);
    expect(Math.abs((clock.now() ?? 0) - base)).toBeLessThanOrEqual(2);
    pass(90 * minute);
    expect(clock.now()).toBe(base + 2 + 90 * minute);
    // Somebody sets the computer back: nobody cares.
    time.wall -= 86_400_000;
    expect(clock.now()).toBe(base + 2 + 90 * minute);
  });

  test("a computer that slept knows no time until the daemon is heard, and then at once", () => {
    const { time, clock, trip } = open();
    trip(base);
    time.wall += 3 * 60 * minute;
    expect(clock.now()).toBeNull();
    trip(base + 3 * 60 * minute);
    expect(Math.abs((clock.now() ?? 0) - (base + 3 * 60 * minute))).toBeLessThan(10);
  });
});

test("where it stands: as large as whole device pixels let it be, inside, on whole device pixels; smaller only where it must", () => {
  const side = fc.integer({ min: 1, max: 4096 });
  const turns = fc.constantFrom<Turn>(0, 90, 270);
  fc.assert(
    fc.property(
      side,
      side,
      side,
      side,
      fc.constantFrom(1, 1.25, 1.5, 2, 3),
      turns,
      (w, h, width, height, dpr, turn) => {
        const place = placeOf({ width: w, height: h, colour: "rgb" }, width / dpr, height / dpr, dpr, turn);
        const near = (value: number) => Math.abs(value * dpr - Math.round(value * dpr)) < 1e-6;
        expect([place.left, place.top].every(near)).toBe(true);
        const scale = (place.width * dpr) / w;
        if (place.sharp) expect(Math.abs(scale - Math.round(scale))).toBeLessThan(1e-6);
        const [across, down] = turn === 0 ? [place.width, place.height] : [place.height, place.width];
        const left = turn === 90 ? place.left - across : place.left;
        const top = turn === 270 ? place.top - down : place.top;
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect((left + across) * dpr).toBeLessThanOrEqual(width + 1e-6);
        expect((top + down) * dpr).toBeLessThanOrEqual(height + 1e-6);
      },
    ),
  );
  expect(placeOf({ width: 1920, height: 1080, colour: "rgb" }, 1536, 864, 1.25, 0)).toEqual({
    ...{ left: 0, top: 0, width: 1536, height: 864, sharp: true },
  });
  expect(placeOf({ width: 1080, height: 1920, colour: "rgb" }, 1920, 1080, 1, 90)).toEqual({
    ...{ left: 1920, top: 0, width: 1080, height: 1920, sharp: true },
  });
});

describe("the line of trouble", () => {
  const none: Trouble = { awayMs: null, heardAt: base, utcOffsetMin: 480, over: false, blind: false, closed: null };
  const words = (change: Partial<Trouble>, language = "zh-CN") => troubleWords({ ...none, ...change }, language);

  test("is not there while all is well, nor for a moment's break", () => {
    expect(words({})).toBeNull();
    expect(words({ awayMs: 5000 })).toBeNull();
  });

  test("says how long, and of when what is shown is", () => {
    expect(words({ awayMs: 12 * minute })).toBe("与主机断开 12 分钟 · 内容截至 11-06 08:30");
    expect(words({ awayMs: 125 * minute }, "en")).toBe("No word from the host for 2 h 5 min · as of 11-06 08:30");
    expect(words({ awayMs: 130 * minute, over: true })).toContain("内容已到期");
    expect(words({ awayMs: 30_000, heardAt: null })).toContain("连不上主机");
    expect(words({ blind: true })).toContain("时钟不可信");
  });

  test("says at once that the key does not hold", () => {
    expect(words({ awayMs: 0, closed: 4401 })).toContain("链接无效");
    expect(words({ awayMs: 0, closed: 4403 })).toContain("别的公开栏");
    expect(words({ awayMs: 0, closed: 1006 })).toBeNull();
  });
});
