/** 待机画面: the installation file's words, sealed in its name; they are sealed once, and again when the file changes them. */
import type { BoardConfig, Site } from "../config/types.ts";
import { type Fault, type Sentence, sentence } from "../fault.ts";
import { decodeMessage } from "../message/index.ts";
import type { Instant, MessageHash } from "../message/types.ts";
import { defaultPicture, importNotices, type ImportParts, type SignAs, type Typesetting } from "../notices/importer.ts";
import { revisionHash } from "../notices/revision.ts";
import { screenContent } from "../notices/screening/index.ts";
import type { Store } from "../store/index.ts";

/** Who answers for them: in the register, and in their seals. */
const signerOf = ({ practice }: Pick<Site, "practice">) => (practice ? "practice fixtures" : "boardcast.yaml");

/** A fault for each board whose picture is not what the file says. */
export async function signDefaultPictures(
  site: Site,
  store: Store,
  parts: (signAs: SignAs) => ImportParts,
): Promise<readonly Fault[]> {
  const by = signerOf(site);
  const made = parts({ kind: site.practice ? "practice" : "imported", by });
  const outdated = await setOtherwise(site, store, made.typesetting);
  const accepted = await Promise.all(
    site.boards.map(async (board) => {
      const before = await store.notices.get(`default:${board.id}`);
      // Practice looks back at the whole of 2017; a real office's begin when they were first signed.
      return defaultPicture(board, site.office, before?.schedule.from ?? (site.practice ? 0 : made.now));
    }),
  );
  // Its row in the register says that the file did it, and which words: nobody's signature is on them.
  const notices: ImportParts["store"] = {
    ...store.notices,
    async get(id) {
      const record = await store.notices.get(id);
      return record && outdated.has(id) ? { ...record, seal: null } : record;
    },
    async save(entry) {
      const prepared = await store.notices.prepare({ ...entry, ...(outdated.has(entry.id) && { anew: true }) });
      return (await store.change(by, (tx) => tx.notices.save(prepared))).outcome;
    },
  };
  await importNotices({ accepted, refused: [] }, { ...made, store: notices });
  const faults: Fault[] = [];
  for (const board of site.boards) {
    const record = await store.notices.get(`default:${board.id}`);
    const { content, schedule } = defaultPicture(board, site.office, record?.schedule.from ?? made.now);
    const isSigned = record !== null && record.seal !== null && record.revision === revisionHash(content);
    if (isSigned && record.withdrawnAt === null) continue;
    const why = isSigned ? takenDown : await flawOf(board, site, made.typesetting, schedule.from);
    faults.push({ code: "board/default-unsigned", board: board.id, why: why ?? unknown });
  }
  return faults;
}

/** Those whose words are the same, and whose panel is another one: nothing of what was signed can be lit there. */
async function setOtherwise(site: Site, store: Store, typesetting: Typesetting): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const board of site.boards) {
    const record = await store.notices.get(`default:${board.id}`);
    const sealed = record?.seal?.body.pixels.find(({ board: place }) => place === board.id)?.message;
    if (!record || sealed === undefined) continue;
    if (
      !(await isOf(board, sealed, store)) ||
      !(await isInCells(board, sealed, site, typesetting, record.schedule.from))
    )
      found.add(record.id);
  }
  return found;
}

/** As large as the panel is, and of its colours. */
async function isOf({ shape }: BoardConfig, sealed: MessageHash, store: Store): Promise<boolean> {
  const bytes = await store.messages.get(sealed);
  // The store has compared them with their name.
  const decoded = bytes && decodeMessage(bytes, () => sealed);
  // What is lost or was altered is not made good here: somebody is told of it.
  if (!decoded?.ok) return true;
  const { width, height, colour } = decoded.message.shape;
  return width === shape.width && height === shape.height && colour === shape.colour;
}

/** A card that is sent characters can show none of what was signed for one that is sent dots. */
async function isInCells(
  board: BoardConfig,
  sealed: MessageHash,
  site: Site,
  typesetting: Typesetting,
  from: Instant,
): Promise<boolean> {
  if (!board.cells) return true;
  const set = await asWritten(board, site, typesetting, from);
  return !set.ok || set.message.hash === sealed;
}

/** The same of a file alone, before anything is started or signed. */
export async function checkDefaultPictures(site: Site, typesetting: Typesetting): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const board of site.boards) {
    const why = await flawOf(board, site, typesetting, 0);
    if (why !== null) faults.push({ code: "board/default-unsigned", board: board.id, why });
  }
  return faults;
}

const takenDown: Sentence = { zh: "曾被撤下", en: "it was withdrawn" };
const unknown: Sentence = { zh: "原因不明", en: "nobody knows why" };

/** Null: its words may be shown, and are set. */
async function flawOf(
  board: BoardConfig,
  site: Site,
  typesetting: Typesetting,
  from: Instant,
): Promise<Sentence | null> {
  const [hit] = screenContent(defaultPicture(board, site.office, from).content);
  if (hit)
    return {
      zh: `含未隐去的个人号码\uff0c应改为 ${hit.proposal}`,
      en: `contains a personal number that is not masked: write ${hit.proposal}`,
    };
  const set = await asWritten(board, site, typesetting, from);
  const [fault] = set.ok ? [] : set.faults;
  return fault ? sentence(fault) : null;
}

function asWritten(board: BoardConfig, site: Site, typesetting: Typesetting, from: Instant) {
  const { id, content, schedule } = defaultPicture(board, site.office, from);
  return typesetting.ask({
    notice: id,
    content,
    shape: board.shape,
    ...(board.cells && { cells: board.cells }),
    zone: site.zone,
    calendar: site.calendar,
    window: { from, until: schedule.until },
    charactersPerSecond: site.readingCharactersPerSecond,
  });
}
