/** Publicity, welcomes, covers and default pictures: everything said once, in order, and nothing that should stay whole broken. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/message/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import { plain, Reader, type SetOk } from "./reader.ts";
import { boardShape, request, sampleContent, sampleRequest, sampleShapes } from "./samples.ts";

function set(shape: Shape, differences: Partial<Content>): SetOk {
  const result = typeset(request(shape, differences));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** Everything that can be read on it, in order. */
function read(made: SetOk, alphabet: string): string {
  return plain(new Reader(`${alphabet}\uff1a\uff08\uff09`).all(made));
}

const unsigned = { signature: { org: "", date: null } };
const narrow: readonly Shape[] = [
  { width: 80, height: 16, colour: "mono" },
  { width: 64, height: 32, colour: "rgb" },
  { width: 16, height: 16, colour: "mono" },
  { width: 48, height: 48, colour: "dual" },
  { width: 48, height: 64, colour: "mono" },
];
const shapes = [...sampleShapes, ...narrow];

describe("publicity", () => {
  const publicity = { required: 8, unit: "workday", phone: "0715-0000000", contact: "办事处纪委" } as const;
  const form = { displayKind: "publicity", title: "任前公示", body: "拟任用许宁同志。", publicity } as const;
  /** The window of `request` is 6 to 15 March 2017: eight working days. */
  const period = "公示时间：2017年3月6日至3月15日(8个工作日)";

  it.each(shapes)("is read whole and in order on $width x $height $colour", (shape) => {
    const whole = `任前公示拟任用许宁同志。${period}意见反映:办事处纪委监督电话:0715-0000000青石港办事处2017年3月6日`;
    expect(read(set(shape, form), whole)).toBe(plain(whole));
  });

  const lines = (differences: Partial<Content>) =>
    set({ width: 384, height: 192, colour: "rgb" }, { ...form, ...differences })
      .facts.flatMap((page) => page.lines)
      .join("\n");

  it("does not say again what the text says", () => {
    const body = `拟任用许宁同志。公示时间：2017年3月6日至3月15日。意见请向办事处纪委反映,电话0715 0000000。`;
    expect(lines({ body }).replace(/\s/g, "")).not.toMatch(/公示时间.*公示时间|监督电话|意见反映/s);
  });

  it.each<readonly [string, string, { phone?: string; contact?: string }]>([
    ["a hotline's figures in an amount", "补助123450元。", { phone: "12345" }],
    ["an amount of a hotline's figures", "补助12345元。", { phone: "12345" }],
    ["a part of another number", "电话0715-88123456。", { phone: "8812345" }],
    ["one of two telephones", "请致电12345。", { phone: "12345、12388" }],
    ["an office in another role", "经街道研究\uff0c公示如下。", { contact: "街道" }],
    ["an office in a longer name", "街道办事处负责实施。", { contact: "街道办事处" }],
  ])("says what the text does not: %s is not it", (_, body, said) => {
    const text = plain(lines({ body, publicity: { required: 8, unit: "workday", ...said } }));
    const { phone, contact } = said;
    expect(text).toContain(plain(phone === undefined ? `意见反映:${contact}` : `监督电话:${phone}`));
  });

  it.each([
    ["如有异议\uff0c请向街道反映。", { contact: "街道" }],
    ["受理部门\uff1a镇纪委。", { contact: "镇纪委" }],
    ["监督电话\uff1a12345、12388。", { phone: "12345、12388" }],
    ["联系电话\uff1a０７１５－8812345。", { phone: "0715-8812345" }],
  ])("says nothing again after %s", (body, said) => {
    const text = lines({ body, publicity: { required: 8, unit: "workday", ...said } });
    expect(text.replace(/\s/g, "").slice(plain(body).length)).not.toMatch(/监督电话|意见反映/);
  });

  it.each([
    [{ required: 8, unit: "workday" }, "(8个工作日)"],
    [{ required: 5, unit: "workday" }, "(不少于5个工作日)"],
    [{ required: 10, unit: "day" }, "(10天)"],
  ] as const)("%j says %s", (promised, said) => {
    expect(plain(lines({ publicity: promised }))).toContain(plain(`至3月15日${said}`));
  });

  it("promises no number of days that it does not have", () => {
    expect(lines({ publicity: { required: 20, unit: "workday" } })).not.toContain("工作日");
  });

  it("tells the signer where the text promises other days than those on which it is seen", () => {
    const body = "拟任用许宁同志。公示时间：2017年3月6日至3月10日。";
    const made = set({ width: 384, height: 192, colour: "rgb" }, { ...form, body });
    expect(made.warnings).toEqual([
      {
        zh: expect.stringMatching(/2017年3月6日至3月10日.*2017年3月6日至3月15日/),
        en: expect.stringContaining("2017-03-06 to 2017-03-10"),
      },
    ]);
    expect(set(boardShape("B3"), { ...form, body: body.replace("3月10日", "3月15日") }).warnings).toEqual([]);
  });

  it.each(["N04", "N05", "N06", "N07", "N12", "N37"])(
    "%s, as publicity, has nothing set off twice and no remark",
    (id) => {
      const asked = sampleRequest(id, boardShape("B3"));
      const days = { required: 7, unit: "workday" } as const;
      const made = typeset({ ...asked, content: { ...asked.content, displayKind: "publicity", publicity: days } });
      if (!made.ok) throw new Error(JSON.stringify(made.faults));
      expect(made.warnings).toEqual([]);
      const says = /公示时间/.test(sampleContent(id).body) ? 1 : 1;
      expect(made.lines.join("").match(/公示时间/g)).toHaveLength(says);
    },
  );

  it("sets names in even columns", () => {
    const made = set(
      { width: 256, height: 96, colour: "mono" },
      { ...form, body: "拟接收:\n许宁\n梅一舟\n欧阳明\n罗静" },
    );
    expect(made.facts.flatMap((page) => page.lines).join("\n")).toMatch(/许\u3000宁 +梅一舟 +欧阳明 +罗\u3000静/);
  });
});

