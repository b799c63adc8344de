/** 纸质签发, pictures, and the mending of what screening found. */
import { type Dice, type Move, somebody } from "./dice.ts";
import { at, caseOf, documentOf, draftOf, lookAt, maybe, versionOf } from "./moves-review.ts";
import type { Revision } from "./model.ts";
import type { Play, Who } from "./play.ts";

const scan = "PUT /api/v1/review/cases/{id}/scan";
const page = "GET /api/v1/review/cases/{id}/scan/{page}";
const attest = "POST /api/v1/review/cases/{id}/attest";
const mend = "POST /api/v1/review/drafts/{id}/mend";
const pictures = "PUT /api/v1/review/drafts/{id}/pictures";
const reshape = "POST /api/v1/review/drafts/{id}/pictures/{index}";

/** Some of them nobody can read. */
const file = (play: Play, dice: Dice): string =>
  dice.of(`pages s${play.steps}`, `pages s${play.steps} t`, "pages one two three", "GIF89a", "<svg/>", "");

async function upload(play: Play, dice: Dice, who: Who, id: string, raw: string): Promise<void> {
  const names = [...play.model.people.values()].flatMap((person) => [...person.names]);
  const leader = dice.once(4) ? (dice.one(names) ?? "") : "王主任";
  await play.ask(who, scan, { params: { id }, query: { leader }, raw });
}

async function lookAtScan(play: Play, dice: Dice, who: Who, { case: id, scan: pages }: Revision): Promise<void> {
  for (const [index] of pages.entries())
    if (!dice.once(8)) await play.ask(who, page, { params: { id, page: String(index + 1) } });
}

const passwordOf = (play: Play, who: Who) => ("account" in who ? (play.passwords.get(who.account) ?? "") : "");

/** Signed by pen: brought in by one, attested by another. */
export async function attestedBy(play: Play, dice: Dice, revision: Revision): Promise<void> {
  const params = { id: revision.case };
  const uploader = somebody(play, dice, ["maker", "operator", "reviewer"]);
  await upload(play, dice, uploader, revision.case, `pages s${play.steps}`);
  const who = dice.once(6) ? uploader : somebody(play, dice, ["signer", "operator", "administrator", "reviewer"]);
  await lookAt(play, dice, who, revision);
  await lookAtScan(play, dice, who, revision);
  // Sometimes another scan takes its place in between.
  if (dice.once(10)) await upload(play, dice, uploader, revision.case, `pages u${play.steps}`);
  await play.ask(who, attest, { params, body: { password: passwordOf(play, who) } });
}

const waiting = (play: Play, dice: Dice) => caseOf(play, dice, "signature");

/** 纸质张贴. No board here has a posting place: nobody gets anything of it, whoever they are. */
const postings = "/api/v1/postings/{notice}";
const postingMoves: Readonly<Record<string, Move>> = Object.fromEntries([
  ...(["posted", "taken"] as const).map((kind): [string, Move] => [
    `PUT ${postings}/{board}/${kind}`,
    {
      ...{ by: ["operator", "maker", "signer"], weight: 0.5 },
      async make(play, dice, who) {
        const params = { notice: dice.one(play.model.revisions)?.notice ?? "N1", board: dice.of("B1", "B2", "B9") };
        await play.ask(who, `PUT ${postings}/{board}/${kind}`, { params, raw: file(play, dice) });
      },
    },
  ]),
  ...(["sheet.pdf", "{kind}/photo.jpg"] as const).map((what): [string, Move] => [
    `GET ${postings}/{number}/{board}/${what}`,
    {
      ...{ by: ["auditor", "maker", "signer"], weight: 0.5 },
      async make(play, dice, who) {
        const notice = dice.one(play.model.revisions)?.notice ?? "N1";
        const params = { notice, number: "1", board: "B1", ...(what !== "sheet.pdf" && { kind: "posted" }) };
        await play.ask(who, `GET ${postings}/{number}/{board}/${what}`, { params });
      },
    },
  ]),
]);

/** 装卡. No board here is carried to: nobody gets anything of it, and nobody is believed. */
const cards = "/api/v1/cards/{board}";
const cardMoves: Readonly<Record<string, Move>> = Object.fromEntries([
  ...(["carry.zip", "slip.html", "photo.jpg", "pages/{file}"] as const).map((what): [string, Move] => [
    `GET ${cards}/${what}`,
    {
      ...{ by: ["operator", "maker", "auditor"], weight: 0.3 },
      async make(play, dice, who) {
        const params = { board: dice.of("B1", "B9"), ...(what.startsWith("pages") && { file: "01-N07-01.png" }) };
        await play.ask(who, `GET ${cards}/${what}`, { params });
      },
    },
  ]),
]);

