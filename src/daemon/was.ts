/** 某一刻显示了什么 (R54): the play log's answer with the picture and the words that people need beside it. */
import type { LedgerOffice, PictureRefusal, WasView } from "../api/ledger.ts";
import type { Sentence } from "../fault.ts";
import type { NoticeOf, Run } from "../ledger/play.ts";
import { missedWords } from "../ledger/missed-words.ts";
import { signerName } from "../ledger/reports/index.ts";
import type { NameOf } from "./names.ts";
import { type Confirmation, placeIn, type WasThen, wasOn } from "../ledger/play-was.ts";
import {
  blankOwner,
  decodeMessage,
  emptyFrame,
  frameAt,
  type Instant,
  type Message,
  patternMessage,
  patternOf,
  type Shape,
  type Sha256,
} from "../message/index.ts";
import type { Caller } from "../people/types.ts";
import { ruleSentence } from "../playlist/reasons.ts";
import { formatCivil, sayCivil } from "../time/zone.ts";
import { createHash } from "node:crypto";
import type { Desk } from "./desk.ts";

/** Of personal notices the past is not for everybody, and one day for nobody; null: it may be seen. */
export type Refusing = (notices: readonly NoticeOf[], caller: Caller) => Promise<PictureRefusal | null>;

export interface WasParts extends Pick<Desk, "site" | "store" | "clock"> {
  run(board: string): Run | null;
  names(): Promise<NameOf>;
  readonly refusing?: Refusing;
}

const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

export async function wasView(
  parts: WasParts,
  id: string,
  at: Instant,
  caller: Caller,
): ReturnType<LedgerOffice["was"]> {
  const { site, store, clock } = parts;
  const board = site.boards.find((one) => one.id === id);
  if (!board) return null;
  const found = await wasOn(store.play, id, at, clock.now(), parts.run(id));
  const { zone } = site;
  if (!found.known) return { ...nothing, board: id, at, logFrom: found.logFrom, said: unknownWords(found, zone) };
  const { told, dark, confirmed, message } = found;
  const nameOf = await parts.names();
  const notices = await Promise.all(found.notices.map((one) => noticeView(parts, one, nameOf)));
  return {
    board: id,
    at,
    logFrom: null,
    said: saidWords(found, notices),
    told: { programme: told.programme, seq: told.seq, from: told.from, until: told.until, via: told.via },
    dark,
    confirmed: {
      state: confirmed.state,
      from: confirmed.state === "yes" ? confirmed.from : confirmed.state === "no" ? confirmed.since : null,
      to: confirmed.state === "yes" ? confirmed.to : null,
      said: confirmationWords(confirmed, zone),
    },
    message,
    notices,
    picture: await pictureOf(parts, found, { at, board: id }, caller),
  };
}

const nothing = {
  told: null,
  dark: false,
  confirmed: { state: "unknown", from: null, to: null, said: { zh: "没有记录", en: "no record" } },
  message: null,
  notices: [],
  picture: null,
} as const;

async function pictureOf(
  { store, refusing }: WasParts,
  { programme, message, notices, dark, told }: WasThen & { known: true },
  { at, board }: { readonly at: Instant; readonly board: string },
  caller: Caller,
): Promise<WasView["picture"]> {
  if (programme === null)
    return {
      status: 410,
      why: {
        zh: `节目单 ${told.programme.slice(0, 12)} 已不在库中或被改动，画不出画面`,
        en: `programme ${told.programme.slice(0, 12)} is not kept any more, or was altered: there is no picture`,
      },
    };
  if (dark || message === null) return { frame: emptyFrame(programme.shape) };
  const refused = refusing ? await refusing(notices, caller) : null;
  if (refused !== null) return refused;
  const shown = (await stored(store, message)) ?? testPicture(notices, programme.shape, board, message);
  if (shown === null)
    return {
      status: 410,
      why: {
        zh: `版面 ${message.slice(0, 12)} 已不在库中或被改动，画不出画面`,
        en: `message ${message.slice(0, 12)} is not kept any more, or was altered: there is no picture`,
      },
    };
  return {
    frame: frameAt(programme, (hash) => (hash === message ? shown : undefined), placeIn(programme, told.via, at)),
  };
}

async function stored({ messages }: Pick<WasParts["store"], "messages">, hash: string): Promise<Message | null> {
  const bytes = await messages.get(hash);
  const decoded = bytes && decodeMessage(bytes, sha256);
  return decoded?.ok && decoded.message.hash === hash ? decoded.message : null;
}

