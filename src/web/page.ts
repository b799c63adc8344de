/** What all parts of the page share: the office, the boards, the clock and the player. Made once, in `main.ts`. */
import { type ComputedRef, computed, type InjectionKey, inject, type Ref, ref, type ShallowRef, shallowRef } from "vue";
import type { Instant, Message, MessageHash } from "../message/types.ts";
import type { PreviewBoard, PreviewUpdate } from "../preview/types.ts";
import { api, type BoardJson, type OfficeJson } from "./api.ts";
import { BoardClock } from "./player/clock.ts";
import { MessageCache } from "./player/message-cache.ts";
import { Player } from "./player/player.ts";
import { type LinkState, PreviewLink } from "./player/preview-link.ts";
import { withProgrammes } from "./player/previews.ts";
import { ProgrammeBook } from "./player/programme-book.ts";
import { Timeline, type TimelineMode } from "./player/timeline.ts";

const messageBytesMax = 128 * 1024 * 1024;
/** Texts follow the clock this often. */
const tickMs = 200;
/** Not heard for so long, and what the page says is called old. */
const offlineMs = 15_000;
const retryMs = 3000;

export interface Page {
  readonly office: ShallowRef<OfficeJson | null>;
  readonly boards: ShallowRef<readonly BoardJson[]>;
  /** The daemon has told its boards, and there are none. */
  readonly isEmpty: ComputedRef<boolean>;
  readonly previews: ShallowRef<ReadonlyMap<string, PreviewBoard>>;
  readonly link: Ref<LinkState>;
  /** The daemon was heard lately. */
  readonly online: ComputedRef<boolean>;
  /** Board clock, to the fifth of a second; null until the daemon told it. */
  readonly now: Ref<Instant | null>;
  /** The instant that the page looks at. */
  readonly at: Ref<Instant>;
  readonly mode: Ref<TimelineMode>;
  /** Grows whenever something arrived that was waited for. */
  readonly arrivals: Ref<number>;
  readonly player: Player;
  /** null: it could not be had, or is not what its name says. */
  loadMessage(hash: MessageHash): Promise<Message | null>;
  goToNow(): void;
  standAt(at: Instant): void;
  runFrom(at: Instant): void;
  /** Whether the boards may be read: without that nothing is asked for, and what is known of them is forgotten. */
  setReading(reads: boolean): void;
}

const key: InjectionKey<Page> = Symbol("page");
export { key as pageKey };

export function usePage(): Page {
  const page = inject(key);
  if (!page) throw new Error("outside of the page");
  return page;
}

/** `onLost`: the line to the daemon broke, or it was closed from there. */
export function createPage(onLost: () => void): Page {
  const monotonic = () => performance.now();
  const office = shallowRef<OfficeJson | null>(null);
  const boards = shallowRef<readonly BoardJson[]>([]);
  const previews = shallowRef<ReadonlyMap<string, PreviewBoard>>(new Map());
  const link = ref<LinkState>("connecting");
  const now = ref<Instant | null>(null);
  const at = ref<Instant>(0);
  const mode = ref<TimelineMode>("now");
  const arrivals = ref(0);
  const heardAt = ref(-Infinity);
  const online = ref(false);

  const clock = new BoardClock({ monotonic });
  const timeline = new Timeline(clock, monotonic);
  const onArrival = () => {
    arrivals.value++;
    player.wake();
  };
  const book = new ProgrammeBook({ fetchDay: api.programme, monotonic, onArrival });
  const cache = new MessageCache({ fetchBytes: api.message, maxBytes: messageBytesMax, onArrival });
  const player = new Player(timeline, book, cache);

  const hidden = () => document.visibilityState === "hidden";
  const tick = () => {
    now.value = clock.clockId === null ? null : clock.now();
    at.value = timeline.at();
    mode.value = timeline.mode;
    online.value = link.value === "open" || monotonic() - heardAt.value < offlineMs;
  };
  let preview: PreviewLink | null = null;
  const loadOffice = () => {
    api.office().then(
      (theOffice) => {
        office.value = theOffice;
      },
      () => setTimeout(loadOffice, retryMs),
    );
  };
  const loadBoards = () => {
    if (preview === null) return;
    api.boards().then(
      (theBoards) => {
        if (preview !== null) boards.value = theBoards;
      },
      () => setTimeout(loadBoards, retryMs),
    );
  };
  const look = (go: () => void) => {
    go();
    tick();
    player.wake();
  };
  const onState = (state: PreviewUpdate) => {
    heardAt.value = monotonic();
    clock.hint(state.now, state.clockId);
    previews.value = withProgrammes(state.boards, previews.value);
    for (const [id, board] of previews.value) book.setLive(id, board);
    if (!hidden()) tick();
    player.wake();
  };

  const connect = () =>
    new PreviewLink({
      url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/preview`,
      monotonic,
      onState,
      onTrip: (trip) => {
        heardAt.value = monotonic();
        clock.sample(trip);
      },
      onLink: (state) => {
        link.value = state;
        // A daemon that was started anew may have other boards, or others' links.
        if (state === "open") {
          loadOffice();
          loadBoards();
        } else if (state === "lost") onLost();
      },
    });
  // Nobody reads what is hidden; what is uncovered says at once what is so.
  setInterval(() => {
    if (!hidden()) tick();
  }, tickMs);
  document.addEventListener("visibilitychange", tick);
  loadOffice();

  return {
    office,
    boards,
    isEmpty: computed(() => now.value !== null && previews.value.size === 0 && boards.value.length === 0),
    previews,
    link,
    online: computed(() => online.value),
    now,
    at,
    mode,
    arrivals,
    player,
    loadMessage: (hash) => cache.load(hash),
    goToNow: () => look(() => timeline.goToNow()),
    standAt: (instant) => look(() => timeline.standAt(instant)),
    runFrom: (instant) => look(() => timeline.runFrom(instant)),
    setReading(reads) {
      if (reads) preview ??= connect();
      else {
        preview?.close();
        preview = null;
        boards.value = [];
        previews.value = new Map();
        link.value = "connecting";
      }
    },
  };
}
