/**
 * 保密审查表 (R10) on paper: what the screen's form asks and answered, the opinions with room to sign by pen, and under it
 * every page on every board, so that the leader signs what will be lit.
 */
import { formatCivil } from "../../time/zone.ts";
import type { Instant } from "../../time/clock.ts";
import { html, type Markup, type Part, sheetFoot, sheetHead } from "./html.ts";
import { footLine, type SheetParts } from "./register-sheet.ts";

/** The eight checks, in the order of the form, with what each asks. */
export const checkWords = [
  ["state-secret", "国家秘密", "是否涉及国家秘密"],
  ["work-secret", "工作秘密", "是否涉及工作秘密"],
  ["trade-secret", "商业秘密", "是否涉及商业秘密"],
  ["privacy", "个人隐私", "是否涉及个人隐私"],
  ["security", "安全稳定", "公开后是否危及国家安全、公共安全、经济安全和社会稳定"],
  ["internal", "内部事务", "是否属于内部事务信息、过程性信息"],
  ["third-party", "第三方意见", "涉及第三方权益的，是否征求其意见"],
  ["wording", "文字表述", "文字、数字、名称、落款是否准确规范"],
] as const;

export type CheckName = (typeof checkWords)[number][0];

export interface CaseForm {
  readonly notice: string;
  readonly number: number;
  /** 表号. */
  readonly form: string;
  readonly title: string;
  readonly body: string;
  /** 落款. */
  readonly signature: string;
  readonly unit: string;
  /** 载体. */
  readonly carrier: string;
  readonly category: string;
  readonly openness: string;
  readonly opennessReason: string | null;
  readonly fiveOpen: string | null;
  /** 文号 or 会议; "" where there is none. */
  readonly source: string;
  readonly from: Instant;
  readonly until: Instant;
  /** When it plays, in words. */
  readonly rule: string;
  readonly answers: {
    readonly [check in CheckName]?: { readonly answer: "clear" | "handled" | "found"; readonly note: string };
  };
  /** In the order in which they were taken. */
  readonly steps: readonly FormStep[];
  /** 64 hex digits: of the content. */
  readonly revision: string;
  /** Typeset for each board when it was handed in: what is signed. */
  readonly pixels: readonly { readonly board: string; readonly message: string }[];
}

export interface FormStep {
  readonly step: string;
  readonly name: string;
  /** Whom a deputy stands for. */
  readonly instead: string | null;
  readonly at: Instant;
  readonly words: string;
  /** Who had set the signer's password anew shortly before, and when (wall clock). */
  readonly reset?: { readonly by: string; readonly at: Instant };
}

/** A board's pages as pictures; a strip that is wider than paper comes in pieces. */
export interface BoardPages {
  readonly name: string;
  readonly shape: string;
  readonly message: string;
  readonly pages: readonly {
    readonly addresses: readonly string[];
    readonly width: number;
    readonly caption: string;
  }[];
}

export interface FormParts extends Pick<SheetParts, "office" | "zone" | "practice" | "foot" | "printedAt"> {
  readonly form: CaseForm;
  readonly boards: readonly BoardPages[];
}

const answerWords = { clear: "无问题", handled: "有，已处理", found: "有，未处理" } as const;

export function* formSheet(parts: FormParts): Generator<string> {
  const { form, boards, office, practice } = parts;
  yield sheetHead({ title: `保密审查表 ${form.form} ${form.title}`, paper: "portrait", practice });
  yield html`<h1>信息公开保密审查表</h1>
<div class="about"><span>单位：${office}</span><span>表号：${form.form}</span></div>
<table class="form"><colgroup><col class="head"><col><col class="head"><col></colgroup><tbody>
${factRows(form, parts.zone)}
<tr><th scope="row">审查事项</th><td colspan="3" class="wide">${checks(form)}</td></tr>
${opinions(form, parts.zone)}
</tbody></table>
<div class="note">${footLine(parts)}</div>
<div class="note">内容校验码 ${form.revision}</div>
`.source;
  yield html`<h2>一、信息全文</h2>
<p>${form.body.split("\n").map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p>
<p>${form.signature}</p>
<h2>二、各公开栏画面（与签发的点阵一致）</h2>
<div class="figures">
`.source;
  for (const board of boards) yield `${figures(board).source}\n`;
  yield `</div>\n${sheetFoot}`;
}

