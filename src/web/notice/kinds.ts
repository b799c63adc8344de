/** Kinds of notice: what each needs to be filled in, and what it begins with. The rest is folded away, filled in sensibly. */
import type { Content, DisplayKind, Schedule } from "../../notices/types.ts";
import { dayNumberAt, formatCivil, instantOf } from "../../time/zone.ts";
import recordWords from "../record-words.json";
import kindWords from "./kind-words.json";

export type KindId = keyof typeof kindWords;
export const kindIds = Object.keys(kindWords) as readonly KindId[];

/** What stands on the form at once. `checks`: the secrecy form, answered in one click where there is nothing. */
export type FieldId =
  | "title"
  | "body"
  | "pictures"
  | "publicity"
  | "category"
  | "fiveOpen"
  | "ofSubstance"
  | "boards"
  | "from"
  | "until"
  | "checks";

interface Form {
  readonly track: "government" | "screen";
  readonly fields: readonly FieldId[];
  /** It hangs for so many days, unless somebody says otherwise. */
  readonly days: number;
  readonly priority: number;
}

const disclosed = ["category", "fiveOpen"] as const;
const posted: Form = {
  track: "government",
  fields: ["title", "body", ...disclosed, "boards", "until", "checks"],
  days: 7,
  priority: 5,
};
const shown: Form = { track: "screen", fields: ["title", "body", "boards", "until", "checks"], days: 7, priority: 6 };
const forms: Readonly<Record<KindId, Form>> = {
  notice: posted,
  // Five working days, the day of posting and days of rest not counted.
  publicity: { ...posted, fields: ["title", "body", "publicity", ...disclosed, "boards", "until", "checks"], days: 10 },
  table: { ...posted, days: 30 },
  list: { ...posted, days: 30 },
  duty: { ...shown, fields: ["title", "body", "boards", "from", "until", "checks"] },
  welcome: { ...shown, fields: ["title", "body", "boards", "from", "until", "checks"], days: 1, priority: 4 },
  slogan: { ...shown, days: 30, priority: 7 },
  countdown: { ...shown, days: 30, priority: 7 },
  clock: { ...shown, days: 365, priority: 9 },
  qrcode: { ...shown, days: 90, priority: 8 },
  picture: { ...posted, fields: ["title", "body", "pictures", ...disclosed, "boards", "until", "checks"] },
  cover: { ...shown, days: 30, priority: 7 },
};

const [government] = recordWords.track;
const screenTrack = recordWords.track[recordWords.track.length - 1];
const [proactively] = recordWords.openness;
export const isGovernment = ({ track }: Partial<Content>): boolean => track === government?.value;

const isKind = (kind: DisplayKind | undefined): kind is KindId =>
  kind !== undefined && Object.keys(forms).includes(kind);

/** What of a notice's form is not folded away. `edits`: of an edit it is asked what it changes. */
export function fieldsOf(content: Partial<Content>, edits: boolean): readonly FieldId[] {
  const { displayKind } = content;
  const own = isKind(displayKind) ? forms[displayKind].fields : posted.fields;
  const fields = own.filter((field) => isGovernment(content) || !disclosed.includes(field as "category"));
  const opened = isGovernment(content) ? disclosed.filter((field) => !fields.includes(field)) : [];
  return [...(edits ? (["ofSubstance"] as const) : []), ...fields, ...opened];
}

/** What this person, for notices of this kind, chose the last time. */
export interface LastUsed {
  readonly boards?: readonly string[];
  readonly category?: string;
  readonly org?: string;
}

export interface Beginning {
  readonly zone: string;
  /** Board clock. */
  readonly now: number;
  /** Who signs it where nobody said otherwise before. */
  readonly org: string;
  readonly last: LastUsed;
  /** Of the office. */
  readonly boards: readonly string[];
}

/** Minutes after midnight. */
const closing = 18 * 60;
const hourMs = 3_600_000;

/** A draft of this kind as it begins. */
export function blankOf(
  kind: KindId,
  { zone, now, org, last, boards }: Beginning,
): { readonly content: Partial<Content>; readonly schedule: Partial<Schedule> } {
  const { track, days, priority } = forms[kind];
  const words: { readonly category: string; readonly start?: { readonly title?: string; readonly body?: string } } =
    kindWords[kind];
  const today = formatCivil(zone, now).slice(0, 10);
  const until = instantOf(zone, dayNumberAt(zone, now) + days, closing);
  const isPosted = track === "government";
  const text = (given = "") => given.replace("DATE", formatCivil(zone, until).slice(0, 10));
  return {
    content: {
      openness: proactively?.value as Content["openness"],
      track: (isPosted ? government : screenTrack)?.value as Content["track"],
      displayKind: kind,
      category: last.category ?? words.category,
      title: text(words.start?.title),
      body: text(words.start?.body),
      fiveOpen: null,
      formedOn: isPosted ? today : null,
      signature: { org: last.org ?? org, date: today },
      ...(kind === "publicity" && { publicity: { required: 5, unit: "workday" } }),
    },
    schedule: {
      // Boards that have gone since are not asked for again.
      boards: boards.filter((id) => last.boards?.includes(id)),
      from: Math.floor(now / hourMs) * hourMs,
      until,
      priority,
    },
  };
}

/** Of the picture beside its name; a day that is to come, for what counts down to it. */
export function sampleOf(kind: KindId, zone: string, now: number): Partial<Content> {
  const { title, body } = kindWords[kind].sample;
  const day = formatCivil(zone, now + 30 * 24 * hourMs).slice(0, 10);
  const displayKind = kind === "picture" ? "notice" : kind;
  // A roster shows the day that it is.
  const today = formatCivil(zone, now).slice(0, 10);
  return { title, body: body.replace("DATE", day).replace("TODAY", today), displayKind };
}

/** What notices of the usual kinds are filed under; an office may write others. */
export const categoriesKnown: readonly string[] = [
  ...new Set(Object.values(kindWords).map(({ category }) => category)),
];
