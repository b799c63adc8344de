/** Calendar, catalogue, issues, publicity: driven as people ask for them. None of it may change what a board lights here. */
import { type Dice, type Move, somebody } from "./dice.ts";
import { caseOf, maybe } from "./moves-review.ts";
import type { Play, Sent, Who } from "./play.ts";

const calendar = "PUT /api/v1/calendar/{year}";
const catalogue = "PUT /api/v1/catalogue";
const voided = "POST /api/v1/catalogue/numbers/{index}/void";
const issues = "POST /api/v1/issues";
const publicity = "PUT /api/v1/notices/{id}/publicity";

/** Closed, and looked into: as it was frozen, whatever becomes of its notices. */
export async function close(play: Play, dice: Dice, who: Who, sent: Sent = { body: {} }): Promise<void> {
  const closed: IssueJson | null = await play.ask(who, issues, sent);
  if (closed === null) return;
  const { id } = closed;
  const reader = somebody(play, dice, ["contributor", "auditor"]);
  await play.ask(reader, "GET /api/v1/issues/{id}", { params: { id } });
  const board = dice.one(closed.boards);
  const notice = dice.one(board?.items ?? [])?.notice ?? "x";
  const params = { id, board: board?.id ?? "B1", notice, page: dice.once(6) ? "7" : "0" };
  await play.ask(reader, "GET /api/v1/issues/{id}/boards/{board}/notices/{notice}/pages/{page}", { params });
}

interface IssueJson {
  readonly id: string;
  readonly boards: readonly { readonly id: string; readonly items: readonly { readonly notice: string }[] }[];
}

export const bookMoves: Readonly<Record<string, Move>> = {
  [calendar]: {
    ...{ by: ["administrator"], weight: 3 },
    async make(play, dice, who) {
      const year = dice.of("2017", "2018");
      const days = {
        restDays: [`${year}-01-01`, `${year}-12-29`],
        workingWeekends: [`${year}-12-${year === "2017" ? 30 : 23}`],
      };
      await play.ask(who, calendar, { params: { year }, ...maybe({ source: "国办发明电", ...days }, dice) });
    },
  },
  [catalogue]: {
    ...{ by: ["administrator"], weight: 0.5 },
    async make(play, dice, who) {
      const kept = await play.ask(who, "GET /api/v1/catalogue");
      await play.ask(who, catalogue, maybe(kept?.shipped ?? {}, dice));
    },
  },
  [voided]: {
    ...{ by: ["signer", "administrator"], weight: 1 },
    async make(play, dice, who) {
      const exported = await play.ask(who, "GET /api/v1/catalogue/export.csv");
      const numbers = String(exported ?? "").match(/[A-Z0-9]+(?:-[A-Z0-9]+)+/gi) ?? [];
      const params = { index: dice.one(numbers) ?? "x" };
      await play.ask(who, voided, { params, ...maybe({ reason: "类别错误", again: dice.once(2) }, dice) });
    },
  },
  [issues]: {
    ...{ by: ["maker", "operator", "signer"], weight: 3 },
    async make(play, dice, who) {
      const boards = dice.of<unknown>(null, null, [{ board: "B1" }], [{ board: "B9" }]);
      await close(play, dice, who, maybe({ ...(boards !== null && { boards }), note: "第一期" }, dice));
    },
  },
  [publicity]: {
    ...{ by: ["maker", "reviewer", "signer"], weight: 1 },
    async make(play, dice, who) {
      const hung = play.model.revisions.filter(({ document }) => document.content.publicity);
      const id = dice.one(hung)?.notice ?? caseOf(play, dice, "signed")?.notice ?? "default:B1";
      const result = dice.of(null, caseOf(play, dice, "signed")?.notice ?? null);
      await play.ask(who, publicity, { params: { id }, ...maybe({ note: "公示期满", result }, dice) });
    },
  },
};
