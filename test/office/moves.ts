/** Everything that may happen: a move for each route that the router has, and what happens beside it. */
import type { Route } from "../../src/api/route.ts";
import { dateOf } from "../../src/time/days.ts";
import { dayNumberAt } from "../../src/time/zone.ts";
import { record, zone } from "../store/small-office.ts";
import type { Dice, Move } from "./dice.ts";
import { boardMoves } from "./moves-boards.ts";
import { installationMoves } from "./moves-installation.ts";
import { bookMoves } from "./moves-books.ts";
import { capMoves } from "./moves-cap.ts";
import { peopleMoves } from "./moves-people.ts";
import { paperMoves } from "./moves-paper.ts";
import { documentOf, maybe, reviewMoves } from "./moves-review.ts";
import { warningMoves } from "./moves-warnings.ts";
import { ways } from "./moves-ways.ts";
import type { ModelDraft } from "./model.ts";
import type { Play, Who } from "./play.ts";

const minute = 60_000;

export const nameOf = ({ method = "get", path }: Route): string => `${method.toUpperCase()} ${path}`;

/** Nobody gets anywhere with these here. */
export const never: readonly string[] = [
  // For practice alone, and before there are accounts: here is a real office that is set up. Being let in is a complaint.
  "POST /api/v1/session/practice",
  "POST /api/v1/set-up",
  // No panel is driven here, so nothing is confirmed: test/ledger and test/panels do that.
  "GET /api/v1/boards/{id}/was.png",
  // This office is not open to the network: test/api has one that is.
  "GET /api/v1/network/boardcast.crt",
  "GET /api/v1/network/code.png",
  // What is taken in here for a picture is none: test/web/notice.test.ts and test/typeset turn real ones.
  "POST /api/v1/review/drafts/{id}/pictures/{index}",
  "GET /api/v1/review/drafts/{id}/pictures/{sha256}/small.png",
  // There is no installation file here, and a daemon that starts anew with other boards: test/daemon/installation.test.ts.
  "POST /api/v1/installation/line",
  "PUT /api/v1/network",
  "POST /api/v1/installation/boards",
  "PUT /api/v1/installation/boards/{id}",
  "POST /api/v1/installation/boards/{id}/retire",
  // Somebody signs here: nothing is put on a board just so. test/review/board-text.test.ts has an office of one person.
  "GET /api/v1/boards/{id}/text",
  "PUT /api/v1/boards/{id}/text",
  "DELETE /api/v1/boards/{id}/text",
  // No board here has a posting place, so there is no sheet, and paper lights nothing: test/daemon/postings.test.ts has one.
  "PUT /api/v1/postings/{notice}/{board}/posted",
  "PUT /api/v1/postings/{notice}/{board}/taken",
  "GET /api/v1/postings/{notice}/{number}/{board}/sheet.pdf",
  "GET /api/v1/postings/{notice}/{number}/{board}/{kind}/photo.jpg",
  "GET /api/v1/review/cases/{id}/sheet.pdf",
  // Nor is any carried to: test/daemon/cards.test.ts has one.
  "GET /api/v1/cards/{board}/carry.zip",
  "GET /api/v1/cards/{board}/slip.html",
  "GET /api/v1/cards/{board}/pages/{file}",
  "GET /api/v1/cards/{board}/photo.jpg",
  "PUT /api/v1/cards/{board}/loaded",
];

/** A text that is only tried out is nobody's notice. */
const fitMoves: Readonly<Record<string, Move>> = {
  "POST /api/v1/drafts": {
    ...{ by: ["maker", "contributor", "auditor"], weight: 1 },
    async make(play, dice, who) {
      const { title, body } = documentOf(play, dice).content as Record<string, unknown>;
      const content = { title, body };
      await play.ask(who, "POST /api/v1/drafts", { body: { content, board: dice.of("B1", "B2", "B9") } });
    },
  },
};

