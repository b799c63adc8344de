/** The whole screen, where the browser gives it: it wants a click or a key first, and a page opened so has had none. */

export function enterFullScreen(): void {
  const { documentElement, fullscreenEnabled, fullscreenElement } = document;
  if (!fullscreenEnabled || fullscreenElement) return;
  // Refused: the window is filled instead, which is all of the screen where the browser runs as a kiosk.
  documentElement.requestFullscreen({ navigationUI: "hide" }).catch(() => {});
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}
