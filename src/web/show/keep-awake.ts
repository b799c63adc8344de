/** Asks that the screen stays on, where browsers offer it (HTTPS, or 127.0.0.1); elsewhere the system's settings must. */

interface WakeLock {
  release(): Promise<void>;
  addEventListener(event: "release", listener: () => void): void;
}

interface WakeLocks {
  request(type: "screen"): Promise<WakeLock>;
}

/** Let go by the system though the page is seen (a battery that runs low): asked for again, not at once. ms */
const againMs = 30_000;

/** Until what it gives is called. */
export function keepAwake(): () => void {
  const { wakeLock } = navigator as unknown as { wakeLock?: WakeLocks };
  if (!wakeLock) return () => {};
  let held: WakeLock | null = null;
  let isAsking = false;
  let over = false;
  const letGo = () => {
    held?.release().catch(() => {});
    held = null;
  };
  const ask = () => {
    if (over || isAsking || held !== null || document.visibilityState !== "visible") return;
    isAsking = true;
    wakeLock.request("screen").then(
      (lock) => {
        isAsking = false;
        held = lock;
        if (over) return letGo();
        lock.addEventListener("release", () => {
          if (held !== lock) return;
          held = null;
          setTimeout(ask, againMs);
        });
      },
      () => {
        isAsking = false;
        setTimeout(ask, againMs);
      },
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