/** What a schedule would do is worked out, and nothing of it happens. */
const whatIfMoves: Readonly<Record<string, Move>> = {
  "POST /api/v1/what-if": {
    ...{ by: ["maker", "reviewer", "signer", "operator"], weight: 0.5 },
    async make(play, dice, who) {
      const revision = dice.one(play.model.revisions);
      const draft = dice.one(play.model.drafts.keys());
      const from = play.time.board + dice.roll(3) * 60 * minute;
      const schedule = {
        boards: [dice.of("B1", "B2")],
        from,
        until: from + 3_600_000,
        cron: dice.of(null, "0 9 * * *"),
      };
      const body = dice.of<unknown>(
        { case: revision?.case ?? "2017-00001" },
        { notice: draft ?? revision?.notice ?? "x" },
        { notice: revision?.notice ?? "x", schedule: { priority: 3 } },
        { schedule, seconds: 12 },
      );
      await play.ask(who, "POST /api/v1/what-if", { body });
    },
  },
};

/** The ledger is looked at: whole, whatever was done to the office by its own doors. */
const checkMoves: Readonly<Record<string, Move>> = {
  "POST /api/v1/ledger/check": {
    ...{ by: ["auditor", "signer", "administrator", "operator"], weight: 0.3 },
    async make(play, dice, who) {
      const body = { checkpoints: dice.of("", "", "no checkpoint") };
      await play.ask(who, "POST /api/v1/ledger/check", maybe(body, dice));
    },
  },
};

/** A rule's next starts are reckoned, and nothing begins by that. */
const startMoves: Readonly<Record<string, Move>> = {
  "POST /api/v1/next-starts": {
    ...{ by: ["operator", "auditor", "contributor"], weight: 0.4 },
    async make(play, dice, who) {
      const from = play.time.board;
      const rule = { cron: dice.of(null, "0 9 * * *", "61 9 * * *"), calendar: dice.of("workday", "everyday") };
      const schedule = {
        boards: ["B1"],
        from,
        until: from + dice.of(3, 0, -1) * 86_400_000,
        slotMinutes: 5,
        priority: 5,
        weight: 1,
        ...rule,
      };
      await play.ask(who, "POST /api/v1/next-starts", maybe({ schedule }, dice));
    },
  },
};

const dayOf = ({ time }: Play) => dayNumberAt(zone, time.board);

const everybody = ["contributor", "operator", "signer", "maker", "auditor"] as const;

/** A GET, with ids that exist for whatever stands in its path. */
function reading(name: string): Move {
  return {
    ...{ by: everybody, weight: /review|ledger|calendar|issues/.test(name) ? 1 : 0.4 },
    async make(play, dice, who) {
      const revision = dice.one(play.model.revisions);
      const draft = dice.one(play.model.drafts.keys());
      const person = dice.one(play.model.people.keys()) ?? "x";
      const id = name.includes("/boards/")
        ? dice.of("B1", "B2", "B9")
        : name.includes("/people/")
          ? person
          : name.includes("/cases/")
            ? (revision?.case ?? "x")
            : name.includes("/cap/")
              ? String(dice.one(play.model.received)?.number ?? 1)
              : name.includes("/takedowns/")
                ? String(1 + dice.roll(3))
                : name.includes("/issues/")
                  ? `2017-${1 + dice.roll(2)}`
                  : (draft ?? revision?.notice ?? "x");
      const board = dice.of("B1", "B2");
      const lit = play.office.wanted.get(board)?.at(-1)?.programme.messages ?? [];
      const hash = (name.includes("/show/") ? dice.one(lit) : revision?.pixels.get(board)) ?? "0".repeat(64);
      const params = {
        id,
        hash,
        board,
        notice: revision?.notice ?? "x",
        number: String(revision?.number ?? 1),
        page: name.includes("/cap/") ? "1" : "0",
        ...{ year: "2018", date: dateOf(dayOf(play) - dice.roll(2)) },
      };
      const query =
        name.endsWith("/cases/{id}/pages") || name.endsWith("/fit")
          ? { board }
          : name.includes("/ledger/month")
            ? { month: "2017-11" }
            : dice.once(3) && /frame|programme|playlist|was/.test(name)
              ? { [name.endsWith("playlist") ? "from" : "at"]: new Date(play.time.board - minute).toISOString() }
              : {};
      await play.ask(who, name, { params, query });
    },
  };
}

