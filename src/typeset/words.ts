/**
 * Where words begin, by a word list of our own (`data/pack-words.ts`): `Intl.Segmenter` parts Chinese by the dictionary
 * of its ICU, which is another one on the next machine, and what is signed must be the same bytes everywhere.
 */
import { gunzipSync } from "node:zlib";
import { limits } from "../limits.ts";
import { readData } from "./fonts/data.ts";

const lengthMost = 4;
/** What a character costs that begins no known word: more than any word. */
const unknownCost = 26;
/** Of the trade: young words, and names of things that newspapers seldom print. */
const officeCost = 13;
const officeWords =
  "街道办 办事处 居委会 村委会 党工委 党委会 党支部 信息公开 政务公开 党务公开 村务公开 公开栏 公示 公示期 新农合 低保 低保户 五保户 医保 社保 " +
  "值班表 值班人 停水 停电 停气 缴费 棚户区 安置房 廉租房 公租房 保障房 网格员 网格化 环卫 综治 卫计 计生 信访 动迁 首善之区 文明城市 主题教育 " +
  "两学一做 十九大 扫黑除恶 精准扶贫 扶贫办 贫困户 脱贫 惠民 便民 防汛 抗旱 征兵 体检 公租 燃气 供水 供电 补贴 补助 名单 一览表 明细表 公务员 " +
  "群众路线 党风廉政 三公经费 五公开 一次性 年度 年报 倒计时 微信群 公众号 二维码 办事指南 实施方案 管理办法 工作报告 应急预案 征求意见 评议会";

interface Words {
  /** What each word costs. */
  readonly costs: ReadonlyMap<string, number>;
  /** By `beginning` of two characters: bit n is set where a word of n may begin with them. Most looks into `costs` are spared. */
  readonly lengths: Uint8Array;
}

let known: Words | null = null;

const beginnings = 2 ** 18;

function beginning(first: number, second: number): number {
  return ((first << 7) ^ second) & (beginnings - 1);
}

/** Loaded on first use (some 15 ms): only texts that are centred in several lines ask. */
function words(): Words {
  if (known) return known;
  const costs = new Map<string, number>();
  for (const line of gunzipSync(readData("words.txt.gz")).toString("utf8").trimEnd().split("\n")) {
    const [cost, length, run = ""] = line.split(" ");
    const step = Number(length);
    for (let at = 0; at < run.length; at += step) costs.set(run.slice(at, at + step), Number(cost));
  }
  for (const word of officeWords.split(" ")) costs.set(word, Math.min(officeCost, costs.get(word) ?? officeCost));
  const lengths = new Uint8Array(beginnings);
  for (const word of costs.keys()) {
    if (word.length === 1) continue;
    const at = beginning(word.charCodeAt(0), word.charCodeAt(1));
    lengths[at] = (lengths[at] as number) | (1 << word.length);
  }
  known = { costs, lengths };
  return known;
}

/** Of the texts that were parted last: one is set again for each size and board. */
const parted = new Map<string, Uint8Array>();

/**
 * For each character (UTF-16 unit) of `text`: 1 where a word begins, 2 where the second of the two words begins that a
 * word of four is made of (医疗保险), else 0. The likeliest words by how common each is alone.
 */
export function wordStarts(text: string): Readonly<Uint8Array> {
  let starts = parted.get(text);
  if (!starts) {
    starts = likeliestStarts(text);
    const [oldest = ""] = parted.keys();
    if (parted.size >= limits.textsParted) parted.delete(oldest);
    parted.set(text, starts);
  }
  return starts;
}

function likeliestStarts(text: string): Uint8Array {
  const { costs, lengths } = words();
  const best = new Float64Array(text.length + 1).fill(Number.POSITIVE_INFINITY);
  const from = new Int32Array(text.length + 1);
  best[0] = 0;
  for (let start = 0; start < text.length; start++) {
    const may = start + 1 < text.length ? lengths[beginning(text.charCodeAt(start), text.charCodeAt(start + 1))] : 0;
    for (let length = 1; length <= lengthMost && start + length <= text.length; length++) {
      if (length > 1 && ((may as number) & (1 << length)) === 0) continue;
      const cost = costs.get(text.slice(start, start + length)) ?? (length === 1 ? unknownCost : null);
      if (cost === null) continue;
      const sum = (best[start] as number) + cost;
      if (sum >= (best[start + length] as number)) continue;
      best[start + length] = sum;
      from[start + length] = start;
    }
  }
  const starts = new Uint8Array(text.length);
  for (let end = text.length; end > 0; end = from[end] as number) {
    const start = from[end] as number;
    starts[start] = 1;
    const middle = start + 2;
    const isCompound = costs.has(text.slice(start, middle)) && costs.has(text.slice(middle, end));
    if (end - start === 4 && isCompound) starts[middle] = 2;
  }
  return starts;
}
