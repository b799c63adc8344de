/** Ledger rows as they are exported: all of them, nothing joined, nothing left out. */
import { canonicalJson } from "../../canonical-json.ts";
import { formatCivil } from "../../time/zone.ts";
import type { LedgerRow } from "../types.ts";
import { byteOrderMark, csvLine } from "./csv.ts";

/** What rows tell, in the office's words; what is not here keeps its own name. */
const actionZh: Readonly<Record<string, string>> = {
  "notice/added": "信息录入",
  "notice/revised": "信息新版本",
  "notice/sealed": "信息签发",
  "notice/withdrawn": "信息撤下",
  "notice/taken-off": "从单块屏撤下",
  "takedown/opened": "撤下开始核对",
  "takedown/expected": "撤下时限有变",
  "takedown/done": "撤下单屏结果",
  "takedown/closed": "撤下核对完毕",
  "notice/superseded": "信息被替换",
  "notice/rescheduled": "播放时间调整",
  "notice/taken-again": "信息重新导入",
  "draft/saved": "草稿交来",
  "review/submitted": "送审登记",
  "review/reviewed": "保密审查",
  "review/signed": "签发",
  "review/returned": "退回",
  "review/withdrawn": "撤回",
  "account/added": "新增账号",
  "account/changed": "修改账号",
  "account/enabled": "启用账号",
  "account/password": "设定密码",
  "account/disabled": "停用账号",
  "session/opened": "登录",
  "ledger/exported": "台账导出",
  "ledger/found-broken": "发现台账断处",
  "notice/erased": "个人信息画面清除",
  "draft/pictures": "草稿图片",
  "draft/imported": "草稿导入",
  "draft/returned": "草稿退回",
  "draft/discarded": "草稿作废",
  "picture/swept": "清理不用的图片",
  "review/countersigned": "补签",
  "review/uncountersigned": "逾期未补签撤下",
  "review/reminded": "催办",
  "review/scan-uploaded": "上传签批扫描件",
  "handover/made": "交接",
  "ledger/taken-over": "升级时原样登记",
  "installation/changed": "安装文件改动",
  "rules/changed": "检查规则改动",
  "calendar/changed": "放假调休安排导入",
  "catalogue/changed": "公开目录改动",
  "index/given": "改给索引号",
  "index/voided": "索引号作废",
  "issue/closed": "成期",
  "paper/posted": "纸质张贴",
  "paper/taken": "纸质撤下",
  "publicity/ended": "公示期满",
  "publicity/stopped": "公示中止",
  "publicity/result": "公示结果登记",
  "session/ended": "退出登录",
  "session/refused": "登录被拒",
  "deputy/added": "设代签人",
  "deputy/ended": "代签结束",
  "password-link/issued": "发出设密码链接",
  "token/added": "新增令牌",
  "token/revoked": "作废令牌",
  "set-up/link": "发出首次设置链接",
  "backup/made": "备份",
  "backup/restored": "从备份恢复",
  "warning/received": "收到预警",
  "warning/refused": "预警文件未收",
  "warning/acknowledged": "未收的预警文件已知悉",
  "warning/shown": "收到的预警播出",
  "warning/cancelled": "预警解除",
  "warning/ended": "收到的预警作废",
  "warning/declined": "收到的预警不播",
  "warning/lapsed": "收到的预警过时",
  "cap-sender/proposed": "提出可信发布单位",
  "cap-sender/confirmed": "确认可信发布单位",
  "cap-sender/removed": "撤销可信发布单位",
  "board/darkened": "紧急关屏",
  "board/resumed": "恢复显示",
  "board/maintained": "进入维护",
  "board/maintenance-ended": "维护结束",
  "board/reported": "报修",
  "board/report-answered": "报修答复",
  "play/programmes-dropped": "清理旧节目单",
  "play/started": "播放记录开始",
  "play/stopped": "播放记录停止",
  "play/told": "节目单下发",
  "play/ended": "节目单失效",
  "play/dark": "紧急关屏\uff1a屏灭",
  "play/lit": "亮屏",
  "play/confirmed": "核对一致",
  "play/unconfirmed": "未能核对",
  "play/rows-lost": "记录缺失",
};

export const actionWords = (action: string): string => actionZh[action] ?? action;

const heads = ["行号", "公开栏时间", "系统时间", "办理人", "事项", "事项代码", "对象", "内容(JSON)", "校验码"];

export const rowsCsvHead = byteOrderMark + csvLine(heads);

export function rowCsv(row: LedgerRow, zone: string, nameOf: (by: string) => string): string {
  const time = (at: number) => formatCivil(zone, at).replace("T", " ");
  return csvLine([
    row.seq,
    time(row.boardAt),
    time(row.wallAt),
    nameOf(row.by),
    actionWords(row.action),
    row.action,
    row.subject,
    canonicalJson(row.data),
    row.hash,
  ]);
}

/** A row a line, with all that its hash is over: whoever has the lines can work the chain out again. */
export function rowJson({ chain, seq, boardAt, wallAt, by, action, subject, data, hash }: LedgerRow): string {
  return `${canonicalJson({ v: 1, chain, seq, boardAt, wallAt, by, action, subject, data, hash })}\n`;
}
