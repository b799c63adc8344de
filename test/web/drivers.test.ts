/** The driver on a board's form: every one of the schema's, and what is typed becomes the very file; and its folder's help. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BoardDocument } from "../../src/config/schema.ts";
import { driverForms } from "../../src/config/driver-forms.ts";
import { driverSchema } from "../../src/config/driver.ts";
import { readSite } from "../../src/config/read.ts";
import fc from "fast-check";
import { changesIn, dayOf, driverDocument, driverOrder, linksOf, valuesOf } from "../../src/web/boards/driver.ts";
import { hasHelp, helpOf, inLanguage, rendered } from "../../src/web/boards/driver-help.ts";
import { documentOf, emptyForm } from "../../src/web/boards/installation.ts";
import en from "../../src/web/locales/drivers.en.json" with { type: "json" };
import zh from "../../src/web/locales/drivers.zh-CN.json" with { type: "json" };

type Driver = NonNullable<BoardDocument["driver"]>;
const capabilities = { kind: "frame", readBack: false, authenticated: false, ends: "never", motion: "exact" };
const forms = driverForms().map((form) => ({ ...form, capabilities }) as never as Parameters<typeof linksOf>[0] & {});
const formOf = (kind: string) => {
  const found = forms.find((form) => form.kind === kind);
  if (!found) throw new Error(`no form of ${kind}`);
  return found;
};

describe("the choice", () => {
  test("has every driver of the installation file, with a name in both languages", () => {
    expect([...driverOrder].sort()).toEqual(forms.map(({ kind }) => kind).sort());
    for (const kind of driverOrder) {
      expect(zh.drivers.kind).toHaveProperty(kind);
      expect(en.drivers.kind).toHaveProperty(kind);
    }
  });

  test("options are those of the schema, titled in both languages, and each value of a choice is taken", () => {
    for (const form of forms)
      for (const { key, title, description, type, choices = [], min, count = 0 } of form.options) {
        expect(description.zh, key).toMatch(/[\u4e00-\u9fff]/);
        expect(description.en, key).not.toMatch(/[\u4e00-\u9fff]/);
        // A module has both sides, or is none.
        if (key.startsWith("wiring.modules.")) continue;
        const levels = type === "levels" ? [min ?? 0, Array(count).fill(min ?? 0)] : [];
        expect(title.zh, key).toMatch(/[\u4e00-\u9fff]/);
        expect(title.en, key).not.toMatch(/[\u4e00-\u9fff]/);
        const values =
          type === "levels"
            ? levels
            : type === "choice"
              ? choices
              : [type === "yes" ? true : type === "number" ? (min ?? 1) : "Z"];
        for (const value of values) {
          const made = driverDocument(form, { [key]: value });
          expect(driverSchema.safeParse(made).error, `${form.kind} ${key} ${value}`).toBeUndefined();
          expect(valuesOf(made)).toEqual({ [key]: value });
        }
      }
  });

  test("modules on the wire are typed side by side; a day of levels as its changes, and comes out as it was", () => {
    const typed = { "wiring.order": "GRB", "wiring.modules.width": 8, "wiring.modules.height": 16 };
    const more = { ...typed, "wiring.modules.serpentine": true };
    const made = driverDocument(formOf("ddp"), more);
    expect(made).toEqual({
      kind: "ddp",
      wiring: { order: "GRB", modules: { width: 8, height: 16, serpentine: true } },
    });
    expect(driverSchema.safeParse(made).error).toBeUndefined();
    expect(valuesOf(made)).toEqual(more);
    expect(driverDocument(formOf("ddp"), {}, made)).toEqual({ kind: "ddp" });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 48, maxLength: 48 }), (levels) => {
        expect(dayOf(changesIn(levels), 48)).toEqual(levels);
      }),
    );
    const evening = [
      { from: 44, level: 1 },
      { from: 12, level: 10 },
    ];
    const day = dayOf(evening, 48);
    expect([day[0], day[11], day[12], day[43], day[44], day[47]]).toEqual([1, 1, 10, 10, 1, 1]);
  });

  test("a board with a driver is a board of the file, by each way that it has", () => {
    for (const form of forms)
      for (const link of linksOf(form)) {
        const typed = {
          ...emptyForm([]),
          ...{ name: "n", place: "p", width: 32, height: 16, host: "192.0.2.7", path: "/dev/x" },
          ...{ driver: form.kind, link: link as "udp", port: form.port ?? 5006, baud: form.baud ?? 115_200 },
        };
        const board = documentOf(typed, form);
        expect(board.driver).toEqual({ kind: form.kind });
        const read = readSite(JSON.stringify({ office: "o", boards: [board] }), "f");
        expect(read.ok ? [] : read.faults.map(({ what }) => what.en), `${form.kind} ${link}`).toEqual([]);
        expect(board.link).not.toHaveProperty("baud");
        const behind = documentOf({ ...typed, behindServer: true }, form).link ?? expect.fail();
        const mayBe = form.links.includes("serial") && (link === "tcp-out" || link === "tcp-in");
        expect("baud" in behind, `${form.kind} ${link}`).toBe(mayBe);
      }
  });

  test("what has no field stays while the kind does; what is emptied is left out, with its group", () => {
    const modules = { width: 8, height: 8 };
    const written = { kind: "ddp", keeps: true, wiring: { serpentine: true, modules } } as Driver;
    expect(driverDocument(formOf("ddp"), valuesOf(written), written)).toEqual(written);
    const emptied = driverDocument(formOf("ddp"), { keeps: false, "wiring.order": "GRB" }, written);
    expect(emptied).toEqual({ kind: "ddp", wiring: { order: "GRB" } });
    expect(written).toHaveProperty("keeps", true);
    const levels = { kind: "onbon", brightness: Array(48).fill(7) } as Driver;
    expect(driverDocument(formOf("onbon"), valuesOf(levels), levels)).toEqual(levels);
    expect(driverDocument(formOf("onbon"), {}, written)).toEqual({ kind: "onbon" });
    expect(driverDocument(null, { keeps: true }, written)).toBeUndefined();
  });
});

describe("the folder's README", () => {
  test("every driver has one, in both languages", async () => {
    for (const kind of driverOrder) {
      expect(hasHelp(kind), kind).toBe(true);
      expect(await helpOf(kind, "zh-CN")).toMatch(/<h4>[\s\S]*<h5>.*\u578b\u53f7/);
      const english = await helpOf(kind, "en");
      expect(english).toMatch(/<h4>/);
      expect(english.replace(/<code[\s\S]*?<\/code>/g, "")).not.toMatch(/[\u4e00-\u9fff]/);
    }
    expect(hasHelp("reference")).toBe(existsSync("src/panels/reference/README.md"));
  });

  test("English has the blocks to which it points, before it does", () => {
    const text = readFileSync(new URL("../../src/panels/onbon/README.md", import.meta.url), "utf8");
    const english = inLanguage(text, "en");
    expect(english.indexOf("kind: onbon")).toBeGreaterThan(0);
    expect(english.indexOf("kind: onbon")).toBeLessThan(english.indexOf("The block above"));
    expect(inLanguage(text, "zh-CN")).not.toContain("The block above");
  });

  test("nothing of a text is markup, script, style or a link", () => {
    const html = rendered(
      "# a\n\n<img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) ![y](http://e/x.png)\n\n|a|b|\n|:-|-:|\n|1|<b>2</b>|\n\n<script>1</script>\n",
    );
    expect(html).not.toMatch(/<(img|script|b|a)\b|style=|href=|src="/);
    expect(html).toContain("<h4>a</h4>");
    expect(html).toContain("&lt;script&gt;");
  });
});
