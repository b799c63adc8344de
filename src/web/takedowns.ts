/** What was taken down, for the page: asked again while some board has still to say that it has gone. */
import { onScopeDispose, ref, shallowRef } from "vue";
import type { Sentence } from "../fault.ts";
import { ask, pathOf, Refusal } from "./ask.ts";

export interface TakedownBoardJson {
  readonly board: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  readonly state:
    | "waiting"
    | "unreachable"
    | "unread"
    | "page"
    | "file"
    | "paper"
    | "confirmed"
    | "by-hand"
    | "ran-out"
    | "resumed";
  readonly said: Sentence;
}
export interface TakedownJson {
  readonly id: string;
  readonly notice: string | null;
  readonly title: string | null;
  readonly closedAt: string | null;
  readonly said: Sentence;
  readonly boards: readonly TakedownBoardJson[];
}

export const takedownApi = {
  withdraw: (notice: string, reason: string, boards: readonly string[]) =>
    ask<TakedownJson>("POST", pathOf`/api/v1/notices/${notice}/withdraw`, {
      reason,
      ...(boards.length > 0 && { boards }),
    }),
  open: () => ask<readonly TakedownJson[]>("GET", "/api/v1/takedowns?open=true"),
  one: (id: string) => ask<TakedownJson>("GET", pathOf`/api/v1/takedowns/${id}`),
  gone: (id: string, board: string, words: string) =>
    ask<TakedownJson>("POST", pathOf`/api/v1/takedowns/${id}/boards/${board}/gone`, { words }),
};

const everyMs = 3000;

/** Asks now and then while the component is there and `needed` says so; a daemon that is away for a moment is asked again. */
export function useAskedAgain<T>(work: () => Promise<T>, needed: () => boolean) {
  const found = shallowRef<T | null>(null);
  const busy = ref(false);
  const refresh = async () => {
    if (busy.value || !needed()) return;
    busy.value = true;
    try {
      found.value = await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    } finally {
      busy.value = false;
    }
  };
  const timer = setInterval(() => void refresh(), everyMs);
  onScopeDispose(() => clearInterval(timer));
  return { found, refresh };
}
