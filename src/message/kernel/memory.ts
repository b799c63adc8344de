/** Where things lie in the kernel's memory, bytes. */
import { limits } from "../../limits.ts";

const page = 65536;

export const kernelMemory = {
  /** Frames are made at 0. What a frame may have: the kernel writes up to 16 bytes past its end. */
  frameBytes: page - 16,
  strips: page,
  /** Room for the shifted strips, and what is read past the last one's end. */
  end: Math.ceil((page + limits.shiftedStripBytes + 16) / page) * page,
} as const;
