/** The SDK's methods as XML, and what their results and error codes mean. */
import { civil } from "../../message/index.ts";
import { element, prolog } from "./xml.ts";

/** Before the card has named the session. */
export const noSession = "##GUID";
/** Of the interface that we ask for. */
export const interfaceVersion = 1_000_000;

export const method = (guid: string, name: string, ...inside: readonly string[]): string =>
  prolog + element("sdk", { guid }, element("in", { method: name }, ...inside));

export const getIfVersion = (): string =>
  method(noSession, "GetIFVersion", element("version", { value: interfaceVersion }));

export interface PictureProgramme {
  /** 12 hex digits. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly file: { readonly name: string; readonly md5: string };
  /** Local: "2017-11-06" and "08:30:10". Shown from the day's beginning to then; absent: until something else comes. */
  readonly ends?: { readonly day: string; readonly time: string };
}

/** A `stamp` other than the last one replaces the whole list. null: a programme with nothing in it. */
export function addProgramme(guid: string, stamp: number, picture: PictureProgramme | null): string {
  const empty = element("program", { guid: "000000000000", type: "normal" });
  const programme = picture ? pictureElement(picture) : empty;
  return method(guid, "AddProgram", element("screen", { timeStamps: stamp }, programme));
}

function pictureElement({ id, width, height, file, ends }: PictureProgramme): string {
  const image = element(
    "image",
    { guid: `${id}Image`, fit: "fill" },
    element("file", { name: file.name, md5: file.md5 }),
  );
  const area = element(
    "area",
    { alpha: 255, guid: `${id}Area` },
    element("rectangle", { x: 0, y: 0, width, height }),
    element("resources", {}, image),
  );
  const control =
    ends === undefined
      ? ""
      : element(
          "playControl",
          {},
          element("date", { start: ends.day, end: ends.day }),
          element("time", { start: "00:00:00", end: ends.time }),
        );
  return element("program", { guid: id, type: "normal" }, control, area);
}

/** Percent, always the same. */
export function setBrightness(guid: string, percent: number): string {
  return method(
    guid,
    "SetLuminancePloy",
    element("mode", { value: "default" }),
    element("default", { value: percent }),
    element("ploy"),
    element("sensor", { min: 1, max: 100, time: 5 }),
  );
}

/** The card's clock: no daylight saving, no time server, this time of the wall. */
export function setTime(guid: string, now: number, utcOffsetMin: number): string {
  const { day, time } = localOf(now, utcOffsetMin);
  return method(
    guid,
    "SetTimeInfo",
    element("timezone", { value: zoneOf(utcOffsetMin) }),
    element("summer", { enable: false }),
    element("sync", { value: "none" }),
    element("time", { value: `${day} ${time}` }),
  );
}

export const deleteFiles = (guid: string, names: readonly string[]): string =>
  method(guid, "DeleteFiles", element("files", {}, ...names.map((name) => element("file", { name }))));

/** A second that has begun counts as over. */
export function localOf(instant: number, utcOffsetMin: number): { readonly day: string; readonly time: string } {
  const { Y = 0, m = 0, d = 0, H = 0, M = 0, S = 0 } = civil(instant, utcOffsetMin);
  return { day: `${Y}-${two(m)}-${two(d)}`, time: `${two(H)}:${two(M)}:${two(S)}` };
}

function zoneOf(utcOffsetMin: number): string {
  const minutes = Math.abs(utcOffsetMin);
  const offset = `(UTC${utcOffsetMin < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)})`;
  return utcOffsetMin === 480 ? `${offset}Beijing,Chongqing,HongKong,Urumchi` : offset;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Codes of 0x2000 and of file answers; results of methods have names of their own. */
const codes: Readonly<Record<number, readonly [zh: string, en: string]>> = {
  2: ["卡处理出错\uff0c请重启控制卡", "the card failed at it: restart it"],
  3: ["版本过低\uff0c请升级控制卡固件", "version too low: upgrade the card's firmware"],
  4: ["设备被占用\uff0c请关闭其它正在连接它的软件", "device occupied: close other software that is connected to it"],
  5: ["文件被占用\uff0c稍后会重试", "file occupied: it is tried again"],
  7: ["包长度错", "wrong packet length"],
  8: ["参数错", "wrong parameter"],
  9: ["存储空间不足\uff0c请用厂家软件清理控制卡", "no space: clean the card with its maker's software"],
  13: ["文件内容错\uff0c会重新上传", "file data wrong: it is uploaded again"],
  20: ["XML 过长", "XML too long"],
  21: ["XML 顺序错", "XML index wrong"],
  22: ["XML 读不懂", "XML cannot be parsed"],
  23: ["方法错", "wrong method"],
  42: [
    "控制卡不支持此功能\uff0c请升级固件\uff0c或换带 D 的型号",
    "not supported by this card: upgrade its firmware, or take a model with D",
  ],
  43: ["会话失效\uff0c正在重连", "session no longer valid: connecting anew"],
};

const results: Readonly<Record<string, number>> = {
  kParseXmlFailed: 22,
  kInvalidGUID: 43,
  kDownloadingFile: 5,
  kUnsupportMethod: 42,
  kUnsupportDevice: 42,
};

/** What a refusal means, for people. `refusal`: a code, or a result's name. */
export function meaningOf(refusal: number | string): string {
  const code = typeof refusal === "number" ? refusal : results[refusal];
  const [zh, en] = (code === undefined ? undefined : codes[code]) ?? ["控制卡没有说明原因", "the card gives no reason"];
  return `${refusal}: ${zh} / ${en}`;
}

export const isUnsupported = (refusal: number | string): boolean =>
  refusal === 42 || refusal === 23 || results[refusal] === 42;
export const isSessionLost = (refusal: number | string): boolean => refusal === 43 || results[refusal] === 43;
