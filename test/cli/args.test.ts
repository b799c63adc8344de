import { expect, test } from "vitest";
import {
  addressArg,
  besideArg,
  baudArg,
  connectArg,
  durationArg,
  listenArg,
  portArg,
  serialArg,
  shapeArg,
} from "../../src/cli/args.ts";

/** What a parser makes of each text; "refused" where it says how to write it instead, in both languages. */
function read<T>(parse: (text: string) => T, ...texts: string[]): (T | "refused")[] {
  return texts.map((text) => {
    try {
      return parse(text);
    } catch (error) {
      expect(String(error)).toMatch(/[\u4e00-\u9fff].* · .*[a-z]/);
      return "refused";
    }
  });
}

test("sizes", () => {
  expect(read(shapeArg, "128x64:mono", "384x192:rgb", "256×32:dual")).toEqual([
    { width: 128, height: 64, colour: "mono" },
    { width: 384, height: 192, colour: "rgb" },
    { width: 256, height: 32, colour: "dual" },
  ]);
  const wrong = ["128x64", "128x64:red", "0x64:mono", "5000x64:mono", "-1x2:mono", "128*64:mono", ""];
  expect(read(shapeArg, ...wrong)).toEqual(wrong.map(() => "refused"));
});

test("panels beside others on one line", () => {
  expect(besideArg("B7@3:64x32:mono:7002", besideArg("B6@2:256x32:dual"))).toEqual([
    { id: "B6", address: 2, shape: { width: 256, height: 32, colour: "dual" } },
    { id: "B7", address: 3, shape: { width: 64, height: 32, colour: "mono" }, control: { port: 7002 } },
  ]);
  const wrong = [
    "B6",
    "B6@2",
    "B6@0:64x32:mono",
    "B6@255:64x32:mono",
    "B6@2:64x32",
    "B6@2:64x32:mono:70000",
    "@2:8x8:rgb",
  ];
  expect(read(besideArg, ...wrong)).toEqual(wrong.map(() => "refused"));
});

test("far ends", () => {
  expect(read(listenArg, "tcp:5005", "tcp:0", "tcp:0.0.0.0:80", "tcp:[::1]:80")).toEqual([
    { host: "127.0.0.1", port: 5005 },
    { host: "127.0.0.1", port: 0 },
    { host: "0.0.0.0", port: 80 },
    { host: "::1", port: 80 },
  ]);
  expect(read(connectArg, "tcp:panel.local:5005", "tcp:5005", "udp:h:1", "h:1", "tcp:h:70000", "tcp:::1:5")).toEqual([
    { host: "panel.local", port: 5005 },
    ...Array(5).fill("refused"),
  ]);
  expect(read(serialArg, "/dev/ttyUSB0", "/dev/ttyS1@9600", "COM3@57600", "/dev/x@5", "")).toEqual([
    { path: "/dev/ttyUSB0", baud: 115200 },
    { path: "/dev/ttyS1", baud: 9600 },
    { path: "COM3", baud: 57600 },
    "refused",
    "refused",
  ]);
});

test("numbers", () => {
  expect(read(portArg, "0", "65535", "65536", "-1", "8e3", "")).toEqual([0, 65535, ...Array(4).fill("refused")]);
  expect(read(addressArg, "1", "254", "0", "255")).toEqual([1, 254, "refused", "refused"]);
  expect(read(baudArg, "9600", "4000000", "1")).toEqual([9600, 4_000_000, "refused"]);
  expect(read(durationArg, "2h", "400d", "401d", "2", "two")).toEqual([
    7_200_000,
    34_560_000_000,
    ...Array(3).fill("refused"),
  ]);
});
