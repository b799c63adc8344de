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

/** A copy that stays as it is: it is no Map, so that no Map's method alters it either. */
export function frozenMap<K, V>(entries: Iterable<readonly [K, V]>): ReadonlyMap<K, V> {
  return Object.freeze(new FrozenMap(entries));
}

class FrozenMap<K, V> implements ReadonlyMap<K, V> {
  readonly #entries: ReadonlyMap<K, V>;

  constructor(entries: Iterable<readonly [K, V]>) {
    this.#entries = new Map(entries);
  }
  get size(): number {
    return this.#entries.size;
  }
  get(key: K): V | undefined {
    return this.#entries.get(key);
  }
  has(key: K): boolean {
    return this.#entries.has(key);
  }
  keys(): MapIterator<K> {
    return this.#entries.keys();
  }
  values(): MapIterator<V> {
    return this.#entries.values();
  }
  entries(): MapIterator<[K, V]> {
    return this.#entries.entries();
  }
  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
  forEach(look: (value: V, key: K, map: ReadonlyMap<K, V>) => void, self?: unknown): void {
    // Not the Map's own: that would hand it out.
    for (const [key, value] of this.#entries) look.call(self, value, key, this);
  }
}
