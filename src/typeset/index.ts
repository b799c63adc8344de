/** Stage 3, how it reads: fonts, line breaking, templates → message. */
export { unifont } from "./font.ts";
export { plainText } from "./plain-text.ts";
export { createTypesetter, typeset, type Typesetter, type TypesetRequest, type TypesetResult } from "./typeset.ts";
