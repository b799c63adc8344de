/** From a draft to a board, mostly by those who may: so that there is something signed to do harm to. */
import { type Dice, type Move, somebody } from "./dice.ts";
import { close } from "./moves-books.ts";
import { attestedBy } from "./moves-paper.ts";
import { at, documentOf, lookAt, sign, submit } from "./moves-review.ts";
import { valuesOf, warn } from "./moves-warnings.ts";
import type { ModelDraft, Revision } from "./model.ts";
import type { Play, Who } from "./play.ts";

interface Way {
  document(play: Play, dice: Dice): Record<string, unknown>;
  /** Once it is written. */
  readonly written?: (play: Play, dice: Dice, who: Who, draft: ModelDraft) => Promise<void>;
  /** Once it is signed. */
  readonly signed?: (play: Play, dice: Dice, revision: Revision) => Promise<void>;
}

const walk =
  ({ document, written, signed }: Way): Move["make"] =>
  async (play, dice, who) => {
    const made = await play.ask(who, "POST /api/v1/review/drafts", { body: {} });
    const draft = play.model.drafts.get(made?.notice ?? "");
    if (!draft) return;
    const body = { version: draft.version, document: document(play, dice) };
    await play.ask(who, "PUT /api/v1/review/drafts/{id}", { params: at(draft), body });
    await written?.(play, dice, who, draft);
    if (draft.state === "contributed")
      await play.ask(who, "POST /api/v1/review/drafts/{id}/hand-in", {
        params: at(draft),
        body: { version: draft.version },
      });
    const maker = somebody(play, dice, ["maker"]);
    const opened = await play.ask(maker, submit, { params: at(draft), body: { version: draft.version } });
    const revision = play.model.case(opened?.id ?? "");
    if (!revision) return;
    const params = { id: revision.case };
    if (revision.state === "office-review") {
      const reviewer = somebody(play, dice, ["reviewer"]);
      await play.ask(reviewer, "POST /api/v1/review/cases/{id}/review", { params, body: { opinion: "同意" } });
    }
    if (play.model.rules.paper && dice.once(2)) await attestedBy(play, dice, revision);
    else await signedBy(play, dice, revision, 10);
    if (revision.signedAt !== null) await signed?.(play, dice, revision);
  };

/** Now and then by who has not looked. */
async function signedBy(play: Play, dice: Dice, revision: Revision, blindly: number): Promise<void> {
  const signer = somebody(play, dice, ["signer"]);
  if (!dice.once(blindly)) await lookAt(play, dice, signer, revision);
  const password = "account" in signer ? play.passwords.get(signer.account) : undefined;
  await play.ask(signer, sign, { body: { cases: [revision.case], password } });
}

type Content = Record<string, unknown>;
const withContent = (document: Record<string, unknown>, content: Content) => ({
  ...document,
  content: { ...(document.content as Content), ...content },
});
const hour = 3_600_000;
const isPublic = { openness: "主动公开", opennessReason: null } as const;

/** To be filled in by one person alone, while it is valid: some are for minutes only. */
function templateOf(play: Play, dice: Dice): Record<string, unknown> {
  const slots = {
    ...{ stations: ["青石水库", "柳林站"], kinds: ["暴雨", "雷电"], levels: ["黄", "红"] },
    ...{ amount: { min: 10, max: 300 }, hoursMax: dice.of(1, 3, 24) },
  };
  const title = `{{station}}{{kind}}{{level}}色预警第${++play.titles}期`;
  const body = "{{time}}起{{hours}}小时内降水{{amount}}毫米。";
  const document = documentOf(play, dice);
  const schedule = { ...(document.schedule as object), from: play.time.board - hour, cron: null };
  const until = play.time.board + dice.of(1, 2, 48) * hour;
  return withContent(
    { ...document, envelope: null, schedule: { ...schedule, until } },
    { ...isPublic, title, body, displayKind: "emergency", slots },
  );
}

/** Of a warning, by its identifier: or of none. */
function cancellationOf(play: Play, dice: Dice): Record<string, unknown> {
  const warnings = play.model.revisions.filter(({ kind }) => kind === "warning");
  const alive = warnings.filter(({ withdrawnAt, supersededAt }) => withdrawnAt === null && supersededAt === null);
  const references = dice.one(alive.length > 0 ? alive : warnings)?.notice ?? "2017-0001";
  const alert = { msgType: "Cancel", identifier: `C${play.titles}`, references };
  return withContent(documentOf(play, dice), {
    ...{ ...isPublic, title: `解除预警第${++play.titles}期` },
    ...{ displayKind: "emergency", alert },
  });
}

/** One person fills it in at once; another stands by it, or takes it back, or it is left to run out. */
async function sentOut(play: Play, dice: Dice, { notice }: Revision): Promise<void> {
  const sender = somebody(play, dice, ["operator", "maker"]);
  const sent = await play.ask(sender, warn, { params: { id: notice }, body: valuesOf(play, dice) });
  const warning = play.model.case(sent?.id ?? "");
  if (warning && dice.once(2)) await signedBy(play, dice, warning, 10);
  else if (warning && dice.once(3))
    await walk({ document: cancellationOf })(play, dice, somebody(play, dice, ["maker"]));
}

const pictures = "PUT /api/v1/review/drafts/{id}/pictures";

async function withPicture(play: Play, dice: Dice, who: Who, draft: ModelDraft): Promise<void> {
  const query = { version: draft.version, caption: "图" };
  await play.ask(who, pictures, { params: at(draft), query, raw: `pages p${dice.roll(40)} q${play.steps}` });
}

/** 公示: hung for its day, and until that is on record. */
function publicityOf(play: Play, dice: Dice): Record<string, unknown> {
  const document = documentOf(play, dice);
  const from = play.time.board;
  const schedule = { ...(document.schedule as object), from, until: from + dice.of(20, 60) * 60_000, cron: null };
  const publicity = { required: 1, unit: "day", kind: "公示", phone: "0512-65551234" };
  return withContent({ ...document, envelope: null, schedule }, { ...isPublic, displayKind: "publicity", publicity });
}

async function hung(play: Play, dice: Dice, { notice, schedule }: Revision): Promise<void> {
  play.time.board = Math.max(play.time.board, schedule.until + dice.of(-1, 0, 16 * 60_000, 20 * 60_000));
  await play.look("a publicity is over");
  const body = { note: "公示期满，无异议", result: null };
  await play.ask(somebody(play, dice, ["maker", "signer"]), publicity, { params: { id: notice }, body });
}

/** What hangs is frozen into an issue now and then. */
async function posted(play: Play, dice: Dice): Promise<void> {
  if (dice.once(3)) await close(play, dice, somebody(play, dice, ["maker", "operator", "signer"]));
}

const publicity = "PUT /api/v1/notices/{id}/publicity";

export const ways: Readonly<Record<string, Move>> = {
  "a notice goes its way": { by: ["maker"], weight: 24, make: walk({ document: documentOf, signed: posted }) },
  "a template goes its way": { by: ["maker"], weight: 9, make: walk({ document: templateOf, signed: sentOut }) },
  "a cancellation goes its way": { by: ["maker"], weight: 4, make: walk({ document: cancellationOf }) },
  "a picture goes its way": { by: ["maker"], weight: 7, make: walk({ document: documentOf, written: withPicture }) },
  "a publicity goes its way": { by: ["maker"], weight: 6, make: walk({ document: publicityOf, signed: hung }) },
};
