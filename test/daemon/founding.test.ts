/** Practice makes way for an office of its own: what is written, what is refused, and the daemon that starts anew with it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "node:tls";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { firstCalendars, firstOffice, reviewKinds } from "../../src/config/first-office.ts";
import { loadSite, readSite } from "../../src/config/index.ts";
import { practiceSite } from "../../src/config/practice.ts";
import type { Site } from "../../src/config/types.ts";
import { createFounding } from "../../src/daemon/founding.ts";
import { type Lasting, startLasting } from "../../src/daemon/index.ts";
import { openStore } from "../../src/store/index.ts";
import { codeOf } from "../people/house.ts";
import { scratch } from "../store/small-office.ts";

/** "": nobody speaks TLS there yet. */
const fingerprintAt = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.once("error", () => resolve(""));
  });

let place: ReturnType<typeof scratch>;
let file: string;
beforeEach(() => {
  place = scratch();
  file = join(place.folder, "boardcast.yaml");
});
afterEach(() => place.remove());

const account = { name: "韩敏", login: "hanmin", password: "a pond, a heron, a plank" };
const wish = { office: "青石港街道办事处", review: "two", calendar: "state-council", zone: "Asia/Shanghai" } as const;

describe("the file", () => {
  test("whatever the office is called, and whoever signs: it reads as it was asked for", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }).filter((one) => one.trim() === one);
    fc.assert(
      fc.property(
        name,
        fc.constantFrom(...reviewKinds),
        fc.constantFrom(...firstCalendars),
        (office, review, calendar) => {
          const made = firstOffice({ office, review, calendar, zone: "Asia/Shanghai" });
          if (!made.ok) return expect(made.faults[0]?.what.en).toBeTruthy();
          const read = readSite(made.text, "boardcast.yaml");
          const site = read.ok ? read.site : null;
          expect(site).toMatchObject({ office, boards: [], zone: "Asia/Shanghai", practice: false });
          expect(site?.review).toEqual(review === "none" ? "none" : { office: review === "three" });
          expect(site?.calendar.kind).toBe(calendar);
        },
      ),
    );
  });

  test("a zone that nobody knows is said so, and nothing is written, nor begun", () => {
    let begun = 0;
    const founding = createFounding({ site: { practice: true }, newFile: file, again: () => void begun++ });
    founding.begin();
    const faults = founding.found({ ...wish, zone: "Asia/Qingshigang", account });
    expect(faults.map(({ what }) => what.en)).toEqual([expect.stringContaining("Asia/Qingshigang")]);
    founding.begin();
    expect(begun).toBe(0);
    expect(existsSync(file)).toBe(false);
  });
});

describe("what is refused", () => {
  const foundingOf = (parts: object) =>
    createFounding({ site: { practice: true }, newFile: file, again: null, ...parts });
  const codeFor = (parts: object, more: object = {}) =>
    codeOf(Promise.resolve().then(() => foundingOf(parts).found({ ...wish, account, ...more })));

  test("an office that stands, a start that would not find it, a folder that cannot be written, a password of no worth", async () => {
    expect(foundingOf({}).hindrance()).toBeNull();
    for (const [parts, code] of [
      [{ site: { practice: false } }, "installation/stands"],
      [{ newFile: null }, "installation/chosen"],
      [{ newFile: join(place.folder, "gone", "boardcast.yaml") }, "installation/unwritable"],
    ] as const) {
      // Said before anything is asked for, and so answered whatever is.
      expect(foundingOf(parts).hindrance()?.code).toBe(code);
      expect(await codeFor(parts)).toBe(code);
    }
    expect(await codeFor({}, { account: { ...account, password: "hanmin1234" } })).toBe("people/password");
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, "office: 别的\n");
    expect(foundingOf({}).hindrance()?.code).toBe("installation/stands");
    expect(await codeFor({})).toBe("installation/stands");
    expect(readFileSync(file, "utf8")).toBe("office: 别的\n");
  });
});

