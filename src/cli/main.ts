#!/usr/bin/env node
/** `boardcast VERB`. */
import { run } from "./program.ts";
import { sayError, terminal } from "./say.ts";

// A reader that has seen enough (`| head`) is not a fault; a full disk is.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  sayError(terminal, error);
  process.exit(1);
});
process.exitCode = await run(process.argv.slice(2));
