/**
 * 预警文件: the Common Alerting Protocol 1.2 (OASIS, 2010), section 3.2, as far as a board needs it. Severity is the
 * standard's, or a colour of China's warnings, which national senders put in its place or into a parameter.
 */
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import { parseCivil } from "../../time/zone.ts";
import type { AlertColour } from "../types.ts";
import { parseXml, refused, type XmlElement } from "./xml.ts";

export const capNamespace = "urn:oasis:names:tc:emergency:cap:1.2";

export type CapStatus = "Actual" | "Exercise" | "System" | "Test" | "Draft";
export type CapMsgType = "Alert" | "Update" | "Cancel" | "Ack" | "Error";
export type CapSeverity = "Extreme" | "Severe" | "Moderate" | "Minor" | "Unknown";

export interface CapAlert {
  readonly identifier: string;
  readonly sender: string;
  readonly sent: Instant;
  readonly status: CapStatus;
  readonly msgType: CapMsgType;
  readonly scope: "Public" | "Restricted" | "Private";
  readonly references: readonly CapReference[];
  readonly infos: readonly CapInfo[];
}

export interface CapReference {
  readonly sender: string;
  readonly identifier: string;
  readonly sent: Instant;
}

export interface CapInfo {
  /** "en-US" where the message does not say (3.2.2). */
  readonly language: string;
  readonly event: string;
  readonly urgency: string;
  readonly severity: CapSeverity;
  readonly certainty: string;
  /** null: nothing says which colour it is. */
  readonly colour: AlertColour | null;
  readonly effective: Instant;
  readonly expires: Instant | null;
  readonly headline: string;
  readonly description: string;
  readonly instruction: string;
  readonly senderName: string;
  /** Names of its areas. */
  readonly areas: readonly string[];
}

const statuses: readonly CapStatus[] = ["Actual", "Exercise", "System", "Test", "Draft"];
const msgTypes: readonly CapMsgType[] = ["Alert", "Update", "Cancel", "Ack", "Error"];
const scopes = ["Public", "Restricted", "Private"] as const;
const urgencies = ["Immediate", "Expected", "Future", "Past", "Unknown"] as const;
const certainties = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"] as const;
const severities: readonly CapSeverity[] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];

/** 红橙黄蓝 stand for 特别重大, 重大, 较大, 一般 (GB/T 27962; 突发事件应对法). */
const severityOf: Readonly<Record<AlertColour, CapSeverity>> = {
  红: "Extreme",
  橙: "Severe",
  黄: "Moderate",
  蓝: "Minor",
};
const colourNames: readonly (readonly [RegExp, AlertColour])[] = [
  [/^(red|红色?|Ⅰ级?|I级)$/i, "红"],
  [/^(orange|橙色?|Ⅱ级?|II级)$/i, "橙"],
  [/^(yellow|黄色?|Ⅲ级?|III级)$/i, "黄"],
  [/^(blue|蓝色?|Ⅳ级?|IV级)$/i, "蓝"],
];
/** Parameters and event codes whose value may be a colour. */
const colourNamed = /colou?r|颜色|级别|level|severity|awareness/i;

/** `zone`: of times without an offset, as 14-digit ones are. FaultError `warning/refused`, with the line. */
export function readCap(text: string, zone: string): CapAlert {
  const root = parseXml(text);
  if (root.name !== "alert" || root.namespace !== capNamespace)
    refused(
      `line ${root.line}`,
      `应为 CAP 1.2 的 alert(${capNamespace})`,
      `an alert of CAP 1.2 (${capNamespace}) is needed`,
    );
  const of = reader(root, zone);
  const identifier = of.name("identifier");
  const msgType = of.one("msgType", msgTypes);
  const references = of
    .optional("references")
    .split(/\s+/)
    .filter(Boolean)
    .map((one) => of.reference(one));
  if (references.length > limits.capReferences)
    of.refuse("references", `引用太多\uff1a${references.length}`, `${references.length} references are too many`);
  if ((msgType === "Update" || msgType === "Cancel") && references.length === 0)
    of.refuse("references", `${msgType} 必须写明所指的预警`, `${msgType} must name what it is about`);
  const sent = of.instant("sent");
  return {
    identifier,
    sender: of.name("sender"),
    sent,
    status: of.one("status", statuses),
    msgType,
    scope: of.one("scope", scopes),
    references,
    infos: ofCap(root, "info").map((info) => infoOf(info, zone, sent)),
  };
}

