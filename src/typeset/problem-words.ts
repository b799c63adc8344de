/** What is wrong with a message, said to people: `message/` knows one language and counts pages from 0. */
import type { Sentence } from "../fault.ts";

/** The parts that people can meet by what they write; the rest are mistakes of ours, and say so. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^a panel's side is 1 to (\d+) dots, not (\S+)$/, "屏的宽和高各须是 1 至 $1 点的整数\uff0c不能是 $2"],
  [/^unknown colour kind$/, "屏的颜色须是 mono、dual 或 rgb"],
  [/^a message has 1 to (\d+) pages, not (\d+)$/, "一条信息最多 $1 页\uff0c这里有 $2 页"],
  [/^lasts too long$/, "播一遍的时间太长"],
  [/^flashes: more than (\d+) changes in the second after (\d+) ms$/, "闪得太快\uff1a第 $2 毫秒起一秒内变化超过 $1 次"],
  [/^flashes: more than (\d+) edges of windows within a second$/, "闪得太快\uff1a一秒内换画面超过 $1 次"],
  [/^too many fields$/, "会走的日期时间太多"],
  [/^(field|wrong atlas|fields) .*$/, "会走的日期时间太多、太大或放不下"],
  [/^time out of range$/, "停留的时间或移动的速度超出范围"],
  [/^bitmap size out of range$/, "画面太大"],
];

/** `problem`: as `messageProblem` and `shapeProblem` say it. Pages are counted from 1 here. */
export function wordsOfProblem(problem: string): Sentence {
  const [, index, rest] = /^page (\d+): (.*)$/s.exec(problem) ?? [];
  if (index !== undefined && rest !== undefined) {
    const { zh, en } = wordsOfProblem(rest);
    return { zh: `第 ${Number(index) + 1} 页\uff1a${zh}`, en: `page ${Number(index) + 1}: ${en}` };
  }
  const found = known.find(([pattern]) => pattern.test(problem));
  return { zh: found ? problem.replace(...found) : "排出的画面屏播不了\uff0c这是本系统的错", en: problem };
}
