/** How the model learns from what was acknowledged: a rule for each route that changes something it cares for. */
import { assertSigned, fresh, pixelsFor, type Rule, samePixels, sorted, stepped, writersOf } from "./heard.ts";
import { aboveRules } from "./learn-above.ts";
import { capRules } from "./learn-cap.ts";
import { mended, paperRules, pictured } from "./learn-paper.ts";
import { sampleText, warningRules } from "./learn-warnings.ts";
import type { Envelope, ModelDraft, Schedule } from "./model.ts";

const written: Rule = (model, heard) => {
  const json = heard.answer.draft ?? heard.answer;
  const draft = model.drafts.get(json.notice);
  if (!draft) return model.complain(`${heard.name}: a draft of ${json.notice} that nobody made`);
  for (const one of writersOf(model, heard, ["maker", "contributor"])) draft.writers.add(one);
  take(draft, json);
};

// biome-ignore lint/suspicious/noExplicitAny: an answer as it travels.
function take(draft: ModelDraft, { version, state, document, unit }: any): void {
  Object.assign(draft, { version, state, document, unit, told: true });
}

const begun =
  (takesOver: boolean): Rule =>
  (model, heard) => {
    const { answer } = heard;
    // An edit that was open already is only found.
    if (takesOver && model.drafts.has(answer.notice)) return;
    // Who asked for new pixels of a text, or let its first ones through, wrote none of it.
    const last = takesOver ? model.of(answer.notice).findLast(({ kind }) => kind !== "pixels") : undefined;
    const writers = writersOf(model, heard, ["maker", "contributor"]);
    if (last && last.state !== "signed") for (const one of last.writers) writers.add(one);
    const draft = { notice: answer.notice, writers } as ModelDraft;
    take(draft, answer);
    model.drafts.set(answer.notice, draft);
  };

const decided: Rule = (model, { answer }) => {
  const draft = model.drafts.get(answer.notice);
  if (draft) take(draft, answer);
};

const registered: Rule = (model, { answer }) => void model.registered.add(answer.document.content.title ?? "");

const submitted: Rule = (model, heard) => {
  const { answer, account, now } = heard;
  const draft = model.drafts.get(answer.notice);
  model.registered.add(answer.title);
  if (!draft) return model.complain(`submitted without a draft: ${answer.notice}`);
  model.drafts.delete(answer.notice);
  const [step] = answer.steps;
  const persons = model.persons(account ?? "nobody", ["maker"], step?.instead?.account ?? null, now, "submit");
  const { content, schedule, envelope } = draft.document;
  const isPublic = content.openness === "主动公开";
  const full: Schedule = { boards: [], from: now, until: now, cron: null, priority: 5, ...(isPublic && schedule) };
  const { from, until } = full;
  const due: Envelope | null = isPublic
    ? (envelope ?? { boards: full.boards, from, until, bestPriority: full.priority })
    : null;
  if (answer.state === "signed") model.complain(`${answer.id} was signed by nobody but its maker`);
  if (JSON.stringify(sorted(answer.envelope)) !== JSON.stringify(sorted(due)))
    model.complain(`${answer.id}: another envelope than was asked for`);
  // Of a template its longest words are set, to see that all others fit.
  const kind = content.slots ? "template" : "notice";
  const pixels = pixelsFor(kind === "template" ? sampleText(draft.document) : draft.document, due);
  samePixels(model, pixels, answer);
  if (answer.kind !== kind) model.complain(`${answer.id} is a ${answer.kind}, not a ${kind}`);
  if (/11010519491231002X/.test(JSON.stringify(content))) model.complain(`${answer.id} tells of somebody's number`);
  model.revisions.push({
    notice: answer.notice,
    number: answer.number,
    case: answer.id,
    title: content.title ?? "",
    unit: draft.unit,
    document: draft.document,
    ...fresh(),
    ...{ kind, since: now },
    writers: new Set([...draft.writers, ...persons]),
    envelope: due,
    pixels,
    schedule: full,
    state: answer.state,
  });
};

/** 同文换版: the same text and envelope, for a signer who neither wrote, nor reviewed, nor asked. */
const renewed: Rule = (model, heard) => {
  const { answer, account, now } = heard;
  const before = model.of(answer.notice).findLast(({ signedAt }) => signedAt !== null);
  if (!before) return model.complain(`new pixels of what is not signed: ${answer.notice}`);
  const instead = answer.steps[0]?.instead?.account ?? null;
  const persons = model.persons(account ?? "nobody", ["maker"], instead, now, "pixels");
  if (before.kind === "template") model.complain(`new pixels of a template: ${answer.notice}`);
  if (before.withdrawnAt !== null) model.complain(`new pixels of what was withdrawn: ${answer.notice}`);
  samePixels(model, before.pixels, answer);
  const { number, id, state } = answer;
  const writers = new Set([...model.holders(before), ...persons]);
  model.revisions.push({ ...before, ...fresh(), kind: "pixels", since: now, number, case: id, state, writers });
};

const reviewed: Rule = (model, heard) => {
  const step = stepped(model, heard, ["reviewer"], heard.answer, ["office-review"]);
  for (const one of step?.persons ?? []) step?.revision.reviewers.add(one);
  if (step) step.revision.state = "signature";
};

