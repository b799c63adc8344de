/** What is not for everybody who reads: how the panels are reached and what exactly failed on the line; what is not signed. */
import { type Fault, lineTroubleOf, remedy, type Sentence, sentence } from "../fault.ts";
import type { Caller, Role } from "../people/types.ts";

const caretakers: readonly Role[] = ["operator", "administrator", "auditor"];

/** Who reads without an account sits at this computer, or practises. */
export function seesLines({ account, reads, roles }: Caller): boolean {
  return account === null ? reads : caretakers.some((role) => roles.has(role));
}

const insiders: readonly Role[] = ["maker", "reviewer", "signer", "operator", "auditor", "administrator"];

/** Titles of what is submitted and not signed are for those who work on it, not for the other units' contributors. */
export function seesUnsigned({ account, reads, roles }: Caller): boolean {
  return account === null ? reads : insiders.some((role) => roles.has(role));
}

/** What is over and had personal information is still for these to read. */
export const looksBack = ({ roles }: Pick<Caller, "roles">): boolean => roles.has("auditor") || roles.has("signer");

/** The same fault without addresses, ports, paths, and the words of cards and the operating system: but what kind of trouble it is. */
export function withoutLine(fault: Fault): Fault {
  switch (fault.code) {
    case "link/refused":
    case "link/lost":
      return { ...fault, where: "", detail: lineTroubleOf(fault.detail) };
    case "link/no-answer":
      return { ...fault, where: "" };
    case "wire/refused":
      return { ...fault, detail: "" };
    default:
      return fault;
  }
}

/** "TCP", "serial": what kind of line it is, and no more. */
export const lineKinds: Readonly<Record<string, Sentence>> = {
  "tcp-out": { zh: "网线", en: "network" },
  "tcp-in": { zh: "网线", en: "network" },
  serial: { zh: "串口线", en: "serial line" },
  udp: { zh: "网线", en: "network" },
  browser: { zh: "浏览器播放", en: "a browser plays" },
  carried: { zh: "U盘屏", en: "USB sign" },
};

export function faultWords(fault: Fault) {
  return { code: fault.code, ...sentence(fault), remedy: remedy(fault) };
}
