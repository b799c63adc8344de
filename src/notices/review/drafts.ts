/** 起草: working papers of makers and contributors, until they are submitted. */
import type { Fault } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Caller } from "../../people/types.ts";
import { partsOf } from "../../time/days.ts";
import { dayNumberAt } from "../../time/zone.ts";
import { wordsFor } from "../import-words.ts";
import type { NoticeId, NoticeRecord } from "../types.ts";
import { verdict } from "../seal.ts";
import { copied } from "./copied.ts";
import { documentSchema, heldSchema } from "./format.ts";
import { type ReviewParts, refuse } from "./parts.ts";
import { type Acting, actingAs, alone, changeAs, said, withHand, writersOf } from "./persons.ts";
import { mended } from "./readiness.ts";
import type { ReviewVerbs } from "./store.ts";
import type { Draft, DraftDocument, Held, ReviewCase } from "./types.ts";

export interface DraftVerbs {
  /** A blank one, or a copy of a notice's newest text under a number of its own. */
  createDraft(caller: Caller, copyOf?: NoticeId): Promise<Draft>;
  /** An edit of a notice: what is signed of it stays up until this is signed (R02). The draft, if there is one. */
  editNotice(caller: Caller, notice: NoticeId): Promise<Draft>;
  /** Checked for form and bounds, not for whether it is finished. FaultError `review/conflict` unless `version` is the newest. */
  saveDraft(caller: Caller, notice: NoticeId, version: number, document: unknown): Promise<Draft>;
  /** 一键处理: what screening proposes for the hits with these keys, put into the text. */
  mendDraft(caller: Caller, notice: NoticeId, version: number, keys: readonly string[]): Promise<Draft>;
  /** 报送: from the contributor to the makers. */
  handIn(caller: Caller, notice: NoticeId, version: number): Promise<Draft>;
  /** 退回报送人. */
  handBack(caller: Caller, notice: NoticeId, version: number, reason: string): Promise<Draft>;
  /** 待定, and null: no longer. */
  holdDraft(caller: Caller, notice: NoticeId, version: number, held: unknown): Promise<Draft>;
  discardDraft(caller: Caller, notice: NoticeId, version: number): Promise<void>;
}

/** R03: a new notice is 主动公开 until somebody says otherwise, with a reason. */
const blank: DraftDocument = {
  content: { openness: "主动公开", track: "政府信息", displayKind: "notice" },
  schedule: {},
  envelope: null,
  source: null,
  changedOn: null,
  ofSubstance: null,
  carrier: "",
  explanations: {},
  answers: {},
};

