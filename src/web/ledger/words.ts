/** The words of the ledger, there before any of its parts is drawn. */
import { addWords } from "../i18n.ts";
import en from "../locales/register.en.json";
import zh from "../locales/register.zh-CN.json";

addWords(zh, en);
