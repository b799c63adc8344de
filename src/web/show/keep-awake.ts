/** Asks that the screen stays on, where browsers offer it (HTTPS, or 127.0.0.1); elsewhere the system's settings must. */

interface WakeLock {
  release(): Promise<void>;
}

interface WakeLocks {
  request(type: "screen"): Promise<WakeLock>;
}

/** Until what it gives is called. */
export function keepAwake(): () => void {
  const { wakeLock } = navigator as unknown as { wakeLock?: WakeLocks };
  if (!wakeLock) return () => {};
  let held: WakeLock | null = null;
  let over = false;
  const letGo = () => {
    held?.release().catch(() => {});
    held = null;
  };
  const ask = () => {
    if (document.visibilityState !== "visible") return;
    wakeLock.request("screen").then(
      (lock) => {
        held = lock;
        if (over) letGo();
      },
      () => {},
    );
  };
  // It is let go whenever the page is covered.
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    over = true;
    document.removeEventListener("visibilitychange", ask);
    letGo();
  };
}
