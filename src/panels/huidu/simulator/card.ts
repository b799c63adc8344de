/**
 * A full-colour card that takes the SDK 2.0 as the notes and the frames of its public clients have it (not our codec):
 * a session, files in flash by their MD5, a list of programmes that is there again after a power cut, a clock, a screen.
 */
import { createHash } from "node:crypto";
import { PacketParser } from "./parser.ts";
import { picturePixels } from "./picture.ts";
import { type Asked, readMethod, type ShownProgramme } from "./xml.ts";

interface Stored {
  readonly md5: string;
  readonly size: number;
  data: Buffer;
}

const heartbeatMs = 20_000;

export class HuiduCard {
  readonly width: number;
  readonly height: number;
  /** Whole ones. */
  readonly files = new Map<string, Stored>();
  programmes: readonly ShownProgramme[] = [];
  open = true;
  brightness = 100;
  /** Of flash: whole files, and lists of programmes. */
  fileWrites = 0;
  programmeWrites = 0;
  answersBeats = true;
  /** Degrees that its screen is turned by; the width and height that it says are those before. */
  rotation = 0;
  /** What it says of the version that it is asked for: 0, or an error. */
  versionStatus = 0;
  /** Methods → the result that they are refused with; a file's beginning: "8001", and its code. */
  readonly refuses = new Map<string, string>();
  /** Methods that its firmware does not know. */
  readonly unknown = new Set<string>();
  /** Bytes that its flash has for files. */
  space = Number.POSITIVE_INFINITY;
  /** What it was asked, in order. */
  readonly heardMethods: string[] = [];
  /** Its own heartbeats that nobody answered. */
  unanswered = 0;
  private readonly partial = new Map<string, Stored>();
  private writing: { readonly name: string; readonly file: Stored } | null = null;
  private readonly parser = new PacketParser();
  private guid: string | null = null;
  private sessions = 0;
  private stamp = "";
  /** Local time minus the monotonic one, ms; null: never set. */
  private clockMs: number | null = null;
  private nowMs = 0;
  private beatMs: number | null = null;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }

  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    this.nowMs = nowMs;
    const said: Buffer[] = [];
    for (const { command, payload } of this.parser.hear(bytes)) said.push(...this.answer(command, payload));
    this.beatMs ??= nowMs;
    if (nowMs - this.beatMs >= heartbeatMs) {
      this.beatMs = nowMs;
      this.unanswered++;
      said.push(packet(0x005f));
    }
    return said;
  }

  tick(nowMs: number): void {
    this.nowMs = nowMs;
  }

  /** What was half said is forgotten. */
  hangUp(): void {
    this.parser.reset();
    this.guid = null;
    this.writing = null;
    this.beatMs = null;
  }

  /** Files and programmes are in flash; its clock has a battery. */
  powerCycle(): void {
    this.hangUp();
    this.open = true;
  }

  /** What is lit: red, green, blue for each dot. */
  get lit(): Uint8Array {
    const screen = new Uint8Array(this.width * this.height * 3);
    const [programme] = this.programmes.filter((one) => this.inTime(one));
    for (const area of this.open ? (programme?.areas ?? []) : []) {
      const file = this.files.get(area.file);
      const pixels = file?.md5 === area.md5 ? picturePixels(file.data, area.width, area.height) : null;
      for (let y = 0; pixels && y < area.height; y++)
        screen.set(
          pixels.subarray(y * area.width * 3, (y + 1) * area.width * 3),
          ((area.y + y) * this.width + area.x) * 3,
        );
    }
    return screen;
  }

  /** Whole seconds, the last one included. */
  private inTime({ dates, times }: ShownProgramme): boolean {
    if (this.clockMs === null) return dates.length === 0 && times.length === 0;
    const local = new Date(this.clockMs + this.nowMs).toISOString();
    const within = (spans: ShownProgramme["dates"], at: string) =>
      spans.length === 0 || spans.some(([start, end]) => start <= at && at <= end);
    return within(dates, local.slice(0, 10)) && within(times, local.slice(11, 19));
  }

  private answer(command: number, payload: Buffer): readonly Buffer[] {
    switch (command) {
      case 0x005f:
        return this.answersBeats ? [packet(0x0060)] : [];
      case 0x0060:
        this.unanswered = 0;
        return [];
      case 0x2001:
        return [packet(0x2002, Buffer.concat([Buffer.from("07000001", "hex"), status(this.versionStatus)]))];
      case 0x2003: {
        const xml = this.parser.gather(payload);
        return xml === null ? [] : xmlPackets(this.obey(xml));
      }
      case 0x8001:
        return [this.fileStart(payload)];
      case 0x8003:
        if (this.writing) this.writing.file.data = Buffer.concat([this.writing.file.data, payload]);
        return [];
      case 0x8005:
        return [packet(0x8006, status(this.fileEnd()))];
      default:
        return [packet(0x2000, status(23))];
    }
  }

  private fileStart(payload: Buffer): Buffer {
    const [md5, name] = [payload.toString("latin1", 0, 32), payload.toString("utf8", 43).replace(/\0.*$/s, "")];
    const size = Number(payload.readBigUInt64LE(33));
    const has = this.files.get(name) ?? this.partial.get(name);
    const file = has?.md5 === md5 && has.size === size ? has : { md5, size, data: Buffer.alloc(0) };
    const used = [...this.files.values()].reduce((sum, one) => sum + one.size, 0);
    const full = !this.files.has(name) && used + size > this.space;
    const answer = Buffer.alloc(10);
    const code = Number(this.refuses.get("8001") ?? (full ? 9 : 0));
    answer.writeUInt16LE(code, 0);
    answer.writeBigUInt64LE(BigInt(file.data.length), 2);
    if (code === 0 && file.data.length < size) {
      this.partial.set(name, file);
      this.writing = { name, file };
    }
    return packet(0x8002, answer);
  }

  private fileEnd(): number {
    const { writing } = this;
    this.writing = null;
    if (!writing) return 13;
    const { name, file } = writing;
    if (file.data.length < file.size) return 0;
    this.partial.delete(name);
    if (file.data.length > file.size || createHash("md5").update(file.data).digest("hex") !== file.md5) return 13;
    this.files.set(name, file);
    this.fileWrites++;
    return 0;
  }

  private obey(xml: string): string {
    const asked = readMethod(xml);
    if (!asked) return out(this.guid ?? "", "", "kParseXmlFailed");
    this.heardMethods.push(asked.method);
    const refusal = this.refuses.get(asked.method);
    if (refusal !== undefined) return out(this.guid ?? "", asked.method, refusal);
    if (asked.method === "GetIFVersion") {
      this.guid = createHash("md5")
        .update(`session ${++this.sessions}`)
        .digest("hex");
      return out(this.guid, asked.method, "kSuccess", '<version value="1000000"/>');
    }
    if (asked.guid !== this.guid) return out(this.guid ?? "", asked.method, "kInvalidGUID");
    const inside = this.unknown.has(asked.method) ? undefined : this.run(asked);
    return out(this.guid ?? "", asked.method, inside === undefined ? "kUnsupportMethod" : inside.result, inside?.words);
  }

  private run(asked: Asked): { readonly result: string; readonly words?: string } | undefined {
    const done = { result: "kSuccess" };
    switch (asked.method) {
      case "GetDeviceInfo":
        return {
          ...done,
          words: `<screen width="${this.width}" height="${this.height}" rotation="${this.rotation}"/>`,
        };
      case "GetFiles": {
        const named = [...this.files].map(
          ([name, { size, md5 }]) => `<file size="${size}" md5="${md5}" name="${name}"/>`,
        );
        return { ...done, words: `<files>${named.join("")}</files>` };
      }
      case "DeleteFiles":
        for (const name of asked.files) this.files.delete(name);
        return done;
      case "OpenScreen":
      case "CloseScreen":
        this.open = asked.method === "OpenScreen";
        return done;
      case "SetLuminancePloy":
        this.brightness = asked.brightness ?? this.brightness;
        return done;
      case "SetTimeInfo":
        if (asked.time !== null) this.clockMs = asked.time - this.nowMs;
        return asked.time === null ? { result: "kParseXmlFailed" } : done;
      case "AddProgram":
        return { result: this.addProgram(asked) };
      case "UpdateProgram": {
        const [next] = asked.programmes;
        if (!next || this.programmes.every(({ guid }) => guid !== next.guid)) return { result: "kInvalidGUID" };
        this.programmes = this.programmes.map((one) => (one.guid === next.guid ? next : one));
        this.programmeWrites++;
        return done;
      }
      case "GetDeviceName":
        return { ...done, words: '<name value="BoxPlayer"/>' };
      case "GetLuminancePloy":
        return {
          ...done,
          words: `<mode value="default"/><default value="${this.brightness}"/><ploy/><sensor min="1" max="100" time="5"/>`,
        };
      case "GetProgram":
      case "SwitchProgram":
      case "Reboot":
        return done;
      default:
        return undefined;
    }
  }

  private addProgram({ stamp, programmes }: Asked): string {
    const fits = programmes.every(({ areas }) =>
      areas.every(
        ({ x, y, width, height, file, md5 }) =>
          x + width <= this.width && y + height <= this.height && (file === "" || this.files.get(file)?.md5 === md5),
      ),
    );
    if (!fits) return "kParseXmlFailed";
    this.programmes = stamp !== this.stamp && stamp !== "" ? programmes : [...this.programmes, ...programmes];
    this.stamp = stamp;
    this.programmeWrites++;
    return "kSuccess";
  }
}

const out = (guid: string, method: string, result: string, words = ""): string =>
  `<?xml version="1.0" encoding="utf-8"?><sdk guid="${guid}"><out method="${method}" result="${result}">${words}</out></sdk>`;

function packet(command: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(4 + payload.length, 0);
  head.writeUInt16LE(command, 2);
  return Buffer.concat([head, payload]);
}

function status(code: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(code, 0);
  return bytes;
}

/** Cut shorter than any client cuts, so that its readers must put it together. */
function xmlPackets(xml: string): readonly Buffer[] {
  const bytes = Buffer.from(xml, "utf8");
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 1000) {
    const head = Buffer.alloc(8);
    head.writeUInt32LE(bytes.length, 0);
    head.writeUInt32LE(at, 4);
    packets.push(packet(0x2004, Buffer.concat([head, bytes.subarray(at, at + 1000)])));
  }
  return packets;
}
