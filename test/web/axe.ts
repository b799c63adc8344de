/** What axe finds against WCAG 2.2 A and AA in the page as it stands: https://www.w3.org/TR/WCAG22/ */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { expect } from "vitest";

const script = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** `state`: which of the page's, for whoever reads that it failed. `ornament`: a selector of what only decorates. */
export async function accessible(page: Page, state: string, ornament?: string): Promise<void> {
  // By the debugger, past the page's content policy, which is not to be loosened for it.
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(script);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(${ornament ? JSON.stringify({ exclude: [[ornament]] }) : "document"}, { runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] }).then(({ violations }) => violations)`,
  );
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 5)
      .map(({ html, failureSummary }) => `${id}: ${help}: ${html.slice(0, 160)} ${failureSummary ?? ""}`),
  );
  expect(told, state).toEqual([]);
}
