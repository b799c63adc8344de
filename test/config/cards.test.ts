/** Cards of other makers in the installation file: what is left out, and what does not go together. */
import { expect, test } from "vitest";
import { readSite } from "../../src/config/index.ts";
import { openable } from "../../src/panels/links/serial.ts";
import { board, file, mistakes, remedies } from "./small-file.ts";

function read(text: string) {
  const result = readSite(text, "f");
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  const [{ driver, link } = { driver: undefined, link: undefined }] = result.site.boards;
  return { driver, link };
}
/** A panel that every driver takes. */
const driven = (link: string, driver: string) =>
  file(board("B1", link, `    driver: ${driver}\n`)).replace("height: 32", "height: 16");

test("an Alpha sign's line is 9600 baud and 7E1 unless something is written, ours is as it was", () => {
  expect(read(driven("{ kind: serial, path: /dev/x }", "{ kind: alpha }"))).toEqual({
    driver: { kind: "alpha", answers: false, type: "Z", sign: 0, baud: 9600 },
    link: { kind: "serial", path: "/dev/x", baud: 9600, bits: "7E1", address: 1 },
  });
  const written = "{ kind: serial, path: /dev/x, baud: 19200, bits: 8N1 }";
  expect(read(driven(written, '{ kind: alpha, answers: true, type: "^", sign: 10 }'))).toEqual({
    driver: { kind: "alpha", answers: true, type: "^", sign: 10, baud: 9600 },
    link: { kind: "serial", path: "/dev/x", baud: 19_200, bits: "8N1", address: 1 },
  });
  const ours = read(file(board("B1", "{ kind: serial, path: /dev/x }"))).link;
  expect(ours).toEqual({ kind: "serial", path: "/dev/x", baud: 115_200, address: 1 });
});

test("a serial server in front of a panel is written with its speed, for cards that have a serial line; one speed a line", () => {
  const tcp = (more: string) => `{ kind: tcp-out, host: h, port: 5, ${more} }`;
  expect(read(file(board("B1", tcp("baud: 9600")))).link).toMatchObject({ kind: "tcp-out", baud: 9600, address: 1 });
  expect(read(file(board("B1", "{ kind: tcp-in, port: 5, baud: 9600 }"))).link).toMatchObject({ baud: 9600 });
  expect(read(file(board("B1", tcp("address: 1")))).link).not.toHaveProperty("baud");
  for (const kind of ["onbon", "onbon-k", "alpha"])
    expect(read(driven(tcp("baud: 9600"), `{ kind: ${kind} }`)).link).toMatchObject({ baud: 9600 });
  expect(mistakes(driven(tcp("baud: 9600"), "{ kind: huidu }"))).toEqual([
    expect.stringContaining("driver huidu has no serial line: it cannot be behind a serial server"),
  ]);
  const two = (one: string, other: string) => mistakes(file(board("B1", tcp(one)), board("B2", tcp(other))));
  expect(two("address: 1, baud: 9600", "address: 2, baud: 9600")).toEqual([]);
  expect(two("address: 1, baud: 9600", "address: 2, baud: 4800")).toEqual([
    expect.stringContaining("on h:5, B1 is at 9600 baud, and this one at 4800 baud"),
  ]);
  expect(two("address: 1", "address: 2, baud: 4800")).toEqual([
    expect.stringContaining("on h:5, B1 is without a baud rate, and this one at 4800 baud"),
  ]);
});

test("a port is opened with the bits that are written", async () => {
  const settings = async (bits?: "8N1" | "7E1") => {
    const { settings } = await openable("/dev/x", 9600, bits);
    return [settings.baudRate, settings.dataBits, settings.parity, settings.stopBits];
  };
  expect(await settings("7E1")).toEqual([9600, 7, "even", 1]);
  expect(await settings()).toEqual([9600, 8, "none", 1]);
});

test("a Huidu card is dialled or dials, and what is left out spares its flash and promises nothing", () => {
  expect(read(driven("{ kind: tcp-in, port: 10001 }", "{ kind: huidu }")).driver).toEqual({
    kind: "huidu",
    expires: false,
    picturesPerDay: 500,
    brightness: null,
  });
  expect(mistakes(driven("{ kind: serial, path: /dev/x }", "{ kind: huidu }"))).toEqual([
    expect.stringContaining("driver huidu does not go over a serial link"),
  ]);
});

test("what an Alpha sign cannot show is refused with what to do", () => {
  const of = (panel: string) =>
    driven("{ kind: serial, path: /dev/x }", "{ kind: alpha }").replace(/panel: \{.*\}/, `panel: ${panel}`);
  expect(mistakes(of("{ width: 255, height: 31, colour: mono }"))).toEqual([]);
  expect(mistakes(of("{ width: 256, height: 16, colour: mono }"))).toEqual([
    expect.stringContaining("at most 255x31 dots, this one is 256x16"),
  ]);
  expect(mistakes(of("{ width: 64, height: 32, colour: dual }"))).toEqual([
    expect.stringContaining("at most 255x31 dots, this one is 64x32"),
  ]);
  expect(remedies(of("{ width: 64, height: 16, colour: rgb }"))).toEqual(["Write colour: mono, or dual."]);
});
