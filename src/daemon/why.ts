/**
 * Why a notice is, was or was not on a board at an instant, in one sentence. The past is the play log's: what was told
 * and confirmed; only what the log has not is explained by the rules, as they stood then.
 */
import type { WhyView } from "../api/outlook.ts";
import { seesUnsigned } from "../api/redact.ts";
import type { BoardConfig } from "../config/types.ts";
import type { Sentence } from "../fault.ts";
import type { Run } from "../ledger/play.ts";
import { missedWords } from "../ledger/missed-words.ts";
import { type Confirmation, type WasThen, wasOn } from "../ledger/play-was.ts";
import { limits } from "../limits.ts";
import { type Instant, lookup, type Programme } from "../message/index.ts";
import type { Caller } from "../people/types.ts";
import {
  blockSentence,
  type BoardContext,
  type Candidate,
  inForce,
  type Reason,
  reasonFor,
  reasonSentence,
} from "../playlist/index.ts";
import { sayCivil } from "../time/zone.ts";
import { Pieces } from "../time/pieces.ts";
import { type CardSource, cardDay } from "./card-shows.ts";
import type { Desk } from "./desk.ts";
import type { NoticeSet } from "./notice-set.ts";
import { rescheduled, scheduleAt } from "./stood.ts";
import { cardWhy } from "./why-card.ts";

/** With the notices of the time that is asked about. */
type Then = Omit<WhyParts, "book"> & { readonly book: NoticeSet };

export interface WhyParts extends Pick<Desk, "site" | "store" | "clock" | "calendar" | "book"> {
  /** What is confirmed of a board and not yet written. */
  run(board: string): Run | null;
  /** Of signs that a person carries a stick to. Absent: there are none. */
  readonly card?: CardSource;
}

/** How far a reason looks for the end of what it speaks of. */
const reasonMs = 3 * 86_400_000;

/** As tiles call a board that was read back so lately confirmed, ms. */
const freshMs = 15_000;

/** null: no such board or notice, or none that this caller may know of. */
export async function whyView(
  parts: WhyParts,
  id: string,
  notice: string,
  at: Instant,
  caller: Caller,
): Promise<WhyView | null> {
  const { site, clock } = parts;
  const board = site.boards.find((one) => one.id === id);
  const book = await parts.book.during({ from: at - reasonMs, until: at + reasonMs }, [notice]);
  const record = book.record(notice);
  if (!board || !record || (!book.verdict(notice).ok && !seesUnsigned(caller))) return null;
  const now = clock.now();
  const common = { board: id, notice, title: record.content.title, at };
  const card = await cardDay(parts.card, board, site.zone, at);
  if (card) {
    const rules = await byRules({ ...parts, book }, board, notice, at, at <= now);
    return { ...common, ...(await cardWhy(parts, board.id, notice, at, { card, rules })) };
  }
  return at <= now
    ? { ...common, ...(await past({ ...parts, book }, board, notice, lastSeen(parts.run(id), at, now), now)) }
    : { ...common, ...(await coming({ ...parts, book }, board, notice, at)) };
}

/** Whoever asks about now is told of the last look, while that is fresh: panels are looked at every few seconds. */
function lastSeen(run: Run | null, at: Instant, now: Instant): Instant {
  return run !== null && run.to < at && now - run.to < freshMs ? run.to : at;
}

type Answer = Omit<WhyView, "board" | "notice" | "title" | "at">;

async function coming(parts: Then, board: BoardConfig, notice: string, at: Instant): Promise<Answer> {
  const { zone } = parts.site;
  const { code, sentence } = await byRules(parts, board, notice, at, false);
  const { dark, maintenance } = await parts.store.boards.of([board.id]);
  const [off] = dark;
  const [test] = maintenance.filter(({ until }) => at < until);
  const answer = { tense: "future", told: null, confirmed: null, turn: null } as const;
  if (off !== undefined) {
    const since = secondsIn(zone)(off.since);
    const zh = `紧急关屏中（${since} 起），恢复之前什么也不播；恢复后：${sentence.zh}`;
    return {
      ...answer,
      shown: false,
      code: "dark",
      sentence: { zh, en: `the board is switched dark since ${since}; once it is resumed: ${sentence.en}` },
    };
  }
  if (test !== undefined) {
    const until = secondsIn(zone)(test.until);
    return {
      ...answer,
      shown: false,
      code: "maintenance",
      sentence: { zh: `维护中，到 ${until} 显示测试图`, en: `in maintenance: a test picture stands until ${until}` },
    };
  }
  return { ...answer, shown: code === "shown", code, sentence };
}

