/** Streams in the installation file: what is left out, what does not go together, and who shares an address. */
import { describe, expect, test } from "vitest";
import { readSite } from "../../src/config/index.ts";
import { board, file, mistakes } from "./small-file.ts";

const udp = "{ kind: udp, host: 192.0.2.7 }";
const driven = (driver: string, link = udp, id = "B1") => board(id, link, `    driver: ${driver}\n`);

function read(driver: string, link = udp) {
  const result = readSite(file(driven(driver, link)), "f");
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const [one] = result.site.boards;
  return { driver: one?.driver, link: one?.link };
}

const wiring = { start: "top-left", along: "rows", serpentine: false, order: "RGB", skip: 0, turned: 0 };

describe("what is left out has its usual value", () => {
  test.each([
    ["ddp", 4048, {}],
    ["tpm2net", 65_506, {}],
    ["e131", 5568, { universe: 1, lampsPerUniverse: 170, priority: 100, sync: null }],
    ["artnet", 6454, { universe: 0, lampsPerUniverse: 170, sync: false }],
  ])("%s", (kind, port, more) => {
    expect(read(`{ kind: ${kind} }`)).toEqual({
      driver: { kind, wiring, keeps: false, ...more },
      link: { kind: "udp", host: "192.0.2.7", port },
    });
  });

  test.each(["adalight", "tpm2"])("%s, on a serial line", (kind) => {
    expect(read(`{ kind: ${kind}, keeps: true }`, "{ kind: serial, path: /dev/x }")).toEqual({
      driver: { kind, wiring, keeps: true },
      link: { kind: "serial", path: "/dev/x", baud: 115_200, address: 1 },
    });
  });

  test("lamps of four colours are 128 to a universe; net, sub-net and universe are one number", () => {
    expect(read("{ kind: e131, wiring: { order: GRBW } }").driver).toMatchObject({ lampsPerUniverse: 128 });
    expect(read("{ kind: artnet, net: 1, subnet: 2, universe: 3 }").driver).toMatchObject({ universe: 0x123 });
    const from = "{ kind: udp, host: 239.255.0.1, from: 192.168.1.5 }";
    expect(read("{ kind: e131 }", from).link).toMatchObject({ from: "192.168.1.5", port: 5568 });
  });
});

// The board of these files: 64 x 32, 2048 lamps.
test.each([
  ["{ kind: ddp }", "{ kind: serial, path: /dev/x }", "driver ddp does not go over a serial link"],
  ["{ kind: adalight }", udp, "driver adalight does not go over a udp link"],
  ["{ kind: e131, universe: 63999 }", udp, "the last universe would be 64011"],
  ["{ kind: artnet, net: 127, subnet: 15, universe: 15 }", udp, "the last universe would be 32779"],
  ["{ kind: e131, lampsPerUniverse: 130, wiring: { order: RGBW } }", udp, "512 channels, too few for 130 lamps"],
  ["{ kind: tpm2net, wiring: { order: RGBW } }", udp, "tpm2net has lamps of three colours only"],
  ["{ kind: tpm2, wiring: { skip: 19798 } }", "{ kind: serial, path: /dev/x }", "tpm2 has at most 21845 lamps"],
  // One that is none is told of once, and the board is not taken for one of our own protocol.
  ["{ kind: wled }", udp, 'driver (kind) cannot be "wled"'],
  ["{ kind: ddp }", "{ kind: udp, host: 300.1.1.1 }", "is no IP address: four numbers from 0 to 255"],
  ["{ kind: ddp }", "{ kind: udp, host: 192.0.2 }", "is no IP address: four numbers from 0 to 255"],
  ["{ kind: ddp, wiring: { modules: { width: 7, height: 8 } } }", udp, "modules of 7x8 do not fill a panel of"],
])("%s over %s is refused with what to do", (driver, link, what) => {
  expect(mistakes(file(driven(driver, link)))).toEqual([expect.stringContaining(what)]);
});

describe("boards behind one address", () => {
  const two = (first: string, second: string) => mistakes(file(driven(first) + driven(second, udp, "B2")));

  test("share it with universes of their own", () => {
    expect(two("{ kind: e131 }", "{ kind: e131, universe: 14 }")).toEqual([]);
    expect(two("{ kind: artnet, universe: 13 }", "{ kind: artnet }")).toEqual([]);
  });

  test("and with none that both have", () => {
    expect(two("{ kind: e131 }", "{ kind: e131, universe: 13 }")).toEqual([
      expect.stringContaining("universes 13 to 13 of 192.0.2.7 are already used by B1"),
    ]);
    expect(two("{ kind: ddp }", "{ kind: ddp }")).toEqual([expect.stringContaining("already used by B1")]);
    expect(two("{ kind: e131 }", "{ kind: artnet, net: 9 }")).toEqual([expect.stringContaining("already used by B1")]);
  });
});
