/** What a browser must load before the wall is there, as it is built: how much, of what, and that Chromium 86 knows the words. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { builtProgram } from "../built.ts";

/** KiB on the wire. The promise is 300; the wall's script was 133 when this was written. */
const scriptKiB = 180;
/** 39, nearly all of it what says which of the font's slices has which characters. */
const stylesKiB = 48;
/** Of an LCD's page, that stays open for months on the weakest computers. */
const showKiB = 40;
/** An area's first opening; the largest was 17. */
const viewKiB = 60;

describe("the built page", () => {
  let folder = "";
  let names: readonly string[] = [];
  beforeAll(async () => {
    folder = join(dirname(await builtProgram()), "web");
    names = readdirSync(join(folder, "assets"));
  }, 120_000);

  const page = (name: string) => readFileSync(join(folder, name), "utf8");
  const asset = (name: string) => readFileSync(join(folder, "assets", name));
  const kiB = (list: readonly string[]) =>
    list.reduce((sum, name) => sum + gzipSync(asset(name), { level: 6 }).length, 0) / 1024;
  /** What a page names, and all that these import at once: Vite writes `import … from "./x.js"`, and `import("./x.js")` for later. */
  function firstLoad(html: string): readonly string[] {
    const found = new Set<string>();
    const add = (name: string) => {
      if (found.has(name)) return;
      found.add(name);
      if (!name.endsWith(".js")) return;
      const imports = asset(name)
        .toString("utf8")
        .matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g);
      for (const [, imported = ""] of imports) add(imported);
    };
    for (const [, path = ""] of page(html).matchAll(/(?:src|href)="\/?(assets\/[^"]+)"/g)) add(basename(path));
    return [...found];
  }
  const scripts = (list: readonly string[]) => list.filter((name) => name.endsWith(".js"));
  const styles = (list: readonly string[]) => list.filter((name) => name.endsWith(".css"));

  test("the wall's first load is small: script, styles, and no fonts before words need them", () => {
    const first = firstLoad("index.html");
    expect(scripts(first).length).toBeGreaterThan(3);
    const [script, css] = [kiB(scripts(first)), kiB(styles(first))];
    console.info(`first load of the wall: ${script.toFixed(1)} KiB of script, ${css.toFixed(1)} of styles, gzip`);
    expect(script).toBeGreaterThan(50);
    expect(script).toBeLessThan(scriptKiB);
    expect(css).toBeGreaterThan(2);
    expect(css).toBeLessThan(stylesKiB);
    expect(page("index.html")).not.toMatch(/woff|as="font"/);
    expect(kiB(scripts(firstLoad("show.html")))).toBeLessThan(showKiB);
  });

  test("other areas come when they are opened, each within its own bound", () => {
    const first = firstLoad("index.html");
    const later = scripts(names).filter((name) => !first.includes(name));
    expect(later.filter((name) => /View-/.test(name)).length).toBeGreaterThan(8);
    for (const name of later) expect(kiB([name]), name).toBeLessThan(viewKiB);
  });

  test("nothing is fetched from elsewhere or written into the page", () => {
    for (const html of ["index.html", "show.html"]) expect(page(html)).not.toMatch(/https?:|style=|<style|<script>/);
    for (const name of styles(names))
      expect(asset(name).toString("utf8"), name).not.toMatch(/url\(["']?(https?:|\/\/|data:)|@import/);
  });

  test("no script uses a word that Chromium 86 lacks", () => {
    const newer =
      /\b(?:Object\.(?:hasOwn|groupBy)|Array\.fromAsync|Promise\.withResolvers|AbortSignal\.(?:timeout|any)|crypto\.(?:randomUUID|subtle)|structuredClone)\b|\.(?:at\(-\d|findLast(?:Index)?\(|checkVisibility\(|showPopover\()/g;
    const found = scripts(names).flatMap((name) =>
      [...asset(name).toString("utf8").matchAll(newer)].map(([word]) => `${name}: ${word}`),
    );
    expect(found, "src/web/old.ts has stand-ins; of packages: define in src/web/vite.config.ts").toEqual([]);
    expect("Object.hasOwn(a, b)").toMatch(newer);
  });

  test("every style newer than Chromium 86 has an older one before it", () => {
    for (const name of styles(names)) {
      const css = asset(name).toString("utf8");
      expect(css, name).not.toMatch(/[;{]inset:|aspect-ratio:|color-mix\(|overflow:clip/);
      // A variable that only `@supports` sets so.
      expect(css.replace(/@supports ?\(height: ?\d+dvh\) ?\{:root\{[^}]*\}\}/, ""), name).not.toMatch(/\d[ds]vh/);
    }
  });
});
