/** The page: what it shares is made here, once. */
import { createApp } from "vue";
import App from "./App.vue";
import { createTranslations } from "./i18n.ts";
import { createPage, pageKey } from "./page.ts";
// The last resort of computers without Chinese fonts; the browser fetches only the slices that it lacks.
import "@fontsource-variable/noto-sans-sc/index.css";
import "./styles/base.css";
import "./styles/header.css";
import "./styles/time.css";
import "./styles/wall.css";
import "./styles/facts.css";
import "./styles/board.css";

const page = createPage();

/** For tests and for the curious: what the tiles draw, dot for dot. */
const boardcast = {
  frameOf: (board: string) => page.player.frameOf(board),
  frameOfAt: (board: string, at: number) => page.player.frameOfAt(board, at),
};
declare global {
  interface Window {
    boardcast: typeof boardcast;
  }
}
window.boardcast = boardcast;

createApp(App).use(createTranslations()).provide(pageKey, page).mount("#app");
