/**
 * Between the daemon and the page on this LCD's own screen: takes the programme with its messages, keeps both on disk, hands
 * them on, and goes on without the daemon for as long as the programme lasts. What the page reads back is passed on.
 */
import { limits } from "../../limits.ts";
import { decodeProgramme, type Instant, type MessageHash } from "../../message/index.ts";
import type { ShowGuest, ShowOffer, ShowSource } from "../../preview/show-line.ts";
import type { ShowBoard, ShowReport, ShowState } from "../../preview/show-types.ts";
import type { HostClock } from "./host-clock.ts";
import type { Keep, KeptProgramme } from "./keep.ts";

export interface RelayParts {
  readonly board: string;
  readonly keep: Keep;
  readonly clock: HostClock;
  fetchMessage(hash: MessageHash): Promise<Uint8Array>;
  report(report: ShowReport["report"]): void;
  failed(error: unknown): void;
}

export class Relay {
  readonly #parts: RelayParts;
  readonly #looks = new Map<RelayGuest, () => void>();
  #plays: KeptProgramme | null = null;
  #wanted: KeptProgramme | null = null;
  #staging: Promise<void> = Promise.resolve();
  #lineUp = false;
  /** Board clock when the daemon was last heard; null: never. */
  #heardAt: Instant | null = null;

  constructor(parts: RelayParts) {
    this.#parts = parts;
  }

  /** What lies on the disk from before. */
  async open(): Promise<void> {
    const kept = await this.#parts.keep.readProgramme();
    if (kept === null || kept.board.id !== this.#parts.board || messagesOf(kept) === null) return;
    this.#plays = kept;
    this.#heardAt = kept.heardAt;
  }

  /** The daemon's word. Dark counts at once; a programme when all of it is here. */
  take(state: ShowState): void {
    this.#lineUp = true;
    this.#heardAt = state.now;
    const { board, clockId, utcOffsetMin, dark, now } = state;
    const about = { board, clockId, utcOffsetMin, dark, heardAt: now };
    const before = this.#plays;
    if (before !== null) this.#plays = { ...before, ...about };
    if (state.programme !== null) this.#wanted = { ...about, programme: state.programme };
    else if (this.#wanted !== null) this.#wanted = { ...this.#wanted, ...about };
    this.look();
    this.#staging = this.#staging.then(() => this.#stage()).catch((error) => this.#parts.failed(error));
  }

  /** Settled when all that was taken is staged, or could not be. */
  get staged(): Promise<void> {
    return this.#staging;
  }

  /** It is up again when somebody says something. */
  lineLost(): void {
    this.#lineUp = false;
    this.look();
  }

  heard(now: Instant): void {
    this.#lineUp = true;
    this.#heardAt = now;
  }

  get source(): ShowSource {
    const board = this.#plays?.board ?? this.#wanted?.board ?? placeholder(this.#parts.board);
    return { board, join: (_, look) => this.#join(look) };
  }

  clock(): { readonly now: Instant; readonly clockId: string; readonly utcOffsetMin: number } {
    const { clockId = "", utcOffsetMin = 0 } = this.#plays ?? this.#wanted ?? {};
    return { now: this.#parts.clock.now() ?? this.#heardAt ?? 0, clockId, utcOffsetMin };
  }

  /** Every page is asked whether there is something for it. */
  look(): void {
    for (const look of this.#looks.values()) look();
  }

  /** Checked against its name as it leaves the disk; one that fell ill there is fetched anew. */
  async message(hash: MessageHash): Promise<Uint8Array | null> {
    if (this.#plays === null || !messagesOf(this.#plays)?.includes(hash)) return null;
    return (await this.#parts.keep.message(hash)) ?? this.#fetch(hash).catch(() => null);
  }

  async #fetch(hash: MessageHash): Promise<Uint8Array> {
    const bytes = await this.#parts.fetchMessage(hash);
    if (!(await this.#parts.keep.putMessage(hash, bytes))) throw new Error(`${hash.slice(0, 12)}: other bytes came`);
    return bytes;
  }

  /** The newest wins: what is under way for an older one is dropped at the next message. */
  async #stage(): Promise<void> {
    const { keep } = this.#parts;
    const wanted = this.#wanted;
    if (wanted === null) {
      if (this.#plays !== null) await keep.writeProgramme(this.#plays);
      return;
    }
    const hashes = messagesOf(wanted);
    if (hashes === null) throw new Error("the programme makes no sense");
    // Dark is kept before anything is fetched: a start without a network must not light what was made dark.
    if (this.#plays !== null && wanted.dark) await keep.writeProgramme(this.#plays);
    for (const hash of hashes) {
      if (this.#wanted?.programme !== wanted.programme) return;
      if ((await keep.message(hash)) === null) await this.#fetch(hash);
    }
    const newest = this.#wanted;
    if (newest?.programme !== wanted.programme) return;
    // On disk first, then on the screen: a cut in between shows the older one, never half of either.
    await keep.writeProgramme(newest);
    if (this.#wanted?.programme === wanted.programme) {
      this.#plays = this.#wanted;
      this.#wanted = null;
    }
    await keep.prune(new Set(hashes));
    this.look();
  }

  #join(look: () => void): ShowGuest | null {
    if (this.#looks.size >= limits.pagesPerBoard) return null;
    const guest: RelayGuest = new RelayGuest({
      offer: () => this.#offer(),
      heard: (report) => {
        // One word for one screen: the page that came last.
        if ([...this.#looks.keys()].at(-1) === guest) this.#parts.report(report);
      },
      leave: () => void this.#looks.delete(guest),
    });
    this.#looks.set(guest, look);
    return guest;
  }

  #offer(): RelayOffer {
    const { clock } = this.#parts;
    return {
      dark: this.#plays?.dark ?? false,
      programme: this.#plays?.programme ?? null,
      awaySince: this.#lineUp ? null : (this.#heardAt ?? 0),
      blind: this.#plays !== null && clock.now() === null,
    };
  }
}

type RelayOffer = Required<Omit<ShowOffer, "programme">> & { readonly programme: string | null };

interface GuestParts {
  offer(): RelayOffer;
  heard(report: ShowReport["report"]): void;
  leave(): void;
}

class RelayGuest implements ShowGuest {
  readonly #parts: GuestParts;
  #last: RelayOffer | null = null;

  constructor(parts: GuestParts) {
    this.#parts = parts;
  }

  next(): ShowOffer | null {
    const offer = this.#parts.offer();
    const { programme, ...rest } = offer;
    const known = programme === this.#last?.programme;
    const { dark, awaySince, blind } = this.#last ?? {};
    if (known && dark === offer.dark && awaySince === offer.awaySince && blind === offer.blind) return null;
    this.#last = offer;
    return { ...rest, programme: known || programme === null ? null : Buffer.from(programme, "base64") };
  }

  heard(report: ShowReport["report"]): void {
    this.#parts.heard(report);
  }

  leave(): void {
    this.#parts.leave();
  }
}

function messagesOf({ programme }: KeptProgramme): readonly MessageHash[] | null {
  const decoded = decodeProgramme(Buffer.from(programme, "base64"));
  return decoded.ok ? decoded.programme.messages : null;
}

/** Nothing was ever heard of it: a black screen of any shape. */
const placeholder = (id: string): ShowBoard => ({
  id,
  name: "",
  shape: { width: 16, height: 9, colour: "rgb" },
  ledColour: null,
});
