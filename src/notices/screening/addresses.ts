/**
 * Homes, down to the door. A street and its number is a shop's or an office's as well; what counts is a flat (栋、单元、室), a
 * door in a village's group (村3组12号), or a street's number that is said to be where somebody lives.
 */
import { folded, type Span, spanOf } from "./text.ts";

export interface AddressHit extends Span {
  /** Only as far as the street, the village, the estate. */
  readonly proposal: string;
}

const figure = String.raw`(?:\d{1,5}|[一二三四五六七八九十百\u3007零两]{1,5})`;
const letter = "[A-Za-z甲乙丙丁戊东西南北]";
const place = String.raw`\p{Script=Han}{1,8}?`;
const block = String.raw`(?:${figure}|${letter})\d{0,2}(?:号楼|栋|幢|座|号院|楼栋)`;
const entrance = `(?:${figure}|${letter})单元`;
const room = String.raw`(?:\d{1,2}楼|${figure}层)?${figure}[A-Za-z]?(?:号?室|号房|号?户|房间?|号)(?![楼院栋幢座线路])`;
const bareRoom = String.raw`[1-9]\d{2,3}(?![\d%.]|\s?(?:元|户|人|米|平))`;
/** What stands between a street's name and its number. */
const between = String.raw`(?:\p{Script=Han}{1,4}[段里弄巷])?`;

const forms: readonly RegExp[] = [
  // 柳林村3组12号, 柳林村十一组7号, 李家湾12号, 新桥社区二组5号
  `(?<area>${place}(?:村|社区|屯|[庄湾塆寨坪冲](?=[第\\d一二三四五六七八九十])))(?<detail>第?(?:${figure}(?:村民)?小?[组队])?(?:\\p{Script=Han}{2,4}[湾塆屯寨冲])?${figure}号(?!楼|院|线|路|井|桥|令|文|公告|通知|点|站|展|窗|机|地块|标|图|工程|项目|泵|闸))`,
  // 沿河路8号2栋3单元502室, 沿河路8号502室, 阳光小区3栋2单元502, 青年街老巷12弄3号502室
  `(?<area>${place}(?:大道|路|街|巷|道|里|弄|胡同|小区|花园|家园|新村|公寓|苑|城|府|园|庭|院|湾|社区|村))(?<detail>${between}(?:${figure}(?:-\\d+)?(?:号院?|弄))?(?:${figure}号)?(?:(?:${block})(?:${entrance})?(?:${room}|${bareRoom})|(?:${entrance})(?:${room}|${bareRoom})|(?<=公寓|小区|花园|家园|苑|\\d号)\\d{2,5}室))`,
  // 阳光小区5-2-502, 阳光花园3#502
  `(?<area>${place}(?:小区|花园|家园|新村|公寓|苑|城|府|庭))(?<detail>\\d{1,3}(?:栋|幢|座|#)?[-#]\\d{1,2}[-#]\\d{3,4}室?|\\d{1,3}#\\d{3,4})(?![\\d-])`,
].map((form) => new RegExp(form, "gu"));

/** Said of people, not of offices. */
const lives = `(?:家住|现住|常住|住在|居住[于在]?|住址|家庭地址|户籍地址?|户籍所在地|户口所在地)`;
const home = new RegExp(
  String.raw`${lives}[:\s为是在于]{0,3}(?<area>${place}(?:大道|路|街|巷|道|里|弄|胡同|小区|村|社区))(?<detail>${between}${figure}号(?!楼|院|线))`,
  "gu",
);

const office =
  /办事处|政府|机关|大楼|大厦|写字楼|中心|大厅|窗口|办公|会议室|委员会|村委|居委|公司|学校|医院|银行|法院|派出所|服务站|工作站|图书馆|活动室|值班室|接待室|党政办/;
const officeLabel =
  /(?:办公|办事|受理|办理|联系|接待|报名|现场|邮寄|通讯|通信|经营|注册|开标|评标|投标|会议|活动)(?:地址|地点)[:\s为是在于]{0,3}$/;
/** What only people have. */
const dwelling = /单元|户$/;
const reach = 14;

/** Hits in the order of the text, none over another. */
export function screenAddresses(text: string): AddressHit[] {
  const read = folded(text);
  const { plain } = read;
  const hits: { from: number; to: number; areaTo: number }[] = [];
  for (const form of [...forms, home]) {
    for (const match of plain.matchAll(form)) {
      const { area = "", detail = "" } = match.groups ?? {};
      const to = match.index + match[0].length;
      const areaTo = to - detail.length;
      const from = areaTo - nameOf(area).length;
      if (form !== home && isOffice(plain, from, to, detail)) continue;
      if (hits.some((hit) => from < hit.to && hit.from < to)) continue;
      hits.push({ from, to, areaTo });
    }
  }
  return hits
    .sort((left, right) => left.from - right.from)
    .map(({ from, to, areaTo }) => ({
      ...spanOf(text, read, from, to),
      proposal: spanOf(text, read, from, areaTo).found,
    }));
}

/** Words before a place's name belong to the sentence. */
function nameOf(area: string): string {
  return area.replace(
    /^.*(?:家住|现住|常住|住在|居住于|居住在|居住|住址|地址|位于|户籍|户主|现居|住|在|号)(?=.{2})/u,
    "",
  );
}

function isOffice(plain: string, from: number, to: number, detail: string): boolean {
  const lineFrom = plain.lastIndexOf("\n", from - 1) + 1;
  const before = plain.slice(Math.max(lineFrom, from - reach), from);
  if (dwelling.test(detail)) return false;
  const after = /^[^,;\u3001\u3002\n|]{0,8}/.exec(plain.slice(to))?.[0] ?? "";
  return officeLabel.test(before) || office.test(plain.slice(from, to)) || office.test(after);
}
