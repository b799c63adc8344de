/**
 * 欢迎词: 热烈欢迎 / 市政务公开检查组 / 莅临指导, the guests larger than what is said of them; in one line where a panel is low.
 * Names are never broken; what does not fit moves.
 */
import { movingFace } from "../scroll.ts";
import { bestLevels, type Level, standingLevels } from "./levels.ts";
import { slogan } from "./slogan.ts";
import { cells, emsOf, type Job, movingPages, type Setting, type Template } from "./template.ts";

const standMs = 6000;
const greeting = /^(?:(?:热烈|诚挚|热忱|衷心)?(?:欢迎|祝贺)|欢迎您?|恭迎)/;
const purpose = /(?:莅临|光临|亲临|前来|来我|到我|莅).{0,16}$/;
/** After one of these a person's name is at an end; it is not broken even where the panel has no room. */
const person = /同志|先生|女士|教授|院士|局长|书记|主任|县长|市长|区长|处长|科长|部长|一行/;
/** The greeting and the purpose against the guests, where they have lines of their own. */
const asidePart = 0.7;
const purposeLines = 2;
const orgLines = 2;
/** On panels lower than this all lines are of one size. */
const twoSizesFrom = 64;
/** Ways to join the parts into lines double with each. */
const partsMost = 7;

interface Part {
  readonly text: string;
  readonly aside: boolean;
}

export const welcome: Template = (job) => {
  const lines = job.content.body
    .split("\n")
    .map((line) => line.replace(/\s+/g, " ").trim())
    .filter((line) => line !== "");
  const given = lines.map(partsOf);
  const ways = given.length === 1 ? waysOf(given[0] ?? []) : [given];
  const { height } = job.shape;
  const even = ways.map((way) => way.map((parts) => levelOf(parts, 1)));
  const meant =
    height < twoSizesFrom
      ? []
      : ways.filter(isBySense).flatMap((way) => [1, orgLines].map((most) => way.map((parts) => sensibly(parts, most))));
  const fitted = bestLevels(job, [...meant, ...even]) ?? bestLevels(job, [...meant, ...even], { marginPx: 0 });
  if (fitted && lines.length > 0) return { pages: [standingLevels(fitted, standMs)] };
  return person.test(job.content.body) ? moving(job, lines) : slogan(job);
};

function partsOf(line: string): Part[] {
  const before = greeting.exec(line)?.[0] ?? "";
  const after = purpose.exec(line.slice(before.length))?.[0] ?? "";
  const guests =
    line.slice(before.length, line.length - after.length).match(/[^\u3001\uff0c, ]+[\u3001\uff0c, ]*/g) ?? [];
  const parts = [
    { text: before, aside: true },
    ...guests.map((text) => ({ text, aside: false })),
    { text: after, aside: true },
  ].filter(({ text }) => text !== "");
  if (parts.length <= partsMost) return parts;
  return [
    ...parts.slice(0, partsMost - 1),
    {
      text: parts
        .slice(partsMost - 1)
        .map(({ text }) => text)
        .join(""),
      aside: false,
    },
  ];
}

/** All ways to set the parts in lines, one after another; those of fewer lines first. */
function waysOf(parts: readonly Part[]): Part[][][] {
  const ways: Part[][][] = [];
  for (let breaks = 0; breaks < 2 ** Math.max(0, parts.length - 1); breaks++) {
    const lines: Part[][] = [];
    for (const [index, part] of parts.entries())
      if (index > 0 && ((breaks >> (index - 1)) & 1) === 0) lines[lines.length - 1]?.push(part);
      else lines.push([part]);
    ways.push(lines);
  }
  return ways.sort((a, b) => a.length - b.length);
}

function isAside(parts: readonly Part[]): boolean {
  return parts.every(({ aside }) => aside);
}

/** Neither greeting nor purpose in a line with the guests, and these in as few lines as there can be. */
function isBySense(lines: readonly (readonly Part[])[]): boolean {
  return lines.every((parts) => isAside(parts) || !parts.some(({ aside }) => aside)) && !lines.every(isAside);
}

/** An organisation's name may stand in two lines, broken between words, where that makes it much larger. */
function sensibly(parts: readonly Part[], linesMost: number): Level {
  if (isAside(parts)) return { ...levelOf(parts, asidePart), linesMost: purposeLines };
  const level = levelOf(parts, 1);
  return person.test(level.text) ? level : { ...level, linesMost };
}

function levelOf(parts: readonly Part[], part: number): Level {
  const text = parts
    .map((one) => one.text)
    .join("")
    .trim();
  return { text, part, ink: part === 1 ? "slogan" : "body", linesMost: 1 };
}

function moving(job: Job, lines: readonly string[]): Setting {
  const line = lines.join("  ");
  const face = movingFace(job.shape, emsOf(line));
  return movingPages(job, cells(job, line, face), face, "slogan");
}
