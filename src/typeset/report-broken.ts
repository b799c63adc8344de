/** Words that a page breaks over two lines. A text may have thousands of words, and its pages thousands of lines. */

interface Lines {
  readonly lines: readonly string[];
  readonly stands: boolean;
}

export interface Broken {
  /** Counted from 1. */
  readonly page: number;
  readonly word: string;
}

const whole = /[\p{Script=Latin}\d][\p{Script=Latin}\d.,:/%-]*/gu;
const head = /^[\p{Script=Latin}\d.,:/%-]*[\p{Script=Latin}\d]/u;
const letterOrFigure = /[\p{Script=Latin}\d]/u;
const ofWord = /[\p{Script=Latin}\d.,:/%-]/u;

/** Words of letters and numbers that go over from one line to the next, as the text itself has them in one piece. */
export function brokenWords(text: string, steps: readonly Lines[]): Broken[] {
  const found: Broken[] = [];
  const words = new Set(text.match(whole) ?? []);
  const firstOf = firstWithPrefix([...words]);
  for (const [index, { lines, stands }] of steps.entries())
    for (let line = 1; line < lines.length && stands; line++) {
      const end = tailOf(lines[line - 1] ?? "");
      const start = head.exec(lines[line] ?? "")?.[0];
      if (end === "" || start === undefined) continue;
      const word = firstOf(end + start);
      // A line that ends with a whole word is not broken, were the two joined a word elsewhere.
      if (word !== undefined && !(words.has(end) && words.has(start))) found.push({ page: index + 1, word });
    }
  return found;
}

/** The word, or the end of one, that a line ends with: it begins with a letter or a figure. Looked at once, from the line's end. */
export function tailOf(line: string): string {
  const characters = [...line];
  let begins = characters.length;
  for (let at = characters.length - 1; at >= 0 && ofWord.test(characters[at] as string); at--)
    if (letterOrFigure.test(characters[at] as string)) begins = at;
  return characters.slice(begins).join("");
}

/** Looks up the first of `words` that begins with a prefix: in order those with it stand together. */
export function firstWithPrefix(words: readonly string[]): (prefix: string) => string | undefined {
  const order = words.map((_, index) => index).sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1));
  const at = (place: number) => words[order[place] as number] as string;
  return (prefix) => {
    let [from, to] = [0, order.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (at(middle) < prefix) from = middle + 1;
      else to = middle;
    }
    let first = Number.POSITIVE_INFINITY;
    for (; from < order.length && at(from).startsWith(prefix); from++) first = Math.min(first, order[from] as number);
    return words[first];
  };
}
