/** What the daemon hands to review: characters that cards lack, and who may see the past of personal notices. */
import { describe, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { cardGlyphs } from "../../src/daemon/card-glyphs.ts";
import { isPersonalLeftOver } from "../../src/daemon/personal.ts";
import { MessageShelf } from "../../src/daemon/shelf.ts";
import { blankMessage } from "../../src/message/index.ts";
import { sampleContent } from "../typeset/samples.ts";

const board = (glyphs: "GB2312" | "GBK" | "GB18030") => ({ glyphs }) as unknown as BoardConfig;

describe("card glyphs", () => {
  test("N33: where each stands in its part, by the card's own font; none without such a card", () => {
    const content = sampleContent("N33");
    const found = (boards: readonly BoardConfig[]) =>
      cardGlyphs(content, boards).map(({ part, index, found: character }) => {
        expect(content[part as "body"].slice(index, index + character.length)).toBe(character);
        return character;
      });
    expect(found([board("GB2312")])).toEqual(["喆", "堃", "翀", "䶮", "〇"]);
    expect(found([board("GBK")])).toEqual(["䶮"]);
    expect(found([{} as BoardConfig])).toEqual([]);
  });

  test("what a code holds is not lit, and moves nothing behind it", () => {
    const content = { ...sampleContent("N33"), body: "{{qr:https://example.cn/喆}}喆" };
    expect(cardGlyphs(content, [board("GB2312")]).map(({ index }) => index)).toEqual([content.body.length - 1]);
  });
});

describe("messages that no seal names", () => {
  const message = "ab".repeat(32);
  const store = (states: readonly string[], personal: boolean) => ({
    cases: {
      naming: async () =>
        states.map((state) => ({ state, notice: "n", number: 1, pixels: [{ board: "B1", message }] })),
    },
    notices: { revision: async () => ({ content: { personal: personal || undefined } }) },
  });
  test.each([
    [["returned"], true, true],
    [["withdrawn"], true, true],
    [["returned"], false, false],
    [["returned", "signature"], true, false],
    [[], true, false],
  ] as const)("%j, personal %j: past %j", async (states, personal, past) => {
    const fake = store(states, personal) as unknown as Parameters<typeof isPersonalLeftOver>[0];
    expect(await isPersonalLeftOver(fake, message)).toBe(past);
  });
});

describe("the shelf", () => {
  const blank = blankMessage({ width: 8, height: 8, colour: "mono" });
  const shelfOver = (get: () => Promise<Uint8Array | null>) =>
    new MessageShelf({ get, getDeflated: async () => null }, 1_000_000);

  test("lets go of what is erased", async () => {
    let there: Uint8Array | null = blank.bytes;
    const shelf = shelfOver(async () => there);
    expect((await shelf.get(blank.hash))?.hash).toBe(blank.hash);
    there = null;
    expect(await shelf.get(blank.hash)).not.toBeNull();
    shelf.forget([blank.hash]);
    expect(await shelf.get(blank.hash)).toBeNull();
  });

  test("does not keep what was erased while it was read", async () => {
    let there: Uint8Array | null = blank.bytes;
    const shelf = shelfOver(async () => {
      const bytes = there;
      there = null;
      shelf.forget([blank.hash]);
      return bytes;
    });
    await shelf.get(blank.hash);
    expect(await shelf.get(blank.hash)).toBeNull();
  });
});
