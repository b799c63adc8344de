/** What stands above the boards' schedules, for every place of the page: the dark switch, maintenance, reports. */
import { computed, ref } from "vue";
import type { Sentence } from "../fault.ts";
import { ask, pathOf } from "./ask.ts";
import { usePage } from "./page.ts";
import { useSession } from "./session.ts";

export interface DarkBoardJson {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly state: "confirmed" | "waiting" | "unconfirmed" | "carry";
  readonly says: Sentence;
  readonly reason: string;
  readonly by: string;
}

export const aboveApi = {
  dark: async () => (await ask<{ boards: readonly DarkBoardJson[] }>("GET", "/api/v1/dark")).boards,
  darken: async (boards: "all" | readonly string[], reason: string) =>
    (await ask<{ boards: readonly DarkBoardJson[] }>("POST", "/api/v1/dark", { boards, reason })).boards,
  resume: async (boards: readonly string[], reason: string) =>
    (await ask<{ boards: readonly DarkBoardJson[] }>("POST", "/api/v1/dark/resume", { boards, reason })).boards,
  endMaintenance: (board: string) => ask("POST", pathOf`/api/v1/boards/${board}/maintenance/end`, {}),
  report: (board: string, text: string) => ask("POST", pathOf`/api/v1/boards/${board}/report`, { text }),
  answer: (board: string, number: number, answer: string) =>
    ask("POST", pathOf`/api/v1/boards/${board}/report/${number}/done`, { answer }),
};

/** The dialog: closed, about all boards, or about one. One for the whole page: it stands over whatever is open. */
const asked = ref<"closed" | "all" | { readonly board: string }>("closed");

export function useAbove() {
  const { previews } = usePage();
  const { may } = useSession();
  return {
    asked,
    dark: computed(() => [...previews.value.values()].filter(({ above }) => above?.dark)),
    maintained: computed(() => [...previews.value.values()].filter(({ above }) => above?.maintenance)),
    mayDarken: computed(() => may("maker", "reviewer", "signer", "operator", "administrator")),
    mayResume: computed(() => may("operator", "signer", "administrator")),
    mayOperate: computed(() => may("operator")),
  };
}
