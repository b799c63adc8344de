/**
 * The program has no window: if a package's declarations bring a browser's names into its check of types, that check (`tsc`)
 * fails here, because then there is nothing wrong with these lines.
 */
// @ts-expect-error: there is no such name
export type NoDocument = typeof document;
// @ts-expect-error: there is no such name
export type NoWindow = typeof window;
