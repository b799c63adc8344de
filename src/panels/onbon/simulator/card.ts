/**
 * A BX-5 or BX-6 card with its screen (protocol note; what each command does: the note and the maker's SDK header). Areas in
 * RAM go with the power; files, lock and brightness stay. A clock runs on its battery.
 */
import { type DynamicArea, dynamicAreas, shownAt } from "./areas.ts";
import { type Dots, packed, type Screen } from "./dots.ts";
import { Flash } from "./flash.ts";
import { answer, Ear, type Heard } from "./wire.ts";

export interface CardParts extends Screen {
  readonly device: readonly [series: number, number: number];
  readonly address: number;
  readonly areas: number;
  /** RAM for areas. */
  readonly ramBytes?: number;
}

interface Given {
  readonly area: DynamicArea;
  readonly atMs: number;
  readonly bytes: number;
}

export class OnbonCard {
  readonly flash = new Flash();
  /** Group and command as four digits → the error that it is refused with; a test changes it. */
  readonly refuses = new Map<string, number>();
  /** It has been told what screen it has. */
  hasScreen = true;
  /** What it says that it is. */
  device: readonly [series: number, number: number];
  on = true;
  locked = false;
  brightness: { readonly mode: number; readonly levels: readonly number[] } = { mode: 0, levels: [15] };
  /** What it was asked, group and command as four digits, the newest last. */
  readonly asked: string[] = [];
  readonly #parts: CardParts;
  readonly #ear = new Ear();
  readonly #areas = new Map<number, Given>();
  #clock: { readonly digits: readonly number[]; readonly atMs: number } | null = null;
  #frozen: Dots | null = null;
  #nowMs = 0;

  constructor(parts: CardParts) {
    this.#parts = parts;
    this.device = parts.device;
  }

  get dropped(): number {
    return this.#ear.dropped;
  }

  /** As it was set: year high and low, month, day, hour, minute, second, weekday. null: never. */
  get clock(): readonly number[] | null {
    return this.#clock?.digits ?? null;
  }

