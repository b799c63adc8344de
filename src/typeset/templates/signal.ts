/**
 * What a 预警 signals: its colour, and whether it is at an end. A warning drawn as an end is the worse mistake, so a title
 * that is in doubt is a warning.
 */
import type { AlertColour } from "../../notices/types.ts";
import type { Job } from "./template.ts";

const ends = "(?:解除|取消|撤销)";
const signals = "(?:预警信号|预警|警报)";
/** 暴雨橙色, 地质灾害气象风险: what stands between the two, and is no other thing that ends or begins. */
const hazard = "(?:(?!活动|发布|停|启动|升级)[\\p{sc=Han}\\u201c\\u201d]){0,14}?";
/** 解除暴雨橙色预警; not 取消预警期间的活动, nor 尚未解除. */
const endsSignal = new RegExp(`(?<![未不勿])${ends}${hazard}${signals}(?!期间|时|后|状态)`, "u");
/** 暴雨橙色预警信号解除; not 预警取消户外活动, nor 预警解除前. */
const signalEnds = new RegExp(
  `${signals}[\\u201d\\u300d"]?(?:现已|现予|已经|予以|已)?${ends}(?=$|[\\s\\p{P}]|的|了|通知|公告|通报|信息)`,
  "u",
);
/** After an end: 解除黄色预警，发布橙色预警 is none. */
const beginsAnother = /发布|启动|升级|变更|更新/;

/** Whether a title says that the signal is at an end: 解除, 取消 or 撤销 said of it, and not of what people had planned. */
export function saysOver(title: string): boolean {
  const found = endsSignal.exec(title) ?? signalEnds.exec(title.trim());
  return found !== null && !beginsAnother.test(title.slice(found.index + found[0].length));
}

/** As the message type says; its title may speak of more than the signal. Without one, as the title says. */
export function isOver({ content: { alert, title }, warnings }: Job): boolean {
  if (!alert) return saysOver(title);
  if (alert.msgType === "Alert" && saysOver(title))
    warnings.push({
      zh: "标题说的是解除\uff0c信息类型是发布预警\uff0c画面按预警显示\uff1b请改为一致",
      en: "the title says that the warning is over, the message type that it is on, which is shown; make the two agree",
    });
  return alert.msgType === "Cancel";
}

const english: Readonly<Record<AlertColour, string>> = { 蓝: "blue", 黄: "yellow", 橙: "orange", 红: "red" };

/** As given, else as the title says, else the text. The signer is told where the title says another. */
export function colourOf({ content, warnings }: Job): AlertColour | null {
  const { alert, title, body } = content;
  const given = alert?.colour;
  const inTitle = colourIn(title, "");
  if (given !== undefined && inTitle !== null && inTitle !== given)
    warnings.push({
      zh: `标题写的是${inTitle}色\uff0c所选的预警颜色是${given}色\uff0c画面用${given}色\uff1b请改为一致`,
      en: `the title says ${english[inTitle]}, the colour chosen is ${english[given]}, which is shown; make the two agree`,
    });
  return given ?? inTitle ?? colourIn(body, "(?:预警|警报)");
}

const colour = "([蓝黄橙红])色";
const becomes = "(?:升级?|降级?|变更?|更新|调整|改)(?:为|至|成|到)[^\\u3002\\n]{0,12}?";

/** The colour that a signal is raised or lowered to, at last; else the first that is named. `after`: what follows it. */
function colourIn(text: string, after: string): AlertColour | null {
  const [last] = [...text.matchAll(new RegExp(becomes + colour + after, "g"))].slice(-1);
  const said = last ?? new RegExp(colour + after).exec(text);
  return (said?.[1] ?? null) as AlertColour | null;
}
