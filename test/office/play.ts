/** One run: people who ask, the office that answers, the model that learns from it, and the look at every board after each step. */
import { expect } from "vitest";
import type { Site } from "../../src/config/types.ts";
import { frameAt, lookup } from "../../src/message/index.ts";
import type { Wanted } from "../../src/panels/contract.ts";
import { defaultPicture } from "../../src/notices/importer.ts";
import { boards, pixelsOf, site as smallSite } from "../store/small-office.ts";
import { cast, type Founded, freshTime, passwordOf } from "./cast.ts";
import { fresh } from "./heard.ts";
import { rules } from "./learn.ts";
import { type Answer, consoleKey, copyOf, type LivingOffice, openOffice, type Time } from "./living-office.ts";
import { dotsOf, Model, textOf } from "./model.ts";

export type Who =
  | { readonly via: "session"; readonly account: string }
  | { readonly via: "token"; readonly account: string; readonly secret: string }
  | { readonly via: "console" | "visitor" };

export interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
  /** In the body's place: what is no JSON, or a file. */
  readonly raw?: string | Uint8Array;
}

/** The sessions' time is the wall's; no sign-in is ever held up for having come too soon. */
const stepMs = 2500;
const horizonMs = 59 * 60_000;

export class Play {
  readonly model: Model;
  readonly time: Time = freshTime();
  readonly reached = new Map<string, { done: number; refused: number }>();
  readonly passwords = new Map<string, string>();
  readonly logins = new Map<string, string>();
  readonly cookies = new Map<string, { cookie: string; csrf: string }>();
  readonly tokens: Extract<Who, { via: "token" }>[] = [];
  readonly links: { readonly account: string; readonly secret: string }[] = [];
  steps = 0;
  /** Titles are never used twice. */
  titles = 0;
  office!: LivingOffice;
  private readonly site: Site;
  private readonly place: ReturnType<typeof copyOf>;

  get folder(): string {
    return this.place.folder;
  }

  constructor(founded: Founded, site: Site) {
    this.site = site;
    const { paper = false, countersignHours = 4 } = typeof site.review === "object" ? site.review : {};
    this.model = new Model({ paper, countersignHours });
    this.place = copyOf(founded.folder);
    for (const { login, roles, unit = "", boards: own = null } of cast) {
      const id = founded.ids.get(login) ?? "";
      const names = new Set([`${login}姓名`]);
      this.model.people.set(id, { id, names, roles: new Set(roles), unit, boards: own, active: true });
      this.passwords.set(id, passwordOf(login));
      this.logins.set(id, login);
    }
    for (const board of boards) this.model.revisions.push(defaultOf(board.id));
  }

  async open(): Promise<void> {
    this.office = await openOffice(this.place.folder, this.time, this.site);
  }
  async reopen(): Promise<void> {
    await this.office.close();
    await this.open();
    await this.look("restart");
  }
  async close(): Promise<void> {
    await this.office.close();
    this.place.remove();
  }

