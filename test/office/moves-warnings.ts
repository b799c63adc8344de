/** 应急: warnings from templates that are signed, and from whatever else there is. */
import type { Dice, Move } from "./dice.ts";
import { caseOf, maybe } from "./moves-review.ts";
import type { Revision } from "./model.ts";
import type { Play } from "./play.ts";

const hour = 3_600_000;
export const warn = "POST /api/v1/notices/{id}/warn";

export const valuesOf = (play: Play, dice: Dice) => ({
  ...{ station: "柳林站", kind: dice.of("暴雨", "雷电"), level: dice.of("黄", "红") },
  ...{ time: play.time.board, amount: dice.of(10, 50, 300), hours: dice.of(1, 1, 3) },
});

/** Mostly one that may be used now; else one that may not be any more, or something else altogether. */
function templateFor(play: Play, dice: Dice): Revision | undefined {
  const { model, time } = play;
  const templates = model.revisions.filter(({ kind, signedAt }) => kind === "template" && signedAt !== null);
  const stands = templates.filter(
    ({ envelope, withdrawnAt, supersededAt }) =>
      withdrawnAt === null && supersededAt === null && envelope && time.board < envelope.until,
  );
  if (dice.once(12)) return caseOf(play, dice, "signed");
  return dice.one(stands.length > 0 && !dice.once(4) ? stands : templates);
}

export const warningMoves: Readonly<Record<string, Move>> = {
  [warn]: {
    ...{ by: ["operator", "maker"], weight: 16 },
    async make(play, dice, who) {
      const template = templateFor(play, dice);
      const id = template?.notice ?? "default:B1";
      const until = template?.envelope?.until ?? 0;
      const ahead = until - play.time.board;
      // To the last moment that it is for, or the first that it is not.
      if (ahead > 0 && ahead < 5 * hour && dice.once(3)) {
        play.time.board = until - dice.of(0, 0, 1);
        await play.look("a template ended");
      }
      const values = valuesOf(play, dice);
      const wrong = dice.of<object>(
        ...[{ station: "某地" }, { kind: "地震" }, { level: "蓝" }, { amount: 301 }, { amount: 9 }],
        ...[{ hours: 25 }, { hours: 24 }, { hours: 3 }, { time: play.time.board - 25 * hour }, { note: "字" }],
      );
      await play.ask(who, warn, { params: { id }, ...maybe(dice.once(5) ? { ...values, ...wrong } : values, dice) });
    },
  },
};