describe("a daemon of practice", () => {
  const folders = () => ({ practice: join(place.folder, "practice"), office: join(place.folder, "office") });
  const samples: unknown = JSON.parse(
    readFileSync(new URL("../../fixtures/sample-notices.json", import.meta.url), "utf8"),
  );
  const anyPort = (site: Site): Site => ({ ...site, listen: { ...site.listen, port: 0 } });
  let daemon: Lasting | null = null;
  afterEach(async () => {
    await daemon?.stop();
    daemon = null;
  });

  async function start(): Promise<Lasting> {
    const { practice, office } = folders();
    mkdirSync(practice, { recursive: true });
    const site = { ...practiceSite(samples, { port: 0, folder: practice }), boards: [] };
    const placeNow = async () =>
      existsSync(file)
        ? {
            site: anyPort(await loadSite(file)),
            folder: office,
            siteFile: file,
          }
        : { site, folder: practice, siteFile: null };
    daemon = await startLasting({ ...(await placeNow()), startAt: null, placeNow, newFile: file });
    return daemon;
  }
  const ask = (method: string, path: string, body?: unknown, headers: object = {}) =>
    fetch(new URL(path, daemon?.url), {
      method,
      headers: { "Content-Type": "application/json", Origin: new URL(daemon?.url ?? "").origin, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const mode = async () => ((await (await ask("GET", "/api/v1/session")).json()) as { mode: string }).mode;

  test("becomes the office at the same address; its founder signs in, it is on record, and nothing of practice went along", async () => {
    await start();
    expect(await mode()).toBe("practice");
    const far = await ask("POST", "/api/v1/office", { ...wish, account }, { "X-Forwarded-For": "192.0.2.9" });
    expect([far.status, existsSync(file)]).toEqual([403, false]);
    const without = await ask("POST", "/api/v1/office", { ...wish, account: null });
    expect([without.status, existsSync(file)]).toEqual([400, false]);
    const answer = await ask("POST", "/api/v1/office", { ...wish, account });
    expect([answer.status, await answer.json()]).toEqual([201, { file: "boardcast.yaml", effect: "itself" }]);
    await expect.poll(() => mode().catch(() => ""), { interval: 50 }).toBe("real");
    const signed = await ask("POST", "/api/v1/session", { login: account.login, password: account.password });
    expect([signed.status, await signed.clone().json()]).toEqual([
      200,
      expect.objectContaining({ roles: ["administrator"] }),
    ]);
    const again = await ask("POST", "/api/v1/office", { ...wish, account });
    expect(again.status).toBe(409);
    // And for the office's network, over TLS: said with the fingerprint that it will show, before this address ends.
    const { csrf } = (await signed
      .clone()
      .json()
      .catch(() => ({ csrf: "" }))) as { csrf: string };
    const cookie = signed.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const opened = await ask(
      "PUT",
      "/api/v1/network",
      { to: "office", reason: "各科室要用" },
      { cookie, "x-boardcast-csrf": csrf },
    );
    const told = (await opened.json()) as { state: string; urls: string[]; certificate: { fingerprint: string } };
    expect([opened.status, told.state, told.urls.every((url) => url.startsWith("https://"))]).toEqual([
      200,
      "open",
      true,
    ]);
    const { port } = new URL(daemon?.url ?? "");
    await expect.poll(() => fingerprintAt(Number(port)), { interval: 50 }).toBe(told.certificate.fingerprint);
    await daemon?.stop();
    daemon = null;
    const store = await openStore(folders().office);
    const rows = await store.ledger.rows("register", 0);
    const accounts = await store.people.accounts();
    await store.close();
    expect(rows.map(({ action }) => action)).toEqual(expect.arrayContaining(["installation/changed", "account/added"]));
    expect(accounts.map(({ login }) => login)).toEqual([account.login]);
    expect(rows.some(({ subject }) => /^N\d/.test(subject))).toBe(false);
  });

  test("of one person: no account, no password, this computer only", async () => {
    await start();
    const answer = await ask("POST", "/api/v1/office", { ...wish, review: "none", calendar: "none", account: null });
    expect(answer.status).toBe(201);
    await expect.poll(() => mode().catch(() => ""), { interval: 50 }).toBe("alone");
  });
});
