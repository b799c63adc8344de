/** `{{…}}`: what is known is set, what is not is a fault; nobody reads braces off a panel. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Content, DisplayKind } from "../../src/notices/types.ts";
import { typeset } from "../../src/typeset/index.ts";
import { templates } from "../../src/typeset/templates/list.ts";
import { partsOf, wordsOf } from "../../src/typeset/templates/tokens.ts";
import { request } from "./samples.ts";

const board = { width: 384, height: 192, colour: "rgb" } as const;
const set = (displayKind: DisplayKind, body: string, more: Partial<Content> = {}) =>
  typeset(request(board, { displayKind, body, ...more }));
const refused = (said: RegExp) => ({
  ok: false,
  faults: [
    {
      code: "notice/does-not-fit",
      detail: { zh: expect.stringMatching(said), en: expect.stringMatching(/is not known|means nothing/) },
    },
  ],
});

describe("a token that a notice's kind does not have", () => {
  it.each<readonly [DisplayKind, string, RegExp]>([
    ["clock", "{{moon}} {{time:HH:mm}}", /不认识 \{\{moon\}\}/],
    ["clock", "{{time:HH:mm", /不认识 \{\{/],
    ["clock", "{{time:HH:mm}} weekday}}", /不认识 \}\}/],
    ["clock", "{{date}}", /\{\{date\}\}/],
    ["clock", "{{date:yyyy-mm-dd}}", /yyyy/],
    ["clock", "{{date:YYYY-mm-DD}}", /mm/],
    ["clock", "{{time:HH:MM}}", /MM/],
    ["clock", "\uff5b\uff5btime:HH:mm\uff5d\uff5d", /\uff5b/],
    ["clock", "{{daysTo:2017-11-30}}", /daysTo/],
    ["countdown", "距开工还有{{daysTo:2017-03-12}}天 {{daysto:2017-03-12}}", /daysto/],
    ["countdown", "距开工还有{{daysTo:2017-3-12}}天", /2017-3-12.*写法/],
    ["countdown", "距开工还有{{daysTo:2017-03-12}}天 {{time:HH:mm}}", /time/],
    ["qrcode", "{{qr:a}} {{org}}", /\{\{org\}\}/],
    ["qrcode", "{{qr:a", /\{\{/],
    ["slogan", "喜迎{{festival}}", /festival.*填上/],
    ["notice", "定于{{date:M月D日}}停水", /date/],
    ["table", "户主|金额\n{{name}}|1", /name/],
  ])("of a %s: %s", (kind, body, said) => {
    expect(set(kind, body)).toMatchObject(refused(said));
  });

  it.each(Object.keys(templates) as DisplayKind[])("stands in no title of a %s", (kind) => {
    expect(set(kind, "正文", { title: "{{title}}" })).toMatchObject(refused(/title/));
  });

  it("may stand in what is not lit: what a picture shows, in words", () => {
    expect(JSON.stringify(set("picture", "{{x}}"))).not.toMatch(/不认识/);
  });

  it("leaves single braces alone, and a code's text that ends with one", () => {
    expect(set("notice", "集合{1}为空").ok).toBe(true);
    expect(set("qrcode", '{{qr:{"a":{"b":1}}}}')).toMatchObject({
      ok: true,
      facts: [{ lines: expect.arrayContaining(['[二维码] {"a":{"b":1}}']) }],
    });
  });
});

describe("a text in parts", () => {
  it("has the same text, and words without space outside their tokens", () => {
    const piece = fc.constantFrom("月", " ", "  ", "\n", "{{date:M月 D日}}", "{{ weekday }}", "a:b");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        const shown = (parts: ReturnType<typeof partsOf>) =>
          parts.map((part) => (typeof part === "string" ? part : `<${part.name}|${part.format}>`)).join("");
        const marked = text.replaceAll("{{date:M月 D日}}", "<date|M月_D日>").replaceAll("{{ weekday }}", "<weekday|>");
        expect(shown(partsOf(text))).toBe(marked.replaceAll("_", " "));
        const words = marked.split(/\s+/).filter((word) => word !== "");
        expect(wordsOf(text).map(shown)).toEqual(words.map((word) => word.replaceAll("_", " ")));
      }),
    );
  });
});
