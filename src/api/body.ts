/** What is sent to us: bounded before it is read, and looked at for depth before it is parsed. */
import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { limits } from "../limits.ts";
import { ProblemError } from "./problem.ts";
import type { Route } from "./route.ts";

/** What takes a route's body in, as a Buffer; null: it has none. Compressed ones are refused: 415. */
export function takesBody({ body, raw, bodyBytes }: Route, uploads: RequestHandler): readonly RequestHandler[] {
  const common = { limit: bodyBytes ?? limits.draftBytes, inflate: false };
  // What the sender calls it counts for nothing: the bytes themselves say what they are.
  if (raw) return [uploads, express.raw({ ...common, type: () => true })];
  return body ? [express.raw({ ...common, type: "application/json" })] : [];
}

/** Uploads lie in memory until they are decoded: only so many at once, the others are told to come again. */
export function fewUploads(most: number = limits.uploadsAtOnce): RequestHandler {
  let open = 0;
  return (_: Request, response: Response, next: NextFunction) => {
    if (open >= most) {
      response.set("Retry-After", "2");
      throw new ProblemError(503, {
        where: "body",
        what: { zh: `正在上传的图片太多：最多 ${most} 个`, en: `${most} uploads are under way, and no more at once` },
        remedy: { zh: "请过几秒再传。", en: "Send it again in a few seconds." },
      });
    }
    open++;
    response.once("close", () => void open--);
    next();
  };
}

/** The bytes of an upload. */
export function rawBody(request: Request): Uint8Array {
  if (Buffer.isBuffer(request.body) && request.body.length > 0) return request.body;
  throw new ProblemError(400, {
    where: "body",
    what: { zh: "没有内容", en: "there is nothing in it" },
    remedy: { zh: "把文件的内容放在请求体里。", en: "Send the file's bytes as the body." },
  });
}

/** Parsed where it was sent as JSON, in UTF-8. */
export function jsonBody(request: Request): unknown {
  const [, charset = "utf-8"] = /;\s*charset="?([^";\s]+)/i.exec(request.headers["content-type"] ?? "") ?? [];
  if (!request.is("application/json") || !/^utf-?8$/i.test(charset)) {
    throw new ProblemError(415, {
      where: "body",
      what: { zh: "请求体应是 UTF-8 的 JSON", en: "the body must be JSON in UTF-8" },
      remedy: { zh: "加上 Content-Type: application/json。", en: "Send it with Content-Type: application/json." },
    });
  }
  const bytes: unknown = request.body;
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) return {};
  shallow(bytes);
  const text = utf8Of(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError(400, {
      where: "body",
      what: { zh: "请求体不是 JSON", en: "the body is not JSON" },
      remedy: { zh: "请检查引号、逗号和括号。", en: "Check quotes, commas and brackets." },
    });
  }
}

function utf8Of(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError(400, {
      where: "body",
      what: { zh: "请求体不是 UTF-8\uff0c可能是 GBK", en: "the body is not UTF-8: GBK perhaps" },
      remedy: {
        zh: "把内容存成 UTF-8 的文件\uff0c用 curl --data-binary @文件 发送；汉字也可以写成 \\u6b22 这样。",
        en: "Keep it in a file in UTF-8 and send that, curl --data-binary @FILE; or write characters as \\u6b22.",
      },
    });
  }
}

/** The bytes of JSON that nests no deeper than it may. */
export function shallow(bytes: Uint8Array): Uint8Array {
  if (!isDeeper(bytes, limits.jsonDepth)) return bytes;
  throw new ProblemError(400, {
    where: "body",
    what: { zh: `JSON 套了 ${limits.jsonDepth} 层以上`, en: `the JSON nests more than ${limits.jsonDepth} deep` },
    remedy: { zh: "这里的内容不需要这么多层。", en: "Nothing here needs that." },
  });
}

const [quote, backslash, open, openBrace, close, closeBrace] = Buffer.from('"\\[{]}');

/** Whether JSON text (UTF-8) nests deeper than `most` anywhere. What is no JSON gets some answer, quickly. */
export function isDeeper(bytes: Uint8Array, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === open || byte === openBrace) {
      if (++depth > most) return true;
    } else if (byte === close || byte === closeBrace) depth--;
  }
  return false;
}
