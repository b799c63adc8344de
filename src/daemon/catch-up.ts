/**
 * What another process has written (an `import`) is read before the next answer: whoever was told that it went in finds it.
 * The watch asks each second for everybody who asks nothing.
 */
export interface CatchUpParts {
  /** Changes when another process has written. */
  version(): Promise<number>;
  /** Reads all of it again. */
  written(): Promise<void>;
}

/** `seen`: the version before it was last read. What fails is tried again by whoever asks next. */
export function createCatchUp({ version, written }: CatchUpParts, seen: number): () => Promise<void> {
  let known = seen;
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    // Of before the reading: what is written meanwhile is news to the next one.
    const now = await version();
    if (now === known) return;
    await written();
    known = now;
  }

  return async () => {
    if ((await version()) === known) return;
    // One after the other, and each looks again: what goes on may have begun before the write.
    const mine = reading.then(read);
    reading = mine.catch(() => {});
    await mine;
  };
}
