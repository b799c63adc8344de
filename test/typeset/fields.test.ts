/** What changes without being sent again: clocks as fields, countdowns as pages of days. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameBitmap } from "../../src/api/picture.ts";
import { decodeMessage, type Instant, messageFrame } from "../../src/message/index.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { utcOffsetMin } from "./golden.ts";
import { dotsOf } from "./dots.ts";
import { facesOf, Reader } from "./reader.ts";
import { content, instant, request, sampleContent, sampleRequest, sampleShapes } from "./samples.ts";

/** Only what went into the bytes can be lit: the message is read back from them. */
function set(asked: TypesetRequest) {
  const result = typeset(asked);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const decoded = decodeMessage(result.message.bytes);
  if (!decoded.ok) throw new Error(decoded.what);
  const faces = new Map(result.facts.flatMap(facesOf).map((face) => [face.name, face]));
  return { ...decoded.message, faces: [...faces.values()] };
}
type Lit = ReturnType<typeof set>;

const reader = new Reader(
  `${sampleContent("N18").body}${sampleContent("N15").body}${sampleContent("N16").body}开工今天是星期日一二三四五六`,
);

function litAt(message: Lit, at: Instant): string {
  const { shape, pixels } = messageFrame(message, 0, at, utcOffsetMin);
  const lines = reader.lines(dotsOf(frameBitmap({ shape, pixels })), message.faces);
  if (lines === null) throw new Error(`the frame at ${at} cannot be read`);
  return lines.join("");
}

const dayMs = 86_400_000;
const instants = fc.integer({ min: instant("2000-01-01T00:00"), max: instant("2099-12-31T23:59") });

function clockText(at: Instant): string {
  const local = new Date(at + utcOffsetMin * 60_000).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(local) ?? [];
  const weekday = "日一二三四五六"[new Date(at + utcOffsetMin * 60_000).getUTCDay()];
  return `${year}年${Number(month)}月${Number(day)}日星期${weekday}${time}`;
}

describe("a clock", () => {
  it.each(sampleShapes)("shows date, weekday and time at any instant on $width x $height $colour", (shape) => {
    const message = set(sampleRequest("N17", shape));
    expect(message.pages).toHaveLength(1);
    const asProperty = fc.property(instants, (at) => {
      expect(litAt(message, at)).toBe(clockText(at));
    });
    fc.assert(asProperty, { numRuns: shape.width > 1000 ? 10 : 60 });
  });

  it.each([
    ["{{date:YYYY-MM-DD}}", "2017-03-05"],
    ["{{date:M月D日}}", "3月5日"],
    ["{{time:HH:mm:ss}}", "08:04:09"],
    ["{{time:H:mm}}", "8:04"],
    ["今天是星期{{weekday}}", "今天是星期日"],
    ["{{date:M月 D日}}", "3月5日"],
    ["{{ date : M月D日 }} 星期{{ weekday }}", "3月5日星期日"],
  ])("understands %s", (body, shown) => {
    const message = set(request({ width: 256, height: 32, colour: "mono" }, { displayKind: "clock", body }));
    expect(litAt(message, instant("2017-03-05T08:04") + 9000)).toBe(shown);
  });

  it("sets the spaces of a format as they are, and breaks at none of them", () => {
    const spaced = typeset(
      request({ width: 256, height: 32, colour: "mono" }, { displayKind: "clock", body: "{{date:M月 D日}}" }),
    );
    expect(spaced).toMatchObject({ ok: true, lines: ["□□月 □□日"] });
  });

  it("keeps to a field's limits on the largest panels", () => {
    const { fields } = set(sampleRequest("N17", { width: 4000, height: 2000, colour: "rgb" })).pages[0] ?? {
      fields: [],
    };
    expect(fields.length).toBeGreaterThan(0);
    for (const { cellHeight } of fields) expect(cellHeight).toBeLessThanOrEqual(255);
  });

  it.each([
    [32, 8, "08:04"],
    [30, 12, "08:04"],
  ])("stands on a sign of %i x %i without margins", (width, height, shown) => {
    const message = set(request({ width, height, colour: "mono" }, { displayKind: "clock", body: "{{time:HH:mm}}" }));
    expect(message.pages).toHaveLength(1);
    expect(litAt(message, instant("2017-03-05T08:04"))).toBe(shown);
  });

  it("that does not fit is a fault", () => {
    const small = typeset(sampleRequest("N17", { width: 32, height: 16, colour: "mono" }));
    expect(small).toMatchObject({ ok: false, faults: [{ code: "notice/does-not-fit" }] });
  });
});

