/** Scanned pages on panels: read where they can be, and said to be illegible where they cannot. */
import { describe, expect, it } from "vitest";
import { measurePageText } from "../../src/typeset/pictures/page-text.ts";
import { planFor } from "../../src/typeset/pictures/plan.ts";
import type { Raster } from "../../src/typeset/pictures/raster.ts";
import { image, photo, type Rgb, raster, scannedPage } from "./picture-files.ts";
import { dots, fine, frame, set, shape, white } from "./picture-setting.ts";

const page = scannedPage(200);

describe("a scanned page", () => {
  it("its writing is measured, straight or a little askew, whatever the scanner", async () => {
    for (const dpi of [100, 200]) {
      const { raster: scan, heightPx, pitchPx } = scannedPage(dpi);
      const found = measurePageText(scan);
      expect(found?.heightPx).toBeGreaterThan(heightPx * 0.8);
      expect(found?.heightPx).toBeLessThanOrEqual(heightPx);
      expect(Math.abs((found?.pitchPx ?? 0) - pitchPx)).toBeLessThanOrEqual(2);
      const { data, info } = await image(scan)
        .rotate(1, { background: "#f6f6f6" })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const askew = measurePageText({ width: info.width, height: info.height, channels: 3, pixels: data });
      expect(Math.abs((askew?.heightPx ?? 0) - (found?.heightPx ?? 0))).toBeLessThanOrEqual(4);
    }
    expect(measurePageText(photo(400, 300))).toBe(null);
    expect(measurePageText(raster(400, 300, () => white))).toBe(null);
  });

  it("whole on an upright screen", () => {
    const upright = fine(set([page.raster], shape(1080, 1920, "rgb")));
    expect(upright.message.pages.map(({ motion }) => motion)).toEqual(["hold"]);
    expect(upright.warnings).toEqual([]);
    expect(upright.message.pages[0]?.holdMs).toBeGreaterThan(60_000);
  });

  it("in parts on a low one, each line whole in one of them", () => {
    const text = measurePageText(page.raster);
    let tried = 0;
    for (let height = 400; height <= 800; height += 20) {
      const plan = planFor(page.raster, { width: 1280, height, colour: "rgb" }, "parts", text, false);
      if (plan.kind !== "parts") continue;
      tried++;
      expect(plan.tops[0]).toBe(0);
      expect((plan.tops.at(-1) as number) + height).toBe(plan.size.height);
      // A line that one part cuts, and the one before it, are whole in the next.
      const lines = (2 * page.pitchPx * plan.size.height) / page.raster.height;
      for (const [index, top] of plan.tops.entries())
        if (index > 0) expect((plan.tops[index - 1] as number) + height - top).toBeGreaterThanOrEqual(lines * 0.95);
    }
    expect(tried).toBeGreaterThan(10);
    const plan = planFor(page.raster, { width: 1280, height: 600, colour: "rgb" }, null, text, false);
    if (plan.kind !== "parts") throw new Error(plan.kind);
    expect(plan.textPx).toBeGreaterThanOrEqual(14);
    const low = fine(set([page.raster], shape(1280, 600, "rgb")));
    expect(low.message.pages.length).toBe(plan.tops.length);
    expect(low.warnings).toEqual([]);
  });

  it("rising where that is asked for, and where it would be too many parts", () => {
    const rising = fine(set([page.raster], shape(640, 480, "rgb"), { fit: "scroll" }));
    expect(rising).toMatchObject({ scrolls: true, pages: 1 });
    const [strip] = rising.message.pages;
    expect(strip?.bitmap.width).toBe(640);
    // No faster than it can be read: 5 characters a second.
    const characters = measurePageText(page.raster)?.characters ?? 0;
    const pageMs = (strip?.msPerPx ?? 0) * ((strip?.bitmap.height ?? 0) - 480);
    expect(pageMs).toBeGreaterThan((characters / 5) * 1000 * 0.9);
    const text = measurePageText(page.raster);
    expect(planFor(page.raster, { width: 1000, height: 200, colour: "rgb" }, null, text, false).kind).toBe("scroll");
  });

  it("on a small panel: whole, and the signer is told that it cannot be read", () => {
    for (const on of [shape(128, 64, "mono"), shape(160, 80, "dual")]) {
      const small = fine(set([page.raster], on));
      expect(small.message.pages).toMatchObject([{ motion: "hold", holdMs: 8000 }]);
      expect(small.warnings).toEqual([
        { zh: expect.stringContaining("字只有 1 点高"), en: expect.stringContaining("1 dot high, 12 are the least") },
      ]);
    }
  });

  it("its red stamp is seen on every panel with red: on small ones as red dots that the page without it has not", () => {
    const red = ([r, g, b]: Rgb) => r > 150 && g < 120 && b < 120;
    const clean = {
      ...page.raster,
      pixels: page.raster.pixels.map((value, at, all) =>
        red([all[at - (at % 3)] as number, all[at - (at % 3) + 1] as number, all[at - (at % 3) + 2] as number])
          ? 246
          : value,
      ),
    };
    for (const on of [shape(1080, 1920, "rgb"), shape(384, 192, "rgb"), shape(160, 80, "dual")]) {
      const count = (picture: Raster) => {
        const result = fine(set([picture], on, { fit: "whole" }));
        return dots(frame(result)).filter(red).length;
      };
      expect(count(page.raster), JSON.stringify(on)).toBeGreaterThan(count(clean) + 5);
    }
  });
});
