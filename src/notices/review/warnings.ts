/** 应急: one person sends out a warning, from a signed template alone; it ends by itself, and somebody countersigns it in time. */
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import type { Caller } from "../../people/types.ts";
import { partsOf } from "../../time/days.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { revisionHash } from "../revision.ts";
import { screenContent } from "../screening/index.ts";
import { signSeal, verifySeal } from "../seal.ts";
import type { Envelope, NoticeId, NoticeRecord, Schedule, SealBody } from "../types.ts";
import { recordOf } from "./drafts.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, assertOwnBoards, changeAs, isAlone, signature } from "./persons.ts";
import { setPixels } from "./pixels.ts";
import { addStep } from "./steps.ts";
import { openCase } from "./submit.ts";
import { lower, showingOf } from "./take-down.ts";
import { filled, readSlots } from "./warning-text.ts";
import type { ReviewCase } from "./types.ts";

export interface WarningVerbs {
  /** On its boards at once. FaultError `review/field` for a value that the template does not have. */
  publishWarning(caller: Caller, template: NoticeId, values: unknown): Promise<ReviewCase>;
}

const hourMs = 3_600_000;

export function warningVerbs(parts: ReviewParts): WarningVerbs & {
  /** Takes down what nobody has countersigned in time. */
  takeDownUncountersigned(now: Instant): Promise<void>;
  uncountersigned(now: Instant): Promise<readonly Fault[]>;
} {
  const { store, clock, rules } = parts;
  const hours = rules.kind === "chain" ? rules.countersignHours : 0;

  return {
    async publishWarning(caller, id, given) {
      const acting = await actingAs(parts, caller, ["operator", "maker"], { scope: "alert" });
      const template = await templateOf(parts, id);
      assertStands(template, clock.now());
      const values = template.content.slots && readSlots(given, template.content.slots);
      const now = clock.now();
      if (!values || Math.abs(values.time - now) > 24 * hourMs)
        return refuse({ code: "review/field", notice: id, field: "values", what: notOfTemplate });
      const { year } = partsOf(dayNumberAt(parts.zone, now));
      const notice = `${id}-${year}-${await store.drafts.next(`warning ${id} ${year}`)}`.slice(-64);
      const content = filled(template.content, values, parts.zone, notice);
      const signed = template.seal.body.envelope;
      const until = now + values.hours * hourMs;
      const envelope: Envelope = { ...signed, from: now, until };
      const set = await setPixels(parts, notice, content, envelope);
      if (set.faults.length > 0 || screenContent(content).length > 0)
        return refuse({ code: "review/not-ready", notice, faults: set.faults });
      const schedule: Schedule = { ...template.schedule, boards: signed.boards, from: now, until, cron: null };
      const [reviewed] = (await store.cases.of(id)).filter(({ number }) => number === template.revisionNumber);
      const prepared = await store.notices.prepare({
        id: notice,
        content,
        revision: revisionHash(content),
        schedule,
        makerId: acting.by.account,
        importedAt: now,
        seal: null,
        messages: set.messages,
        anew: true,
      });
      const done = await changeAs(parts, acting, async (tx) => {
        const still = await tx.notices.get(id);
        if (still?.revisionNumber !== template.revisionNumber) return refuse({ code: "review/taken-down", notice: id });
        assertStands(still, clock.now());
        await assertOwnBoards(parts, tx, caller, acting, id, signed.boards);
        const waiting = (await tx.cases.open()).filter(
          ({ kind, notice: other, steps }) =>
            kind === "warning" && stemOf(other) === stemOf(notice) && steps[0]?.by.account === acting.by.account,
        );
        if (waiting.length >= limits.warningsAwaiting)
          return refuse({ code: "review/too-many", what: tooMany, max: limits.warningsAwaiting });
        const opened = await openCase(
          parts,
          tx,
          acting,
          {
            notice,
            revision: prepared.entry.revision,
            kind: "warning",
            title: content.title,
            state: "signature",
            version: 1,
            unit: reviewed?.unit ?? "",
            hands: acting.instead ? [acting.by, acting.instead] : [acting.by],
            answers: reviewed?.answers ?? {},
            document: { source: null, changedOn: null, ofSubstance: null, carrier: "", explanations: {} },
            envelope,
            pixels: set.pixels,
            dueOn: null,
            paper: null,
            remindedAt: null,
          },
          prepared,
        );
        const { installation } = parts.key;
        const body: SealBody = {
          v: 1,
          installation,
          revision: opened.revision,
          notice,
          envelope,
          pixels: set.pixels,
          form: opened.form,
          by: signature(acting),
          at: now,
          kind: "emergency",
        };
        await tx.notices.seal(notice, opened.number, signSeal(body, parts.key));
        if (!isAlone(parts, caller)) return opened;
        // Where nobody else is, nobody countersigns.
        const step = {
          step: "countersigned",
          state: "signed",
          words: "",
          action: "review/countersigned",
          at: now,
        } as const;
        return addStep(tx, opened, acting, step);
      });
      await parts.changed();
      return done;
    },

    async takeDownUncountersigned(now) {
      let some = false;
      for (const { id, notice, since } of (await store.cases.open()).filter(({ kind }) => kind === "warning")) {
        if (now < since + hours * hourMs) continue;
        const showing = await showingOf(parts, notice);
        const done = await store.change("system", async (tx) => {
          const review = await tx.cases.get(id);
          if (review?.state !== "signature") return false;
          const step = {
            step: "withdrawn",
            state: "withdrawn",
            words: "",
            action: "review/uncountersigned",
            at: now,
          } as const;
          await addStep(tx, review, bySystem, step);
          await lower(tx, review.notice, bySystem.by.name, "uncountersigned", now, showing);
          return true;
        });
        some = some || done;
      }
      if (some) await parts.changed();
    },

    async uncountersigned(now) {
      const lately = (await store.cases.list()).filter(
        ({ kind, steps, since }) =>
          kind === "warning" && steps.at(-1)?.by.account === bySystem.by.account && now - since < 24 * hourMs,
      );
      return lately.map(({ notice }): Fault => ({ code: "review/uncountersigned", notice, hours }));
    },
  };
}