/** No store has them: they are drawn. */
function testPicture(notices: readonly NoticeOf[], shape: Shape, board: string, hash: string): Message | null {
  for (const { id } of notices) {
    const drawn = patternMessage(patternOf(id) ?? "", shape, board);
    if (drawn?.hash === hash) return drawn;
  }
  return null;
}

/** As the revision has it: its title, when it plays and who signed it. */
async function noticeView(
  { store, site }: WasParts,
  { id, number }: NoticeOf,
  nameOf: NameOf,
): Promise<WasView["notices"][number]> {
  const pattern = patternOf(id);
  if (pattern !== null) return { id, number, title: `测试图 ${pattern}`, why: { zh: "维护中", en: "in maintenance" } };
  const record = number === null ? null : await store.notices.revision(id, number);
  if (record === null) {
    const blank = id === blankOwner;
    const why = blank
      ? { zh: "屏灭", en: "nothing lit" }
      : { zh: "版本读不出来", en: "its revision cannot be read back" };
    return { id, number, title: "", why };
  }
  const { schedule, seal, content } = record;
  const rule = ruleSentence(schedule, schedule.priority);
  const day = seal === null ? "" : formatCivil(site.zone, seal.body.at).slice(0, 16).replace("T", " ");
  const by = seal === null ? "" : nameOf(signerName(seal.body.by));
  const signed = seal === null ? null : { zh: `\uff1b${by} 签发于 ${day}`, en: `; signed by ${by} at ${day}` };
  return {
    id,
    number,
    title: content.title,
    why: { zh: rule.zh + (signed?.zh ?? ""), en: rule.en + (signed?.en ?? "") },
  };
}

const secondsOf = (zone: string, at: Instant) => sayCivil(zone, at);

function unknownWords({ why, logFrom }: WasThen & { known: false }, zone: string): Sentence {
  if (why === "future") return { zh: "这一刻还没有到", en: "that time has not come yet" };
  if (why === "nothing-told")
    return {
      zh: "那时没有给这块屏下发过节目单，或节目单已播完：屏是黑的或状态不明",
      en: "then the board had been told nothing, or its programme had ended: black, or not known",
    };
  if (logFrom === null) return { zh: "还没有播放记录", en: "there is no play log yet" };
  const begin = secondsOf(zone, logFrom);
  return { zh: `播放记录从 ${begin} 开始，更早的没有`, en: `the play log begins at ${begin}; there is none of before` };
}

function saidWords({ dark, message, told }: WasThen & { known: true }, notices: WasView["notices"]): Sentence {
  if (dark) return { zh: "紧急关屏，黑屏", en: "switched dark" };
  if (message === null) return { zh: "按节目单此刻屏灭", en: "nothing lit, by its programme" };
  const names = notices.map(({ id, title }) => `${id} ${title}`.trim());
  const zh = names.length > 0 ? names.join(" / ") : `版面 ${message.slice(0, 12)}(信息未列出)`;
  const en = names.length > 0 ? names.join(" / ") : `message ${message.slice(0, 12)} (its notice is not listed)`;
  const how = {
    line: { zh: "应显示", en: "told" },
    file: {
      zh: "按登记所装内容循环\uff0c此处是其中一幅",
      en: "going round what was put in, by a person's word; this is one of it",
    },
    page: { zh: "已交网页播放", en: "given to the page" },
  }[told.via];
  return { zh: `${how.zh}：${zh}`, en: `${how.en}: ${en}` };
}

function confirmationWords(confirmed: Confirmation, zone: string): Sentence {
  if (confirmed.state === "yes") {
    const [from, to] = [secondsOf(zone, confirmed.from), secondsOf(zone, confirmed.to)];
    return {
      zh: `已核对：${from} 至 ${to} 每次回读都一致（间隔不超过 15 秒）`,
      en: `confirmed: from ${from} to ${to} each read-back agreed, none more than 15 s apart`,
    };
  }
  if (confirmed.state === "no") {
    const since = secondsOf(zone, confirmed.since);
    return {
      zh: `未能核对：${since} 起（${missedWords(confirmed.why).zh}）`,
      en: `not confirmed since ${since} (${missedWords(confirmed.why).en})`,
    };
  }
  return confirmed.why === "no-read-back"
    ? { zh: "这块屏没有回读，无法核对", en: "nothing is read back from this board" }
    : { zh: "那一刻没有核对记录", en: "no read-back is on record for that time" };
}
