#!/usr/bin/env node
/** `boardcast VERB`. */
import { run } from "./program.ts";

// A reader that has seen enough (`| head`) is not a fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
process.exitCode = await run(process.argv.slice(2));
