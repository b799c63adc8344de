/** Where the program runs from its sources: a thread has to load tsx by itself, and everything through it, for a second or so. */
import { type ResourceLimits, Worker } from "node:worker_threads";

/** By the name of the bundle's entry, where its source is from here. */
const sources = {
  "typeset-thread": "./thread.ts",
  "picture-thread": "./pictures/picture-thread.ts",
} as const;

export type ThreadName = keyof typeof sources;

export function workerFromSource(name: ThreadName, resourceLimits: ResourceLimits): Worker {
  const source = JSON.stringify(new URL(sources[name], import.meta.url).href);
  const script = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${source}, ${source}))`;
  return new Worker(script, { eval: true, resourceLimits });
}