export function draftVerbs(parts: ReviewParts): DraftVerbs {
  const { store, clock } = parts;
  const writer = (caller: Caller) => actingAs(parts, caller, ["maker", "contributor"], { scope: "draft" });

  const open = async (id: NoticeId, version: number): Promise<Draft> => {
    const draft = await store.drafts.get(id);
    if (draft === null) return refuse({ code: "review/unknown", what: "draft", id });
    assertNewest(draft, version);
    return draft;
  };

  /** Makers write what is with them, contributors what is their own unit's and not handed in yet. */
  const mine = async (caller: Caller, id: NoticeId, version: number): Promise<readonly [Draft, Acting]> => {
    const acting = await writer(caller);
    const draft = await open(id, version);
    const unit = await unitOf(acting);
    const ok = draft.state === "open" ? acting.role === "maker" : draft.unit === unit;
    return ok ? [draft, acting] : refuse({ code: "review/not-yours", notice: id });
  };

  const unitOf = (acting: Acting) => unitOfActing(parts, acting);

  /** The signed text of a notice is for everybody; another is a contributor's only where it is their own unit's. */
  async function assertReadable(acting: Acting, notice: NoticeId, text: NoticeRecord, last: ReviewCase | null) {
    if (acting.role === "maker" || (text.seal !== null && verdict(text, parts.key.publicKey).ok)) return;
    if (last === null || last.unit !== (await unitOf(acting)))
      refuse({ code: "review/unknown", what: "notice", id: notice });
  }

  async function put(draft: Draft, changes: Partial<Draft>): Promise<Draft> {
    const next = { ...draft, ...changes, version: draft.version + 1, changedAt: clock.now() };
    if (next.hands.length > limits.draftHands)
      refuse({ code: "review/too-many", what: { zh: "起草的人", en: "people on one draft" }, max: limits.draftHands });
    if (await store.drafts.put(next)) return next;
    const there = await store.drafts.get(draft.notice);
    return refuse(
      there === null
        ? { code: "review/unknown", what: "draft", id: draft.notice }
        : { code: "review/conflict", notice: draft.notice, yours: draft.version, current: there.version },
    );
  }

  async function begun(
    acting: Acting,
    given: Pick<Draft, "document" | "edits" | "hands">,
  ): Promise<Omit<Draft, "notice">> {
    if ((await store.drafts.list()).length >= limits.draftsOpen)
      refuse({ code: "review/too-many", what: { zh: "草稿", en: "drafts" }, max: limits.draftsOpen });
    const now = clock.now();
    const state = acting.role === "contributor" ? "contributed" : "open";
    const unit = await unitOf(acting);
    // Who opens it stands for what it says, also where nothing is changed before it is submitted.
    const hands = withHand(given.hands, acting);
    return { version: 1, state, held: null, owner: acting.by, unit, ...given, hands, since: now, changedAt: now };
  }

  return {
    async createDraft(caller, copyOf) {
      const acting = await writer(caller);
      const old = copyOf === undefined ? null : await recordOf(parts, copyOf);
      if (old) await assertReadable(acting, old.id, old, (await store.cases.of(old.id)).at(-1) ?? null);
      const document = old ? copied(documentOf(old), parts.zone, clock.now()) : blank;
      // A copy carries the text over, and with it whoever wrote that.
      const hands = old ? writersOf(await store.cases.of(old.id)) : [];
      const started = await begun(acting, { document, edits: null, hands });
      const { year } = partsOf(dayNumberAt(parts.zone, started.since));
      // Numbers that an import has taken are passed over.
      for (;;) {
        const number = await store.drafts.next(`draft ${year}`);
        const draft = { notice: `${year}-${String(number).padStart(4, "0")}`, ...started };
        if (await store.drafts.add(draft)) return draft;
      }
    },

    async editNotice(caller, id) {
      const acting = await writer(caller);
      const there = await store.drafts.get(id);
      if (there !== null) {
        await assertTheirs(parts, acting, there);
        return there;
      }
      const cases = await store.cases.of(id);
      const last = cases.at(-1) ?? null;
      const shown = await recordOf(parts, id);
      if (id.startsWith("default:")) refuse({ code: "review/not-yours", notice: id });
      // What was sent back is gone on with, by whoever wrote it; what is signed begins anew.
      const unsigned = last !== null && last.state !== "signed" ? await store.notices.revision(id, last.number) : null;
      await assertReadable(acting, id, unsigned ?? shown, last);
      const started = await begun(acting, {
        document: unsigned && last ? resumed(unsigned, last) : documentOf(shown),
        edits: unsigned ? unsigned.revisionNumber : shown.revisionNumber,
        hands: writersOf(cases),
      });
      const draft = { notice: id, ...started };
      if (await store.drafts.add(draft)) return draft;
      return (await store.drafts.get(id)) ?? refuse({ code: "review/unknown", what: "draft", id });
    },

    async saveDraft(caller, id, version, given) {
      const [draft, acting] = await mine(caller, id, version);
      const document = readDocument(id, given);
      return put(draft, { document, hands: withHand(draft.hands, acting) });
    },

    async mendDraft(caller, id, version, keys) {
      const [draft, acting] = await mine(caller, id, version);
      const content = await mended(parts, draft, keys);
      const document = { ...draft.document, content: { ...draft.document.content, ...content } };
      return put(draft, { document, hands: withHand(draft.hands, acting) });
    },

    async handIn(caller, id, version) {
      const [draft, acting] = await mine(caller, id, version);
      if (draft.state !== "contributed") refuse({ code: "review/not-yours", notice: id });
      // Handing in is a step of its own: whoever takes it does not review or sign.
      return passOn(acting, { ...draft, hands: withHand(draft.hands, acting) }, "open", "draft/saved", "");
    },

    async handBack(caller, id, version, reason) {
      const [draft, acting] = await mine(caller, id, version);
      const owner = draft.owner.account === alone.account ? null : await parts.people.account(draft.owner.account);
      if (draft.state !== "open" || !owner?.roles.includes("contributor"))
        refuse({ code: "review/not-yours", notice: id });
      return passOn(acting, draft, "contributed", "draft/returned", reason);
    },

    async holdDraft(caller, id, version, given) {
      const [draft] = await mine(caller, id, version);
      return put(draft, { held: readHeld(id, given) });
    },

    async discardDraft(caller, id, version) {
      const [draft, acting] = await mine(caller, id, version);
      const { title = "" } = draft.document.content;
      await changeAs(parts, acting, async (tx) => {
        if (!(await tx.cases.dropDraft(id, version))) await conflict(tx, draft);
        const data = { ...said(acting), unit: draft.unit, version, title };
        await tx.record({ action: "draft/discarded", subject: id, data });
      });
    },
  };

  async function passOn(
    acting: Acting,
    draft: Draft,
    state: Draft["state"],
    action: "draft/saved" | "draft/returned",
    reason: string,
  ): Promise<Draft> {
    const now = clock.now();
    const next = { ...draft, state, version: draft.version + 1, since: now, changedAt: now };
    await changeAs(parts, acting, async (tx) => {
      if (!(await tx.cases.putDraft(next))) await conflict(tx, draft);
      const { title = "" } = draft.document.content;
      await tx.record({
        action,
        subject: draft.notice,
        data: { ...said(acting), unit: draft.unit, version: next.version, title, reason },
      });
    });
    return next;
  }

  async function conflict({ cases }: ReviewVerbs, { notice, version }: Draft): Promise<never> {
    return refuse({
      code: "review/conflict",
      notice,
      yours: version,
      current: (await cases.draft(notice))?.version ?? 0,
    });
  }
}

