/** Whether a draft may be submitted: all that is missing or wrong at once, and what would be submitted. */
import type { Fault, Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { notAllowed, notAllowing } from "../categories.ts";
import { hangingNowhere, lightsOnly } from "../paper.ts";
import { contentSchema } from "../import-format.ts";
import { everyDay } from "../schedule-format.ts";
import { submittedSchedule } from "../submitted-schedule.ts";
import { wordsFor } from "../import-words.ts";
import { applyProposals, hitKey, type ScreeningContext, screenNotice } from "../screening/index.ts";
import type { Content, Envelope, NoticeRecord, Schedule } from "../types.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { outside } from "./envelope.ts";
import { checkIds, type Draft } from "./types.ts";
import { templateFaults } from "./warning-text.ts";

export interface Ready {
  readonly content: Content;
  readonly schedule: Schedule;
  /** null: only registered, for no board. */
  readonly envelope: Envelope | null;
}

/** What is left out of a draft, a plain notice has not. */
const absent = { opennessReason: null, fiveOpen: null, formedOn: null, publicity: null, alert: null } as const;

const missing: Sentence = { zh: "还没有填", en: "is missing" };

/** `shown`: the notice as it is signed now, null if it is not. Typesetting is for whoever has the answer. */
export async function readiness(
  parts: ReviewParts,
  draft: Draft,
  shown: NoticeRecord | null,
): Promise<{ readonly ready: Ready | null; readonly faults: readonly Fault[] }> {
  const { notice, document } = draft;
  const faults: Fault[] = [];
  const field = (name: string, what: Sentence) => void faults.push({ code: "review/field", notice, field: name, what });
  if (draft.held !== null)
    field("held", { zh: "公开与否待定", en: "whether it is to be disclosed is not decided yet" });

  const filled = { ...absent, ...document.content };
  const parsed = contentSchema.safeParse(filled);
  if (!parsed.success)
    for (const issue of parsed.error.issues.slice(0, limits.faultsPerNotice)) {
      const name = issue.path.map(String).join(".");
      const [first = ""] = issue.path.map(String);
      field(`content.${name}`, first in filled ? wordsFor(issue) : missing);
    }
  const content = parsed.success ? dated(parsed.data as Content, document.changedOn, shown) : null;
  const isPublic = document.content.openness === "主动公开";
  if (document.content.track === "政府信息" && isPublic && (document.content.formedOn ?? null) === null)
    field("content.formedOn", {
      zh: "政府信息要填形成日期",
      en: "government information has a date when it was formed",
    });
  if (content !== null && (content.displayKind === "picture") !== (content.pictures !== undefined))
    field("content.pictures", {
      zh: "图片信息须有图片，其他信息不能有",
      en: "a picture notice has pictures, no other does",
    });
  if (content?.slots) for (const what of templateFaults(content)) field("content.slots", what);
  if (shown !== null) {
    if (document.ofSubstance === null)
      field("ofSubstance", { zh: "改的是实质内容还是文字", en: "does the edit change what it says?" });
    if (document.ofSubstance === true && document.changedOn === null)
      field("changedOn", { zh: "改了实质内容\uff0c要填变更日期", en: "an edit of substance has a date of change" });
  }

  const planned = isPublic ? plan(parts, draft, field) : registeredOnly(parts);
  if (content !== null)
    for (const board of notAllowing(parts.boards, planned?.envelope?.boards ?? [], content))
      field("schedule.boards", notAllowed(board, content));
  if (content !== null)
    for (const place of hangingNowhere(parts.boards, planned?.envelope?.boards ?? [], content))
      field("schedule.boards", lightsOnly(place));
  if (content !== null) {
    const hits = screenNotice(content, {
      rules: await parts.screeningRules(),
      zone: parts.zone,
      calendar: parts.calendar,
      ...(planned?.envelope && { planned: planned.schedule }),
      ...glyphsOn(parts, planned?.envelope?.boards),
    });
    for (const hit of hits) {
      const key = hitKey(hit);
      const explain = hit.severity === "explain";
      if (explain && Object.hasOwn(document.explanations, key)) continue;
      const { part, index, found, proposal, why } = hit;
      const there =
        part === "title" || part === "body" ? content[part] : part === "signature" ? content.signature.org : "";
      const length = found !== "" && there.startsWith(found, index) && { length: found.length };
      faults.push({ code: "review/hit", notice, key, part, index, ...length, explain, proposal, why });
    }
  }
  for (const check of checkIds) {
    const said = document.answers[check];
    if (said && said.answer !== "clear" && said.note.trim() === "")
      field(`answers.${check}`, { zh: "有问题的\uff0c要写明情况", en: "say what it is" });
  }
  return { faults, ready: content && planned && { content, ...planned } };
}

/** 变更日期 is what the form says of this edit, or the last one of substance before: never what a text brings along. */
function dated({ changedOn: _, ...content }: Content, changedOn: string | null, shown: NoticeRecord | null): Content {
  const date = changedOn ?? shown?.content.changedOn;
  return date === undefined ? content : { ...content, changedOn: date };
}

/**
 * The parts of a draft's text that screening's proposals change. FaultError `review/not-ready` where it is not so far that it
 * can be screened: then it has no hits either.
 */
export async function mended(parts: ReviewParts, draft: Draft, keys: readonly string[]): Promise<Partial<Content>> {
  const parsed = contentSchema.safeParse({ ...absent, ...draft.document.content });
  if (!parsed.success)
    return refuse({
      code: "review/not-ready",
      notice: draft.notice,
      faults: (await readiness(parts, draft, null)).faults,
    });
  const { zone, calendar } = parts;
  const { schedule, envelope } = draft.document;
  const glyphs = glyphsOn(parts, envelope?.boards ?? schedule.boards);
  const context = { rules: await parts.screeningRules(), zone, calendar, ...glyphs };
  const { title, body, signature, pictures, publicity } = applyProposals(parsed.data as Content, keys, context);
  return { title, body, signature, publicity, ...(pictures && { pictures }) };
}

function glyphsOn(
  { boards, glyphsMissing }: Pick<ReviewParts, "boards" | "glyphsMissing">,
  ids: readonly string[] = [],
): Pick<ScreeningContext, "glyphsMissing"> {
  const on = boards.filter(({ id }) => ids.includes(id));
  return glyphsMissing ? { glyphsMissing: (text) => glyphsMissing(text, on) } : {};
}

type Tell = (name: string, what: Sentence) => void;

function plan(parts: ReviewParts, { document }: Draft, field: Tell): Omit<Ready, "content"> | null {
  const parsed = submittedSchedule.safeParse({ ...everyDay, ...document.schedule });
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const [name = ""] = issue.path.map(String);
      field(`schedule.${issue.path.map(String).join(".")}`, name in document.schedule ? wordsFor(issue) : missing);
    }
    return null;
  }
  const schedule = { ...parsed.data, boards: [...new Set(parsed.data.boards)] };
  const { from, until, priority, cron } = schedule;
  if (schedule.boards.length === 0) field("schedule.boards", missing);
  if (from >= until) field("schedule.until", { zh: "结束必须晚于开始", en: "it must end after it begins" });
  if (until <= parts.clock.now()) field("schedule.until", { zh: "已经过去了", en: "is past" });
  if (priority > 9) field("schedule.priority", { zh: "最低为 9", en: "is at most 9" });
  const bad = cron === null ? null : parts.checkCron(cron);
  if (bad) field("schedule.cron", { zh: bad.zh, en: bad.en });
  const envelope = document.envelope ?? { boards: schedule.boards, from, until, bestPriority: priority };
  for (const board of new Set([...schedule.boards, ...envelope.boards]))
    if (!parts.boards.some(({ id }) => id === board))
      field("schedule.boards", { zh: `没有公开栏 ${board}`, en: `there is no board ${board}` });
  for (const what of outside(schedule, envelope)) field("envelope", what);
  return { schedule, envelope: { ...envelope, boards: [...new Set(envelope.boards)] } };
}

/** R04: it has a place in the register and none on any board. */
function registeredOnly({ clock }: ReviewParts): Omit<Ready, "content"> {
  const now = clock.now();
  return { schedule: { ...everyDay, boards: [], from: now, until: now }, envelope: null };
}
