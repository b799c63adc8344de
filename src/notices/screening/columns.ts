/** Columns that no benefit list shows (R15): identity, telephone, account, address, illness. */
import { isNameHeading } from "./names.ts";
import { type Table, type TableCell, tablesIn } from "./tables.ts";
import { folded } from "./text.ts";

/** Personal by themselves. */
const always =
  /身份证|身份号|证件号|证号$|账号|帐号|卡号|存折|账户|帐户|一卡通|病情|病种|疾病|患病|病因|病名|诊断|家庭住址|住址/;
/** Offices have them too: dropped where the table is of people. */
const ofPeople = /电话|手机|联系方式|地址|门牌|户籍地/;
const ofOffices = /监督|举报|咨询|办公|受理|责任|单位|网点|机构|村委|居委/;

interface Dropped {
  readonly table: Table;
  readonly column: number;
  readonly heading: TableCell;
}

export function droppedColumns(body: string): Dropped[] {
  return tablesIn(body).flatMap((table) => {
    const headings = table.heading.cells;
    const isOfPeople = headings.some(({ text }) => isNameHeading(text) || /身份证|证件号/.test(text));
    return headings.flatMap((heading, column) => {
      const plain = folded(heading.text).plain.replace(/ /g, "");
      const isDropped = always.test(plain) || (isOfPeople && ofPeople.test(plain) && !ofOffices.test(plain));
      return isDropped ? [{ table, column, heading }] : [];
    });
  });
}