const unitOfActing = async ({ people }: Pick<ReviewParts, "people">, { by, instead }: Acting) =>
  (await people.account((instead ?? by).account))?.unit ?? "";

/** Whether another unit writes on something is not for a contributor to know: FaultError `review/unknown`. */
export async function assertTheirs(parts: Pick<ReviewParts, "people">, acting: Acting, draft: Draft): Promise<void> {
  if (acting.role === "contributor" && draft.unit !== (await unitOfActing(parts, acting)))
    refuse({ code: "review/unknown", what: "draft", id: draft.notice });
}

export function assertNewest(draft: Draft, version: number): void {
  if (draft.version !== version)
    refuse({ code: "review/conflict", notice: draft.notice, yours: version, current: draft.version });
}

/** FaultError `review/unknown`. */
export async function recordOf({ store }: Pick<ReviewParts, "store">, id: NoticeId): Promise<NoticeRecord> {
  return (await store.notices.get(id)) ?? refuse({ code: "review/unknown", what: "notice", id });
}

function documentOf({ content, schedule, seal }: NoticeRecord): DraftDocument {
  return { ...blank, content, schedule, envelope: seal?.body.envelope ?? null };
}

/** A submission as a draft again: with everything that was explained and answered. */
export function resumed({ content, schedule }: NoticeRecord, given: ReviewCase): DraftDocument {
  const { document, answers, envelope } = given;
  return { ...document, answers, envelope, content, schedule };
}

/** FaultError `review/not-ready` with a fault for every field that is not as it may be. */
function readDocument(notice: NoticeId, given: unknown): DraftDocument {
  const parsed = documentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, limits.faultsPerNotice).map((issue): Fault => {
      const field = issue.path.map(String).join(".");
      return { code: "review/field", notice, field, what: wordsFor(issue) };
    });
    return refuse({ code: "review/not-ready", notice, faults });
  }
  const document = parsed.data as DraftDocument;
  const { openness, opennessReason } = document.content;
  if (openness !== undefined && openness !== "主动公开" && !opennessReason?.trim()) {
    const what = { zh: "不主动公开的\uff0c要先写明理由", en: "say why it is not disclosed proactively" };
    const faults: Fault[] = [{ code: "review/field", notice, field: "content.opennessReason", what }];
    return refuse({ code: "review/not-ready", notice, faults });
  }
  return document;
}

function readHeld(notice: NoticeId, given: unknown): Held | null {
  const parsed = heldSchema.nullable().safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = issue ? wordsFor(issue) : { zh: "写错了", en: "is not right" };
  return refuse({ code: "review/field", notice, field: `held.${issue?.path.join(".") ?? ""}`, what });
}
