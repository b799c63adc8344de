/** 收到的预警: what senders send, well and badly, and how people decide on it. */
import { keyFile, signed } from "../notices/cap/signing.ts";
import { type Dice, type Move, somebody } from "./dice.ts";
import { maybe } from "./moves-review.ts";
import type { Received } from "./learn-cap.ts";
import type { Play, Who } from "./play.ts";

const receive = "POST /api/v1/cap";
const view = "GET /api/v1/cap/{id}";
const confirm = "POST /api/v1/cap/{id}/confirm";
const refuse = "POST /api/v1/cap/{id}/refuse";
const acknowledge = "POST /api/v1/cap-refused/acknowledge";
const propose = "POST /api/v1/cap-senders";
const vouch = "POST /api/v1/cap-senders/confirm";
const remove = "POST /api/v1/cap-senders/remove";
const second = 1000;
const hour = 3_600_000;

const senders = ["weather@example", "flood@example"] as const;
const iso = (at: number) => new Date(Math.floor(at / second) * second).toISOString().replace(".000Z", "+00:00");

/** Flat, each element once. */
function capOf(play: Play, dice: Dice, by?: string): string {
  const { model, time } = play;
  const named = dice.one(model.received.filter(({ state }) => state === "waiting" || state === "taken"));
  const ours = dice.one(model.waiting())?.notice ?? "2017-0001";
  const msgType = named || dice.once(6) ? dice.of("Alert", "Alert", "Update", "Cancel") : "Alert";
  const sender = by ?? (dice.once(4) ? dice.of(...senders) : (named?.sender ?? dice.of(...senders)));
  const about = dice.once(6) ? `${sender},${ours},${iso(time.board)}` : referenceTo(named, dice);
  const number = ++play.titles;
  const fields = {
    identifier: dice.once(9) ? (named?.identifier ?? "W0") : `W${number}`,
    ...{ sender, sent: iso(time.board - dice.of(0, 60, 3600) * second) },
    status: dice.of(...Array(9).fill("Actual"), "Exercise", "Test"),
    ...{ msgType: dice.once(20) ? "Ack" : msgType, scope: dice.once(12) ? "Restricted" : "Public" },
    ...(msgType !== "Alert" && { references: about }),
  };
  const info = {
    ...{ language: "zh-CN", category: "Met", event: "暴雨", urgency: "Immediate", severity: "Severe" },
    ...{ certainty: "Observed", expires: iso(time.board + dice.of(0.1, 1, 2, 5, 30, -0.01) * hour) },
    ...{ senderName: "气象台", headline: `暴雨橙色预警第${number}期`, description: dice.of("请避险。", "请绕行。") },
  };
  const xml = (all: object) =>
    Object.entries(all)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join("");
  const told = msgType === "Cancel" && dice.once(2) ? "" : `<info>${xml(info)}</info>`;
  return `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">${xml(fields)}${told}</alert>`;
}

const referenceTo = (named: Received | undefined, dice: Dice) =>
  named
    ? `${named.sender},${named.identifier},${iso(named.sent - (dice.once(9) ? second : 0))}`
    : `${senders[0]},W0,${iso(0)}`;

function waiting(play: Play, dice: Dice): Received | undefined {
  const open = play.model.received.filter(({ state }) => state === "waiting");
  return dice.one(open.length > 0 && !dice.once(8) ? open : play.model.received);
}

/** As each board would show it; then mostly on some of them. */
async function decide(play: Play, dice: Dice, who: Who, warning: Received | undefined): Promise<void> {
  const id = String(warning?.number ?? 1);
  const seen: { boards: { id: string; message: string | null }[] } | null = await play.ask(who, view, {
    params: { id },
  });
  for (const { id: board } of seen?.boards ?? [])
    if (dice.once(4))
      await play.ask(who, "GET /api/v1/cap/{id}/boards/{board}/{page}", { params: { id, board, page: "1" } });
  const all = (seen?.boards ?? []).flatMap(({ id: board, message }) => (message ? [{ board, message }] : []));
  const boards = dice.of(all, all, all.slice(0, 1), all.slice(1), [], [...all, ...all]);
  const wrong = boards.map((one) => ({ ...one, message: "0".repeat(64) }));
  const body = { boards: dice.once(12) ? wrong : boards, words: dice.of("已核实", ""), anotherSender: true };
  const done = await play.ask(who, confirm, { params: { id }, ...maybe(body, dice) });
  await name(play, done?.notice ?? null);
  if (done !== null && dice.once(3)) await play.reopen();
}

