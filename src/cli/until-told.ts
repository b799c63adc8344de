/** Resolves at Ctrl-C or SIGTERM. The handlers stay: a second signal must not cut short an orderly end. */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
}
