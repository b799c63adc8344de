/** What can be wrong with the ledger: a part of `fault.ts`, which is where to import it from. */
import type { Sentence } from "./fault.ts";

export type LedgerFault =
  | {
      readonly code: "ledger/broken";
      readonly chain: "register" | "play";
      /** The first broken row. */
      readonly seq: number;
      readonly what: BrokenRow;
      /** Of missing rows the last one, of rewritten ones the last that is known to be. */
      readonly until?: number;
    }
  /** A checkpoint that the office's key did not sign. */
  | { readonly code: "ledger/checkpoint"; readonly where: string }
  /** The register says otherwise than the table that it is about. */
  | {
      readonly code: "ledger/disagrees";
      readonly notice: string;
      /** The revision's. */
      readonly number: number;
      readonly what: Disagreement;
    }
  /** The same of what is not a notice. */
  | {
      readonly code: "ledger/disagrees";
      readonly about: Subject;
      /** A case's number, an account's login, a deputy's id, a hash, an index number, an issue's id. */
      readonly name: string;
      readonly what: "altered" | "gone" | "unregistered";
      /** What was altered, where that is known; several with commas. */
      readonly column?: string;
    };

/**
 * `missing`: not there, though a later row or a checkpoint is. `extra`: before the first row that there may be.
 * `unreadable`: not the columns that were written. `not-canonical`: reads alike and is written otherwise. `altered`: its
 * hash is not that of its words behind the row before. `foreign`: nor does the row after follow on its hash.
 * `rewritten`: hashes and all; a checkpoint signed something else.
 */
export type BrokenRow = "missing" | "extra" | "unreadable" | "not-canonical" | "altered" | "foreign" | "rewritten";

export type Disagreement =
  | "content"
  | "seal"
  | "schedule"
  | "origin"
  | "unregistered"
  | "gone"
  | "withdrawal"
  | "count";

/** `message`: bytes that a seal in force names; `programme`: bytes that a row of the play log names. */
export type Subject =
  | "case"
  | "account"
  | "deputy"
  | "takedown"
  | "message"
  | "programme"
  | "index"
  | "issue"
  | "catalogue"
  | "dark"
  | "maintenance"
  | "report"
  | "publicity"
  | "posting"
  | "received"
  | "sender";

const rowZh: Readonly<Record<BrokenRow, string>> = {
  missing: "不见了，被删除",
  extra: "不该有这一行，是加进来的",
  unreadable: "读不出来",
  "not-canonical": "写法被改动过",
  altered: "内容被改动过，或与上一行接不上",
  foreign: "校验值被改动过，与前后两行都接不上",
  rewritten: "被整段重写，与签过名的校验点不符",
};
const rowEn: Readonly<Record<BrokenRow, string>> = {
  missing: "is not there: it was deleted",
  extra: "should not be there: it was added",
  unreadable: "cannot be read",
  "not-canonical": "was written anew in another form",
  altered: "was altered, or does not follow on the row before",
  foreign: "has another's hash: it fits neither the row before nor the row after",
  rewritten: "was rewritten with all that follows: a signed checkpoint says otherwise",
};

const disagreementZh: Readonly<Record<Disagreement, string>> = {
  content: "内容与台账登记的不同",
  seal: "签发记录与台账登记的不同",
  origin: "经办人或登记时间与台账登记的不同",
  schedule: "播放时间与台账登记的不同",
  unregistered: "台账里没有登记",
  gone: "台账登记过，库里却没有了",
  withdrawal: "撤下时间与台账登记的不同",
  count: "版本数与台账登记的不同",
};
const disagreementEn: Readonly<Record<Disagreement, string>> = {
  content: "is not the content that was registered",
  seal: "does not have the seal that was registered",
  origin: "does not have the maker and the time of entry that were registered",
  schedule: "does not have the schedule that was registered",
  unregistered: "is not in the register",
  gone: "is in the register and no longer there",
  withdrawal: "was not taken down when the register says",
  count: "has another number of revisions than the register says",
};

const subjectZh: Readonly<Record<Subject, string>> = {
  case: "审核登记",
  account: "账号",
  deputy: "代理",
  takedown: "撤下记录",
  message: "签发生效的版面",
  programme: "播放记录里的节目单",
  index: "索引号",
  issue: "期",
  catalogue: "公开目录",
  dark: "紧急关屏",
  maintenance: "维护",
  report: "报修",
  publicity: "公示记录",
  posting: "张贴登记",
  received: "收到的预警",
  sender: "可信发布单位",
};
const subjectEn: Readonly<Record<Subject, string>> = {
  case: "Review case",
  account: "Account",
  deputy: "Deputy",
  takedown: "The order to take something down",
  message: "The message of a seal in force,",
  programme: "The programme in the play log,",
  index: "Index number",
  issue: "Issue",
  catalogue: "The document of the catalogue:",
  dark: "The dark switch of",
  maintenance: "The maintenance of",
  report: "The trouble report",
  publicity: "The publicity record of",
  posting: "The posting record of",
  received: "Received warning",
  sender: "The sender that is believed:",
};
const differsZh = {
  altered: "与台账登记的不同",
  gone: "不见了\uff0c或已读不出来",
  unregistered: "台账里没有登记",
} as const;
const differsEn = {
  altered: "is not as the register has it",
  gone: "is no longer there, or cannot be read",
  unregistered: "is not in the register",
} as const;

