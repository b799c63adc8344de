/** Which board this page plays, with which key, and the page's own name: kept in this browser, in no address and no log. */

export interface Identity {
  readonly board: string;
  readonly key: string | null;
  readonly page: string;
}

/** `/show/B4#key=…`: the key is taken out of the address at once. */
export function identityOf(location: Location, storage: Storage, history: History): Identity {
  const board = decodeURIComponent(location.pathname.split("/")[2] ?? "");
  const slot = `boardcast.show.${board}`;
  const given = /[#&]key=([\w-]{1,200})/.exec(location.hash)?.[1];
  if (given !== undefined) {
    put(storage, `${slot}.key`, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  const page = get(storage, `${slot}.page`) ?? newName();
  put(storage, `${slot}.page`, page);
  return { board, key: given ?? get(storage, `${slot}.key`), page };
}

/** Where the browser keeps nothing, the link stays what it was opened with. */
function get(storage: Storage, name: string): string | null {
  try {
    return storage.getItem(name);
  } catch {
    return null;
  }
}

function put(storage: Storage, name: string, value: string): void {
  try {
    storage.setItem(name, value);
  } catch {
    // Nothing is kept: after a restart the link has to be opened again.
  }
}

function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
