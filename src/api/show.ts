/** LCD pages, as the API sees them; and who may play which board. */
import type { IncomingMessage } from "node:http";
import { FaultError } from "../fault.ts";
import type { Message, MessageHash } from "../message/index.ts";
import type { PageView } from "../panels/pages.ts";
import type { Caller, Mode } from "../people/index.ts";
import type { Doors } from "./doors.ts";
import { ProblemError } from "./problem.ts";
import { statusOf } from "./status.ts";

/** What the daemon hands in. */
export interface Shows {
  /** null: no such board, or none that pages play. */
  house(board: string): { message(hash: MessageHash): Message | null; pages(): readonly PageView[] } | null;
  /** zlib-deflated canonical bytes of a message. */
  deflated(message: Message): Promise<Uint8Array>;
}

/** A key is for one board. */
export function otherBoard({ via, scopes }: Pick<Caller, "via" | "scopes">, board: string): ProblemError | null {
  if (via !== "token" || scopes?.has(`show:${board}`)) return null;
  return new ProblemError(403, {
    where: "token",
    what: { zh: `这个密钥不是公开栏 ${board} 的`, en: `this key is not for the board ${board}` },
    remedy: { zh: "请系统管理员为这块屏另做一个链接。", en: "Ask an administrator for this board's own link." },
  });
}

/**
 * Who may play a board, and is believed what it says of it: whoever has the board's key. In practice anybody; where one
 * person works without accounts, that person's own computer. A status to refuse with, or null.
 */
export const showDoor =
  (doors: Doors, mode: Mode) =>
  async (request: IncomingMessage, board: string, key: string | null): Promise<number | null> => {
    try {
      const caller = await doors.callerOf(key === null ? request : withKey(request, key), true);
      if (mode === "practice") return caller.reads ? null : 401;
      if (caller.via === "token") return otherBoard(caller, board)?.status ?? null;
      return caller.via === "local" ? null : 401;
    } catch (error) {
      if (error instanceof ProblemError) return error.status;
      if (error instanceof FaultError) return statusOf(error.fault);
      throw error;
    }
  };

/** A page cannot send headers with a WebSocket: its first word has the key. */
function withKey(request: IncomingMessage, key: string): IncomingMessage {
  const headers = { ...request.headers, authorization: `Bearer ${key}` };
  return new Proxy(request, { get: (of, name) => (name === "headers" ? headers : Reflect.get(of, name, of)) });
}
