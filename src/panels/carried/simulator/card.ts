/**
 * A card that is fed from a stick, with the maker's program between: somebody reads the play list, takes the pictures in its
 * order, and the card goes round them until it is fed again. It knows no time of day. Written from this folder's README, which
 * says what lies on a stick; nothing of the code that writes it is used.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

export interface CardShape {
  readonly width: number;
  readonly height: number;
  readonly colour: "mono" | "dual" | "rgb";
}

interface Picture {
  readonly file: string;
  readonly lastsMs: number;
  /** Three bytes a dot. */
  readonly rgb: Uint8Array;
}

interface Manifest {
  readonly kind: string;
  readonly v: number;
  readonly panel: CardShape;
  readonly load: string;
  readonly items: readonly {
    readonly notice: string;
    readonly pages: readonly { readonly file: string; readonly lastsMs: number; readonly pieces: number }[];
  }[];
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

export class SimulatedCard {
  readonly shape: CardShape;
  /** What is on it, by name; as it is until something else is put in. */
  items: readonly string[] = [];
  load: string | null = null;
  private pictures: readonly Picture[] = [];
  private sinceMs = 0;
  private powered = true;

  constructor(shape: CardShape) {
    this.shape = shape;
  }

  /** What is wrong with the folder, file by file; none: it has been put in, and what was there before is gone. */
  insert(folder: string, atMs = 0): readonly string[] {
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
    if (manifest.kind !== "boardcast-card" || manifest.v !== 1) return ["manifest.json"];
    const { width, height, colour } = this.shape;
    const { panel } = manifest;
    if (panel.width !== width || panel.height !== height || panel.colour !== colour) return ["panel"];
    const wrong = manifest.files.flatMap(({ name, bytes, sha256 }) => {
      const found = readFileSync(join(folder, name));
      return found.length === bytes && createHash("sha256").update(found).digest("hex") === sha256 ? [] : [name];
    });
    const named = new Set(["manifest.json", ...manifest.files.map(({ name }) => name)]);
    wrong.push(...readdirSync(folder).filter((name) => !named.has(name)));
    if (wrong.length > 0) return wrong;
    const lasts = new Map(
      manifest.items.flatMap(({ pages }) =>
        pages.map(({ file, lastsMs, pieces }) => [file, lastsMs / pieces] as const),
      ),
    );
    // The order is the play list's, which is all that the maker's program is told.
    const lines = readFileSync(join(folder, "playlist.csv"), "utf8").trim().split("\r\n").slice(1);
    const pictures = lines.map((line): Picture => {
      const file = line.split(",")[1] ?? "";
      return { file, lastsMs: lasts.get(file) ?? 0, rgb: rgbOf(readFileSync(join(folder, file)), this.shape) };
    });
    this.pictures = pictures;
    this.items = manifest.items.map(({ notice }) => notice);
    this.load = manifest.load;
    this.sinceMs = atMs;
    return [];
  }

  /** Off: black. On again it begins with what it had: its memory outlives the power. */
  power(on: boolean, atMs: number): void {
    this.powered = on;
    this.sinceMs = atMs;
  }

  /** Three bytes a dot; black where nothing was ever put in. */
  lit(atMs: number): Uint8Array {
    const black = new Uint8Array(this.shape.width * this.shape.height * 3);
    const whole = this.pictures.reduce((sum, { lastsMs }) => sum + lastsMs, 0);
    if (!this.powered || whole === 0) return black;
    let left = (atMs - this.sinceMs) % whole;
    for (const { lastsMs, rgb } of this.pictures) {
      if (left < lastsMs) return rgb;
      left -= lastsMs;
    }
    return black;
  }
}

/** PNG (W3C, second edition) as the README has it: 8 bits a colour, red green blue, not interlaced, every row's filter 0. */
function rgbOf(png: Buffer, { width, height }: CardShape): Uint8Array {
  if (png.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") throw new Error("no PNG");
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      const size = [body.readUInt32BE(0), body.readUInt32BE(4), ...body.subarray(8, 13)];
      if (size.join() !== [width, height, 8, 2, 0, 0, 0].join()) throw new Error(`a picture of ${size.join()}`);
    }
    if (type === "IDAT") data.push(body);
    at += length + 12;
  }
  const rows = inflateSync(Buffer.concat(data));
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = y * (width * 3 + 1);
    if (rows[from] !== 0) throw new Error(`row ${y} is filtered`);
    rgb.set(rows.subarray(from + 1, from + 1 + width * 3), y * width * 3);
  }
  return rgb;
}
