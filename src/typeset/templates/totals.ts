/**
 * 合计: are the figures of a table's total rows the sums of the rows above (requirement R49)? Exact: decimals are counted
 * in whole units of their last place. What is no figure is no sum: a column with "45余次", a percentage, or figures of
 * different kinds is left alone, as are columns of numbers that are not counted (serial numbers, unit prices, rates).
 */
import type { Sentence } from "../../fault.ts";
import type { Template } from "./template.ts";

export type TableRemark =
  /** A total that is not the sum. `row` and `column`: as written in the table; the figures plain decimals. */
  | {
      readonly kind: "total";
      readonly row: string;
      readonly column: string;
      readonly stated: string;
      readonly computed: string;
      readonly difference: string;
    }
  /** A row with fewer or more cells than the heading. `line`: of the body, from 1. */
  | {
      readonly kind: "cells";
      readonly line: number;
      readonly row: string;
      readonly has: number;
      readonly wants: number;
    };

/** Remarks on every table of a body (`a|b|c` lines that follow one another, the first the heading), in reading order. */
export function totalsOf(body: string): TableRemark[] {
  const remarks: TableRemark[] = [];
  let rows: Row[] = [];
  const close = () => {
    if (rows.length > 1) remarks.push(...ofTable(rows));
    rows = [];
  };
  for (const [index, line] of body.split("\n").entries()) {
    if (line.includes("|")) rows.push({ line: index + 1, cells: line.split("|").map((cell) => cell.trim()) });
    else if (line.trim() !== "") close();
  }
  close();
  return remarks;
}

export function sentenceOf(remark: TableRemark): Sentence {
  if (remark.kind === "cells") {
    const { line, row, has, wants } = remark;
    return {
      zh: `正文第 ${line} 行“${row}”有 ${has} 格\uff0c表头是 ${wants} 格\uff1b请补齐或删去多余的竖线`,
      en: `line ${line} of the body, "${row}", has ${has} cells where the heading has ${wants}; add or remove a |`,
    };
  }
  const { row, column, stated, computed, difference } = remark;
  return {
    zh: `${row}行“${column}”为 ${stated}\uff0c各行相加为 ${computed}\uff0c差 ${difference}\uff1b请核对`,
    en: `"${row}" of "${column}" is ${stated}, its rows add up to ${computed}: ${difference} apart; check the figures`,
  };
}

