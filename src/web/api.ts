/** What the page asks the daemon over HTTP; the same that anyone may ask. */
import type { Sentence } from "../fault.ts";
import type { ColourKind, Instant, MessageHash } from "../message/types.ts";
import type { BoardFacts, Capabilities } from "../panels/contract.ts";
import type { BoardProgramme } from "../preview/types.ts";
import { mistakesOf } from "./ask.ts";
import { inSession } from "./between.ts";
import { timeoutSignal } from "./old.ts";
import { NotGiven } from "./player/message-cache.ts";

export interface OfficeJson {
  readonly name: string;
  readonly practice: boolean;
  readonly zone: string;
  /** Posting places without a panel, for who may read; absent: none. */
  readonly cabinets?: readonly CabinetJson[];
}

export interface CabinetJson {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly paper: "A4" | "A3";
  readonly custodian: string;
}

/** Civil times; what ends at or before its begin crosses midnight. */
export interface HoursJson {
  readonly from: string;
  readonly until: string;
  readonly days: "everyday" | "workday" | "restday";
}

export interface BoardJson {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly model: string;
  /** Whose protocol its card speaks; null: our own. */
  readonly driver: string | null;
  readonly device: "led" | "lcd" | "paper+led";
  readonly panel: {
    readonly width: number;
    readonly height: number;
    readonly colour: ColourKind;
    readonly ledColour: string | null;
  };
  readonly link: {
    readonly kind: "tcp-out" | "tcp-in" | "serial" | "udp" | "browser" | "carried";
    readonly note: Sentence;
    readonly state: BoardFacts["link"];
    /** Other boards on the same line, where it has a number of its own; null: none, or not for us to know. */
    readonly shared: { readonly number: number; readonly with: readonly string[] } | null;
  };
  /** What its card can promise. */
  readonly capabilities: Capabilities;
  readonly hours: HoursJson;
  /** When nothing rotates. */
  readonly quiet: readonly (HoursJson & { readonly shows: "default" | "nothing" })[];
  /** Empty: nobody is named. */
  readonly custodian: string;
  /** Tracks or categories that it shows; null: all. */
  readonly allows: readonly string[] | null;
}

export interface PlaylistJson {
  readonly intervals: readonly {
    /** ISO 8601. */
    readonly start: string;
    readonly end: string;
    readonly priority: number | null;
    readonly notices: readonly string[];
    /** Not null: these notices are what the schedule has, and are not lit. */
    readonly suspended: "dark" | "maintenance" | "card" | null;
  }[];
  readonly suspensions: readonly { readonly kind: "dark" | "maintenance" | "card"; readonly sentence: Sentence }[];
  readonly reasons: readonly {
    readonly notice: string;
    readonly title: string;
    readonly code: string;
    readonly sentence: Sentence;
  }[];
}

const patienceMs = 20_000;

const reach = (path: string): Promise<Response> => inSession(() => fetch(path, { signal: timeoutSignal(patienceMs) }));

async function get(path: string): Promise<Response> {
  const response = await reach(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

async function getJson<T>(path: string): Promise<T> {
  return (await (await get(path)).json()) as T;
}

const iso = (at: Instant) => encodeURIComponent(new Date(at).toISOString());
const boardPath = (board: string) => `/api/v1/boards/${encodeURIComponent(board)}`;

export const api = {
  office: () => getJson<OfficeJson>("/api/v1/office"),
  boards: () => getJson<readonly BoardJson[]>("/api/v1/boards"),
  programme: (board: string, at: Instant) => getJson<BoardProgramme>(`${boardPath(board)}/programme?at=${iso(at)}`),
  playlist: (board: string, from: Instant, until: Instant) =>
    getJson<PlaylistJson>(`${boardPath(board)}/playlist?from=${iso(from)}&until=${iso(until)}`),
  /** Rejects with `NotGiven` and the daemon's sentence where its pixels are not for this caller, or for nobody any more. */
  async message(hash: MessageHash): Promise<Uint8Array> {
    const response = await reach(`/api/v1/messages/${hash}`);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    const [mistake] = mistakesOf(await response.json().catch(() => null));
    if (mistake && [403, 404, 410].includes(response.status)) throw new NotGiven(mistake.what);
    throw new Error(`${hash}: ${response.status}`);
  },
};