/** The answer has the notice's name alone; its case is asked for by that, and has to have the hands of all who let it through. */
async function name(play: Play, notice: string | null): Promise<void> {
  const revision = play.model.revisions.findLast((one) => one.notice === notice && one.case === notice);
  if (notice === null || !revision) return;
  const [review] = await play.office.store.cases.of(notice);
  const hands = (review?.hands ?? []).map(({ account }) => account);
  for (const one of revision.writers)
    if (!hands.includes(one)) play.model.complain(`${notice}: ${one} is none of its hands, and could countersign it`);
  Object.assign(revision, { case: review?.id ?? notice, writers: new Set(hands) });
}

async function vouched(play: Play, dice: Dice, who: Who): Promise<void> {
  const listed: { sender: string; fingerprint: string }[] = (await play.ask(who, "GET /api/v1/cap-senders")) ?? [];
  const { sender, fingerprint } = dice.one(listed) ?? { sender: senders[0], fingerprint: "0".repeat(64) };
  const believed = await play.ask(who, vouch, maybe({ sender, fingerprint }, dice));
  // Whoever is believed mostly has something to say.
  if (believed !== null && !dice.once(4)) await receiveFrom(play, dice, signed(capOf(play, dice, sender)));
}

async function receiveFrom(play: Play, dice: Dice, raw: string): Promise<void> {
  const came = await play.ask(somebody(play, dice, ["maker", "signer", "operator"]), receive, { raw });
  await name(play, came?.notice ?? null);
}

export const capMoves: Readonly<Record<string, Move>> = {
  [receive]: {
    ...{ by: ["maker", "signer", "operator"], weight: 14 },
    async make(play, dice, who) {
      const text = capOf(play, dice);
      const isSigned = play.model.senders.size > 0 && dice.once(2);
      const raw = isSigned ? signed(text, dice.once(5) ? { key: "other" } : {}) : dice.once(15) ? text.slice(9) : text;
      const came = await play.ask(who, receive, { raw });
      await name(play, came?.notice ?? null);
      if (came !== null && dice.once(4)) await play.ask(who, receive, { raw });
      const warning = play.model.received.find(({ number }) => number === came?.number);
      if (warning && !dice.once(3))
        await decide(play, dice, dice.once(5) ? who : somebody(play, dice, ["maker", "signer", "operator"]), warning);
    },
  },
  [confirm]: {
    ...{ by: ["signer", "operator", "maker"], weight: 8 },
    async make(play, dice, who) {
      const warning = waiting(play, dice);
      const ahead = (warning?.decideBy ?? 0) - play.time.board;
      // To the last moment at which somebody may decide, or the first at which nobody may.
      // A cancellation without an end of its own waits for a day, and is the one that could still be confirmed after it.
      if (ahead > 0 && ahead < (warning?.document === null ? 25 : 3) * hour && dice.once(4)) {
        play.time.board += ahead - dice.of(0, 1);
        await play.look("a warning lapsed");
        await play.ask(somebody(play, dice, ["maker", "signer", "operator"]), "GET /api/v1/cap");
      }
      await decide(play, dice, who, warning);
    },
  },
  [refuse]: {
    ...{ by: ["signer", "operator", "maker"], weight: 1 },
    async make(play, dice, who) {
      const id = String(waiting(play, dice)?.number ?? 1);
      await play.ask(who, refuse, { params: { id }, ...maybe({ reason: dice.of("误报", "  ") }, dice) });
    },
  },
  // No file lies in this office's folder; that somebody has seen those up to a row is said all the same.
  [acknowledge]: {
    ...{ by: ["maker", "signer", "operator", "auditor"], weight: 1 },
    async make(play, dice, who) {
      await play.ask(who, acknowledge, maybe({ upTo: dice.of(1, 5, 0) }, dice));
    },
  },
  [propose]: {
    ...{ by: ["signer", "administrator"], weight: 3 },
    async make(play, dice, who) {
      const certificate = keyFile(dice.of("rsa.crt", "rsa.crt", "expired.crt", "weak.crt"));
      const made = await play.ask(who, propose, maybe({ sender: dice.of(...senders), certificate }, dice));
      if (made !== null && !dice.once(3)) await vouched(play, dice, somebody(play, dice, ["signer", "administrator"]));
    },
  },
  [vouch]: { ...{ by: ["signer", "administrator"], weight: 2 }, make: vouched },
  [remove]: {
    ...{ by: ["signer", "maker", "operator", "administrator"], weight: 0.5 },
    async make(play, dice, who) {
      const key = dice.one(play.model.senders.keys()) ?? `${senders[0]} ${"0".repeat(64)}`;
      const [sender, fingerprint] = key.split(" ");
      await play.ask(who, remove, maybe({ sender, fingerprint, reason: dice.of("密钥已更换", "  ") }, dice));
    },
  },
};
