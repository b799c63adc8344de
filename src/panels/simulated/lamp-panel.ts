/** A matrix of lamps behind a simulated controller, looked at from the front: where each lamp hangs, from the other end than `dotsByLamp`. */
import type { WiredGrid, Wiring } from "../../config/types.ts";
import { emptyFrame, type Frame, rowStride, type Shape } from "../../message/index.ts";
import type { SimulatedCard } from "./cards.ts";

/** What lights lamps: bytes or datagrams in, its lamps' bytes. */
export interface Controller {
  readonly lamps: Uint8Array;
  /** As `SimulatedCard` has them. */
  readonly groups?: readonly string[];
  /** `speed`: of the line that brought them, where it has one. What it answers, where it does. */
  hear(bytes: Uint8Array, nowMs: number, speed?: number): unknown;
  tick(nowMs: number): void;
}

const noGroups: readonly string[] = [];

export class LampPanel<Kind extends Controller = Controller> implements SimulatedCard {
  readonly flashWrites = 0;
  controller: Kind;
  readonly shape: Shape;
  readonly wiring: Wiring;
  readonly #made: () => Kind;

  constructor(shape: Shape, made: () => Kind, wiring: Wiring) {
    this.shape = shape;
    this.wiring = wiring;
    this.#made = made;
    this.controller = made();
  }

  get groups(): readonly string[] {
    return this.controller.groups ?? noGroups;
  }
  hear(bytes: Uint8Array, nowMs: number, speed?: number): readonly Uint8Array[] {
    const said = this.controller.hear(bytes, nowMs, speed);
    return Array.isArray(said) ? said : [];
  }
  tick(nowMs: number): void {
    this.controller.tick(nowMs);
  }
  connected(): void {}
  powerCycle(): void {
    this.controller = this.#made();
  }

  /** Throws where a white lamp is lit, of which no picture is made. */
  frame(): Frame {
    const frame = emptyFrame(this.shape);
    const { width, height, colour } = this.shape;
    const stride = rowStride(width, "mono1");
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const { R = 0, G = 0, B = 0, W = 0 } = this.#lampAt(x, y);
        if (W !== 0) throw new Error(`the white lamp at ${x},${y} is lit`);
        const bit = 0x80 >> (x % 8);
        const at = y * stride + (x >> 3);
        if (colour === "rgb") frame.pixels.set([R, G, B], (y * width + x) * 3);
        else if (colour === "mono") {
          if (R + G + B > 0) frame.pixels[at] = (frame.pixels[at] ?? 0) | bit;
        } else {
          if (R > 0) frame.pixels[at] = (frame.pixels[at] ?? 0) | bit;
          const green = stride * height + at;
          if (G > 0) frame.pixels[green] = (frame.pixels[green] ?? 0) | bit;
        }
      }
    }
    return frame;
  }

  #lampAt(x: number, y: number): { [letter: string]: number | undefined } {
    const { order } = this.wiring;
    const at = lampNumber(this.wiring, this.shape, x, y) * order.length;
    return Object.fromEntries([...order].map((letter, place) => [letter, this.controller.lamps[at + place]]));
  }
}

/** Which lamp of the wire hangs at a dot of the panel as people see it. */
function lampNumber(wiring: Wiring, { width, height }: Shape, x: number, y: number): number {
  const [across, down] = wiring.turned % 180 === 0 ? [width, height] : [height, width];
  // Turned back to how it was made.
  const [madeX, madeY] = {
    0: [x, y],
    90: [y, down - 1 - x],
    180: [across - 1 - x, down - 1 - y],
    270: [across - 1 - y, x],
  }[wiring.turned] as [number, number];
  const all = { width: across, height: down, start: "top-left", along: "rows", serpentine: false } as const;
  const { width: w, height: h, ...modules } = wiring.modules ?? all;
  const module = placeOn(modules, across / w, down / h, Math.floor(madeX / w), Math.floor(madeY / h));
  return wiring.skip + module * w * h + placeOn(wiring, w, h, madeX % w, madeY % h);
}

function placeOn({ start, along, serpentine }: WiredGrid, width: number, height: number, x: number, y: number): number {
  const fromLeft = start.endsWith("left") ? x : width - 1 - x;
  const fromTop = start.startsWith("top") ? y : height - 1 - y;
  const [line, step, length] = along === "rows" ? [fromTop, fromLeft, width] : [fromLeft, fromTop, height];
  return line * length + (serpentine && line % 2 === 1 ? length - 1 - step : step);
}