const small = sampleShapes.filter(({ width }) => width < 1000);

describe("a countdown", () => {
  const last = instant("2017-11-30T00:00");

  it.each(small)("shows N18's number on every day of its window on $width x $height $colour", (shape) => {
    const message = set(sampleRequest("N18", shape));
    const { from } = sampleRequest("N18", shape).window;
    for (let at = from; at < last; at += dayMs) {
      const left = Math.round((last - instant(`${clockDate(at)}T00:00`)) / dayMs);
      expect(litAt(message, at)).toBe(`距年度危房改造竣工验收还有${left}天`);
    }
    expect(litAt(message, last)).toBe("今日竣工验收");
    expect(litAt(message, last + dayMs - 1)).toBe("今日竣工验收");
  });

  it.each([
    ["more than two lines", 48, 64],
    ["a number cut from its unit, rather than none", 16, 160],
  ])("takes %s on a panel that has no room else", (_, width, height) => {
    const asked = request({ width, height, colour: "mono" }, { ...countdownTo("2017-03-12") });
    expect(litAt(set(asked), instant("2017-03-08T12:00"))).toBe("距开工还有4天");
  });

  it("changes at the office's midnight, and is black outside its days", () => {
    const message = set(sampleRequest("N18", { width: 160, height: 80, colour: "mono" }));
    expect(litAt(message, last - 1)).toContain("还有1天");
    expect(litAt(message, last - dayMs - 1)).toContain("还有2天");
    expect(litAt(message, last + dayMs)).toBe("");
  });

  it("has a page for each day that its window touches, and no more", () => {
    const asked = request({ width: 160, height: 80, colour: "mono" }, countdownTo("2017-03-10"));
    const days = set({ ...asked, window: { from: instant("2017-03-06T17:00"), until: instant("2017-03-08T09:00") } });
    expect(days.pages.map(({ window }) => window?.from)).toEqual(
      ["2017-03-06", "2017-03-07", "2017-03-08"].map((day) => instant(`${day}T00:00`)),
    );
    expect(new Set(days.pages.map(({ step }) => step))).toEqual(new Set([0]));
  });

  it.each([
    ["without a day to count to", { body: "还有几天" }],
    ["to a day before its window", countdownTo("2017-03-01")],
    ["over more days than a message has pages", countdownTo("2018-12-31")],
  ])("%s is a fault", (_, differences) => {
    const asked = request({ width: 160, height: 80, colour: "mono" }, { displayKind: "countdown", ...differences });
    const window = { ...asked.window, until: instant("2019-01-01T00:00") };
    expect(typeset({ ...asked, window })).toMatchObject({ ok: false, faults: [{ code: "notice/does-not-fit" }] });
  });
});

function countdownTo(day: string) {
  return content({ displayKind: "countdown", title: "开工", body: `距开工还有{{daysTo:${day}}}天`, category: "工程" });
}

function clockDate(at: Instant): string {
  return new Date(at + utcOffsetMin * 60_000).toISOString().slice(0, 10);
}

describe("a welcome", () => {
  it("N15 welcomes in one still line on B1", () => {
    const message = set(sampleRequest("N15", { width: 384, height: 32, colour: "mono" }));
    expect(litAt(message, sampleRequest("N15", message.shape).window.from)).toBe(sampleContent("N15").body);
    expect(message.pages.map(({ motion, window }) => [motion, window])).toEqual([["hold", null]]);
  });
});
