/** Drafts, cases, signatures, operators' moves: how each is asked for, well and badly. */
import type { ModelDraft, Revision } from "./model.ts";
import { type Dice, type Move, spoilt } from "./dice.ts";
import type { Play, Who } from "./play.ts";
import { allClear } from "../review/small-review.ts";

const minute = 60_000;

export function draftOf(play: Play, dice: Dice): ModelDraft | undefined {
  return dice.one(play.model.drafts.values());
}

/** One at such a state, if there is any. */
export function caseOf(play: Play, dice: Dice, ...states: readonly string[]): Revision | undefined {
  const all = play.model.revisions.filter(({ notice }) => !notice.startsWith("default:"));
  const there = all.filter(({ state }) => states.includes(state));
  return dice.one(there.length > 0 && !dice.once(8) ? there : all);
}

function scheduleOf(play: Play, dice: Dice) {
  const from = play.time.board + dice.of(-60, -5, 0, 0, 5, 30) * minute;
  const until = from + dice.of(20, 61, 240, 2880) * minute;
  return {
    boards: dice.of(["B1"], ["B2"], ["B1", "B2"], ["B1", "B2"]),
    ...{ from, until, cron: dice.once(8) ? "0 9,14 * * *" : null },
    ...{ slotMinutes: 30, calendar: "everyday", priority: dice.of(5, 5, 3, 7, 0, 9), weight: dice.of(1, 1, 2) },
  };
}

export function documentOf(play: Play, dice: Dice): Record<string, unknown> {
  const schedule = scheduleOf(play, dice);
  const isPublic = !dice.once(6);
  const wide = { ...schedule, from: schedule.from - 60 * minute, until: schedule.until + 60 * minute };
  const { from, until } = dice.once(3) ? wide : schedule;
  const envelope = { boards: dice.of(schedule.boards, ["B1", "B2"]), from, until, bestPriority: schedule.priority };
  return {
    content: {
      title: `停水通知第${++play.titles}期`,
      body: dice.of("明天停水。", "后天停电。"),
      ...{ category: "通知", track: dice.of("政府信息", "屏幕服务"), fiveOpen: "服务公开", displayKind: "notice" },
      openness: isPublic ? "主动公开" : "依申请公开",
      ...(!isPublic && { opennessReason: "内部事项" }),
      formedOn: "2017-11-06",
      signature: { org: "办事处", date: "2017-11-06" },
    },
    schedule,
    envelope: dice.once(2) ? envelope : null,
    answers: dice.once(8) ? { ...allClear, privacy: { answer: "found", note: "有姓名" } } : allClear,
    ofSubstance: false,
  };
}

export const versionOf = (draft: ModelDraft | undefined, dice: Dice) => (draft?.version ?? 1) + (dice.once(12) ? 1 : 0);
export const at = (draft: ModelDraft | undefined) => ({ id: draft?.notice ?? "2017-0001" });

/** A body that is as it should be, or now and then is not. */
export const maybe = (body: unknown, dice: Dice) => (dice.once(10) ? spoilt(body, dice) : { body });

const save = (play: Play, dice: Dice, who: Who, draft: ModelDraft | undefined) =>
  play.ask(who, "PUT /api/v1/review/drafts/{id}", {
    params: at(draft),
    ...maybe({ version: versionOf(draft, dice), document: documentOf(play, dice) }, dice),
  });

/** On some draft, with nothing but its version, and `more`. */
const onDraft =
  (name: string, more: (dice: Dice) => object = () => ({})): Move["make"] =>
  async (play, dice, who) => {
    const draft = draftOf(play, dice);
    const body = { version: versionOf(draft, dice), ...more(dice) };
    await play.ask(who, name, { params: at(draft), ...maybe(body, dice) });
  };

export async function lookAt(play: Play, dice: Dice, who: Who, revision: Revision): Promise<void> {
  for (const board of revision.pixels.keys())
    if (!dice.once(8))
      await play.ask(who, "GET /api/v1/review/cases/{id}/pages", { params: { id: revision.case }, query: { board } });
}

const onCase =
  (name: string, states: readonly string[], body: (dice: Dice) => object): Move["make"] =>
  async (play, dice, who) => {
    const id = caseOf(play, dice, ...states)?.case ?? "2017-00001";
    await play.ask(who, name, { params: { id }, ...maybe(body(dice), dice) });
  };

const reasoned = (dice: Dice) => ({ reason: dice.of("日期有误", "内容有误", "重复", "  ") });

export const submit = "POST /api/v1/review/drafts/{id}/submit";
export const sign = "POST /api/v1/review/sign";

