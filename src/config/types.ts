/** What an installation is, after `boardcast.yaml` (or the practice fixtures) was checked whole. */
import type { Shape } from "../message/types.ts";
import type { BoardId } from "../notices/types.ts";
import type { RuleSet } from "../notices/disclosure.ts";
import type { CalendarConfig } from "../time/calendar.ts";

export type { CalendarConfig, CalendarYear } from "../time/calendar.ts";

export interface Site {
  readonly practice: boolean;
  readonly office: string;
  /** IANA zone, e.g. Asia/Shanghai. */
  readonly zone: string;
  readonly calendar: CalendarConfig;
  /** Those with a panel. */
  readonly boards: readonly BoardConfig[];
  /** 只张贴纸质件的公开栏; absent: none. No id of theirs is a board's. */
  readonly cabinets?: readonly Cabinet[];
  readonly listen: Listen;
  /** How long a panel may go on alone, ms (default 2 h). */
  readonly holdMs: number;
  /** How fast people read off a board: how long pages stand, and what the fit report says. */
  readonly readingCharactersPerSecond: number;
  /** "none": one person acts alone on this computer, without accounts (本机不设审核). Absent: review as usual. */
  readonly review?: "none" | ReviewConfig;
  /** 公开期限: what this office has promised beyond the law. Absent: nothing. */
  readonly disclosure?: readonly RuleSet[];
  /** 每夜备份; absent: as is usual, and not sealed. */
  readonly backup?: BackupConfig;
}

/** The chain is maker, then signer; what is absent is as `notices/review` has it. */
export interface ReviewConfig {
  /** A reviewer stands between them. */
  readonly office?: boolean | undefined;
  readonly reminderHours?: number | undefined;
  readonly paper?: boolean | undefined;
  readonly countersignHours?: number | undefined;
  readonly eraseDays?: number | undefined;
}

export interface BackupConfig {
  /** Nights that are kept. */
  readonly keep?: number | undefined;
  /** Its first line seals the backups. A file as `loadSite` found it. */
  readonly passphraseFile?: string | undefined;
}

/** Where the page and the API are. */
export interface Listen {
  readonly host: string;
  readonly port: number;
  /** Absent: "generated" beyond this computer, "none" on it. Files as `loadSite` found them. */
  readonly tls?: "none" | "generated" | { readonly cert: string; readonly key: string };
  /** Host names under which it is opened, besides the computer's own. */
  readonly names?: readonly string[];
  /** Reverse proxies in front, the last one on this computer; absent: none, and nobody's word for an address is taken. */
  readonly proxy?: number;
}

/**
 * 开放时段: minutes after civil midnight, half-open; `days` by the working-day calendar. What ends at or before its begin
 * crosses midnight, and belongs to the day on which it begins.
 */
export interface BoardHours {
  readonly fromMinute: number;
  readonly untilMinute: number;
  readonly days: "everyday" | "workday" | "restday";
}

export interface QuietHours extends BoardHours {
  /** The default picture alone, or black. */
  readonly shows: "default" | "nothing";
}

/** Of the sheets that hang at a posting place. */
export type PaperSize = "A4" | "A3";

/** The character set of the font that a card draws with by itself. */
export type CardGlyphs = "GB2312" | "GBK" | "GB18030";

/** Of a card that is sent characters: in which cells it draws them, a Chinese one in a square of `sizePx` dots, ASCII in half of it. */
export interface CardCells {
  readonly glyphs: "GB2312" | "GBK";
  readonly sizePx: 16;
}

export interface BoardConfig {
  readonly id: BoardId;
  readonly name: string;
  readonly place: string;
  /** Words for people: "P10 单红". */
  readonly model: string;
  readonly device: "led" | "lcd" | "paper+led";
  /** 张贴处: notices hang here on paper too, on sheets of this size. Absent: none. */
  readonly paper?: PaperSize;
  readonly shape: Shape;
  /** What a lit dot looks like in the preview, #rrggbb; null on rgb panels. */
  readonly ledColour: string | null;
  /** Absent: its card is sent pixels, and needs no font. */
  readonly glyphs?: CardGlyphs;
  /** What is signed for it is characters in these cells. Absent: its card is sent pixels. */
  readonly cells?: CardCells;
  /** Absent: our own protocol. */
  readonly driver?: DriverConfig;
  readonly link: LinkConfig;
  readonly hours: BoardHours;
  /** 静屏时段: within opening hours, when nothing rotates. Warnings do not ask. Absent: none. */
  readonly quiet?: readonly QuietHours[];
  /** Tracks or categories (`notices/categories.ts`) that it shows; absent: all. */
  readonly allows?: readonly string[];
  readonly defaultLines: readonly string[];
  readonly custodian: string;
}

/** A posting place without a panel: notices that it is to have are printed, posted, confirmed; nothing is sent to it. */
export interface Cabinet extends Pick<BoardConfig, "id" | "name" | "place" | "allows" | "custodian"> {
  readonly paper: PaperSize;
  readonly shape?: undefined;
  readonly glyphs?: undefined;
  readonly cells?: undefined;
}

/** What a notice may be aimed at. */
export type Place = BoardConfig | Cabinet;

