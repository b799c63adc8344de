import type { Duplex } from "node:stream";
import { SerialPort } from "serialport";
import type { Link } from "./link.ts";

/**
 * RS-232 or RS-485 through the operating system's port, 8N1. serialport's habits that are met here: a close with a write
 * pending emits `error`, and a peer that does not read keeps write and drain from ever calling back (delivery has its own time-outs).
 */
export function serialLink(path: string, baudRate: number): Link {
  return {
    where: `serial ${path}`,
    bitsPerSecond: baudRate,
    open: (signal) =>
      new Promise<Duplex>((resolve, reject) => {
        const port = new SerialPort({ path, baudRate, autoOpen: false });
        port.on("error", () => {});
        port.open((error) => {
          if (error) reject(error);
          else if (signal.aborted) port.close(() => reject(new Error("stopped")));
          else resolve(port);
        });
      }),
    stop: async () => {},
  };
}