const columnOf = ({ column }: { readonly column?: string }, before: string) =>
  column === undefined || column === "" ? "" : `${before}${column}`;

const chainZh = { register: "登记台账", play: "播放记录" } as const;
const chainEn = { register: "the register", play: "the play log" } as const;

export function ledgerSentence(fault: LedgerFault): Sentence {
  switch (fault.code) {
    case "ledger/broken": {
      const { chain, seq, what, until } = fault;
      const many = until !== undefined && until !== seq;
      return {
        zh: `${chainZh[chain]}第 ${seq} 行${many ? `至第 ${until} 行` : ""}${rowZh[what]}`,
        en: `Row ${seq}${many ? ` (to ${until})` : ""} of ${chainEn[chain]} ${rowEn[what]}`,
      };
    }
    case "ledger/checkpoint":
      return {
        zh: `${fault.where}：不是本单位密钥签过名的校验点，或抄错了`,
        en: `${fault.where}: not a checkpoint that this office's key signed, or mistyped`,
      };
    case "ledger/disagrees":
      if ("about" in fault)
        return {
          zh: `${subjectZh[fault.about]} ${fault.name}${columnOf(fault, "\uff1a")} ${differsZh[fault.what]}`,
          en: `${subjectEn[fault.about]} ${fault.name}${columnOf(fault, ": ")} ${differsEn[fault.what]}`,
        };
      return {
        zh: `信息 ${fault.notice} 第 ${fault.number} 版${disagreementZh[fault.what]}`,
        en: `Notice ${fault.notice}, revision ${fault.number}, ${disagreementEn[fault.what]}`,
      };
  }
}

export function ledgerRemedy(fault: LedgerFault): Sentence {
  switch (fault.code) {
    case "ledger/broken":
      return {
        zh: "数据库被人改动过，或磁盘坏了。请先把整个数据文件夹复制留证，再从这一行之前的备份恢复，并报告监督员。",
        en: "Somebody altered the database, or the disk is failing. Copy the whole data folder as evidence, restore a backup from before this row, and tell the auditor.",
      };
    case "ledger/checkpoint":
      return {
        zh: "请对照原件重新输入；文件被改动过的，用另存或打印的校验点核对。",
        en: "Type it again from the original; if the file was altered, verify with a checkpoint that was printed or kept elsewhere.",
      };
    case "ledger/disagrees":
      if ("about" in fault) return remedyFor[fault.about];
      return {
        zh: "数据库被人改动过。请对照台账和备份查清，重新送审签发。",
        en: "Somebody altered the database. Compare it with the register and a backup, and have the notice signed again.",
      };
  }
}

const another: Sentence = {
  zh: "数据库被人改动过\uff0c或磁盘坏了。请先复制数据文件夹留证\uff0c再从备份恢复\uff0c并报告监督员。",
  en: "Somebody altered the database, or the disk is failing. Copy the data folder as evidence, restore a backup, and tell the auditor.",
};
const remedyFor: Readonly<Record<Subject, Sentence>> = {
  case: another,
  takedown: another,
  account: {
    zh: "账号被人绕过系统改动过\uff0c已不能用。请由系统管理员重新设置\uff0c并报告监督员。",
    en: "Somebody altered the account behind the system's back; nobody can use it. An administrator sets it anew; tell the auditor.",
  },
  deputy: {
    zh: "代理被人绕过系统改动过\uff0c不再算数。请重新委托\uff0c并报告监督员。",
    en: "Somebody altered the deputy behind the system's back; it does not count. Appoint one anew, and tell the auditor.",
  },
  message: {
    zh: "磁盘坏了或被人改动过\uff0c这个版面上不了屏。请从备份恢复\uff0c或重新送审签发。",
    en: "The disk is failing or somebody altered it; these dots are shown on no board. Restore a backup, or have the notice signed again.",
  },
  programme: another,
  index: another,
  issue: another,
  catalogue: another,
  dark: {
    zh: "有人绕过系统改动过紧急关屏。请到屏前核对\uff0c再关一次或恢复\uff0c并报告监督员。",
    en: "Somebody altered the dark switch behind the system's back. Look at the board itself, make it dark or resume it anew, and tell the auditor.",
  },
  maintenance: {
    zh: "有人绕过系统改动过维护。请到屏前核对\uff0c结束维护再重新开始\uff0c并报告监督员。",
    en: "Somebody altered the maintenance behind the system's back. Look at the board itself, end it and begin it anew, and tell the auditor.",
  },
  report: another,
  publicity: another,
  posting: another,
  received: {
    zh: "有人绕过系统改动过收到的预警。请向发布单位核实\uff0c复制数据文件夹留证\uff0c并报告监督员。",
    en: "Somebody altered a received warning behind the system's back. Ask its sender, copy the data folder as evidence, and tell the auditor.",
  },
  sender: {
    zh: "有人绕过系统改动过可信发布单位。请从名单删除\uff0c由两人重新加入\uff0c并报告监督员。",
    en: "Somebody altered the list of senders behind the system's back. Take this one off it, have two persons put it there anew, and tell the auditor.",
  },
};
