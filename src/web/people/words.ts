/** The words of a handover, there before the page of people is drawn. */
import { addWords } from "../i18n.ts";
import en from "../locales/handover.en.json";
import zh from "../locales/handover.zh-CN.json";

addWords(zh, en);
