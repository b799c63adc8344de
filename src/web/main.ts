/** The page: what it shares is made here, once. */
import { createApp, watch } from "vue";
import App from "./App.vue";
import { translations } from "./i18n.ts";
import { createPage, pageKey } from "./page.ts";
import { createSession, sessionKey } from "./session.ts";
// The last resort of computers without Chinese fonts; the browser fetches only the slices that it lacks.
import "@fontsource-variable/noto-sans-sc/index.css";
import "./styles/base.css";
import "./styles/header.css";
import "./styles/time.css";
import "./styles/wall.css";
import "./styles/facts.css";
import "./styles/board.css";
import "./styles/desk.css";
import "./styles/forms.css";
import "./styles/review.css";
import "./styles/above.css";
import "./styles/shell.css";
import "./styles/room.css";

const session = createSession();
// A line that the daemon closed may be a session that it ended.
const page = createPage(() => void session.load());
watch(
  // Whose password is due is refused everything else until it is set.
  () => (session.who.value?.reads ?? false) && !session.leaving.value && !session.account.value?.mustChange,
  (reads) => page.setReading(reads),
  { flush: "sync" },
);
void session.load();

/** For tests and for the curious: what the tiles draw, dot for dot. */
const boardcast = {
  frameOf: (board: string) => page.player.frameOf(board),
  frameOfAt: (board: string, at: number) => page.player.frameOfAt(board, at),
  drawn: (board: string) => page.player.drawn(board),
};
declare global {
  interface Window {
    boardcast: typeof boardcast;
  }
}
window.boardcast = boardcast;

createApp(App).use(translations()).provide(pageKey, page).provide(sessionKey, session).mount("#app");