const happenings: Readonly<Record<string, Move>> = {
  "clock goes on": {
    ...{ by: ["maker"], weight: 12 },
    async make(play, dice) {
      play.time.board += dice.of(1, 5, 20, 45, 130) * minute;
      await play.look("the clock went on");
    },
  },
  "clock is set back": {
    ...{ by: ["maker"], weight: 1 },
    async make(play, dice) {
      play.time.board -= dice.of(1, 30) * minute;
      await play.look("the clock was set back");
    },
  },
  "days go by": {
    ...{ by: ["maker"], weight: 1 },
    async make(play) {
      play.time.wall += 9 * 3_600_000;
      play.time.board += 60 * minute;
      await play.look("sessions ran out");
    },
  },
  ...ways,
  "a day's report is written": {
    ...{ by: ["auditor", "maker"], weight: 3 },
    async make(play, _, who) {
      const date = dateOf(dayOf(play));
      await play.office.report(dayOf(play));
      await play.ask(who, "GET /api/v1/reports/{date}", { params: { date } });
      await play.ask(who, "GET /api/v1/reports/{date}/sheet.html", { params: { date } });
    },
  },
  restart: {
    ...{ by: ["maker"], weight: 1 },
    make: (play) => play.reopen(),
  },
};

/** Who brings it in stands for it; what it says of approval counts for nothing. */
async function imported(play: Play, dice: Dice, who: Who): Promise<void> {
  const id = dice.one(play.model.revisions.filter(({ signedAt }) => signedAt !== null))?.notice ?? "I1";
  const own = dice.once(2) ? `I${dice.roll(4)}` : id;
  if (own.startsWith("default:")) return;
  const given = record(own, {
    title: `进口通知第${++play.titles}期`,
    body: String(documentOf(play, dice).ofSubstance),
  });
  const { model } = play;
  const raw = dice.once(10) ? "{" : JSON.stringify({ notices: [given] });
  const account = "account" in who ? who.account : "nobody";
  const places = model.placesOf(account, ["maker"], play.time.board);
  const wasOpen = model.drafts.has(own);
  if ((await play.ask(who, importing, { raw })) === null) return;
  if (places.size === 0) model.complain(`${account} brought something in without being a maker`);
  const draft = await play.office.store.drafts.get(own);
  if (wasOpen || draft === null) return;
  const hands = draft.hands.map((hand) => hand.account);
  if (!hands.includes(account) || !(places.has(null) || hands.length === 2))
    model.complain(`${account} brought ${own} in, by the hands of ${hands.join()}`);
  model.registered.add(String(given.title));
  model.drafts.set(own, { ...draft, writers: new Set(hands) } as unknown as ModelDraft);
}

const importing = "POST /api/v1/import";
const importMoves: Readonly<Record<string, Move>> = {
  [importing]: { by: ["maker"], weight: 2, make: imported },
};

export interface Moves {
  readonly all: ReadonlyMap<string, Move>;
  /** Routes that change something and have no move; moves that have no route. Neither may be. */
  readonly missing: readonly string[];
  readonly idle: readonly string[];
}

export function movesFor(routes: readonly Route[]): Moves {
  const changing: Readonly<Record<string, Move>> = {
    ...reviewMoves,
    ...peopleMoves,
    ...paperMoves,
    ...warningMoves,
    ...fitMoves,
    ...whatIfMoves,
    ...startMoves,
    ...checkMoves,
    ...importMoves,
    ...boardMoves,
    ...capMoves,
    ...bookMoves,
    ...installationMoves,
  };
  const all = new Map<string, Move>(Object.entries(happenings));
  const names = routes.map(nameOf);
  const missing: string[] = [];
  for (const name of names) {
    const move = changing[name] ?? (name.startsWith("GET ") ? reading(name) : undefined);
    if (move) all.set(name, move);
    else missing.push(name);
  }
  return { all, missing, idle: Object.keys(changing).filter((name) => !names.includes(name)) };
}
