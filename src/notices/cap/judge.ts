/**
 * What is done with a CAP message: shown, cancelled with, only noted, or refused with its reason. Pure: the time is handed in.
 * Only what is meant for everybody, now, is shown: status Actual (in practice Exercise too), scope Public.
 */
import type { Sentence } from "../../fault.ts";
import { limits } from "../../limits.ts";
import type { Instant } from "../../message/types.ts";
import type { CapAlert, CapInfo } from "./alert.ts";
import { refused } from "./xml.ts";

export type Judged =
  | { readonly kind: "noted"; readonly told: readonly Sentence[] }
  /** `cancel`: `info` null, only taken down; else the end is shown as well. */
  | {
      readonly kind: "show" | "cancel";
      readonly info: CapInfo | null;
      /** As its sender says; null with `info` alone. */
      readonly expires: Instant | null;
      readonly told: readonly Sentence[];
    };

const hourMs = 3_600_000;

/** Until when it is shown if it begins at `now`: one person's word lasts a day at most. */
export const untilOf = (expires: Instant, now: Instant): Instant =>
  Math.min(expires, now + limits.emergencyHours * hourMs);

/** FaultError `warning/refused`. */
export function judge(
  alert: CapAlert,
  { now, practice }: { readonly now: Instant; readonly practice: boolean },
): Judged {
  const { status, scope, msgType } = alert;
  if (status !== "Actual" && !(status === "Exercise" && practice)) refuseStatus(status);
  if (scope !== "Public")
    refused("alert.scope", `范围是 ${scope}\uff0c不是面向公众的`, `its scope is ${scope}, not for everybody`, {
      zh: "没有播出。只有 Public 的预警可以上公开栏。",
      en: "Nothing is shown. Only Public warnings go on boards.",
    });
  if (msgType === "Ack" || msgType === "Error")
    return {
      kind: "noted",
      told: [{ zh: `${msgType} 是回执\uff0c只登记`, en: `${msgType} is a receipt: it is only put on record` }],
    };
  const eligible = alert.infos.filter(({ expires }) => expires !== null && expires > now);
  const info = eligible.find(({ language }) => /^zh\b/i.test(language)) ?? eligible[0] ?? null;
  const told = tellOf(alert, info, now);
  if (msgType === "Cancel") return { kind: "cancel", info, expires: info?.expires ?? null, told };
  if (info === null) return refuseTime(alert);
  return { kind: "show", info, expires: info.expires, told };
}

function refuseStatus(status: CapAlert["status"]): never {
  return refused(
    "alert.status",
    `状态是 ${status}\uff0c不是真实预警`,
    `its status is ${status}: no real warning`,
    status === "Exercise"
      ? { zh: "没有播出。演练只在练习模式播出。", en: "Nothing is shown. Exercises are shown in practice mode only." }
      : {
          zh: "没有播出。只有 Actual 的预警可以上公开栏。",
          en: "Nothing is shown. Only Actual warnings go on boards.",
        },
  );
}

function refuseTime({ infos }: CapAlert): never {
  if (infos.length === 0) return refused("alert.info", "没有 info,不知道说什么", "it has no info: nothing to show");
  if (infos.every(({ expires }) => expires === null))
    return refused("info.expires", "没有写失效时间", "it does not say when it expires");
  return refused("info.expires", "已经失效", "it has expired", {
    zh: "没有播出。如果还有效\uff0c请发布单位发更新\uff1b本机的时钟也看一下。",
    en: "Nothing is shown. If it still holds, ask the sender for an update; and look at this computer's clock.",
  });
}

function tellOf({ infos }: CapAlert, info: CapInfo | null, now: Instant): Sentence[] {
  const told: Sentence[] = [];
  if (info === null) return told;
  if (info.expires !== null && untilOf(info.expires, now) < info.expires)
    told.push({
      zh: `失效时间太远\uff0c只播到收下后 ${limits.emergencyHours} 小时`,
      en: `it expires too late: it is shown for ${limits.emergencyHours} hours at most`,
    });
  if (infos.length > 1)
    told.push({
      zh: `共 ${infos.length} 段\uff0c只播 ${info.language} 的一段`,
      en: `of ${infos.length} texts one in ${info.language} is shown`,
    });
  if (info.effective > now)
    told.push({
      zh: "还没到生效时间\uff0c确认后就播出",
      en: "it is not in effect yet: confirmed, it is shown at once",
    });
  if (info.urgency === "Past") told.push({ zh: "发布单位说事情已过去", en: "its sender says that it is past" });
  return told;
}
