/** The words of the settings, there before any of their parts is drawn. */
import { addWords } from "../i18n.ts";
import en from "../locales/settings.en.json";
import zh from "../locales/settings.zh-CN.json";

addWords(zh, en);