function infoOf(info: XmlElement, zone: string, sent: Instant): CapInfo {
  const of = reader(info, zone);
  const given = of.required("severity");
  const coloured = colourOf(given);
  const severity = coloured ? severityOf[coloured] : of.one("severity", severities);
  const named = [...ofCap(info, "parameter"), ...ofCap(info, "eventCode")]
    .map((pair) => ({ name: childText(pair, "valueName"), value: childText(pair, "value") }))
    .find(({ name, value }) => colourNamed.test(name) && colourOf(value) !== null);
  const expires = of.optional("expires") === "" ? null : of.instant("expires");
  const effective = of.optional("effective") === "" ? sent : of.instant("effective");
  if (expires !== null && expires <= effective)
    of.refuse("expires", "失效时间早于生效时间", "it expires before it takes effect");
  const usual = Object.entries(severityOf).find(([, one]) => one === severity)?.[0] as AlertColour | undefined;
  return {
    language: of.optional("language") || "en-US",
    event: of.required("event"),
    urgency: of.one("urgency", urgencies),
    severity,
    certainty: of.one("certainty", certainties),
    colour: coloured ?? (named ? colourOf(named.value) : null) ?? usual ?? null,
    effective,
    expires,
    headline: of.optional("headline"),
    description: of.optional("description"),
    instruction: of.optional("instruction"),
    senderName: of.optional("senderName"),
    areas: ofCap(info, "area").map((area) => reader(area, zone).required("areaDesc")),
  };
}

function colourOf(value: string): AlertColour | null {
  return colourNames.find(([pattern]) => pattern.test(value.trim()))?.[1] ?? null;
}

function childText(element: XmlElement, name: string): string {
  return ofCap(element, name)[0]?.text ?? "";
}

/** The standard's own alone: others may put elements of theirs between them. */
function ofCap(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === capNamespace);
}

/** What an element's fields say, each refused with its own line. */
function reader(element: XmlElement, zone: string) {
  const all = (name: string) => ofCap(element, name);
  const refuse = (name: string, zh: string, en: string): never =>
    refused(`line ${all(name)[0]?.line ?? element.line}, ${element.name}.${name}`, zh, en);
  const optional = (name: string): string => {
    const [first, second] = all(name);
    if (second) refuse(name, "写了两次", "it is given twice");
    const text = first?.text ?? "";
    // What a sign could not light, and what turns text around, is no part of a warning.
    if (/[^\P{C}\t\n\r]/u.test(text)) refuse(name, "含控制字符", "it has control characters");
    if (text.length > limits.capTextChars)
      refuse(name, `太长\uff1a${text.length} 字`, `${text.length} characters are too long`);
    return text;
  };
  const required = (name: string) => optional(name) || refuse(name, "没有写", "it is missing");
  const moment = (name: string, text: string): Instant => {
    const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
    const iso = digits ? `${digits[1]}-${digits[2]}-${digits[3]}T${digits[4]}:${digits[5]}:${digits[6]}` : text;
    if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$/.test(iso)) {
      const at = Date.parse(iso.replace(" ", "T"));
      if (Number.isFinite(at)) return at;
    }
    const civil = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(iso) ? parseCivil(zone, iso) : null;
    return civil ?? refuse(name, `“${text.slice(0, 40)}”不是时间`, `"${text.slice(0, 40)}" is no time`);
  };
  return {
    refuse,
    optional,
    required,
    /** 3.2.1: no spaces, commas or restricted characters. */
    name(name: string): string {
      const text = required(name);
      return /^[^\s,<&]{1,200}$/.test(text)
        ? text
        : refuse(name, "不得含空格、逗号、< 和 &", "it has blanks, commas, < or &");
    },
    one<Value extends string>(name: string, values: readonly Value[]): Value {
      const text = required(name);
      return (
        values.find((value) => value === text) ??
        refuse(
          name,
          `“${text.slice(0, 40)}”应为 ${values.join("、")}`,
          `"${text.slice(0, 40)}" is none of ${values.join(", ")}`,
        )
      );
    },
    instant: (name: string) => moment(name, required(name)),
    reference(text: string): CapReference {
      const [sender, identifier, sent, more] = text.split(",");
      if (!sender || !identifier || !sent || more !== undefined)
        return refuse(
          "references",
          `“${text.slice(0, 60)}”应为 发布者\uff0c编号\uff0c时间`,
          `"${text.slice(0, 60)}" is not sender,identifier,sent`,
        );
      return { sender, identifier, sent: moment("references", sent) };
    },
  };
}
