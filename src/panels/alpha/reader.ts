/** What a sign answers, cut out of its bytes: packets from SOH to EOT, and the single bytes 06 and 15. Bounded. */
import { limits } from "../../limits.ts";
import type { ReplyReader } from "../contract.ts";
import { control } from "./codec.ts";

const acknowledged = [0x06, 0x15];

/** One packet (SOH to EOT) or one single byte each. A lost EOT costs the packet that it was of, and no other. */
export function createReader(): ReplyReader<Uint8Array> {
  let open: number[] | null = null;
  return {
    read(bytes) {
      const found: Uint8Array[] = [];
      for (const byte of bytes) {
        // A packet begins wherever SOH is: no data has it.
        if (byte === control.soh) open = [byte];
        else if (open === null) {
          if (acknowledged.includes(byte)) found.push(Uint8Array.of(byte));
        } else {
          open.push(byte);
          if (byte === control.eot) found.push(Uint8Array.from(open));
          if (byte === control.eot || open.length >= limits.alphaReplyBytes) open = null;
        }
      }
      return found;
    },
  };
}
