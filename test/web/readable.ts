/** What WCAG 2.1 AA asks of a page in whatever state: contrast, and names. */
import type { Page } from "playwright-core";
import { expect } from "vitest";

/**
 * Runs in the page: all text that is seen, with its worst contrast to what lies under it (a gradient has many grounds),
 * where that is less than it must be: 4.5, or 3 for large type (WCAG 2.1, 1.4.3).
 */
const poorContrasts = `(() => {
  const parse = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  const over = (top, under) => ({
    r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a),
    b: top.b * top.a + under.b * (1 - top.a), a: 1,
  });
  const luminance = ({ r, g, b }) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const ratio = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const grounds = (element) => {
    if (element === null) return [{ r: 255, g: 255, b: 255, a: 1 }];
    const style = getComputedStyle(element);
    const own = parse(style.backgroundColor);
    const stops = (style.backgroundImage.match(/rgba?\\([^)]*\\)/g) ?? []).map(parse);
    const layers = stops.length > 0 ? stops : [own];
    if (layers.every(({ a }) => a === 1)) return layers;
    return grounds(element.parentElement).flatMap((under) => layers.map((layer) => over(layer, over(own, under))));
  };
  const poor = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const said = texts.currentNode.textContent.trim();
    if (said === "" || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    seen++;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    for (const ground of grounds(element)) {
      const contrast = ratio(over(parse(style.color), ground), ground);
      if (contrast < (large ? 3 : 4.5)) poor.push(said.slice(0, 30) + ": " + contrast.toFixed(2));
    }
  }
  return { seen, poor };
})()`;

/** `least`: so many texts there are at least: else it is not the page that was meant. */
export async function isReadable(page: Page, state: string, least = 60): Promise<void> {
  const { seen, poor } = await page.evaluate<{ seen: number; poor: string[] }>(poorContrasts);
  expect(seen, state).toBeGreaterThan(least);
  expect(poor, state).toEqual([]);
}

/** What has no name for a screen reader. */
export const nameless = `[...document.querySelectorAll("button, input, select, textarea, a, [role], canvas, dialog, section")]
  .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true], [role=status]"))
  .filter((one) => !(one.ariaLabel ?? "").trim() && !(one.matches("input, select, textarea") ? "" : one.textContent.trim()) && !(one.labels?.length > 0))
  .map((one) => one.outerHTML.slice(0, 80))`;
