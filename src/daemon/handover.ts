/** Somebody leaves (R52): the account is shut first, then what was theirs is given on. Done again, it goes on where it was. */
import type { Handovers, HandoverView } from "../api/handover.ts";
import type { Site } from "../config/types.ts";
import { FaultError, type Sentence } from "../fault.ts";
import { handoverSheet } from "../ledger/reports/index.ts";
import type { Draft } from "../notices/review/index.ts";
import type { Account, People } from "../people/index.ts";
import type { Store } from "../store/index.ts";
import type { Clock } from "../time/clock.ts";
import { dateAt } from "../time/zone.ts";
import { linkNote } from "./link-note.ts";

export interface HandoverParts {
  readonly site: Site;
  readonly store: Pick<Store, "drafts" | "cases" | "change">;
  readonly people: People;
  readonly clock: Clock;
}

export function createHandovers({ site, store, people, clock }: HandoverParts): Handovers {
  const { accounts } = people;
  const named = async (id: string) => {
    const { login, name, active } = await accounts.get(id);
    return { id, login, name, active };
  };

  const screenKeys = async (names: ReadonlyMap<string, string>) =>
    (await people.tokens.screens()).flatMap(({ account, scopes, expiresAt }) => {
      const by = names.get(account) ?? account;
      const boards = scopes.map((scope) => scope.slice("show:".length));
      const nameOf = (board: string) => `${board} ${site.boards.find(({ id }) => id === board)?.name ?? ""}`.trimEnd();
      return boards.map((board) => screenKey(nameOf(board), by, dateAt(site.zone, expiresAt)));
    });

  const view = async (id: string, successor: HandoverView["successor"], moved: HandoverView["drafts"]) => {
    const drafts = (await store.drafts.list()).filter(({ owner }) => owner.account === id);
    const cases = await store.cases.open();
    // The installation file names people by their account or as they sign in.
    const names = new Map(
      (await accounts.list()).flatMap(({ id, login, name }) => [
        [id, name],
        [login, name],
      ]),
    );
    const own = (steps: (typeof cases)[number]) =>
      [...steps.hands, ...steps.steps.map(({ by }) => by)].some(({ account }) => account === id);
    return {
      leaver: await named(id),
      successor,
      drafts: [...moved, ...drafts.map(({ notice, document }) => ({ notice, title: document.content.title ?? "" }))],
      cases: cases.map((one) => ({ id: one.id, title: one.title, state: one.state, since: one.since, own: own(one) })),
      boards: site.boards.map((board) => ({
        id: board.id,
        name: board.name,
        place: board.place,
        link: linkNote(board),
        custodian: names.get(board.custodian) ?? board.custodian,
      })),
      secrets: [...secretsOf(site), ...(await screenKeys(names))],
      howTo,
    } satisfies HandoverView;
  };

  return {
    look: (leaver) => view(leaver, null, []),

    async handOver(caller, leaver, to) {
      const by = caller.account ?? caller.via;
      const successor = await accounts.get(to);
      if (!successor.active || to === leaver) throw new FaultError({ code: "people/unknown", what: otherAccount });
      const written = (await store.drafts.list()).filter(({ owner }) => owner.account === leaver);
      // Before anything is shut: a draft that its owner may not write on is stuck.
      assertMayWrite(successor, written);
      if ((await accounts.get(leaver)).active) await accounts.disable(by, leaver);
      const person = { account: successor.id, name: successor.name };
      const moved = await store.change(by, async (tx) => {
        const theirs = [];
        for (const { notice } of written) {
          const draft = await tx.cases.draft(notice);
          if (draft?.owner.account === leaver) theirs.push(draft);
        }
        assertMayWrite((await tx.people.account(to)) ?? successor, theirs);
        for (const draft of theirs)
          await tx.cases.putDraft({ ...draft, version: draft.version + 1, owner: person, since: clock.now() });
        const others = (await tx.people.accounts()).filter((one) => one.active && one.password !== null);
        for (const one of others)
          if (!one.mustChange)
            await tx.people.putAccount({ ...one, mustChange: true }, "account/changed", { why: "handover" });
        const drafts = theirs.map(({ notice }) => notice);
        await tx.record({ action: "handover/made", subject: leaver, data: { to, name: successor.name, drafts } });
        return theirs.map(({ notice, document }) => ({ notice, title: document.content.title ?? "" }));
      });
      return view(leaver, { id: to, name: successor.name }, moved);
    },

    async sheet(leaver) {
      const { drafts, cases, boards, secrets, howTo: steps, leaver: who } = await view(leaver, null, []);
      return handoverSheet({
        office: site.office,
        practice: site.practice,
        on: dateAt(site.zone, clock.now()),
        leaver: who.name,
        drafts,
        cases,
        boards,
        secrets,
        howTo: steps,
      });
    },
  };
}

