/** What the card makes of a method's XML: only what the notes say that it has. */

export interface ShownArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Empty: it has words of the card's own font, or something else that we never send. */
  readonly file: string;
  readonly md5: string;
}

type Spans = readonly (readonly [start: string, end: string])[];

export interface ShownProgramme {
  readonly guid: string;
  readonly areas: readonly ShownArea[];
  readonly dates: Spans;
  readonly times: Spans;
}

export interface Asked {
  readonly guid: string;
  readonly method: string;
  readonly files: readonly string[];
  readonly brightness: number | null;
  /** Local, as if it were UTC. */
  readonly time: number | null;
  readonly stamp: string;
  readonly programmes: readonly ShownProgramme[];
}

/** null: it cannot be read. */
export function readMethod(xml: string): Asked | null {
  if (!balanced(xml)) return null;
  const [sdk] = tags(xml, "sdk");
  const [asked] = tags(xml, "in");
  const method = asked?.attributes.method;
  if (sdk?.attributes.guid === undefined || method === undefined) return null;
  const [screen] = tags(xml, "screen");
  const programmes = tags(xml, "program").map(programmeOf);
  if (programmes.some((one) => one === null)) return null;
  const value = (name: string) => tags(xml, name)[0]?.attributes.value;
  const time = value("time");
  return {
    guid: sdk.attributes.guid,
    method,
    files: tags(xml, "file").flatMap(({ attributes: { name } }) => (name === undefined ? [] : [name])),
    brightness: value("default") === undefined ? null : Number(value("default")),
    time:
      time !== undefined && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time)
        ? Date.parse(`${time.replace(" ", "T")}Z`)
        : null,
    stamp: screen?.attributes.timeStamps ?? "",
    programmes: programmes.filter((one) => one !== null),
  };
}

function programmeOf({ attributes, inside }: Tag): ShownProgramme | null {
  const spans = (name: string): Spans =>
    tags(inside, name).map(({ attributes: { start = "", end = "" } }) => [start, end] as const);
  const areas = tags(inside, "area").map((area): ShownArea | null => {
    const [rectangle] = tags(area.inside, "rectangle");
    const [file] = tags(area.inside, "file");
    const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(rectangle?.attributes[key]));
    const { name, md5 } = file ? file.attributes : { name: "", md5: "" };
    if (x === undefined || y === undefined || width === undefined || height === undefined) return null;
    if (![x, y, width, height].every(Number.isInteger) || name === undefined || md5 === undefined) return null;
    return { x, y, width, height, file: name, md5 };
  });
  if (areas.some((area) => area === null) || attributes.guid === undefined) return null;
  return {
    guid: attributes.guid,
    areas: areas.filter((area) => area !== null),
    dates: spans("date"),
    times: spans("time"),
  };
}

interface Tag {
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly inside: string;
}

function tags(xml: string, name: string): readonly Tag[] {
  const found = xml.matchAll(new RegExp(`<${name}((?:\\s[^<>]*?)?)(?:/>|>([\\s\\S]*?)</${name}>)`, "g"));
  return [...found].map(([, written = "", inside = ""]) => ({
    attributes: Object.fromEntries(
      [...written.matchAll(/([\w.-]+)="([^"<]*)"/g)].map(([, key, value]) => [key ?? "", unescaped(value ?? "")]),
    ),
    inside,
  }));
}

const unescaped = (words: string) =>
  words.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_all, name: string) => ({ lt: "<", gt: ">", quot: '"', apos: "'" })[name] ?? "&",
  );

/** Every tag has its end, and nothing stands where only tags and attributes may. */
function balanced(xml: string): boolean {
  const open: string[] = [];
  const body = xml.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>/, "");
  if (body === xml) return false;
  for (const [, closes, name = "", attributes = "", empty] of body.matchAll(/<(\/?)([^\s<>/]+)([^<>]*?)(\/?)>/g)) {
    if (!/^(\s+[\w.-]+="[^"<&]*(&\w+;[^"<&]*)*")*$/.test(attributes)) return false;
    if (closes && open.pop() !== name) return false;
    if (!closes && !empty) open.push(name);
  }
  return open.length === 0 && (body.match(/[<>]/g)?.length ?? 0) === 2 * [...body.matchAll(/<[^<>]+>/g)].length;
}
