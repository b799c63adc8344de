/** 图片、扫描件: a page a picture, in the middle of the panel. */
import { Canvas } from "../canvas.ts";
import { holdPage } from "../page.ts";
import { doesNotFit, type Job, type Template } from "./template.ts";

const standMs = 10_000;

export const picture: Template = (job) => {
  const { shape, pictures } = job;
  if (pictures.length === 0) return doesNotFit(job, "没有图片 / there is no picture");
  if (pictures.some(({ width, height }) => width > shape.width || height > shape.height))
    return doesNotFit(job, "图片比屏大,要先缩小 / a picture is larger than the panel: it is made smaller beforehand");
  const pages = pictures.map((bitmap, step) => {
    const canvas = new Canvas(shape.width, shape.height, shape.colour);
    canvas.picture(
      bitmap,
      Math.floor((shape.width - bitmap.width) / 2),
      Math.floor((shape.height - bitmap.height) / 2),
    );
    const facts = { lines: [], characters: 0, faces: [], motion: "hold", travelPx: 0 } as const;
    return { page: holdPage(canvas, step, standMs), facts };
  });
  return { pages };
};
