/** What a sign answers, cut out of its bytes: packets from SOH to EOT, and the single bytes 06 and 15. Bounded. */
import { type Duplex, Transform } from "node:stream";
import { limits } from "../../limits.ts";
import { control } from "./codec.ts";

const acknowledged = [0x06, 0x15];

/** One packet (SOH to EOT) or one single byte per `data` event. A lost EOT costs the packet that it was of, and no other. */
export function createReader(): Duplex {
  let open: number[] | null = null;
  return new Transform({
    readableObjectMode: true,
    transform(chunk: Buffer, _encoding, done) {
      for (const byte of chunk) {
        // A packet begins wherever SOH is: no data has it.
        if (byte === control.soh) open = [byte];
        else if (open === null) {
          if (acknowledged.includes(byte)) this.push(Uint8Array.of(byte));
        } else {
          open.push(byte);
          if (byte === control.eot) this.push(Uint8Array.from(open));
          if (byte === control.eot || open.length >= limits.alphaReplyBytes) open = null;
        }
      }
      done();
    },
  });
}
