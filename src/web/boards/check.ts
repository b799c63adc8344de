/** The guided check: what is looked at, one after the other, by who stands before a panel. No picture is shown twice for one question. */
import type { BoardJson } from "../api.ts";

export type StepName =
  | "link"
  | "identity"
  | "edges"
  | "red"
  | "green"
  | "blue"
  | "lit"
  | "column"
  | "row"
  | "modules"
  | "all";
/** What may be seen instead; each has its remedy in the words. */
export type Cause =
  | "line"
  | "address"
  | "black"
  | "other-board"
  | "size"
  | "colours"
  | "half"
  | "mirrored"
  | "upside"
  | "order"
  | "dots"
  | "rows"
  | "other";

export interface Step {
  readonly name: StepName;
  /** The test picture; null: nothing is lit for it. */
  readonly pattern: string | null;
  readonly causes: readonly Cause[];
}

const step = (name: StepName, pattern: string | null, ...causes: readonly Cause[]): Step => {
  return { name, pattern, causes: [...causes, "other"] };
};

/** A panel of one colour has one colour to look at; a page has no wires to its modules. */
export function stepsOf({ panel, device }: Pick<BoardJson, "panel" | "device">): readonly Step[] {
  const full = (name: "red" | "green" | "blue") => step(name, name, "colours", "half", "black");
  const colours = {
    mono: [step("lit", "red", "half", "black")],
    dual: [full("red"), full("green")],
    rgb: [full("red"), full("green"), full("blue")],
  }[panel.colour];
  const modules = device === "lcd" ? [] : [step("modules", "modules", "order", "upside", "half")];
  return [
    step("link", null, "line", "address"),
    step("identity", "label", "other-board", "upside", "black"),
    step("edges", "border", "size", "half", "black"),
    ...colours,
    step("column", "column", "mirrored", "rows", "order"),
    step("row", "row", "upside", "rows", "order"),
    ...modules,
    step("all", "all", "dots", "half", "colours"),
  ];
}

export interface Finding {
  readonly step: StepName;
  /** null: as it should be. */
  readonly cause: Cause | null;
  /** What the person wrote. */
  readonly words: string;
}

/** Once for each step: who goes back and looks again has the last word. */
export function found(findings: readonly Finding[], one: Finding): readonly Finding[] {
  return [...findings.filter(({ step: name }) => name !== one.step), one];
}

/** As long as a report may be; what does not fit is said to be cut. */
export function reportOf(parts: readonly string[], most: number, cut: string): string {
  const all = parts.join("");
  return all.length <= most ? all : all.slice(0, most - cut.length) + cut;
}
