/** Stage 3, how it reads: fonts, line breaking, templates → message. */
export { cellDrawing } from "./fonts/card-cells.ts";
export { glyphNotes } from "./card-glyphs.ts";
export { missingFromProfile } from "./missing.ts";
export { unifont } from "./fonts/unifont.ts";
export { contentOf, plainText } from "./plain-text.ts";
export { contentOfPicture, type PictureContent } from "./pictures/content.ts";
export { reshaped, thumbnail } from "./pictures/reshape.ts";
export { createPicturing, type KeptPicture, type Picturing } from "./pictures/picturing.ts";
export { typeset, type TypesetRequest, type TypesetResult } from "./typeset.ts";
export { qrRows } from "./qr-rows.ts";
export { type FitOptions, pitchOfModel } from "./report.ts";
export { createTypesetter, type Fitting, type Typesetter, type TypesetText } from "./typesetter.ts";
export type { Lettering } from "./lettering.ts";
export { type Sheet, sheetPdf, type Stamp } from "./sheet-pdf.ts";
