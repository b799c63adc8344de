import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/message/index.ts";
import type { Content, DisplayKind } from "../../src/notices/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import { templates } from "../../src/typeset/templates/list.ts";
import { request, sampleRequest } from "./samples.ts";

const panel = { width: 128, height: 64, colour: "mono" } as const;

function faultsOf(differences: Partial<Content>) {
  const result = typeset(request(panel, differences));
  return result.ok ? [] : result.faults;
}

const at = (part: string, character: string, position: number) => ({
  code: "notice/missing-glyph",
  notice: "T1",
  part,
  character,
  position,
});
const publicity = { required: 7, unit: "day" } as const;
const org = (name: string) => ({ signature: { org: name, date: null } });

const emoji = "\u{1f600}";
const kinds = Object.keys(templates) as DisplayKind[];
const signs: readonly Shape[] = [
  panel,
  { width: 384, height: 192, colour: "rgb" },
  { width: 160, height: 80, colour: "dual" },
  { width: 96, height: 16, colour: "mono" },
  { width: 64, height: 32, colour: "rgb" },
];

/** What each kind of notice has in lights beyond its body. */
const bodies: Readonly<Partial<Record<DisplayKind, string>>> = {
  clock: "{{time:HH:mm}}",
  countdown: "距开工还有{{daysTo:2017-03-12}}天",
  qrcode: "{{qr:a}}",
  table: "户主|金额\n王|1",
};
/** Their titles are not lit, or they need more than words. */
const untitled: ReadonlySet<DisplayKind> = new Set(["slogan", "clock", "countdown", "welcome", "default", "picture"]);

describe("a title that no face can set is never left out in silence", () => {
  it.each(kinds.filter((kind) => !untitled.has(kind)))("of a %s", (displayKind) => {
    for (const shape of signs) {
      const title = emoji + emoji;
      const result = typeset(request(shape, { displayKind, title, body: bodies[displayKind] ?? "正文" }));
      if (!result.ok) continue;
      expect([shape, JSON.stringify(result.warnings)]).toEqual([shape, expect.stringMatching(/标题/)]);
    }
  });
});

describe("writing that is set right to left", () => {
  const script = (part: string) => ({ code: "notice/script", part });
  it.each<readonly [string, Partial<Content>]>([
    ["contact", { displayKind: "publicity", publicity: { ...publicity, contact: "\u0645\u0631\u0643\u0632" } }],
    ["phone", { displayKind: "publicity", publicity: { ...publicity, phone: "\u0661\u0662" } }],
    ["caption", { pictures: [{ sha256: "00".repeat(32), caption: "\u0645\u0631" }] }],
  ])("is refused in a %s", (part, differences) => {
    expect(faultsOf(differences)).toEqual([expect.objectContaining(script(part))]);
  });
});