describe("a welcome", () => {
  const names = fc.uniqueArray(fc.constantFrom("沈知言", "罗静禾", "欧阳明", "程砚平", "许宁", "丁若水"), {
    minLength: 1,
    maxLength: 4,
  });

  it("keeps every name in one line, on any panel, or moves", () => {
    fc.assert(
      fc.property(names, fc.constantFrom(...shapes.filter(({ width }) => width < 1000)), (people, shape) => {
        const body = `热烈欢迎${people.join("、")}同志莅临我街道检查指导`;
        const made = set(shape, { displayKind: "welcome", body });
        expect(read(made, body)).toBe(plain(body));
        for (const { lines } of made.facts)
          for (const name of people) expect(lines.some((line) => line.includes(name))).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it("has the guests larger than what is said of them, where there is room", () => {
    for (const board of ["B3", "B4", "B6"]) {
      const { facts } = set(boardShape(board), { displayKind: "welcome", body: sampleContent("N15").body });
      expect(facts[0]?.lines).toEqual(["热烈欢迎", "市政务公开检查组", "莅临指导"]);
      const [aside, guests] = facts[0]?.faces.map(({ sizePx }) => sizePx) ?? [];
      expect(guests).toBeGreaterThan(aside as number);
    }
  });

  it("keeps the lines that it was given", () => {
    const { facts } = set(boardShape("B3"), { displayKind: "welcome", body: "热烈欢迎\n各位来宾\n青石港办事处" });
    expect(facts[0]?.lines).toEqual(["热烈欢迎", "各位来宾", "青石港办事处"]);
  });
});

describe("a cover", () => {
  const body = "2017年第4期\n一、2017年度重点工作清单\n二、城市低保新增对象公示";

  it.each(shapes)("is read whole on $width x $height $colour", (shape) => {
    const made = set(shape, { displayKind: "cover", title: "党务政务公开栏", body });
    const whole = `党务政务公开栏${body}青石港办事处2017年3月6日`;
    const sorted = (text: string) => [...plain(text)].sort().join("");
    expect(sorted(read(made, whole))).toBe(sorted(whole));
  });

  it.each(["党务政务公开栏2017年第4期", "党务政务公开栏(2017年第4期)", "党务政务公开栏 第十二期"])(
    "parts %s into the name and the issue",
    (title) => {
      const { facts } = set(boardShape("B4"), { displayKind: "cover", title, body: "一、要闻", ...unsigned });
      expect(facts[0]?.lines.slice(0, 2)).toEqual(["党务政务公开栏", title.slice(7).trim()]);
    },
  );

  it("is one line on a strip", () => {
    const { facts } = set(boardShape("B1"), { displayKind: "cover", title: "党务政务公开栏", body, ...unsigned });
    expect(facts[0]?.lines).toEqual(["党务政务公开栏 2017年第4期"]);
  });
});

describe("a default picture", () => {
  const body = "一楼大厅党务政务公开栏\n监督电话 0715-0000000";

  it.each(shapes)("is read whole, its telephone number in one piece, on $width x $height $colour", (shape) => {
    const made = set(shape, { displayKind: "default", body });
    expect(read(made, body)).toBe(plain(body));
    expect(made.facts.some(({ lines }) => lines.some((line) => line.includes("0715-0000000")))).toBe(true);
  });

  it("has the telephone smaller than the name", () => {
    for (const board of ["B1", "B3", "B4", "B5", "B6", "B8"]) {
      const [name, phone] = set(boardShape(board), { displayKind: "default", body }).facts[0]?.faces ?? [];
      expect(phone?.sizePx).toBeLessThan(name?.sizePx as number);
    }
  });
});
