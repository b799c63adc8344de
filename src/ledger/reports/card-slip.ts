/** 装卡单: what goes with a stick to a sign that nobody but a person reaches: what, where, how, until when; and who did it. */
import { formatCivil } from "../../time/zone.ts";
import type { Instant } from "../../time/clock.ts";
import { byteOrderMark, csvLine } from "./csv.ts";
import { html, type Part, sheetFoot, sheetHead } from "./html.ts";

export interface SlipPage {
  readonly file: string;
  readonly motion: string;
  readonly lastsMs: number;
  readonly msPerPx: number;
  readonly piece: number;
  readonly pieces: number;
}

export interface SlipItem {
  readonly order: number;
  readonly notice: string;
  readonly title: string;
  readonly from: Instant;
  /** By then it must be off the sign. */
  readonly until: Instant;
  readonly signedBy: string;
  /** SHA-256 of what was signed, 64 hex digits. */
  readonly message: string;
  readonly durationMs: number;
  readonly pages: readonly SlipPage[];
  /** Not by anybody's word on the sign yet. */
  readonly isNew: boolean;
  /** What stands between notices; its end is nobody's concern. */
  readonly isDefault: boolean;
}

export interface SlipParts {
  readonly office: string;
  readonly zone: string;
  readonly practice: boolean;
  readonly board: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  /** "P10 单红", and of how many dots. */
  readonly model: string;
  readonly width: number;
  readonly height: number;
  readonly colour: "mono" | "dual" | "rgb";
  /** The card, and its maker's program, as the installation file has them; null: to be written by pen. */
  readonly card: string | null;
  readonly tool: string | null;
  readonly folder: string;
  readonly load: string;
  readonly code: string;
  /** When the sign first was to have this. */
  readonly since: Instant;
  readonly items: readonly SlipItem[];
  /** On the sign by somebody's word, and no more to be there. */
  readonly off: readonly { readonly notice: string; readonly title: string; readonly until: Instant }[];
  /** Signed for it, and not to be carried. */
  readonly left: readonly { readonly notice: string; readonly title: string; readonly why: string }[];
}

export interface SlipLook {
  /** Where a page's picture is, from where the slip is. */
  picture(file: string): string;
  /** The stylesheet in the sheet itself, for who opens it without us. */
  readonly inline: boolean;
}

const colours = { mono: "单色", dual: "双色", rgb: "全彩" } as const;
/** More pages than these are on the stick, and not on paper. */
const picturesMost = 60;

export function cardSlip(parts: SlipParts, look: SlipLook): string {
  const { office, practice, board, name, place, custodian, model, width, height, code, folder } = parts;
  const when = (at: Instant) => formatCivil(parts.zone, at).slice(0, 16).replace("T", " ");
  const ends = parts.items.filter(({ isDefault }) => !isDefault).map(({ until }) => until);
  const first = ends.length === 0 ? null : Math.min(...ends);
  const pictures = parts.items.flatMap(({ pages }) => pages).length;
  const body = html`<h1>装卡单</h1>
<div class="about"><span>${office}</span><span>装卡码 <b class="code">${code}</b></span></div>
<table class="form">
<colgroup><col class="head"><col><col class="head"><col></colgroup>
<tr><th>公开栏</th><td>${board} ${name}</td><th>位置</th><td>${place}</td></tr>
<tr><th>显示屏</th><td>${model === "" ? null : `${model}\uff0c`}${width}×${height} 点\uff0c${colours[parts.colour]}</td><th>保管人</th><td>${custodian}</td></tr>
<tr><th>控制卡</th><td>${parts.card ?? blank("型号")}</td><th>厂家软件</th><td>${parts.tool ?? blank("名称\u3001版本")}</td></tr>
<tr><th>文件夹</th><td>${folder}/\uff08${pictures} 个画面\uff09</td><th>内容形成</th><td>${when(parts.since)}</td></tr>
</table>
<h2>一\u3001装入这些\uff0c按这个次序\uff0c一遍接一遍</h2>
${itemTable(parts, when)}
${
  first === null
    ? null
    : html`<p class="late">这块屏不认时间\uff1a装进去的一直播\uff0c到期不会自己停\u3002最早在 ${when(first)} 就要再来装一次卡\uff08或断电\uff09\uff1b系统会提醒\u3002</p>`
}
<h2>二\u3001原来在屏上\u3001这次必须没有了的</h2>
${
  parts.off.length === 0
    ? html`<p>没有\u3002装新节目时仍要清掉卡上原有的全部节目\u3002</p>`
    : html`<ul>${parts.off.map(({ notice, title, until }) => html`<li>${notice} ${title}\uff08${when(until)} 已到期或撤下\uff09</li>`)}</ul>`
}
${
  parts.left.length === 0
    ? null
    : html`<h2>签给这块屏\u3001但没有放进来的</h2>
<ul>${parts.left.map(({ notice, title, why }) => html`<li>${notice} ${title}\uff1a${why}</li>`)}</ul>`
}
<h2>三\u3001怎么做</h2>
<ol>
<li>把整个文件夹 ${folder} 拷到 U 盘\u3002用 boardcast carry 拷的\uff0c写完已逐个文件核对\uff1b自己拷的\uff0c请先安全弹出再拔\u3002</li>
<li>在装有厂家软件的电脑上新建节目\uff0c屏宽 ${width} 点\u3001屏高 ${height} 点\u3001${colours[parts.colour]}\u3002屏参（扫描\u3001极性\u3001数据走线\uff09一个都不要改\u3002</li>
<li>照 playlist.csv 的次序把图片一张张加进去\uff1a原大小\uff0c不缩放\uff0c不加边框\uff0c停留和移动照表\u3002软件的移动速度只有几档的\uff0c选最接近而不更快的\u3002</li>
<li>清除卡上原有节目\uff0c再把新节目导出到 U 盘\u3001插到屏的卡上\uff0c等它提示装完\u3002</li>
<li>站在屏前看完一遍\uff0c和上面的画面一张张对\u3002不对就断电\uff0c报保管人\u3002</li>
<li>在系统\u201c纸质张贴和装卡\u201d里按装卡码 ${code} 登记\u201c确认已装入\u201d\uff0c可附照片\uff1a没有人登记\uff0c系统就当作没有装\u3002</li>
</ol>
<p>从系统里关不了这块屏\u3002要它马上变黑\uff1a断电处 ${blank("")}</p>
<div class="signatures"><span>拷贝人\uff1a</span><span>装入人\uff1a</span><span>核对人\uff1a</span><span>装完时间\uff1a</span></div>
<h2>画面</h2>
${figures(parts, look)}
<div class="chain"><span>装卡内容 SHA-256 ${parts.load}</span></div>
`.source;
  const style = look.inline ? "inline" : "linked";
  return sheetHead({ title: `装卡单 ${board} ${code}`, paper: "portrait", practice, style }) + body + sheetFoot;
}