function factRows(form: CaseForm, zone: string): Part {
  const time = (at: Instant) => formatCivil(zone, at).slice(0, 16).replace("T", " ");
  const row = (one: string, value: Part, other: string, second: Part) =>
    html`<tr><th scope="row">${one}</th><td>${value}</td><th scope="row">${other}</th><td>${second}</td></tr>\n`;
  const openness = form.opennessReason === null ? form.openness : `${form.openness}(${form.opennessReason})`;
  return [
    html`<tr><th scope="row">标题</th><td colspan="3">${form.title}</td></tr>\n`,
    row("报送单位", form.unit, "信息编号", `${form.notice} 第 ${form.number} 版`),
    row("载体", form.carrier, "文号/会议", form.source),
    row("类别", form.category, "五公开", form.fiveOpen),
    row("公开方式", openness, "播放", form.rule),
    row(
      "公开栏",
      form.pixels.map(({ board }) => board).join("、"),
      "起止",
      html`${time(form.from)}<br>至 ${time(form.until)}`,
    ),
  ];
}

function checks({ answers }: CaseForm): Markup {
  return html`<table class="check-list"><colgroup><col class="check"><col class="answer"><col></colgroup>
<thead><tr><th scope="col">审查内容</th><th scope="col">结论</th><th scope="col">说明</th></tr></thead><tbody>
${checkWords.map(([name, , asks], index) => {
  const said = answers[name];
  const answer = said === undefined ? "□无问题 □有" : answerWords[said.answer];
  return html`<tr><td>${index + 1}. ${asks}</td><td class="answer">${answer}</td><td>${said?.note ?? ""}</td></tr>\n`;
})}</tbody></table>`;
}

const opinionRows = [
  ["经办人", ["submitted", "uploaded"]],
  ["保密审查意见", ["reviewed", "attested"]],
  ["分管领导签发", ["signed", "countersigned"]],
] as const;

/** An opinion that was given on the screen stands there with its name and time; the others have room for a pen. */
function opinions({ steps }: CaseForm, zone: string): Part {
  const given = opinionRows.map(([head, kinds]) => {
    const step = steps.findLast((one) => (kinds as readonly string[]).includes(one.step));
    const when = step === undefined ? null : formatCivil(zone, step.at).slice(0, 16).replace("T", " ");
    const deputy = step?.instead ? `(代 ${step.instead})` : "";
    return html`<tr class="opinion"><th scope="row">${head}</th><td colspan="3">${step?.words ?? ""}${resetNote(step, zone)}
<div class="sign"><span>签字：${step ? `${step.name}${deputy}` : ""}</span><span>${
      when ?? html`<i>年</i><i>月</i><i>日</i>`
    }</span></div></td></tr>\n`;
  });
  const back = steps.filter(({ step }) => step === "returned" || step === "withdrawn");
  const other = back.map(({ step, name, words }) => `${step === "returned" ? "退回" : "撤回"}:${name} ${words}`);
  return [...given, html`<tr><th scope="row">备注</th><td colspan="3">${other.join("; ")}</td></tr>\n`];
}

/** Whoever set the password anew could have signed with it. */
function resetNote(step: FormStep | undefined, zone: string): Part {
  if (!step?.reset) return "";
  const { by, at } = step.reset;
  const when = formatCivil(zone, at).slice(0, 16).replace("T", " ");
  return html`<div class="note">签发前口令由 ${by} 于 ${when} 重置，本人此后未自行修改 / password reset by ${by} at ${when} before this signature, not changed by its owner since</div>`;
}

function figures({ name, shape, message, pages }: BoardPages): Markup {
  return html`<h2>${name}(${shape})</h2>
<div class="note">版面校验码 ${message}</div>
${pages.map(
  ({ addresses, width, caption }) =>
    html`<figure>${addresses.map(
      (address) => html`<img src="${address}" width="${width}" alt="${`${name} ${caption}`}">`,
    )}<figcaption>${caption}</figcaption></figure>\n`,
)}`;
}
