/** 公开栏的新增、修改、停用: asked of an office without an installation file, where nobody writes one. */
import type { Dice, Move } from "./dice.ts";
import { maybe } from "./moves-review.ts";
import type { Play, Who } from "./play.ts";

const boards = "/api/v1/installation/boards";
const line = "POST /api/v1/installation/line";
const network = "PUT /api/v1/network";
const fresh = {
  ...{ id: "B3", name: "东门条屏", place: "东门", device: "led" },
  ...{ panel: { width: 64, height: 16, colour: "mono" }, link: { kind: "tcp-out", host: "127.0.0.1", port: 9 } },
};

async function refused(play: Play, dice: Dice, who: Who, name: string, body: object, id?: string): Promise<void> {
  const asked = { ...maybe({ ...body, reason: "新装一块屏" }, dice), ...(id !== undefined && { params: { id } }) };
  if ((await play.ask(who, name, asked)) !== null) play.model.complain(`${name} wrote a file that is not there`);
}

const some = (dice: Dice) => dice.of("B1", "B2", "B9");

export const installationMoves: Readonly<Record<string, Move>> = {
  [line]: {
    ...{ by: ["administrator"], weight: 0.5 },
    async make(play, dice, who) {
      // Nobody answers where nobody is asked.
      await play.ask(who, line, maybe({ link: { kind: "browser" } }, dice));
    },
  },
  [network]: {
    ...{ by: ["administrator"], weight: 0.5 },
    make: (play, dice, who) => refused(play, dice, who, network, { to: dice.of("office", "here") }),
  },
  [`POST ${boards}`]: {
    ...{ by: ["administrator"], weight: 0.5 },
    make: (play, dice, who) => refused(play, dice, who, `POST ${boards}`, { board: fresh }),
  },
  [`PUT ${boards}/{id}`]: {
    ...{ by: ["administrator"], weight: 0.5 },
    make: (play, dice, who) => refused(play, dice, who, `PUT ${boards}/{id}`, { set: { place: "西门" } }, some(dice)),
  },
  [`POST ${boards}/{id}/retire`]: {
    ...{ by: ["administrator"], weight: 0.5 },
    make: (play, dice, who) => refused(play, dice, who, `POST ${boards}/{id}/retire`, {}, some(dice)),
  },
};
