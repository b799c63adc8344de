/** What the kernels' WebAssembly text is made with: repetition, and shuffles by name. */

/** `make(0)` to `make(count - 1)`, a line each. */
export function each(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("\n");
}

/** A shuffle of two vectors' bytes; `byte(n)`: which one byte n of the result is, 0 to 15 the first's, 16 to 31 the second's. */
export function shuffle(byte: (n: number) => number, first: string, second: string): string {
  const bytes = Array.from({ length: 16 }, (_, n) => byte(n)).join(" ");
  return `(i8x16.shuffle ${bytes} ${first} ${second})`;
}

/** Pieces of `size` bytes from two vectors by turns: of their first halves, or of their second (`from` 8). */
export function zip(size: number, from: 0 | 8, first: string, second: string): string {
  return shuffle(
    (n) => from + Math.floor(n / size / 2) * size + (n % size) + (Math.floor(n / size) % 2) * 16,
    first,
    second,
  );
}

export const get = (name: string) => `(local.get $${name})`;
export const set = (name: string, value: string) => `(local.set $${name} ${value})`;
export const i32 = (value: number) => `(i32.const ${value})`;
export const add = (a: string, b: string) => `(i32.add ${a} ${b})`;
export const zero = "(v128.const i64x2 0 0)";

export const locals = (type: string, ...names: readonly string[]) =>
  names.map((name) => `(local $${name} ${type})`).join(" ");
export const eight = (name: string) => Array.from({ length: 8 }, (_, n) => `${name}${n}`);
