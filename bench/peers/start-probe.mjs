/** Loaded before the program: says how much processor time it took until its boards were planned, and until its page answered. */
import { subscribe } from "node:diagnostics_channel";

const say = (moment) => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(`probe ${moment} ${(user + system) / 1000}\n`);
};
subscribe("boardcast.planned", () => say("planned"));
subscribe("boardcast.open", () => say("open"));
