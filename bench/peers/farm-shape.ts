/** What the panels of a farm are, to all who talk to them. */
import type { Shape } from "../../src/message/index.ts";

/** 512 bytes a picture. */
export const farmShape: Shape = { width: 128, height: 32, colour: "mono" };
