/** Where a line may end and what that costs (GB/T 15834, GB/T 9704, W3C clreq "Prohibition rules for line start and end"). */
import { type Cell, isSpace } from "./text.ts";

// Full-width forms are written as escapes: many editors and transports fold them to their narrow twins unasked.
const closing =
  "\uff0c\uff1b\uff1a\uff0e\uff09\uff3d\uff5d\u3001\u3002\u300b\u201d\u2019\u300f\u300d\u3011\u3015\u3009";
const opening = "\uff08\uff3b\uff5b\u300a\u201c\u2018\u300e\u300c\u3010\u3014\u3008";
/** Marks whose full-width picture has an empty right half, or left half: the only ones that are set narrower. */
export const closingMarks: ReadonlySet<string> = new Set(closing);
export const openingMarks: ReadonlySet<string> = new Set(opening);
export const neverFirst: ReadonlySet<string> = new Set(
  `${closing}\uff1f\uff01\uff05\uff5e\uff0f\u2026\u2014\u2013\u2103\u2030\u00b0\u00b7\u30fb\u3005,;:?!.)]}%~-/`,
);
/** A solidus stands at neither edge (GB/T 15834 5.1.11); an address on the net, which is a run, has its own rule. */
export const neverLast: ReadonlySet<string> = new Set(`${opening}\uff04\uffe5\uff0f([{$\u00a5/`);
/** Ends of clauses: after them a line of a title ends best. */
export const clauseEnds: ReadonlySet<string> = new Set(
  "\uff0c\uff1b\uff1a\uff1f\uff01\u3001\u3002,;:?!)\uff09\u300b\u201d\u3011\u3015",
);

/**
 * What ending a line costs. A line more costs `paragraph.ts` less than any broken run, and breaking two runs less than
 * one mark at the wrong edge, so a run is broken only if it is longer than a line and marks stand wrong only if they
 * fill lines by themselves.
 */
export const prices = {
  /** After a clause, after a space. */
  clause: 0,
  free: 4,
  /** Before 的 or 了, inside the brackets of a title that would fit a line. */
  reluctant: 10,
  /** Inside a word, on narrow lines; in running text, which does not mind, hardly more than elsewhere. */
  insideWord: 14,
  insideWordRunning: 5,
  /** Between year and month, after the hyphen of a telephone number, after the solidus of an address. */
  joint: 20_000,
  /** Anywhere else inside a number, a date, a word of letters, a masked name. */
  forced: 40_000,
  /** Before a closing mark, after an opening one. */
  never: 400_000,
} as const;

const letter = "A-Za-z\\u00c0-\\u024f\\u0370-\\u03ff\\u0400-\\u052f";
const han = "\\u3005-\\u3007\\u3400-\\u9fff\\uf900-\\ufaff";
const han1 = `[${han}]`;
const numeral = "[〇零○一二三四五六七八九十0-9]";
const dash = "[—–\\-~\uff5e\uff0d]";
/** What a number is not parted from: units and the commoner measure words, the long ones first. */
const unit =
  "年度|年级|季度|平方公里|平方米|立方米|工作日|自然日|百分点|千瓦时|公里|公斤|公顷|毫米|厘米|分米|千米|毫升|千克|毫克|千瓦|千伏|小时|分钟|秒钟|周岁|周年|人次|户次|场次|月份|号楼|单元|社区|度电|美元|月|" +
  "[年日号时点分秒元角名户人条件期篇份项次米天页岁周届批台栋亩里吨斤克度级层楼室组章节款村家位辆套间幢座所处支场路升瓦伏倍类种步口株头只本册张幅枚起遍排版卷集课门线站例字股轮]";
const measure = `(?:[%\uff05‰℃°]|[十百千万亿]{0,3}[余多]?个?(?:${unit})?)`;
const amount = `[+\\-−±]?[¥\uffe5$]?\\d+(?:[.,:\uff1a/×]\\d+|${dash}(?=\\d)\\d+)*${measure}`;
const surnames = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|夏侯|令狐|宇文|长孙|端木|百里|呼延|南宫";

