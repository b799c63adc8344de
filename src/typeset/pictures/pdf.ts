/** Pages of a PDF, drawn by PDFium (WebAssembly, no native build). It may be stopped only with the thread that it runs in. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PDFiumModule } from "@hyzyla/pdfium";
import { limits } from "../../limits.ts";
import { atMost, atMostKept, atMostPages, bounded, PictureError } from "./bounds.ts";
import type { Raster } from "./raster.ts";

/** The part of WebAssembly that is needed here; Node's types leave it to the browser's. */
interface Instance {
  readonly exports: Record<string, unknown>;
}
const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
interface Wasm {
  compile(bytes: Uint8Array): Promise<object>;
  Instance: new (module: object, imports: object) => Instance;
}

type Pdfium = Awaited<ReturnType<typeof PDFiumModule>>;
/** PDFium's C functions, which the package's types name only in part. Pointers are numbers. */
type Calls = Readonly<Record<string, (...args: number[]) => number>>;

/** A scan's usual fineness; a page's picture has at most `limits.picturePx` dots. */
const dpi = 200;
const pointsPerInch = 72;
/** fpdfview.h: FPDFBitmap_BGRx, FPDF_ANNOT (stamps are annotations), FPDF_REVERSE_BYTE_ORDER. No LCD text: it has coloured edges. */
const formatBgrx = 3;
const annotations = 0x01;
const redFirst = 0x10;
/** fpdf_formfill.h: FPDF_FORMFILLINFO, version 2, all of its callbacks absent. */
const formInfoBytes = 256;
const formInfoVersion = 2;
const errorPassword = 4;
/** fpdf_flatten.h: as on a screen, not in print; and what comes of it. */
const forDisplay = 0;
const flattenFailed = 0;
const flattenNothing = 2;
/** Characters that a page may have: each is asked for its font. */
const charactersAsked = 20_000;
/** PDFium has the fonts of Latin text itself (the 14 standard ones); all others must be in the file. */
const latinUntil = 0x24f;

/** Throws a PictureError, or what PDFium throws at broken files. */
export async function drawPdf(bytes: Uint8Array, name: string): Promise<Raster[]> {
  // Anew for each document: its memory never shrinks, and nothing of one document reaches the next.
  const pdfium = await begin();
  const calls = pdfium.wasmExports as unknown as Calls;
  const call = (what: string, ...args: number[]): number => {
    const made = calls[what];
    if (!made) throw new Error(`PDFium has no ${what}`);
    return made(...args);
  };
  const file = call("malloc", bytes.length);
  if (file === 0) throw new Error("out of memory");
  pdfium.HEAPU8.set(bytes, file);
  const document = call("FPDF_LoadMemDocument", file, bytes.length, 0);
  if (document === 0) {
    const error = call("FPDF_GetLastError");
    if (error === errorPassword) throw new PictureError({ code: "notice/picture-locked", name });
    throw new Error(`not a PDF that can be read (${error})`);
  }
  const form = formOf(pdfium, call, document);
  const count = call("FPDF_GetPageCount", document);
  if (count < 1) throw new Error("no pages");
  atMostPages(name, count);
  const rasters: Raster[] = [];
  for (let index = 0; index < count; index++) {
    const page = call("FPDF_LoadPage", document, index);
    if (page === 0) throw new Error(`page ${index + 1} cannot be read`);
    call("FORM_OnAfterLoadPage", page, form);
    // Its own writing first: what cannot be drawn need not be.
    refuseWithoutFont(call, page, name, index + 1);
    rasters.push(bounded(draw(pdfium, call, page, form)));
    atMostKept(name, rasters);
    call("FORM_OnBeforeClosePage", page, form);
    checkAnnotations(call, { document, page, index }, name);
  }
  return rasters;
}

type Call = (what: string, ...args: number[]) => number;

