/** What hangs in the gallery: every template with a text that an office would write, every motion on one page. */
import type { Fault } from "../../src/fault.ts";
import {
  makeMessage,
  type Message,
  type Page,
  sha256Hex,
  type Shape,
  type Transition,
} from "../../src/message/index.ts";
import type { Content } from "../../src/notices/types.ts";
import { Canvas } from "../../src/typeset/canvas.ts";
import { typeset, type TypesetRequest } from "../../src/typeset/index.ts";
import { photo, scannedPage } from "../typeset/picture-files.ts";
import { kept } from "../typeset/picture-setting.ts";
import { content, instant, sampleRequest, zone } from "../typeset/samples.ts";

export interface Exhibit {
  /** 中文, then the name in the code. */
  readonly name: string;
  readonly make: (shape: Shape) => { readonly message: Message } | { readonly why: string };
  /** Of clocks and days; civil. */
  readonly at?: string;
  /** The page that is shown where only one is: the first unless given. */
  readonly telling?: number;
}

function ofRequest(name: string, request: (shape: Shape) => TypesetRequest, at?: string): Exhibit {
  const make = (shape: Shape) => {
    const set = typeset(request(shape));
    return set.ok ? { message: set.message } : { why: set.faults.map(whyOf).join(" ") };
  };
  return { name, make, ...(at === undefined ? {} : { at }) };
}

function whyOf(fault: Fault): string {
  return fault.code === "notice/does-not-fit" ? `${fault.detail.zh} / ${fault.detail.en}` : fault.code;
}

function of(name: string, differences: Partial<Content>, at?: string): Exhibit {
  const window = { from: instant("2017-09-25T00:00"), until: instant("2017-10-01T00:00") };
  return ofRequest(name, (shape) => ({ notice: "G", content: content(differences), shape, zone, window }), at);
}

function sample(name: string, id: string, at?: string): Exhibit {
  return ofRequest(name, (shape) => sampleRequest(id, shape), at);
}

function pictured(name: string, raster: ReturnType<typeof photo>, caption?: string): Exhibit {
  const picture = kept(raster);
  return ofRequest(name, (shape) => ({
    ...sampleRequest("N01", shape),
    content: content({
      displayKind: "picture",
      pictures: [{ sha256: picture.sha256, ...(caption === undefined ? {} : { caption }) }],
    }),
    pictures: [picture],
  }));
}

const nobody = { org: "", date: null };
const office = { org: "青石港办事处", date: "2017-09-22" };

export const templateExhibits: readonly Exhibit[] = [
  sample("标语 slogan", "N01"),
  sample("长标语 slogan, long", "N02"),
  sample("欢迎词 welcome", "N15"),
  of("待机画面 default", { displayKind: "default", body: "沿河社区公开栏\n监督电话 0715-0000000" }),
  sample("通知 notice", "N03"),
  sample("停水通知 notice", "N21"),
  sample("长标题 notice, long title", "N22"),
  sample("生僻字 notice, rare names", "N33"),
  of("公示 publicity", {
    displayKind: "publicity",
    title: "2017年第三季度城市低保新增对象公示",
    body: "经本人申请、入户调查、民主评议,拟将下列家庭纳入城市最低生活保障,现予公示。\n户主|人数|月保障金额(元)\n王*兰|2|860\n刘*|1|470\n欧阳*成|3|1180",
    publicity: { required: 5, unit: "workday", phone: "0715-0000000", contact: "街道纪工委" },
    signature: office,
  }),
  sample("表格 table", "N09"),
  sample("表格 table, wide", "N06"),
  of("名单 list", {
    displayKind: "list",
    title: "政务公开监督员名单",
    body: "王喆\n李堃\n赵翀\n龚䶮\n沈知言\n罗静禾\n许宁\n梅一舟\n阿依努尔·买买提\n欧阳成\n程砚平\n盛望舒",
    signature: office,
  }),
  { ...sample("值班表 duty", "N16", "2017-10-01T08:30"), telling: 1 },
  of("期次封面 cover", {
    displayKind: "cover",
    title: "党务政务公开栏",
    body: "第4期\n第三季度低保新增对象公示\n“三公”经费决算公开\n危房改造进展\n听证会公告",
    signature: { org: "青石港办事处", date: "2017-10-09" },
  }),
  sample("暴雨橙色预警 emergency", "N19"),
  ...(["蓝", "黄", "红"] as const).map((colour) =>
    of(`${colour}色预警 emergency`, {
      displayKind: "emergency",
      title: `大风${colour}色预警`,
      body: "青石市气象台9月25日10时发布。请加固棚架,停止高空作业,远离广告牌。",
      alert: { msgType: "Alert", identifier: "G", references: null, colour },
      signature: nobody,
    }),
  ),
  sample("解除预警 emergency, over", "N20"),
  sample("日期时间 clock", "N17", "2017-10-09T08:05"),
  of(
    "带农历 clock, lunar",
    { displayKind: "clock", body: "{{date:M月D日}} 星期{{weekday}} {{time:HH:mm}} 农历{{lunar}}" },
    "2017-09-28T08:05",
  ),
  sample("倒计时 countdown", "N18", "2017-11-21T10:00"),
  of(
    "工作日倒计时 countdown, working days",
    { displayKind: "countdown", body: "距年度考核还有{{workdaysTo:2017-10-20}}个工作日" },
    "2017-09-26T10:00",
  ),
  of("二维码 qrcode", { displayKind: "qrcode", body: "{{qr:http://qsg.cn/yj}}\n扫码提意见" }),
  pictured("图片 picture", photo(480, 240), "滨河绿地"),
  pictured("扫描件 picture, scanned", scannedPage(100).raster),
];

