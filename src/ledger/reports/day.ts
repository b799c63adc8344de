/** 日报: what one day was like on every board, and what is open on the morning after. */
import { missedWords } from "../missed-words.ts";
import type { Sentence } from "../../fault.ts";
import { formatCivil } from "../../time/zone.ts";
import { html, type Part, sheetFoot, sheetHead, stylesheet } from "./html.ts";
import { averageWords, type BoardMonth, shareWords } from "./month.ts";
import { sheetStyle } from "./style.ts";

/** As it is kept: JSON. Instants are ISO 8601 in UTC, by the board clock. */
export interface DayReport {
  readonly v: 1;
  /** YYYY-MM-DD, in `zone`. */
  readonly date: string;
  readonly office: string;
  readonly practice: boolean;
  readonly zone: string;
  readonly madeAt: string;
  /** When no daemon ran, or its computer slept: of that time nothing is on record. Absent: an older report, which did not ask. */
  readonly down?: readonly { readonly from: string; readonly until: string }[];
  readonly boards: readonly DayBoard[];
  /** 撤下 not confirmed by every board. */
  readonly takedowns: readonly {
    readonly id: string;
    readonly what: string;
    readonly at: string;
    readonly boards: readonly string[];
  }[];
  /** What waits for somebody. */
  readonly waiting: readonly {
    readonly notice: string;
    readonly title: string;
    readonly state: string;
    readonly since: string;
  }[];
  /** Left out of the lists, which are bounded. */
  readonly more: number;
  readonly notes: readonly Sentence[];
}

export interface DayBoard extends BoardMonth {
  /** By what it had been told, the longest first, ms of the day; a default picture is `default:BOARD`. */
  readonly shown: readonly { readonly notice: string; readonly title: string; readonly ms: number }[];
  /** Told, and not confirmed from then on for a while: a fault's code. */
  readonly missed: readonly { readonly from: string; readonly why: string }[];
  /** When this was made. */
  readonly faults: readonly { readonly code: string; readonly zh: string; readonly en: string }[];
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

export function* daySheet(report: DayReport): Generator<string> {
  const { office, date, zone, practice, boards, takedowns, waiting, more, notes } = report;
  const time = (iso: string) => formatCivil(zone, Date.parse(iso)).slice(0, 16).replace("T", " ");
  yield sheetHead({ title: `${office} 公开栏日报 ${date}`, paper: "portrait", practice });
  yield html`<h1>公开栏日报</h1>
<div class="about"><span>单位：${office}</span><span>日期：${date}</span></div>
${downNote(report)}<h2>一、开屏情况</h2>
<table class="numbers">
<thead><tr>${heads("公开栏", "应开屏（小时）", "核对一致（小时）", "核对一致率", "未核对", "待处理")}</tr></thead>
<tbody>
${boards.map(boardRow)}</tbody></table>
<h2>二、播放内容</h2>
`.source;
  for (const { board, name, shown } of boards)
    yield html`<h3>${board} ${name}</h3>
${shown.length === 0 ? html`<p>没有播放记录。</p>\n` : html`<table class="numbers"><tbody>${shown.map(shownRow)}</tbody></table>\n`}`
      .source;
  const faults = boards.flatMap((one) => one.faults.map((fault) => ({ board: one.board, ...fault })));
  const missed = boards.flatMap((one) => one.missed.map((each) => ({ board: one.board, ...each })));
  yield html`<h2>三、异常</h2>
${list(faults.map(({ board, zh }) => `${board}：${zh}`))}${list(missed.map(({ board, from, why }) => `${board}:${time(from)} 起没有核对到画面（${missedWords(why).zh}）`))}
<h2>四、撤下未确认</h2>
${list(takedowns.map(({ id, what, at, boards: on }) => `${id}:${what},${time(at)},${on.join("、")}`))}
<h2>五、待办</h2>
${list(waiting.map(({ notice, title, state, since }) => `${notice} ${title}:${state},自 ${time(since)}`))}
${more > 0 ? html`<p>另有 ${more} 条未列出。</p>\n` : null}${notes.map(({ zh }) => html`<div class="note">${zh}</div>\n`)}<div class="note">${time(report.madeAt)} 由系统生成。</div>
`.source;
  yield sheetFoot;
}

/** Whole in one file: it is opened from the folder too. */
export const dayPage = (report: DayReport): string =>
  [...daySheet(report)]
    .join("")
    .replace(html`<link rel="stylesheet" href="${stylesheet}">`.source, () => `<style>\n${sheetStyle}\n</style>`);

/** Above everything else: what the day's figures have not seen. */
function downNote({ down = [], date, zone }: DayReport): Part {
  if (down.length === 0) return null;
  // The end of the day is 24:00 of it, and no instant of the next.
  const time = (iso: string) => {
    const civil = formatCivil(zone, Date.parse(iso));
    return civil.slice(0, 10) === date ? civil.slice(11, 19) : "24:00:00";
  };
  const words = down.map(({ from, until }) => `${time(from)} 至 ${time(until)}`).join("\u3001");
  return html`<p class="down"><strong>系统没有运行\uff1a${words}</strong>\u3002这段时间没有记录\uff0c不等于没有异常\u3002</p>\n`;
}

const heads = (...words: readonly string[]) => words.map((word) => html`<th scope="col">${word}</th>`);

const list = (lines: readonly string[]): Part =>
  lines.length === 0 ? html`<p>无。</p>\n` : html`<ul>${lines.map((line) => html`<li>${line}</li>\n`)}</ul>\n`;

function boardRow({ board, name, openMs, confirmedMs, readBack, missed, faults }: DayBoard): Part {
  const confirmed = readBack ? averageWords(confirmedMs, hourMs) : "无回读";
  const share = readBack ? shareWords(confirmedMs, openMs) : "—";
  return html`<tr><td class="name">${board} ${name}</td><td>${averageWords(openMs, hourMs)}</td><td>${confirmed}</td><td>${share}</td><td>${missed.length}</td><td>${faults.length}</td></tr>\n`;
}

const shownRow = ({ notice, title, ms }: DayBoard["shown"][number]): Part =>
  html`<tr><td class="name">${notice} ${title}</td><td>${averageWords(ms, minuteMs)} 分钟</td></tr>\n`;