export type LinkConfig =
  | {
      readonly kind: "tcp-out";
      readonly host: string;
      readonly port: number;
      readonly baud?: ServerBaud;
      readonly address: number;
      readonly bus?: string | undefined;
    }
  | { readonly kind: "tcp-in"; readonly port: number; readonly baud?: ServerBaud; readonly address: number }
  | {
      readonly kind: "serial";
      readonly path: string;
      readonly baud: number;
      /** Data bits, parity, stop bits; absent: 8N1. */
      readonly bits?: SerialBits | undefined;
      readonly address: number;
      /** In practice, where path and port are not known before its panels run: equal of the boards of one line. */
      readonly bus?: string | undefined;
    }
  /** Datagrams to a controller that lights what it was sent last. */
  | {
      readonly kind: "udp";
      /** Of a multicast group: a driver that has a group for each universe sends each to its own. */
      readonly host: string;
      readonly port: number;
      /** This computer's address on the network of the panel; absent: as its routes say. */
      readonly from?: string | undefined;
    }
  /** LCD pages: the browser plays the same messages. */
  | { readonly kind: "browser" }
  /** A person carries a folder to the sign on a stick. */
  | {
      readonly kind: "carried";
      /** Where it is kept ready. */
      readonly folder: string;
      /** The card, and its maker's program, as the slip names them; absent: written there by pen. */
      readonly card?: string | undefined;
      readonly tool?: string | undefined;
    };

export type SerialBits = "8N1" | "7E1";

/** Of the serial line between a serial server and the panel, bits a second; absent: the panel is on the network itself. */
export type ServerBaud = number | undefined;

/** Whose protocol a card speaks, with what it has to know of the panel. */
export type DriverConfig = StreamConfig | OnbonConfig | OnbonKConfig | AlphaConfig | HuiduConfig;

/** Onbon BX-5 and BX-6; what each means: `config/onbon.ts`. */
export interface OnbonConfig {
  readonly kind: "onbon";
  /** null: the card is asked. */
  readonly family: "5A" | "5M" | "5C" | "5U" | "5E" | "5Q" | "5QS" | "6M" | "6U" | "6W" | "6E" | "6Q" | null;
  readonly planes: "RG" | "GR";
  readonly rgb: "888" | "565";
  readonly tails: 1 | 2;
  /** 0 to 15, or 48 of them; null: as it is set on the card. */
  readonly brightness: number | readonly number[] | null;
  readonly speedMs: number;
  readonly keepsDefault: boolean;
  readonly others: "told" | "deleted";
}

/** Onbon BX-K font cards; what each means: `config/onbon-k.ts`. */
export interface OnbonKConfig {
  readonly kind: "onbon-k";
  readonly family: "5K" | "6K";
  readonly glyphs: CardCells["glyphs"];
  /** null: the one that the card begins with. */
  readonly font: number | null;
  /** 1 to 16; null: as it is set on the card. */
  readonly brightness: number | null;
}

/** A sign of the M-protocol. */
export interface AlphaConfig {
  readonly kind: "alpha";
  /** It answers what it is asked. */
  readonly answers: boolean;
  /** One character; `Z`: all. */
  readonly type: string;
  /** 0-255; 0: all. */
  readonly sign: number;
  /** Of the serial server behind a TCP line; that of the link counts where it has one. */
  readonly baud: number;
}

/** A full-colour card of Huidu. */
export interface HuiduConfig {
  readonly kind: "huidu";
  /** Pictures end by the card's own clock. */
  readonly expires: boolean;
  /** New ones that are stored in its flash. */
  readonly picturesPerDay: number;
  /** Percent; null: as it is. */
  readonly brightness: number | null;
}

/** Lamps that light what they are sent. */
export type StreamConfig =
  | Streamed<"ddp">
  | Streamed<"adalight">
  | Streamed<"tpm2">
  | Streamed<"tpm2net">
  | (Streamed<"e131"> & {
      /** The first one, 1-63999. */
      readonly universe: number;
      readonly lampsPerUniverse: number;
      /** 0-200: of several senders the card obeys the highest. */
      readonly priority: number;
      /** The universe whose packets say "now" once all of a picture is there; null: lamps change as packets come. */
      readonly sync: number | null;
    })
  | (Streamed<"artnet"> & {
      /** The first one's port-address, 0-32767: net, sub-net and universe in one. */
      readonly universe: number;
      readonly lampsPerUniverse: number;
      readonly sync: boolean;
    });

interface Streamed<Kind extends string> {
  readonly kind: Kind;
  readonly wiring: Wiring;
  /** The card keeps its last picture when nothing comes any more, until its power is cut. */
  readonly keeps: boolean;
}

/** In which order a matrix's lamps hang on their wire, and in which order a lamp takes its colours. */
export interface Wiring extends WiredGrid {
  readonly order: "RGB" | "RBG" | "GRB" | "GBR" | "BRG" | "BGR" | "RGBW" | "GRBW";
  /** Lamps on the wire before the panel's first one, which stay black. */
  readonly skip: number;
  /** How far the panel is turned clockwise as it hangs, degrees. */
  readonly turned: 0 | 90 | 180 | 270;
  /** Modules of this many dots that are wired one after the other, the lamps of each as above; absent: the panel is one. */
  readonly modules?: WiredGrid & { readonly width: number; readonly height: number };
}

export interface WiredGrid {
  /** Where the first one is, as seen from the front. */
  readonly start: "top-left" | "top-right" | "bottom-left" | "bottom-right";
  readonly along: "rows" | "columns";
  /** Every second row (or column) runs back. */
  readonly serpentine: boolean;
}
