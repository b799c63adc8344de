/** How long this computer has been up, ms, while suspended too: what the wall clock is held against. */
import { uptime } from "node:os";

export const bootMs = (): number => uptime() * 1000;
