/** A draft's document as forms write on it: what is emptied is not there, an empty date is not a date. */
import { computed } from "vue";
import type { Content } from "../../notices/types.ts";
import { formatCivil, parseCivil } from "../../time/zone.ts";
import type { OpenDocument } from "./open-document.ts";
import recordWords from "../record-words.json";
import { isGovernment } from "./kinds.ts";

const qrIn = /\{\{qr:([^{}\n]*)\}\}/;
const [proactively] = recordWords.openness;

/** `document`, `zone`: read anew each time. */
export function useFields(document: () => OpenDocument, zone: () => string) {
  const content = () => document().content;
  const schedule = () => document().schedule;
  const words = (name: "title" | "body" | "category" | "opennessReason") =>
    computed({
      get: () => content()[name] ?? "",
      set: (text: string) => {
        content()[name] = text;
      },
    });
  /** Of a code: what it holds stands in the body as `{{qr:…}}`, which nobody need know; a body without it gets it. */
  const qr = computed({
    get: () => qrIn.exec(content().body ?? "")?.[1] ?? "",
    set: (text: string) => {
      const held = `{{qr:${text.replace(/[{}\r\n]/g, "")}}}`;
      const body = content().body ?? "";
      // By a function: what people type may have a $ in it.
      content().body = qrIn.test(body) ? body.replace(qrIn, () => held) : `${held}\n${body}`;
    },
  });
  const signature = (name: "org" | "date") =>
    computed({
      get: () => content().signature?.[name] ?? "",
      set: (text: string) => {
        const before = content().signature ?? { org: "", date: null };
        content().signature = { ...before, [name]: name === "date" && text === "" ? null : text };
      },
    });
  const instant = (name: "from" | "until") =>
    computed({
      get: () => {
        const at = schedule()[name];
        return at === undefined ? "" : formatCivil(zone(), at).slice(0, 16);
      },
      set: (text: string) => {
        const at = parseCivil(zone(), text);
        if (at === null) delete schedule()[name];
        else schedule()[name] = at;
      },
    });
  const source = (name: "kind" | "name") =>
    computed({
      get: () => document().source?.[name] ?? (name === "kind" ? "document" : ""),
      set: (text: string) => {
        const before = document().source ?? { kind: "document", name: "" };
        const next = { ...before, [name]: text };
        document().source = next.name === "" ? null : next;
      },
    });
  const track = computed({
    get: () => content().track ?? "",
    set: (given: string) => {
      content().track = given as Content["track"];
      if (!isGovernment(content())) content().fiveOpen = null;
    },
  });
  const kind = computed({
    get: () => content().displayKind ?? "notice",
    set: (given: Content["displayKind"]) => {
      content().displayKind = given;
      content().publicity = given === "publicity" ? { required: 5, unit: "workday" } : null;
    },
  });
  const formedOn = computed({
    get: () => content().formedOn ?? "",
    set: (text: string) => {
      content().formedOn = text === "" ? null : text;
    },
  });
  const changedOn = computed({
    get: () => document().changedOn ?? "",
    set: (text: string) => {
      document().changedOn = text === "" ? null : text;
    },
  });
  return {
    title: words("title"),
    body: words("body"),
    qr,
    category: words("category"),
    opennessReason: words("opennessReason"),
    org: signature("org"),
    signedOn: signature("date"),
    from: instant("from"),
    until: instant("until"),
    sourceKind: source("kind"),
    sourceName: source("name"),
    isPublic: computed(() => content().openness === proactively?.value),
    isGovernment: computed(() => isGovernment(content())),
    ...{ track, kind, formedOn, changedOn },
    setPublicity(change: Partial<NonNullable<Content["publicity"]>>) {
      const { phone, ...next } = { required: 5, unit: "workday" as const, ...content().publicity, ...change };
      content().publicity = phone ? { ...next, phone } : next;
    },
  };
}
