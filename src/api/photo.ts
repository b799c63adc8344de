/** A photo as evidence: made small enough to keep hundreds of them, large enough to read a sheet on it. */

/** Of the longer side. A sheet's text is legible where it fills the picture. */
const longestPx = 1600;
const quality = 80;

/** `bytes`: a picture as `PictureTaking` keeps it, so nothing of the upload itself is left. A JPEG. */
export async function photoOf(bytes: Uint8Array): Promise<Uint8Array> {
  // Loaded here, as for `pngOf`: it is large, and nearly nobody needs it.
  const { default: sharp } = await import("sharp");
  return sharp(bytes)
    .resize(longestPx, longestPx, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality, mozjpeg: false })
    .toBuffer();
}
