const firstMs = 250;
const mostMs = 15_000;

/** Exponential back-off with full jitter: many panels that went together do not come back together. `attempt` counts from 0. */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.max(firstMs / 2, Math.round(random() * ceiling));
}

/** Resolves after `ms`, or at once when it is aborted. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done, { once: true });
    if (signal.aborted) done();
  });
}
