/** 交接单: what somebody who leaves hands over, printed and signed by both. */
import type { Sentence } from "../../fault.ts";
import { html, type Markup, sheetFoot, sheetHead } from "./html.ts";

/** As it is handed over, on paper and by the API. */
export interface HandoverBoard {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** Where its panel is reached: an address of the network, a serial port. */
  readonly link: Sentence;
  readonly custodian: string;
}

export interface HandoverSheet {
  readonly office: string;
  readonly practice: boolean;
  /** Civil, as it is printed. */
  readonly on: string;
  readonly leaver: string;
  readonly drafts: readonly { readonly notice: string; readonly title: string }[];
  readonly cases: readonly { readonly id: string; readonly title: string; readonly state: string }[];
  readonly boards: readonly HandoverBoard[];
  readonly secrets: readonly Sentence[];
  readonly howTo: readonly Sentence[];
}

const stateZh: Readonly<Record<string, string>> = {
  "office-review": "待审核",
  signature: "待签发",
  returned: "已退回",
};

export function handoverSheet(sheet: HandoverSheet): string {
  const { office, practice, on, leaver, drafts, cases, boards, secrets, howTo } = sheet;
  const open = [
    ...drafts.map(({ notice, title }) => [notice, title, "草稿"]),
    ...cases.map(({ id, title, state }) => [id, title, stateZh[state] ?? state]),
  ];
  const body = html`<h1>公开栏工作交接单</h1>
<div class="about"><span>单位：${office}</span><span>移交人：${leaver}</span><span>接收人:　　　　</span><span>${on}</span></div>
<h2>一、未办结的信息</h2>
${open.length === 0 ? html`<p class="note">没有。</p>` : table("work", ["编号", "标题", "办到哪一步"], open)}
<h2>二、公开栏与线路</h2>
${table(
  "lines",
  ["编号", "名称", "地点", "线路", "保管人"],
  boards.map(({ id, name, place, link, custodian }) => [id, name, place, link.zh, custodian]),
)}
<h2>三、要更换的口令和密码（换好一项勾一项）</h2>
${table(
  "ticks",
  ["☐", "项目", "更换日期", "经手人"],
  secrets.map(({ zh }) => ["☐", zh, "", ""]),
)}
<h2>四、日常怎么做</h2>
<ol>${howTo.map(({ zh }) => html`<li>${zh}</li>`)}</ol>
<div class="signatures"><span>移交人签字：<i>　　　　</i></span><span>接收人签字：<i>　　　　</i></span><span>监交人签字：<i>　　　　</i></span><span>日期：</span></div>
`.source;
  return sheetHead({ title: `公开栏工作交接单 ${leaver}`, paper: "portrait", practice }) + body + sheetFoot;
}

/** `kind`: how wide its columns are. */
function table(
  kind: "work" | "lines" | "ticks",
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Markup {
  return html`<table class="${kind}"><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}
