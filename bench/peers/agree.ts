/** What keeps a bench honest: contenders that do the same work, and results that someone reads. */

/** Throws where two contenders' results differ: a faster way to something else is no contender. */
export function agree(what: string, one: Uint8Array, other: Uint8Array): void {
  if (one.length !== other.length) throw new Error(`${what}: ${one.length} bytes against ${other.length}`);
  const at = one.findIndex((byte, index) => byte !== other[index]);
  if (at >= 0) throw new Error(`${what}: byte ${at} is ${one[at]} against ${other[at]}`);
}

let sum = 0;

/** Takes a result, so that the engine cannot drop the work behind it. */
export function use(value: number): void {
  sum = (sum + value) | 0;
}

/** The sum of all results used: a run's report carries it. */
export function used(): number {
  return sum;
}
