/** What Chromium 86, the oldest browser of such offices that is served, has no word for. */

/** `AbortSignal.timeout` (103), and with it whatever `other` ends, as `AbortSignal.any` (116) would. */
export function timeoutSignal(ms: number, other?: AbortSignal): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  other?.addEventListener("abort", () => controller.abort());
  return controller.signal;
}

/** `structuredClone` (98), of what JSON can say. */
export const copyOfJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** `list.at(-1)` (92). */
export const lastOf = <T>(list: ArrayLike<T>): T | undefined => list[list.length - 1];
