/**
 * A CAP message laid out as a warning of ours: headline or event, description, what to do, where, from when until when, and
 * who says so. Words are the sender's; only how lines are broken is ours, and numbers that are personal are masked.
 */
import type { Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import { dateAt, formatCivil } from "../../time/zone.ts";
import { screenContent } from "../screening/index.ts";
import type { Content } from "../types.ts";
import type { CapAlert, CapInfo } from "./alert.ts";
import { refused } from "./xml.ts";

export interface Laid {
  readonly content: Content;
  readonly told: readonly Sentence[];
}

/** FaultError `warning/refused` for what is too long. The same, whenever it is asked for: what was looked at is what is sealed. */
export function contentOf(
  alert: CapAlert,
  info: CapInfo,
  { zone, practice }: { readonly zone: string; readonly practice: boolean },
): Laid {
  const isChinese = /^zh\b/i.test(info.language);
  const words = isChinese ? chinese : english;
  const { event, headline, description, instruction, areas, senderName, expires, effective } = info;
  const long = headline.length > limits.titleChars - marked.length;
  const title = oneLine(long || headline === "" ? event : headline);
  const from = Math.max(alert.sent, effective);
  const over = alert.msgType === "Cancel";
  const lines = [
    ...(long ? paragraphs(headline) : []),
    ...paragraphs(description),
    ...(instruction === "" ? [] : labelled(words.instruction, paragraphs(instruction))),
    ...(areas.length === 0 ? [] : labelled(words.area, [areas.map(oneLine).join(words.and)])),
    ...(over || expires === null ? [] : [words.time(minute(zone, from), minute(zone, expires))]),
  ];
  const body = lines.map(plain).join("\n");
  if (title.length > limits.titleChars - marked.length)
    refused("info.event", `太长\uff1a${title.length} 字`, `${title.length} characters are too long`);
  if (body.length > limits.bodyChars)
    refused("info.description", `太长\uff1a共 ${body.length} 字`, `${body.length} characters in all are too long`);
  const content: Content = {
    title: `${practice ? marked : ""}${plain(title)}`,
    body,
    category: "预警信息",
    track: "屏幕服务",
    openness: "主动公开",
    opennessReason: null,
    fiveOpen: null,
    displayKind: "emergency",
    formedOn: dateAt(zone, alert.sent),
    signature: { org: plain(oneLine(senderName || alert.sender)), date: dateAt(zone, alert.sent) },
    publicity: null,
    alert: {
      msgType: over ? "Cancel" : "Alert",
      identifier: alert.identifier,
      references: alert.references[0]?.identifier ?? null,
      ...(info.colour !== null && { colour: info.colour }),
    },
  };
  return masked(content);
}

/** Of practice: nobody may take it for a real one. */
const marked = "【演练】";

const chinese = {
  instruction: "防御指南\uff1a",
  area: "影响区域\uff1a",
  and: "、",
  time: (from: string, until: string) => `${from} 起有效\uff0c至 ${until}。`,
};
const english: typeof chinese = {
  instruction: "Instructions: ",
  area: "Area: ",
  and: "; ",
  time: (from, until) => `In effect from ${from} to ${until}.`,
};

/** "2017-08-12 16:30". */
const minute = (zone: string, at: number) =>
  formatCivil(zone, at).slice(0, "YYYY-MM-DDTHH:MM".length).replace("T", " ");

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** Braces stand for something in texts of ours: a stranger's stand for nothing. */
const plain = (text: string) =>
  text
    .replace(/\{{2,}/g, "{")
    .replace(/\}{2,}/g, "}")
    .replace(/\uff5b{2,}/g, "\uff5b")
    .replace(/\uff5d{2,}/g, "\uff5d");

function labelled(label: string, [first = "", ...others]: readonly string[]): string[] {
  return [`${label}${first}`, ...others];
}

/** After these a line that ends, ends. */
const ended = /[。\uff01\uff1f\uff1b\uff1a.!?;:]$/;
/** A line that begins like this begins something: a list's next entry. */
const begins = /^(?:[-*•·]|[(\uff08]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.)、\uff09\uff0e])/;

/**
 * Senders break lines for teletypes, and indent them for XML. A line goes on in the next unless it ends like a sentence, the
 * next one begins like a list's, or there is an empty one between them.
 */
export function paragraphs(text: string): string[] {
  const found: string[] = [];
  let open = false;
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\s+/g, " ").trim();
    const last = found.at(-1);
    if (line === "") open = false;
    else if (open && last !== undefined && !ended.test(last) && !begins.test(line)) {
      // Chinese needs no blank where lines meet.
      const glue = /[\x21-\x7e]$/.test(last) || /^[\x21-\x7e]/.test(line) ? " " : "";
      found[found.length - 1] = `${last}${glue}${line}`;
    } else {
      found.push(line);
      open = true;
    }
  }
  return found;
}

/** With a personal number nothing is ever lit, and a warning does not wait for its sender to take it out. */
function masked(content: Content): Laid {
  const hits = screenContent(content);
  if (hits.length === 0) return { content, told: [] };
  const mend = (part: "title" | "body" | "signature", text: string) => {
    let mended = text;
    const own = hits.filter((hit) => hit.part === part).sort((one, other) => other.index - one.index);
    for (const { index, found, proposal } of own)
      mended = mended.slice(0, index) + (proposal ?? "") + mended.slice(index + found.length);
    return mended;
  };
  const signature = { ...content.signature, org: mend("signature", content.signature.org) };
  const done = { ...content, title: mend("title", content.title), body: mend("body", content.body), signature };
  if (screenContent(done).length > 0)
    refused("info", "含个人号码\uff0c隐不去", "it has personal numbers that cannot be masked");
  return {
    content: done,
    told: [
      {
        zh: `隐去了 ${hits.length} 处个人号码（手机、证件、卡号）`,
        en: `${hits.length} personal number(s) are masked: mobiles, identity or card numbers`,
      },
    ],
  };
}
