/** The nine boards of the samples, in the shapes that matter to the page. */
import type { BoardConfig, LinkConfig } from "../../src/config/types.ts";
import type { ColourKind } from "../../src/message/types.ts";

function board(
  id: string,
  name: string,
  place: string,
  model: string,
  [width, height, colour]: readonly [number, number, ColourKind],
  link: LinkConfig,
): BoardConfig {
  return {
    id,
    name,
    place,
    model,
    device: link.kind === "browser" ? "lcd" : link.kind === "carried" ? "paper+led" : "led",
    shape: { width, height, colour },
    ledColour: colour === "mono" ? "#ff2a12" : null,
    link,
    hours: { fromMinute: 450, untilMinute: 1260, days: "everyday" },
    defaultLines: [name],
    custodian: "P04",
  };
}

const tcp = (port: number): LinkConfig => ({ kind: "tcp-out", host: "127.0.0.1", port, address: 1 });

export const fakeBoards: readonly BoardConfig[] = [
  board("B1", "办事处大门门头屏", "办事处临街大门上方(半户外)", "P10 单红", [384, 32, "mono"], tcp(40_101)),
  board("B2", "便民服务大厅条屏", "便民服务大厅窗口上方(室内)", "F3.75(P4.75) 双色", [256, 32, "dual"], {
    kind: "serial",
    path: "/dev/pts/7",
    baud: 9600,
    address: 2,
  }),
  board("B3", "一楼大厅党务政务公开栏", "机关一楼大厅正面墙", "P2.5 全彩", [384, 192, "rgb"], tcp(40_103)),
  board("B4", "党员活动室党务公开栏", "三楼党员活动室", "液晶横屏", [1920, 1080, "rgb"], { kind: "browser" }),
  {
    ...board("B5", "纪检监察公开栏", "二楼走廊", "P4.75 双色", [128, 64, "dual"], {
      kind: "serial",
      path: "/dev/pts/8",
      baud: 115_200,
      address: 1,
    }),
    quiet: [{ fromMinute: 1200, untilMinute: 480, days: "workday", shows: "default" }],
    allows: ["党务", "纪检"],
  },
  board("B6", "文体广场户外公开屏", "辖区文体广场", "P10 双色 户外", [160, 80, "dual"], {
    kind: "tcp-in",
    port: 40_106,
    address: 1,
  }),
  board("B7", "沿河社区公开栏", "沿河社区居委会门口(虚构社区)", "P10 单红", [192, 32, "mono"], tcp(40_107)),
  board("B8", "新桥社区公开栏", "新桥社区服务站(虚构社区)", "液晶竖屏", [1080, 1920, "rgb"], { kind: "browser" }),
  board("B9", "柳林村公开栏", "柳林村村委会(虚构村):玻璃橱窗+小条屏", "P10 单红", [128, 32, "mono"], {
    kind: "carried",
    folder: "usb",
  }),
];