function itemTable({ items }: SlipParts, when: (at: Instant) => string): Part {
  return html`<table class="lines carry">
<thead><tr><th>序</th><th>信息</th><th>画面</th><th>一遍</th><th>起 — 止\uff08到止必须撤下\uff09</th><th>签发</th></tr></thead>
<tbody>${items.map(
    ({ order, notice, title, pages, durationMs, from, until, signedBy, message, isNew, isDefault }) =>
      html`<tr><td>${order}</td><td>${isDefault ? "待机画面" : `${notice} ${title}`}${isNew ? html` <b>新</b>` : null}<br><small>版面 ${message.slice(0, 16)}</small></td><td>${filesOf(pages)}</td><td>${secondsOf(durationMs)}</td><td>${isDefault ? "一直" : html`${when(from)}<br>${when(until)}`}</td><td>${signedBy}</td></tr>`,
  )}</tbody>
</table>`;
}

function figures({ items }: SlipParts, look: SlipLook): Part {
  const all = items.flatMap(({ pages, title }) => pages.map((page) => ({ ...page, title })));
  const shown = all.slice(0, picturesMost);
  const more = all.length - shown.length;
  return html`<div class="figures pages">${shown.map(
    (page) =>
      html`<figure><img src="${look.picture(page.file)}" alt="${page.title}"><figcaption>${page.file}\uff1a${motionOf(page)}</figcaption></figure>`,
  )}</div>${more > 0 ? html`<p>另有 ${more} 个画面\uff0c见文件夹\u3002</p>` : null}`;
}

/** For whoever types it into the maker's program: a picture a line, in the order in which they come. */
export function playListCsv({ items, zone }: Pick<SlipParts, "items" | "zone">): string {
  const when = (at: Instant) => formatCivil(zone, at).slice(0, 16).replace("T", " ");
  const heads = ["次序", "文件", "显示方式", "时长（秒）", "每点毫秒", "信息", "标题", "起", "止", "版面 SHA-256"];
  let line = 0;
  const rows = items.flatMap((item) =>
    item.pages.map((page) => {
      line += 1;
      const [from, until] = item.isDefault ? ["", ""] : [when(item.from), when(item.until)];
      const { notice, title, message } = item;
      const lasts = page.piece === 1 ? (page.lastsMs / 1000).toFixed(1) : "";
      return csvLine([line, page.file, motionOf(page), lasts, page.msPerPx, notice, title, from, until, message]);
    }),
  );
  return byteOrderMark + csvLine(heads) + rows.join("");
}

const ways: Readonly<Record<string, string>> = {
  hold: "静止",
  blink: "闪烁",
  "scroll-left": "连续左移",
  "scroll-right": "连续右移",
  "scroll-up": "连续上移",
  "scroll-down": "连续下移",
};

function motionOf({ motion, piece, pieces, msPerPx, lastsMs }: SlipPage): string {
  const way = ways[motion] ?? motion;
  if (motion === "hold") return `${way} ${secondsOf(lastsMs)}`;
  if (motion === "blink") return `${way}\uff0c亮灭各 ${msPerPx} 毫秒\uff0c共 ${secondsOf(lastsMs)}`;
  return pieces === 1
    ? `${way}\uff0c每点 ${msPerPx} 毫秒`
    : `${way}\uff0c每点 ${msPerPx} 毫秒\uff0c第 ${piece}/${pieces} 段\uff0c首尾相接`;
}

function filesOf(pages: readonly SlipPage[]): string {
  const [first, last] = [pages[0]?.file ?? "", pages.at(-1)?.file ?? ""];
  return first === last ? first : `${first} … ${last}`;
}

const secondsOf = (ms: number): string => `${Number((ms / 1000).toFixed(1))} 秒`;
const blank = (what: string): Part => html`<span class="pen">${what}</span>`;
