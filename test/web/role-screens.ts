/**
 * Which screen is whose, written by hand from what design.md says of the roles and not read from the code: a right that is
 * given or taken away is seen here. Letters: M 经办人, R 审核人, S 签发人, O 屏幕管理员, A 系统管理员, U 监督员, C 报送人 of another
 * office, V nobody signed in (in practice, where anybody may look).
 */
export const people = {
  ...{ M: "经办人甲", R: "审核人乙", S: "签发人丙", O: "屏幕管理员丁" },
  ...{ A: "系统管理员己", U: "监督员戊", C: "报送人庚", V: null },
} as const;
export type Letter = keyof typeof people;

export interface Screen {
  readonly hash: string;
  readonly heading: string;
  /** Whose it is, and what the others read in its place. Nothing said: everybody's. */
  readonly for?: string;
  readonly told?: string;
  /** The page asks the visitor to sign in. */
  readonly known?: true;
  /** It is another's: the daemon says so, in words. */
  readonly refused?: string;
  /** What can be pressed, and by whom. */
  readonly acts?: Readonly<Record<string, string>>;
}

/** In their order: N15 is a sample, 2017-0001 waits for its signature, 2017-0002 is a draft of the maker's. */
export const screens: readonly Screen[] = [
  { hash: "#/today", heading: "今日待办", known: true, acts: { 播放安排: "MRSOAUC" } },
  { hash: "#/", heading: "B1 办事处大门门头屏" },
  { hash: "#/wall/room", heading: "" },
  { hash: "#/board/B1", heading: "B1 办事处大门门头屏", acts: { 紧急关屏: "MRSOAUCV" } },
  { hash: "#/drafts", heading: "起草", known: true, ...ownedBy("MUC", "这一页由"), acts: { 起草一条信息: "MC" } },
  {
    hash: "#/draft/2017-0002",
    heading: "2017-0002欢迎词",
    known: true,
    ...ownedBy("MUC", "这一页由"),
    acts: { 送审: "M", "丢弃…": "M" },
    refused: "C",
  },
  { hash: "#/new", heading: "发一条什么信息", known: true, ...ownedBy("MC", "这一页由"), acts: { 查找: "MC" } },
  { hash: "#/notices", heading: "全部信息", acts: { 起草一条信息: "MC", 全部草稿: "MUC", 查找: "MRSOAUCV" } },
  {
    ...{ hash: "#/notices/N15", heading: "N15欢迎词" },
    acts: { "修改（开新稿）": "MC", 照这条写: "MC", "撤下…": "MSO" },
  },
  { hash: "#/cases", heading: "审核签发", ...ownedBy("MRSOAUV", "这一页由") },
  {
    ...{ hash: "#/cases/2017-00001", heading: "2017-0001欢迎词", ...ownedBy("MRSOAUV", "这一页由") },
    acts: { "以签发人丙(虚构)签发（演练）": "S", "退回…": "S", "撤回…": "MSO", 打印审查表: "MRSOAUV" },
  },
  { hash: "#/warnings", heading: "收到的预警", ...ownedBy("MRSOAUV", "这一页由") },
  { hash: "#/schedule", heading: "播放安排", acts: { 回到今天: "MRSOAUCV" } },
  { hash: "#/outlook", heading: "今后 30 天", acts: { 重新推算: "MRSOAUCV" } },
  {
    ...{ hash: "#/paper", heading: "纸质张贴和装卡" },
    acts: {
      "打印 A4": "MRSOAUCV",
      登记已张贴: "MSO",
      "下载装卡文件夹（ZIP）": "MSO",
      打印装卡单: "MSO",
      确认已装入: "MSO",
    },
  },
  { hash: "#/boards", heading: "公开栏设备", acts: { 新增公开栏: "A" } },
  { hash: "#/boards/B1", heading: "B1 办事处大门门头屏", acts: { 打印屏卡: "MRSOAUCV", 修改资料: "A", 开始检查: "O" } },
  {
    ...{ hash: "#/boards/B2/check", heading: "B2 便民服务大厅条屏", ...ownedBy("O", "由屏幕管理员办理") },
    acts: { 看到的一样: "O" },
  },
  { hash: "#/boards/~new", heading: "新增公开栏", ...ownedBy("A", "由系统管理员办理"), acts: { 下一步: "A" } },
  {
    hash: "#/b/B1",
    heading: "B1 办事处大门门头屏",
    ...ownedBy("MRSOAUC", "报修请先登录"),
    acts: { 提交报修: "MRSOAUC" },
  },
  { hash: "#/ledger", heading: "台账", ...ownedBy("MRSAUV", "登记台账由"), acts: { 查: "MRSOAUCV" } },
  { hash: "#/ledger/check", heading: "台账", ...ownedBy("MRSAUV", "登记台账由"), acts: { 现在校验: "MRSAUV" } },
  { hash: "#/ledger/reports", heading: "台账", ...ownedBy("MRSAUV", "登记台账由"), acts: { 看: "MRSAUV" } },
  {
    ...{ hash: "#/ledger/exports", heading: "台账", ...ownedBy("MRSAUV", "登记台账由") },
    acts: { "登记表（打印）": "MRSAUV", "播放记录（CSV）": "MRSOAUCV" },
  },
  { hash: "#/settings", heading: "设置", known: true },
  { hash: "#/settings/calendar", heading: "工作日历", known: true, acts: { 导入一年: "A" } },
  { hash: "#/settings/publicity", heading: "公示期", known: true },
  { hash: "#/settings/catalogue", heading: "公开目录", known: true, acts: { 改: "A", "作废…": "SA" } },
  { hash: "#/settings/issues", heading: "期次", known: true, acts: { 定一期: "MSO" } },
  {
    ...{ hash: "#/settings/senders", heading: "可信发布单位", known: true, ...ownedBy("MRSOAU", "由本处人员查看") },
    acts: { 提出一个单位: "SA" },
  },
  {
    ...{ hash: "#/settings/screening", heading: "检查规则", known: true, ...ownedBy("MRSAU", "检查规则由") },
    acts: { 加上: "A" },
  },
  { hash: "#/settings/network", heading: "办公网", known: true, ...ownedBy("AU", "由系统管理员和监督员查看") },
  {
    ...{ hash: "#/settings/backup", heading: "备份", known: true, ...ownedBy("AU", "由系统管理员和监督员查看") },
    acts: { 开始备份: "A" },
  },
  {
    ...{ hash: "#/people", heading: "人员", known: true },
    acts: { 新增人员: "A", 修改: "A", 请人代办: "MRSOAC", 发一个令牌: "MRSOAC" },
  },
  { hash: "#/password", heading: "设密码", ...ownedBy("MRSOAUC", "改密码请先登录"), acts: { 设好并登录: "MRSOAUC" } },
  { hash: "#/sign-in", heading: "演练：选一个身份进入" },
];

function ownedBy(letters: string, told: string): Pick<Screen, "for" | "told"> {
  return { for: letters, told };
}

/** 紧急关屏: who may; the others are told whom to call. */
export const darkens = "MRSOA";
