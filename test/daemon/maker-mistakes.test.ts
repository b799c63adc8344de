/** A maker's mistakes, as curl shows them: each with what is wrong, where, and what to do. */
import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { readSite } from "../../src/config/read.ts";
import { startDaemon } from "../../src/daemon/index.ts";
import type { Sentence } from "../../src/fault.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Of datagrams that nobody reads. */
async function deafPort(): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  closing.push(() => socket.close());
  return socket.address().port;
}

test("what a maker mistypes is told once, by its place, with what to do, in both languages; and that nobody reaches the sign", async () => {
  // Nothing listens where the card should be.
  const read = readSite(
    `office: My sign
review: none
calendar: none
boards:
  - { id: low, panel: { width: 32, height: 8, colour: rgb }, driver: { kind: ddp }, link: { kind: udp, host: 127.0.0.1, port: ${await deafPort()} } }
  - { id: sign, panel: { width: 128, height: 32, colour: mono }, driver: { kind: onbon }, link: { kind: tcp-out, host: 127.0.0.1, port: 1 } }
`,
    "boardcast.yaml",
  );
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  const folder = mkdtempSync(join(tmpdir(), "boardcast-maker-"));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const site = { ...read.site, listen: { ...read.site.listen, port: 0 } };
  const daemon = await startDaemon({ site, folder, startAt: null });
  closing.push(() => daemon.stop());
  const ask = async (
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    method = "PUT",
    more: Record<string, string> = {},
  ) => {
    const headers = { "Content-Type": "application/json", ...more };
    const answer = await fetch(new URL(`api/v1/boards/${path}`, daemon.url), {
      ...{ method, headers },
      ...(body !== undefined && { body }),
    });
    return [answer.status, await answer.json()] as const;
  };
  const wrong: [path: string, body: string | Uint8Array<ArrayBuffer>, status: number, ...said: RegExp[]][] = [
    ["sign/text", '"OPEN"', 400, /^body: the body must be a group .*, not "OPEN" > For example: \{"text":"HELLO"\}$/],
    ["sign/text", "null", 400, /^body: the body is empty > For example/],
    ["sign/text", '{"text":5}', 400, /^body text: "text" must be text; 5 needs quotes > For example: "text": "HELLO"$/],
    ["sign/text", '{"text":"  "}', 400, /^body text: "text" has no characters >/],
    ["sign/text", JSON.stringify({ text: "A\n".repeat(101) }), 400, /^body text: "text" has at most \d+ lines >/],
    ["sign/text", '{"text":"A","minutes":0}', 400, /^body minutes: .*at least 1 > For example: "minutes": 10$/],
    [
      "sign/text",
      Uint8Array.from(Buffer.from('{"text":"\xd6\xd0"}', "latin1")),
      400,
      /^body: the body is not UTF-8: GBK perhaps > .*data-binary/,
    ],
    [
      "sign/text",
      '{"text":"\u6b22\ud83d\ude00"}',
      422,
      /^body text: .*body: character 2, .*is not in font .* > .*leave it out/,
    ],
    [
      "sign/text",
      '{"text":"\u7535\u8bdd 13812345678"}',
      422,
      /^body text: .*a mobile's number.* > Write "138\*\*\*\*5678"/,
    ],
    [
      "low/text",
      '{"text":"\u6b22\u8fce"}',
      422,
      /^body text: .*Chinese needs 12 rows > Use letters, figures and common signs only/,
    ],
    ["sgin/text", '{"text":"A"}', 404, /^path id: there is no board "sgin" > Did you mean sign\?/],
  ];
  for (const [path, body, status, ...said] of wrong) {
    const [found, problem] = await ask(path, body);
    const { mistakes } = problem as { mistakes: { where: string; what: Sentence; remedy: Sentence }[] };
    const lines = mistakes.map(({ where, what, remedy }) => `${where}: ${what.en} > ${remedy.en}`);
    expect([found, lines], String(body)).toEqual([status, said.map((one) => expect.stringMatching(one))]);
    for (const { what, remedy } of mistakes) expect(what.zh + remedy.zh).toMatch(/\p{Script=Han}/u);
  }
  const [status, posted] = await ask("sign/text", '{"text":"A"}', "POST");
  expect([status, posted]).toMatchObject([405, { detail: "this is asked with GET, PUT, DELETE" }]);
  const key = { Authorization: "Bearer bct_WRONG" };
  expect(await ask("sign/text", '{"text":"A"}', "PUT", key)).toMatchObject([
    ...[401, { detail: expect.stringContaining("mistyped"), remedy: { en: expect.stringContaining("token add") } }],
  ]);

  // Nothing of it was put up, and what is right is taken, with what is known of the sign.
  for (const board of ["low", "sign"])
    expect(await ask(`${board}/text`, undefined, "GET")).toMatchObject([200, { text: null }]);
  expect(await ask("low/text", '{"text":"A"}')).toMatchObject([200, { sign: { link: "one-way", faults: [] } }]);
  const faults = [{ code: "link/refused", en: expect.stringContaining("takes no connection") }];
  await vi.waitFor(async () =>
    expect(await ask("sign/text", '{"text":"A"}')).toMatchObject([200, { text: "A", sign: { faults } }]),
  );
});
