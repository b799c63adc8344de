/** Sheets as HTML that runs nothing and loads nothing but the one stylesheet: every text goes through `text`. */
import { sheetStyle } from "./style.ts";

/** Markup, made by `html` alone. */
export class Markup {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

export type Part = Markup | string | number | null | readonly Part[];

/** A template whose values are escaped, unless they are markup themselves. */
export function html(pieces: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(pieces.reduce((made, piece, index) => made + sourceOf(values[index - 1] ?? "") + piece));
}

function sourceOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Markup) return part.source;
  if (typeof part === "object") return part.map(sourceOf).join("");
  return text(String(part));
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function text(value: string): string {
  return value.replace(/[&<>"']/g, (found) => escapes[found] ?? "");
}

/** Where the stylesheet is served. */
export const stylesheet = "/api/v1/ledger/sheet.css";

export interface SheetFrame {
  readonly title: string;
  /** `landscape`: the ledger; `portrait`: forms; `card`: A5, beside a board. */
  readonly paper: "landscape" | "portrait" | "card";
  /** 演练: a mark over every page. */
  readonly practice: boolean;
  /** `inline`: the stylesheet stands in the sheet, for who opens it away from us. Absent: it is asked for. */
  readonly style?: "linked" | "inline";
}

/** What stands before a sheet's body, and behind it. */
export function sheetHead({ title, paper, practice, style = "linked" }: SheetFrame): string {
  const mark = practice ? html`<div class="practice" aria-hidden="true">演练</div>` : null;
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
${style === "inline" ? new Markup(`<style>${sheetStyle}</style>`) : html`<link rel="stylesheet" href="${stylesheet}">`}
</head>
<body class="${paper}">${mark}
`.source;
}

export const sheetFoot = "</body>\n</html>\n";
