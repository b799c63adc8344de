/** 校验: whether the ledger is as it was written, asked for by somebody, done in the background. */
import { z } from "zod";
import { type CheckJson, checkSchema } from "./check-schemas.ts";
import type { Fault, Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { Caller } from "../people/types.ts";
import { type Route, route } from "./route.ts";
import { mayReadRegister } from "./sheets.ts";
import { isoOf } from "./views.ts";

export interface ChainChecked {
  readonly rows: number;
  /** The last row that is whole. */
  readonly seq: number;
  readonly hash: string;
  readonly whole: boolean;
}

export interface LedgerChecked {
  readonly whole: boolean;
  readonly register: ChainChecked;
  readonly play: ChainChecked;
  /** Revisions and seals that were compared with the register. */
  readonly revisions: number;
  readonly seals: number;
  /** Checkpoints from elsewhere that were compared. */
  readonly given: number;
  readonly faults: readonly { readonly code: Fault["code"]; readonly what: Sentence; readonly remedy: Sentence }[];
  /** To be kept elsewhere; none where anything is not whole. */
  readonly checkpoints: readonly string[];
}

export interface CheckView {
  /** `never`: since the daemon started. `failed`: it could not be looked at, which says nothing of the ledger. */
  readonly state: "never" | "running" | "done" | "failed";
  /** By the board clock: when it began; once it is over, when it was. */
  readonly at: Instant | null;
  /** Rows of both chains that were looked at, and that there were at its beginning. */
  readonly rows: number;
  readonly of: number;
  readonly result: LedgerChecked | null;
}

export interface LedgerCheck {
  view(): CheckView;
  /** What goes on already is joined. `checkpoints`: from paper or another disk, as they were printed; "": none. */
  begin(checkpoints: string): Promise<CheckView>;
}

const checkJson = ({ at, ...view }: CheckView): CheckJson =>
  ({ ...view, at: at === null ? null : isoOf(at) }) as CheckJson;

export function ledgerCheckRoutes(check: LedgerCheck): readonly Route[] {
  const nothing = z.strictObject({});
  const path = "/api/v1/ledger/check";
  const output = { type: "application/json", schema: checkSchema, description: "How far it is, or what was found" };
  return [
    route({
      ...{ path, access: "reader", output },
      summary: "The last look at whether the ledger is as it was written, or the one that goes on",
      params: nothing,
      query: nothing,
      failures: [401, 403],
      answer(_, response, __, caller: Caller) {
        mayReadRegister(caller);
        response.json(checkJson(check.view()));
      },
    }),
    route({
      ...{ path, method: "post", access: "reader", dear: true, output },
      summary: "Look at all of it, in the background: chains, seals, tables; it changes nothing",
      params: nothing,
      query: nothing,
      body: z.strictObject({
        checkpoints: z.string().max(limits.checkpointTextChars).default("").meta({
          description: "Kept elsewhere, as they were printed: compared as well",
        }),
      }),
      failures: [401, 403],
      async answer({ checkpoints }, response, _, caller) {
        mayReadRegister(caller);
        response.json(checkJson(await check.begin(checkpoints)));
      },
    }),
  ];
}