async function past(parts: Then, board: BoardConfig, notice: string, at: Instant, now: Instant): Promise<Answer> {
  const { store, site } = parts;
  const was = await wasOn(store.play, board.id, at, now, parts.run(board.id));
  const rules = await byRules(parts, board, notice, at, true);
  const time = secondsIn(site.zone);
  const none = { tense: "past", told: null, confirmed: null, turn: null } as const;
  if (!was.known) {
    const words = noRecord(was, time);
    const should =
      rules.code === "shown"
        ? { zh: "按当时的规则应当在播", en: "by the rules of then it should have been on" }
        : by(rules);
    return { ...none, shown: null, code: "no-record", sentence: both(words, should) };
  }
  const known = { tense: "past", told: was.told.from, confirmed: confirmedOf(was.confirmed) } as const;
  if (was.dark)
    return {
      ...known,
      turn: null,
      shown: false,
      code: "dark",
      sentence: { zh: "当时不在播：紧急关屏，黑屏", en: "was not on: the board was switched dark" },
    };
  const mine = was.told.notices.find(({ id }) => id === notice);
  const turn = mine && was.programme ? turnOf(was.programme, mine.messages, at, was.told.until) : null;
  if (was.notices.some(({ id }) => id === notice)) {
    const told = { zh: `当时在播：${time(was.told.from)} 下发`, en: `was on: told ${time(was.told.from)}` };
    return { ...known, turn, shown: true, code: "on", sentence: both(told, confirmation(was.confirmed, time), ",") };
  }
  if (was.programme === null) {
    const zh = `${time(was.told.from)} 下发的节目单已读不出来`;
    return {
      ...known,
      turn: null,
      shown: null,
      code: "no-record",
      sentence: both({ zh, en: `the programme told ${time(was.told.from)} cannot be read any more` }, by(rules)),
    };
  }
  if (rules.code !== "shown")
    return {
      ...known,
      turn,
      shown: false,
      code: rules.code,
      sentence: both({ zh: "当时不在播", en: "was not on" }, rules.sentence, ":"),
    };
  if (mine) {
    const next =
      turn === null
        ? { zh: "之后没有再轮到", en: "no turn of its own came after" }
        : { zh: `下一次轮到是 ${time(turn.from)}`, en: `its next turn came ${time(turn.from)}` };
    return {
      ...known,
      turn,
      shown: false,
      code: "not-its-turn",
      sentence: both(
        {
          zh: `当时正轮到别的信息（节目单 ${time(was.told.from)} 下发）`,
          en: `was not on: another had its turn, in the programme told ${time(was.told.from)}`,
        },
        next,
      ),
    };
  }
  const zh = `当时不在播：按规则应当在播，但 ${time(was.told.from)} 下发的节目单里没有它`;
  const en = `was not on: by the rules it should have been, but the programme told ${time(was.told.from)} did not have it`;
  return { ...known, turn: null, shown: false, code: "not-told", sentence: { zh, en } };
}

