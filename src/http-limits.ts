/** Maximums of what comes in over HTTP: a part of `limits.ts`, which is where to import them from. */
export const httpLimits = {
  /** Uploads that lie in memory at once. How deep a body's JSON may nest. */
  uploadsAtOnce: 4,
  jsonDepth: 32,
  /** Connections at once, all of them and one address's; a request's head: its bytes and its lines. */
  connections: 4096,
  connectionsPerAddress: 256,
  headBytes: 16 * 1024,
  headLines: 100,
  /** Until a head is there, and the whole of a request (an upload over a slow line); how long a connection may idle. */
  headMs: 10_000,
  requestMs: 120_000,
  keepAliveMs: 15_000,
  /** Names and addresses in a certificate. */
  certificateNames: 100,
  /** A certificate's or key's file. */
  certificateBytes: 64 * 1024,
  /** Addresses whose requests are counted; what one may ask at once, and how often after that: changes, and what is dear to answer. */
  askersRemembered: 10_000,
  changesAtOnce: 120,
  changeEveryMs: 250,
  dearAtOnce: 120,
  dearEveryMs: 250,
  /** The same of what is asked again with each keystroke: a fast typist's eight a second, on nine panels. */
  typedAtOnce: 240,
  typedEveryMs: 14,
  previewBacklogBytes: 256 * 1024,
  previewPerSecond: 4,
  previewSubscribers: 2000,
  previewInboundBytes: 1024,
  /** A text that is put on a board at once where nobody reviews: characters, lines, and minutes of one that ends by itself. */
  boardTextChars: 2000,
  boardTextLines: 50,
  boardTextMinutes: 366 * 24 * 60,
} as const;
