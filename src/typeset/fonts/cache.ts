/** Glyphs made from a face's data, kept for all faces together within a bound of bytes. */
import type { Glyph } from "./face.ts";

interface Entry {
  readonly glyph: Glyph | null;
  readonly bytes: number;
  /** Asked for since the hand last passed. */
  used: boolean;
}

/** What an entry costs beside its dots: the entry, the glyph, the arrays' heads and the map's slot. Measured, rounded up. */
const overheadBytes = 320;

/**
 * Clock eviction (second chance): as good as least-recently-used for text, and a hit is one map look-up and one store.
 * The map's own order of insertion is the clock's face.
 */
export class GlyphCache {
  private readonly entries = new Map<number, Entry>();
  private readonly maxBytes: number;
  private bytes = 0;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  get heldBytes(): number {
    return this.bytes;
  }

  /** The kept glyph (null: known to be missing), or what `make` gives, then kept. `key`: see `keyOf`. */
  get(key: number, make: () => Glyph | null): Glyph | null {
    const known = this.entries.get(key);
    if (known !== undefined) {
      known.used = true;
      return known.glyph;
    }
    const glyph = make();
    const bytes = overheadBytes + (glyph === null ? 0 : glyph.bits.length + (glyph.levels?.length ?? 0));
    if (bytes > this.maxBytes) return glyph;
    this.makeRoom(this.maxBytes - bytes);
    this.entries.set(key, { glyph, bytes, used: false });
    this.bytes += bytes;
    return glyph;
  }

  private makeRoom(limitBytes: number): void {
    // Ends: a second pass finds every entry unused.
    while (this.bytes > limitBytes) {
      for (const [key, entry] of this.entries) {
        this.entries.delete(key);
        if (entry.used) {
          entry.used = false;
          this.entries.set(key, entry);
        } else {
          this.bytes -= entry.bytes;
        }
        if (this.bytes <= limitBytes) return;
      }
    }
  }
}

/** One number for a face (counted from 0) and a code point. */
export function keyOf(face: number, codePoint: number): number {
  return face * 0x110000 + codePoint;
}
