/** A draft while it is written on: kept by itself a moment after each change, and never under another's words. */
import { computed, onMounted, onUnmounted, reactive, ref, shallowRef, toRaw, watch } from "vue";
import type { Content } from "../notices/types.ts";
import { monotonicMs } from "../time/clock.ts";
import { ask, pathOf, Refusal } from "./ask.ts";
import { History } from "./notice/history.ts";
import { type Copy, copyOf, dropCopy, keepCopy, type Owner } from "./notice/keeper.ts";
import type { OpenDocument } from "./notice/open-document.ts";
import { copyOfJson } from "./old.ts";
import type { CaseJson, DraftJson, FaultJson } from "./review-api.ts";

export type Keeping = "kept" | "changed" | "keeping" | "conflict" | "failed";

const quietMs = 1200;
const retryMs = 10_000;
/** What is typed is in this browser so soon. */
const copyMs = 250;

/** `owner`: whose copies in this browser are looked at; `now`: the board clock. */
export function useDraft(notice: string, owner: Owner, now: () => number, writes = true) {
  const path = pathOf`/api/v1/review/drafts/${notice}`;
  const draft = shallowRef<DraftJson | null>(null);
  const document = reactive<{ value: OpenDocument | null }>({ value: null });
  const keeping = ref<Keeping>("kept");
  const refusal = shallowRef<Refusal | null>(null);
  const faults = shallowRef<readonly FaultJson[] | null>(null);
  /** The text in which they were found. */
  const screened = shallowRef<Partial<Content>>({});
  const checking = ref(false);
  let timer: ReturnType<typeof setTimeout> | null = null;
  let changes = 0;
  let running: Promise<boolean> | null = null;
  const history = new History();
  const undoable = reactive({ undo: false, redo: false });
  let noted = true;
  /** The next change is a step of its own. */
  let apart = false;
  const found = shallowRef<Copy | null>(null);
  let copying: ReturnType<typeof setTimeout> | null = null;

  const jsonNow = () => JSON.stringify(toRaw(document.value));
  const toldOfHistory = () => {
    undoable.undo = history.canUndo;
    undoable.redo = history.canRedo;
  };
  /** Once for all that changes in one go. */
  const note = () => {
    if (!noted) return;
    noted = false;
    queueMicrotask(() => {
      noted = true;
      history.note(jsonNow(), monotonicMs(), apart);
      apart = false;
      toldOfHistory();
    });
  };
  const goBack = (state: string | null) => {
    if (state !== null) document.value = JSON.parse(state) as OpenDocument;
    toldOfHistory();
  };
  const copySoon = () => {
    copying ??= setTimeout(copyNow, copyMs);
  };
  const copyNow = () => {
    if (copying !== null) clearTimeout(copying);
    copying = null;
    if (keeping.value === "kept" || draft.value === null || document.value === null || found.value !== null) return;
    keepCopy(localStorage, owner, notice, { at: now(), version: draft.value.version, document: toRaw(document.value) });
  };
  const forgetCopy = () => {
    if (copying !== null) clearTimeout(copying);
    copying = null;
    // One that was found and not decided upon stays, until it is.
    if (found.value === null) dropCopy(localStorage, owner, notice);
  };

  const take = (given: DraftJson) => {
    draft.value = given;
    document.value = copyOfJson(given.document) as OpenDocument;
  };
  const fail = (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    refusal.value = error;
  };
  const load = async () => {
    try {
      take(await ask<DraftJson>("GET", path));
      history.start(jsonNow());
      toldOfHistory();
      const copy = copyOf(localStorage, owner, notice);
      found.value = copy !== null && JSON.stringify(copy.document) !== jsonNow() ? copy : null;
      changes = 0;
      keeping.value = "kept";
      refusal.value = null;
      await check();
    } catch (error) {
      fail(error);
    }
  };

  const put = async (): Promise<boolean> => {
    if (draft.value === null || document.value === null) return false;
    const at = changes;
    keeping.value = "keeping";
    try {
      const { version } = draft.value;
      draft.value = await ask<DraftJson>("PUT", path, { version, document: toRaw(document.value) });
      refusal.value = null;
      keeping.value = at === changes ? "kept" : "changed";
      if (keeping.value === "kept") forgetCopy();
      return true;
    } catch (error) {
      fail(error);
      const status = error instanceof Refusal ? error.status : 0;
      keeping.value = status === 409 ? "conflict" : "failed";
      // Where nobody answers, it is tried again; what was refused is for the writer to mend.
      if (status === 0 || status >= 500 || status === 401) later(retryMs);
      return false;
    }
  };
  /** All that was typed so far is with the daemon when this resolves true. */
  const keep = async (): Promise<boolean> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    while (running !== null) await running;
    if (keeping.value === "kept") return true;
    running = put();
    const kept = await running;
    running = null;
    return kept && keeping.value === "changed" ? keep() : kept;
  };
  const later = (waitMs: number) => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(async () => {
      if (await keep()) await check();
    }, waitMs);
  };
  const check = async () => {
    // What is to be mended is told to whoever mends it.
    if (!writes) return;
    checking.value = true;
    try {
      const text = draft.value?.document.content ?? {};
      faults.value = await ask<readonly FaultJson[]>("GET", `${path}/faults`);
      screened.value = text;
    } catch (error) {
      fail(error);
    } finally {
      checking.value = false;
    }
  };
  /** A verb on the draft as it is kept now. */
  const act = async <T>(verb: string, body: object): Promise<T | null> => {
    if (!(await keep())) return null;
    try {
      const done = await ask<T>("POST", `${path}/${verb}`, { version: draft.value?.version, ...body });
      refusal.value = null;
      return done;
    } catch (error) {
      fail(error);
      return null;
    }
  };

  watch(
    () => document.value,
    (_, before) => {
      if (before === null) return;
      changes++;
      note();
      copySoon();
      if (keeping.value === "conflict") return;
      keeping.value = "changed";
      later(quietMs);
    },
    { deep: true, flush: "sync" },
  );
  const warn = (event: BeforeUnloadEvent) => {
    // What this browser has kept need not hold anybody back.
    copyNow();
    if (keeping.value !== "kept" && (found.value !== null || copyOf(localStorage, owner, notice) === null))
      event.preventDefault();
  };
  onMounted(() => {
    addEventListener("beforeunload", warn);
    addEventListener("pagehide", copyNow);
    void load();
  });
  onUnmounted(() => {
    removeEventListener("beforeunload", warn);
    removeEventListener("pagehide", copyNow);
    copyNow();
    if (keeping.value === "changed") void keep();
    else if (timer !== null) clearTimeout(timer);
  });

  return {
    draft,
    document: computed(() => document.value),
    keeping,
    refusal,
    faults,
    screened,
    checking,
    undoable,
    undo: () => goBack(history.undo()),
    redo: () => goBack(history.redo()),
    /** What comes next is undone by itself. */
    step() {
      apart = true;
    },
    /** What this browser kept of an earlier time, and the daemon has not. */
    found,
    takeFound() {
      const copy = found.value;
      if (copy === null) return;
      found.value = null;
      apart = true;
      document.value = copyOfJson(copy.document) as OpenDocument;
    },
    dropFound() {
      found.value = null;
      dropCopy(localStorage, owner, notice);
    },
    /** The draft as the daemon has it now: with pictures that were added. */
    taken(given: DraftJson) {
      apart = true;
      take(given);
      if (timer !== null) clearTimeout(timer);
      keeping.value = "kept";
      forgetCopy();
      void check();
    },
    load,
    check,
    keep,
    /** Over what somebody else wrote meanwhile. */
    async insist() {
      try {
        draft.value = await ask<DraftJson>("GET", path);
        keeping.value = "changed";
        await keep();
      } catch (error) {
        fail(error);
      }
    },
    submit: () => act<CaseJson>("submit", {}),
    async mend(keys: readonly string[]) {
      const mended = await act<DraftJson>("mend", { keys });
      if (mended === null) return;
      apart = true;
      take(mended);
      keeping.value = "kept";
      forgetCopy();
      if (timer !== null) clearTimeout(timer);
      await check();
    },
    async handIn() {
      const given = await act<DraftJson>("hand-in", {});
      if (given) draft.value = given;
      return given !== null;
    },
    async hold(held: { readonly note: string; readonly reviewBy: string } | null) {
      const given = await act<DraftJson>("hold", { held });
      if (given) draft.value = given;
      if (given) await check();
    },
    async discard(): Promise<boolean> {
      try {
        await ask("DELETE", `${path}?version=${draft.value?.version ?? 0}`);
        keeping.value = "kept";
        found.value = null;
        forgetCopy();
        return true;
      } catch (error) {
        fail(error);
        return false;
      }
    },
  };
}
