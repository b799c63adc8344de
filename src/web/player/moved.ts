/** How far, in dots, what was drawn last went on to the left and upwards. A hint: whatever it says, the picture is right. */
export interface Moved {
  readonly left: number;
  readonly up: number;
}

export const unmoved: Moved = { left: 0, up: 0 };