/** FaultError `people/successor`. */
function assertMayWrite({ name, roles, unit }: Account, drafts: readonly Pick<Draft, "state" | "unit">[]): void {
  const handedIn = drafts.filter(({ state }) => state === "open");
  if (handedIn.length > 0 && !roles.includes("maker"))
    throw new FaultError({ code: "people/successor", name, drafts: handedIn.length, unit: null });
  const own = (draft: Pick<Draft, "unit">) => roles.includes("contributor") && draft.unit === unit;
  const others = drafts.filter((draft) => draft.state === "contributed" && !own(draft));
  const [first] = others;
  if (first) throw new FaultError({ code: "people/successor", name, drafts: others.length, unit: first.unit });
}

/** Read off the screen's computer by whoever was at it. It ends with nobody's account: the successor decides. */
function screenKey(board: string, by: string, until: string): Sentence {
  return {
    zh: `${board}\uff1a液晶屏播放页面的密钥\uff08${by} 生成\uff0c${until} 到期\uff09不随账号停用\uff1b要换就先生成新链接到屏上打开\uff0c再在“接口令牌”里作废旧的`,
    en: `${board}: its LCD page's key (given by ${by}, ends on ${until}) outlives accounts; to change it make a new link, open it there, then revoke the old key under "Tokens for programs"`,
  };
}

const otherAccount: Sentence = { zh: "可以接手的另一个账号", en: "another account to hand over to" };

/** What a leaver may know, beside their own password. */
function secretsOf({ boards, review }: Site): readonly Sentence[] {
  const wired = boards.filter(({ link }) => link.kind !== "browser" && link.kind !== "carried");
  return [
    ...wired.map(({ id, name }) => ({
      zh: `${id} ${name}：控制卡的连接密码、开机密码（在厂家软件里改）`,
      en: `${id} ${name}: the card's link and start-up passwords (in its maker's program)`,
    })),
    { zh: "本机操作系统的登录密码、远程协助密码", en: "this computer's own password, and that of remote help" },
    { zh: "办公网交换机、无线网（屏所在网段）的密码", en: "the office network's switch and wireless passwords" },
    {
      zh: "备份口令：换一个，重新做一份备份，旧备份收回",
      en: "the backup passphrase: a new one, a new backup, the old ones taken back",
    },
    ...(review === "none"
      ? []
      : [
          {
            zh: "每个人的登录密码：下次登录时系统会要求更换",
            en: "everybody's own password: asked for at the next sign-in",
          },
        ]),
    { zh: "公开栏玻璃柜、配电箱、机柜的钥匙", en: "keys of the glass cabinets, the power boxes and the rack" },
  ];
}

const howTo: readonly Sentence[] = [
  {
    zh: "每天早上打开网页看总览：每块屏的“已核对”应是绿字且不超过一分钟；有故障先看处理办法。",
    en: "Each morning look at the wall: every board confirmed within a minute; a fault has its remedy beside it.",
  },
  {
    zh: "发信息：拟稿，把检查出来的问题逐条改好或说明，送审；审核、签发由另外的人办，签发后自动上屏。",
    en: "A notice: draft, mend or explain every hit, submit; others review and sign; then it is shown by itself.",
  },
  {
    zh: "撤信息：在信息页按“撤下”并写明原因；没有确认的屏要去现场断电。",
    en: "To take one down: withdraw, with a reason; a board that does not confirm is switched off on the spot.",
  },
  {
    zh: "每周做一次备份（“设置”里的“备份”），拷到不在本机的地方。",
    en: "Each week: a backup (Settings, Backup), kept elsewhere.",
  },
  { zh: "每年十一二月导入下一年的放假调休安排。", en: "In November or December: import the next year's holidays." },
  {
    zh: "有人问“某日某时放的什么”：在台账页查公开栏和时刻，可看到当时的画面。",
    en: "Asked what was shown when: the ledger page shows the picture of any board and time.",
  },
];
