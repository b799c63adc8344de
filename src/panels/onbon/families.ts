/**
 * Onbon's BX-5 and BX-6 cards by the device type that they say at a ping: two bytes, series and number (BX-5E3: 54 03).
 * Sources: the protocol note (areas, block sizes), the maker's table of controller types (series bytes).
 */

export type Generation = 5 | 6;

export const familyNames = ["5A", "5M", "5C", "5U", "5E", "5Q", "5QS", "6M", "6U", "6W", "6E", "6Q"] as const;
export type FamilyName = (typeof familyNames)[number];

export interface Family {
  readonly name: FamilyName;
  readonly generation: Generation;
  /** Dynamic areas in RAM; 0: whatever it shows is in its flash. */
  readonly areas: number;
  /** Of a file, in one frame. */
  readonly blockBytes: number;
  /** What a full-colour dot is made of; null on cards for one or two colours. */
  readonly rgb: "565-le" | "888-or-565-be" | null;
  /** Series 5A: the header says serial whatever the line is, and each frame has number 1 (the maker's table). */
  readonly plainHeader: boolean;
}

const family = (name: FamilyName, areas: number, blockBytes: number, rgb: Family["rgb"] = null): Family => ({
  name,
  generation: name.startsWith("5") ? 5 : 6,
  areas,
  blockBytes,
  rgb,
  plainHeader: name === "5A",
});

/** BX-6 series without a stated block size take the smallest one of the note's that is not the 5A's: any card takes less. */
export const families: Readonly<Record<FamilyName, Family>> = {
  "5A": family("5A", 0, 700),
  "5M": family("5M", 0, 1024),
  "5C": family("5C", 0, 1024),
  "5U": family("5U", 0, 1024),
  "5E": family("5E", 4, 14_336),
  "5Q": family("5Q", 0, 800, "565-le"),
  "5QS": family("5QS", 0, 14_336, "565-le"),
  "6M": family("6M", 0, 800),
  "6U": family("6U", 0, 800),
  "6W": family("6W", 0, 800),
  "6E": family("6E", 32, 14_336),
  "6Q": family("6Q", 32, 14_336, "888-or-565-be"),
};

const bySeries: Readonly<Record<number, FamilyName>> = {
  81: "5A",
  82: "5M",
  84: "5E",
  85: "5U",
  86: "5Q",
  87: "5QS",
  98: "6M",
  99: "6U",
  100: "6W",
  102: "6Q",
  116: "6E",
};

/** The full-colour BX-5 cards whose name ends in P have dynamic areas too (the maker's dynamic-area library lists them). */
const dynamic5Q = [0x10, 0x11, 0x12];

/** `series`, `number`: the two bytes of a device type in the order in which they are sent. null: not known. */
export function familyOf(series: number, number: number): Family | null {
  const name = bySeries[series];
  if (name === undefined) return null;
  return name === "5Q" && dynamic5Q.includes(number) ? { ...families["5Q"], areas: 4 } : families[name];
}
