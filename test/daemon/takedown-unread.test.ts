/** A card that reads nothing back has been sent something else, and nobody is said to be waited for. */
import { expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { takedownView } from "../../src/daemon/takedown-words.ts";
import type { BoardFacts } from "../../src/panels/contract.ts";
import { plainWiring } from "../panels/plain-wiring.ts";
import { boardOf } from "./above-office.ts";

const at = Date.UTC(2017, 10, 6, 0, 30);
const link = { kind: "udp", host: "192.0.2.7", port: 4048 } as const;
const stream = boardOf("B1", { link, driver: { kind: "ddp", wiring: plainWiring, keeps: true } });

function said(board: BoardConfig, state: BoardFacts["link"]) {
  const row = { board: board.id, darkBy: null, doneAt: null, how: null, words: null };
  const order = {
    id: "t1",
    kind: "notice",
    notice: "N1",
    by: "甲",
    reason: "误发",
    at,
    closedAt: null,
    boards: [row],
  };
  const wording = { zone: "Asia/Shanghai", now: at + 1000, title: null, displayable: true, boardOf: () => board };
  const more = { linkOf: () => state, lingers: () => false, perhaps: () => false };
  return takedownView(order as never, { ...wording, ...more } as never).boards[0];
}

test.each(["one-way", "connected"] as const)("sent, and to be looked at (%s)", (state) => {
  const row = said(stream, state);
  expect(row?.state).toBe("unread");
  expect(row?.said).toEqual({
    zh: "已发送\uff0c此屏不回读\uff0c请现场核对\uff1b不会自行熄灭",
    en: "sent, and this sign reads nothing back: look there; not dark by itself",
  });
});

test("one that nobody reaches is unreachable, and one that answers is waited for", () => {
  expect(said(stream, "waiting")?.state).toBe("unreachable");
  expect(said(boardOf("B1"), "connected")?.state).toBe("waiting");
});
