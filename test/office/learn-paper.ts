/** Files: pictures that are signed with their notice, and scans of forms that were signed by pen. */
import type { Role } from "../../src/people/types.ts";
import { assertSigned, type Rule, stepped } from "./heard.ts";
import type { Document } from "./model.ts";
import { pagesOf } from "./uploads.ts";

const scanners: readonly Role[] = ["maker", "reviewer", "operator"];
const attesters: readonly Role[] = ["reviewer", "signer", "operator", "administrator"];

/** To the pictures that were there; the rest of the text stays. */
export const pictured =
  (written: Rule): Rule =>
  (model, heard) => {
    const { answer, params, raw = "" } = heard;
    const before: Document["content"] = model.drafts.get(params.id ?? "")?.document.content ?? {};
    const { content } = answer.draft.document;
    const due = [...(before.pictures ?? []).map(({ sha256 }) => sha256), ...pagesOf(raw).map(({ sha256 }) => sha256)];
    const has = (content.pictures as { sha256: string }[]).map(({ sha256 }) => sha256);
    if (has.join() !== due.join()) model.complain(`${params.id}: other pictures than were uploaded`);
    if (content.title !== before.title || content.body !== before.body)
      model.complain(`${params.id}: an upload changed its words`);
    written(model, heard);
  };

/** What a mend may change: words that screening found. */
export const mended =
  (written: Rule): Rule =>
  (model, heard) => {
    const { answer, params } = heard;
    const draft = model.drafts.get(params.id ?? "");
    const before = draft?.told ? draft.document : null;
    const rest = ({ content, ...others }: { readonly content: object }) => ({
      ...others,
      content: { ...content, title: "", body: "", signature: null, publicity: null },
    });
    if (before && canonical(rest(before)) !== canonical(rest(answer.document)))
      model.complain(`${params.id}: a mend changed more than its words`);
    const found = /\d{17}[\dX]|1\d{10}/g;
    const left = [answer.document.content.body, before?.content.body].map((one) => one?.match(found)?.length ?? 0);
    const masks = (heard.body.keys as string[]).filter((key) => /^(id18|mobile):/.test(key)).length;
    if ((left[0] ?? 0) > Math.max(0, (left[1] ?? 0) - masks)) model.complain(`${params.id}: a mend left a number`);
    written(model, heard);
  };

/** Whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

const scanned: Rule = (model, heard) => {
  const { answer, query, raw = "", account, now, name } = heard;
  if (!model.rules.paper) model.complain("a scan was taken where nobody signs on paper");
  const revision = model.case(answer.id);
  if (!revision) return model.complain(`${name}: no case ${answer.id}`);
  if (revision.state !== "signature") model.complain(`${name} ${answer.id}: it was at ${revision.state}`);
  const instead: string | null = answer.steps.at(-1)?.instead?.account ?? null;
  const persons = model.persons(account ?? "nobody", scanners, instead, now, name);
  const { leader = "" } = query;
  for (const holder of model.holders(revision)) {
    // Of who was renamed meanwhile, the step has the name of then.
    const names = model.people.get(holder)?.names;
    if (names?.size === 1 && names.has(leader)) model.complain(`${answer.id}: ${leader}'s pen would be a second step`);
  }
  revision.scan = pagesOf(raw).map(({ sha256 }) => sha256);
  if (answer.paper?.leader !== leader || answer.paper.scans.join() !== revision.scan.join())
    model.complain(`${answer.id}: another scan than was uploaded`);
  for (const one of persons) revision.uploaders.add(one);
};

/** As the attester has to have seen it. */
const seen = (page: number, sha256: string) => `scan:${page}:${sha256}`;

const scanLooked: Rule = (model, { params, account, text }) => {
  const { id = "", page = "" } = params;
  const sha256 = model.case(id)?.scan[Number(page) - 1] ?? "";
  if (pagesOf(`pages ${text.split(" ")[1]}`)[0]?.sha256 !== sha256) model.complain(`${id}: another scan was shown`);
  if (account !== null) model.looks.add(`${id} ${seen(Number(page), sha256)} ${account}`);
};

const attested: Rule = (model, heard) => {
  const { answer } = heard;
  if (!model.rules.paper) model.complain(`${answer.id} was attested where nobody signs on paper`);
  const step = stepped(model, heard, attesters, answer, ["signature"]);
  if (!step) return;
  const { revision } = step;
  if (revision.scan.length === 0) model.complain(`${answer.id} was attested, and there is no scan`);
  if (revision.kind === "warning") model.complain(`${answer.id}: a warning is countersigned, not attested`);
  const pages = revision.scan.map((sha256, index) => seen(index + 1, sha256));
  assertSigned(model, heard, revision, pages);
  model.sign(revision, heard.now);
};

export const paperRules: Readonly<Record<string, Rule>> = {
  "PUT /api/v1/review/cases/{id}/scan": scanned,
  "GET /api/v1/review/cases/{id}/scan/{page}": scanLooked,
  "POST /api/v1/review/cases/{id}/attest": attested,
};