const returned: Rule = (model, heard) => {
  const { answer } = heard;
  const revision = model.case(answer.id);
  if (!revision) return model.complain(`returned: no case ${answer.id}`);
  const role = revision.state === "office-review" ? "reviewer" : "signer";
  stepped(model, heard, [role], answer, ["office-review", "signature"]);
  // It was on the boards while it waited.
  if (revision.kind === "warning") model.withdraw(revision.notice, heard.now);
  revision.state = "returned";
  if (revision.kind === "warning" || revision.kind === "pixels") return;
  const { notice, document, unit, writers } = revision;
  if (!model.drafts.has(notice))
    model.drafts.set(notice, {
      notice,
      document,
      unit,
      version: 1,
      state: "open",
      writers: new Set(writers),
      told: false,
    });
};

const signed: Rule = (model, heard) => {
  for (const json of heard.answer) {
    const step = stepped(model, heard, ["signer"], json, ["signature"]);
    if (!step) continue;
    const { revision } = step;
    assertSigned(model, heard, revision);
    // It was on before: a countersignature changes nothing of that.
    if (revision.kind === "warning") revision.state = "signed";
    else model.sign(revision, heard.now);
  }
};

const moved: Rule = (model, heard) => {
  const { account, params, body, now } = heard;
  const who = account ?? "nobody";
  const revision = model.of(params.id ?? "").findLast((one) => one.signedAt !== null);
  if (!revision?.envelope || revision.kind === "template")
    return model.complain(`moved what is not signed: ${params.id}`);
  const { boards: on, from, until, priority } = body.schedule as Schedule;
  const { envelope } = revision;
  const inside =
    on.every((board) => envelope.boards.includes(board)) &&
    from >= envelope.from &&
    until <= envelope.until &&
    priority >= envelope.bestPriority;
  if (!inside) model.complain(`${params.id} was moved out of its envelope`);
  const places = model.placesOf(who, ["operator"], now);
  if (places.size === 0) model.complain(`${who} moved ${params.id} without being an operator`);
  const own = [...places].flatMap((one) => [model.people.get(one ?? who)?.boards ?? null]);
  const foreign = [...on, ...revision.schedule.boards].some((board) =>
    own.every((some) => some && !some.includes(board)),
  );
  if (foreign) model.complain(`${who} moved ${params.id} on a board that is not theirs`);
  revision.schedule = body.schedule;
};

const looked: Rule = (model, { account, params, query }) => {
  if (account !== null) model.looks.add(`${params.id} ${query.board} ${account}`);
};

const withdrawnCase: Rule = (model, { params, now }) => {
  const revision = model.case(params.id ?? "");
  if (!revision) return model.complain(`withdrew no case ${params.id}`);
  if (revision.state === "signed" || revision.kind === "warning") model.withdraw(revision.notice, now);
  else revision.state = "withdrawn";
};

const person: Rule = (model, { answer }) => {
  const { id, name, roles, unit, boards: own, active } = answer.account ?? answer;
  const names = new Set([...(model.people.get(id)?.names ?? []), name]);
  model.people.set(id, { id, names, roles: new Set(roles), unit, boards: own, active });
};

const shut: Rule = (model, { params }) => {
  const { id = "" } = params;
  const found = model.people.get(id);
  if (found) found.active = false;
  for (const one of [...model.deputies.values()]) if (one.of === id || one.deputy === id) model.deputies.delete(one.id);
};

const lent: Rule = (model, { answer }) => {
  const [from, until] = [Date.parse(answer.from), Date.parse(answer.until)];
  model.deputies.set(answer.id, { ...answer, from, until });
};

export const rules: Readonly<Record<string, Rule>> = {
  "POST /api/v1/review/drafts": begun(false),
  "POST /api/v1/notices/{id}/edit": begun(true),
  "PUT /api/v1/review/drafts/{id}": written,
  "POST /api/v1/review/drafts/{id}/mend": mended(written),
  "PUT /api/v1/review/drafts/{id}/pictures": pictured(written),
  "POST /api/v1/review/drafts/{id}/hand-in": (model, heard) => {
    written(model, heard);
    registered(model, heard);
  },
  "POST /api/v1/review/drafts/{id}/hand-back": (model, heard) => {
    decided(model, heard);
    registered(model, heard);
  },
  "POST /api/v1/review/drafts/{id}/hold": decided,
  "DELETE /api/v1/review/drafts/{id}": (model, { params }) => void model.drafts.delete(params.id ?? ""),
  "POST /api/v1/review/drafts/{id}/submit": submitted,
  "GET /api/v1/review/cases/{id}/pages": looked,
  "POST /api/v1/review/cases/{id}/review": reviewed,
  "POST /api/v1/review/cases/{id}/return": returned,
  "POST /api/v1/review/cases/{id}/withdraw": withdrawnCase,
  "POST /api/v1/notices/{id}/pixels": renewed,
  "POST /api/v1/review/sign": signed,
  "PUT /api/v1/notices/{id}/schedule": moved,
  "POST /api/v1/people": person,
  "PUT /api/v1/people/{id}": person,
  "POST /api/v1/people/{id}/enable": person,
  "POST /api/v1/people/{id}/disable": shut,
  "POST /api/v1/people/{id}/handover": shut,
  "POST /api/v1/deputies": lent,
  "DELETE /api/v1/deputies/{id}": (model, { params }) => void model.deputies.delete(params.id ?? ""),
  ...paperRules,
  ...warningRules,
  ...aboveRules,
  ...capRules,
};
