/** Why a board was not confirmed, as the play log names it, for people. The log keeps the code. */
import type { Fault, Sentence } from "../fault.ts";

const words: Partial<Readonly<Record<Fault["code"] | "no-read-back", Sentence>>> = {
  "no-read-back": { zh: "没有读回", en: "nothing was read back" },
  "link/refused": { zh: "连不上", en: "it could not be reached" },
  "link/lost": { zh: "线路断开", en: "the line was lost" },
  "link/no-answer": { zh: "线路通，控制卡没有答话", en: "the card did not answer" },
  "wire/noise": { zh: "线路有干扰", en: "noise on the line" },
  "wire/refused": { zh: "控制卡不接受下发的内容", en: "the card refused what it was sent" },
  "panel/clock": { zh: "控制卡的时钟不准", en: "the card's clock was wrong" },
  "panel/shape": { zh: "尺寸或颜色与登记的不同", en: "another size or colour than on record" },
  "panel/version": { zh: "控制卡的协议版本不同", en: "another version of the protocol" },
  "panel/frame": { zh: "读回的画面与应有的不同", en: "another picture was read back" },
  "panel/full": { zh: "控制卡存不下", en: "the card could not hold it" },
  "panel/card": { zh: "控制卡说做不了，或有自己的节目", en: "the card said no, or showed something of its own" },
  "panel/unseen": { zh: "播放页面没有再报告", en: "its page was not heard" },
  "panel/no-page": { zh: "没有播放页面连上", en: "no page played it" },
  "panel/hidden": { zh: "播放页面被遮住", en: "its page was covered" },
};

/** A fault of the board that has nothing to do with its line stood first: that it was not confirmed is all that is known. */
const other: Sentence = { zh: "没有核对上", en: "it was not confirmed" };

export const missedWords = (why: string): Sentence => words[why as Fault["code"]] ?? other;
