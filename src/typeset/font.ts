/** The flat table of the 16-dot face, which the fast blitter stores from. */
export { type PixelFont, unifont } from "./fonts/unifont.ts";
