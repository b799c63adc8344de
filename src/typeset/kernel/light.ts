/**
 * Picture samples as light. A dot that is lit half of the places gives half of the light, so dithering is done in linear
 * light (sRGB's transfer curve undone): a mid grey of 128 lights 22 dots in a hundred, not fifty. What a panel's own
 * gamma and white balance do comes later, on the panel.
 */

/** Full light, in the units of these tables. */
export const fullLight = 0xffff;

/** Light of each 8-bit sRGB sample (IEC 61966-2-1), 0 to `fullLight`. */
export const lightOf = Int32Array.from({ length: 256 }, (_, sample) => {
  const s = sample / 255;
  return Math.round(fullLight * (s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4));
});

/** Each primary's part in what the eye calls bright (ITU-R BT.709), of 65536. */
const parts = [13933, 46871, 4732] as const;

/** Luminance of a dot of one colour: the sum of its three entries, at most `fullLight`. */
export const [redLuminance, greenLuminance, blueLuminance] = parts.map((part) =>
  Int32Array.from(lightOf, (light) => Math.round((light * part) / 65536)),
) as [Int32Array, Int32Array, Int32Array];

/** Bayer's 8 x 8 matrix: 0 to 63, neighbours in value far apart in place. */
const bayer = Uint8Array.from({ length: 64 }, (_, at) => {
  const [x, y] = [at & 7, at >> 3];
  let value = 0;
  for (let bit = 0; bit < 3; bit++) value = (value << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
  return value;
});

/** A dot is lit where the light is at least this: 8 rows of 8. Black lights none, full light all. */
export const lightThresholds = Int32Array.from(bayer, (value) => Math.ceil((fullLight * (value + 0.5)) / 64));

/** The same thresholds for samples as they are, 8 rows of 8: `sample >= threshold` just where `lightOf[sample]` reaches the light. */
export const sampleThresholds = Uint8Array.from(lightThresholds, (threshold) =>
  lightOf.findIndex((light) => light >= threshold),
);
