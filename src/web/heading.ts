/** What the view at hand calls itself: in the window's title, and where the focus goes when another view has come. */
import { ref } from "vue";

export const heading = ref("");

/** Of the page that was loaded first nobody has asked to be read its heading: the browser does that. */
let isFirst = true;
addEventListener("hashchange", () => {
  isFirst = false;
});
export function isAskedFor(): boolean {
  const before = isFirst;
  isFirst = false;
  return !before;
}

/** The view's heading; of the wall, which has none, its whole. Whoever skips to it wants the header gone, too. */
export function focusContent(skips: boolean): void {
  const found = document.querySelector<HTMLElement>("main h2[tabindex], main");
  if (found === null) return;
  if (!found.hasAttribute("tabindex")) found.tabIndex = -1;
  found.focus({ preventScroll: true });
  if (skips) found.scrollIntoView({ block: "nearest" });
}