/**
 * Runs that no line ends in while they fit one, in the order in which they are looked for. One code unit
 * is one cell. Repetitions that may fail late are bounded: 20,000 dots must not cost the square of that.
 */
const runs = new RegExp(
  [
    // Addresses on the net and of mail; the mark that ends the sentence is not theirs.
    "(?:[a-z]{1,10}:\\/\\/|www\\.)[!-~]*[A-Za-z0-9/=_-]",
    "[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63})+",
    "[A-Za-z0-9][\\w-]{0,62}(?:\\.[A-Za-z][\\w-]{1,62})+(?:\\/[!-~]*[A-Za-z0-9/=_-])?",
    // Telephone numbers that are written with spaces or brackets.
    "\\+\\d{1,3}(?:[ -]\\d{2,11})+",
    "[(\uff08]0\\d{2,3}[)\uff09][ -]?\\d{7,8}(?:[转-]\\d{1,6})?",
    "0\\d{2,3} \\d{7,8}",
    "[48]00 \\d{3,4} \\d{3,4}",
    "[\\d-]{7,13}转\\d{1,6}",
    // Hidden digits and names: 138****0000, 欧阳*成, 李**.
    "\\d+[*\uff0a×Xx]{2,}[\\dXx]*",
    `(?:${surnames}|${han1})(?:[*\uff0a×](?![*\uff0a×])${han1}?|[*\uff0a×]{2,})`,
    // Words of letters, with the figures in them: PM2.5, 5G, COVID-19, km/h.
    `(?=[\\d.,:/-]{0,24}[${letter}])[${letter}\\d]+(?:[.'\u2019_&+/:-]+[${letter}\\d]+)*[%+]?`,
    // Ordinals, dates in Chinese figures.
    `第(?:\\d+|${numeral}{1,7})${measure}`,
    `(?=\\d{0,3}[^\\d])${numeral}{4}年(?:度|${numeral}{1,3}月(?:${numeral}{1,3}日)?)?`,
    `[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日`,
    // Amounts, dates, times and their ranges: 18.60万元, 2017年9月25日, 8:30—12:00, 9月25日—30日.
    `${amount}(?:(?:${dash}{1,2}|(?<=[年月时点分])(?=\\d))${amount})*`,
  ].join("|"),
  "g",
);
const documentNumber = /[\u3014[\uff3b(\uff08]\d{4}[\u3015\]\uff3d)\uff09]\u7b2c?\d{1,6}\u53f7/g;
/** The last characters of an organ's code before a document number (国办发, 鄂政办函), and places that may begin one. */
const organs = new Set(
  "政府党委办发函字厅局人社财教民卫计文通电令规建国中土房环安监审纪组宣统信访法检公司农林水商交运明",
);
const places = new Set("国中京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新");
const beforeCode = new Set("据照依按由经见及和与到的对以将在于从请行实合是为了即发文件彻转印阅看定遵循");
const codeMost = 7;
/** Within a run, a line ends best after these, and before the year of a document number. */
const joints = new Set("年月-/—–~\uff5e\uff0d)\uff09〕 @转");
const reluctantFirst = new Set("的了着们等之者");
/** Titles longer than this part like other text. */
const titleMost = 16;

/** One code unit a cell: its base character; a place holder for what lies beyond the BMP. */
function shapeOf(cells: readonly Cell[], visible: readonly number[]): string {
  const units = visible.map((index) => {
    const first = (cells[index] as Cell).text.charCodeAt(0);
    return first >= 0xd800 && first <= 0xdfff ? 0x3400 : first;
  });
  let shape = "";
  for (let from = 0; from < units.length; from += 4096) shape += String.fromCharCode(...units.slice(from, from + 4096));
  return shape;
}

export interface Breaks {
  /**
   * For each cell what it costs to begin a line with it; Infinity where no line can: before the first one, before a
   * space (it hangs out of the line before) and before a cell without width (it belongs to the one before).
   */
  readonly price: Float64Array;
  /** 1 for the cells of words of letters, and of addresses. */
  readonly letters: Uint8Array;
}

