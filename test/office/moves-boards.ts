/** 紧急关屏, 维护, 报修, 撤下 from single boards and what became of it: how each is asked for. */
import { type Dice, type Move, somebody } from "./dice.ts";
import { caseOf, maybe } from "./moves-review.ts";
import type { Play, Who } from "./play.ts";

const dark = "POST /api/v1/dark";
const resume = "POST /api/v1/dark/resume";
const maintain = "POST /api/v1/boards/{id}/maintenance";
const end = "POST /api/v1/boards/{id}/maintenance/end";
const report = "POST /api/v1/boards/{id}/report";
const answer = "POST /api/v1/boards/{id}/report/{number}/done";
const gone = "POST /api/v1/takedowns/{id}/boards/{board}/gone";
const withdraw = "POST /api/v1/notices/{id}/withdraw";
const text = "/api/v1/boards/{id}/text";
const minute = 60_000;

const board = (dice: Dice) => (dice.once(12) ? "B9" : dice.of("B1", "B2"));
const some = (dice: Dice) => dice.of<unknown>("all", ["B1"], ["B2"], ["B1", "B2"], ["B9"], []);
const reason = (dice: Dice) => (dice.once(10) ? "  " : dice.of("内容有误", "现场有人反映"));

async function lightAgain(play: Play, dice: Dice): Promise<void> {
  const who = somebody(play, dice, ["operator", "signer", "administrator"]);
  await play.ask(who, resume, { body: { boards: "all", reason: "已核实" } });
}

/** Its time runs out, to the last moment; or a day is over before anybody looks. */
async function wait(play: Play, dice: Dice, minutes: number): Promise<void> {
  play.time.board += dice.of(minutes * minute - 1, minutes * minute, 61 * minute);
  await play.look("a maintenance ended");
}

export const boardMoves: Readonly<Record<string, Move>> = {
  [dark]: {
    ...{ by: ["maker", "reviewer", "signer", "operator", "administrator"], weight: 8 },
    async make(play, dice, who) {
      const asked: Who = dice.once(5) ? { via: "console" } : who;
      await play.ask(asked, dark, maybe({ boards: some(dice), reason: reason(dice) }, dice));
      // Mostly not for long: what is dark shows nothing else that could be wrong.
      if (dice.once(3)) await play.reopen();
      if (!dice.once(3)) await lightAgain(play, dice);
    },
  },
  [resume]: {
    ...{ by: ["operator", "signer", "administrator"], weight: 8 },
    async make(play, dice, who) {
      const asked: Who = dice.once(12) ? { via: "console" } : who;
      await play.ask(asked, resume, maybe({ boards: some(dice), reason: reason(dice) }, dice));
    },
  },
  [maintain]: {
    ...{ by: ["operator"], weight: 14 },
    async make(play, dice, who) {
      const minutes = dice.once(8) ? dice.of(61, 0) : dice.of(1, 10, 60);
      const pattern = dice.once(8) ? dice.of("blue", "../..") : dice.of("all", "checker", "row", "label", "red");
      const body = { pattern, minutes, reason: reason(dice) };
      const begun = await play.ask(who, maintain, { params: { id: board(dice) }, ...maybe(body, dice) });
      if (begun !== null && dice.once(3)) await play.reopen();
      if (begun !== null && dice.once(2)) await wait(play, dice, minutes);
    },
  },
  [end]: {
    ...{ by: ["operator"], weight: 3 },
    async make(play, dice, who) {
      const id = dice.one(play.model.above.maintained.keys()) ?? board(dice);
      await play.ask(who, end, { params: { id } });
    },
  },
  [report]: {
    ...{ by: ["contributor", "auditor", "operator"], weight: 1 },
    async make(play, dice, who) {
      await play.ask(who, report, { params: { id: board(dice) }, ...maybe({ text: "下半屏不亮" }, dice) });
    },
  },
  [answer]: {
    ...{ by: ["operator"], weight: 1 },
    async make(play, dice, who) {
      const open: { board: string; number: number }[] = (await play.ask(who, "GET /api/v1/reports")) ?? [];
      const { board: id, number } = dice.one(open) ?? { board: board(dice), number: 1 };
      await play.ask(who, answer, { params: { id, number: String(number) }, ...maybe({ answer: "已修好" }, dice) });
    },
  },
  [withdraw]: {
    ...{ by: ["maker", "signer", "operator"], weight: 9 },
    async make(play, dice, who) {
      const revision = caseOf(play, dice, "signed");
      const from = revision?.envelope?.boards ?? ["B1"];
      const boards = dice.of<unknown>(undefined, from.slice(0, 1), from.slice(-1), from, ["B9"], []);
      const body = { reason: reason(dice), ...(boards !== undefined && { boards }) };
      await play.ask(who, withdraw, { params: { id: revision?.notice ?? "default:B1" }, ...maybe(body, dice) });
    },
  },
  // Where somebody signs nothing is put up just so, by whomever.
  [`PUT ${text}`]: {
    ...{ by: ["maker", "signer"], weight: 0.5 },
    async make(play, dice, who) {
      const body = { text: `直接放的第${++play.titles}条`, ...(dice.once(2) && { minutes: 5 }) };
      const put = await play.ask(who, `PUT ${text}`, { params: { id: board(dice) }, ...maybe(body, dice) });
      if (put !== null) play.model.complain("a text was put up that nobody signed");
    },
  },
  [`DELETE ${text}`]: {
    ...{ by: ["maker", "signer"], weight: 0.3 },
    async make(play, dice, who) {
      await play.ask(who, `DELETE ${text}`, { params: { id: board(dice) } });
    },
  },
  [gone]: {
    ...{ by: ["operator", "maker", "signer"], weight: 2 },
    async make(play, dice, who) {
      const query = dice.once(4) ? {} : { open: "true" };
      const orders: { id: string; boards: { board: string }[] }[] =
        (await play.ask(who, "GET /api/v1/takedowns", { query })) ?? [];
      const order = dice.one(orders);
      const params = { id: order?.id ?? "1", board: dice.one(order?.boards ?? [])?.board ?? board(dice) };
      await play.ask(who, gone, { params, ...maybe({ words: dice.of("现场已黑", "  ") }, dice) });
    },
  },
};
