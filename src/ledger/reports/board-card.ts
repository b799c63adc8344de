/** 屏卡: a card of A5 that hangs beside a board: what it is, who keeps it, how it is made dark without us, its page as a QR code. */
import { html, type Markup, sheetFoot, sheetHead } from "./html.ts";

export interface BoardCard {
  readonly office: string;
  readonly practice: boolean;
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  /** The board's page for telephones. */
  readonly url: string;
  /** Whether telephones of the office's network reach it. */
  readonly open: boolean;
  /** The QR code of `url` with its quiet zone, a row a line: # dark, . light; null: too long for one. */
  readonly code: readonly string[] | null;
}

export function boardCard({ office, practice, id, name, place, custodian, url, open, code }: BoardCard): string {
  const body = html`<h1>${name}</h1>
<p class="about"><span>${office}</span><span class="no">${id}</span></p>
<div class="halves">
<dl>
<dt>地点</dt><dd>${place}</dd>
<dt>保管人</dt><dd>${custodian}</dd>
<dt>电源开关位置</dt><dd class="blank"></dd>
<dt>值班电话</dt><dd class="blank"></dd>
</dl>
<figure>${code === null ? null : picture(code)}<figcaption>扫码\uff1a此刻应显示什么\u3001报修\u3001紧急关屏</figcaption></figure>
</div>
<h2>内容不对怎么办</h2>
<ol>
<li>扫码打开本屏页面\uff0c登录后按\u201c紧急关屏\u201d并写明原因\u3002</li>
<li>屏在 10 秒内没有变黑\uff0c或扫不了码\uff1a立即拉下上面写明的电源开关\u3002</li>
<li>报告保管人和值班电话\u3002恢复显示须由有此职责的人办理\uff0c不要自行合闸\u3002</li>
</ol>
<p class="address">${url}${open ? null : html`<br>系统还没有对办公网开放\uff0c这个二维码只在服务器本机打得开\uff1a开放后请重新打印\u3002`}</p>
`.source;
  return sheetHead({ title: `屏卡 ${id} ${name}`, paper: "card", practice }) + body + sheetFoot;
}

/** One path of whole modules; the quiet zone that readers need is in the rows. */
function picture(rows: readonly string[]): Markup {
  const side = rows.length;
  const runs = rows.flatMap((row, y) =>
    [...row.matchAll(/#+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  );
  return html`<svg viewBox="0 0 ${side} ${side}" role="img" aria-label="二维码" shape-rendering="crispEdges"><path d="${runs.join("")}"/></svg>`;
}
