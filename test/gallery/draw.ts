/**
 * The gallery: a sheet of PNG for each kind of panel, with every template and every motion, to be looked at.
 *
 *     npm run gallery                      into gallery/
 *     npm run gallery -- FOLDER            into another folder
 *     npm run gallery -- --samples         every sample notice instead
 *     npm run gallery -- --panel 128x64    some panels only
 *     npm run gallery -- --readme          the sheets that README.md shows, into fixtures/pictures/
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chineseFromPx } from "../../src/typeset/grid.ts";
import { noticeIds } from "../typeset/samples.ts";
import { latinExhibits, motionExhibits, sampleExhibits, templateExhibits } from "./exhibits.ts";
import { hang } from "./hang.ts";
import { panels, panelTitle } from "./panels.ts";
import { pngOf, type Sheet } from "./sheet.ts";
import { showcases } from "./showcases.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    readme: { type: "boolean", default: false },
    samples: { type: "boolean", default: false },
    panel: { type: "string", multiple: true, default: [] },
  },
});
const root = fileURLToPath(new URL("../../", import.meta.url));

function write(folder: string, name: string, sheet: Sheet): void {
  mkdirSync(folder, { recursive: true });
  const png = pngOf(sheet);
  writeFileSync(join(folder, name), png);
  console.log(`${join(folder, name)}  ${sheet.width} x ${sheet.height}  ${Math.ceil(png.length / 1024)} kB`);
}

if (values.readme) for (const { file, draw } of showcases) write(join(root, "fixtures/pictures"), file, draw());
else {
  const folder = positionals[0] ?? join(root, "gallery");
  for (const { name, ...panel } of panels) {
    if (values.panel.length > 0 && !values.panel.some((wanted) => name.startsWith(wanted))) continue;
    const exhibits = panel.shape.height < chineseFromPx ? latinExhibits : templateExhibits;
    const shown = values.samples ? sampleExhibits(noticeIds) : [...exhibits, ...motionExhibits];
    write(folder, `${name}.png`, hang({ ...panelTitle(panel.shape), ...panel, exhibits: shown }));
  }
}
