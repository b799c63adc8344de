import type { Content } from "../notices/types.ts";

/** A text file as a plain notice: its first line is the title, the rest the body; nobody signs it. */
export function plainText(text: string): Content {
  const [title = "", ...body] = text
    .replace(/^\uFEFF/, "")
    .replace(/\r\n?/g, "\n")
    .trim()
    .split("\n");
  return {
    title: title.trim(),
    body: body.join("\n").trim(),
    category: "通知",
    track: "政府信息",
    openness: "主动公开",
    opennessReason: null,
    fiveOpen: null,
    displayKind: "notice",
    formedOn: null,
    signature: { org: "", date: null },
    publicity: null,
    alert: null,
  };
}
