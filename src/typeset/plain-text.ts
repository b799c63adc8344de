/** A text file as a notice: what its first, its last and its tabular lines are, as offices write them. */
import { dayNumberOf } from "../time/days.ts";
import type { Content } from "../notices/types.ts";

/** Longer first lines are the beginning of the text, not its title. Characters. */
const titleMost = 60;
/** Of what signs a notice. */
const orgMost = 30;

/**
 * The first line is the title, unless it ends like a sentence or is as long as one. A date on the last line, and what
 * stands before it on a short line of its own, sign the notice. Lines of columns (`|`, or tabs as copied from a
 * spreadsheet) make it a table; one short line alone is a slogan.
 */
export function plainText(text: string): Content {
  const lines = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .trim()
    .split("\n")
    .map((line) => line.trimEnd());
  const [first = ""] = lines;
  if (lines.length === 1 && [...first].length <= titleMost) return contentOf({ body: first, displayKind: "slogan" });
  const titled = [...first].length <= titleMost && !/[\u3002\uff1b\uff0c;.,|\t]$|\|/.test(first);
  const title = titled ? first.trim() : "";
  const { body, signature } = signed(titled ? lines.slice(1) : lines);
  const columns = asColumns(body);
  return contentOf({
    title,
    body: (columns ?? body).join("\n").trim(),
    displayKind: columns === null ? "notice" : "table",
    signature,
  });
}

/** What a notice is where nothing else is said of it. */
export function contentOf(said: Partial<Content>): Content {
  return {
    title: "",
    body: "",
    category: "通知",
    track: "政府信息",
    openness: "主动公开",
    opennessReason: null,
    fiveOpen: null,
    displayKind: "notice",
    formedOn: null,
    signature: { org: "", date: null },
    publicity: null,
    alert: null,
    ...said,
  };
}

/** Parts the sign-off from the lines, where there is one and it can be set as it was written. */
function signed(lines: readonly string[]): { body: readonly string[]; signature: Content["signature"] } {
  const full = lines.filter((line) => line.trim() !== "");
  const [, year, month, day] = /^(\d{4})年([1-9]\d?)月([1-9]\d?)日$/.exec(full.at(-1)?.trim() ?? "") ?? [];
  const date = `${year}-${month?.padStart(2, "0")}-${day?.padStart(2, "0")}`;
  if (year === undefined || dayNumberOf(date) === null || full.length < 2)
    return { body: lines, signature: { org: "", date: null } };
  const rest = full.slice(0, -1);
  const org = rest.at(-1)?.trim() ?? "";
  const isOrg =
    rest.length > 1 && org.length <= orgMost && !/[\u3000-\u303f\uff00-\uff0f\uff1a-\uff20|.,;:!?]/.test(org);
  return { body: isOrg ? rest.slice(0, -1) : rest, signature: { org: isOrg ? org : "", date } };
}

/** The lines with `|` between columns; null: it is no table. */
function asColumns(lines: readonly string[]): readonly string[] | null {
  if (lines.filter((line) => line.includes("|")).length > 1) return lines;
  const tabbed = (line: string) => /\S\t\s*\S/.test(line);
  if (lines.some((line) => line.includes("|")) || lines.filter(tabbed).length < 2) return null;
  return lines.map((line) => (tabbed(line) ? line.trim().replace(/\t/g, "|") : line));
}
