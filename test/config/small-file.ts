/** Installation files that are faultless but for what a test writes into them, and what is wrong with one. */
import { readSite } from "../../src/config/index.ts";

/** A faultless board in six lines, for files that are wrong elsewhere. */
export const board = (
  id: string,
  link = `{ kind: tcp-out, host: h, port: ${5000 + Number(id.slice(1))} }`,
  more = "",
) =>
  `  - id: ${id}
    name: n
    place: p
    device: led
    panel: { width: 64, height: 32, colour: mono }
    link: ${link}
${more}`;
export const file = (...boards: string[]) => `office: o\nboards:\n${boards.join("")}`;

export function mistakes(text: string): string[] {
  const result = readSite(text, "f");
  return result.ok ? [] : result.faults.map((fault) => `${fault.line}:${fault.column} ${fault.what.en}`);
}
export function remedies(text: string): string[] {
  const result = readSite(text, "f");
  return result.ok ? [] : result.faults.map((fault) => fault.remedy.en);
}
