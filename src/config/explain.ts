/** A zod issue said to people: what is wrong and what to write instead, in both languages. */
import { z } from "zod";
import type { Sentence } from "../fault.ts";
import { nearest } from "./suggest.ts";
import type { Path } from "./yaml.ts";

export interface Explained {
  readonly path: Path;
  /** The key is at fault, not its value. */
  readonly at: "key" | "value";
  readonly what: Sentence;
  readonly remedy: Sentence;
}

/** What is explained, as its writer calls it, and where to look where no field has an example. */
export interface Source {
  readonly name: Sentence;
  readonly compare: Sentence;
  /** As JSON, and not line by line. */
  readonly json?: true;
}

const installationFile: Source = {
  name: { zh: "文件", en: "the file" },
  compare: { zh: "请对照样例 fixtures/boardcast.example.yaml。", en: "Compare with fixtures/boardcast.example.yaml." },
};

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** One issue may be several mistakes (three unknown keys are three). `value` is what was parsed with `schema`. */
export function explain(
  schema: Schema,
  value: unknown,
  issue: Issue,
  source: Source = installationFile,
): readonly Explained[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(schema, value, path, key));
  const given = valueAt(value, path);
  const about = schemaAt(schema, value, path);
  const titles = titleOf(about, path, source);
  const remedy = exampleOf(about, path, source);
  const union = issue.code === "invalid_union" ? unionAt(schema, value, path) : null;
  if (issue.code === "invalid_union" && union !== null && given !== null && given !== undefined) {
    // A word or a group: of a group, what is wrong in it; of anything else, what may stand there.
    const group = union.options.findIndex((option) => option instanceof z.ZodObject);
    if (typeof given === "object" && !Array.isArray(given) && group >= 0)
      return (issue.errors[group] ?? []).flatMap((inner) =>
        explain(schema, value, { ...inner, path: [...issue.path, ...inner.path] }, source),
      );
    const words = union.options.flatMap((option) =>
      option instanceof z.ZodLiteral ? [...option.values].map(String) : [],
    );
    return choice(path, given, [...new Set([...words, ...examplesOf(about).map(String)])], titles);
  }
  const say = (zh: string, en: string): readonly Explained[] => [
    { path, at: "value", what: { zh: `${titles.zh}${zh}`, en: `${titles.en} ${en}` }, remedy },
  ];
  if (given === undefined) return say("没有写", "is missing");
  if (given === null) return say("是空的", "is empty");
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "string" && typeof given !== "object") {
        return say(`应是文字，现在是 ${String(given)}`, `must be text; ${String(given)} needs quotes`);
      }
      return say(
        `应是${kindZh(issue.expected)}\uff0c现在是 ${show(given)}`,
        `must be ${kindEn(issue.expected)}, not ${show(given)}`,
      );
    case "too_big":
      return say(
        `太${bigZh(issue.origin)}\uff1a最多 ${issue.maximum}`,
        `is too ${bigEn(issue.origin)}: at most ${issue.maximum}`,
      );
    case "too_small":
      return say(
        `太${smallZh(issue.origin)}\uff1a最少 ${issue.minimum}`,
        `is too ${smallEn(issue.origin)}: at least ${issue.minimum}`,
      );
    case "invalid_value":
      return choice(path, given, issue.values.map(String), titles);
    case "invalid_union": {
      const options = "options" in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
      return choice(path, given, options, titles);
    }
    default: {
      // A schema may say itself, in both languages, what it asks for; zod's own words are for programmers.
      const both = /\p{Script=Han}/u.test(issue.message) ? inBoth(issue.message) : null;
      return both ? say(both.zh, both.en) : say(`不能是 ${show(given)}`, `cannot be ${show(given)}`);
    }
  }
}

function unknownKey(schema: Schema, value: unknown, parent: Path, key: string): Explained {
  const allowed = keysOf(schemaAt(schema, value, parent));
  const meant = nearest(key, allowed);
  return {
    path: [...parent, key],
    at: "key",
    what: { zh: `不认识“${key}”`, en: `unknown key "${key}"` },
    remedy:
      meant === null
        ? { zh: `这里可以写：${allowed.join("、")}。`, en: `Known here: ${allowed.join(", ")}.` }
        : { zh: `是不是“${meant}”？`, en: `Did you mean "${meant}"?` },
  };
}

function choice(path: Path, given: unknown, options: readonly string[], titles: Sentence): readonly Explained[] {
  const meant = nearest(String(given), options);
  const hint = meant === null ? { zh: "", en: "" } : { zh: `是不是 ${meant}\uff1f`, en: `Did you mean ${meant}? ` };
  return [
    {
      path,
      at: "value",
      what: { zh: `${titles.zh}不能是 ${show(given)}`, en: `${titles.en} cannot be ${show(given)}` },
      remedy: {
        zh: `${hint.zh}可以写：${options.join("、")}。`,
        en: `${hint.en}One of: ${options.join(", ")}.`,
      },
    },
  ];
}

