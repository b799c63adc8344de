/** A QR code for screens of computers and for paper. */
import { codeOf } from "./templates/qrcode.ts";

/** ISO/IEC 18004. */
const quiet = 4;

/** With its quiet zone, a row a line, # dark and . light; null: too long for any version. */
export function qrRows(text: string): readonly string[] | null {
  const code = codeOf(text);
  if (code === null) return null;
  const side = Array.from({ length: code.modules + 2 * quiet }, (_, at) => at - quiet);
  const isInside = (at: number) => at >= 0 && at < code.modules;
  return side.map((row) =>
    side.map((column) => (isInside(row) && isInside(column) && code.isDark(row, column) ? "#" : ".")).join(""),
  );
}
