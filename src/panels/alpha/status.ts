/** Serial error status (`F*`): bit 6 is always set, every other one is an error since the last look. */
import type { Fault } from "../../fault.ts";

const always = 0x40;
/** As sign makers' hands have them; the exact ones are uncertain, that there is an error is not. */
const meanings = [
  [0x20, "命令或文件不认识", "unknown command or file"],
  [0x10, "校验和不对", "wrong checksum"],
  [0x08, "缓冲区满", "buffer overflow"],
  [0x04, "包内停顿过长", "pause inside a packet"],
  [0x02, "帧错误", "framing error"],
  [0x01, "奇偶校验错误", "parity error"],
] as const;

/** `data`: what follows the `*`. Empty: nothing is wrong. */
export function statusFaults(board: string, label: string, data: string): readonly Fault[] {
  const byte = data.charCodeAt(0);
  const errors = Number.isNaN(byte) ? 0 : byte & 0x7f & ~always;
  if (errors === 0 && !Number.isNaN(byte)) return [];
  const said = meanings.filter(([bit]) => errors & bit);
  const detail = `F* ${Number.isNaN(byte) ? "?" : byte.toString(16)}${said.map(([, zh, en]) => `; ${zh} / ${en}`).join("")}`;
  return [{ code: "wire/refused", board, label, detail }];
}