/** The first that stands on the panel. */
const movingTexts = ["政务公开", "公开", "公", "8:30-17:30", "17:30", "24h"];

/** A page that stands, moved. */
function moving(name: string, change: (page: Page) => Partial<Page>): Exhibit {
  const make = (shape: Shape) => {
    for (const body of movingTexts) {
      const set = typeset({ ...sampleRequest("N01", shape), content: content({ displayKind: "slogan", body }) });
      const page = set.ok ? set.message.pages[0] : undefined;
      if (page?.motion !== "hold") continue;
      const still: Page = { ...page, holdMs: 3000 };
      return { message: makeMessage(shape, [{ ...still, ...change(still) }], sha256Hex) };
    }
    return { why: movingTexts.join(" ") };
  };
  return { name, make };
}

const msPerPx = 25;
const transition = (name: Transition["name"], direction: Transition["direction"]): Transition => ({
  name,
  direction,
  msPerPx,
});

/** A loop in which half a panel of black follows the page. */
function loop({ bitmap }: Page, side: "wide" | "tall"): Partial<Page> {
  const { width, height, format } = bitmap;
  const colour = format === "mono1" ? "mono" : format === "dual2" ? "dual" : "rgb";
  const black = { wide: Math.ceil(width / 2), tall: Math.ceil(height / 2) }[side];
  const canvas = new Canvas(width + (side === "wide" ? black : 0), height + (side === "tall" ? black : 0), colour);
  canvas.picture(bitmap, 0, 0);
  return { bitmap: canvas.bitmap(), msPerPx };
}

export const motionExhibits: readonly Exhibit[] = [
  moving("静止 hold", () => ({})),
  moving("闪烁 blink", () => ({ motion: "blink", msPerPx: 500 })),
  moving("左移 scroll-left", (page) => ({ motion: "scroll-left", ...loop(page, "wide") })),
  moving("右移 scroll-right", (page) => ({ motion: "scroll-right", ...loop(page, "wide") })),
  moving("上移 scroll-up", (page) => ({ motion: "scroll-up", ...loop(page, "tall") })),
  moving("下移 scroll-down", (page) => ({ motion: "scroll-down", ...loop(page, "tall") })),
  moving("展开 wipe", () => ({ entry: transition("wipe", "right"), exit: transition("wipe", "right") })),
  moving("推入 push", () => ({ entry: transition("push", "up"), exit: transition("push", "up") })),
  moving("拉幕 reveal", () => ({
    entry: transition("reveal", "horizontal"),
    exit: transition("reveal", "horizontal"),
  })),
];

/** What a sign with letters and figures only can say, and what it answers to Chinese. */
export const latinExhibits: readonly Exhibit[] = [
  of("标语 slogan", { displayKind: "slogan", body: "OPEN 24H" }),
  of("长标语 slogan, long", { displayKind: "slogan", body: "HOTLINE 12345 / 0715-0000000" }),
  of("通知 notice", { title: "CLOSED", body: "Back on 9 Oct, 8:30 a.m.", signature: nobody }),
  of("时间 clock", { displayKind: "clock", body: "{{time:HH:mm}}" }),
  of("日期时间 clock", { displayKind: "clock", body: "{{date:MM-DD}} {{time:HH:mm}}" }),
  of("倒计时 countdown", { displayKind: "countdown", body: "{{daysTo:2017-10-20}} days" }),
  of("汉字 Chinese", { displayKind: "slogan", body: "为人民服务" }),
];

/** Every sample notice, to be looked through after a change. */
export function sampleExhibits(ids: readonly string[]): readonly Exhibit[] {
  return ids.map(sampleExhibit);
}

export function sampleExhibit(id: string): Exhibit {
  return sample(id, id);
}
