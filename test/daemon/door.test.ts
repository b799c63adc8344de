/** How the page is reached: certificates of this computer's own, the office's, and the door itself. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { EventEmitter } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { request as ask } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { atMostPerAddress, type Door, openDoor } from "../../src/daemon/door.ts";
import { openTls, tlsOf } from "../../src/daemon/tls.ts";
import { makeCertificate } from "../../src/daemon/tls/certificate.ts";
import { keptCertificate } from "../../src/daemon/tls/keep.ts";
import { lanAddresses, reachable } from "../../src/daemon/tls/lan.ts";
import type { FaultError } from "../../src/fault.ts";
import { limits } from "../../src/limits.ts";

const now = Date.parse("2026-11-26T09:00:00Z");
const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), "boardcast-door-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const doors: Door[] = [];
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close();
});

describe("a certificate of this computer's own", () => {
  it("is for one server, not an authority, two years, for its names and addresses", () => {
    const names = ["board.example.org", "192.0.2.7", "2001:db8::7"];
    const { cert, key } = makeCertificate({ office: "青石港办事处", names, now });
    const made = new X509Certificate(cert);
    expect(made.verify(made.publicKey)).toBe(true);
    expect(made.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(made.ca).toBe(false);
    // basicConstraints and keyUsage, both critical: no authority, for signatures of this server alone.
    for (const der of ["300c0603551d130101ff04023000", "300e0603551d0f0101ff040403020780"])
      expect(made.raw.toString("hex")).toContain(der);
    expect([made.checkHost("board.example.org"), made.checkIP("192.0.2.7"), made.checkIP("2001:db8::7")]).toEqual(
      names,
    );
    expect(made.checkHost("other.example.org")).toBeUndefined();
    expect(Date.parse(made.validTo) - now).toBe(730 * day);
    expect(Date.parse(made.validFrom)).toBeLessThan(now);
    expect(made.subject).toBe("O=青石港办事处\nCN=board.example.org");
    expect(made.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
  });

  it("has every address and name that it was asked for, whatever they are", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z0-9]$/);
    const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join("."));
    fc.assert(
      fc.property(
        fc.array(host, { minLength: 1, maxLength: 5 }),
        fc.array(fc.oneof(fc.ipV4(), fc.ipV6()), { maxLength: 6 }),
        fc.integer({ min: 0, max: 80 * 365 }),
        fc.string({ maxLength: 90, unit: "binary" }).filter((office) => !/\p{Surrogate}/u.test(office)),
        (hosts, addresses, days, office) => {
          const made = new X509Certificate(
            makeCertificate({ office: office || "x", names: [...hosts, ...addresses], now: now + days * day }).cert,
          );
          for (const name of hosts) expect(made.checkHost(name)).toBe(name);
          for (const address of addresses) expect(made.checkIP(address)).toBe(address);
          expect(Date.parse(made.validTo)).toBe(now + (days + 730) * day);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("is kept, readable by its owner alone, until it is about to end or lacks a name", () => {
    const at = { folder: mkdtempSync(join(folder, "kept-")), office: "办事处", now };
    const file = join(at.folder, "certificate.pem");
    const first = keptCertificate({ ...at, names: ["pc", "192.0.2.7"] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(keptCertificate({ ...at, names: ["pc"] })).toEqual(first);
    expect(keptCertificate({ ...at, names: ["pc", "2001:db8::99"] }), "they change daily").toEqual(first);
    expect(keptCertificate({ ...at, names: ["pc"], now: now + 700 * day })).toEqual(first);
    const moved = keptCertificate({ ...at, names: ["pc", "198.51.100.1"] });
    expect(moved).not.toEqual(first);
    expect(keptCertificate({ ...at, names: ["pc", "192.0.2.7"] }), "back again").toEqual(moved);
    const renewed = keptCertificate({ ...at, names: ["pc"], now: now + 701 * day });
    expect(renewed).not.toEqual(moved);
    // A key of another, and half a file, are as good as none.
    for (const damaged of [renewed.cert + first.key, renewed.cert.slice(0, 300), ""]) {
      writeFileSync(file, damaged);
      const again = keptCertificate({ ...at, names: ["pc"], now: now + 701 * day });
      expect(readFileSync(file, "utf8")).toBe(again.cert + again.key);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }
  });
});

describe("what encrypts the page", () => {
  it.each([
    [{ host: "127.0.0.1" }, "none"],
    [{ host: "localhost" }, "none"],
    [{ host: "::1" }, "none"],
    [{ host: "0.0.0.0" }, "generated"],
    [{ host: "::" }, "generated"],
    [{ host: "192.0.2.7" }, "generated"],
    [{ host: "board.example.org" }, "generated"],
    [{ host: "0.0.0.0", tls: "none" as const }, "none"],
    [{ host: "127.0.0.1", tls: "generated" as const }, "generated"],
  ])("%j: %s", (listen, tls) => {
    expect(tlsOf({ port: 1, ...listen })).toBe(tls);
    expect(openTls({ listen: { port: 1, ...listen }, folder, office: "x", now }) === null).toBe(tls === "none");
  });

  it("the office's own files: taken, or refused with the file's name", () => {
    const good = makeCertificate({ office: "x", names: ["pc"], now });
    const old = makeCertificate({ office: "x", names: ["pc"], now: now - 1000 * day });
    const put = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const [cert, key] = [put("good.crt", good.cert), put("good.key", good.key)];
    const tried = (one: string, other: string): unknown => {
      try {
        return openTls({ listen: { host: "::", port: 1, tls: { cert: one, key: other } }, folder, office: "x", now });
      } catch (error) {
        const { fault } = error as FaultError;
        return fault.code === "door/certificate" ? [fault.file, fault.why.en] : error;
      }
    };
    expect(tried(cert, key)).toEqual(good);
    const gone = join(folder, "gone");
    expect(tried(gone, key)).toEqual([gone, "cannot be read (ENOENT)"]);
    expect(tried(key, key)).toEqual([key, "is not a PEM certificate"]);
    expect(tried(cert, cert)).toEqual([cert, "is not a PEM private key without a passphrase"]);
    const other = put("old.key", old.key);
    expect(tried(cert, other)).toEqual([other, `is not the key of certificate ${cert}`]);
    expect(tried(put("old.crt", old.cert), other)).toEqual([
      join(folder, "old.crt"),
      expect.stringMatching(/^ran out/),
    ]);
  });
});

describe("the door", () => {
  it("answers others encrypted, and this computer also plainly, on the loopback alone", async () => {
    const tls = makeCertificate({ office: "x", names: ["127.0.0.1"], now: Date.now() });
    const door = await openDoor({ host: "127.0.0.1", port: 0, tls: "generated" }, tls);
    doors.push(door);
    door.answerWith((request, response) => void response.end(`${"hops" in request ? request.hops : "?"}`));
    expect(door.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    const said = await new Promise<string>((resolve, reject) => {
      const sent = ask(door.url, { ca: tls.cert }, (response) => {
        response.setEncoding("utf8").on("data", resolve);
      });
      sent.on("error", reject).end();
    });
    expect(said).toBe("0");
    expect(door.here).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await (await fetch(door.here)).text()).toBe("0");
  });

  it("says in plain words that it is encrypted to whoever speaks plainly, and to nobody who speaks something else", async () => {
    const tls = makeCertificate({ office: "x", names: ["127.0.0.1"], now: Date.now() });
    const door = await openDoor({ host: "127.0.0.1", port: 0, tls: "generated" }, tls);
    doors.push(door);
    const said = (sent: string) =>
      new Promise<string>((resolve) => {
        const line = connect(Number(new URL(door.url).port), "127.0.0.1", () => line.write(sent));
        let text = "";
        line.setEncoding("utf8").on("data", (piece) => {
          text += piece;
        });
        line.on("error", () => {}).on("close", () => resolve(text));
      });
    for (const head of [
      "GET / HTTP/1.1\r\n",
      "POST /api/v1/session HTTP/1.1\r\n",
      `GET /${"x".repeat(50_000)} HTTP/1.1\r\n`,
    ]) {
      const [first, ...rest] = (await said(`${head}Host: evil.example\r\n\r\n`)).split("\r\n");
      expect(first).toBe("HTTP/1.1 400 Bad Request");
      expect(rest).toContain("Connection: close");
      const text = rest.at(-1) ?? "";
      expect(text).toMatch(/\u6539\u6210 https:.*\n.*write https:/);
      expect(rest).toContain(`Content-Length: ${Buffer.byteLength(text)}`);
      expect(rest.join()).not.toContain("evil");
    }
    expect(await said(`\u0001\u0002${"?".repeat(100)}`)).not.toContain("HTTP");
  });

  it("has one address where only this computer is answered, and tells how many proxies count", async () => {
    const door = await openDoor({ host: "127.0.0.1", port: 0, proxy: 2 });
    doors.push(door);
    expect(door.here).toBe(door.url);
    expect((await fetch(door.url)).status).toBe(503);
    const page = await fetch(door.url, { headers: { Accept: "text/html,*/*" } });
    expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
    const html = await page.text();
    expect(html).toMatch(/<meta http-equiv="refresh" content="1">[\s\S]*正在启动[\s\S]*is starting/);
    expect(html).not.toMatch(/<script|<style|style=/);
    const api = await fetch(`${door.url}api/v1/office`, { headers: { Accept: "text/html" } });
    expect(api.headers.get("content-type")).toBe("application/problem+json");
    expect(await api.json()).toMatchObject({ status: 503, detail: expect.stringMatching(/正在启动.*starting/) });
    door.answerWith((request, response) => void response.end(`${"hops" in request ? request.hops : "?"}`));
    expect(await (await fetch(door.url)).text()).toBe("2");
  });

  it("waits for nobody for ever, and takes no endless head", async () => {
    const door = await openDoor({ host: "127.0.0.1", port: 0 });
    doors.push(door);
    const { server } = door;
    expect([server.headersTimeout, server.requestTimeout, server.keepAliveTimeout]).toEqual([10_000, 120_000, 15_000]);
    expect([server.maxHeadersCount, server.maxConnections]).toEqual([limits.headLines, limits.connections]);
    const { port } = new URL(door.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"a".repeat(limits.headBytes)}\r\n\r\n`);
    const [first] = (await new Promise<Buffer>((resolve) => socket.once("data", resolve))).toString().split("\r\n");
    expect(first).toBe("HTTP/1.1 431 Request Header Fields Too Large");
    socket.destroy();
  });

  it("gives one address only so many connections, and them back when they end", () => {
    const take = atMostPerAddress();
    const from = (remoteAddress: string) => {
      const socket = Object.assign(new EventEmitter(), { remoteAddress, dead: false, destroy: () => {} });
      socket.destroy = () => {
        socket.dead = true;
      };
      take(socket as never);
      return socket;
    };
    const all = Array.from({ length: limits.connectionsPerAddress }, () => from("::ffff:192.0.2.7"));
    expect(all.filter((one) => one.dead)).toEqual([]);
    expect(from("192.0.2.7").dead).toBe(true);
    expect(from("192.0.2.8").dead).toBe(false);
    all[0]?.emit("close");
    expect(from("192.0.2.7").dead).toBe(false);
    expect(from("192.0.2.7").dead).toBe(true);
    const here = Array.from({ length: limits.connectionsPerAddress + 9 }, () => from("127.0.0.1"));
    expect(
      here.filter((one) => one.dead),
      "a proxy of this computer",
    ).toEqual([]);
  });
});

it("addresses: those of network cards, IPv4 first; neither the loopback nor what is inside the computer", () => {
  const info = (address: string, internal = false) => ({ address, internal }) as never;
  const cards = {
    lo: [info("127.0.0.1", true), info("::1", true)],
    eth0: [info("2001:db8::5"), info("fe80::1"), info("192.168.1.5")],
    wlan0: [info("10.0.0.9"), info("192.168.1.5")],
    docker0: [info("172.17.0.1")],
    veth12ab: [info("10.9.9.9")],
  };
  const found = lanAddresses(cards);
  expect(found).toEqual(["192.168.1.5", "10.0.0.9", "2001:db8::5"]);
  expect(reachable("0.0.0.0", found)).toEqual(["192.168.1.5", "10.0.0.9"]);
  expect(reachable("::", found)).toEqual(found);
  expect(reachable("10.0.0.9", found)).toEqual(["10.0.0.9"]);
});
