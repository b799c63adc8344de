import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import { messageFrame } from "../../../src/message/index.ts";
import { clearItems, loadId } from "../../../src/panels/carried/load.ts";
import { differing, replaceFolder } from "../../../src/panels/carried/folder.ts";
import { SimulatedCard } from "../../../src/panels/carried/simulator/card.ts";
import { epoch } from "../../message/arbitrary.ts";
import { describeCarried } from "../conformance-carried.ts";
import { folderWith, itemOf, lamps, signedFor } from "./carry.ts";

const stick = mkdtempSync(join(tmpdir(), "boardcast-carried-"));
afterAll(() => rmSync(stick, { recursive: true, force: true }));
let shape = { width: 1, height: 1, colour: "mono" as "mono" | "dual" | "rgb" };

describeCarried({
  name: "carried",
  shapes: [
    { width: 33, height: 9, colour: "mono" },
    { width: 24, height: 16, colour: "dual" },
    { width: 16, height: 16, colour: "rgb" },
  ],
  async carry(messages, signed) {
    shape = messages[0]?.shape ?? shape;
    const seals = signedFor("B1", messages);
    for (const index of messages.keys()) if (!signed(index)) seals.verdicts.delete(`R${index}`);
    const items = messages.map((message, index) => itemOf(`R${index}`, message));
    const looked = clearItems("B1", shape, items, seals, epoch);
    const files = await folderWith("B1", shape, looked.items, loadId("B1", shape, looked.items));
    expect(await replaceFolder(stick, "B1", files)).toBeNull();
    expect(await differing(join(stick, "B1"), files)).toBeNull();
    return { on: looked.items.map(({ notice }) => Number(notice.slice(1))) };
  },
  spoil() {
    const place = join(stick, "B1", "01-R0-01.png");
    const bytes = readFileSync(place);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(place, bytes);
  },
  card(of) {
    const card = new SimulatedCard(of);
    return {
      feed: (atMs) => card.insert(join(stick, "B1"), atMs).length === 0,
      power: (on, atMs) => card.power(on, atMs),
      shows(message, atMs) {
        const lit = card.lit(atMs);
        if (message === null) return lit.every((byte) => byte === 0);
        return Buffer.compare(lit, lamps(messageFrame(message, 0, epoch, 0))) === 0;
      },
    };
  },
});
