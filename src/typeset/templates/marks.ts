/** Words that a template adds are written with full-width marks; letters of dots are few to a line and get narrow ones. */
import { outlineFromPx } from "../fonts/index.ts";

const narrow: Readonly<Record<string, string>> = { "\uff1a": ":", "\uff08": "(", "\uff09": ")" };

export function marksFor(text: string, sizePx: number): string {
  return sizePx >= outlineFromPx ? text : text.replace(/[\uff1a\uff08\uff09]/g, (mark) => narrow[mark] ?? mark);
}
