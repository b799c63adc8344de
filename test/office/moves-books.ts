/** Calendar, catalogue, issues, publicity: driven as people ask for them. None of it may change what a board lights here. */
import type { Move } from "./dice.ts";
import { caseOf, maybe } from "./moves-review.ts";

const calendar = "PUT /api/v1/calendar/{year}";
const catalogue = "PUT /api/v1/catalogue";
const voided = "POST /api/v1/catalogue/numbers/{index}/void";
const issues = "POST /api/v1/issues";
const publicity = "PUT /api/v1/notices/{id}/publicity";

export const bookMoves: Readonly<Record<string, Move>> = {
  [calendar]: {
    ...{ by: ["administrator"], weight: 0.5 },
    async make(play, dice, who) {
      const holiday = { name: "元旦", days: ["2018-01-01"], workdays: [] };
      await play.ask(who, calendar, { params: { year: "2018" }, ...maybe({ holidays: [holiday] }, dice) });
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
    ...{ by: ["maker", "operator", "signer"], weight: 1 },
    async make(play, dice, who) {
      const boards = dice.of<unknown>(null, [{ board: "B1" }], [{ board: "B9" }]);
      await play.ask(who, issues, maybe({ ...(boards !== null && { boards }), note: "第一期" }, dice));
    },
  },
  [publicity]: {
    ...{ by: ["maker", "reviewer", "signer"], weight: 0.5 },
    async make(play, dice, who) {
      const id = caseOf(play, dice, "signed")?.notice ?? "default:B1";
      const result = dice.of(null, caseOf(play, dice, "signed")?.notice ?? null);
      await play.ask(who, publicity, { params: { id }, ...maybe({ note: "公示期满", result }, dice) });
    },
  },
};
