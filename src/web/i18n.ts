/** Chinese first, English one click away; the choice is remembered in this browser. */
import { computed } from "vue";
import { createI18n, useI18n } from "vue-i18n";
import type { Sentence } from "../fault.ts";
import deskEn from "./locales/desk.en.json";
import deskZh from "./locales/desk.zh-CN.json";
import en from "./locales/en.json";
import shellEn from "./locales/shell.en.json";
import shellZh from "./locales/shell.zh-CN.json";
import zh from "./locales/zh-CN.json";
import recordWords from "./record-words.json";

export type Language = "zh-CN" | "en";
const remembered = "boardcast.language";

const i18n = createI18n({
  legacy: false,
  locale: firstLanguage(),
  fallbackLocale: "zh-CN",
  messages: { "zh-CN": { ...zh, ...deskZh, ...shellZh }, en: { ...en, ...deskEn, ...shellEn } } as Record<
    Language,
    Words
  >,
});
type Words = { [key: string]: string | readonly string[] | Words };

export function translations() {
  document.documentElement.lang = i18n.global.locale.value;
  return i18n;
}

/**
 * The words of one area, `locales/<area>.<language>.json`, added by the view that needs them when it is loaded: what the
 * wall does not say is not fetched with it.
 */
export function addWords(chinese: Words, english: Words): void {
  i18n.global.mergeLocaleMessage("zh-CN", chinese);
  i18n.global.mergeLocaleMessage("en", english);
}

/** The translations and what goes with them, inside of a component. */
export function useWords() {
  const { t, te, tm, locale } = useI18n();
  const language = computed<Language>({
    get: () => (locale.value === "en" ? "en" : "zh-CN"),
    set(chosen) {
      locale.value = chosen;
      document.documentElement.lang = chosen;
      try {
        localStorage.setItem(remembered, chosen);
      } catch {
        // A browser that keeps nothing asks the same question again; that is all.
      }
    },
  });
  /** Sentences come from the daemon in both languages. */
  const say = (sentence: Sentence) => (locale.value === "en" ? sentence.en : sentence.zh);
  const age = (ms: number | null): string => {
    if (ms === null) return t("age.none");
    const seconds = Math.floor(ms / 1000);
    if (seconds < 2) return t("age.now");
    if (seconds < 120) return t("age.seconds", { count: seconds });
    if (seconds < 7200) return t("age.minutes", { count: Math.floor(seconds / 60) });
    if (seconds < 172_800) return t("age.hours", { count: Math.floor(seconds / 3600) });
    return t("age.days", { count: Math.floor(seconds / 86_400) });
  };
  /** A word of the records themselves, which are Chinese, for whoever reads English. */
  const record = (word: string | null | undefined): string => {
    if (!word || locale.value !== "en") return word ?? "";
    return (
      Object.values(recordWords)
        .flat()
        .find(({ value }) => value === word)?.en ?? word
    );
  };
  const weekday = (day: number): string => (tm("weekday") as string[])[day] ?? "";
  return { t, te, language, say, age, weekday, record };
}

function firstLanguage(): Language {
  try {
    const chosen = localStorage.getItem(remembered);
    if (chosen === "zh-CN" || chosen === "en") return chosen;
  } catch {
    // See above.
  }
  const preferred = navigator.languages.find((language) => /^(zh|en)\b/i.test(language));
  return preferred && /^en\b/i.test(preferred) ? "en" : "zh-CN";
}
