/** Full names in lists of people: in columns, behind labels, one after another. Masked, 欧阳志成 is 欧阳*成, 张三丰 张*丰, 李四 李*. */
import type { Span } from "./text.ts";
import { beginsWithSurname, surnameLength } from "./surnames.ts";
import { tablesIn } from "./tables.ts";

export interface NameHit extends Span {
  readonly proposal: string;
}

const person =
  "姓名|户主|申请人|补贴户|补贴对象|补助对象|救助对象|救助人|受助人|受益人|保障对象|低保对象|低保户|特困人员|领取人|领款人|享受人|享受对象|发放对象|家庭成员|成员姓名|配偶|监护人|被监护人|老人|贫困户|脱贫户|农户|残疾人|优抚对象|学生|患者|代领人|共同生活成员|承租人|被征收人|当事人|权利人";
/** 户主姓名, 申请人(户主), 姓名1: a heading of names. 户主身份证号 is none. */
const nameHeading = new RegExp(`^(?:${person})+(?:姓名|名单)?(?:[(\uff08][^)\uff09]{0,8}[)\uff09])?\\d?$`);

export function isNameHeading(heading: string): boolean {
  return nameHeading.test(heading.replace(/\s/g, ""));
}

/** Nobody's name. */
const notNames =
  /^(?:合计|小计|总计|共计|无|暂无|同上|姓名|户主|备注|本人|父子|母子|夫妻|配偶|父亲|母亲|儿子|女儿|以上|以下|其他|全部|名单|如下|见下|见附件)$/;
const chinese = /(?<![\p{Script=Han}\u00b7*])\p{Script=Han}{2,4}(?![\p{Script=Han}\u00b7*])/gu;
/** 阿依努尔·买买提: of other peoples, in two parts. */
const parted = /\p{Script=Han}{2,10}\u00b7\p{Script=Han}{2,10}/gu;
/** Already masked: 王某, 李某某. */
const masked = /某/;

const labelled = new RegExp(
  `(?:${person})[:\uff1a]\\s*(\\p{Script=Han}{2,4}(?:\u3001\\p{Script=Han}{2,4})*)(?![\\p{Script=Han}*])`,
  "gu",
);
/** 1、王大力,金额2000元; (2)李小花: */
const numbered = /(?<=\d[\u3001.)\uff09]\s?)(\p{Script=Han}{2,4})(?=[,\uff0c:\uff1a;\uff1b])/gu;
/** 张建民(4人)、周清(2人) */
const counted =
  /(?<=^|[:\uff1a\u3001,\uff0c;\uff1b\n\u3002 ])(\p{Script=Han}{2,4})(?=[(\uff08]\d{1,6}(?:人|口|元|户)[)\uff09])/gu;
/** A line of them: at least so many, each with a known surname. */
const lineNamesLeast = 3;

/** Hits in the order of the text, none over another. Right only for lists of people: elsewhere every short word is a name. */
export function screenNames(body: string): NameHit[] {
  const hits = new Map<number, NameHit>();
  const add = (index: number, found: string) => {
    if (!notNames.test(found) && !masked.test(found)) hits.set(index, { index, found, proposal: maskName(found) });
  };
  const addAll = (text: string, at: number) => {
    for (const pattern of [chinese, parted]) for (const one of text.matchAll(pattern)) add(at + one.index, one[0]);
  };
  for (const { heading, rows } of tablesIn(body)) {
    const columns = heading.cells.flatMap(({ text }, column) => (isNameHeading(text) ? [column] : []));
    for (const { cells } of rows)
      for (const column of columns) {
        const cell = cells[column];
        if (cell) addAll(cell.text, cell.from);
      }
  }
  for (const pattern of [labelled, counted, numbered])
    for (const match of body.matchAll(pattern)) {
      let at = match.index + match[0].length - (match[1] as string).length;
      for (const name of (match[1] as string).split("\u3001")) {
        if (isLikely(name)) add(at, name);
        at += name.length + 1;
      }
    }
  addLines(body, addAll);
  return [...hits.values()].sort((left, right) => left.index - right.index);
}

/** Where no column says that it is a name. */
function isLikely(name: string): boolean {
  return beginsWithSurname(name) && (name.length < 4 || surnameLength(name) === 2);
}

/** Lines of nothing but names, and what stands under a heading of names that has lost its other columns. */
function addLines(body: string, addAll: (text: string, at: number) => void): void {
  let at = 0;
  let isUnderHeading = false;
  for (const line of body.split("\n")) {
    const tokens = line.split(/[\s\u3001,\uff0c]+/).filter((one) => one !== "");
    const isEach = (test: (one: string) => boolean) => tokens.length > 0 && tokens.every(test);
    const isName = (one: string) =>
      /^[\p{Script=Han}*\u00b7]{2,21}$/u.test(one) && (one.length <= 4 || /\u00b7/.test(one));
    const isList = tokens.length >= lineNamesLeast && isEach((one) => isName(one) && beginsWithSurname(one));
    if (isList || (isUnderHeading && isEach(isName))) addAll(line, at);
    if (isNameHeading(line)) isUnderHeading = true;
    else if (line.trim() !== "" && !isEach(isName)) isUnderHeading = false;
    at += line.length + 1;
  }
}

/** The surname and, of longer names, the last letter stay; of a name in two parts the first. */
export function maskName(name: string): string {
  const dot = name.indexOf("\u00b7");
  if (dot > 0) return `${name.slice(0, dot + 1)}${"*".repeat(name.length - dot - 1)}`;
  const surname = surnameLength(name);
  const hidden = name.length - surname - 1;
  if (hidden < 1) return `${name.slice(0, surname)}*`;
  return `${name.slice(0, surname)}${"*".repeat(hidden)}${name.slice(-1)}`;
}
