/** How far somebody is with the pages of one case: what came into view here, and of which boards the daemon knows it. */
import { computed, onUnmounted, reactive, ref, shallowRef } from "vue";
import { Refusal } from "./ask.ts";
import type { CaseJson } from "./review-api.ts";

type Looked = Pick<CaseJson, "pixels" | "looked">;
export type SeenPictures = Readonly<Record<string, readonly number[]>>;

/** Every board's pages went out to the caller and were looked at: the daemon lets them sign. */
export const isLookedAt = ({ pixels, looked }: Looked): boolean =>
  pixels.every(({ board }) => looked?.includes(board) === true);

export interface Place {
  readonly board: string;
  readonly message: string;
}

/** Of one board: what is left to look at. */
export interface PlaceProgress extends Place {
  /** null: not here yet, so that nobody can say. */
  readonly pictures: number | null;
  readonly seen: number;
  /** Everything came into view, and the daemon has been told. */
  readonly isDone: boolean;
}

const keyOf = ({ board, message }: Place) => `${board} ${message}`;

/** Counts; knows no page. `seen`: of an earlier time. */
export class Looks {
  private readonly pictures = reactive(new Map<string, number>());
  private readonly seen = reactive(new Map<string, number[]>());
  private readonly told = reactive(new Set<string>());
  private readonly places = shallowRef<readonly Place[]>([]);

  begin(places: readonly Place[], looked: readonly string[], seen: SeenPictures): void {
    this.places.value = places;
    this.told.clear();
    for (const board of looked) this.told.add(board);
    for (const place of places) {
      const before = seen[keyOf(place)];
      if (before && !this.seen.has(keyOf(place))) this.seen.set(keyOf(place), [...before]);
    }
  }

  /** A message is here, as so many pictures. True: all of them were seen at an earlier time. */
  arrived(place: Place, pictures: number): boolean {
    this.pictures.set(keyOf(place), pictures);
    return this.isSeen(place);
  }

  /** True: it was the last one. */
  see(place: Place, picture: number): boolean {
    const key = keyOf(place);
    const before = this.seen.get(key) ?? [];
    if (before.includes(picture)) return false;
    this.seen.set(key, [...before, picture]);
    return this.isSeen(place);
  }

  isSeen(place: Place): boolean {
    const pictures = this.pictures.get(keyOf(place));
    return this.told.has(place.board) || (pictures !== undefined && this.seenOf(place).length >= pictures);
  }

  hasSeen(place: Place, picture: number): boolean {
    return this.told.has(place.board) || this.seenOf(place).includes(picture);
  }

  tell(board: string): void {
    this.told.add(board);
  }

  /** The first picture that was not seen, or the first board that is not here. */
  next(): { readonly board: string; readonly picture: number } | null {
    for (const place of this.places.value) {
      if (this.isSeen(place)) continue;
      const pictures = this.pictures.get(keyOf(place)) ?? 1;
      const seen = this.seenOf(place);
      const picture = Array.from({ length: pictures }, (_, index) => index).find((index) => !seen.includes(index));
      return { board: place.board, picture: picture ?? 0 };
    }
    return null;
  }

  progress(): readonly PlaceProgress[] {
    return this.places.value.map((place) => {
      const pictures = this.pictures.get(keyOf(place)) ?? null;
      const isDone = this.told.has(place.board);
      return { ...place, pictures, seen: isDone && pictures !== null ? pictures : this.seenOf(place).length, isDone };
    });
  }

  kept(): SeenPictures {
    return Object.fromEntries(this.places.value.map((place) => [keyOf(place), this.seenOf(place)]));
  }

  private seenOf({ board, message }: Place): readonly number[] {
    const pictures = this.pictures.get(`${board} ${message}`) ?? Number.POSITIVE_INFINITY;
    return (this.seen.get(`${board} ${message}`) ?? []).filter((one) => one < pictures);
  }
}

const retryMs = 3000;

/**
 * `tell`: tells the daemon that all pages of a board were looked at, one board after another; what it could not be told, as
 * when the line is gone or the session over, is told again by itself.
 */
export function useLooks(tell: (board: string, pages: number) => Promise<void>) {
  const looks = new Looks();
  const waiting = reactive(new Map<string, number>());
  const stuck = ref(false);
  const refusal = shallowRef<Refusal | null>(null);
  let running = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let gone = false;

  const run = async (): Promise<void> => {
    if (running || gone) return;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    running = true;
    refusal.value = null;
    try {
      for (const [board, pages] of waiting) {
        await tell(board, pages).catch((error: unknown) => {
          if (!(error instanceof Refusal) || isPassing(error)) throw error;
          // This board's pages are not to be had; the others' may be.
          refusal.value = error;
          waiting.delete(board);
        });
        if (waiting.delete(board)) looks.tell(board);
        stuck.value = false;
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      stuck.value = true;
      if (!gone) timer = setTimeout(() => void run(), retryMs);
    } finally {
      running = false;
    }
  };
  const done = (board: string, pages: number) => {
    waiting.set(board, pages);
    void run();
  };
  onUnmounted(() => {
    gone = true;
    if (timer !== null) clearTimeout(timer);
  });
  return {
    looks,
    /** All was seen, and the daemon cannot be told for now. */
    stuck,
    refusal,
    done,
    /** At once: the line is back. */
    retry: () => void run(),
    progress: computed(() => looks.progress()),
    isComplete: computed(() => looks.progress().every(({ isDone }) => isDone)),
  };
}

/** Nobody answered, too many asked, or the session is over. */
const isPassing = ({ status }: Refusal) => status === 0 || status === 401 || status === 429 || status >= 500;
