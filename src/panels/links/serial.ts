import type { Duplex } from "node:stream";
import type { SerialPort } from "serialport";
import type { SerialBits } from "../../config/types.ts";
import type { Link } from "./link.ts";

/**
 * RS-232 or RS-485 through the operating system's port. serialport's habits that are met here: destroying the stream
 * does not close the port; a close with a write pending emits `error` and, on a real UART, may wait half a minute for bytes
 * that nobody takes; a peer that does not read keeps write and drain from ever calling back (delivery has its own time-outs).
 */
export function serialLink(path: string, baudRate: number, bits: SerialBits = "8N1"): Link {
  return {
    where: `serial ${path}`,
    bitsPerSecond: baudRate,
    async open(signal) {
      const port = await openable(path, baudRate, bits);
      return new Promise<Duplex>((resolve, reject) => {
        port.open((error) => {
          if (error) reject(error);
          else if (signal.aborted) {
            port.once("close", () => reject(new Error("stopped")));
            port.destroy();
          } else {
            // What came before we listened answers nothing.
            port.flush(() => resolve(port));
          }
        });
      });
    },
    async retune(stream, speed) {
      const port = stream as SerialPort;
      await new Promise<void>((resolve, reject) => {
        port.drain((undrained) => {
          if (undrained) reject(undrained);
          else port.update({ baudRate: speed }, (error) => (error ? reject(error) : resolve()));
        });
      });
    },
    stop: async () => {},
  };
}

/** Ten bits a byte, either way. */
const formats = {
  "8N1": { dataBits: 8, parity: "none", stopBits: 1 },
  "7E1": { dataBits: 7, parity: "even", stopBits: 1 },
} as const;

/** A port, not yet open, that is closed when it is destroyed; its errors end in `close`. */
export async function openable(path: string, baudRate: number, bits: SerialBits = "8N1"): Promise<SerialPort> {
  // Loaded here, not above: most offices have no serial line, and every start would pay for its machine code.
  const { SerialPort: Port } = await import("serialport");
  const port = new Port({ path, baudRate, ...formats[bits], autoOpen: false });
  port.on("error", () => {});
  port._destroy = (_error, done) => {
    if (!port.isOpen) done(null);
    else port.flush(() => (port.isOpen ? port.close(() => done(null)) : done(null)));
  };
  return port;
}
