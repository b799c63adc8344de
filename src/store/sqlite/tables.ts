/** The tables, as Kysely types. Rules for every one: `site` in the key, instants BIGINT, hashes BLOB, JSON opaque text (design.md "The store"). */
import type { PeopleTables } from "./people-tables.ts";

export interface Tables extends PeopleTables {
  setting: { site: string; key: string; value: string };
  notice: {
    site: string;
    id: string;
    /** Newest revision's number; the first is 1. */
    revisions: number;
  };
  revision: {
    site: string;
    notice: string;
    number: number;
    hash: Uint8Array;
    /** JSON of `Content`. */
    content: string;
    /** JSON of `Schedule`. */
    schedule: string;
    maker: string | null;
    imported_at: number;
    /** Also in the register (`taken-down.ts`). */
    withdrawn_at: number | null;
    superseded_at: number | null;
    /** As its schedule says; null: that was never to be read. */
    until: number | null;
  };
  seal: {
    site: string;
    notice: string;
    number: number;
    /** JSON of `SealBody`. */
    body: string;
    signature: Uint8Array;
  };
  message: {
    site: string;
    hash: Uint8Array;
    /** Canonical bytes, zlib. */
    deflated: Uint8Array;
  };
  /** What revisions name in `content.pictures`; one may serve several. */
  picture: {
    site: string;
    hash: Uint8Array;
    /** The bytes as kept (a PNG without compression), zlib. */
    deflated: Uint8Array;
  };
  /** One open draft a notice; gone when it is submitted. */
  draft: {
    site: string;
    notice: string;
    version: number;
    state: string;
    /** JSON of the rest of `Draft`. */
    body: string;
  };
  review_case: {
    site: string;
    id: string;
    notice: string;
    number: number;
    state: string;
    since: number;
    version: number;
    /** JSON of the rest of `ReviewCase`. */
    body: string;
  };
  review_look: { site: string; review_case: string; account: string; board: string; message: Uint8Array; at: number };
  /** Numbers that run through a civil year without gaps: the last one given. */
  running_number: { site: string; name: string; last: number };
  /** As told to boards; kept as long as the play log's rows that name them. */
  programme: {
    site: string;
    hash: Uint8Array;
    /** By the wall clock, the last time. */
    told_at: number;
    /** Canonical bytes, zlib. */
    deflated: Uint8Array;
  };
  /** Also in the register, which counts as much (`board-states.ts`). */
  board_dark: { site: string; board: string; since: number; by: string; name: string; reason: string };
  board_maintenance: {
    site: string;
    board: string;
    pattern: string;
    since: number;
    until: number;
    by: string;
    name: string;
    reason: string;
  };
  board_report: {
    site: string;
    board: string;
    number: number;
    at: number;
    by: string;
    name: string;
    text: string;
    answered_at: number | null;
  };
  /** 撤下令, and what is known of each of its boards. */
  takedown: {
    site: string;
    /** Runs through without gaps. */
    number: number;
    kind: string;
    notice: string | null;
    by: string;
    reason: string;
    at: number;
    closed_at: number | null;
  };
  takedown_board: {
    site: string;
    number: number;
    board: string;
    dark_by: number | null;
    done_at: number | null;
    how: string | null;
    words: string;
  };
  /** A revision off a single board; also in the register (`taken-down.ts`). */
  taken_off: { site: string; notice: string; number: number; board: string; at: number };
  /** 公示 that are over. */
  publicity: {
    site: string;
    notice: string;
    until: number;
    /** JSON of the rest of `EndedPeriod`. */
    body: string;
  };
  /** 张贴: what people say of the sheets at a posting place; null: nothing yet. */
  posting: {
    site: string;
    notice: string;
    number: number;
    board: string;
    /** JSON of `PaperWord`. */
    posted: string | null;
    taken: string | null;
  };
  /** 收到的预警. */
  received_warning: {
    site: string;
    /** Runs through without gaps. */
    number: number;
    sender: string;
    identifier: string;
    sent: number;
    state: string;
    digest: Uint8Array;
    /** JSON of the rest of `ReceivedWarning`. */
    body: string;
    /** What was read. */
    bytes: Uint8Array;
  };
  received_reference: { site: string; number: number; sender: string; identifier: string; sent: number };
  cap_sender: {
    site: string;
    sender: string;
    fingerprint: string;
    /** JSON of the rest of `CapSender`. */
    body: string;
  };
  /** 索引号; kept for ever, and given once. */
  index_number: {
    site: string;
    year: number;
    class: string;
    serial: number;
    unit: string;
    notice: string;
    /** JSON of `Voided`; null: it stands. */
    voided: string | null;
  };
  /** 期; rows are only added. */
  issue: {
    site: string;
    year: number;
    number: number;
    /** JSON of the rest of `Issue`. */
    body: string;
  };
  /** Rows are only added. */
  ledger: {
    site: string;
    chain: string;
    seq: number;
    board_at: number;
    wall_at: number;
    by: string;
    action: string;
    subject: string;
    /** Canonical JSON of `LedgerData`. */
    data: string;
    hash: Uint8Array;
  };
}
