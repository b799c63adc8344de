/** Which pages of a long message somebody was sent, until it was all of them. Forgotten when the daemon ends: they look again. */
import { limits } from "../limits.ts";

export class PartLooks {
  private readonly pages = new Map<string, Set<number>>();

  /** `look`: who, at what. Pages `from` to `to` of `of`, from 1. Whether now every page was sent. */
  sent(look: string, from: number, to: number, of: number): boolean {
    const seen = this.pages.get(look) ?? new Set<number>();
    for (let page = from; page <= Math.min(to, of); page++) seen.add(page);
    this.pages.delete(look);
    if (seen.size === of) return true;
    this.pages.set(look, seen);
    const [oldest] = this.pages.keys();
    if (oldest !== undefined && this.pages.size > limits.partLooks) this.pages.delete(oldest);
    return false;
  }
}