export const paperMoves: Readonly<Record<string, Move>> = {
  [scan]: {
    ...{ by: ["maker", "operator", "reviewer"], weight: 3 },
    async make(play, dice, who) {
      await upload(play, dice, who, waiting(play, dice)?.case ?? "2017-00001", file(play, dice));
    },
  },
  [page]: {
    ...{ by: ["signer", "operator", "administrator"], weight: 2 },
    async make(play, dice, who) {
      const scanned = play.model.revisions.filter((one) => one.scan.length > 0);
      const params = { id: dice.one(scanned)?.case ?? "2017-00001", page: dice.of("1", "1", "2", "0", "x") };
      await play.ask(who, page, { params });
    },
  },
  [attest]: {
    ...{ by: ["signer", "operator", "administrator"], weight: 3 },
    async make(play, dice, who) {
      const scanned = play.model.revisions.filter(
        ({ scan: pages, state }) => pages.length > 0 && state === "signature",
      );
      const revision = dice.one(scanned) ?? waiting(play, dice);
      if (revision && !dice.once(3)) {
        await lookAt(play, dice, who, revision);
        await lookAtScan(play, dice, who, revision);
      }
      const params = { id: revision?.case ?? "2017-00001" };
      const password = dice.once(9) ? "not the password" : passwordOf(play, who);
      await play.ask(who, attest, { params, ...maybe({ password }, dice) });
    },
  },
  ...postingMoves,
  ...cardMoves,
  "GET /api/v1/cards": {
    ...{ by: ["auditor", "operator"], weight: 0.3 },
    make: (play, _dice, who) => play.ask(who, "GET /api/v1/cards", {}),
  },
  [`PUT ${cards}/loaded`]: {
    ...{ by: ["operator", "maker", "signer"], weight: 0.5 },
    async make(play, dice, who) {
      const query = { load: dice.of("3F2A-91BC", "", "x"), words: dice.of("", "装好了") };
      await play.ask(who, `PUT ${cards}/loaded`, {
        params: { board: dice.of("B1", "B9") },
        query,
        raw: file(play, dice),
      });
    },
  },
  "GET /api/v1/postings": {
    ...{ by: ["auditor", "operator"], weight: 0.5 },
    make: (play, _dice, who) => play.ask(who, "GET /api/v1/postings", {}),
  },
  "GET /api/v1/review/cases/{id}/sheet.pdf": {
    ...{ by: ["signer", "maker"], weight: 0.5 },
    async make(play, dice, who) {
      const params = { id: waiting(play, dice)?.case ?? "2017-00001" };
      await play.ask(who, "GET /api/v1/review/cases/{id}/sheet.pdf", { params, query: { board: dice.of("B1", "B9") } });
    },
  },
  [pictures]: {
    ...{ by: ["maker", "contributor"], weight: 3 },
    async make(play, dice, who) {
      const draft = draftOf(play, dice);
      const query = { version: versionOf(draft, dice), caption: "图" };
      await play.ask(who, pictures, { params: at(draft), query, raw: file(play, dice) });
    },
  },
  [reshape]: {
    ...{ by: ["maker", "contributor"], weight: 1 },
    async make(play, dice, who) {
      const draft = draftOf(play, dice);
      const body = { version: versionOf(draft, dice), how: dice.of("left", "right", "trim") };
      await play.ask(who, reshape, { params: { ...at(draft), index: String(dice.roll(2)) }, body });
    },
  },
  "GET /api/v1/review/drafts/{id}/pictures/{sha256}/small.png": {
    ...{ by: ["maker", "contributor", "auditor"], weight: 0.5 },
    async make(play, dice, who) {
      const draft = draftOf(play, dice);
      const [one] = (draft?.document.content.pictures ?? []) as { sha256: string }[];
      const params = { ...at(draft), sha256: one?.sha256 ?? "0".repeat(64) };
      await play.ask(who, "GET /api/v1/review/drafts/{id}/pictures/{sha256}/small.png", { params });
    },
  },
  // Also with the pictures of another draft, which it opens to nobody.
  "POST /api/v1/review/drafts/{id}/looks": {
    ...{ by: ["maker", "contributor"], weight: 0.5 },
    async make(play, dice, who) {
      const { title, body } = documentOf(play, dice).content as Record<string, unknown>;
      const pictures = draftOf(play, dice)?.document.content.pictures;
      const content = { title, body, ...(pictures && { displayKind: "picture", pictures }) };
      const asked = { content, boards: dice.of(["B1"], ["B1", "B2"], ["B1", "B2", "B9"]) };
      await play.ask(who, "POST /api/v1/review/drafts/{id}/looks", { params: at(draftOf(play, dice)), body: asked });
    },
  },
  [mend]: {
    ...{ by: ["maker", "contributor"], weight: 3 },
    async make(play, dice, who) {
      const draft = draftOf(play, dice);
      const params = at(draft);
      const document = documentOf(play, dice);
      const body = "联系人电话13800138000,证件11010519491231002X。";
      const content = { ...(document.content as object), body };
      const write = { version: versionOf(draft, dice), document: { ...document, content } };
      await play.ask(who, "PUT /api/v1/review/drafts/{id}", { params, body: write });
      const faults: { code: string; key?: string }[] =
        (await play.ask(who, "GET /api/v1/review/drafts/{id}/faults", { params })) ?? [];
      const found = faults.flatMap(({ code, key }) => (code === "review/hit" && key ? [key] : []));
      const keys = found.length > 0 ? (dice.once(3) ? found.slice(0, 1) : found) : [`id18:body:${"0".repeat(16)}`];
      await play.ask(who, mend, { params, ...maybe({ version: versionOf(draft, dice), keys }, dice) });
    },
  },
};
