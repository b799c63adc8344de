/** What each of the driver's commands writes. */
import { civil, type Shape } from "../../message/index.ts";
import {
  type Block,
  inline,
  type MemoryEntry,
  memoryConfiguration,
  priorityLabel,
  smallDots,
  special,
  textFile,
} from "./codec.ts";
import { type Command, pictureLabels } from "./state.ts";

/** The file that signs play unless they are told otherwise. */
const shownLabel = "A";
const textBytes = 0x100;

/** The packets of a command, each of its blocks; none: it writes nothing. */
export function packetsOf(command: Command, shape: Shape): readonly (readonly Block[])[] {
  if (command.verb === "darken") return [takeOver(), [textFile(shownLabel, "")]];
  const blocks = blocksOf(command, shape);
  return blocks.length > 0 ? [blocks] : [];
}

const takeOver = (): readonly Block[] => [textFile(priorityLabel, ""), special.runSequence("S", shownLabel)];

function blocksOf(command: Command, shape: Shape): readonly Block[] {
  const { width, height } = shape;
  switch (command.verb) {
    case "configure":
      return [memoryConfiguration([{ label: shownLabel, type: "text", size: textBytes }, ...picturesOf(shape)])];
    case "take-over":
      return takeOver();
    case "picture": {
      const { dots } = command.kept;
      const rows = Array.from({ length: height }, (_, y) => dots.slice(y * width, (y + 1) * width));
      return [smallDots(command.label, rows)];
    }
    case "show":
      return [textFile(shownLabel, command.label === null ? "" : inline.picture(command.label))];
    case "clock":
      return [clockBlock(command.step, command.at)];
    default:
      return [];
  }
}

/** Memory for pictures of the panel's size. */
export function picturesOf({ width, height, colour }: Shape): readonly MemoryEntry[] {
  const colours = colour === "mono" ? "mono" : "three";
  return pictureLabels.map((label) => ({ label, type: "dots", rows: height, columns: width, colours }));
}

/** `at`: an instant moved by the office's offset from UTC. Its minute begins the sign's. */
function clockBlock(step: number, at: number): Block {
  const now = civil(at, 0);
  switch (step) {
    case 0:
      return special.date(now.Y, now.m, now.d);
    case 1:
      return special.weekday(now.weekday);
    case 2:
      return special.hours("24");
    default:
      return special.timeOfDay(now.H, now.M);
  }
}

export function labelOf(command: Command): string {
  switch (command.verb) {
    case "configure":
      return "E$ P Q";
    case "take-over":
      return "A0 E.";
    case "darken":
      return "A0 E. AA empty F*";
    case "picture":
      return `I${command.label}`;
    case "show":
      return `AA ${command.label ?? "empty"}`;
    case "clock":
      return "E clock";
    case "hello":
      return 'F"';
    case "poll":
      return "F$";
    case "goes-on":
    case "status":
      return "F*";
  }
}