/** The union of a word and a group that stands at a path; null: something else does. */
function unionAt(schema: Schema, value: unknown, path: Path): z.ZodUnion | null {
  let here = schemaAt(schema, value, path);
  while (here instanceof z.ZodOptional) here = here.unwrap() as Schema;
  // Of a group, `schemaAt` has already gone on to its option.
  if (here instanceof z.ZodObject) {
    const above = schemaAt(schema, value, path.slice(0, -1));
    here = above instanceof z.ZodObject ? (above.shape as Record<string, Schema>)[String(path.at(-1))] : undefined;
    while (here instanceof z.ZodOptional) here = here.unwrap() as Schema;
  }
  return here instanceof z.ZodUnion && !(here instanceof z.ZodDiscriminatedUnion) ? here : null;
}

/** The schema that a path leads to, through optionals and the union branch that the value names. */
function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  let current: Schema | undefined = schema;
  let here = value;
  for (const step of path) {
    current = branch(current, here);
    if (current instanceof z.ZodObject) current = (current.shape as Record<string, Schema>)[String(step)];
    else if (current instanceof z.ZodArray) current = current.element as Schema;
    else if (current instanceof z.ZodDiscriminatedUnion)
      return current; // its discriminator itself
    else return undefined;
    here = valueAt(here, [step]);
  }
  const inner = branch(current, here);
  return metaOf(current)?.title === undefined || keysOf(inner).length > 0 ? (inner ?? current) : current;
}

/** Unwraps what a value cannot see: optional, and the option of a union whose `kind` the value has. */
function branch(schema: Schema | undefined, value: unknown): Schema | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return branch(schema.unwrap() as Schema, value);
  if (schema instanceof z.ZodPipe) return branch(schema.in as Schema, value);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const kind = valueAt(value, [schema.def.discriminator]);
    const chosen = schema.options.find(
      (option) =>
        option instanceof z.ZodObject && (option.shape[schema.def.discriminator] as z.ZodLiteral).value === kind,
    );
    return (chosen as Schema | undefined) ?? schema;
  }
  if (schema instanceof z.ZodUnion && typeof value === "object" && value !== null && !Array.isArray(value))
    return (schema.options.find((option) => option instanceof z.ZodObject) as Schema | undefined) ?? schema;
  return schema;
}

function keysOf(schema: Schema | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== "object" || here === null) return undefined;
    const group = here as Readonly<Record<string | number, unknown>>;
    if (!Object.hasOwn(group, step)) return undefined;
    here = group[step];
  }
  return here;
}

const metaOf = (schema: Schema | undefined) =>
  schema === undefined ? undefined : z.globalRegistry.get(schema as z.ZodType);

/** Titles are "中文 / English"; without one the key speaks for itself. */
function titleOf(schema: Schema | undefined, path: Path, source: Source): Sentence {
  const name = path.findLast((step) => typeof step === "string");
  const both = inBoth(metaOf(schema)?.title ?? "");
  if (both === null) return name === undefined ? source.name : { zh: `“${name}”`, en: `"${name}"` };
  const { zh, en } = both;
  return name === undefined ? both : { zh: `${zh}（${name}）`, en: name === en ? `"${name}"` : `${en} (${name})` };
}

/** "中文 / English"; null: not so. */
function inBoth(words: string): Sentence | null {
  const cut = words.lastIndexOf("/ ");
  return cut < 0 ? null : { zh: words.slice(0, cut).trim(), en: words.slice(cut + 1).trim() };
}

function examplesOf(schema: Schema | undefined): readonly unknown[] {
  const examples: unknown = metaOf(schema)?.examples;
  return Array.isArray(examples) ? examples : [];
}

function exampleOf(schema: Schema | undefined, path: Path, source: Source): Sentence {
  const [example] = path.length === 0 && source.json ? wholeOf(schema) : examplesOf(schema);
  const step = path.at(-1);
  if (example === undefined) return source.compare;
  const said = source.json ? JSON.stringify(example) : String(example);
  const line = typeof step !== "string" ? said : source.json ? `${JSON.stringify(step)}: ${said}` : `${step}: ${said}`;
  return { zh: `例如 ${line}`, en: `For example: ${line}` };
}

/** A group of its fields that must be there, by their examples; none where one has no example. */
function wholeOf(schema: Schema | undefined): readonly unknown[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const needed = Object.entries(schema.shape as Record<string, Schema>).filter(
    ([, field]) => !z.safeParse(field, undefined).success,
  );
  const examples = needed.map(([key, field]) => [key, examplesOf(field)[0]] as const);
  const whole = examples.length > 0 && examples.every(([, example]) => example !== undefined);
  return whole ? [Object.fromEntries(examples)] : [];
}

function show(value: unknown): string {
  const text = typeof value === "object" ? (Array.isArray(value) ? "[…]" : "{…}") : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  string: ["文字", "text"],
  number: ["数", "a number"],
  int: ["整数", "a whole number"],
  array: ["列表\uff08每项一行\uff0c以 - 开头\uff09", "a list (one item a line, after a -)"],
  object: ["一组“名字: 值”", 'a group of "key: value"'],
  boolean: ["true 或 false", "true or false"],
};
const kindZh = (kind: string) => kinds[kind]?.[0] ?? kind;
const kindEn = (kind: string) => kinds[kind]?.[1] ?? kind;
const bigZh = (origin: string) => (origin === "string" ? "长" : origin === "array" ? "多" : "大");
const bigEn = (origin: string) => (origin === "string" || origin === "array" ? "long" : "large");
const smallZh = (origin: string) => (origin === "string" ? "短" : origin === "array" ? "少" : "小");
const smallEn = (origin: string) => (origin === "string" || origin === "array" ? "short" : "small");
