/** Values that stay as they are, down to the last leaf: what was found out about one holds for as long as it exists. */

const whole = new WeakSet<object>();

/** `value`, in which nobody can alter anything any more. What Object.freeze does not reach (byte arrays, Maps) throws a TypeError. */
export function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || whole.has(value)) return value;
  const kind: unknown = Object.getPrototypeOf(value);
  if (kind !== Object.prototype && kind !== Array.prototype)
    throw new TypeError(`cannot be frozen: ${Object.prototype.toString.call(value)}`);
  for (const part of Object.values(value)) frozen(part);
  whole.add(Object.freeze(value));
  return value;
}

/** Whether `frozen` made it so. */
export function isFrozen(value: object): boolean {
  return whole.has(value);
}
