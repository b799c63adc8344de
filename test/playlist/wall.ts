/**
 * A clock on the wall, minute by minute, as `Intl` writes it: the oracle's only notion of a zone. It shares no code with
 * src/time. A civil time is reached at the first instant at which the clock shows it or is past it.
 */
const dayMin = 1440;

/** Minutes since 1970 that the clock shows at each minute of a UTC day. */
const shown = new Map<string, Int32Array>();
const formats = new Map<string, Intl.DateTimeFormat>();

function shownOn(zone: string, utcDay: number): Int32Array {
  const key = `${zone} ${utcDay}`;
  let made = shown.get(key);
  if (!made) {
    let format = formats.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
      formats.set(zone, format);
    }
    const clock = format;
    made = Int32Array.from({ length: dayMin }, (_, minute) => {
      const text = clock.format((utcDay * dayMin + minute) * 60_000);
      return Date.parse(`${text.replace(" ", "T")}Z`) / 60_000;
    });
    shown.set(key, made);
  }
  return made;
}

export interface Wall {
  /** Minutes since 1970 of the first mark. */
  readonly first: number;
  /** The latest civil minute that the clock has shown up to each minute of elapsed time: it stands still while an hour is repeated. */
  readonly marks: Int32Array;
}

const walls = new Map<string, Wall>();

/** From three civil days before `day` to the end of the third after it, at least. */
export function wallAround(zone: string, day: number): Wall {
  const key = `${zone} ${day}`;
  let wall = walls.get(key);
  if (!wall) {
    const firstDay = day - 5;
    const days = Array.from({ length: 10 }, (_, index) => shownOn(zone, firstDay + index));
    const marks = new Int32Array(days.length * dayMin);
    let mark = Number.NEGATIVE_INFINITY;
    for (const [index, readings] of days.entries())
      for (const [minute, reading] of readings.entries()) {
        mark = Math.max(mark, reading);
        marks[index * dayMin + minute] = mark;
      }
    wall = { first: firstDay * dayMin, marks };
    walls.set(key, wall);
  }
  return wall;
}

/** The first instant of a civil minute, counted from the midnight of `day`. */
export function reached(zone: string, day: number, minute = 0): number {
  const { first, marks } = wallAround(zone, day);
  const index = marks.findIndex((mark) => mark >= day * dayMin + minute);
  return (first + index) * 60_000;
}

/** The civil day of an instant. */
export function dayOn(zone: string, at: number): number {
  const minute = Math.floor(at / 60_000);
  const reading = shownOn(zone, Math.floor(minute / dayMin))[((minute % dayMin) + dayMin) % dayMin] ?? 0;
  return Math.floor(reading / dayMin);
}
