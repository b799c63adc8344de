/** What a tile and the large view say of a board at the page's instant. */
import { type ComputedRef, computed } from "vue";
import { judgeFacts } from "./facts.ts";
import type { BoardJson } from "./api.ts";
import { useWords } from "./i18n.ts";
import type { Instant } from "../message/types.ts";
import { dayAndTime, dayOf, shortTime } from "./moments.ts";
import { usePage } from "./page.ts";
import { lastsUntil, opensNext } from "./day-strip.ts";
import { defaultPrefix, playingAt } from "./playing.ts";
import { useStrip } from "./strip-days.ts";

export interface PlayingWords {
  readonly id: string | null;
  readonly title: string;
  readonly why: string;
  readonly until: string;
  readonly others: string;
  readonly next: string;
}

export function useBoardWords(board: ComputedRef<BoardJson>) {
  const { office, previews, at, now, mode, online, arrivals, player } = usePage();
  const { t, say } = useWords();
  const strip = useStrip();
  const preview = computed(() => previews.value.get(board.value.id));

  const titleOf = (owner: string | null, title: string | null): string => {
    if (owner === null) return t("tile.dark");
    if (owner.startsWith(defaultPrefix)) return t("tile.standby");
    return title ?? owner;
  };

  const darkWhy = (): string => {
    const opens = opensNext(strip.value, board.value.id, at.value);
    if (opens === undefined || !office.value) return t("tile.darkWhy");
    if (opens === null) return t("tile.closed");
    return t("tile.closedUntil", { time: shortTime(office.value.zone, opens, at.value) });
  };

  const timeOf = (instant: Instant) => shortTime(office.value?.zone ?? "UTC", instant, at.value);
  /** The programme ends before anything else comes: what ends there is how far is planned, and not what is on. */
  const untilOpen = (owner: string | null, planned: Instant): string => {
    const lasts = lastsUntil(strip.value, board.value.id, owner, at.value);
    if (lasts === "day") return t(isToday() ? "tile.allDay" : "tile.thatDay");
    return lasts === null || lasts < planned
      ? t("tile.notBefore", { time: timeOf(planned) })
      : t("tile.until", { time: timeOf(lasts) });
  };
  const isToday = () => {
    const { zone } = office.value ?? { zone: "UTC" };
    return now.value !== null && dayOf(zone, now.value).from === dayOf(zone, at.value).from;
  };

  const playing = computed<PlayingWords | null>(() => {
    // Whatever arrived may be what was missing.
    void arrivals.value;
    void preview.value;
    const found = player.programmeAt(board.value.id, at.value);
    if (!found || !office.value) return null;
    const { owner, title, why, others, until, open, next } = playingAt(found, at.value);
    if (found.loaded !== undefined) {
      const { loaded } = found;
      const nothing = { id: null, why: "", until: "", others: "", next: "" };
      if (loaded === null) return { ...nothing, title: t("tile.card.unknown"), why: t("tile.card.nobody") };
      const time = t("tile.card.day", dayAndTime(office.value.zone, loaded, at.value));
      const tense = mode.value === "now" ? "now" : at.value < (now.value ?? at.value) ? "then" : "later";
      return {
        id: owner === null || owner.startsWith(defaultPrefix) ? null : owner,
        title: owner === null ? t("tile.card.cleared") : titleOf(owner, title),
        why: "",
        until: t(`tile.card.${tense}`, { time }),
        others: others > 0 ? t("tile.others", { count: others }) : "",
        next: next ? titleOf(next.owner, next.title) : "",
      };
    }
    return {
      id: owner === null || owner.startsWith(defaultPrefix) ? null : owner,
      title: titleOf(owner, title),
      why: owner === null ? darkWhy() : why ? say(why) : "",
      until: open ? untilOpen(owner, until) : t("tile.until", { time: timeOf(until) }),
      others: others > 0 ? t("tile.others", { count: others }) : "",
      next: next ? titleOf(next.owner, next.title) : "",
    };
  });

  /** Over the picture: why it is not there, or black. */
  const waiting = computed(() => {
    void arrivals.value;
    if (mode.value === "now" && preview.value?.above?.dark) return t("above.noteDark");
    const missing = player.missing(board.value.id, at.value);
    if (missing === null) return null;
    if (missing !== "coming") return say(missing.why);
    return t(online.value ? "tile.waiting" : "tile.unreachable");
  });

  const facts = computed(() => {
    if (!preview.value || now.value === null) return [];
    return judgeFacts(preview.value, board.value, now.value, online.value);
  });
  const factTitle = (notice: string | null): string =>
    titleOf(notice?.startsWith("blank:") ? null : notice, preview.value?.notices[notice ?? ""]?.title ?? null);

  return { preview, playing, waiting, facts, factTitle, isNow: computed(() => mode.value === "now") };
}
