/** 一条信息: its text as it stands, its pixels board by board, who signed it. */
import { z } from "zod";
import { limits } from "../limits.ts";
import type { Instant } from "../message/types.ts";
import type { Caller } from "../people/types.ts";
import { noNotice } from "./fit-routes.ts";
import { type NoticeSheetJson, noticeSheetSchema } from "./notice-schemas.ts";
import type { NoticeSheet, Office } from "./office.ts";
import { looksBack, seesUnsigned } from "./redact.ts";
import { type Route, route } from "./route.ts";
import { isoOf, noticeJson } from "./views.ts";

export function noticeRoutes(office: Office): readonly Route[] {
  return [
    route({
      path: "/api/v1/notices/{id}",
      access: "reader",
      summary: "One notice: its text, its schedule, the pixels that were signed for each board, who signed it and when",
      params: z.strictObject({ id: z.string().max(limits.queryChars).meta({ title: "信息编号 / notice id" }) }),
      query: z.strictObject({}),
      output: {
        type: "application/json",
        schema: noticeSheetSchema,
        description: "What is not for whoever asks is null, and `withheld` says why",
      },
      failures: [401, 404],
      answer: async ({ id }, response, _, caller) => {
        const sheet = (await office.notice?.(id)) ?? null;
        // What nobody has signed is, for those who may not see it, not there: as in the list.
        if (sheet === null || (!sheet.view.displayable && !seesUnsigned(caller))) throw await noNotice(office, id);
        response.json(sheetJson(sheet, office.now(), caller));
      },
    }),
  ];
}

const personal = {
  zh: "含个人信息，播完以后由监督员或签发人查看。",
  en: "It has personal information: now that it is over, an auditor or a signer may read it.",
};
const notPublic = {
  zh: "还没有在公开栏上播过，或已撤下，由本处人员查看。",
  en: "It has not been on the boards yet, or was taken off them: for the office's own people to read.",
};

function withheldFrom(caller: Caller, { view, content, publicSince }: NoticeSheet, now: Instant) {
  if (content.personal === true && view.until <= now && !looksBack(caller)) return personal;
  if (seesUnsigned(caller)) return null;
  const isPublic = publicSince !== null && publicSince <= now && view.state === "signed";
  return isPublic ? null : notPublic;
}

function sheetJson(sheet: NoticeSheet, now: Instant, caller: Caller): NoticeSheetJson {
  const { view, number, content, schedule, rule, pixels, signed } = sheet;
  const withheld = withheldFrom(caller, sheet, now);
  return {
    ...noticeJson(view),
    number,
    withheld,
    content: withheld === null ? content : null,
    ...{ schedule, rule },
    pixels: withheld === null ? pixels.map((one) => ({ ...one })) : [],
    signed: signed && { ...signed, at: isoOf(signed.at) },
    case: seesUnsigned(caller) ? sheet.case : null,
  };
}
