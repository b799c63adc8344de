/** A result for people. */
import type { BenchResult } from "./harness.ts";

export function tableOf(result: BenchResult): string {
  const rows = [
    ["", `${result.unit}, median`, "p10", "p90"],
    ...result.contenders.map(({ name, median, p10, p90 }) => [name, figure(median), figure(p10), figure(p90)]),
  ];
  const gates = result.gates.map(({ name, ratio, p10, p90, wanted, reached }) => {
    const verdict = wanted === null ? "told       " : reached ? "reached    " : "NOT REACHED";
    const gate = wanted === null ? "" : `, gate ${wanted}`;
    return `  ${verdict}  ${name}: ${figure(ratio)} (${figure(p10)}–${figure(p90)})${gate}`;
  });
  return [`${result.name}, ${result.rounds} rounds`, ...aligned(rows), ...gates, ""].join("\n");
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return `  ${cells.join("  ")}`;
  });
}

/** Three significant digits. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
