/** Received warnings, as the daemon answers them. */
import type { Sentence } from "../fault.ts";
import { ask, pathOf } from "./ask.ts";

export interface ReceivedJson {
  readonly number: number;
  readonly sender: string;
  readonly identifier: string;
  readonly state: "waiting" | "taken" | "cancelled" | "refused" | "over" | "noted";
  readonly msgType: "Alert" | "Update" | "Cancel" | "Ack" | "Error";
  readonly name: string;
  /** ISO 8601, by the board clock. */
  readonly receivedAt: string;
  readonly expires: string | null;
  readonly title: string;
  readonly signature: "none" | "verified" | "unknown" | "broken";
  readonly told: readonly Sentence[];
  readonly notice: string | null;
  readonly decided: { readonly by: string; readonly at: string; readonly words: string } | null;
}
export interface ReceivedBoardJson {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly custodian: string;
  readonly reach: "line" | "by-hand" | "cannot-show";
  readonly why: Sentence | null;
  readonly message: string | null;
  readonly pages: number;
  readonly proposed: boolean;
  readonly lit: "confirmed" | "not-confirmed" | "dark" | null;
}
export interface ReceivedViewJson extends ReceivedJson {
  readonly body: string | null;
  readonly until: string | null;
  readonly references: readonly {
    readonly sender: string;
    readonly identifier: string;
    readonly another: boolean;
    readonly found: readonly Pick<ReceivedJson, "number" | "title" | "state">[];
  }[];
  readonly boards: readonly ReceivedBoardJson[];
}

/** A file of the watched folder that was refused. */
export interface RefusedFileJson {
  readonly row: number;
  readonly name: string;
  readonly at: string;
  readonly why: Sentence;
}

const of = (number: number) => pathOf`/api/v1/cap/${number}`;

export const receivedApi = {
  list: () => ask<readonly ReceivedJson[]>("GET", "/api/v1/cap"),
  one: (number: number) => ask<ReceivedViewJson>("GET", of(number)),
  confirm: (
    number: number,
    boards: readonly { readonly board: string; readonly message: string }[],
    anotherSender: boolean,
  ) => ask<ReceivedJson>("POST", `${of(number)}/confirm`, { boards, anotherSender }),
  refuse: (number: number, reason: string) => ask<ReceivedJson>("POST", `${of(number)}/refuse`, { reason }),
  refusedFiles: () => ask<readonly RefusedFileJson[]>("GET", "/api/v1/cap-refused"),
  acknowledge: (upTo: number) => ask<object>("POST", "/api/v1/cap-refused/acknowledge", { upTo }),
};

export const pageOf = (number: number, board: string, page: number): string =>
  pathOf`/api/v1/cap/${number}/boards/${board}/${page}`;
