/** What the routes of the ledger and of review forms have in common: who reads them, and how long texts are sent. */
import { once } from "node:events";
import type { Response } from "express";
import { z } from "zod";
import type { Sentence } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Caller, Role } from "../people/types.ts";
import type { Pieces } from "./ledger.ts";
import { ProblemError } from "./problem.ts";

/** Of accounts, those that read the register and print its sheets; whoever reads without one reads this too. */
export const registerReaders: readonly Role[] = ["auditor", "administrator", "signer", "reviewer", "maker"];

export const boardId = z
  .string()
  .max(limits.queryChars)
  .meta({ title: "公开栏编号 / board id", examples: ["B1"] });

export const text = (type: string, description: string) => ({ type, schema: z.string(), description });

/** Throws a 403. Who reads without an account (the console, a practice visitor, a place of one person) reads all. */
export function mayReadRegister(caller: Caller): void {
  if (caller.account === null || registerReaders.some((role) => caller.roles.has(role))) return;
  throw new ProblemError(403, {
    where: "role",
    what: { zh: "登记台账由经办、审核、签发、监督和系统管理人员查看", en: `only for: ${registerReaders.join(", ")}` },
    remedy: {
      zh: "请由有此职责的人来查，或请系统管理员调整。",
      en: "Ask somebody with that role, or an administrator.",
    },
  });
}

export const mediaTypes = {
  csv: "text/csv; charset=utf-8",
  json: "application/json; charset=utf-8",
  jsonl: "application/jsonl; charset=utf-8",
  html: "text/html; charset=utf-8",
} as const;

/** Some thousand rows wait at most, whatever the size of the whole and however slowly it is taken. */
export async function send(
  response: Response,
  format: keyof typeof mediaTypes,
  path: string,
  pieces: Pieces,
): Promise<void> {
  response.set("Content-Type", mediaTypes[format]);
  if (format !== "html") response.set("Content-Disposition", `attachment; filename="${path}"`);
  let portion = "";
  const write = async () => {
    const full = !response.write(portion);
    portion = "";
    if (!full || response.destroyed) return;
    const either = new AbortController();
    const heard = ["drain", "close"].map((event) => once(response, event, { signal: either.signal }));
    await Promise.race(heard);
    either.abort();
    await Promise.allSettled(heard);
  };
  try {
    for await (const piece of pieces) {
      // Whoever asked has gone: nothing more is read.
      if (response.destroyed) return;
      portion += piece;
      if (portion.length >= limits.exportPortionChars) await write();
    }
    response.end(portion);
  } catch (error) {
    if (!response.headersSent) throw error;
    // Half an export must not look like a whole one.
    response.destroy(error instanceof Error ? error : undefined);
  }
}

export function noPicture(
  status: 403 | 404 | 410,
  what: Sentence,
  where: "query at" | "path" = "query at",
): ProblemError {
  const remedy =
    status === 403
      ? { zh: "请由监督员或签发人查看。", en: "Ask an auditor or a signer." }
      : where === "path"
        ? { zh: "审查表上仍有记录。", en: "The form still has the record." }
        : { zh: "去掉 .png 可看记录。", en: "Without .png the record itself is answered." };
  return new ProblemError(status, { where, what, remedy });
}