const bySystem: Acting = { by: { account: "system", name: "system" }, instead: null, role: "operator" };

/** A warning's id without its number: its template's. */
const stemOf = (notice: NoticeId) => notice.slice(0, notice.lastIndexOf("-"));

const tooMany = {
  zh: "您用这个模板发出、尚未补签的预警",
  en: "of your warnings from this template not countersigned yet",
};

/** Signed templates are for the time that was signed, until they are withdrawn or another takes their place. */
function assertStands(template: NoticeRecord, now: Instant): void {
  const { seal, withdrawnAt, supersededAt } = template;
  const envelope = seal?.body.envelope;
  const stands = envelope && envelope.from <= now && now < envelope.until && withdrawnAt === null;
  if (!stands || (supersededAt !== null && supersededAt <= now))
    refuse({ code: "review/taken-down", notice: template.id });
}

const notOfTemplate = {
  zh: "有一格不在模板的范围内",
  en: "a slot has a value that the template does not have",
};

/** A template whose signature holds today. FaultError `review/taken-down`. */
async function templateOf(
  parts: ReviewParts,
  id: NoticeId,
): Promise<NoticeRecord & { readonly seal: NonNullable<NoticeRecord["seal"]> }> {
  const record = await recordOf(parts, id);
  const { seal, content, revision } = record;
  const holds =
    seal !== null &&
    seal.body.kind === "template" &&
    seal.body.notice === id &&
    verifySeal(seal, parts.key.publicKey) &&
    revisionHash(content) === seal.body.revision &&
    seal.body.revision === revision &&
    record.withdrawnAt === null;
  return holds ? { ...record, seal } : refuse({ code: "review/taken-down", notice: id });
}
