/** Asks that the screen stays on, where browsers offer it (HTTPS, or 127.0.0.1); elsewhere the system's settings must. */

interface WakeLocks {
  request(type: "screen"): Promise<unknown>;
}

export function keepAwake(): void {
  const { wakeLock } = navigator as unknown as { wakeLock?: WakeLocks };
  if (!wakeLock) return;
  const ask = () => {
    if (document.visibilityState === "visible") wakeLock.request("screen").catch(() => {});
  };
  // It is let go whenever the page is covered.
  document.addEventListener("visibilitychange", ask);
  ask();
}