export function breaksOf(cells: readonly Cell[]): Breaks {
  const price = new Float64Array(cells.length).fill(Number.POSITIVE_INFINITY);
  const letters = new Uint8Array(cells.length);
  const visible: number[] = [];
  for (let index = 0; index < cells.length; index++) if ((cells[index] as Cell).width > 0) visible.push(index);
  const shape = shapeOf(cells, visible);
  const { inside, words } = insideRuns(shape);
  const titles = insideTitles(shape);
  for (let at = 0; at < visible.length; at++) {
    const index = visible[at] as number;
    letters[index] = words[at] as number;
    if (at > 0 && !isSpace(cells[index])) price[index] = priceAt(shape, at, inside[at] as number, titles[at] === 1);
  }
  return { price, letters };
}

function priceAt(shape: string, at: number, run: number, inTitle: boolean): number {
  const before = shape[at - 1] as string;
  const after = shape[at] as string;
  if (run === prices.joint) return run;
  const afterSpace = before === " " || before === "\u3000";
  // A space before or behind a mark is no way round the rule; but a sign stands with its number.
  if (neverFirst.has(after) && !(afterSpace && after === "-" && /[0-9]/.test(shape[at + 1] ?? ""))) return prices.never;
  if (neverLast.has(afterSpace ? solidBefore(shape, at) : before)) return prices.never;
  if (run > 0) return run;
  if (afterSpace) return prices.clause;
  if (clauseEnds.has(before) && !reluctantFirst.has(after)) return inTitle ? prices.free : prices.clause;
  return inTitle || reluctantFirst.has(after) ? prices.reluctant : prices.free;
}

function solidBefore(shape: string, at: number): string {
  let index = at - 1;
  while (index > 0 && (shape[index] === " " || shape[index] === "\u3000")) index--;
  return shape[index] as string;
}

const anyLetter = new RegExp(`[${letter}]`);

/** `inside`: 0 outside runs; else what ending a line before this cell costs. `words`: 1 in runs that have letters. */
function insideRuns(shape: string): { inside: Float64Array; words: Uint8Array } {
  const inside = new Float64Array(shape.length);
  const words = new Uint8Array(shape.length);
  const mark = (from: number, to: number) => {
    for (let at = from + 1; at < to; at++) {
      const [before, after] = [shape[at - 1] as string, shape[at] as string];
      const joint = after === "\u3014" || (joints.has(before) && !joints.has(after));
      inside[at] = joint ? prices.joint : prices.forced;
    }
  };
  for (const { index, 0: run } of shape.matchAll(runs)) {
    mark(index, index + run.length);
    if (anyLetter.test(run)) words.fill(1, index, index + run.length);
  }
  for (const { index, 0: number } of shape.matchAll(documentNumber)) {
    const from = codeStart(shape, index);
    if (from < index || /^[\u3014[\uff3b]/.test(number)) mark(from, index + number.length);
  }
  return { inside, words };
}

/** Where the organ's code before the document number at `end` begins; `end` if there is none. */
function codeStart(shape: string, end: number): number {
  let start = end;
  while (end - start < codeMost && organs.has(shape[start - 1] as string)) {
    start--;
    if (places.has(shape[start] as string)) return start;
  }
  // Up to two more that stand for the place: 咸政发, 赤马办发.
  for (let more = 0; more < 2 && start < end; more++) {
    const first = shape[start - 1] ?? "";
    if (!/[\u4e00-\u9fff]/.test(first) || beforeCode.has(first)) break;
    start--;
    if (places.has(first)) break;
  }
  return start;
}

/** 1 inside a book title that is short enough to stay together. */
function insideTitles(shape: string): Uint8Array {
  const inside = new Uint8Array(shape.length);
  let open = -1;
  for (let at = 0; at < shape.length; at++) {
    if (shape[at] === "\u300a") open = at;
    else if (shape[at] === "\u300b") {
      if (open >= 0 && at - open <= titleMost) inside.fill(1, open + 1, at + 1);
      open = -1;
    }
  }
  return inside;
}