/** By the rules, of the notice's own revisions and what lives beside them: never of all notices. */
async function byRules(
  { book, site, store, calendar }: Then,
  board: BoardConfig,
  notice: string,
  at: Instant,
  stood: boolean,
): Promise<{ code: string; sentence: Sentence }> {
  const pieces = new Pieces();
  const asStood = async (candidate: Candidate, boardOf: string): Promise<{ candidate: Candidate; here: boolean }> => {
    const number =
      candidate.message === null
        ? (book.record(candidate.notice)?.revisionNumber ?? null)
        : book.numberOf(candidate.notice, boardOf, candidate.message);
    const schedule = stood && number !== null ? await scheduleAt(store.ledger, candidate.notice, number, at) : null;
    await pieces.rest();
    if (schedule === null) return { candidate, here: boardOf === board.id };
    const judged = book.verdict(candidate.notice, at);
    const was = rescheduled(candidate, schedule, judged.ok ? judged.envelope : null);
    // On the board that it has moved to it may never have been signed for; here it was.
    const message = judged.ok ? judged.pixels.get(board.id) : undefined;
    const moved = boardOf !== board.id && message !== undefined;
    return {
      candidate: moved ? { ...was, message, blocked: null } : was,
      here: schedule.boards.includes(board.id),
    };
  };
  // What was moved to another board since is found there.
  const places = book.places(notice);
  const here = places.filter((one) => one.board === board.id);
  const own: Candidate[] = [];
  for (const placed of here.length > 0 ? here : stood ? places.slice(-1) : []) {
    const { candidate, here: was } = await asStood(placed.candidate, placed.board);
    if (was) own.push(candidate);
  }
  const [candidate] = inForce(own, at);
  if (candidate === undefined)
    return { code: "blocked", sentence: { zh: "没有安排在这块屏", en: "it is not meant for this board" } };
  const others: Candidate[] = [];
  for (const one of book.alive(board.id, { from: at - reasonMs, until: at + reasonMs }))
    if (one.notice !== notice) others.push((await asStood(one, board.id)).candidate);
  const context: BoardContext = {
    hours: board.hours,
    quiet: board.quiet,
    candidates: [...others, ...own],
    calendar,
    zone: site.zone,
  };
  const reason: Reason = reasonFor(context, candidate, at);
  return {
    code: reason.code,
    sentence: reason.code === "blocked" ? blockSentence(reason.why) : reasonSentence(reason, site.zone),
  };
}

/** The turn of one of these messages that holds `at`, else the next one before `until`. */
function turnOf(programme: Programme, messages: readonly number[], from: Instant, until: Instant): WhyView["turn"] {
  for (let at = from, steps = 0; at < until && steps < limits.turnsPerSpan * 2; steps++) {
    const { message, until: next, elapsedMs } = lookup(programme, at);
    if (message !== null && messages.includes(programme.messages.indexOf(message)))
      return { from: at - elapsedMs, until: next };
    if (next <= at) return null;
    at = next;
  }
  return null;
}

const secondsIn = (zone: string) => (at: Instant) => sayCivil(zone, at);

const both = (one: Sentence, other: Sentence, mark = ";"): Sentence => ({
  zh: `${one.zh}${mark}${other.zh}`,
  en: `${one.en}${mark === ":" ? ":" : mark === "," ? "," : ";"} ${other.en}`,
});

const by = ({ sentence }: { readonly sentence: Sentence }): Sentence => ({
  zh: `按当时的规则：${sentence.zh}`,
  en: `by the rules of then: ${sentence.en}`,
});

function confirmedOf(confirmed: Confirmation): WhyView["confirmed"] {
  if (confirmed.state === "yes") return confirmed;
  return { state: confirmed.state, from: confirmed.state === "no" ? confirmed.since : null, to: null };
}

function confirmation(confirmed: Confirmation, time: (at: Instant) => string): Sentence {
  if (confirmed.state === "yes")
    return {
      zh: `${time(confirmed.from)} 至 ${time(confirmed.to)} 核对无误`,
      en: `confirmed ${time(confirmed.from)} to ${time(confirmed.to)}`,
    };
  if (confirmed.state === "no")
    return {
      zh: `${time(confirmed.since)} 起未能核对（${missedWords(confirmed.why).zh}）`,
      en: `not confirmed since ${time(confirmed.since)} (${missedWords(confirmed.why).en})`,
    };
  return confirmed.why === "no-read-back"
    ? { zh: "这块屏没有回读，无法核对", en: "nothing is read back from this board" }
    : { zh: "那一刻没有核对记录", en: "no read-back is on record for that time" };
}

function noRecord({ why, logFrom }: WasThen & { known: false }, time: (at: Instant) => string): Sentence {
  if (why === "nothing-told") return { zh: "那时没有给这块屏下发节目单", en: "the board had been told nothing then" };
  return logFrom === null
    ? { zh: "还没有播放记录", en: "there is no play log yet" }
    : { zh: `播放记录从 ${time(logFrom)} 开始`, en: `the play log begins only at ${time(logFrom)}` };
}