  areaIds(): readonly number[] {
    return [...this.#areas.keys()];
  }

  timeoutOf(id: number): number | null {
    return this.#areas.get(id)?.area.timeoutS ?? null;
  }

  /** Whether its programmes stop while an area is shown. */
  isAlone(id: number): boolean {
    return this.#areas.get(id)?.area.beside === 1;
  }

  hear(bytes: Uint8Array, nowMs: number): readonly Uint8Array[] {
    this.tick(nowMs);
    const answers: Uint8Array[] = [];
    for (const byte of bytes) {
      const heard = this.#ear.feed(byte);
      if (!heard || ![this.#parts.address, 0xfffe, 0xffff].includes(heard.to)) continue;
      // A header of the other generation is none that it knows.
      if (!heard.dynamic && heard.generation !== this.#parts.generation) continue;
      const said = this.#obey(heard);
      if (said && heard.wantsAnswer && heard.to !== 0xffff) answers.push(said);
    }
    return answers;
  }

  tick(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  hangUp(): void {
    this.#ear.forget();
  }

  /** Lit again, whatever it was told: nobody says that it keeps that. */
  powerCycle(): void {
    this.on = true;
    this.#ear.forget();
    this.flash.powerCycle();
    this.#areas.clear();
    this.#frozen = null;
  }

  #obey(heard: Heard): Uint8Array | null {
    const name = [heard.group, heard.command].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.asked.push(name);
    if (this.asked.length > 1000) this.asked.shift();
    const no = (error: number) => answer(heard, 0xa0, 1, [], error);
    const yes = () => answer(heard, 0xa0, 0);
    const refusal = this.refuses.get(name);
    if (refusal !== undefined) return no(refusal);
    const { data } = heard;
    if (heard.group === 0xa1) {
      const error = this.flash.handle(heard.command, data);
      return error === null ? no(2) : error === 0 ? yes() : no(error);
    }
    switch (name) {
      case "a200":
        return answer(heard, 0xa2, 0x80, this.#self());
      case "a201":
        this.powerCycle();
        return yes();
      case "a20f":
        return answer(heard, 0xa2, 0x8f, this.#status());
      case "a205":
        if (data.length !== 1 || (data[0] ?? 2) > 1) return no(25);
        this.on = data[0] === 1;
        return yes();
      case "a207":
        if (data.length !== 49 || (data[0] ?? 4) > 3 || data.subarray(1).some((level) => level > 15)) return no(25);
        this.brightness = { mode: data[0] ?? 0, levels: [...data.subarray(1)] };
        return yes();
      case "a202":
        if (data.length !== 8 || data.some((byte) => byte >> 4 > 9 || (byte & 15) > 9)) return no(25);
        this.#clock = { digits: clockDigits(data), atMs: this.#nowMs };
        return yes();
      case "a20d":
        if (data.length !== 2) return no(25);
        this.#frozen = data[1] === 1 ? this.dots() : null;
        this.locked = data[1] === 1;
        return yes();
      case "a700":
        return heard.dynamic ? this.#take(data, yes, no) : no(1);
      case "a701":
        if (data.length !== 1 + (data[0] === 0xff ? 0 : (data[0] ?? 0))) return no(25);
        if (data[0] === 0xff) this.#areas.clear();
        else for (const id of data.subarray(1, 1 + (data[0] ?? 0))) this.#areas.delete(id);
        return yes();
      default:
        return no([0xa0, 0xa1, 0xa2, 0xa4, 0xa7].includes(heard.group) ? 2 : 1);
    }
  }

  #take(data: Uint8Array, yes: () => Uint8Array, no: (error: number) => Uint8Array): Uint8Array {
    const { areas: most, ramBytes = 1024 * 1024 } = this.#parts;
    if (most === 0) return no(1);
    const given = dynamicAreas(data, this.#parts);
    if (!given || given.some(({ id }) => id >= most)) return no(25);
    const ids = given.map(({ id }) => id);
    const others = [...this.#areas].filter(([id]) => !ids.includes(id));
    if (others.reduce((sum, [, { bytes }]) => sum + bytes, data.length) > ramBytes) return no(4);
    for (const area of given) this.#areas.set(area.id, { area, atMs: this.#nowMs, bytes: data.length });
    return yes();
  }

  /** What its lamps show: red, green and blue of each dot. */
  dots(): Dots {
    const { width, height } = this.#parts;
    const dots = new Uint8Array(width * height * 3);
    if (!this.on) return dots;
    if (this.#frozen) return this.#frozen;
    const live = [...this.#areas.values()].filter((given) => !this.#over(given));
    const programme = live.some(({ area }) => area.beside === 1)
      ? null
      : this.flash.programme(this.#day(), this.#parts);
    if (programme) put(shownAt(programme, this.#nowMs).dots, programme);
    for (const { area, atMs } of live.sort((one, other) => one.area.id - other.area.id))
      put(shownAt(area, this.#nowMs - atMs).dots, area);
    return dots;

    function put(
      from: Dots,
      area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
    ) {
      for (let row = 0; row < area.height; row++)
        dots.set(
          from.subarray(row * area.width * 3, (row + 1) * area.width * 3),
          ((area.y + row) * width + area.x) * 3,
        );
    }
  }

  pixels(): Uint8Array {
    return packed(this.dots(), this.#parts);
  }

  #over({ area, atMs }: Given): boolean {
    const sinceMs = this.#nowMs - atMs;
    if (area.runMode === 2 || area.runMode === 3) return sinceMs >= area.timeoutS * 1000;
    return area.runMode === 4 && sinceMs >= shownAt(area, 0).roundMs;
  }

  /** Its clock as it goes on, as it was set. */
  #says(): readonly number[] {
    const now = this.#local();
    const date = [now.getUTCFullYear() % 100, Math.floor(now.getUTCFullYear() / 100), now.getUTCMonth() + 1];
    const time = [now.getUTCDate(), now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds(), now.getUTCDay() || 7];
    return [...date, ...time].map((value) => Math.floor(value / 10) * 16 + (value % 10));
  }

  /** By its own clock; before it was set, of 2000. */
  #day(): number {
    const now = this.#local();
    return now.getUTCFullYear() * 10_000 + (now.getUTCMonth() + 1) * 100 + now.getUTCDate();
  }

  #local(): Date {
    if (!this.#clock) return new Date(Date.UTC(2000, 0, 1));
    const [century = 0, year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = this.#clock.digits;
    const set = Date.UTC(century * 100 + year, month - 1, day, hour, minute, second);
    return new Date(set + this.#nowMs - this.#clock.atMs);
  }

  #self(): readonly number[] {
    const { address, width, height, colour } = this.#parts;
    const word = (value: number) => [value & 255, value >> 8];
    const firmware = [..."VER 1.23"].map((letter) => letter.charCodeAt(0));
    const kind = { mono: 1, dual: 3, rgb: 255 }[colour];
    const start = [
      ...this.device,
      ...firmware,
      +this.hasScreen,
      ...word(address),
      2,
      ...word(width),
      ...word(height),
      kind,
    ];
    return [...start, this.#level(), +this.on, ...new Array<number>(10).fill(0)];
  }

  #status(): readonly number[] {
    const programmes = this.flash.programmes;
    const first = programmes > 0 ? [..."P001"].map((letter) => letter.charCodeAt(0)) : [0, 0, 0, 0];
    const locks = [+this.locked, 0];
    const start = [
      +this.on,
      0,
      this.brightness.mode,
      this.#level(),
      programmes & 255,
      programmes >> 8,
      ...first,
      ...locks,
    ];
    return [...start, 1, 0, ...this.#says(), ...new Array<number>(11).fill(0)];
  }

  #level(): number {
    const { mode, levels } = this.brightness;
    const now = this.#local();
    return levels[mode === 1 ? now.getUTCHours() * 2 + Math.floor(now.getUTCMinutes() / 30) : 0] ?? 0;
  }
}

/** Low byte of the year first; all of them two decimal digits. */
function clockDigits(data: Uint8Array): readonly number[] {
  const [low = 0, high = 0, ...rest] = [...data].map((byte) => (byte >> 4) * 10 + (byte & 15));
  return [high, low, ...rest];
}