  /** Asks, learns, looks. Null where it was not acknowledged. */
  // biome-ignore lint/suspicious/noExplicitAny: an answer as it travels.
  async ask(who: Who, name: string, sent: Sent = {}): Promise<any> {
    const headers = await this.headersOf(who);
    const answer = await this.send(name, sent, headers);
    const account = "account" in who ? who.account : null;
    const done = answer.status >= 200 && answer.status < 300;
    const count = this.reached.get(name) ?? { done: 0, refused: 0 };
    this.reached.set(name, { done: count.done + Number(done), refused: count.refused + Number(!done) });
    if (answer.status >= 500 && answer.status !== 503) this.model.complain(`${name}: ${answer.status} ${answer.text}`);
    if (who.via === "session") await this.repair(who.account, answer);
    const json = parsed(answer.text);
    const { now } = { now: this.time.board };
    const { params = {}, query = {}, body, raw } = sent;
    if (who.via !== "console")
      for (const title of this.model.hiddenFrom(account, now))
        if (answer.text.includes(title)) this.model.complain(`${name} told ${this.nameOf(account)} of ${title}`);
    if (done) {
      const right = account === null ? null : (this.passwords.get(account) ?? null);
      const asked = Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)]));
      const { text } = answer;
      const { via } = who;
      rules[name]?.(this.model, {
        name,
        account,
        via,
        params,
        query: asked,
        body,
        raw,
        text,
        answer: json,
        now,
        right,
      });
    }
    await this.look(`${name} by ${this.nameOf(account)} (${answer.status})`);
    return done ? (json ?? answer.text) : null;
  }

  nameOf = (account: string | null): string =>
    account === null ? "a stranger" : (this.logins.get(account) ?? account);

  private async send(name: string, { params = {}, query = {}, body, raw }: Sent, headers: Record<string, string>) {
    this.steps++;
    this.time.wall += stepMs;
    const [method = "GET", form = ""] = name.split(" ");
    const path = form.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? "x"));
    const asked = new URLSearchParams(
      Object.entries(query).map(([key, value]): [string, string] => [key, `${value}`]),
    ).toString();
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    return this.office.ask({ method, path: asked ? `${path}?${asked}` : path, headers, body: text });
  }

  private async headersOf(who: Who): Promise<Record<string, string>> {
    if (who.via === "visitor") return {};
    if (who.via === "console") return { authorization: `Bearer ${consoleKey}` };
    if (who.via === "token") return { authorization: `Bearer ${who.secret}` };
    const { account } = who as Extract<Who, { via: "session" }>;
    const there = this.cookies.get(account) ?? (await this.signIn(account));
    return there ? { cookie: there.cookie, "x-boardcast-csrf": there.csrf } : {};
  }

  private async signIn(account: string) {
    const body = { login: this.logins.get(account), password: this.passwords.get(account) };
    const answer = await this.send("POST /api/v1/session", { body }, {});
    const active = this.model.people.get(account)?.active === true;
    if (answer.status === 200 && !active) this.model.complain(`${this.nameOf(account)} came in, and is shut out`);
    return answer.status === 200 ? this.keep(account, answer) : null;
  }

  keep(account: string, { headers, text }: Answer) {
    const given = [headers["set-cookie"] ?? []].flat().map((one) => one.split(";", 1)[0] ?? "");
    const { csrf } = JSON.parse(text) as { csrf: string };
    const kept = { cookie: given.join("; "), csrf };
    this.cookies.set(account, kept);
    return kept;
  }

  /** A session that is over is opened anew next time; a password that has to be changed is changed. */
  private async repair(account: string, { status, text }: Answer): Promise<void> {
    if (status === 401 && this.model.people.get(account)?.active) this.cookies.delete(account);
    const there = this.cookies.get(account);
    if (status !== 403 || !there || !text.includes("people/must-change")) return;
    const password = `${passwordOf(this.nameOf(account))} ${this.steps}`;
    const body = { current: this.passwords.get(account), password };
    const headers = { cookie: there.cookie, "x-boardcast-csrf": there.csrf };
    const answer = await this.send("PUT /api/v1/password", { body }, headers);
    if (answer.status !== 200) return;
    this.passwords.set(account, password);
    this.keep(account, answer);
  }

  /** Every board: what delivery would send, and what earlier programmes would still light if they were cleared again. */
  async look(after: string): Promise<void> {
    const { model, office, time } = this;
    await office.beat();
    const now = time.board;
    model.tend(now);
    for (const { id } of boards) {
      const all = office.wanted.get(id) ?? [];
      const newest = all.at(-1);
      if (!newest || !office.clears(newest)) model.complain(`${id} has nothing that may be lit`);
      else if (model.above.dark.has(id) || newest.dark) this.judgeDark(newest);
      else for (const at of [now, ...model.edges(now, now + horizonMs).slice(0, 6)]) this.judge(newest, at, now);
      for (const stale of all.slice(0, -1)) if (!stale.dark && office.clears(stale)) this.judgeStale(stale, now);
    }
    for (const failure of office.failures.splice(0)) model.complain(`failed: ${String(failure)}`);
    expect(model.complaints, `${this.steps} steps, after: ${after}`).toEqual([]);
  }

  /** What is dark lights nothing, whatever is planned; and nothing else is dark. */
  private judgeDark({ board, dark }: Wanted): void {
    if (dark !== this.model.above.dark.has(board)) this.model.complain(`${board} is ${dark ? "" : "not "}dark`);
  }

  /** The test picture, as long as it may be. */
  private judgePicture({ board, programme }: Wanted, at: number): void {
    const { message } = lookup(programme, at);
    const due = this.model.above.picture(board, at);
    if (message !== due) this.model.complain(`${board} in maintenance at ${at}: lights ${message}, not ${due}`);
  }

  /** Exactly what is due, dot for dot. */
  private judge(wanted: Wanted, at: number, now: number): void {
    const { board, programme, owners, messages } = wanted;
    this.model.above.settle(this.model, wanted, now);
    if (this.model.above.maintained.has(board)) {
      this.judgePicture(wanted, at);
      return;
    }
    const { notices, exact } = this.model.due(board, at);
    const { span, message } = lookup(programme, at);
    const frame = frameAt(programme, (hash) => messages.get(hash), at);
    const lit = Buffer.from(frame.pixels).toString("hex");
    const said = `${board} at ${new Date(at).toISOString()}`;
    const isDark = message === null && /^0*$/.test(lit);
    if (isDark ? exact && notices.size > 0 : ![...notices.values()].includes(lit))
      this.model.complain(`${said}: lights ${lit}`);
    const shown = new Set(owners[span] ?? []);
    for (const one of shown) if (!notices.has(one)) this.model.complain(`${said}: shows ${one}`);
    if (exact) for (const one of notices.keys()) if (!shown.has(one)) this.model.complain(`${said}: lacks ${one}`);
  }

  /** From now to its end, at each edge of a turn or a window: nothing that may not be. */
  private judgeStale({ board, programme, owners, messages }: Wanted, now: number): void {
    for (const [index, span] of programme.spans.entries()) {
      const [from, until] = [Math.max(now, programme.base + span.startMs), programme.base + span.endMs];
      for (const at of from < until ? [from, until - 1] : [])
        for (const [place, turn] of span.turns.entries()) {
          const notice = owners[index]?.[place] ?? "";
          const message = programme.messages[turn.message] ?? "";
          if (this.model.above.allows(notice, message, board, at)) continue;
          const page = messages.get(message)?.pages[0];
          const lit = Buffer.from(page?.bitmap.pixels ?? []).toString("hex");
          if (!this.model.allows(notice, lit, board, at))
            this.model.complain(`${board}: an earlier programme is cleared, which shows ${notice}`);
        }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function defaultOf(board: string) {
  const config = boards.find(({ id }) => id === board);
  if (!config) throw new Error(`no board ${board}`);
  const { id, content, schedule } = defaultPicture(config, smallSite.office, 0);
  const document = { content, schedule, envelope: null };
  const { from, until } = schedule;
  return {
    ...fresh(),
    ...{ notice: id, number: 1, case: id, title: content.title, unit: "", document, schedule, state: "signed" },
    ...{ kind: "notice" as const, since: 0, signedAt: 0, writers: new Set<string>() },
    envelope: { boards: [board], from, until, bestPriority: 10 },
    pixels: new Map([[board, pixelsOf(textOf(document), config.shape).hash]]),
  };
}

export { dotsOf };