export const reviewMoves: Readonly<Record<string, Move>> = {
  "POST /api/v1/review/drafts": {
    ...{ by: ["maker", "contributor"], weight: 8 },
    async make(play, dice, who) {
      const copyOf = dice.once(4) ? dice.one(play.model.revisions)?.notice : undefined;
      const made = await play.ask(who, "POST /api/v1/review/drafts", maybe({ ...(copyOf && { copyOf }) }, dice));
      const draft = play.model.drafts.get(made?.notice ?? "");
      if (draft && !dice.once(4)) await save(play, dice, who, draft);
    },
  },
  "POST /api/v1/notices/{id}/edit": {
    ...{ by: ["maker", "contributor"], weight: 5 },
    async make(play, dice, who) {
      const revision = caseOf(play, dice, "signed", "returned");
      const params = { id: revision?.notice ?? "2017-0001" };
      await play.ask(who, "POST /api/v1/notices/{id}/edit", { params, ...maybe({}, dice) });
      const draft = play.model.drafts.get(params.id);
      if (draft && dice.once(2)) await save(play, dice, who, draft);
    },
  },
  "PUT /api/v1/review/drafts/{id}": {
    ...{ by: ["maker", "contributor"], weight: 8 },
    async make(play, dice, who) {
      await save(play, dice, who, draftOf(play, dice));
    },
  },
  "DELETE /api/v1/review/drafts/{id}": {
    ...{ by: ["maker", "contributor"], weight: 1 },
    async make(play, dice, who) {
      const draft = draftOf(play, dice);
      const query = { version: versionOf(draft, dice) };
      await play.ask(who, "DELETE /api/v1/review/drafts/{id}", { params: at(draft), query });
    },
  },
  "POST /api/v1/review/drafts/{id}/hand-in": {
    ...{ by: ["contributor"], weight: 5, make: onDraft("POST /api/v1/review/drafts/{id}/hand-in") },
  },
  "POST /api/v1/review/drafts/{id}/hand-back": {
    ...{ by: ["maker"], weight: 1, make: onDraft("POST /api/v1/review/drafts/{id}/hand-back", reasoned) },
  },
  "POST /api/v1/review/drafts/{id}/hold": {
    ...{ by: ["maker"], weight: 1 },
    make: onDraft("POST /api/v1/review/drafts/{id}/hold", (dice) => ({
      held: dice.of(null, null, { note: "请示", reviewBy: "2017-12-01" }, { note: "", reviewBy: "2017-13-01" }),
    })),
  },
  [submit]: { ...{ by: ["maker"], weight: 14, make: onDraft(submit) } },
  "POST /api/v1/review/cases/{id}/review": {
    ...{ by: ["reviewer"], weight: 10 },
    make: onCase("POST /api/v1/review/cases/{id}/review", ["office-review"], (dice) => ({
      opinion: dice.of("同意", "", "拟同意"),
      ...(dice.once(4) && { answers: allClear }),
    })),
  },
  "POST /api/v1/review/cases/{id}/return": {
    ...{ by: ["reviewer", "signer"], weight: 6 },
    make: onCase("POST /api/v1/review/cases/{id}/return", ["office-review", "signature"], reasoned),
  },
  "POST /api/v1/review/cases/{id}/withdraw": {
    ...{ by: ["maker", "signer", "operator"], weight: 2 },
    make: onCase("POST /api/v1/review/cases/{id}/withdraw", ["office-review", "signature", "signed"], reasoned),
  },
  [sign]: {
    ...{ by: ["signer"], weight: 22 },
    async make(play, dice, who) {
      const first = caseOf(play, dice, "signature");
      const all = dice.once(4) ? [first, caseOf(play, dice, "signature")] : [first];
      const known = all.filter((one) => one !== undefined);
      if (!dice.once(5)) for (const one of known) await lookAt(play, dice, who, one);
      const account = "account" in who ? who.account : "";
      const password = dice.once(9) ? "not the password" : play.passwords.get(account);
      const cases = known.length > 0 ? known.map((one) => one.case) : ["2017-00001"];
      await play.ask(who, sign, maybe({ cases, password, ...(dice.once(3) && { answers: allClear }) }, dice));
    },
  },
  "POST /api/v1/notices/{id}/pixels": {
    ...{ by: ["maker"], weight: 8 },
    async make(play, dice, who) {
      const id = caseOf(play, dice, "signed")?.notice ?? "default:B1";
      const body = { boards: dice.of(["B1"], ["B2"], ["B1", "B2"], ["B9"]) };
      await play.ask(who, "POST /api/v1/notices/{id}/pixels", { params: { id }, ...maybe(body, dice) });
    },
  },
  "PUT /api/v1/notices/{id}/schedule": {
    ...{ by: ["operator"], weight: 7 },
    async make(play, dice, who) {
      const revision = caseOf(play, dice, "signed");
      const there = revision?.envelope ?? { from: 0, until: 0, bestPriority: 5, boards: ["B1"] };
      const by = dice.of(0, 0, 10, 30, -90) * minute;
      const schedule = {
        ...scheduleOf(play, dice),
        boards: dice.of(there.boards, ["B1"], ["B2"]),
        ...{ from: there.from + by, until: there.until - (dice.once(6) ? -minute : by) },
        priority: there.bestPriority + dice.of(0, 0, 1, 2, -1),
      };
      const params = { id: revision?.notice ?? "default:B1" };
      await play.ask(who, "PUT /api/v1/notices/{id}/schedule", { params, ...maybe({ schedule }, dice) });
    },
  },
};