async function begin(): Promise<Pdfium> {
  const bytes = await readFile(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm"));
  const module = await wasm.compile(bytes);
  const pdfium = await PDFiumModule({
    instantiateWasm(imports, done) {
      const env = imports.env as Record<string, unknown>;
      const grow = env.emscripten_resize_heap as (size: number) => boolean;
      // Its own most is 2 GiB; a file that asks for more than this is refused like one that is broken.
      env.emscripten_resize_heap = (size: number) => size >>> 0 <= limits.pdfHeapBytes && grow(size);
      const instance = new wasm.Instance(module, imports);
      // The package's type says module; the code takes the instance first.
      (done as unknown as (instance: Instance) => void)(instance);
      return instance.exports as never;
    },
  });
  (pdfium.wasmExports as unknown as Calls).FPDF_InitLibrary?.();
  return pdfium;
}

/** Electronic seals and filled-in fields are a form's, and are drawn by it. There is no JavaScript in this build. */
function formOf(pdfium: Pdfium, call: Call, document: number): number {
  const info = call("malloc", formInfoBytes);
  if (info === 0) throw new Error("out of memory");
  pdfium.HEAPU8.fill(0, info, info + formInfoBytes);
  pdfium.HEAPU8[info] = formInfoVersion;
  return call("FPDFDOC_InitFormFillEnvironment", document, info);
}

function draw(pdfium: Pdfium, call: Call, page: number, form: number): Raster {
  const [across, down] = [pdfium._FPDF_GetPageWidth(page), pdfium._FPDF_GetPageHeight(page)];
  if (!(across >= 1 && down >= 1)) throw new Error("a page without size");
  const scale = Math.min(dpi / pointsPerInch, Math.sqrt(limits.picturePx / (across * down)));
  const width = Math.max(1, Math.floor(across * scale));
  const height = Math.max(1, Math.floor(down * scale));
  const size = width * height * 4;
  const pointer = call("malloc", size);
  if (pointer === 0) throw new Error("out of memory");
  const bitmap = call("FPDFBitmap_CreateEx", width, height, formatBgrx, pointer, width * 4);
  if (bitmap === 0) throw new Error("out of memory");
  call("FPDFBitmap_FillRect", bitmap, 0, 0, width, height, 0xffffffff);
  call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, width, height, 0, annotations | redFirst);
  if (form !== 0) call("FPDF_FFLDraw", form, bitmap, page, 0, 0, width, height, 0, redFirst);
  const pixels = new Uint8Array(width * height * 3);
  const drawn = pdfium.HEAPU8.subarray(pointer, pointer + size);
  for (let from = 0, to = 0; from < size; from += 4, to += 3) {
    pixels[to] = drawn[from] as number;
    pixels[to + 1] = drawn[from + 1] as number;
    pixels[to + 2] = drawn[from + 2] as number;
  }
  call("FPDFBitmap_Destroy", bitmap);
  call("free", pointer);
  return { width, height, channels: 3, pixels };
}

interface PdfPage {
  readonly document: number;
  readonly page: number;
  readonly index: number;
}

/**
 * Stamps, notes and fields have writing of their own, which is the page's only once they are made a part of it. Drawn
 * before that: some are drawn in other ways than as a part. Closes the page.
 */
function checkAnnotations(call: Call, { document, page, index }: PdfPage, name: string): void {
  const annotated = call("FPDFPage_GetAnnotCount", page) > 0;
  const flat = annotated ? call("FPDFPage_Flatten", page, forDisplay) : flattenNothing;
  call("FPDF_ClosePage", page);
  if (flat === flattenNothing) return;
  const again = flat === flattenFailed ? 0 : call("FPDF_LoadPage", document, index);
  if (again === 0) throw new Error(`the annotations of page ${index + 1} cannot be read`);
  refuseWithoutFont(call, again, name, index + 1);
  call("FPDF_ClosePage", again);
}

/** Throws a PictureError, too, at more writing than is looked at. */
function refuseWithoutFont(call: Call, page: number, name: string, number: number): void {
  const character = withoutFont(call, page, name, number);
  if (character !== null) throw new PictureError({ code: "notice/picture-font", name, page: number, character });
}

/** A character, not Latin, whose font the file does not carry: PDFium has none to draw it with, and would leave it out. */
function withoutFont(call: Call, page: number, name: string, number: number): string | null {
  const text = call("FPDFText_LoadPage", page);
  if (text === 0) return null;
  try {
    const count = call("FPDFText_CountChars", text);
    atMost(name, { zh: `个字在第 ${number} 页`, en: `characters on page ${number}` }, count, charactersAsked);
    for (let index = 0; index < count; index++) {
      const code = call("FPDFText_GetUnicode", text, index) >>> 0;
      if (code <= latinUntil || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) continue;
      const object = call("FPDFText_GetTextObject", text, index);
      const font = object === 0 ? 0 : call("FPDFTextObj_GetFont", object);
      if (font !== 0 && call("FPDFFont_GetIsEmbedded", font) === 0) return String.fromCodePoint(code);
    }
    return null;
  } finally {
    call("FPDFText_ClosePage", text);
  }
}
