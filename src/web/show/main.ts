/** `/show/:board`: an LCD plays its board, full screen, for months, by itself. Framework-free and small. */
import { monotonicMs, wallClock } from "../../time/clock.ts";
import type { ShowHello, ShowState } from "../../preview/show-types.ts";
import { MessageCache } from "../player/message-cache.ts";
import { PreviewLink } from "../player/preview-link.ts";
import { identityOf } from "./identity.ts";
import { keepAwake } from "./keep-awake.ts";
import { Screen } from "./screen.ts";
import { ShowClock } from "./show-clock.ts";
import { Stage } from "./stage.ts";
import type { Turn } from "./place.ts";
import { troubleWords } from "./trouble.ts";

/** As the daemon takes it to be (`limits.showMessageBytes`): what plays, and what is to follow it. */
const messageBytesMax = 256 * 1024 * 1024;
const fetchMs = 60_000;
/** Texts, what has arrived, what is to be said: so often. ms */
const tickMs = 250;
/** A state that is not like the others ends in a page that starts anew. ms */
const mishapMs = 30_000;

const canvas = document.querySelector("canvas") as HTMLCanvasElement;
const trouble = document.querySelector("#trouble") as HTMLElement;
const { board, key, page } = identityOf(location, localStorage, history);
const asked = Number(new URLSearchParams(location.search).get("turn"));
const turn: Turn = asked === 90 || asked === 270 ? asked : 0;

const clock = new ShowClock({ monotonic: monotonicMs, wall: () => wallClock.now() });
const now = () => clock.now();
const cache = new MessageCache({ fetchBytes, maxBytes: messageBytesMax });
const messages = cache.get.bind(cache);
const stage = new Stage({ now, messages });
let screen: Screen | null = null;
let state: ShowState | null = null;
let build: string | null = null;
/** Monotonic: when somebody was heard last; the start counts as a word. */
let heardAt = monotonicMs();
let closed: number | null = null;

const hello: ShowHello = { show: 1, key, page };
const link = new PreviewLink<ShowState>({
  url: `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/show/${encodeURIComponent(board)}/line`,
  hello: JSON.stringify(hello),
  monotonic: monotonicMs,
  onState: guarded(take),
  onTrip(trip) {
    heardAt = monotonicMs();
    clock.sample(trip);
  },
  onLink: () => {},
  onClosed(code) {
    closed = code;
  },
});

function take(next: ShowState): void {
  closed = null;
  heardAt = monotonicMs();
  build ??= next.build;
  if (next.build !== build) void renew();
  // Where nobody knows the time, its word for it is none.
  if (!next.blind) clock.hint(next.now, next.clockId);
  const other = JSON.stringify(next.board) !== JSON.stringify(state?.board);
  state = next;
  document.title = `${next.board.id} ${next.board.name}`;
  stage.take(next);
  if (screen === null || other) {
    const report = (said: unknown) => link.send(JSON.stringify({ report: said }));
    const roundTripMs = () => clock.roundTripMs;
    screen = new Screen({ canvas, board: next.board, stage, turn, now, roundTripMs, messages, report });
  }
  // The dark switch waits for no frame of the browser's.
  screen.draw();
  screen.reportIfDue(monotonicMs());
}

/** For tests and for the curious: the time that it plays by; whether it could go on to its end alone. */
const boardcast = { now, isWhole: () => stage.fetchAhead() };
Object.assign(window, { boardcast });

async function fetchBytes(hash: string): Promise<Uint8Array> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), fetchMs);
  try {
    const headers: HeadersInit = key === null ? {} : { authorization: `Bearer ${key}` };
    const path = `/api/v1/show/${encodeURIComponent(board)}/messages/${hash}`;
    const response = await fetch(path, { headers, cache: "no-store", signal: patience.signal });
    if (!response.ok) throw new Error(String(response.status));
    return new Uint8Array(await response.arrayBuffer());
  } finally {
    clearTimeout(timer);
  }
}

/** Another build is served: taken only when it can be had, for a page that is not there would be no board at all. */
async function renew(): Promise<void> {
  try {
    const { ok } = await fetch(location.href, { cache: "no-store" });
    if (ok) location.reload();
  } catch {
    // At the next state again.
  }
}

function words(): void {
  const { awaySince = null, utcOffsetMin = 0, blind = false } = state ?? {};
  const at = now();
  const ownMs = monotonicMs() - heardAt;
  const silent = state === null || closed !== null || ownMs > 12_000;
  // Of what stands between us and the daemon, or of our own line.
  const farMs = awaySince === null ? null : awaySince === 0 || at === null ? Infinity : at - awaySince;
  const awayMs = silent ? ownMs : farMs;
  const own = at === null || state === null ? null : at - ownMs;
  const heard = awaySince === null ? own : awaySince === 0 ? null : awaySince;
  const text = troubleWords(
    {
      awayMs,
      heardAt: heard,
      utcOffsetMin,
      over: stage.isOver(at),
      blind: blind || (state !== null && at === null),
      closed,
    },
    navigator.language,
  );
  if (trouble.textContent !== (text ?? "")) trouble.textContent = text ?? "";
  trouble.hidden = text === null;
}

let mishaps = 0;

/** As soon as somebody serves it: a reload while the daemon is away would end in the browser's own page, for ever. */
async function anew(): Promise<void> {
  await renew();
  setTimeout(() => void anew(), mishapMs);
}

/** What must never happen: black, and a page that begins anew. */
function guarded<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch (error) {
      console.error(error);
      canvas.style.visibility = "hidden";
      if (mishaps++ === 0) setTimeout(() => void anew(), mishapMs);
    }
  };
}

const frame = guarded(() => void screen?.draw());
const tick = guarded(() => {
  stage.look();
  stage.fetchAhead();
  // A hidden page gets no animation frames, and what is over must be gone all the same.
  screen?.draw();
  screen?.reportIfDue(monotonicMs());
  words();
});
const turnOver = () => {
  requestAnimationFrame(turnOver);
  frame();
};
requestAnimationFrame(turnOver);
setInterval(tick, tickMs);
addEventListener("resize", () => screen?.stand());
document.addEventListener("visibilitychange", tick);
document.documentElement.lang = navigator.language.startsWith("zh") ? "zh-CN" : "en";
keepAwake();
