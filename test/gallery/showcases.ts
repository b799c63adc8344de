import type { Sheet } from "./sheet.ts";
export const showcases: readonly { readonly file: string; readonly draw: () => Sheet }[] = [];