describe("a character that the font lacks is told with its part and its place", () => {
  it.each<readonly [string, Partial<Content>, readonly unknown[]]>([
    ["a rare ideograph beyond the font's planes", { body: "王\u{2cb2a}先生" }, [at("body", "\u{2cb2a}", 1)]],
    ["in the title", { title: "\u{2cb2a}公示" }, [at("title", "\u{2cb2a}", 0)]],
    ["in the signature", org("青石\u{2cb2a}"), [at("signature", "\u{2cb2a}", 2)]],
    [
      "in all three",
      { title: "\u{2cb2a}", body: "一\u{2cb2a}", ...org("\u{2cb2a}") },
      [at("title", "\u{2cb2a}", 0), at("body", "\u{2cb2a}", 1), at("signature", "\u{2cb2a}", 0)],
    ],
    [
      "every time that it stands there",
      { body: "\u{2cb2a}和\u{2cb2a}" },
      [at("body", "\u{2cb2a}", 0), at("body", "\u{2cb2a}", 2)],
    ],
    ["an emoji", { body: "好\u{1f600}" }, [at("body", "\u{1f600}", 1)]],
    [
      "an emoji of several code points, as the one that it looks like",
      { body: "\u{1f468}\u200d\u{1f469}家" },
      [at("body", "\u{1f468}\u200d\u{1f469}", 0)],
    ],
    ["a control character, by its number", { body: "公\u0007开" }, [at("body", "U+0007", 1)]],
    ["a mark of direction, which the panel would not obey", { body: "公\u202e开" }, [at("body", "U+202E", 1)]],
    ["a private character of another font", { body: "\ue000村" }, [at("body", "\ue000", 0)]],
    ["what a wrong decoding leaves", { body: "公\ufffd开" }, [at("body", "U+FFFD", 1)]],
    ["counted over lines, as a reader counts", { body: "第一行\n第\u{2cb2a}行" }, [at("body", "\u{2cb2a}", 5)]],
    ["in a cell of a table", { displayKind: "table", body: "户主|金额\n王\u{2cb2a}|1" }, [at("body", "\u{2cb2a}", 7)]],
    ["in a slogan", { displayKind: "slogan", body: "喜迎\u{1f600}" }, [at("body", "\u{1f600}", 2)]],
    ["in a clock's own words", { displayKind: "clock", body: "\u{1f600}{{time:HH:mm}}" }, [at("body", "\u{1f600}", 0)]],
    [
      "in a title of nothing else, on every kind of panel",
      { title: "\u{1f600}\u{1f600}" },
      [at("title", "\u{1f600}", 0), at("title", "\u{1f600}", 1)],
    ],
    [
      "in a warning's bar",
      { displayKind: "emergency", title: "\u{1f600}\u{1f600}" },
      [at("title", "\u{1f600}", 0), at("title", "\u{1f600}", 1)],
    ],
    [
      "in who hears objections, and by which telephone",
      { displayKind: "publicity", publicity: { ...publicity, contact: "\u{1f600}\u{f0000}纪委", phone: "\u{1f600}1" } },
      [at("contact", "\u{1f600}", 0), at("contact", "U+F0000", 1), at("phone", "\u{1f600}", 0)],
    ],
    [
      "in a countdown, once for all its days",
      { displayKind: "countdown", body: "距\u{1f600}还有{{daysTo:2017-03-12}}天" },
      [at("body", "\u{1f600}", 1)],
    ],
  ])("%s", (_, differences, faults) => {
    expect(faultsOf(differences).map(named)).toEqual(faults.map(named));
  });

  it.each<readonly [string, Partial<Content>]>([
    [
      "rare ideographs that it has: \u5586 \u5803 \u7fc0 \u4dae \u{2cb4a}",
      { body: "聘任王\u5586、李\u5803、赵\u7fc0、龚\u4dae、钱\u{2cb4a}" },
    ],
    ["a name's middle dot", { body: "阿依努尔\u00b7买买提" }],
    ["letters with marks", { body: "cafe\u0301 L\u00fc" }],
    ["tabs, and spaces of any width", { body: "一\t二\u00a0三\u2003四\u3000五" }],
    ["selectors of a variant, and joiners of nothing", { body: "龙\ufe00公\u200b开" }],
    ["a title that a slogan does not show", { displayKind: "slogan", title: "\u{1f600}", body: "公开" }],
  ])("and not %s", (_, differences) => expect(faultsOf(differences)).toEqual([]));

  it("N33 is shown, all of it", () => {
    expect(typeset(sampleRequest("N33", panel))).toMatchObject({ ok: true });
  });
});

/** Without the face, which is the layout's choice, and its own idea of what is visible: private characters may be told by number. */
function named(fault: unknown) {
  const { font, proposal, ...one } = fault as Record<string, unknown>;
  if (font !== undefined) expect(font).toMatch(/^[a-z0-9-]+-\d+$/);
  if (proposal !== undefined)
    expect(proposal).toEqual({ zh: expect.stringMatching(/。$/), en: expect.stringMatching(/\.$/) });
  return one.character === "\ue000" ? { ...one, character: "U+E000" } : one;
}