/** A template whose tables are checked: remarks are for the signer, what is lit stays as written. */
export function totalsChecked(template: Template): Template {
  return (job) => {
    job.warnings.push(...totalsOf(job.content.body).map(sentenceOf));
    return template(job);
  };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** 小计 closes a part; 合计 and 总计 close all before them. */
const partTotal = /^小计/;
const fullTotal = /^(?:总?合计|总计|共计|总数)/;
const ofWhich = /^其中/;
/** Numbers that are not added up. */
const notCounted = /序号|编号|编码|单价|标准|比例|比重|占比|率|平均|人均|年份|电话|排名|名次|得分|进度/;

function ofTable([heading = { line: 0, cells: [] }, ...rows]: readonly Row[]): TableRemark[] {
  const wants = heading.cells.length;
  const odd = rows
    .filter(({ cells }) => cells.length !== wants)
    .map(({ line, cells }): TableRemark => ({ kind: "cells", line, row: nameOf(cells), has: cells.length, wants }));
  if (odd.length > 0) return odd;
  const labels = rows.map(({ cells }) => labelOf(cells));
  if (!labels.some(isTotal)) return [];
  return heading.cells.flatMap((column, index) => {
    if (notCounted.test(column)) return [];
    const values = rows.map(({ cells }) => decimalOf(cells[index] ?? ""));
    return values.every((value) => value !== null) ? ofColumn(column, labels, values) : [];
  });
}

/** The word that says what a row is: its first cell, or the next where that is empty or a serial number. */
function labelOf(cells: readonly string[]): string {
  const plain = cells.slice(0, 3).map((cell) => cell.replace(/[\s\u3000]/g, ""));
  return plain.find(isTotal) ?? plain.find((cell) => cell !== "" && !/^\d+$/.test(cell)) ?? "";
}

function isTotal(label: string): boolean {
  return partTotal.test(label) || fullTotal.test(label);
}

function nameOf(cells: readonly string[]): string {
  return cells.find((cell) => cell !== "") ?? "";
}

/** A decimal: `units` of the last of its `places`. `written` is null where the cell is blank. */
interface Decimal {
  readonly units: bigint;
  readonly places: number;
  readonly unit: string;
  readonly written: string | null;
}

const blank = /^(?:[-\u2014\u2013\uff0d/\uff0f]*|无)$/;
const figure =
  /^([-+\uff0d\u2212]?)(?:\u00a5|\uffe5)?(\d{1,3}(?:[,\uff0c]\d{3})+|\d+)(?:[.\uff0e](\d+))?\s*(万|亿)?\s*([\p{Script=Han}\u33a1\u00b2]{0,4})$/u;
const about = /[余多约近左右以上下内超逾不足]/;
const powers: Readonly<Record<string, number>> = { 万: 4, 亿: 8 };

/** Null: not a figure that could be added. */
function decimalOf(text: string): Decimal | null {
  if (blank.test(text)) return { units: 0n, places: 0, unit: "", written: null };
  const [, sign = "", whole = "", rest = "", power = "", unit = ""] = figure.exec(text) ?? [];
  if (whole === "" || about.test(unit)) return null;
  // 1.2万: the point moves right by four.
  const shift = powers[power] ?? 0;
  const places = Math.max(0, rest.length - shift);
  const digits = `${whole.replace(/[,\uff0c]/g, "")}${rest.padEnd(places + shift, "0")}`;
  const units = BigInt(digits) * (sign === "" || sign === "+" ? 1n : -1n);
  return { units, places, unit, written: text };
}

function ofColumn(column: string, labels: readonly string[], values: readonly (Decimal | null)[]): TableRemark[] {
  const decimals = values.filter((value) => value !== null);
  const units = new Set(decimals.filter(({ written }) => written !== null).map(({ unit }) => unit));
  if (units.size > 1) return [];
  const places = Math.max(...decimals.map((value) => value.places));
  const whole = decimals.map((value) => value.units * 10n ** BigInt(places - value.places));
  const remarks: TableRemark[] = [];
  const sums = new Sums();
  for (const [index, label] of labels.entries()) {
    const value = whole[index] ?? 0n;
    const written = decimals[index]?.written ?? null;
    if (!isTotal(label)) {
      if (!ofWhich.test(label)) sums.add(value);
      continue;
    }
    const [likeliest = null, ...others] = partTotal.test(label) ? sums.ofPart() : sums.ofAll();
    if (written !== null && likeliest !== null && ![likeliest, ...others].includes(value))
      remarks.push({
        kind: "total",
        row: label,
        column,
        stated: decimal(value, places),
        computed: decimal(likeliest, places),
        difference: decimal(likeliest > value ? likeliest - value : value - likeliest, places),
      });
    if (partTotal.test(label)) sums.closePart();
    else sums.closeAll();
  }
  return remarks;
}

/** What has been added so far, by the ways in which offices add up. */
class Sums {
  private part = 0n;
  private inPart = 0;
  private section = 0n;
  private inSection = 0;
  private all = 0n;
  private count = 0;

  add(value: bigint): void {
    this.part += value;
    this.section += value;
    this.all += value;
    this.inPart++;
    this.inSection++;
    this.count++;
  }

  /** Sums that a 小计 may be; none where there is nothing to add. */
  ofPart(): bigint[] {
    return this.inPart > 0 ? [this.part] : [];
  }

  /** Since the last 合计, or from the start. A total that stands above its rows has nothing to be compared with. */
  ofAll(): bigint[] {
    if (this.count === 0) return [];
    return this.inSection > 0 ? [this.section, this.all] : [this.all];
  }

  closePart(): void {
    this.part = 0n;
    this.inPart = 0;
  }

  closeAll(): void {
    this.closePart();
    this.section = 0n;
    this.inSection = 0;
  }
}

function decimal(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const point = digits.length - places;
  const text = places === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return units < 0n ? `-${text}` : text;
}
