/**
 * What an ordinary run takes of an exhaustive walk: some, drawn anew each run, so that many runs together take all.
 * BOARDCAST_LONG=1 takes all at once; BOARDCAST_TEST_SEED=… the same ones again.
 */
export const isLong = process.env.BOARDCAST_LONG === "1";
const seed = Number(process.env.BOARDCAST_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** `wanted` of `all`, in their order; `what` is printed beside the seed, and draws otherwise than another `what`. */
export function someOf<T>(what: string, all: readonly T[], wanted: number): readonly T[] {
  if (isLong || wanted >= all.length) return all;
  console.info(`${what}: BOARDCAST_TEST_SEED=${seed}`);
  let state = [...what].reduce((sum, letter) => Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619), seed);
  const left = all.map((_, index) => index);
  const drawn = Array.from({ length: wanted }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return left.splice(Math.floor((state / 2 ** 32) * left.length), 1)[0] ?? 0;
  });
  return drawn.sort((one, other) => one - other).flatMap((index) => all.slice(index, index + 1));
}
